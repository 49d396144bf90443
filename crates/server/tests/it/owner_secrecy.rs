//! Who may know what of a poll of owners, through HTTP.

use domain::permission::OfficeKind;
use jiff::civil::date;
use office::workbook::Workbook;
use sea_orm::{ConnectionTrait as _, Statement};

use crate::{
    owner_votes::{BRANCH, STREET, ballot, call_back, do_it, open, owner, vote},
    stories,
    world::{World, code, county},
};

stories!(a_secret_poll_shows_nobody_what_anybody_voted, nobody_outside_learns_who_owns_what);

/// The names and numbers of the register.
const PERSONAL: &[&str] =
    &["李小明", "王芳", "赵六一", "钱七一", "孙八一", "周外来", "13900000001", "13900000002", "13900000005"];

async fn a_secret_poll_shows_nobody_what_anybody_voted(world: &World) {
    let (mut secretary, mut community, poll) = open(world, &[("nature", "secret")]).await;
    let flat = owner(&mut secretary, &poll, "3栋201").await;
    let scan = ("file", "选票.pdf", &b"%PDF-1.7\n%%EOF"[..]);
    let refused = secretary.upload(&format!("{flat}/ballot"), &ballot("against", "赵六一"), scan).await.expect(422);
    refused.says("不上传选票");
    for (room, choice, name) in [
        ("3栋201", "against", "赵六一"),
        ("3栋101", "against", "李小明"),
        ("5栋101", "against", "钱七一"),
        ("5栋102", "against", "孙八一"),
    ] {
        vote(&mut secretary, &poll, room, choice, name).await.expect(303);
    }
    // Nor does the database, to who has no key: every ballot is as long as any other.
    vote(&mut secretary, &poll, "商铺1", "for", "新平县供销社").await.expect(303);
    let db = world.floor.db.reader();
    let sql = "SELECT COUNT(DISTINCT LENGTH(choice_sealed)) AS n FROM poll_ballots";
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("read");
    assert_eq!(row.expect("a row").try_get::<i64>("", "n").expect("a number"), 1);
    world.set_date(date(2022, 12, 8));
    call_back(&mut community, &poll, "confirmed").await;
    do_it(&mut secretary, &poll, "tally", &[]).await;
    secretary.get(&poll).await.expect(200).says("未通过");
    for client in [&mut secretary, &mut community] {
        client.get(&flat).await.expect(200).says("不公开").does_not_say("<dd>反对");
        client.get(&format!("{poll}/owners")).await.expect(200).says("已投票").does_not_say("反对");
        let sheet = client.get(&format!("{poll}/owners.xlsx")).await.expect(200);
        let book = format!("{:?}", Workbook::read(&sheet.body).expect("a workbook").sheets());
        assert!(book.contains("已投票") && !book.contains("反对"), "{book}");
    }
}

async fn nobody_outside_learns_who_owns_what(world: &World) {
    let (mut secretary, mut community, poll) = open(world, &[]).await;
    vote(&mut secretary, &poll, "3栋201", "for", "赵六一").await.expect(303);
    let flat = owner(&mut secretary, &poll, "3栋201").await;
    let paths = ["", "/register", "/register.xlsx", "/owners", "/owners.xlsx", "/calls", "/notice.docx"];
    let pages: Vec<String> = paths.iter().map(|path| format!("{poll}{path}")).chain([flat.clone()]).collect();
    // A property company has no office: it is a visitor, or at most somebody of another house.
    let mut visitor = world.visitor();
    let mut strangers = vec![
        world.officer(OfficeKind::Member, &code(BRANCH)).await,
        world.officer(OfficeKind::BranchSecretary, &code("5304270010010002")).await,
        world.officer(OfficeKind::CommunityOfficer, &code("530427001002")).await,
        world.officer(OfficeKind::UnitContact, &code("530427-0001")).await,
        world.officer(OfficeKind::Administrator, &county()).await,
    ];
    for path in &pages {
        visitor.get(path).await.expect(303);
        for stranger in &mut strangers {
            stranger.get(path).await.expect(404);
        }
    }
    for stranger in &mut strangers {
        stranger.post(&format!("{flat}/reveal"), &[]).await.expect(404);
    }
    let id = poll.rsplit('/').next().expect("an id");
    let mut street = world.officer(OfficeKind::StreetOfficer, &code(STREET)).await;
    street.get(&poll).await.expect(200).does_not_say("业主和选票");
    street.get(&format!("{poll}/owners")).await.expect(403);
    street.post(&format!("{flat}/reveal"), &[]).await.expect(403);
    let mut silent = Vec::new();
    for path in [format!("/owner-votes/{id}"), format!("/owner-votes/at/{BRANCH}"), format!("/directory/{BRANCH}")] {
        silent.push(visitor.get(&path).await.expect(200));
    }
    for path in pages.iter().chain([&"/desk".to_owned(), &"/owner-polls".to_owned(), &"/owner-polls.xlsx".to_owned()]) {
        silent.push(secretary.get(path).await);
        silent.push(community.get(path).await);
    }
    secretary
        .post(&format!("{flat}/reveal"), &[])
        .await
        .expect(200)
        .says("赵六一")
        .says("13900000002")
        .says("操作记录");
    let mut auditor = world.officer(OfficeKind::Auditor, &county()).await;
    silent.push(auditor.get("/audit").await.expect(200).says("查看业主姓名电话").says("登记选票"));
    for page in silent {
        let told = match Workbook::read(&page.body) {
            Ok(book) => format!("{:?}", book.sheets()),
            Err(_) => page.text(),
        };
        for personal in PERSONAL {
            assert!(!told.contains(personal), "“{personal}” is told: {told:.300}");
        }
    }
}
