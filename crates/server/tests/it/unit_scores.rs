//! What units score their members: by table and by hand, reported back, and pressed for.

use app::people;
use domain::permission::OfficeKind;
use jiff::civil::date;
use office::sheet::{SheetColumn, SheetTable, write_workbook};

use crate::{
    points::{adopted, keepers},
    points_settled::{YEAR, settle},
    stories,
    world::{World, code, county},
};

stories!(
    units_give_their_scores_by_table_and_by_hand,
    units_have_their_report_and_are_pressed_for_scores,
    a_score_by_mistake_is_taken_back_and_a_settled_one_is_the_countys,
);

const BRANCH: &str = "5304270010010001";

async fn units_give_their_scores_by_table_and_by_hand(world: &World) {
    world.import_ledger().await;
    let keepers = keepers(world, &code(BRANCH)).await;
    adopted(world, &keepers, &code(BRANCH), date(2022, 11, 7)).await;
    world.set_date(date(2023, 1, 4));
    let db = world.floor.db.reader();
    let unit = code("530427-0001");
    let members = people::members_of_unit(db, &unit).await.expect("read");
    let (member, person) = members[0].clone();
    let mut contact = world.officer(OfficeKind::UnitContact, &unit).await;
    let page = format!("/unit-scores/2022/{unit}");
    contact.get("/desk").await.expect(200).says(&format!("报送2022年度单位积分（{} 人）", members.len()));
    contact.get(&page).await.expect(200).says(&person.name);
    let (score, max) = (format!("score.{}", member.id.0), format!("max.{}", member.id.0));
    let told = [(score.as_str(), "130"), (max.as_str(), "120")];
    contact.post(&page, &told).await.expect(422).says("得分 130.00 超过满分 120.00").says("130");
    let told = [(score.as_str(), "满分"), (max.as_str(), "120")];
    contact.post(&page, &told).await.expect(422).says("最多两位小数");
    contact.post(&page, &[(score.as_str(), "90"), (max.as_str(), "120")]).await.expect(303);
    contact.get(&page).await.expect(200).says("1 /");
    // The members of others are not there for this contact.
    contact.get("/unit-scores/2022/530427-0002").await.expect(404);
    let other = people::members_of_unit(db, &code("530427-0002")).await.expect("read")[0].0.id.0;
    contact.post(&page, &[(&format!("score.{other}"), "90"), (&format!("max.{other}"), "100")]).await.expect(404);
    let table = contact.get(&format!("{page}/table.xlsx")).await.expect(200);
    assert!(table.body.starts_with(b"PK"), "a workbook");

    // The county's own table: what fits is matched, what does not is told.
    let mut county = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let import = "/unit-scores/2022/530427/import";
    county.upload(import, &[], ("file", "x.xlsx", b"no workbook")).await.expect(422);
    county.upload(import, &[], ("file", "台账.xlsx", crate::world::LEDGER)).await.expect(422).says("请先改正这些错误");
    let scores = include_bytes!("../../../../data/单位党支部积分.xlsx");
    let preview = county.upload(import, &[], ("file", "单位党支部积分.xlsx", scores)).await.expect(200);
    let preview = preview.says("可以登记").says("没有匹配");
    let hash = preview.between("name=\"hash\" value=\"", "\"");
    county.post(&format!("{import}/confirm"), &[("hash", &hash)]).await.expect(303);
    let page = county.get("/unit-scores/2022/530427").await.expect(200).text();
    assert!(page.contains("已报送人数"), "the county sees how far the units are");
    county.post(&format!("{import}/confirm"), &[("hash", "0")]).await.expect(422).says("请重新上传");
}

