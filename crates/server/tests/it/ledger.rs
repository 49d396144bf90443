//! The county's workbook through the browser and the command line, and the pages of places and people.

use app::{
    ledger::{Attempt, import_ledger_at_once},
    people, places,
};
use axum::http::header;
use domain::permission::OfficeKind;
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable, write_workbook};

use crate::{
    client::{Answer, Client},
    stories,
    world::{LEDGER, World, code, county},
};

stories!(
    a_ledger_is_previewed_imported_and_exported,
    errors_block_everything_and_stand_beside_their_cells,
    a_preview_that_has_aged_is_refused,
    two_imports_at_once_add_nothing_twice,
    files_that_are_no_ledger_are_refused,
    a_branch_is_changed_by_its_forms,
    numbers_are_masked_and_each_reveal_is_recorded,
    everyone_sees_only_their_part,
    the_command_line_checks_and_imports,
    a_further_year_of_holidays_is_imported,
);

const BRANCH: &str = "5304270010010001";
const PAGE: &str = "/places/5304270010010001";

/// A workbook of one sheet.
fn sheet(name: &str, columns: &[&str], rows: &[&[&str]]) -> Vec<u8> {
    let table = SheetTable {
        name: name.to_owned(),
        title: Some("新平县小区党组织台账".to_owned()),
        note: None,
        columns: columns.iter().map(|label| SheetColumn::new(*label, 14.0, ColumnKind::Text)).collect(),
        rows: rows.iter().map(|row| row.iter().map(|cell| CellValue::from(*cell)).collect()).collect(),
        totals: None,
    };
    write_workbook(&[table]).expect("a workbook")
}

const BRANCH_COLUMNS: [&str; 6] = ["社区", "街道", "小区党支部名称", "覆盖小区", "党支部类型", "户数"];

/// 小区台账 with the one branch, its households as told.
pub fn households(count: &str) -> Vec<u8> {
    let row = ["五桂社区", "桂山街道", "阳光里联合党支部", "阳光里、盛世名邸", "联合", count];
    sheet("小区台账", &BRANCH_COLUMNS, &[&row])
}

pub async fn upload(client: &mut Client, bytes: &[u8]) -> String {
    client.upload("/ledger/imports", &[], ("file", "台账.xlsx", bytes)).await.expect(303).location
}

async fn confirm(client: &mut Client, import: &str, digest: &str) -> Answer {
    client.post(&format!("{import}/confirm"), &[("digest", digest)]).await
}

pub fn digest(preview: &Answer) -> String {
    preview.between("name=\"digest\" value=\"", "\"")
}

async fn a_ledger_is_previewed_imported_and_exported(world: &World) {
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let import = upload(&mut officer, LEDGER).await;
    let preview = officer.get(&import).await.expect(200).says("确认导入").says("4079").says("阳光里联合党支部");
    officer
        .get(&format!("{import}?sheet=%E5%85%9A%E5%91%98%E5%90%8D%E5%86%8C&from=4050"))
        .await
        .expect(200)
        .says("共 4079 条");
    assert!(
        places::branches_under(world.floor.db.reader(), &county()).await.expect("read").is_empty(),
        "not yet written"
    );
    confirm(&mut officer, &import, &digest(&preview)).await.expect(303);
    officer.get(&import).await.expect(200).says("导入结果").says("4079 名党员");
    officer.get("/places").await.expect(200).says("桂山街道（57）").says("共 100 条");
    let page = officer.get(PAGE).await.expect(200).says("90%").says("周强").says("2024年1月4日").says("导入台账");
    assert!(page.headers.get("x-statements").is_some());
    // What was imported is not imported twice, and what is exported imports without a change.
    confirm(&mut officer, &import, &digest(&preview)).await.expect(303);
    officer.get(&import).await.says("已经导入过了");
    let exported = officer.post("/ledger/export", &[]).await.expect(200);
    assert!(exported.headers[header::CONTENT_DISPOSITION].to_str().expect("text").starts_with("attachment"));
    let again = upload(&mut officer, &exported.body).await;
    officer.get(&again).await.expect(200).says("没有需要更新的内容").does_not_say("确认导入");
    let one = officer.post("/ledger/export", &[("place", BRANCH)]).await.expect(200);
    let again = upload(&mut officer, &one.body).await;
    officer.get(&again).await.expect(200).says("没有需要更新的内容");
}

