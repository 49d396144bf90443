//! A changed, deleted, swapped, appended or cut audit row is found.

use domain::{
    permission::{Deed, OfficeKind},
    place::PlaceCode,
};
use jiff::civil::date;
use platform::{act::Subject, audit::verify};
use sea_orm::{ConnectionTrait as _, Database};

use crate::{
    activities::percent_encoded,
    season::id,
    stories,
    world::{Engine, PASSWORD, World, code, county},
};

stories!(
    every_tampering_is_found,
    deeds_at_once_keep_the_chain_whole,
    the_auditor_reads_and_others_do_not,
    the_record_is_asked_by_person_thing_and_time,
    a_history_tells_one_step_from_another,
);

/// Does to the database what no door allows, over a connection of its own; answers with the number of rows.
async fn execute(world: &World, sql: &str) -> u64 {
    let url = match world.engine {
        Engine::Sqlite => format!("sqlite:{}", world.floor.config.data_dir.join("hongqi.db").display()),
        Engine::Postgres => world.floor.config.database_url.clone(),
    };
    let connection = Database::connect(url).await.expect("a connection");
    let done = connection.execute_unprepared(sql).await.expect("tampered");
    connection.close().await.expect("closed");
    done.rows_affected()
}

async fn tamper(world: &World, sql: &str) {
    assert!(execute(world, sql).await > 0, "nothing was tampered with by {sql}");
}

/// One thing that somebody with the keys of the database might do to the record, and what the walk must then say.
struct Tampering {
    sql: Vec<String>,
    found: &'static str,
}

fn tampering(found: &'static str, sql: impl IntoIterator<Item = String>) -> Tampering {
    Tampering { sql: sql.into_iter().collect(), found }
}

/// Every column of one row changed, the columns of two exchanged, rows taken away, put in and moved; `seq` runs to `last`.
fn tamperings(place: &PlaceCode, last: i64) -> Vec<Tampering> {
    let here = |seq: i64| format!("chain = '{place}' AND seq = {seq}");
    let set = |what: &str, seq: i64| format!("UPDATE audit_events SET {what} WHERE {}", here(seq));
    let copy = |from: i64, seq: &str, hash: &str| {
        format!(
            "INSERT INTO audit_events (id, chain, seq, at, account, office, place, action, subject_kind, subject, body, \
             hash) SELECT 'forged', chain, {seq}, at, account, office, place, action, subject_kind, subject, body, {hash} \
             FROM audit_events WHERE {}",
            here(from)
        )
    };
    let delete = |seq: i64| format!("DELETE FROM audit_events WHERE {}", here(seq));
    let head = |what: &str| format!("UPDATE audit_heads SET {what} WHERE chain = '{place}'");
    let mut all: Vec<Tampering> = ["account", "office", "place", "action", "subject_kind", "subject", "body"]
        .map(|column| tampering("不符", [set(&format!("{column} = '{{\"x\":1}}'"), 3)]))
        .into();
    all.extend([
        tampering("第 3 条内容", [set("at = at + 1", 3)]),
        tampering("第 3 条内容", [set(&format!("hash = '{}'", "a".repeat(64)), 3)]),
        tampering("第 1 条内容", [set("account = 'x'", 1)]),
        tampering("不符", [set("account = 'x'", last)]),
        // Deleted: the first, one in between, one whose gap is closed again, the last with and without its head.
        tampering("第 1 条缺失", [delete(1)]),
        tampering("第 3 条缺失", [delete(3)]),
        tampering("不符", [delete(3), set("seq = 3", 4), set(&format!("seq = {}", 4), 5)]),
        tampering("记录末尾与链头不符", [delete(last)]),
        tampering("记录末尾与链头不符", [delete(last), head("seq = seq - 1")]),
        // Swapped: two rows exchange their places, or what they say.
        tampering("第 2 条内容", [set("seq = -3", 2), set("seq = 2", 3), set("seq = 3", -3)]),
        tampering("不符", [set(&format!("subject = (SELECT subject FROM audit_events WHERE {})", here(4)), 3)]),
        // Appended or put in: a copy, one with a hash of its own, one that the head is told of.
        tampering("内容与校验值不符", [copy(last, &(last + 1).to_string(), "hash")]),
        tampering("内容与校验值不符", [copy(last, &(last + 1).to_string(), "hash"), head("seq = seq + 1")]),
        tampering("顺序不对", [copy(3, "0", "hash")]),
        // The row goes to another chain, and the head loses its place, its hash or itself.
        tampering("第 3 条缺失", [set("chain = 'system'", 3)]),
        tampering("记录末尾与链头不符", [head("seq = seq - 1")]),
        tampering("记录末尾与链头不符", [head(&format!("hash = '{}'", "b".repeat(64)))]),
        tampering("记录末尾与链头不符", [format!("DELETE FROM audit_heads WHERE chain = '{place}'")]),
    ]);
    all
}

async fn every_tampering_is_found(world: &World) {
    for _ in 0..4 {
        world.swear_in(OfficeKind::Auditor, &county()).await;
    }
    let place = county();
    let whole = verify(world.floor.db.reader()).await.expect("walked");
    let last = *whole.whole.get(place.as_str()).expect("the county has a chain");
    assert!(whole.broken.is_empty() && last >= 6, "{whole:?}");
    for table in ["audit_events", "audit_heads"] {
        execute(world, &format!("CREATE TABLE kept_{table} AS SELECT * FROM {table}")).await;
    }
    for Tampering { sql, found } in tamperings(&place, last) {
        for statement in &sql {
            tamper(world, statement).await;
        }
        let verified = verify(world.floor.db.reader()).await.expect("walked");
        let broken = verified.broken.get(place.as_str()).map(ToString::to_string).unwrap_or_default();
        assert!(broken.contains(found), "after {sql:?} the walk says {broken:?}");
        for table in ["audit_events", "audit_heads"] {
            execute(world, &format!("DELETE FROM {table}")).await;
            tamper(world, &format!("INSERT INTO {table} SELECT * FROM kept_{table}")).await;
        }
        assert_eq!(verify(world.floor.db.reader()).await.expect("walked"), whole, "put back after {sql:?}");
    }
    the_command_says_so(world, &place).await;
}