async fn units_have_their_report_and_are_pressed_for_scores(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 3, 7)).await;
    world.set_date(date(2023, 1, 4));
    let unit = code("530427-0001");
    let of_unit = people::members_of_unit(world.floor.db.reader(), &unit).await.expect("read");
    let mut contact = world.officer(OfficeKind::UnitContact, &unit).await;
    let page = format!("/unit-scores/2022/{unit}");
    contact.get(&format!("{page}/report.xlsx")).await.expect(422).says("还没有结算");
    contact.get(&page).await.expect(200).does_not_say("report.docx");
    let mut officer = settle(world).await;
    officer.post(&format!("{YEAR}/report"), &[]).await.expect(303);
    contact.get("/messages").await.expect(200).says("请查看并下载报告");
    contact.get(&page).await.expect(200).says("report.xlsx").says("report.docx");
    for report in ["report.xlsx", "report.docx"] {
        let file = contact.get(&format!("{page}/{report}")).await.expect(200);
        assert!(file.body.starts_with(b"PK"), "a file");
        contact.get(&format!("/unit-scores/2022/530427-0002/{report}")).await.expect(404);
    }
    let table = contact.get(&format!("{page}/report.xlsx")).await.expect(200).body;
    let book = office::workbook::Workbook::read(&table).expect("a workbook");
    let rows = format!("{:?}", book.sheets()[0]);
    assert!(rows.contains(&of_unit[0].1.name), "its own members");
    // Results wait for scores: the unit and the county keep hearing of it, after the settlement and the day as well.
    world.set_date(date(2023, 1, 18));
    let title = format!("报送2022年度单位积分（{} 人）", of_unit.len());
    contact.get("/desk").await.expect(200).says(&title);
    officer.get("/desk").await.expect(200).says("个单位补报2022年度单位积分");
    let entered: Vec<(String, String)> = of_unit
        .iter()
        .flat_map(|(member, _)| {
            let id = member.id.0;
            [(format!("score.{id}"), "90".to_owned()), (format!("max.{id}"), "100".to_owned())]
        })
        .collect();
    let mut fields: Vec<(&str, &str)> = entered.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.push(("reason", "单位补报"));
    contact.post(&page, &fields).await.expect(303);
    contact.get("/desk").await.expect(200).does_not_say("报送2022年度单位积分");
    // A table longer than can be taken is refused as a whole, and says so.
    let row =
        |number: usize| ["单位".into(), format!("某某{number}").as_str().into(), "100".into(), "90".into()].to_vec();
    let table = SheetTable {
        name: "单位党支部积分".to_owned(),
        title: None,
        note: None,
        columns: ["单位党支部", "姓名", "满分", "得分"].map(|label| SheetColumn::text(label, 12.0)).into(),
        rows: (0..20_001).map(row).collect(),
        totals: None,
    };
    let bytes = write_workbook(&[table]).expect("written");
    let answer = officer.upload("/unit-scores/2022/530427/import", &[], ("file", "x.xlsx", &bytes)).await;
    answer.expect(422).says("一次最多导入 20000 行");
}

async fn a_score_by_mistake_is_taken_back_and_a_settled_one_is_the_countys(world: &World) {
    world.import_ledger().await;
    let keepers = keepers(world, &code(BRANCH)).await;
    adopted(world, &keepers, &code(BRANCH), date(2022, 3, 7)).await;
    world.set_date(date(2023, 1, 4));
    let unit = code("530427-0001");
    let members = people::members_of_unit(world.floor.db.reader(), &unit).await.expect("read");
    let ids = [members[0].0.id.0, members[1].0.id.0];
    let mut contact = world.officer(OfficeKind::UnitContact, &unit).await;
    let page = format!("/unit-scores/2022/{unit}");
    let field = |name: &str, at: usize| format!("{name}.{}", ids[at]);
    let send = async |client: &mut crate::client::Client, at: usize, score: &str, given: bool, reason: &str| {
        let mut fields = vec![(field("score", at), score), (field("max", at), "１００"), ("reason".to_owned(), reason)];
        if given {
            fields.push((field("given", at), "yes"));
        }
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        client.post(&page, &fields).await
    };
    // Typed on a Chinese keyboard, by mistake, and taken back by emptying it: missing is not zero.
    send(&mut contact, 0, "０", false, "").await.expect(303);
    contact.get(&page).await.expect(200).says("1 /").says(&field("given", 0));
    send(&mut contact, 0, "", true, "").await.expect(303);
    contact.get(&page).await.expect(200).says("0 /").does_not_say(&field("given", 0));
    // The table that is handed out goes back in while most of it is empty.
    send(&mut contact, 0, "95.5", false, "").await.expect(303);
    let table = contact.get(&format!("{page}/table.xlsx")).await.expect(200).body;
    let preview = contact.upload(&format!("{page}/import"), &[], ("file", "填报表.xlsx", &table)).await.expect(200);
    preview.says("还没有填得分").says("登记这 1 人的单位积分");

    // Once the year is settled the unit gives what is missing, and no other result is its to change.
    let mut officer = settle(world).await;
    send(&mut contact, 0, "60", true, "算错了").await.expect(422).says("单位不能再改");
    send(&mut contact, 0, "", true, "算错了").await.expect(422).says("单位不能再改");
    send(&mut contact, 1, "80", false, "补报").await.expect(303);
    send(&mut officer, 0, "60", true, "").await.expect(422);
    send(&mut officer, 0, "60", true, "县委组织部核对单位来函").await.expect(303);
    contact.get(&page).await.expect(200).says("value=\"60\"");
}
