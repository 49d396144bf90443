//! The roll of a branch through HTTP: reporting, confirming, correcting, moving on, a branch's own list, possible duplicates.

use app::people;
use domain::{members::MemberState, permission::OfficeKind, place::PlaceCode};
use jiff::civil::date;
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable, write_workbook};

use crate::{
    stories,
    world::{World, code, county},
};

stories!(
    a_member_reports_from_a_link_and_the_branch_confirms,
    nobody_is_in_two_rolls,
    a_member_moves_on_with_the_history,
    a_branchs_own_list_is_imported_whole_or_not_at_all,
    two_lines_of_one_member_are_settled_by_a_person,
    a_roll_shows_how_well_it_is_kept,
);

const BRANCH: &str = "5304270010010001";
const OTHER: &str = "5304270010010003";

const WANG: [(&str, &str); 8] = [
    ("name", "王晓梅"),
    ("gender", "female"),
    ("phone", "13987740001"),
    ("kind", "full"),
    ("affiliation", "unit"),
    ("service", "in_service"),
    ("building", "3栋"),
    ("speciality", "医疗"),
];

/// The membership of who is called `name` in the roll, and where it stands.
async fn line(world: &World, branch: &PlaceCode, name: &str) -> Option<(String, MemberState)> {
    let roll = people::living_under(world.floor.db.reader(), branch).await.expect("read");
    let found = roll.into_iter().find(|(_, person)| person.name == name);
    found.map(|(line, _)| (line.id.0.to_string(), line.state.0))
}

async fn a_member_reports_from_a_link_and_the_branch_confirms(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &branch).await;
    let poster =
        secretary.get(&format!("/places/{BRANCH}/members/poster")).await.expect(200).says(&format!("/join/{BRANCH}"));
    assert!(poster.text().contains("<svg"), "the poster has its code");

    let (join, mut visitor) = (format!("/join/{BRANCH}"), world.visitor());
    visitor.get(&join).await.expect(200).says("只填到楼栋");
    let refused = visitor.post(&join, &[("name", "王晓梅"), ("phone", "139")]).await.expect(422);
    refused.says("请选择“党员类型”").says("王晓梅");
    let without: Vec<_> = WANG.into_iter().filter(|(name, _)| *name != "phone").collect();
    visitor.post(&join, &without).await.expect(422).says("请填写联系电话");
    visitor.post(&join, &WANG).await.expect(200).says("报到已收到");
    // Once more says the same, and changes nothing.
    visitor.post(&join, &WANG).await.expect(200).says("报到已收到");
    let (id, state) = line(world, &branch, "王晓梅").await.expect("in the roll");
    assert_eq!(state, MemberState::Reported);

    let list = secretary.get(&format!("/places/{BRANCH}/members?state=reported")).await.expect(200);
    list.says("王晓梅").says("待确认").says("139****0001");
    secretary.get("/desk").await.expect(200).says("确认党员报到（1 人）");
    let confirm = format!("/places/{BRANCH}/members/confirm");
    secretary.post(&confirm, &[]).await.expect(422).says("请勾选党员");
    secretary.post(&confirm, &[("member", &id)]).await.expect(303);
    secretary.post(&confirm, &[("member", &id)]).await.expect(422).says("已确认");
    secretary.get(&format!("/memberships/{id}")).await.expect(200).says("2022年11月7日").says("确认党员报到");
    world.visitor().get("/join/5304270010019999").await.expect(404);
    // Neither another branch nor the county's other offices confirm.
    let mut other = world.officer(OfficeKind::BranchSecretary, &code(OTHER)).await;
    other.post(&confirm, &[("member", &id)]).await.expect(404);
    let mut county = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    county.post(&confirm, &[("member", &id)]).await.expect(403);
}

