//! Appeals against points: who decides, within how long, and how the member hears of it.

use domain::permission::OfficeKind;
use jiff::civil::date;

use crate::{
    client::Client,
    own::member_client,
    points::{adopted, client, given, keepers, members, waiting},
    stories,
    world::{World, code, county},
};

stories!(
    an_appeal_is_decided_by_the_community,
    the_street_decides_where_the_community_had_a_hand,
    the_county_decides_where_nobody_nearer_can,
    a_member_is_told_and_sees_the_answer,
);

const BRANCH: &str = "5304270010010001";

async fn an_appeal_is_decided_by_the_community(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 11, 7)).await;
    given(world, &keepers, &branch, "D01", 100, date(2022, 11, 9)).await;
    let member = members(world, &branch).await[0];
    let lines = app::points::lines_of_member(world.floor.db.reader(), &branch, member, 2022).await.expect("read");
    let entry = lines[0].row.id.0.to_string();
    world.set_date(date(2022, 11, 14));
    let mut secretary = client(world, &keepers.secretary).await;
    let mut community = client(world, &keepers.community).await;
    let appeal = format!("/points/entries/{entry}/appeal");
    secretary.post(&appeal, &[("text", " ")]).await.expect(422).says("请写明申诉的理由");
    secretary.post(&appeal, &[("text", "当天在单位值班")]).await.expect(303);
    secretary.post(&appeal, &[("text", "再申诉")]).await.expect(422).says("已经申诉过");
    let page = community.get("/desk").await.expect(200).says("处理积分申诉").between("href=\"/points/appeals/", "\"");
    let page = format!("/points/appeals/{page}");
    community.get(&page).await.expect(200).says("当天在单位值班").says("每次 -2 分");
    secretary.post(&page, &[("outcome", "upheld"), ("answer", "x")]).await.expect(403);
    community.post(&page, &[("outcome", "adjusted"), ("answer", "属实")]).await.expect(422).says("调整后的分值");
    community
        .post(&page, &[("outcome", "adjusted"), ("points", "-1"), ("answer", "")])
        .await
        .expect(422)
        .says("处理意见");
    let decided = [("outcome", "adjusted"), ("points", "-1"), ("answer", "情况属实，酌情调整")];
    let mut street = world.officer(OfficeKind::StreetOfficer, &code("530427001")).await;
    street.post(&page, &decided).await.expect(422).says("由社区处理");
    community.post(&page, &decided).await.expect(303);
    community.post(&page, &decided).await.expect(422).says("已经处理过");
    let line = format!("/points/2022/members/{member}");
    secretary.get(&line).await.expect(200).says("已调整").says("申诉后调整").says("60.00 + 0.00 − 1.00 = 59.00");
    // After ten working days it is too late: 2022-11-09 and ten working days end on the 23rd.
    let second = members(world, &branch).await[1];
    let lines = app::points::lines_of_member(world.floor.db.reader(), &branch, second, 2022).await.expect("read");
    world.set_date(date(2022, 11, 24));
    let late = format!("/points/entries/{}/appeal", lines[0].row.id.0);
    secretary.post(&late, &[("text", "才知道")]).await.expect(422).says("申诉期已于2022年11月23日结束");
}

/// An entry of the branch's one member that the secretary proposed and the community's one officer decided.
async fn decided_by_community(world: &World) -> (Client, Client, String, String) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 11, 7)).await;
    world.set_date(date(2022, 11, 9));
    let member = members(world, &branch).await[0].to_string();
    let mut secretary = client(world, &keepers.secretary).await;
    let mut community = client(world, &keepers.community).await;
    let entry = [
        ("member", member.as_str()),
        ("item", "D01"),
        ("quantity", "1"),
        ("occurred_on", "2022-11-08"),
        ("note", "无故缺席"),
        ("document", "支委会会议纪要第3号"),
        ("notified_on", "2022-11-08"),
    ];
    secretary.post(&format!("/points/places/{BRANCH}/propose"), &entry).await.expect(303);
    let id = waiting(world, &branch).await[0].to_string();
    // With nobody left in the branch who may decide it, the community is told.
    community.post(&format!("/points/places/{BRANCH}/approve"), &[("entry", &id)]).await.expect(303);
    (secretary, community, member, id)
}

const LESS: [(&str, &str); 3] = [("outcome", "adjusted"), ("points", "-1"), ("answer", "情况属实，酌情调整")];

