//! Polls of owners through HTTP: from the register to the file, and a failed one voted on again.

use app::owner_votes::{
    PollDraft, TypedUnit, add_unit, announce_poll, draw_calls, freeze_poll, prepare_poll, record_ballot,
};
use domain::{
    owners::{BallotChannel, Choice, Matter, Nature, NewBallot, OwnerKind, Parking, UnitUse},
    permission::OfficeKind,
    place::PlaceCode,
};
use jiff::civil::date;
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable, write_workbook};
use platform::forms::UploadedFile;

use crate::{
    client::{Answer, Client},
    points::{Keepers, by},
    stories,
    world::{World, code},
};

stories!(
    a_poll_goes_from_the_register_to_the_file,
    ballots_that_do_not_count_are_told_why,
    what_failed_is_voted_on_again,
);

pub const BRANCH: &str = "5304270010010001";
pub const COMMUNITY: &str = "530427001001";
pub const STREET: &str = "530427001";
const COLUMNS: [&str; 7] = ["楼栋", "房号", "用途", "专有部分面积", "业主姓名", "业主类型", "联系电话"];
pub const ROWS: &[[&str; 7]] = &[
    ["3栋", "101", "住宅", "100", "李小明、王芳", "个人", "13900000001"],
    ["3栋", "102", "住宅", "100", "王芳、李小明", "", "13900000001"],
    ["3栋", "201", "住宅", "100.00", "赵六一", "个人", "13900000002"],
    ["5栋", "101", "住宅", "100", "钱七一", "个人", "13900000003"],
    ["5栋", "102", "住宅", "100", "孙八一", "个人", "13900000004"],
    ["商铺", "1", "非住宅", "100", "新平县供销社", "单位", "0877-7011234"],
    ["车位", "A01", "车位", "12.5", "周外来", "个人", "13900000005"],
];

pub fn workbook(rows: &[[&str; 7]]) -> Vec<u8> {
    let table = SheetTable {
        name: "名册".to_owned(),
        columns: COLUMNS.iter().map(|label| SheetColumn::new(*label, 14.0, ColumnKind::Text)).collect(),
        rows: rows.iter().map(|row| row.iter().map(|cell| CellValue::from(*cell)).collect()).collect(),
        ..SheetTable::default()
    };
    write_workbook(&[table]).expect("a workbook")
}

/// The fields of a poll, some of them otherwise.
pub fn fields<'a>(compound: &'a str, otherwise: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("compound", compound),
        ("title", "使用维修资金更换电梯"),
        ("matter", "fund_use"),
        ("text", "同意使用维修资金 30 万元更换 3 栋、5 栋电梯。"),
        ("convener", "阳光里小区业主委员会"),
        ("nature", "named"),
        ("parking", "not_counted"),
        ("declared_area", "600"),
        ("opens_on", "2022-11-23"),
        ("closes_on", "2022-12-07"),
    ];
    let value = |(name, usual): (&'a str, &'a str)| {
        let other = otherwise.iter().find(|(other, _)| *other == name).map(|(_, value)| *value);
        (name, other.unwrap_or(usual))
    };
    usual.map(value).to_vec()
}

pub async fn compound(client: &mut Client) -> String {
    let page = client.get("/owner-polls/new").await.expect(200);
    page.between("请选择</option>", "</select>").split('"').nth(1).expect("a compound").to_owned()
}

/// Prepares a poll with the register of [`ROWS`]; answers with its address.
pub async fn prepared(secretary: &mut Client, otherwise: &[(&str, &str)]) -> String {
    let compound = compound(secretary).await;
    let register = secretary.post("/owner-polls/new", &fields(&compound, otherwise)).await.expect(303).location;
    let poll = register.trim_end_matches("/register").to_owned();
    import(secretary, &poll, ROWS).await;
    poll
}

pub async fn import(secretary: &mut Client, poll: &str, rows: &[[&str; 7]]) {
    let file = ("file", "名册.xlsx", &workbook(rows)[..]);
    let preview = secretary.upload(&format!("{poll}/register/import"), &[], file).await.expect(200);
    let version = preview.between("name=\"version\" value=\"", "\"");
    secretary.post(&format!("{poll}/register/import/confirm"), &[("version", &version)]).await.expect(303);
}

pub async fn do_it(client: &mut Client, poll: &str, deed: &str, fields: &[(&str, &str)]) {
    client.post(&format!("{poll}/{deed}"), fields).await.expect(303);
}