/// `hongqi audit verify` ends with 1 and names the chain.
async fn the_command_says_so(world: &World, place: &PlaceCode) {
    let verify = async || {
        let output = tokio::process::Command::new(env!("CARGO_BIN_EXE_hongqi"))
            .args(["audit", "verify"])
            .env("HONGQI_DATA_DIR", &world.floor.config.data_dir)
            .env("HONGQI_DATABASE_URL", &world.floor.config.database_url)
            .output();
        let output = output.await.expect("it runs");
        (output.status.code(), String::from_utf8(output.stdout).expect("text"))
    };
    let (status, told) = verify().await;
    assert!(status == Some(0) && told.contains(&format!("{place}：完整")), "{told}");
    tamper(world, &format!("DELETE FROM audit_events WHERE chain = '{place}' AND seq = 2")).await;
    let (status, told) = verify().await;
    assert!(status == Some(1) && told.contains(&format!("{place}：已被改动。第 2 条缺失")), "{told}");
}

async fn deeds_at_once_keep_the_chain_whole(world: &World) {
    let place = county();
    let deed = |number: usize| {
        let (op, place) = (world.system(), place.clone());
        async move {
            let mut act = op.act().await.expect("a deed");
            act.record(Deed::MoveDemoDate, &Subject::new("setting", number, &place), number).await.expect("recorded");
            act.commit().await.expect("committed");
        }
    };
    let deeds: Vec<_> = (0..40).map(|number| tokio::spawn(deed(number))).collect();
    for done in deeds {
        done.await.expect("done");
    }
    let found = verify(world.floor.db.reader()).await.expect("walked");
    assert_eq!(found.whole.get(place.as_str()), Some(&40));
    assert!(found.broken.is_empty());
}

async fn the_auditor_reads_and_others_do_not(world: &World) {
    let mut auditor = world.officer(OfficeKind::Auditor, &county()).await;
    auditor.get("/audit?deed=create_account").await.expect(200).says("新建账号");
    auditor.get("/audit?place=abc").await.expect(200).says("没有“abc”这个地点");
    auditor.get("/audit.xlsx").await.expect(200);
    let mut other = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    other.get("/audit").await.expect(404);
}

async fn the_record_is_asked_by_person_thing_and_time(world: &World) {
    let (admin, officer) = world.swear_in(OfficeKind::Administrator, &county()).await;
    let mut client = world.visitor();
    client.sign_in(&admin, PASSWORD).await.expect(303);
    let opened = |login: &'static str| [("login", login), ("name", "新人"), ("new_password", "chushi2022")];
    let first = client.post("/accounts/new", &opened("xinren")).await.expect(303).location;
    world.set_date(date(2022, 11, 9));
    client.sign_in(&admin, PASSWORD).await.expect(303);
    let second = client.post("/accounts/new", &opened("xinren2")).await.expect(303).location;
    let (first, second) = (id(&first), id(&second));
    let mut auditor = world.officer(OfficeKind::Auditor, &county()).await;
    let mut ask = async |query: String| auditor.get(&format!("/audit?{query}")).await.expect(200);
    // The person.
    let by_admin = ask(format!("account={admin}&deed=create_account")).await;
    by_admin.says(first).says(second).says(&officer.office.title);
    let (stranger, _) = world.swear_in(OfficeKind::Verifier, &county()).await;
    ask(format!("account={stranger}&deed=create_account")).await.does_not_say(first).says("没有符合条件的记录");
    ask("account=nobody".to_owned()).await.says("没有这个姓名或登录名");
    // By names, which several may bear.
    let (name, street) = (percent_encoded(&officer.name), percent_encoded("桂山街道（530427001）"));
    ask(format!("account={name}&place={street}")).await.says("没有符合条件的记录");
    ask(format!("account={name}&deed=create_account")).await.says(first).says(second);
    world.also_called(&officer.name, OfficeKind::Verifier).await;
    ask(format!("account={name}")).await.says("有几位同志叫").says(&admin);
    // The thing.
    ask(format!("subject={first}")).await.says(first).does_not_say(second);
    // The time, both days included.
    ask("account=&deed=create_account&from=2022-11-08".to_owned()).await.says(second).does_not_say(first);
    ask("deed=create_account&until=2022-11-08".to_owned()).await.says(first).does_not_say(second);
    ask("deed=create_account&from=2022-11-09&until=2022-11-09".to_owned()).await.says(second).does_not_say(first);
    ask("deed=create_account&from=2022-11-07&until=2022-11-09".to_owned()).await.says(first).says(second);
    let all = format!("/audit.xlsx?subject={first}&from=2022-11-08");
    auditor.get(&all).await.expect(200);
}

async fn a_history_tells_one_step_from_another(world: &World) {
    world.import_ledger().await;
    let branch = "/places/5304270010010001";
    let mut officer = world.officer(OfficeKind::CommunityOfficer, &code("530427001001")).await;
    let post = officer.get(branch).await.expect(200).between("href=\"/committee-posts/", "\"");
    let end = [("until", "2022-11-01"), ("version", "0")];
    officer.post(&format!("/committee-posts/{post}/end"), &end).await.expect(303);
    officer.get(branch).await.expect(200).says("：结束");
}
