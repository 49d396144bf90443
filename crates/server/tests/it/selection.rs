//! The season through HTTP, from the parameters to the street's recommendation.

use std::cmp::Ordering;

use domain::{
    permission::OfficeKind,
    selection::{programme::programme, score::points},
};
use jiff::civil::date;

use crate::{
    client::Client,
    review::report,
    stories,
    world::{World, code, county},
};

stories!(
    a_season_opens_with_its_quotas,
    an_application_goes_the_whole_way_to_the_recommendation,
    returns_withdrawals_and_missed_deadlines_are_told,
    what_the_street_leaves_unranked_is_not_recommended,
    who_stands_back_later_does_not_count,
);

const BRANCH: &str = "5304270010010001";
const COMMUNITY: &str = "530427001001";
const STREET: &str = "530427001";
const OTHER: &str = "5304270010010002";

/// The parameter form as the editor shows it.
pub fn parameter_fields() -> Vec<(String, String)> {
    let parameters = programme(2022);
    let mut fields: Vec<(String, String)> = [
        ("seats", "20"),
        ("ratio_percent", "20"),
        ("quota_policy", "largest_remainder"),
        ("opens_on", "11-1"),
        ("recommend_until", "12-30"),
        ("preliminary_until", "1-10"),
        ("community_days", "5"),
        ("notice_days", "5"),
        ("consultation_days", "3"),
        ("acknowledge_days", "1"),
        ("verify_days", "15"),
        ("assessors", "2"),
        ("divergence", "10"),
        ("award", "5,000.00"),
        ("budget", "300000"),
        ("basis_number", "新组通〔2021〕12号"),
        ("basis_approver", "中共新平县委"),
        ("basis_valid_until", "2025-12-31"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    fields.push(("materials".into(), parameters.materials.join("\n")));
    fields.push(("panel_units".into(), parameters.panel_units.join("\n")));
    fields.push(("consulted".into(), parameters.consulted.join("\n")));
    fields.extend(parameters.items.iter().map(|item| (format!("item.{}", item.code), points(item.most))));
    fields
}

pub fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// Opens the season of 2022 through the pages; answers with its address.
pub async fn open_season(world: &World) -> String {
    open_season_with(world, &[]).await
}

/// The same with further fields of the parameter form.
pub async fn open_season_with(world: &World, further: &[(&str, &str)]) -> String {
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let mut fields = parameter_fields();
    fields.extend(further.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    officer.post("/parameters/2022", &borrowed(&fields)).await.expect(303);
    let open = officer.get("/seasons").await.expect(200).between("action=\"/parameter-versions/", "/open");
    officer.post(&format!("/parameter-versions/{open}/open"), &[("reason", "")]).await.expect(303).location
}

/// A complete application, with `score` points less than the most for A1.
pub fn application_fields(less: i64) -> Vec<(String, String)> {
    let parameters = programme(2022);
    let mut fields: Vec<(String, String)> = Vec::new();
    for item in &parameters.items {
        let score = if item.code == "A1" { item.most - less * 100 } else { item.most };
        fields.push((format!("score.{}", item.code), points(score)));
    }
    fields.extend(parameters.vetoes.iter().map(|veto| (format!("veto.{}", veto.code), "on".to_owned())));
    fields.push(("deeds".into(), "党员带头，邻里互助。".into()));
    fields.push(("opinion".into(), "经支部党员大会讨论，同意申报。".into()));
    fields.push(("contact".into(), "李书记".into()));
    fields.push(("appraisal".into(), "excellent".into()));
    fields
}

/// Starts and submits the application of a branch; answers with its address.
pub async fn submit(branch: &mut Client, season: &str, less: i64) -> String {
    let id = season.rsplit('/').next().expect("an id");
    let edit = branch.post("/applications/start", &[("season", id)]).await.expect(303).location;
    let application = edit.trim_end_matches("/edit").to_owned();
    branch.post(&format!("{application}/submit"), &borrowed(&application_fields(less))).await.expect(303);
    application
}

/// The submitted version that a page shows.
pub async fn seen(client: &mut Client, application: &str) -> String {
    client.get(application).await.expect(200).between("name=\"seen\" value=\"", "\"")
}

/// The community passes it on.
pub async fn pass_community(community: &mut Client, application: &str) {
    let seen = seen(community, application).await;
    let materials = programme(2022).materials;
    let mut fields: Vec<(&str, &str)> = materials.iter().map(|it| ("materials", it.as_str())).collect();
    fields.extend([("seen", seen.as_str()), ("verdict", "pass"), ("reason", "材料齐全")]);
    community.post(&format!("{application}/check"), &fields).await.expect(303);
}

/// One assessor's sheet.
pub async fn assess(assessor: &mut Client, application: &str, less: i64) -> u16 {
    let path = format!("{application}/assess");
    let seen = assessor.get(&path).await.expect(200).between("name=\"seen\" value=\"", "\"");
    assessor.post(&path, &borrowed(&sheet(less, seen))).await.status.as_u16()
}

fn sheet(less: i64, seen: String) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> =
        application_fields(less).into_iter().filter(|(name, _)| name.starts_with("score.")).collect();
    fields.push(("seen".into(), seen));
    fields.push(("notes".into(), "走访了三栋楼。".into()));
    fields
}

async fn a_season_opens_with_its_quotas(world: &World) {
    world.import_ledger().await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let mut wrong = parameter_fields();
    for (name, value) in &mut wrong {
        if name == "notice_days" {
            *value = "4".into();
        }
        if name == "recommend_until" {
            *value = "2-30".into();
        }
    }
    let page = officer.post("/parameters/2022", &borrowed(&wrong)).await.expect(422).says("公示不得少于 5 个工作日");
    page.says("推荐截止日不是有效日期").says("value=\"2-30\"");
    let season = open_season(world).await;
    officer.get(&season).await.expect(200).says("57 个支部 × 20% = 11.40").says("共 11 个").says("共 9 个");
    let mut worded = parameter_fields();
    worded.push(("vetoes".into(), "V1 材料弄虚作假\n没有编号".into()));
    worded.push(("item_name.A1".into(), "支部健全".into()));
    let page = officer.post("/parameters/2022", &borrowed(&worded)).await.expect(422).says("“没有编号”请写成");
    page.says("value=\"支部健全\"");
    let version = officer.get("/parameters/2022").await.expect(200);
    version.says("当前为第 1 版，保存后生成新版本");
    let again = officer.post("/parameters/2022", &borrowed(&parameter_fields())).await.expect(303).location;
    officer.get(&again).await.expect(200).says("第 2 版");
    // What is open stays with the version it was opened by, which can still be read.
    let opened = officer.get(&season).await.expect(200).says("2022年度参数第 1 版");
    let first = format!("/parameter-versions/{}", opened.between("href=\"/parameter-versions/", "\""));
    officer.get(&first).await.expect(200).says("第 1 版").says("按这一版办理").says("不再改动").says("县纪委监委");
    officer.get("/parameters/2022").await.expect(200).says("已经启动的评选仍按启动时的版本办理");
    let second = officer.get(&again).await.expect(200).between("查看 <a href=\"", "\"");
    officer.get(&second).await.expect(200).says("第 2 版").says(&first).does_not_say("按这一版办理");
    let mut branch = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    branch.get(&first).await.expect(200).says("支部成立").does_not_say("征求意见对象");
    let mut without: Vec<(String, String)> = parameter_fields();
    without.retain(|(name, _)| !name.starts_with("basis"));
    officer.post("/parameters/2023", &borrowed(&without)).await.expect(303);
    let page = officer.get("/seasons").await.expect(200).text();
    let open = page
        .split("action=\"/parameter-versions/")
        .nth(1)
        .expect("a form")
        .split('/')
        .next()
        .expect("an id")
        .to_owned();
    let refused = officer.post(&format!("/parameter-versions/{open}/open"), &[("reason", "")]).await;
    refused.expect(422).says("没有有效的评选依据");
    let mut committee = world.officer(OfficeKind::BranchCommittee, &code(BRANCH)).await;
    let reasoned = [("reason", "批复正在办理")];
    let without = officer.post(&format!("/parameter-versions/{open}/open"), &reasoned).await.expect(303).location;
    officer.get(&without).await.expect(200).says("无评选依据，启动理由：批复正在办理");
    committee.get("/messages").await.expect(200).says("2023年度“红旗小区”评选已启动");
    // A basis that has run out is no basis, and the page says both.
    let mut expired = parameter_fields();
    for (name, value) in &mut expired {
        if name == "basis_valid_until" {
            *value = "2022-01-31".into();
        }
    }
    let list = officer.post("/parameters/2024", &borrowed(&expired)).await.expect(303).location;
    let version = officer.get(&list).await.expect(200).between("action=\"/parameter-versions/", "/open");
    let path = format!("/parameter-versions/{version}/open");
    officer.post(&path, &[("reason", "")]).await.expect(422);
    let late = officer.post(&path, &reasoned).await.expect(303).location;
    officer.get(&late).await.expect(200).says("启动时依据已过期：").says("启动理由：批复正在办理");
}

async fn an_application_goes_the_whole_way_to_the_recommendation(world: &World) {
    world.import_ledger().await;
    let season = open_season(world).await;
    let mut branch = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    branch.get("/desk").await.expect(200).says("申报2022年度");
    let id = season.rsplit('/').next().expect("an id");
    let edit = branch.post("/applications/start", &[("season", id)]).await.expect(303).location;
    branch.get(&edit).await.expect(200).says("阳光里、盛世名邸").says("288 户");
    let application = edit.trim_end_matches("/edit").to_owned();
    let draft = [("score.A1", "7.5"), ("deeds", "先写一半"), ("autosave", "on")];
    branch.post(&format!("{application}/draft"), &draft).await.expect(200).says("\"version\":1");
    let beyond = [("version", "1"), ("score.A1", "9"), ("deeds", "先写一半")];
    branch.post(&format!("{application}/draft"), &beyond).await.expect(422).says("得分应在 0 到 8 分之间");
    branch.get(&edit).await.expect(200).says("value=\"7.5\"").says("先写一半");
    let half = [("version", "1"), ("score.A1", "9"), ("deeds", "先写一半")];
    let incomplete = branch.post(&format!("{application}/submit"), &half).await;
    incomplete.expect(422).says("得分应在 0 到 8 分之间").says("请填写“支部意见”").says("先写一半");
    let mut fields = application_fields(1);
    fields.push(("version".into(), "1".into()));
    branch.post(&format!("{application}/submit"), &borrowed(&fields)).await.expect(303);
    branch.post(&format!("{application}/submit"), &borrowed(&application_fields(0))).await.expect(422);

    let mut community = world.officer(OfficeKind::CommunityOfficer, &code("530427001001")).await;
    community.get("/desk").await.expect(200).says("核查阳光里联合党支部的申报材料");
    let version = seen(&mut community, &application).await;
    let some = programme(2022).materials.swap_remove(0);
    let bare = [("seen", version.as_str()), ("verdict", "pass"), ("reason", "基本属实"), ("materials", some.as_str())];
    let refused = community.post(&format!("{application}/check"), &bare).await.expect(422);
    refused.says("材料核查还有未打勾").says("基本属实").says(&format!("value=\"{some}\" checked"));
    pass_community(&mut community, &application).await;

    let street = code("530427001");
    let mut first = world.officer(OfficeKind::StreetOfficer, &street).await;
    let mut second = world.officer(OfficeKind::StreetOfficer, &street).await;
    let mut third = world.officer(OfficeKind::StreetOfficer, &street).await;
    assert_eq!(assess(&mut first, &application, 2).await, 303);
    let version = seen(&mut first, &application).await;
    let screen = [("seen", version.as_str()), ("verdict", "pass"), ("reason", "")];
    first.post(&format!("{application}/screen"), &screen).await.expect(422).says("至少要有 2 人完成");
    third.post(&format!("{application}/relation"), &[("relation", "")]).await.expect(422);
    third.post(&format!("{application}/relation"), &[("relation", "住在该小区")]).await.expect(303);
    let (path, version) = (format!("{application}/assess"), seen(&mut first, &application).await);
    third.get(&path).await.expect(303);
    third.post(&path, &borrowed(&sheet(2, version))).await.expect(422).says("回避");
    assert_eq!(assess(&mut second, &application, 3).await, 303);
    first.get(&application).await.expect(200).says("97.5");
    first.post(&format!("{application}/screen"), &screen).await.expect(303);

    let ranking = first.get("/ranking").await.expect(303).location;
    let page = first.get(&ranking).await.expect(200).says("推荐名额 11 个");
    let row = page.between("name=\"rank.", "\"");
    let version = page.between(&format!("name=\"seen.{row}\" value=\""), "\"");
    let (rank, version_field) = (format!("rank.{row}"), format!("seen.{row}"));
    let fields = |place: &'static str| {
        vec![
            (rank.as_str(), place),
            (version_field.as_str(), version.as_str()),
            ("met_on", "2022-11-07"),
            ("record", "党工委会议研究同意。"),
        ]
    };
    first.post(&ranking, &fields("2")).await.expect(422).says("从 1 起依次填写");
    // What it comes to is shown first, and may be changed.
    let shown = first.post(&ranking, &fields("1")).await.expect(200).says("还没有上报").says("推荐 1 个").says("97.5");
    shown.says("党工委会议研究同意。").does_not_say("还没有办完");
    let again = [&fields("1")[..], &[("again", "1")]].concat();
    first.post(&ranking, &again).await.expect(200).says("核对并上报推荐名单").says("党工委会议研究同意。");
    branch.get(&application).await.expect(200).says("初选通过，待推荐上报");
    report(&mut first, &ranking, &fields("1")).await.expect(303);
    let again = [&fields("1")[..], &[("known", "")]].concat();
    first.post(&ranking, &again).await.expect(422).says("不能重复提交");
    branch.get(&application).await.expect(200).says("已推荐，待评选组审查").says("街道党工委推荐意见");
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let summary = officer.get(&format!("{season}/summary")).await.expect(200);
    summary.says("阳光里联合党支部").says("承诺无否决情形").says("李书记");
    officer.get(&format!("{season}/summary.xlsx")).await.expect(200);
    officer.get("/applications.xlsx").await.expect(200);
}

async fn returns_withdrawals_and_missed_deadlines_are_told(world: &World) {
    world.import_ledger().await;
    let season = open_season(world).await;
    let mut branch = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let application = submit(&mut branch, &season, 0).await;
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code("530427001001")).await;
    let version = seen(&mut community, &application).await;
    let silent = [("seen", version.as_str()), ("verdict", "return"), ("reason", " ")];
    community.post(&format!("{application}/check"), &silent).await.expect(422).says("请写明理由");
    let back = [("seen", version.as_str()), ("verdict", "return"), ("reason", "请补充活动记录")];
    community.post(&format!("{application}/check"), &back).await.expect(303);
    branch.get("/messages").await.expect(200).says("被社区退回");
    branch.get(&format!("{application}/edit")).await.expect(200).says("请补充活动记录");
    let mut again = application_fields(1);
    again.push(("version".into(), "1".into()));
    branch.post(&format!("{application}/submit"), &borrowed(&again)).await.expect(303);
    let stale = [("seen", version.as_str()), ("verdict", "return"), ("reason", "再看看")];
    community.post(&format!("{application}/check"), &stale).await.expect(422).says("已经提交了新的版本");
    let page = branch.get(&application).await.expect(200);
    page.says("第 2 次提交").says("针对第 1 次提交").says("应在2022年11月14日 24:00 前办结");
    let earlier = branch.get(&format!("{application}?version=1")).await.expect(200);
    let earlier = earlier.says("这是较早的版本").does_not_say("撤回理由");
    earlier.says("form.docx?version=1");
    for (version, status) in
        [("", 200), ("?version=1", 200), ("?version=2", 200), ("?version=9", 404), ("?version=x", 404)]
    {
        branch.get(&format!("{application}/form.docx{version}")).await.expect(status);
    }
    branch.get(&format!("{application}?version=9")).await.expect(404);
    branch.get(&format!("{application}?version=x")).await.expect(404);
    branch.post(&format!("{application}/withdraw"), &[("reason", "")]).await.expect(422);
    branch.post(&format!("{application}/withdraw"), &[("reason", "明年再报")]).await.expect(303);
    // It had been submitted, and the steps still tell so.
    branch.get(&application).await.expect(200).says("已完成");
    branch.post(&format!("{application}/resume"), &[]).await.expect(303);
    world.set_date(date(2022, 12, 31));
    let late = branch.post(&format!("{application}/submit"), &borrowed(&application_fields(0))).await;
    late.expect(422).says("已超过截止时间（2022年12月30日 24:00）");
    branch.get(&application).await.expect(200).says("理由：明年再报");
}

