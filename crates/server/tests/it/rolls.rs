//! A roll as it is kept over the years: reports of earlier days, and members of one name.

use app::people;
use jiff::civil::date;
use office::sheet::{CellValue, SheetColumn, SheetTable, write_workbook};

use crate::{
    client::Client,
    points::{adopted, client, keepers},
    stories,
    world::{World, code},
};

stories!(a_report_of_earlier_days_keeps_its_day, namesakes_are_told_apart);

const BRANCH: &str = "5304270010010001";

async fn register(officer: &mut Client, further: &[(&str, &str)]) -> crate::client::Answer {
    let told = [("gender", "female"), ("kind", "full"), ("affiliation", "here"), ("service", "non_service")];
    officer.post(&format!("/places/{BRANCH}/members/new"), &[&told[..], further].concat()).await
}

/// The addresses of the members of a name.
async fn called(world: &World, name: &str) -> Vec<String> {
    let roll = people::living_under(world.floor.db.reader(), &code(BRANCH)).await.expect("read");
    roll.into_iter().filter(|(_, person)| person.name == name).map(|(line, _)| line.id.0.to_string()).collect()
}

async fn a_report_of_earlier_days_keeps_its_day(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 11, 7)).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let form = secretary.get(&format!("/places/{BRANCH}/members/new")).await.expect(200);
    form.says("name=\"registered_on\"").says("value=\"2022-11-07\"");
    let new = |day: &'static str| [("name", "许早到"), ("phone", "13987740011"), ("registered_on", day)];
    register(&mut secretary, &new("2022-11-08")).await.expect(422).says("报到日期不能晚于今天").says("许早到");
    register(&mut secretary, &new("2022-03-15")).await.expect(303);
    let id = called(world, "许早到").await.remove(0);
    let page = format!("/memberships/{id}");
    secretary.get(&page).await.expect(200).says("2022年3月15日");
    // From March on it is ten of the twelve months.
    secretary.get(&format!("/points/2022/members/{id}")).await.expect(200).says("50.00 + 0.00 − 0.00 = 50.00");
    let end = [("ended_on", "2022-11-05"), ("reason", "外出务工")];
    secretary.post(&format!("{page}/end"), &end).await.expect(303);
    register(&mut secretary, &new("2022-11-04")).await.expect(422).says("不能早于上次离开支部的日期");
    register(&mut secretary, &new("2022-11-06")).await.expect(303);
    secretary.get(&page).await.expect(200).says("以前的报到");
    // A visitor's word on the day does not count.
    let told = [&new("2020-01-01")[..], &[("name", "许访客"), ("phone", "13987740012")]].concat();
    let told: Vec<_> = told.into_iter().rev().collect();
    let rest = [("gender", "female"), ("kind", "full"), ("affiliation", "here"), ("service", "non_service")];
    world.visitor().post(&format!("/join/{BRANCH}"), &[&told[..], &rest].concat()).await.expect(200);
    let id = called(world, "许访客").await.remove(0);
    secretary.get(&format!("/memberships/{id}")).await.expect(200).does_not_say("2020年");
}

async fn namesakes_are_told_apart(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 11, 1)).await;
    let mut secretary = client(world, &keepers.secretary).await;
    for phone in ["13987740021", "13987740022"] {
        register(&mut secretary, &[("name", "许同名"), ("phone", phone)]).await.expect(303);
    }
    let ids = called(world, "许同名").await;
    let propose = format!("/points/places/{BRANCH}/propose");
    let number = |id: &str| id[id.len() - 8..].to_uppercase();
    for id in &ids {
        secretary.get(&propose).await.expect(200).says(&format!("许同名（编号 {}）", number(id)));
        secretary.get(&format!("/memberships/{id}")).await.expect(200).says(&number(id));
    }
    // The roll as it was downloaded goes back in.
    let import = format!("/places/{BRANCH}/members/import");
    let table = secretary.get(&format!("{import}/table.xlsx")).await.expect(200).body;
    let preview = secretary.upload(&import, &[], ("file", "名册.xlsx", &table)).await.expect(200);
    preview.says("将要导入").does_not_say("同名的党员");
    let mut upload = async |key: &str, building: &str| {
        let columns = ["姓名", "居住楼栋", "名册编号"].map(|label| SheetColumn::text(label, 12.0)).into();
        let rows = vec![["许同名", building, key].map(CellValue::from).into()];
        let table = SheetTable { name: "名册".to_owned(), columns, rows, ..SheetTable::default() };
        let bytes = write_workbook(&[table]).expect("a workbook");
        secretary.upload(&import, &[], ("file", "名册.xlsx", &bytes)).await
    };
    upload("", "3栋").await.expect(422).says("请填写名册编号");
    upload("FFFFFFFF", "3栋").await.expect(422).says("没有这个编号和姓名");
    let mut hashes = Vec::new();
    for (id, building) in ids.iter().zip(["3栋", "5栋"]) {
        let preview = upload(&number(id), building).await.expect(200).says("更正：居住楼栋");
        hashes.push(preview.between("name=\"hash\" value=\"", "\""));
    }
    for hash in hashes {
        secretary.post(&format!("{import}/confirm"), &[("hash", &hash)]).await.expect(303);
    }
    secretary.get(&propose).await.expect(200).says("许同名（3栋）").says("许同名（5栋）").does_not_say("许同名（编号");
}