async fn nobody_is_in_two_rolls(world: &World) {
    world.import_ledger().await;
    let mut one = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let mut two = world.officer(OfficeKind::BranchSecretary, &code(OTHER)).await;
    let (here, there) = (format!("/places/{BRANCH}/members/new"), format!("/places/{OTHER}/members/new"));
    one.post(&here, &WANG).await.expect(303);
    let (_, state) = line(world, &code(BRANCH), "王晓梅").await.expect("in the roll");
    assert_eq!(state, MemberState::Confirmed, "what the branch enters itself needs nobody else");
    one.post(&here, &WANG).await.expect(422).says("已在本支部的名册里").says("王晓梅");
    two.post(&there, &WANG).await.expect(422).says("已在另一个小区党支部报到");
    // Whoever reports from a link is not told; the branch is, when it confirms.
    world.visitor().post(&format!("/join/{OTHER}"), &WANG).await.expect(200);
    let (id, _) = line(world, &code(OTHER), "王晓梅").await.expect("waits");
    let confirm = format!("/places/{OTHER}/members/confirm");
    two.post(&confirm, &[("member", &id)]).await.expect(422).says("已在另一个小区党支部报到");
}

async fn a_member_moves_on_with_the_history(world: &World) {
    world.import_ledger().await;
    let (from, to) = (code(BRANCH), code(OTHER));
    let mut one = world.officer(OfficeKind::BranchSecretary, &from).await;
    one.post(&format!("/places/{BRANCH}/members/new"), &WANG).await.expect(303);
    let (id, _) = line(world, &from, "王晓梅").await.expect("in the roll");
    let page = format!("/memberships/{id}");
    let version = one.get(&page).await.expect(200).between("name=\"version\" value=\"", "\"");
    let changed =
        [("version", version.as_str()), ("kind", "full"), ("affiliation", "here"), ("service", "non_service")];
    one.post(&page, &changed).await.expect(303);
    // The form that was open before knows an older version.
    one.post(&page, &changed).await.expect(409);
    let end = format!("{page}/end");
    one.post(&end, &[("ended_on", "2022-11-30"), ("reason", "搬家")]).await.expect(422).says("不能早于报到日期");
    one.post(&end, &[("ended_on", "2022-11-07"), ("reason", " ")]).await.expect(422).says("请填写“原因”");
    let told = [("branch", BRANCH), ("ended_on", "2022-11-07"), ("reason", "搬家")];
    one.post(&end, &told).await.expect(422).says("另一个在用的小区党支部");
    let told = [("branch", OTHER), ("ended_on", "2022-11-07"), ("reason", "搬家")];
    one.post(&end, &told).await.expect(303);
    one.get(&page).await.expect(200).says("已转出").says("搬家");
    assert!(line(world, &from, "王晓梅").await.is_none());
    let (next, state) = line(world, &to, "王晓梅").await.expect("waits there");
    assert_eq!(state, MemberState::Reported);
    let mut two = world.officer(OfficeKind::BranchSecretary, &to).await;
    two.post(&format!("/places/{OTHER}/members/confirm"), &[("member", &next)]).await.expect(303);
    two.get(&format!("/memberships/{next}")).await.expect(200).says("在其他支部的登记").says("已转出");
    two.post(&format!("/memberships/{next}/end"), &[("ended_on", "2022-11-07"), ("reason", "调到外县")])
        .await
        .expect(303);
    assert!(line(world, &to, "王晓梅").await.is_none());
}

/// A branch's own list with these rows under the usual headings.
fn list(rows: &[[&str; 5]]) -> Vec<u8> {
    let text = |label| SheetColumn::new(label, 12.0, ColumnKind::Text);
    let cell = |cell: &&str| CellValue::from(*cell);
    let table = SheetTable {
        name: "名册".to_owned(),
        title: None,
        note: None,
        columns: vec![text("姓名"), text("联系电话"), text("党员类型"), text("单位党支部"), text("居住楼栋")],
        rows: rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
        totals: None,
    };
    write_workbook(&[table]).expect("a workbook")
}

