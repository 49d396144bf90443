//! What is forgotten once nobody needs it any more (R-PRI-02), by jobs.

use domain::permission::OfficeKind;
use jiff::civil::date;

use crate::{
    deliberations::{do_it, raised},
    owner_votes::{BRANCH, open, owner},
    stories,
    voices::on,
    world::{World, code, county},
};

stories!(owners_telephones_go_a_year_after_the_vote, who_gave_a_view_goes_a_year_after_the_matter);

const PHONE: &str = "13900000002";

async fn owners_telephones_go_a_year_after_the_vote(world: &World) {
    let (mut secretary, _, poll) = open(world, &[]).await;
    let reveal = format!("{}/reveal", owner(&mut secretary, &poll, "3栋201").await);
    secretary.post(&reveal, &[]).await.expect(200).says("赵六一").says(PHONE);
    on(world, date(2023, 12, 7)).await;
    secretary.post(&reveal, &[]).await.expect(200).says(PHONE);
    on(world, date(2023, 12, 8)).await;
    secretary.post(&reveal, &[]).await.expect(200).says("赵六一").does_not_say(PHONE);
    let mut auditor = world.officer(OfficeKind::Auditor, &county()).await;
    auditor.get("/audit").await.expect(200).says("删除业主电话");
    // Done once.
    on(world, date(2023, 12, 9)).await;
    let record = auditor.get("/audit").await.expect(200).text();
    assert_eq!(record.split("<tbody").nth(1).expect("a table").matches("删除业主电话").count(), 1);
}

async fn who_gave_a_view_goes_a_year_after_the_matter(world: &World) {
    world.import_ledger().await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let thread = raised(world, &mut secretary).await;
    do_it(&mut secretary, &thread, "take-up", &[("until", "2022-11-10")]).await;
    let told = [("words", "赞成，早该换了"), ("channel", "visit"), ("name", "李桂芬")];
    do_it(&mut secretary, &thread, "view", &told).await;
    let givers = format!("{thread}/view-givers");
    // What is under way is kept, however long it takes.
    on(world, date(2024, 1, 10)).await;
    secretary.post(&givers, &[]).await.expect(200).says("李桂芬");
    do_it(&mut secretary, &thread, "end", &[("end", "居民不愿再等")]).await;
    on(world, date(2025, 1, 8)).await;
    secretary.post(&givers, &[]).await.expect(200).says("李桂芬");
    on(world, date(2025, 1, 10)).await;
    let page = secretary.post(&givers, &[]).await.expect(200).says("赞成，早该换了");
    page.says("没有留称呼").does_not_say("李桂芬");
}
