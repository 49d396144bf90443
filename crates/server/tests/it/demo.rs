//! The start of the demo: over nothing, over half a county, over somebody else's database, and on another day.

use std::path::Path;

use app::{demo, identity};
use domain::permission::{Deed, OfficeKind};
use platform::{
    act::{Op, Subject},
    actor::Actor,
    config::Config,
    error::Stop,
    floor::Floor,
    settings,
};

use crate::{
    stories,
    world::{Engine, World, county, fresh_postgres},
};

stories!(half_a_county_is_made_anew_or_told, real_accounts_get_no_company, the_date_is_not_moved_back_by_a_start);

/// The demo's settings in `folder`: a file there, or a database of its own.
async fn config(world: &World, folder: &Path) -> Config {
    let database_url = match world.engine {
        Engine::Sqlite => String::new(),
        Engine::Postgres => fresh_postgres().await,
    };
    Config { data_dir: folder.to_owned(), database_url, ..Config::default() }
}

async fn set(floor: &Floor, name: &str) {
    let op = Op::new(floor, Actor::System);
    let mut act = op.act().await.expect("a deed");
    settings::set(act.db(), name, "1").await.expect("written");
    act.record(Deed::MoveDemoDate, &Subject::new("setting", name, None), "1").await.expect("recorded");
    act.commit().await.expect("committed");
}

async fn open_account(floor: &Floor) {
    let account = identity::NewAccount {
        login: "someone".to_owned(),
        name: "某人".to_owned(),
        phone: String::new(),
        password: demo::PASSWORD.to_owned(),
        is_lasting: true,
    };
    identity::create_account(&Op::new(floor, Actor::System), &county(), account).await.expect("an account");
}

#[track_caller]
fn refusal(opened: Result<Floor, Stop>) -> String {
    match opened {
        Err(Stop::Refused(problems)) => problems.into_iter().map(|problem| problem.message).collect(),
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it is opened"),
    }
}

async fn half_a_county_is_made_anew_or_told(world: &World) {
    let folder = tempfile::tempdir().expect("a folder");
    let config = config(world, folder.path()).await;
    let floor = demo::open(config.clone()).await.expect("an empty county");
    set(&floor, "demo_making").await;
    open_account(&floor).await;
    floor.db.close().await.expect("closed");
    let again = demo::open(config.clone()).await;
    if world.engine == Engine::Postgres {
        let told = refusal(again);
        assert!(told.contains("中断") && told.contains("清空这个数据库"), "{told}");
        return;
    }
    let floor = again.expect("it begins again");
    assert!(!identity::has_accounts(floor.db.reader()).await.expect("read"), "nothing is left of the half");
    open_account(&floor).await;
    set(&floor, "demo_making").await;
    set(&floor, "demo_made").await;
    floor.db.close().await.expect("closed");
    let floor = demo::open(config).await.expect("a whole county");
    assert!(identity::has_accounts(floor.db.reader()).await.expect("read"), "what is whole stays");
}

async fn real_accounts_get_no_company(world: &World) {
    let folder = tempfile::tempdir().expect("a folder");
    let config = config(world, folder.path()).await;
    let floor = demo::open(config.clone()).await.expect("an empty county");
    open_account(&floor).await;
    floor.db.close().await.expect("closed");
    let told = refusal(demo::open(config).await);
    assert!(told.contains("已经有账号"), "{told}");
}

async fn the_date_is_not_moved_back_by_a_start(world: &World) {
    world.swear_in(OfficeKind::Administrator, &county()).await;
    set(&world.floor, "demo_made").await;
    let start = async |today: Option<&str>| {
        let papers = demo::Papers { ledger: Vec::new().into(), unit_scores: Vec::new().into() };
        demo::prepare(&world.floor, papers, today.map(|day| day.parse().expect("a day"))).await
    };
    assert!(!start(Some("2022-12-20")).await.expect("found"));
    assert_eq!(world.floor.clock.now().date().to_string(), "2022-12-20");
    world.visitor().post("/demo/date", &[("days", "2")]).await.expect(303);
    start(None).await.expect("found");
    assert_eq!(world.floor.clock.now().date().to_string(), "2022-12-22");
    let Err(Stop::Refused(problems)) = start(Some("2022-12-20")).await else { panic!("it is moved back") };
    assert!(problems[0].message.contains("已经到2022年12月22日"), "{problems:?}");
    assert_eq!(world.floor.clock.now().date().to_string(), "2022-12-22");
    start(Some("2022-12-25")).await.expect("forward");
    assert_eq!(world.floor.clock.now().date().to_string(), "2022-12-25");
}
