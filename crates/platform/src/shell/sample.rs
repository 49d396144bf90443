//! One page with every macro on it: rendered by a test, and looked at by the browser tests (`web/e2e/look.test.mjs`),
//! which read it from `test-output/look/`.

use std::{error::Error, fs, path::Path};

use askama::Template;

use super::*;
use crate::error::Problem;

#[derive(Template)]
#[template(path = "sample.html")]
struct SamplePage {
    shell: Shell,
    problems: Problems,
    crumbs: Vec<Crumb>,
    steps: Vec<Step>,
    chips: Vec<Chip>,
    sorts: Vec<SortLink>,
    rows: Vec<(&'static str, &'static str, &'static str, &'static str, &'static str)>,
    pager: Pager,
    files: Vec<AttachmentLink>,
    timeline: Vec<TimelineEntry>,
    charts: Vec<Chart>,
    options: Vec<(String, String)>,
    chosen: Vec<String>,
}

fn shell(elder: ElderMode) -> Shell {
    let item = |label: &str, count, is_current| MenuItem { label: label.into(), href: "/x".into(), count, is_current };
    let hat = |title: &str, is_current| HatLink { id: title.into(), title: title.into(), is_current };
    Shell {
        title: "申报".into(),
        person: "李明".into(),
        office: "双江街道党工委 组织委员".into(),
        hats: vec![hat("双江街道党工委 组织委员", true), hat("五桂社区党总支 书记", false)],
        menu: vec![
            MenuGroup {
                label: "工作".into(),
                items: vec![item("待办", Some(12), false), item("消息", Some(0), false)],
            },
            MenuGroup {
                label: "评选".into(),
                items: vec![item("年度评选", None, true), item("公示", None, false), item("补助资金", Some(3), false)],
            },
        ],
        unread: 4,
        elder,
        demo: Some(DemoBar {
            today: "2022年12月28日".into(), iso: "2022-12-28".into(), action: "/demo/date".into()
        }),
        assets: assets(),
        flash: Some("已提交，等待街道审核。".into()),
        here: "/applications?page=\"2\"".into(),
        links: LINKS,
    }
}

fn steps() -> Vec<Step> {
    let step = |label: &str, state, note: &str| Step { label: label.into(), state, note: note.into() };
    vec![
        step("支部申报", StepState::Done, "12月20日 提交"),
        step("社区把关", StepState::Done, "12月23日 通过"),
        step("街道审核", StepState::Now, "双江街道党工委，12月23日起，12月30日前"),
        step("评选组", StepState::Ahead, ""),
        step("审定", StepState::Ahead, ""),
        step("公示", StepState::Ahead, ""),
        step("认定", StepState::Ended, ""),
    ]
}

fn charts() -> Vec<Chart> {
    let texts = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>();
    let series = |name: &str, values: &[i64]| Series { name: name.into(), values: values.to_vec() };
    let chart =
        |kind, title: &str, labels: &[&str], series| Chart { kind, title: title.into(), labels: texts(labels), series };
    let towns = ["双江街道", "小街街道", "甸中镇", "化念镇", "塔甸镇", "岔河乡"];
    let heat = vec![
        series("申报", &[9, 6, 4, 3, 2, 1]),
        series("推荐", &[4, 3, 2, 2, 1, 0]),
        series("认定", &[4, 3, 1, 1, 1, 0]),
    ];
    vec![
        chart(
            ChartKind::Funnel,
            "本季进展",
            &["申报", "社区通过", "街道推荐", "审定", "公示", "认定"],
            vec![series("支部数", &[43, 40, 25, 20, 20, 19])],
        ),
        chart(
            ChartKind::Bar,
            "各街道申报与名额",
            &towns,
            vec![series("申报", &[9, 6, 4, 3, 2, 1]), series("名额", &[5, 4, 3, 3, 3, 2])],
        ),
        chart(
            ChartKind::Line,
            "每日提交",
            &["12-20", "12-21", "12-22", "12-23", "12-24", "12-25"],
            vec![series("提交数", &[3, 8, 5, 11, 9, 7])],
        ),
        chart(ChartKind::Ring, "覆盖情况", &["已建支部", "联建", "未建"], vec![series("小区数", &[62, 30, 8])]),
        chart(ChartKind::Heat, "各街道各步骤", &towns, heat),
    ]
}

fn page(elder: ElderMode) -> SamplePage {
    let chip = |label: &str, is_on| Chip { label: label.into(), href: "/x".into(), is_on };
    let sort = |label: &str, order, is_number| SortLink { label: label.into(), href: "/x".into(), order, is_number };
    let crumb = |label: &str| Crumb { label: label.into(), href: "/x".into() };
    let file = |name: &str, note: &str| AttachmentLink { name: name.into(), href: "/x".into(), note: note.into() };
    let entry = |at: &str, who: &str, what: &str, note: &str| TimelineEntry {
        at: at.into(),
        who: who.into(),
        what: what.into(),
        note: note.into(),
    };
    let option = |code: &str, words: &str| (code.to_owned(), words.to_owned());
    SamplePage {
        shell: shell(elder),
        problems: Problems(vec![
            Problem::at("households", "“户数”应为 0 到 99999 之间的整数。"),
            Problem::whole("有 1 处没有填好，内容都还在。"),
        ]),
        crumbs: vec![crumb("2022 年评选"), crumb("申报")],
        steps: steps(),
        chips: vec![
            chip("全部 43", false),
            chip("街道审核 12", true),
            chip("已退回 2", false),
            chip("已认定 19", false),
        ],
        sorts: vec![
            sort("支部", SortOrder::Ascending, false),
            sort("社区", SortOrder::Unsorted, false),
            sort("自评分", SortOrder::Descending, true),
        ],
        rows: vec![
            ("紫艺花园党支部", "五桂社区", "88.00", "bad", "已逾期"),
            ("阳光里联合党支部", "五桂社区", "92.50", "info", "街道审核"),
            ("<b>锦绣</b>小区党支部", "城关社区", "89.50", "good", "已认定"),
        ],
        pager: Pager::of(50, 50, 583, |offset| format!("?from={offset}")),
        files: vec![
            file("居民议事记录（2022年第三季度）.pdf", "1.2 MB，李明 12月21日上传"),
            file("现场照片.jpg", "3.4 MB，李明 12月21日上传"),
        ],
        timeline: vec![
            entry("2022年12月23日 09:12", "五桂社区党总支 书记 王芳", "社区把关通过", "材料齐全，同意上报。"),
            entry("2022年12月20日 17:05", "阳光里联合党支部 书记 李明", "提交申报", ""),
        ],
        charts: charts(),
        options: vec![option("a", "同意"), option("b", "不同意"), option("c", "无意见")],
        chosen: vec!["c".into()],
    }
}

#[test]
fn the_sample_page_keeps_the_content_policy() -> Result<(), Box<dyn Error>> {
    let html = page(ElderMode::Off).render()?;
    assert!(!html.contains("style="), "an inline style would be refused by the browser");
    assert!(!html.contains("<style"), "so would a style block");
    let is_handler =
        |rest: &str| rest.split_once('=').is_some_and(|(name, _)| name.bytes().all(|b| b.is_ascii_lowercase()));
    assert!(!html.split(" on").skip(1).any(is_handler), "and a handler written into the page");
    for script in html.split("<script").skip(1) {
        let tag = script.split('>').next().unwrap_or_default();
        assert!(tag.contains(" src=\"/assets/") || tag.contains("type=\"application/json\""), "inline script:{tag}");
    }
    assert!(!html.contains("<b>锦绣"), "text stays text");
    Ok(())
}

#[test]
fn every_id_is_there_once_and_every_problem_leads_to_one() -> Result<(), Box<dyn Error>> {
    let html = page(ElderMode::Off).render()?;
    let mut ids: Vec<&str> = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "an id stands twice");
    for target in html.split(" href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(ids.contains(&target), "nothing has the id {target}");
    }
    Ok(())
}

#[test]
fn the_sample_pages_are_written_for_the_browser_tests() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../test-output/look");
    fs::create_dir_all(&folder)?;
    for (name, elder) in [("plain", ElderMode::Off), ("elder", ElderMode::On), ("elder-xl", ElderMode::ExtraLarge)] {
        fs::write(folder.join(format!("{name}.html")), page(elder).render()?)?;
    }
    Ok(())
}
