//! One branch's whole year of points through HTTP alone: catalogue, meeting, entries, appeal, unit score, settlement, report,
//! correction. Only the time is moved.

use std::time::Duration;

use domain::permission::OfficeKind;
use jiff::civil::date;
use platform::jobs;

use crate::{
    client::{Answer, Client},
    points::{Keepers, agreed, client, keepers},
    stories,
    world::{World, code, county},
};

stories!(a_branch_lives_through_a_year);

const BRANCH: &str = "5304270010010001";
const YEAR: &str = "/points-years/2022";

/// Every text in the page between `before` and `after`, each once.
fn all_between(answer: &Answer, before: &str, after: &str) -> Vec<String> {
    let text = answer.text();
    let mut found: Vec<String> =
        text.split(before).skip(1).filter_map(|rest| Some(rest.split_once(after)?.0.to_owned())).collect();
    found.sort_unstable();
    found.dedup();
    found
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// The general meeting that adopts the catalogue: announced, held, voted; answers with its resolution.
async fn meet(world: &World, secretary: &mut Client) -> String {
    let new = [
        ("kind", "general"),
        ("title", "第一季度支部党员大会"),
        ("date", "2022-01-10"),
        ("time", "09:30"),
        ("venue", "党群活动室"),
        ("topic.0.title", "通过积分明细"),
        ("topic.0.matter", "catalogue"),
    ];
    let meeting = secretary.post(&format!("/meetings/places/{BRANCH}/new"), &new).await.expect(303).location;
    secretary.post(&format!("{meeting}/publish"), &[]).await.expect(303);
    world.set_date(date(2022, 1, 11));
    let page = secretary.get(&meeting).await.expect(200);
    let members = all_between(&page, "name=\"presence.", "\"");
    let yes = page.between("name=\"yes.", "\"");
    let mut fields: Vec<(String, String)> =
        members.iter().map(|member| (format!("presence.{member}"), "present".to_owned())).collect();
    fields.push((format!("yes.{yes}"), (members.len() * 2 / 3).to_string()));
    fields.push(("summary".to_owned(), "同意。".to_owned()));
    secretary.post(&format!("{meeting}/close"), &borrowed(&fields)).await.expect(303);
    secretary.get(&meeting).await.expect(200).says("通过").between("href=\"/resolutions/", "\"")
}

/// A catalogue drafted, checked, adopted.
async fn adopt(world: &World, secretary: &mut Client, community: &mut Client) {
    let page = secretary.post(&format!("/points/places/{BRANCH}/catalogue"), &[]).await.expect(303).location;
    secretary.post(&format!("{page}/submit"), &[]).await.expect(303);
    community.get("/desk").await.expect(200).says("审核支部的积分明细");
    community.post(&format!("{page}/check"), &[]).await.expect(303);
    let resolution = meet(world, secretary).await;
    let told = [("effective_from", "2022-01-12"), ("resolution", resolution.as_str())];
    secretary.post(&format!("{page}/adopt"), &told).await.expect(303);
    secretary.get(&page).await.expect(200).says("从 2022年1月12日 起执行");
}

/// Points proposed by the committee member and approved by the secretary.
async fn give(keepers: (&mut Client, &mut Client), members: &[String], fields: &[(&str, &str)]) {
    let (committee, secretary) = keepers;
    let mut fields = fields.to_vec();
    fields.extend(members.iter().map(|member| ("member", member.as_str())));
    committee.post(&format!("/points/places/{BRANCH}/propose"), &fields).await.expect(303);
    let page = secretary.get(&format!("/points/2022/places/{BRANCH}")).await.expect(200);
    let waiting = all_between(&page, "name=\"entry\" value=\"", "\"");
    assert_eq!(waiting.len(), members.len());
    let entries: Vec<(&str, &str)> = waiting.iter().map(|entry| ("entry", entry.as_str())).collect();
    secretary.post(&format!("/points/places/{BRANCH}/approve"), &entries).await.expect(303);
}

/// The member on the telephone, let in by a link.
async fn phone_of(world: &World, secretary: &mut Client, member: &str) -> Client {
    let page = secretary.post(&format!("/memberships/{member}/link"), &[]).await.expect(200);
    let mut phone = world.visitor();
    phone.post(&format!("/member-link/{}", page.between("/member-link/", "<")), &[]).await.expect(303);
    phone
}

/// What the job does by itself once it is ordered.
async fn settled(world: &World, officer: &mut Client) {
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let runner = tokio::spawn(jobs::run(world.floor.clone(), app::modules::jobs(), stopped));
    officer.post(&format!("{YEAR}/settle"), &[]).await.expect(303);
    let wait = async {
        while !officer.get(YEAR).await.expect(200).text().contains("反馈各单位和支部") {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(120), wait).await.expect("the year is settled");
    stop.send(true).expect("the runner listens");
    runner.await.expect("the runner ends");
}

async fn a_branch_lives_through_a_year(world: &World) {
    world.import_ledger().await;
    world.set_date(date(2022, 1, 5));
    let Keepers { secretary, committee, community } = keepers(world, &code(BRANCH)).await;
    let (mut secretary, mut committee) = (client(world, &secretary).await, client(world, &committee).await);
    let mut community = client(world, &community).await;
    adopt(world, &mut secretary, &mut community).await;

    // Whoever has a work unit comes from the unit's own page.
    let mut contact = world.officer(OfficeKind::UnitContact, &code("530427-0001")).await;
    world.set_date(date(2022, 6, 10));
    let of_unit = all_between(&contact.get("/unit-scores/2022/530427-0001").await.expect(200), "name=\"score.", "\"");
    let propose = committee.get(&format!("/points/places/{BRANCH}/propose")).await.expect(200);
    let members = all_between(&propose, "name=\"member\" value=\"", "\"");
    let member = members.iter().find(|member| of_unit.contains(member)).expect("somebody of the unit").clone();
    let other = members.iter().find(|other| **other != member).expect("somebody else").clone();
    let both = [member.clone(), other];
    for (hours, day) in [("12", "2022-06-08"), ("10.5", "2022-06-09")] {
        let service = [("item", "P04"), ("quantity", hours), ("occurred_on", day), ("note", "清扫楼道")];
        give((&mut committee, &mut secretary), &both, &service).await;
    }
    let again = [("item", "P04"), ("quantity", "9"), ("occurred_on", "2022-06-10"), ("note", "巡查")];
    give((&mut committee, &mut secretary), &both, &again).await;
    let absence = [
        ("item", "D01"),
        ("quantity", "1"),
        ("occurred_on", "2022-06-08"),
        ("note", "无故缺席"),
        ("document", "会议纪要第3号"),
        ("notified_on", "2022-06-09"),
    ];
    give((&mut committee, &mut secretary), &both[..1], &absence).await;

    // The member is told, appeals, and the community takes half of it back.
    let mut phone = phone_of(world, &mut secretary, &member).await;
    phone.get("/me").await.expect(200).says("查看新计分（4 笔）");
    let page = phone.get("/me/points").await.expect(200).says("60.00 + 15.00 − 2.00 = 73.00");
    let lost = page.text().split("<article").find(|line| line.contains("无故缺席")).expect("the line").to_owned();
    let entry = lost.split("/me/points/").nth(1).and_then(|rest| rest.split_once("/appeal")).expect("an appeal").0;
    phone.post(&format!("/me/points/{entry}/appeal"), &[("text", "当天在单位值班")]).await.expect(303);
    let appeal = community.get("/desk").await.expect(200).between("href=\"/points/appeals/", "\"");
    let decided = [("outcome", "adjusted"), ("points", "-1"), ("answer", "情况属实，酌情调整")];
    community.post(&format!("/points/appeals/{appeal}"), &decided).await.expect(303);
    phone.get("/me/points").await.expect(200).says("情况属实，酌情调整").says("60.00 + 15.00 − 1.00 = 74.00");

    // The year ends: the unit gives its score, the county closes, settles and reports.
    world.set_date(date(2023, 1, 5));
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let mut contact = world.officer(OfficeKind::UnitContact, &code("530427-0001")).await;
    let (mut secretary, mut community) = (renewed(world, "secretary").await, renewed(world, "community").await);
    let score = [(format!("score.{member}"), "100".to_owned()), (format!("max.{member}"), "120".to_owned())];
    contact.post("/unit-scores/2022/530427-0001", &borrowed(&score)).await.expect(303);
    officer.post(&format!("{YEAR}/close"), &[]).await.expect(303);
    settled(world, &mut officer).await;
    let line = format!("/points/2022/members/{member}");
    // 31.5 hours are 15.75 points; (74 + 83.333…) ÷ 2 = 78.666…
    let page = secretary.get(&line).await.expect(200).says("P04 15.75 分，封顶计 15.00 分");
    page.says("(74.00 + 100 ÷ 120 × 100) ÷ 2 = 78.67");
    officer.post(&format!("{YEAR}/report"), &[]).await.expect(303);
    secretary.get("/messages").await.expect(200).says("2022年度党员积分已结算");
    contact.get("/unit-scores/2022/530427-0001/report.docx").await.expect(200);
    secretary.get(&format!("/points/2022/places/{BRANCH}/report.docx")).await.expect(200);
    officer.get(&format!("{YEAR}/reports.zip")).await.expect(200);

    // What was found later is corrected on a document, and what was settled stays to be read.
    let correction = [
        ("item", "D06"),
        ("points", "-10"),
        ("occurred_on", "2022-06-09"),
        ("notified_on", "2023-01-04"),
        ("document", "新组查〔2023〕1号"),
        ("reason", "查实虚报服务记录"),
    ];
    community.post(&format!("{line}/correct"), &correction).await.expect(303);
    agreed(world, &code(BRANCH)).await;
    let page = secretary.get(&line).await.expect(200).says("(64.00 + 100 ÷ 120 × 100) ÷ 2 = 73.67");
    page.says("78.67").says("查实虚报服务记录").says("新组查〔2023〕1号");
    let found = platform::audit::verify(world.floor.db.reader()).await.expect("walked");
    assert!(found.broken.is_empty());
}

/// Half a year later everybody signs in again.
async fn renewed(world: &World, who: &str) -> Client {
    let (kind, place) = match who {
        "community" => (OfficeKind::CommunityOfficer, "530427001001"),
        _ => (OfficeKind::BranchSecretary, BRANCH),
    };
    world.officer(kind, &code(place)).await
}