/// A poll that is being voted on.
pub async fn open(world: &World, otherwise: &[(&str, &str)]) -> (Client, Client, String) {
    world.import_ledger().await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    let poll = prepared(&mut secretary, otherwise).await;
    do_it(&mut secretary, &poll, "freeze", &[]).await;
    do_it(&mut community, &poll, "announce", &[]).await;
    world.set_date(date(2022, 11, 25));
    (secretary, community, poll)
}

/// The page of the owner of a room.
pub async fn owner(client: &mut Client, poll: &str, room: &str) -> String {
    let list = client.get(&format!("{poll}/owners?words={room}")).await.expect(200);
    format!("{poll}/owners/{}", list.between(&format!("{poll}/owners/"), "\""))
}

/// The first unit of which the page of an owner offers to note that it was sold.
fn first_unit(page: &Answer) -> String {
    let text = page.text();
    let unit = text.split("id=\"f-unit\"").nth(1).and_then(|rest| rest.split("<option value=\"").nth(2));
    unit.and_then(|unit| unit.split('"').next()).expect("a unit").to_owned()
}

pub fn ballot<'a>(choice: &'a str, name: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("choice", choice),
        ("channel", "door_to_door"),
        ("cast_on", "2022-11-25"),
        ("signed_name", name),
        ("collector", "楼栋长老周"),
    ]
}

pub async fn vote(client: &mut Client, poll: &str, room: &str, choice: &str, name: &str) -> Answer {
    let owner = owner(client, poll, room).await;
    client.post(&format!("{owner}/ballot"), &ballot(choice, name)).await
}

/// Calls everybody back who is drawn; the first says `first`.
pub async fn call_back(community: &mut Client, poll: &str, first: &str) {
    do_it(community, poll, "calls/draw", &[]).await;
    let page = community.get(&format!("{poll}/calls")).await.expect(200).text();
    let action = format!("action=\"{poll}/calls/");
    let calls = page.split(&action).skip(1).map(|rest| rest.split('"').next().expect("an end").to_owned());
    for (index, call) in calls.collect::<Vec<_>>().into_iter().enumerate() {
        let result = if index == 0 { first } else { "confirmed" };
        community.post(&format!("{poll}/calls/{call}"), &[("result", result)]).await.expect(303);
    }
}