async fn who_stands_back_later_does_not_count(world: &World) {
    world.import_ledger().await;
    let season = open_season(world).await;
    let street = code(STREET);
    let mut branch = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let application = submit(&mut branch, &season, 0).await;
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    pass_community(&mut community, &application).await;
    let mut assessors = Vec::new();
    for less in [0, 2, 5] {
        let mut assessor = world.officer(OfficeKind::StreetOfficer, &street).await;
        assert_eq!(assess(&mut assessor, &application, less).await, 303);
        assessors.push(assessor);
    }
    let [one, two, three] = assessors.as_mut_slice() else { panic!("three assessors") };
    let version = seen(one, &application).await;
    let screen = [("seen", version.as_str()), ("verdict", "pass"), ("reason", "")];
    one.post(&format!("{application}/screen"), &screen).await.expect(303);
    let list = "/applications?stage=screened";
    one.get(list).await.expect(200).says("97.67");
    three.post(&format!("{application}/relation"), &[("relation", "住在该小区")]).await.expect(303);
    three.post(&format!("{application}/relation"), &[("relation", "住在该小区")]).await.expect(422).says("申请回避");
    // 100 and 98 are left, on every page.
    one.get(list).await.expect(200).says("99").does_not_say("97.67");
    let ranking = one.get("/ranking").await.expect(303).location;
    one.get(&ranking).await.expect(200).says("99").does_not_say("97.67");
    // With one sheet left, the screening is made again.
    two.post(&format!("{application}/relation"), &[("relation", "亲属任支委")]).await.expect(303);
    one.get("/messages").await.expect(200).says("请补充评估后重新初选");
    one.get(&ranking).await.expect(200).does_not_say("name=\"rank.");
    one.post(&format!("{application}/screen"), &screen).await.expect(422).says("至少要有 2 人完成");
    let mut fourth = world.officer(OfficeKind::StreetOfficer, &street).await;
    assert_eq!(assess(&mut fourth, &application, 4).await, 303);
    one.post(&format!("{application}/screen"), &screen).await.expect(303);
    let page = one.get(&ranking).await.expect(200).says("name=\"rank.").says("98");
    // Whoever stands back after the recommendation is heard of by the county.
    let id = application.rsplit('/').next().expect("an id");
    let (seen, rank) = (format!("seen.{id}"), format!("rank.{id}"));
    let version = page.between(&format!("name=\"{seen}\" value=\""), "\"");
    let ranked = [("met_on", "2022-11-07"), ("record", "同意"), (&seen, &version), (&rank, "1")];
    report(one, &ranking, &ranked).await.expect(303);
    fourth.post(&format!("{application}/relation"), &[("relation", "住在该小区")]).await.expect(303);
    let mut county = world.officer(OfficeKind::CountyOrgDept, &crate::world::county()).await;
    county.get("/messages").await.expect(200).says("街道评分由 98 分变为 100 分");
}

