//! What the system does by itself: reminders, the heartbeat and what an outage does to a notice, and the upkeep.

use app::modules;
use domain::{clock::Instant, permission::OfficeKind};
use jiff::civil::{Date, date};
use platform::{config::Config, floor::Floor, heartbeat, jobs, sessions::Sessions};

use crate::{
    client::Client,
    notices::{noticed, object},
    selection::{open_season, submit},
    stories,
    world::{PASSWORD, World, code, county},
};

stories!(
    offices_are_reminded_once_before_a_deadline_and_once_after,
    verifiers_are_reminded_of_objections,
    an_outage_makes_every_running_notice_longer,
    a_moved_demo_date_is_no_outage,
    sessions_that_ended_are_forgotten,
    two_instances_run_a_job_once,
);

async fn run_jobs(world: &World) -> usize {
    jobs::run_due(&world.floor, &modules::jobs()).await.expect("ran")
}

/// A second instance over the same database, with the same time.
async fn another_instance(world: &World) -> Floor {
    let config: Config = (*world.floor.config).clone();
    Floor::open(config, world.floor.clock.clone()).await.expect("a floor")
}

async fn on(world: &World, day: Date) {
    world.set_date(day);
    run_jobs(world).await;
    run_jobs(world).await;
}

/// How many messages of this office say `words`.
async fn told(client: &mut Client, words: &str) -> usize {
    client.get("/messages").await.expect(200).text().matches(words).count()
}

async fn offices_are_reminded_once_before_a_deadline_and_once_after(world: &World) {
    world.import_ledger().await;
    let season = open_season(world).await;
    let mut drafting = world.officer(OfficeKind::BranchSecretary, &code("5304270010010001")).await;
    drafting.post("/applications/start", &[("season", crate::season::id(&season))]).await.expect(303);
    let mut branch = world.officer(OfficeKind::BranchSecretary, &code("5304270010010002")).await;
    submit(&mut branch, &season, 0).await;
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code("530427001001")).await;

    // R-NOT-05 and domain.md §5: five working days from Monday the 7th end on Monday the 14th.
    let waits = "有 1 份申报待社区把关";
    on(world, date(2022, 11, 10)).await;
    assert_eq!(told(&mut community, waits).await, 0, "there is time");
    on(world, date(2022, 11, 11)).await;
    on(world, date(2022, 11, 14)).await;
    assert_eq!(told(&mut community, "请在2022年11月14日 24:00 前办结").await, 1);
    on(world, date(2022, 11, 15)).await;
    on(world, date(2022, 11, 16)).await;
    assert_eq!(told(&mut community, "2022年11月14日 24:00 的期限已过").await, 1);
    assert_eq!(told(&mut community, waits).await, 2);

    let draft = "申报表还没有提交";
    on(world, date(2022, 12, 26)).await;
    assert_eq!(told(&mut drafting, draft).await, 0);
    on(world, date(2022, 12, 27)).await;
    assert_eq!(told(&mut drafting, draft).await, 1);
    on(world, date(2022, 12, 31)).await;
    on(world, date(2023, 1, 3)).await;
    assert_eq!(told(&mut drafting, "本年度不能再提交").await, 1);
    assert_eq!(told(&mut branch, draft).await, 0, "what is submitted is nobody's draft");
    let found = platform::audit::verify(world.floor.db.reader()).await.expect("walked");
    assert!(found.broken.is_empty());
}

async fn verifiers_are_reminded_of_objections(world: &World) {
    let (season, _, notice) = noticed(world, 1, 1).await;
    object(world, &notice, Some(&season.applications[0]), Some("王女士")).await;
    let mut verifier = world.officer(OfficeKind::Verifier, &county()).await;
    run_jobs(world).await;
    assert_eq!(told(&mut verifier, "待受理").await, 0);
    on(world, date(2022, 11, 8)).await;
    assert_eq!(told(&mut verifier, "待受理，请在2022年11月8日 24:00 前办结").await, 1);
    on(world, date(2022, 11, 9)).await;
    assert_eq!(told(&mut verifier, "待受理，2022年11月8日 24:00 的期限已过").await, 1);
    assert_eq!(told(&mut verifier, "王女士").await, 0, "a message holds no personal data");
}