async fn a_poll_goes_from_the_register_to_the_file(world: &World) {
    let (mut secretary, mut community, poll) = open(world, &[]).await;
    // Five owners: one of two flats, one company; who has nothing but a parking space does not count.
    let page = secretary.get(&poll).await.expect(200);
    page.says("共 5 人").says("共 600.00").says("参与表决未达三分之二").says("使用维修资金");
    secretary.get("/desk").await.expect(200).says("收票登记：使用维修资金更换电梯");
    let id = poll.rsplit('/').next().expect("an id").to_owned();
    let public = format!("/owner-votes/{id}");
    world.visitor().get(&public).await.expect(200).says("30 万元").says("阳光里小区业主委员会").says("表决中");
    world.visitor().get(&format!("/owner-votes/at/{BRANCH}")).await.expect(200).says("使用维修资金更换电梯");
    world.visitor().get(&format!("/directory/{BRANCH}")).await.expect(200).says(&format!("/owner-votes/at/{BRANCH}"));

    vote(&mut secretary, &poll, "3栋101", "for", "王芳").await.expect(303);
    vote(&mut community, &poll, "3栋201", "for", "赵六一").await.expect(303);
    vote(&mut secretary, &poll, "5栋101", "against", "钱七一").await.expect(303);
    let page = secretary.get(&poll).await.expect(200);
    page.says("还差人数</dt><dd class=\"tile-number\">1 ").says("还差面积</dt><dd class=\"tile-number\">0.00 ");
    vote(&mut secretary, &poll, "商铺1", "for", "新平县供销社").await.expect(303);
    let page = secretary.get(&poll).await.expect(200);
    // Ballots have histories of their own, and would bury the steps of the poll.
    page.says("参与表决已达三分之二").does_not_say("同意</dt>").does_not_say("登记选票：");
    let missing = secretary.get(&format!("{poll}/owners?show=missing")).await.expect(200);
    secretary.get(&format!("{poll}/owners")).await.expect(200).says("已投票").does_not_say("反对</span>");
    missing.says("5栋 102").says("孙**").does_not_say("孙八一").does_not_say("3栋 101");

    secretary.post(&format!("{poll}/tally"), &[]).await.expect(422).says("才截止");
    community.post(&format!("{poll}/calls/draw"), &[]).await.expect(422).says("才截止");
    world.set_date(date(2022, 12, 8));
    secretary.post(&format!("{poll}/tally"), &[]).await.expect(422).says("先随机抽取");
    community.get("/desk").await.expect(200).says("随机回访业主：使用维修资金更换电梯");
    secretary.post(&format!("{poll}/calls/draw"), &[]).await.expect(403);
    call_back(&mut community, &poll, "not_reached").await;
    community.post(&format!("{poll}/calls/draw"), &[]).await.expect(422).says("不能重抽");
    community.get(&format!("{poll}/calls")).await.expect(200).says("随机种子").says("联系不上");
    do_it(&mut secretary, &poll, "tally", &[]).await;
    let page = secretary.get(&poll).await.expect(200);
    community.get(&format!("{poll}/owners")).await.expect(200).says("反对</span>");
    page.says("3 × 500.00 = 1,500.00 ≥ 2 × 600.00 = 1,200.00（平方米）成立")
        .says("2 × 3 = 6 ＞ 4（人）成立")
        .says("通过");
    // Nothing is told before it is published.
    world.visitor().get(&public).await.expect(200).says("待计票").does_not_say("成立");
    do_it(&mut secretary, &poll, "publish", &[]).await;
    let shown = world.visitor().get(&public).await.expect(200).says("2 × 400.00 = 800.00 ＞ 500.00（平方米）成立");
    shown.does_not_say("李").does_not_say("赵六").does_not_say("供销社");
    for document in ["notice.docx", "result.docx"] {
        assert!(secretary.get(&format!("{poll}/{document}")).await.expect(200).body.starts_with(b"PK"));
    }
    let mut street = world.officer(OfficeKind::StreetOfficer, &code(STREET)).await;
    street.get(&poll).await.expect(200).says("成立");
    secretary.get("/desk").await.expect(200).says("表决结果备案：使用维修资金更换电梯");
    let early = [("filed_on", "2022-12-07"), ("filed_with", "桂山街道办事处")];
    secretary.post(&format!("{poll}/file"), &early).await.expect(422).says("公布结果之后").says("桂山街道办事处");
    do_it(&mut secretary, &poll, "file", &[("filed_on", "2022-12-08"), ("filed_with", "桂山街道办事处")]).await;
    secretary.get(&poll).await.expect(200).says("已备案").says("桂山街道办事处");
    secretary.get("/owner-polls").await.expect(200).does_not_say("更换电梯");
    secretary.get("/owner-polls?show=over").await.expect(200).says("更换电梯");
    let found = platform::audit::verify(world.floor.db.reader()).await.expect("walked");
    assert!(found.broken.is_empty());
}