async fn errors_block_everything_and_stand_beside_their_cells(world: &World) {
    world.import_ledger().await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let bytes = sheet(
        "小区台账",
        &BRANCH_COLUMNS,
        &[
            &["五桂社区", "桂山街道", "阳光里联合党支部", "阳光里、盛世名邸", "联合", "999"],
            &["五贵社区", "桂山街道", "<script>alert(1)</script>", "甲", "正式", "-3"],
        ],
    );
    let import = upload(&mut officer, &bytes).await;
    let preview = officer.get(&import).await.expect(200);
    preview.says("A4").says("没有叫“五贵社区”的社区").says("F4").says("不能是负数").does_not_say("<script>alert");
    confirm(&mut officer, &import, "").await.expect(422).says("还有错误");
    let branch = places::branch(world.floor.db.reader(), &code(BRANCH)).await.expect("read").expect("the branch");
    assert_eq!(branch.branch.households, 288, "the sound row was not written either");
}

async fn a_preview_that_has_aged_is_refused(world: &World) {
    world.import_ledger().await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let (first, second) =
        (upload(&mut officer, &households("301")).await, upload(&mut officer, &households("302")).await);
    let seen = digest(&officer.get(&first).await.expect(200).says("288").says("301"));
    let other = digest(&officer.get(&second).await.expect(200));
    confirm(&mut officer, &second, &other).await.expect(303);
    let refused = confirm(&mut officer, &first, &seen).await.expect(422).says("又被改动过").says("302");
    confirm(&mut officer, &first, &digest(&refused)).await.expect(303);
    let branch = places::branch(world.floor.db.reader(), &code(BRANCH)).await.expect("read").expect("the branch");
    assert_eq!((branch.branch.households, branch.branch.residents), (301, 722), "the other columns are left alone");
}

async fn two_imports_at_once_add_nothing_twice(world: &World) {
    let (op, county) = (world.system(), county());
    let import = || import_ledger_at_once(&op, &county, "台账.xlsx", LEDGER.into());
    let (one, two) = tokio::join!(import(), import());
    let done = [one, two].into_iter().filter(|attempt| matches!(attempt, Ok(Attempt::Done(_)))).count();
    assert_eq!(done, 1, "one is done, the other finds nothing to do");
    let members = people::memberships_under(world.floor.db.reader(), &county).await.expect("read");
    assert_eq!(members.len(), 4079);
}