// R-NOT-06
async fn an_outage_makes_every_running_notice_longer(world: &World) {
    let (_, mut officer, notice) = noticed(world, 1, 1).await;
    let id = notice.rsplit('/').next().expect("an id");
    let public = format!("/notices/{id}");
    run_jobs(world).await;
    // Three hours are a nuisance and no outage.
    let now = Instant::at(date(2022, 11, 7).at(12, 0, 0, 0));
    world.floor.clock.set(now).expect("a clock that can be set");
    run_jobs(world).await;
    world.visitor().get(&public).await.expect(200).says("至2022年11月14日").does_not_say("延长");

    // From noon until the next morning nobody could read it.
    on(world, date(2022, 11, 8)).await;
    let page = world.visitor().get(&public).await.expect(200).says("至2022年11月15日");
    page.says("因系统中断服务，无法查看公示（2022年11月7日 12:00至2022年11月8日 09:00）")
        .says("公示由2022年11月14日延长到2022年11月15日 24:00 结束");
    officer.get(&notice).await.expect(200).says("系统中断服务");
    assert_eq!(told(&mut officer, "公示因无法查看延长一天").await, 1);

    // A run that is repeated counts the same silence once.
    let silence = heartbeat::Silence { from: now, until: Instant::at(date(2022, 11, 8).at(9, 0, 0, 0)) };
    let input = serde_json::to_string(&silence).expect("text");
    let op = world.system();
    let mut act = op.act().await.expect("a deed");
    jobs::order(act.db(), heartbeat::SILENCE, &input, act.now()).await.expect("ordered");
    let subject = platform::act::Subject::new("setting", "x", None);
    act.record(domain::permission::Deed::MoveDemoDate, &subject, "").await.expect("recorded");
    act.commit().await.expect("committed");
    assert!(run_jobs(world).await >= 1);
    world.visitor().get(&public).await.expect(200).says("至2022年11月15日");
    let found = platform::audit::verify(world.floor.db.reader()).await.expect("walked");
    assert!(found.broken.is_empty());
}

async fn a_moved_demo_date_is_no_outage(world: &World) {
    let (_, _, notice) = noticed(world, 1, 1).await;
    run_jobs(world).await;
    world.visitor().post("/demo/date", &[("days", "2")]).await.expect(303);
    run_jobs(world).await;
    let public = format!("/notices/{}", notice.rsplit('/').next().expect("an id"));
    world.visitor().get(&public).await.expect(200).says("至2022年11月14日").does_not_say("延长");
}

async fn sessions_that_ended_are_forgotten(world: &World) {
    let (login, _) = world.swear_in(OfficeKind::Auditor, &county()).await;
    let mut client = world.visitor();
    client.sign_in(&login, PASSWORD).await.expect(303);
    run_jobs(world).await;
    client.get("/desk").await.expect(200);
    let later = platform::clock::Clock::system().now().plus_days(2);
    assert_eq!(Sessions::forget_expired(&world.floor, later).await.expect("forgotten"), 1);
    client.get("/desk").await.expect(303);
}

async fn two_instances_run_a_job_once(world: &World) {
    let second = another_instance(world).await;
    let kinds = modules::jobs();
    let recurring = kinds.iter().filter(|kind| kind.every_minutes.is_some()).count();
    let (one, two) = tokio::join!(jobs::run_due(&world.floor, &kinds), jobs::run_due(&second, &kinds));
    assert_eq!(one.expect("ran") + two.expect("ran"), recurring);
    second.db.close().await.expect("closed");
}