async fn ballots_that_do_not_count_are_told_why(world: &World) {
    world.import_ledger().await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    let poll = prepared(&mut secretary, &[]).await;
    do_it(&mut secretary, &poll, "freeze", &[]).await;
    do_it(&mut community, &poll, "announce", &[]).await;
    vote(&mut secretary, &poll, "3栋201", "for", "赵六一").await.expect(422).says("2022年11月23日 起才能登记选票");
    world.set_date(date(2022, 11, 25));

    // Not the owner; a flat that was sold; a parking space.
    let refused = vote(&mut secretary, &poll, "3栋201", "for", "新买家").await.expect(422);
    refused.says("新业主不在本次名册里").says("value=\"新买家\"").says("value=\"楼栋长老周\"");
    let sold = owner(&mut secretary, &poll, "5栋102").await;
    let unit = first_unit(&secretary.get(&sold).await.expect(200));
    let sale = [("unit", unit.as_str()), ("sold_on", "2022-11-24")];
    secretary.post(&format!("{sold}/sale"), &[("unit", unit.as_str()), ("sold_on", "2022-12-24")]).await.expect(422);
    secretary.post(&format!("{sold}/sale"), &sale).await.expect(303);
    for name in ["孙八一", "新买家"] {
        let refused = vote(&mut secretary, &poll, "5栋102", "for", name).await.expect(422);
        refused.says("已全部转让").says("总面积和总人数不变");
    }
    secretary.get(&poll).await.expect(200).says("共 5 人").says("共 600.00");
    vote(&mut secretary, &poll, "车位A01", "for", "周外来").await.expect(422).says("只有车位、车库");

    // The telephone has a second ear.
    let flat = owner(&mut secretary, &poll, "3栋201").await;
    let mut call = ballot("for", "赵六一");
    call[1].1 = "telephone";
    secretary.post(&format!("{flat}/ballot"), &call).await.expect(422).says("请填写“见证人”");
    call.push(("witness", "楼栋长老周"));
    secretary.post(&format!("{flat}/ballot"), &call).await.expect(422).says("见证人不能是收票人本人");
    call[5].1 = "网格员小张";
    secretary.post(&format!("{flat}/ballot"), &call).await.expect(303);

    // The same again, and otherwise.
    vote(&mut community, &poll, "3栋201", "for", "赵六一").await.expect(422).says("两次意见相同");
    vote(&mut community, &poll, "3栋201", "against", "赵六一").await.expect(303);
    let page = secretary.get(&flat).await.expect(200).says("与先前的票不一致，不计").says("网格员小张");
    secretary.get(&poll).await.expect(200).says("有 1 张票是业主先前投过票以后又投的");
    let withdraw = page.between(&format!("action=\"{poll}/ballots/"), "\"");
    let withdraw = format!("{poll}/ballots/{withdraw}");
    secretary.post(&withdraw, &[("withdraw", " ")]).await.expect(422).says("请填写“撤回说明”");
    secretary.post(&withdraw, &[("withdraw", "11月25日书面撤回")]).await.expect(303);
    let mut scanned = ballot("against", "赵六一");
    scanned[1].1 = "paper";
    let scan = ("file", "选票.pdf", &b"%PDF-1.7\n%%EOF"[..]);
    secretary.upload(&format!("{flat}/ballot"), &scanned, scan).await.expect(303);
    let page = secretary.get(&flat).await.expect(200).says("业主书面撤回，不计").says("选票扫描件");
    let scan = page.between(&format!("href=\"{poll}/ballots/"), "\"");
    secretary.get(&format!("{poll}/ballots/{scan}")).await.expect(200);

    // A ballot that its owner denies, and one after the end.
    vote(&mut secretary, &poll, "5栋101", "for", "钱七一").await.expect(303);
    world.set_date(date(2022, 12, 8));
    vote(&mut secretary, &poll, "3栋101", "for", "王芳").await.expect(422).says("2022年12月7日 24:00 截止");
    call_back(&mut community, &poll, "denied").await;
    let denied = community.get(&format!("{poll}/calls")).await.expect(200).says("否认投过票");
    let denied = denied.between(&format!("href=\"{poll}/owners/"), "\"");
    community.get(&format!("{poll}/owners/{denied}")).await.expect(200).says("回访时业主否认投过这张票");
    do_it(&mut secretary, &poll, "tally", &[]).await;
    secretary.get(&poll).await.expect(200).says("表决未成立").says("3 × 1 = 3 ≥ 2 × 5 = 10（人）不成立");
}

async fn what_failed_is_voted_on_again(world: &World) {
    let (mut secretary, mut community, poll) = open(world, &[("matter", "rebuilding")]).await;
    secretary.post(&format!("{poll}/repeat"), &[]).await.expect(422).says("未通过、未成立或已终止");
    for (room, choice, name) in [
        ("3栋101", "for", "李小明"),
        ("3栋201", "for", "赵六一"),
        ("5栋101", "abstain", "钱七一"),
        ("商铺1", "against", "新平县供销社"),
    ] {
        vote(&mut secretary, &poll, room, choice, name).await.expect(303);
    }
    let sold = owner(&mut secretary, &poll, "5栋102").await;
    let unit = first_unit(&secretary.get(&sold).await.expect(200));
    secretary.post(&format!("{sold}/sale"), &[("unit", &unit), ("sold_on", "2022-11-24")]).await.expect(303);
    world.set_date(date(2022, 12, 8));
    call_back(&mut community, &poll, "confirmed").await;
    do_it(&mut secretary, &poll, "tally", &[]).await;
    secretary.get(&poll).await.expect(200).says("未通过").says("4 × 300.00 = 1,200.00 ≥ 3 × 500.00 = 1,500.00");
    do_it(&mut secretary, &poll, "publish", &[]).await;
    let again = secretary.post(&format!("{poll}/repeat"), &[]).await.expect(303).location;
    secretary.get(&again).await.expect(200).says("再次表决，上次是").says(&poll).says("准备中");
    secretary.get(&poll).await.expect(200).says("已再次表决");
    // The new owner of the flat that was sold is typed in.
    secretary.post(&format!("{again}/freeze"), &[]).await.expect(422).says("少 100.00 平方米");
    let unit = [
        ("building", "5栋"),
        ("room", "102"),
        ("usage", "home"),
        ("area", "100"),
        ("kind", "person"),
        ("names", "新买家"),
        ("phone", ""),
        ("key", ""),
    ];
    secretary.post(&format!("{again}/register/units"), &unit).await.expect(303);
    do_it(&mut secretary, &again, "freeze", &[]).await;
    do_it(&mut community, &again, "announce", &[]).await;
    do_it(&mut community, &again, "cancel", &[("reason", "业主要求先公示方案")]).await;
    let id = again.rsplit('/').next().expect("an id");
    world.visitor().get(&format!("/owner-votes/{id}")).await.expect(200).says("已终止：业主要求先公示方案");
}

