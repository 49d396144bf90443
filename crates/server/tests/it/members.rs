//! The roll of a branch through HTTP: reporting, confirming, correcting, moving on, a branch's own list, possible duplicates.

use app::{people, places};
use domain::{members::MemberState, permission::OfficeKind, place::PlaceCode};
use jiff::civil::date;
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable, write_workbook};

use crate::{
    client::Client,
    stories,
    world::{World, code, county},
};

stories!(
    a_member_reports_from_a_link_and_the_branch_confirms,
    nobody_is_in_two_rolls,
    a_member_moves_on_with_the_history,
    a_branchs_own_list_is_imported_whole_or_not_at_all,
    two_lines_of_one_member_are_settled_by_a_person,
    two_lines_of_two_persons_become_one_persons,
    two_lines_in_two_streets_wait_for_the_county,
    a_roll_shows_how_well_it_is_kept,
    no_way_around_leads_into_two_rolls,
    who_comes_back_keeps_the_history,
    what_was_ticked_stays_ticked,
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
    let history = secretary.get(&format!("/memberships/{id}")).await.expect(200).says("2022年11月7日");
    history.says("党员报到：待支部确认").says("系统或公众").says("确认党员报到：已确认");
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
    let changed = [
        ("version", version.as_str()),
        ("name", "王小梅"),
        ("gender", "female"),
        ("birth_month", "1985.3"),
        ("kind", "full"),
        ("affiliation", "here"),
        ("service", "non_service"),
        ("available_time", "周末"),
    ];
    let wrong = [("compound", "没有的小区"), ("birth_month", "1985.13")];
    let wrong: Vec<_> = changed.into_iter().filter(|(name, _)| *name != "birth_month").chain(wrong).collect();
    one.post(&page, &wrong).await.expect(422).says("请写成 1966.11 这样").says("王小梅");
    one.post(&page, &changed).await.expect(303);
    one.get(&page).await.expect(200).says("王小梅").says("周末").says("1985.03");
    // The form that was open before knows an older version.
    one.post(&page, &changed).await.expect(409);
    let end = format!("{page}/end");
    one.post(&end, &[("ended_on", "2022-11-30"), ("reason", "搬家")]).await.expect(422).says("不能早于报到日期");
    one.post(&end, &[("ended_on", "2022-11-07"), ("reason", " ")]).await.expect(422).says("请填写“原因”");
    let told = [("branch", BRANCH), ("ended_on", "2022-11-07"), ("reason", "搬家")];
    one.post(&end, &told).await.expect(422).says("另一个在用的小区党支部");
    let told = [("branch", OTHER), ("ended_on", "2022-11-07"), ("reason", "搬家")];
    one.post(&end, &told).await.expect(303);
    one.get(&page).await.expect(200).says("确认党员报到：已转出").says("搬家").says("维护党员名册：更正");
    assert!(line(world, &from, "王小梅").await.is_none());
    let (next, state) = line(world, &to, "王小梅").await.expect("waits there");
    assert_eq!(state, MemberState::Reported);
    let mut two = world.officer(OfficeKind::BranchSecretary, &to).await;
    two.post(&format!("/places/{OTHER}/members/confirm"), &[("member", &next)]).await.expect(303);
    two.get(&format!("/memberships/{next}")).await.expect(200).says("在其他支部的登记").says("已转出");
    two.post(&format!("/memberships/{next}/end"), &[("ended_on", "2022-11-07"), ("reason", "调到外县")])
        .await
        .expect(303);
    assert!(line(world, &to, "王小梅").await.is_none());
}

/// A branch's own list with these rows under the usual headings.
pub(crate) fn list(rows: &[[&str; 5]]) -> Vec<u8> {
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
    let open = "同一名同志在两个支部";
    officer.get("/members/duplicates").await.expect(200).does_not_say(open).says("是同一人（");
    // The same pair is looked at again when both lines live again.
    world.visitor().post(&format!("/join/{OTHER}"), &WANG).await.expect(200);
    officer.get("/members/duplicates").await.expect(200).says(open);
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code("530427001001")).await;
    community.get("/desk").await.expect(200).says("核对疑似重复的党员（1 对）");
    officer.post(&settle, &[]).await.expect(303);
    officer.get("/members/duplicates").await.expect(200).does_not_say(open).says("不是同一人（");
    // What was found too hastily is taken back.
    elsewhere.post(&format!("{settle}/reopen"), &[]).await.expect(404);
    officer.post(&format!("{settle}/reopen"), &[]).await.expect(303);
    officer.post(&format!("{settle}/reopen"), &[]).await.expect(409);
    officer.get("/members/duplicates").await.expect(200).says(open);
}

