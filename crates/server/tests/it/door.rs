//! The write door: records, conflicts, and reads that cannot write.

use domain::permission::{Deed, OfficeKind};
use platform::{
    act::{Op, Subject},
    actor::Actor,
    db::migrate::migrate,
    error::Stop,
    jobs::{self, JobKind},
    settings,
};
use sea_orm::ConnectionTrait as _;

use crate::{
    stories,
    world::{World, county},
};

stories!(
    a_deed_without_a_record_is_refused,
    an_abandoned_deed_leaves_nothing,
    reads_cannot_write,
    migrations_run_twice_and_side_by_side,
    jobs_run_once_and_are_tried_again,
    health_is_told,
);

async fn a_deed_without_a_record_is_refused(world: &World) {
    let op = world.system();
    let act = op.act().await.expect("a deed");
    settings::set(act.db(), "colour", "red").await.expect("written");
    assert!(matches!(act.commit().await, Err(Stop::Fault(_))));
    assert_eq!(settings::get(world.floor.db.reader(), "colour").await.expect("read"), None);
}

async fn an_abandoned_deed_leaves_nothing(world: &World) {
    let op = world.system();
    let mut act = op.act().await.expect("a deed");
    settings::set(act.db(), "colour", "red").await.expect("written");
    act.record(Deed::MoveDemoDate, &Subject::new("setting", "colour", None), "red").await.expect("recorded");
    drop(act);
    assert_eq!(settings::get(world.floor.db.reader(), "colour").await.expect("read"), None);
    let found = platform::audit::verify(world.floor.db.reader()).await.expect("walked");
    assert!(found.broken.is_empty());
}

async fn reads_cannot_write(world: &World) {
    let refused = world.floor.db.reader().execute_unprepared("INSERT INTO settings (name, value) VALUES ('a', 'b')");
    assert!(refused.await.is_err(), "the reading pool took a write");
}

async fn migrations_run_twice_and_side_by_side(world: &World) {
    let both = tokio::join!(
        migrate::<app::modules::Schema>(&world.floor.db),
        migrate::<app::modules::Schema>(&world.floor.db)
    );
    assert!(both.0.is_ok() && both.1.is_ok());
}

async fn jobs_run_once_and_are_tried_again(world: &World) {
    fn succeed(op: Op, input: String) -> jobs::Running {
        Box::pin(async move {
            let mut act = op.act().await?;
            settings::set(act.db(), &input, "done").await?;
            act.record(Deed::MoveDemoDate, &Subject::new("setting", input, None), "done").await?;
            act.commit().await
        })
    }
    fn fail(_: Op, _: String) -> jobs::Running {
        Box::pin(async { Err(Stop::fault("as this test wants it")) })
    }
    let kinds = [
        JobKind { name: "succeed", every_minutes: None, run: succeed },
        JobKind { name: "fail", every_minutes: None, run: fail },
    ];
    let op = Op::new(&world.floor, Actor::System);
    let mut act = op.act().await.expect("a deed");
    jobs::order(act.db(), "succeed", "colour", act.now()).await.expect("ordered");
    jobs::order(act.db(), "fail", "", act.now()).await.expect("ordered");
    act.record(Deed::MoveDemoDate, &Subject::new("setting", "x", None), "").await.expect("recorded");
    act.commit().await.expect("committed");
    assert_eq!(jobs::run_due(&world.floor, &kinds).await.expect("ran"), 2);
    assert_eq!(settings::get(world.floor.db.reader(), "colour").await.expect("read").as_deref(), Some("done"));
    assert_eq!(
        jobs::run_due(&world.floor, &kinds).await.expect("ran"),
        0,
        "a failed job waits before it is tried again"
    );
    world.set_date(jiff::civil::date(2022, 11, 8));
    assert_eq!(jobs::run_due(&world.floor, &kinds).await.expect("ran"), 1);
}

async fn health_is_told(world: &World) {
    let mut client = world.visitor();
    client.get("/healthz").await.expect(200);
    client.get("/readyz").await.expect(200);
    client.get("/no/such/page").await.expect(404).says("没有找到");
    let answer = client.get("/sign-in").await.expect(200);
    let policy = answer.headers.get("content-security-policy").expect("a policy").to_str().expect("text");
    assert!(policy.contains("default-src 'self'") && !policy.contains("unsafe"));
    let mut signed_in = world.officer(OfficeKind::Auditor, &county()).await;
    signed_in.get("/audit").await.expect(200).says("登录");
}
