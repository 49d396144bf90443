//! Work units through HTTP: entering them, their contact, and their report to communities.

use app::{places, units::registrations_of};
use domain::{permission::OfficeKind, place::Level};

use crate::{
    stories,
    world::{World, code, county},
};

stories!(
    a_unit_reports_and_the_community_confirms,
    units_are_entered_renamed_and_closed,
    a_contact_sees_the_own_members_only,
);

const UNIT: &str = "530427-0001";
const COMMUNITY: &str = "530427001001";

/// A report of a unit that waits for the community.
pub async fn reported_unit(world: &World) -> String {
    let mut contact = world.officer(OfficeKind::UnitContact, &code(UNIT)).await;
    let told = [("community", COMMUNITY), ("contact", "办公室 何文斌"), ("offer", "会议室")];
    contact.post(&format!("/units/{UNIT}/register"), &told).await.expect(303);
    let reports = registrations_of(world.floor.db.reader(), &code(UNIT)).await.expect("read");
    reports[0].id.0.to_string()
}

async fn a_unit_reports_and_the_community_confirms(world: &World) {
    world.import_ledger().await;
    let mut contact = world.officer(OfficeKind::UnitContact, &code(UNIT)).await;
    let register = format!("/units/{UNIT}/register");
    contact.post(&register, &[]).await.expect(422).says("请选择“社区”").says("请填写“联系人”");
    let wrong = [("community", "5304270010010001"), ("contact", "何文斌")];
    contact.post(&register, &wrong).await.expect(422).says("请选择本县的社区").says("何文斌");
    let id = reported_unit(world).await;
    let again = [("community", COMMUNITY), ("contact", "何文斌")];
    contact.post(&register, &again).await.expect(422).says("已经向这个社区报到");
    contact.get(&format!("/units/{UNIT}")).await.expect(200).says("待社区确认");
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    community.get("/desk").await.expect(200).says("确认单位报到（1 个）");
    community.get("/unit-registrations").await.expect(200).says("何文斌").says("会议室");
    let confirm = format!("/unit-registrations/{id}/confirm");
    community.post(&confirm, &[]).await.expect(303);
    community.post(&confirm, &[]).await.expect(422).says("已确认");
    contact.get(&format!("/units/{UNIT}")).await.expect(200).says("已确认");
    let mut other = world.officer(OfficeKind::CommunityOfficer, &code("530427001002")).await;
    other.post(&format!("/unit-registrations/{id}/end"), &[]).await.expect(404);
    let end = format!("/unit-registrations/{id}/end");
    community.post(&end, &[("reason", " ")]).await.expect(422).says("请写明结束的原因");
    community.post(&end, &[("reason", "单位搬到县外")]).await.expect(303);
    community.post(&end, &[("reason", "再来")]).await.expect(422).says("已结束");
    let history = community.get(&format!("/unit-registrations/{id}")).await.expect(200).says("单位搬到县外");
    history.says("单位报到").says("确认单位报到");
    other.get(&format!("/unit-registrations/{id}")).await.expect(404);
    // The unit learns of it, and why.
    contact.get("/messages").await.expect(200).says("结束了本单位的报到");
    contact.get(&format!("/units/{UNIT}")).await.expect(200).says("单位搬到县外");
}

async fn units_are_entered_renamed_and_closed(world: &World) {
    world.import_ledger().await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    officer.get("/units").await.expect(200).says("单位党组织");
    officer.post("/units", &[("name", "")]).await.expect(422).says("请填写“单位名称”");
    let page = officer.post("/units", &[("name", "县气象局")]).await.expect(303).location;
    officer.get(&page).await.expect(200).says("县气象局党支部");
    officer.post("/units", &[("name", "县气象局")]).await.expect(422).says("已经有这个名称的单位");
    officer.post(&format!("{page}/branches"), &[("name", "县气象局老干党支部")]).await.expect(303);
    officer.post(&format!("{page}/branches"), &[("name", "县气象局老干党支部")]).await.expect(422).says("已经有");
    officer.get(&page).await.expect(200).says("县气象局老干党支部");
    officer.post(&page, &[("unit_name", "县气象局（新）")]).await.expect(303);
    officer.post(&page, &[("unit_name", "县气象局（新）"), ("is_closed", "yes")]).await.expect(303);
    officer.get(&page).await.expect(200).says("已停用");
    // A unit with members stays in use.
    let units = places::units_under(world.floor.db.reader(), &county()).await.expect("read");
    let busy = units.iter().find(|place| place.level.0 == Level::Unit).expect("a unit");
    let told = [("unit_name", busy.name.as_str()), ("is_closed", "yes")];
    let refused = officer.post(&format!("/units/{}", busy.code.0), &told).await.expect(422);
    let refused = refused.says("还有在册党员属于这个单位");
    assert_eq!(refused.text().matches("name=\"is_closed\" value=\"yes\" checked").count(), 1, "the tick stays");
}

async fn a_contact_sees_the_own_members_only(world: &World) {
    world.import_ledger().await;
    let mut contact = world.officer(OfficeKind::UnitContact, &code(UNIT)).await;
    let own = contact.get("/units").await.expect(303).location;
    assert_eq!(own, format!("/units/{UNIT}"));
    contact.get(&own).await.expect(200).says("在小区报到的党员");
    contact.get(&format!("{own}/members.xlsx")).await.expect(200);
    contact.get("/units/530427-0002").await.expect(404);
    contact.get("/places/530427/members").await.expect(404);
    contact.post(&own, &[("unit_name", "改名")]).await.expect(403);
}