async fn a_branchs_own_list_is_imported_whole_or_not_at_all(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &branch).await;
    let roll = people::living_under(world.floor.db.reader(), &branch).await.expect("read");
    let known = roll.first().expect("a roll").1.name.clone();
    let import = format!("/places/{BRANCH}/members/import");
    secretary.get(&format!("{import}/table.xlsx")).await.expect(200);
    let mut upload = async |rows: &[[&str; 5]]| {
        let bytes = list(rows);
        secretary.upload(&import, &[], ("file", "名册.xlsx", &bytes)).await
    };
    let wrong = upload(&[["赵新一", "139", "正式党员", "", "1栋"], ["", "", "群众", "", ""]]).await.expect(422);
    wrong.says("没有导入").says("B2").says("A3");
    upload(&[["赵新一", "", "积极分子", "", ""]]).await.expect(422).says("不是可选的值").says("正式党员");
    let twice = upload(&[["赵新一", "", "", "", ""], ["赵新一", "", "", "", ""]]).await.expect(422);
    twice.says("出现了两次");
    upload(&[]).await.expect(422).says("没有一行数据");
    let good = [["赵新一", "13987740009", "预备党员", "没有的单位党支部", "1栋"], [known.as_str(), "", "", "", "88栋"]];
    let preview = upload(&good).await.expect(200).says("新增").says("更正：居住楼栋").says("还没有登记");
    let hash = preview.between("name=\"hash\" value=\"", "\"");
    assert!(line(world, &branch, "赵新一").await.is_none(), "a preview writes nothing");
    secretary.post(&format!("{import}/confirm"), &[("hash", "00")]).await.expect(422).says("已经不在了");
    secretary.post(&format!("{import}/confirm"), &[("hash", &hash)]).await.expect(303);
    assert!(line(world, &branch, "赵新一").await.is_some());
    let roll = people::living_under(world.floor.db.reader(), &branch).await.expect("read");
    let changed = roll.iter().find(|(_, person)| person.name == known).expect("still there");
    assert_eq!(changed.0.building, "88栋");
    // The same list again changes nothing.
    secretary.upload(&import, &[], ("file", "名册.xlsx", &list(&good))).await.expect(200).says("将要导入");
    secretary.upload(&import, &[], ("file", "名册.xlsx", b"PK not a workbook")).await.expect(422);
    secretary.post(&import, &[]).await.expect(422).says("请选择支部名册");
}

async fn two_lines_of_one_member_are_settled_by_a_person(world: &World) {
    world.import_ledger().await;
    let street = code("530427001");
    let mut one = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    one.post(&format!("/places/{BRANCH}/members/new"), &WANG).await.expect(303);
    world.visitor().post(&format!("/join/{OTHER}"), &WANG).await.expect(200);
    let mut officer = world.officer(OfficeKind::StreetOfficer, &street).await;
    let page = officer.get("/members/duplicates").await.expect(200);
    page.says("王晓梅").says("同一名同志在两个支部");
    let (kept, _) = line(world, &code(BRANCH), "王晓梅").await.expect("in the roll");
    let (gone, _) = line(world, &code(OTHER), "王晓梅").await.expect("waits");
    let (first, second) = if kept < gone { (&kept, &gone) } else { (&gone, &kept) };
    let settle = format!("/members/duplicates/{first}/{second}");
    let mut elsewhere = world.officer(OfficeKind::StreetOfficer, &code("530427002")).await;
    elsewhere.post(&settle, &[]).await.expect(404);
    officer.post(&settle, &[("keep", &kept)]).await.expect(303);
    officer.post(&settle, &[("keep", &kept)]).await.expect(409);
    assert!(line(world, &code(OTHER), "王晓梅").await.is_none());
    assert!(line(world, &code(BRANCH), "王晓梅").await.is_some());
    assert!(!officer.get("/members/duplicates").await.expect(200).text().contains("王晓梅"));
}

async fn a_roll_shows_how_well_it_is_kept(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &branch).await;
    let members = format!("/places/{BRANCH}/members");
    // What the ledger brought counts as looked at on that day.
    secretary.get(&members).await.expect(200).says("已核对");
    world.set_date(date(2023, 5, 8));
    secretary.get(&members).await.expect(200).says("半年内核对过 <strong>0</strong> 人").says("待核对");
    let roll = people::living_under(world.floor.db.reader(), &branch).await.expect("read");
    let ids: Vec<String> = roll.iter().map(|(line, _)| line.id.0.to_string()).collect();
    let fields: Vec<(&str, &str)> = ids.iter().map(|id| ("member", id.as_str())).collect();
    secretary.post(&format!("{members}/verify"), &fields).await.expect(303);
    secretary.get(&members).await.expect(200).says(&format!("半年内核对过 <strong>{}</strong> 人", ids.len()));
    let mut officer = world.officer(OfficeKind::CommunityOfficer, &code("530427001001")).await;
    officer.get("/places/530427001001/members").await.expect(200).says("半年内核对过");
}