async fn files_that_are_no_ledger_are_refused(world: &World) {
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let other = sheet("工资表", &["姓名", "金额"], &[&["周强", "1"]]);
    let import = upload(&mut officer, &other).await;
    officer.get(&import).await.expect(200).says("没有“小区台账”").does_not_say("确认导入");
    let files: [(&[u8], &str); 4] = [
        (b"hello", "文本（CSV）"),
        (b"PK\x03\x04", "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ""),
        (b"", "请选择台账文件"),
    ];
    for (bytes, words) in files {
        let name = if bytes.is_empty() { "" } else { "台账.xlsx" };
        officer.upload("/ledger/imports", &[], ("file", name, bytes)).await.expect(422).says(words);
    }
    let mut secretary = world.officer(OfficeKind::CommunityOfficer, &code("530427001001")).await;
    secretary.upload("/ledger/imports", &[], ("file", "台账.xlsx", &other)).await.expect(403);
    secretary.get(&import).await.expect(403);
}

async fn a_branch_is_changed_by_its_forms(world: &World) {
    world.import_ledger().await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let form = secretary.get(&format!("{PAGE}/edit")).await.expect(200);
    let version = form.between("name=\"version\" value=\"", "\"");
    let fields = [
        ("version", version.as_str()),
        ("name", "阳光里联合党支部"),
        ("kind", "joint"),
        ("compounds", "阳光里、盛世名邸、新城"),
        ("buildings", "10"),
        ("households", "２９０"),
        ("owners_committee", "interim"),
        ("brand", "“阳光先锋”"),
        ("has_posted_duties", "1"),
        ("owners_term", "第二届，到2026年3月"),
        ("owners_members", "5"),
        ("owners_party", "3"),
        ("company_terms", "二级，合同到2025年6月"),
        ("grid_workers", "赵网格、钱网格"),
    ];
    let more = [&fields[..], &[("owners_party", "6")]].concat();
    let more: Vec<_> = more.into_iter().rev().collect();
    secretary.post(&format!("{PAGE}/edit"), &more).await.expect(422).says("不能多于成员数");
    let founded = [&fields[..], &[("founded_on", "2022-12-01")]].concat();
    secretary.post(&format!("{PAGE}/edit"), &founded).await.expect(422).says("“成立日期”不能晚于今天");
    secretary.post(&format!("{PAGE}/edit"), &fields).await.expect(303);
    let page = secretary.get(PAGE).await.expect(200).says("第二届，到2026年3月，成员 5 名，其中党员 3 名");
    page.says("二级，合同到2025年6月").says("赵网格、钱网格");
    secretary.get(PAGE).await.expect(200).says("290 户").says("“阳光先锋”").says("新城").says("已公布");
    secretary.post(&format!("{PAGE}/edit"), &fields).await.expect(409).says("内容已被他人更新");
    secretary.post(&format!("{PAGE}/edit"), &[("households", "-1")]).await.expect(422).says("请填写“支部名称”");

    let form = secretary.get(&format!("{PAGE}/buildings/new")).await.expect(200);
    let compound = form.between("<option value=\"", "阳光里");
    let compound = compound.rsplit_once("value=\"").map_or(compound.as_str(), |(_, rest)| rest).trim_end_matches("\">");
    let add = |name: &'static str| {
        [
            ("compound", compound.to_owned()),
            ("name", name.to_owned()),
            ("steward", "张三".to_owned()),
            ("steward_phone", "13800009999".to_owned()),
        ]
    };
    let borrowed = |fields: &[(&'static str, String); 4]| fields.clone().map(|(name, value)| (name, value));
    for (name, status) in [("1栋", 422), ("11栋", 303)] {
        let fields = borrowed(&add(name));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        secretary.post(&format!("{PAGE}/buildings/new"), &fields).await.expect(status);
    }
    secretary.get(PAGE).await.expect(200).says("11栋").says("138****9999").says("楼栋表里有 11 栋");
    let buildings = places::buildings_under(world.floor.db.reader(), &code(BRANCH)).await.expect("read");
    let added = buildings.iter().find(|building| building.name == "11栋").expect("the building").id.0;
    secretary.post(&format!("/buildings/{added}/drop"), &[]).await.expect(303);
    secretary.get(PAGE).await.does_not_say("11栋").does_not_say("楼栋表里有");

    let member = [("name", "新同志"), ("post", "welfare"), ("service", "in_service"), ("since", "2022-11-01")];
    let to_come = [&member[..3], &[("since", "2022-12-01")]].concat();
    secretary.post(&format!("{PAGE}/committee"), &to_come).await.expect(422).says("“任职时间”不能晚于今天");
    let unborn = [&member[..], &[("birth_month", "2023.1")]].concat();
    secretary.post(&format!("{PAGE}/committee"), &unborn).await.expect(422).says("“出生年月”晚于今天");
    secretary.post(&format!("{PAGE}/committee"), &member).await.expect(303);
    let committee = people::committee_of(world.floor.db.reader(), &code(BRANCH)).await.expect("read");
    let (post, _) = committee.iter().find(|(_, person)| person.name == "新同志").expect("the member");
    let post = post.id.0;
    a_holder_is_corrected(&mut secretary, &format!("/committee-posts/{post}")).await;
    let ends = |until: &'static str| [("version", "1"), ("until", until)];
    let end = format!("/committee-posts/{post}/end");
    secretary.post(&end, &ends("2022-10-01")).await.expect(422).says("不能早于任职时间");
    secretary.post(&end, &ends("2022-11-30")).await.expect(422).says("不能晚于今天");
    secretary.post(&end, &ends("2022-11-06")).await.expect(303);
    secretary.get(PAGE).await.says("历任成员（1 人次）").says("修改支部班子").says("修改楼栋资料");
}

/// What is written wrongly of a person is corrected where the post is.
async fn a_holder_is_corrected(secretary: &mut Client, path: &str) {
    let page = secretary.get(path).await.expect(200).says("value=\"新同志\"").does_not_say("现为 1");
    let value = |page: &Answer, name: &str| page.between(&format!("name=\"{name}\" value=\""), "\"");
    let told = |name: &'static str, phone: &'static str| {
        vec![
            ("name", name),
            ("gender", "female"),
            ("birth_month", "1988.3"),
            ("phone", phone),
            ("post", "welfare"),
            ("service", "in_service"),
            ("since", "2022-11-01"),
            ("version", "0"),
        ]
    };
    let stale = [told("辛同志", "138 0000 7777"), vec![("person_version", "9")]].concat();
    secretary.post(path, &stale).await.expect(409);
    let version = value(&page, "person_version");
    let with = |fields: Vec<(&'static str, &'static str)>| {
        let mut fields: Vec<(&'static str, String)> =
            fields.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
        fields.push(("person_version", version.clone()));
        fields
    };
    for (fields, status) in
        [(with(told("", "")), 422), (with(told("辛同志", "138")), 422), (with(told("辛同志", "138 0000 7777")), 303)]
    {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        secretary.post(path, &fields).await.expect(status);
    }
    let page =
        secretary.get(path).await.expect(200).says("value=\"辛同志\"").says("value=\"1988-03\"").says("138****7777");
    assert_eq!((value(&page, "person_version").as_str(), value(&page, "version").as_str()), ("1", "1"));
    secretary.get(PAGE).await.expect(200).says("辛同志").says("修改支部班子：更正").does_not_say("新同志");
}

async fn numbers_are_masked_and_each_reveal_is_recorded(world: &World) {
    world.import_ledger().await;
    let mut officer = world.officer(OfficeKind::CommunityOfficer, &code("530427001001")).await;
    let members = format!("{PAGE}/members");
    let list = officer.get(&members).await.expect(200).says("138****0011").does_not_say("13800000011");
    officer.get(PAGE).await.says("138****0011").does_not_say("13800000011");
    let reveal = list.between("action=\"/memberships/", "/phone\"");
    officer.post(&format!("/memberships/{reveal}/phone"), &[]).await.expect(200).says("13800000011");
    officer.get(PAGE).await.says("查看完整电话").does_not_say("13800000011");
    officer.get(&format!("{members}.xlsx")).await.expect(200);
    let stored = people::persons_under(world.floor.db.reader(), &code(BRANCH)).await.expect("read");
    assert!(stored.iter().all(|person| !format!("{person:?}").contains("13800000011")), "numbers are sealed at rest");
}

async fn everyone_sees_only_their_part(world: &World) {
    world.import_ledger().await;
    let other = "/places/5304270010010002";
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    assert_eq!(secretary.get("/places").await.expect(303).location, PAGE);
    secretary.get(other).await.expect(404);
    secretary.get(&format!("{other}/members")).await.expect(404);
    secretary.get("/places/530427001001").await.expect(200).says("共 1 条").does_not_say("新城新村");
    let mut street = world.officer(OfficeKind::StreetOfficer, &code("530427002")).await;
    street.get("/places").await.expect(200).says("共 43 条");
    street.get("/places/530427").await.expect(200).says("共 43 条");
    street.get(PAGE).await.expect(404);
    let mut committee = world.officer(OfficeKind::StandingCommittee, &county()).await;
    committee.get(PAGE).await.expect(200).does_not_say("138****");
    committee.get(&format!("{PAGE}/members")).await.expect(403);
    committee.get(&format!("{PAGE}/edit")).await.expect(403);
    let mut auditor = world.officer(OfficeKind::Auditor, &county()).await;
    auditor.get("/places").await.expect(404);
    for path in ["/places/1", "/places/5304270010019999", "/buildings/x", "/committee-posts/x", "/ledger/imports/x"] {
        committee.get(path).await.expect(404);
    }
}

async fn the_command_line_checks_and_imports(world: &World) {
    let folder = tempfile::tempdir().expect("a folder");
    let run = async |name: &str, bytes: &[u8], options: &[&str]| {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).expect("written");
        let output = tokio::process::Command::new(env!("CARGO_BIN_EXE_hongqi"))
            .arg("import-ledger")
            .arg(&file)
            .args(options)
            .env("HONGQI_DATA_DIR", &world.floor.config.data_dir)
            .env("HONGQI_DATABASE_URL", &world.floor.config.database_url)
            .output()
            .await
            .expect("it runs");
        (output.status.code(), String::from_utf8(output.stdout).expect("text"))
    };
    let branches = async || places::branches_under(world.floor.db.reader(), &county()).await.expect("read").len();
    let wrong = sheet("小区台账", &BRANCH_COLUMNS, &[&["无名社区", "桂山街道", "甲支部", "甲", "正式", "-1"]]);
    let (status, told) = run("错.xlsx", &wrong, &["--json"]).await;
    let errors: Vec<serde_json::Value> = serde_json::from_str(&told).expect("JSON");
    let cells: Vec<&str> = errors.iter().filter_map(|error| error["cell"].as_str()).collect();
    assert_eq!((status, cells), (Some(1), vec!["A3", "F3"]));
    assert!(errors.iter().all(|error| error["sheet"] == "小区台账" && error["message"].is_string()));
    let (status, told) = run("错.xlsx", &wrong, &[]).await;
    assert!(status == Some(1) && told.contains("F3") && told.contains("不能是负数"), "{told}");
    let missing = tokio::process::Command::new(env!("CARGO_BIN_EXE_hongqi"))
        .args(["import-ledger", "没有的.xlsx", "--json"])
        .env("HONGQI_DATA_DIR", &world.floor.config.data_dir)
        .env("HONGQI_DATABASE_URL", &world.floor.config.database_url)
        .output()
        .await
        .expect("it runs");
    let told: Vec<serde_json::Value> = serde_json::from_slice(&missing.stdout).expect("JSON");
    let message = told[0]["message"].as_str().expect("words");
    assert!(missing.status.code() == Some(1) && told.len() == 1 && told[0]["cell"] == "", "{told:?}");
    assert!(message.contains("没有找到文件 没有的.xlsx"), "{message}");
    let (status, told) = run("文本.xlsx", b"hello", &["--json"]).await;
    assert!(status == Some(1) && told.contains("CSV"), "{told}");
    assert_eq!(run("台账.xlsx", LEDGER, &["--check"]).await.0, Some(0));
    assert_eq!(branches().await, 0, "nothing was written by errors or checks");
    let (status, told) = run("台账.xlsx", LEDGER, &["--json"]).await;
    assert_eq!((status, told.trim(), branches().await), (Some(0), "[]", 100));
}

async fn a_further_year_of_holidays_is_imported(world: &World) {
    let knows = async || app::calendar::load(world.floor.db.reader()).await.expect("read").knows(2027);
    let mut administrator = world.officer(OfficeKind::Administrator, &county()).await;
    let source = [("source", "国务院办公厅关于2027年部分节假日安排的通知")];
    let partial = "date,kind,name\n2027-05-01,off,劳动节\n".as_bytes();
    let whole = "date,kind,name\n2027-01-01,off,元旦\n2026-12-31,off,元旦\n".as_bytes();
    administrator.upload("/calendar", &source, ("file", "2027.csv", partial)).await.expect(422).says("不完整");
    assert!(!knows().await, "part of a year is no table");
    administrator.upload("/calendar", &[], ("file", "2027.csv", whole)).await.expect(422).says("依据的文件");
    administrator.upload("/calendar", &source, ("file", "2027.csv", whole)).await.expect(303);
    administrator.get("/calendar").await.expect(200).says("2027 年").says("2026年12月31日");
    assert!(knows().await);
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    officer.get("/calendar").await.expect(200).does_not_say("导入一年的安排");
    officer.upload("/calendar", &source, ("file", "2027.csv", whole)).await.expect(403);
}