/// What addresses of a poll name, of a poll that is over and waits to be counted.
pub struct ClosedPoll {
    pub poll: String,
    pub unit: String,
    pub owner: String,
    pub ballot: String,
    pub call: String,
}

/// A poll of two owners that ended before the 15th of November, with a ballot, its scan, and an owner to be called back.
pub async fn closed_poll(world: &World, keepers: &Keepers, branch: &PlaceCode) -> ClosedPoll {
    let compounds = app::places::compounds_of(world.floor.db.reader(), std::slice::from_ref(branch)).await;
    let draft = PollDraft {
        compound: compounds.expect("read")[0].id.0,
        title: "选聘物业服务企业".to_owned(),
        matter: Matter::PropertyCompany,
        text: "选聘新物业。".to_owned(),
        convener: "业主委员会".to_owned(),
        nature: Nature::Named,
        parking: Parking::Counted,
        declared_area: 20_000,
        opens_on: date(2022, 10, 20),
        closes_on: date(2022, 11, 10),
    };
    let secretary = by(world, &keepers.secretary, date(2022, 10, 1));
    let id = prepare_poll(&secretary, branch, draft).await.expect("prepared");
    for (room, names) in [("101", "李小明"), ("102", "王芳")] {
        let unit = TypedUnit {
            building: "1栋".to_owned(),
            room: room.to_owned(),
            usage: UnitUse::Home,
            area: 10_000,
            kind: OwnerKind::Person,
            names: names.to_owned(),
            phone: String::new(),
            key: String::new(),
        };
        add_unit(&secretary, id, unit).await.expect("typed in");
    }
    freeze_poll(&secretary, id).await.expect("frozen");
    announce_poll(&by(world, &keepers.community, date(2022, 10, 2)), id).await.expect("announced");
    let mut client = world.officer(OfficeKind::BranchSecretary, branch).await;
    let poll = format!("/owner-polls/{id}");
    let owner = owner(&mut client, &poll, "101").await.rsplit('/').next().expect("an id").to_owned();
    let new = NewBallot {
        choice: Choice::For,
        channel: BallotChannel::Paper,
        cast_on: date(2022, 10, 21),
        signed_name: "李小明".to_owned(),
        collector: "老周".to_owned(),
        witness: String::new(),
    };
    let bytes = b"%PDF-1.7\n%%EOF".to_vec().into();
    let scan = UploadedFile { field: "file".to_owned(), name: "选票.pdf".to_owned(), bytes };
    let at = by(world, &keepers.secretary, date(2022, 10, 21));
    record_ballot(&at, id, owner.parse().expect("an id"), new, Some(scan)).await.expect("voted");
    draw_calls(&by(world, &keepers.community, date(2022, 11, 11)), id).await.expect("drawn");
    let page = client.get(&format!("{poll}/owners/{owner}")).await.expect(200);
    let ballot = page.between(&format!("href=\"{poll}/ballots/"), "/scan");
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    let call =
        community.get(&format!("{poll}/calls")).await.expect(200).between(&format!("action=\"{poll}/calls/"), "\"");
    ClosedPoll { unit: first_unit(&page), poll: id.to_string(), owner, ballot, call }
}