async fn two_lines_in_two_streets_wait_for_the_county(world: &World) {
    world.import_ledger().await;
    let far = places::branches_under(world.floor.db.reader(), &code("530427002")).await.expect("read");
    let far = far.first().expect("a branch").place.code.0.clone();
    let mut one = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    one.post(&format!("/places/{BRANCH}/members/new"), &WANG).await.expect(303);
    let mut offices = Vec::new();
    for (kind, place) in [
        (OfficeKind::CountyOrgDept, county()),
        (OfficeKind::StreetOfficer, code("530427001")),
        (OfficeKind::StreetOfficer, code("530427002")),
    ] {
        offices.push(world.officer(kind, &place).await);
    }
    // The ledger itself has some.
    let before = to_settle(&mut offices).await;
    world.visitor().post(&format!("/join/{far}"), &WANG).await.expect(200);
    // Neither street sees both lines; who does is told.
    let one_more = [before[0] + 1, before[1], before[2]];
    assert_eq!(to_settle(&mut offices).await, one_more);
    offices[0].get("/members/duplicates").await.expect(200).says("同一名同志在两个支部");
    let (here, _) = line(world, &code(BRANCH), "王晓梅").await.expect("in the roll");
    let (there, _) = line(world, &far, "王晓梅").await.expect("waits");
    let settle = format!("/members/duplicates/{}/{}", (&here).min(&there), (&here).max(&there));
    offices[0].post(&settle, &[]).await.expect(303);
    assert_eq!(to_settle(&mut offices).await, before);
    offices[0].post(&format!("{settle}/reopen"), &[]).await.expect(303);
    assert_eq!(to_settle(&mut offices).await, one_more);
}

/// How many pairs the to-dos of each office tell of.
async fn to_settle(offices: &mut [Client]) -> Vec<usize> {
    let mut pairs = Vec::new();
    for office in offices {
        let desk = office.get("/desk").await.expect(200).text();
        let told = desk.split_once("核对疑似重复的党员（").and_then(|(_, rest)| rest.split_once(" 对"));
        pairs.push(told.map_or(0, |(pairs, _)| pairs.parse().expect("a number")));
    }
    pairs
}

async fn two_lines_of_two_persons_become_one_persons(world: &World) {
    world.import_ledger().await;
    let mut one = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    one.post(&format!("/places/{BRANCH}/members/new"), &WANG).await.expect(303);
    let unit = people::living_under(world.floor.db.reader(), &code(BRANCH)).await.expect("read");
    let unit = unit.into_iter().find_map(|(line, _)| line.unit).expect("a unit").0.to_string();
    let (id, _) = line(world, &code(BRANCH), "王晓梅").await.expect("in the roll");
    // The same name and unit with another number: nobody can tell but a person.
    let told = |phone: &'static str| {
        let told: Vec<(&str, &str)> = WANG.into_iter().filter(|(name, _)| *name != "phone").collect();
        told.into_iter().chain([("phone", phone), ("unit", unit.as_str())]).collect::<Vec<_>>()
    };
    let version = one.get(&format!("/memberships/{id}")).await.expect(200).between("name=\"version\" value=\"", "\"");
    let mut corrected = told("13987740001");
    corrected.push(("version", &version));
    one.post(&format!("/memberships/{id}"), &corrected).await.expect(303);
    let mut two = world.officer(OfficeKind::BranchSecretary, &code(OTHER)).await;
    two.post(&format!("/places/{OTHER}/members/new"), &told("13987740002")).await.expect(303);
    let (other, _) = line(world, &code(OTHER), "王晓梅").await.expect("in the roll");
    let person = async |id: &str| {
        let id = id.parse().expect("an id");
        people::membership(world.floor.db.reader(), id).await.expect("read").expect("there").1.id
    };
    assert_ne!(person(&id).await, person(&other).await);
    let (first, second) = if id < other { (&id, &other) } else { (&other, &id) };
    let mut officer = world.officer(OfficeKind::StreetOfficer, &code("530427001")).await;
    officer.get("/members/duplicates").await.expect(200).says("姓名和单位都相同");
    officer.post(&format!("/members/duplicates/{first}/{second}"), &[("keep", &id)]).await.expect(303);
    assert_eq!(person(&id).await, person(&other).await, "points and hours of both are the one person's");
    assert!(line(world, &code(OTHER), "王晓梅").await.is_none());
}