async fn the_street_decides_where_the_community_had_a_hand(world: &World) {
    let (mut secretary, mut community, member, id) = decided_by_community(world).await;
    let mut street = world.officer(OfficeKind::StreetOfficer, &code("530427001")).await;
    secretary.post(&format!("/points/entries/{id}/appeal"), &[("text", "当天在单位值班")]).await.expect(303);
    community.get("/desk").await.expect(200).does_not_say("处理积分申诉");
    street.get("/messages").await.expect(200).says("有党员对计分提出申诉");
    let page = street.get("/desk").await.expect(200).says("处理积分申诉").between("href=\"/points/appeals/", "\"");
    let page = format!("/points/appeals/{page}");
    community.get(&page).await.expect(200).says("由街道的同志处理").does_not_say("确定处理结果");
    community.post(&page, &LESS).await.expect(422).says("街道党工委");
    let mut department = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    department.get("/desk").await.expect(200).does_not_say("处理积分申诉");
    department.get(&page).await.expect(200).says("由街道处理").does_not_say("确定处理结果");
    department.post(&page, &LESS).await.expect(422).says("由街道处理");
    street.get(&page).await.expect(200).says("当天在单位值班").does_not_say("查看全部计分");
    for points in ["1", "5", "-3"] {
        let wrong = [("outcome", "adjusted"), ("points", points), ("answer", "调整")];
        street.post(&page, &wrong).await.expect(422).says("扣分项调整后应在 -2 到 0 分之间");
    }
    street.post(&page, &LESS).await.expect(303);
    // What came of the appeal is not appealed against again.
    secretary.get(&format!("/points/2022/members/{member}")).await.expect(200).does_not_say("代登申诉");
    let mut other = world.officer(OfficeKind::StreetOfficer, &code("530427002")).await;
    other.get(&page).await.expect(404);
}

async fn the_county_decides_where_nobody_nearer_can(world: &World) {
    let (mut secretary, _, _, id) = decided_by_community(world).await;
    // The street has no officer at all.
    let mut department = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    secretary.post(&format!("/points/entries/{id}/appeal"), &[("text", "当天在单位值班")]).await.expect(303);
    department.get("/messages").await.expect(200).says("有党员对计分提出申诉");
    let page = department.get("/desk").await.expect(200).says("处理积分申诉").between("href=\"/points/appeals/", "\"");
    department.post(&format!("/points/appeals/{page}"), &LESS).await.expect(303);
    department.get("/desk").await.expect(200).does_not_say("处理积分申诉");
}

async fn a_member_is_told_and_sees_the_answer(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 11, 1)).await;
    given(world, &keepers, &branch, "P13", 400, date(2022, 11, 9)).await;
    world.set_date(date(2022, 11, 10));
    let member = members(world, &branch).await[0];
    let mut phone = member_client(world, &keepers, member).await;
    phone.get("/me").await.expect(200).says("查看新计分（1 笔），有异议可以申诉").says("11月23日");
    let page = phone.get("/me/points").await.expect(200).says("每件 +3 分，全年与 P07 合计最多 9 分");
    let page = page.says("P07 12.00 分，封顶计 9.00 分");
    let appeal = format!("/me/points/{}/appeal", page.between("action=\"/me/points/", "/appeal"));
    phone.post(&appeal, &[("text", " ")]).await.expect(422).says("请写明申诉的理由");
    phone.post(&appeal, &[("text", "另有一件没有计")]).await.expect(303);
    phone.get("/me/points").await.expect(200).says("待社区处理").says("另有一件没有计");
    phone.post(&appeal, &[("text", "再说一遍")]).await.expect(422).says("已经申诉过");
    let mut community = client(world, &keepers.community).await;
    let id = community.get("/desk").await.expect(200).between("href=\"/points/appeals/", "\"");
    let told = [("outcome", "upheld"), ("answer", "那一件由物业办结")];
    community.post(&format!("/points/appeals/{id}"), &told).await.expect(303);
    phone.get("/me/points").await.expect(200).says("维持原计分").says("那一件由物业办结");
    // Too late: the form is not offered any more, and what was typed into an old one is still there.
    world.set_date(date(2022, 11, 24));
    let other = members(world, &branch).await[1];
    let mut phone = member_client(world, &keepers, other).await;
    phone.get("/me").await.expect(200).does_not_say("查看新计分");
    phone.get("/me/points").await.expect(200).does_not_say("有异议，提出申诉");
    let lines = app::points::lines_of_member(world.floor.db.reader(), &branch, other, 2022).await.expect("read");
    let appeal = format!("/me/points/{}/appeal", lines[0].row.id.0);
    phone.post(&appeal, &[("text", "我才知道这件事")]).await.expect(422).says("申诉期已于").says("我才知道这件事");
}