async fn what_the_street_leaves_unranked_is_not_recommended(world: &World) {
    world.import_ledger().await;
    let season = open_season(world).await;
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    let mut first = world.officer(OfficeKind::StreetOfficer, &code(STREET)).await;
    let mut second = world.officer(OfficeKind::StreetOfficer, &code(STREET)).await;
    let mut branches = Vec::new();
    for (place, less) in [(BRANCH, 0), (OTHER, 4)] {
        let mut branch = world.officer(OfficeKind::BranchSecretary, &code(place)).await;
        let application = submit(&mut branch, &season, less).await;
        pass_community(&mut community, &application).await;
        assert_eq!(assess(&mut first, &application, less).await, 303);
        assert_eq!(assess(&mut second, &application, less).await, 303);
        let seen = seen(&mut first, &application).await;
        let screen = [("seen", seen.as_str()), ("verdict", "pass"), ("reason", "")];
        first.post(&format!("{application}/screen"), &screen).await.expect(303);
        branches.push((branch, application, seen));
    }
    let ranking = first.get("/ranking").await.expect(303).location;
    let id = branches[0].1.rsplit('/').next().expect("an id");
    let (rank, version) = (format!("rank.{id}"), format!("seen.{id}"));
    let other = branches[1].1.rsplit('/').next().expect("an id");
    let (unranked, theirs, why) = (format!("rank.{other}"), format!("seen.{other}"), format!("why.{other}"));
    let fields = [
        (rank.as_str(), "1"),
        (version.as_str(), branches[0].2.as_str()),
        (why.as_str(), "群众反映物业矛盾较多，建议明年再报"),
        (theirs.as_str(), branches[1].2.as_str()),
        (unranked.as_str(), ""),
        ("met_on", "2022-11-07"),
        ("record", "党工委会议研究同意。"),
    ];
    report(&mut first, &ranking, &fields).await.expect(303);
    let [(winner, recommended, _), (other, left, _)] = branches.as_mut_slice() else { panic!("two branches") };
    winner.get(recommended).await.expect(200).says("已推荐，待评选组审查");
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let order = |page: &str| {
        let at = |application: &str| page.find(application).expect("in the list");
        at(recommended).cmp(&at(left))
    };
    for (sorting, wanted) in [
        ("sort=self&order=desc", Ordering::Less),
        ("sort=self", Ordering::Greater),
        ("sort=average&order=desc", Ordering::Less),
        // Who has no rank comes last, whichever way ranks are sorted.
        ("sort=rank", Ordering::Less),
        ("sort=rank&order=desc", Ordering::Less),
    ] {
        let page = officer.get(&format!("/applications?{sorting}")).await.expect(200).text();
        assert_eq!(order(&page), wanted, "{sorting}");
    }
    let one = officer.get("/applications?stage=not_recommended&place=530427001").await.expect(200);
    one.says(left.as_str()).does_not_say(recommended.as_str()).says("五桂社区").says("共 1 条");
    officer.get("/applications?from=99999&sort=%00&stage=x&place=5").await.expect(200);
    other.get(left).await.expect(200).says("街道未推荐").says("群众反映物业矛盾较多，建议明年再报");
    other.get("/messages").await.expect(200).says("未列入街道推荐名单");
}