async fn no_way_around_leads_into_two_rolls(world: &World) {
    world.import_ledger().await;
    let mut one = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let mut two = world.officer(OfficeKind::BranchSecretary, &code(OTHER)).await;
    one.post(&format!("/places/{BRANCH}/members/new"), &WANG).await.expect(303);
    world.visitor().post(&format!("/join/{OTHER}"), &WANG).await.expect(200);
    // By the branch's own list.
    let bytes = list(&[["王晓梅", "13987740001", "", "", "9栋"]]);
    let import = format!("/places/{OTHER}/members/import");
    two.upload(&import, &[], ("file", "名册.xlsx", &bytes))
        .await
        .expect(422)
        .says("已在另一个小区党支部报到")
        .says("A2");
    // By the county's ledger: a line that waits, and one that is new.
    let db = world.floor.db.reader();
    let (place, other) = (places::place(db, &code(OTHER)).await, places::place(db, &code("530427001001")).await);
    let (place, other) = (place.expect("read").expect("there").name, other.expect("read").expect("there").name);
    let rows =
        [[other.as_str(), place.as_str(), "王晓梅", "女", "1985.03", "13987740001", "正式党员", "单位支部", "在职"]];
    let mut county = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let preview = crate::ledger::upload(&mut county, &roll(&rows)).await;
    county.get(&preview).await.expect(200).says("的名册里。请先在那里办理转出");
    let (id, state) = line(world, &code(OTHER), "王晓梅").await.expect("waits");
    assert_eq!(state, MemberState::Reported);
    two.post(&format!("/memberships/{id}/end"), &[("ended_on", "2022-11-07"), ("reason", "报错了")]).await.expect(303);
    let preview = crate::ledger::upload(&mut county, &roll(&rows)).await;
    county.get(&preview).await.expect(200).says("的名册里。请先在那里办理转出");
}

async fn who_comes_back_keeps_the_history(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &branch).await;
    secretary.post(&format!("/places/{BRANCH}/members/new"), &WANG).await.expect(303);
    let (id, _) = line(world, &branch, "王晓梅").await.expect("in the roll");
    let page = format!("/memberships/{id}");
    let version = secretary.get(&page).await.expect(200).between("name=\"version\" value=\"", "\"");
    let told: Vec<_> = WANG.into_iter().chain([("version", version.as_str()), ("is_without_vote", "yes")]).collect();
    secretary.post(&page, &told).await.expect(303);
    let told = [("ended_on", "2022-11-07"), ("reason", "外出务工")];
    secretary.post(&format!("{page}/end"), &told).await.expect(303);
    world.set_date(date(2023, 2, 1));
    // Whoever knows name and number brings the line back to wait, and takes nothing away from it.
    world.visitor().post(&format!("/join/{BRANCH}"), &WANG).await.expect(200);
    let back = secretary
        .get(&page)
        .await
        .expect(200)
        .says("以前的报到")
        .says("2022年11月7日至2022年11月7日，已结束：外出务工");
    back.says("待支部确认").says("留党察看期间没有表决权").says("2023年2月1日").says("党员报到");
}

async fn what_was_ticked_stays_ticked(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &branch).await;
    world.visitor().post(&format!("/join/{BRANCH}"), &WANG).await.expect(200);
    let roll = people::living_under(world.floor.db.reader(), &branch).await.expect("read");
    let ids: Vec<String> = roll.iter().map(|(line, _)| line.id.0.to_string()).collect();
    let fields: Vec<(&str, &str)> = ids.iter().map(|id| ("member", id.as_str())).collect();
    let refused = secretary.post(&format!("/places/{BRANCH}/members/verify"), &fields).await.expect(422);
    let refused = refused.says("王晓梅：还没有确认报到");
    assert_eq!(refused.text().matches(" checked").count(), ids.len().min(50));
}

/// The ledger's 党员名册 with these rows.
fn roll(rows: &[[&str; 9]]) -> Vec<u8> {
    let columns = ["社区", "小区党支部名称", "姓名", "性别", "出生年月", "联系电话", "党员类型", "组织关系", "身份"];
    let text = |label| SheetColumn::new(label, 12.0, ColumnKind::Text);
    let table = SheetTable {
        name: "党员名册".to_owned(),
        title: None,
        note: None,
        columns: columns.map(text).into(),
        rows: rows.iter().map(|row| row.iter().map(|cell| CellValue::from(*cell)).collect()).collect(),
        totals: None,
    };
    write_workbook(&[table]).expect("a workbook")
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
    let above = officer.get("/places/530427001001/members").await.expect(200);
    above.says("各支部底数情况").says("2023年5月8日").says(&format!("{} 人（100%）", ids.len()));
    // Who waits is not counted as known, by the branch and above it alike.
    world.visitor().post(&format!("/join/{BRANCH}"), &WANG).await.expect(200);
    let known = format!("在册 <strong>{}</strong> 人", ids.len());
    secretary.get(&members).await.expect(200).says(&known).says("待确认报到 <strong>1</strong> 人");
    officer.get("/places/530427001001/members").await.expect(200).says("待确认报到 <strong>1</strong> 人");
}
