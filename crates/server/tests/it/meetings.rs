//! Branch meetings through HTTP: announced, held, voted, and what may not be.

use domain::permission::OfficeKind;
use jiff::civil::date;

use crate::{
    client::Client,
    points::{adopted, client, keepers, members},
    stories,
    world::{World, code},
};

stories!(a_meeting_is_announced_held_and_resolves, a_meeting_that_cannot_be_is_refused_in_words);

const BRANCH: &str = "5304270010010001";

async fn convened(secretary: &mut Client, on: &str, matter: &str) -> String {
    let new = format!("/meetings/places/{BRANCH}/new");
    let fields = [
        ("kind", "general"),
        ("title", "第四季度支部党员大会"),
        ("date", on),
        ("time", "09:30"),
        ("venue", "党群活动室"),
        ("topic.0.title", "小区停车改造的意见"),
        ("topic.0.matter", matter),
        ("topic.1.title", "学习文件"),
        ("topic.1.matter", "report"),
    ];
    secretary.post(&new, &fields).await.expect(303).location
}

async fn a_meeting_is_announced_held_and_resolves(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 11, 1)).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let meeting = convened(&mut secretary, "2022-11-08", "compound").await;
    let close = format!("{meeting}/close");
    secretary.post(&close, &[("summary", "x")]).await.expect(422).says("拟定中");
    secretary.post(&format!("{meeting}/publish"), &[]).await.expect(303);
    secretary.post(&close, &[("summary", "x")]).await.expect(422).says("还没有到召开的时间");
    world.set_date(date(2022, 11, 9));
    secretary.get("/desk").await.expect(200).says("登记“第四季度支部党员大会”的到会和表决情况");
    let page = secretary.get(&meeting).await.expect(200);
    let yes = format!("yes.{}", page.between("name=\"yes.", "\""));
    let everybody = members(world, &branch).await;
    // Half of the roll stays away: no vote is valid then, and more votes than voters cannot be.
    let absent: Vec<String> = everybody.iter().map(|member| format!("presence.{member}")).collect();
    let mut fields: Vec<(&str, &str)> = absent.iter().map(|field| (field.as_str(), "present")).collect();
    fields.extend([(yes.as_str(), "2000"), ("summary", "同意改造")]);
    secretary.post(&close, &fields).await.expect(422).says("超过到会有表决权").says("2000").says("同意改造");
    let at = fields.len() - 2;
    fields[at] = (yes.as_str(), "一票");
    secretary.post(&close, &fields).await.expect(422).says("之间的整数").says("一票");
    fields[at] = (yes.as_str(), "25");
    fields.push(("presence.018c0000-0000-7000-8000-000000000000", "present"));
    secretary.post(&close, &fields).await.expect(404);
    fields.pop();
    let done = secretary.post(&close, &fields).await.expect(303);
    assert_eq!(done.location, meeting);
    secretary.get(&meeting).await.expect(200).says("笔到会计分").says("应到会有表决权").says("通过").says("同意改造");
    secretary.post(&close, &fields).await.expect(422).says("已召开");
    let letter = secretary.get(&format!("{meeting}/minutes.docx")).await.expect(200);
    assert!(letter.body.starts_with(b"PK"), "a document");
    secretary.post(&format!("{meeting}/addenda"), &[("text", "")]).await.expect(422).says("请写明补记的内容");
    secretary.post(&format!("{meeting}/addenda"), &[("text", "漏记一名列席人员")]).await.expect(303);
    secretary.get(&meeting).await.expect(200).says("补记）：漏记一名列席人员");
    // Coming gives points, for somebody else to approve.
    let mut committee = client(world, &keepers.committee).await;
    committee.get("/desk").await.expect(200).says("审核党员计分");
    let mut community = client(world, &keepers.community).await;
    community.get("/meetings").await.expect(303);
    community.get("/meetings/places/530427001001").await.expect(200).says("阳光里联合党支部");
    let mut other = world.officer(OfficeKind::BranchSecretary, &code("5304270010010003")).await;
    other.get(&meeting).await.expect(404);
    other.post(&close, &fields).await.expect(404);
}

async fn a_meeting_that_cannot_be_is_refused_in_words(world: &World) {
    world.import_ledger().await;
    let keepers = keepers(world, &code(BRANCH)).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let new = format!("/meetings/places/{BRANCH}/new");
    let empty = [("title", "党员大会"), ("date", "2022-13-01"), ("time", "九点半")];
    let answer = secretary.post(&new, &empty).await.expect(422);
    answer.says("请选择“会议种类”").says("不是有效日期").says("例如 09:30").says("九点半");
    // Announced after it began, it is no announcement (R-MTG-07).
    let late = convened(&mut secretary, "2022-11-07", "opinion").await;
    world.set_date(date(2022, 11, 8));
    secretary.post(&format!("{late}/publish"), &[]).await.expect(422).says("会议时间已过");
    secretary.post(&format!("{late}/cancel"), &[("reason", "")]).await.expect(422).says("请写明取消的原因");
    secretary.post(&format!("{late}/cancel"), &[("reason", "改期")]).await.expect(303);
    secretary.get(&late).await.expect(200).says("已取消").says("改期");
    let mut community = client(world, &keepers.community).await;
    community.post(&format!("{late}/publish"), &[]).await.expect(403);
    secretary.get("/meetings/018c0000-0000-7000-8000-000000000000").await.expect(404);
}
