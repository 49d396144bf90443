//! What an office is told, and how it reads it.

use domain::permission::{Deed, OfficeKind};
use platform::act::Subject;

use crate::{
    review::recommended,
    season::decided,
    stories,
    world::{World, code, county},
};

stories!(the_branch_is_told_at_every_step, messages_are_read_page_by_page);

const BRANCH: &str = "5304270010010001";

async fn the_branch_is_told_at_every_step(world: &World) {
    let season = recommended(world, 2).await;
    let applications: Vec<String> = season.applications.iter().map(|id| format!("/applications/{id}")).collect();
    decided(world, &format!("/seasons/{}", season.season), &applications).await;
    // Whoever may apply for the branch reads how it goes.
    for kind in [OfficeKind::BranchSecretary, OfficeKind::BranchCommittee] {
        let mut reader = world.officer(kind, &code(BRANCH)).await;
        let page = reader.get("/messages").await.expect(200);
        let page = page.says("已启动，请按期申报").says("已通过街道初选").says("已被街道推荐");
        page.says("已通过评选组审查").says("县委常委会已审定，本支部的“红旗小区”申报通过");
    }
    let mut other = world.officer(OfficeKind::BranchSecretary, &code("5304270010010003")).await;
    other.get("/messages").await.expect(200).does_not_say("已通过评选组审查");
}

async fn messages_are_read_page_by_page(world: &World) {
    let op = world.system();
    let mut act = op.act().await.expect("a deed");
    for number in 0..120 {
        let words = format!("第{number:03}号消息");
        app::messages::tell(&act, OfficeKind::Auditor, &county(), &words, "/audit").await.expect("told");
    }
    act.record(Deed::RemindOffices, &Subject::new("reminders", county(), &county()), 120).await.expect("recorded");
    act.commit().await.expect("committed");
    let mut auditor = world.officer(OfficeKind::Auditor, &county()).await;
    let first = auditor.get("/messages").await.expect(200).says("第119号消息").says("第070号消息").says("共 120 条");
    let first = first.does_not_say("第069号消息").says("未读").says("全部标为已读");
    let newest = first.between("name=\"until\" value=\"", "\"");
    let next = first.between("href=\"/messages?from=", "\"");
    let second = auditor.get(&format!("/messages?from={next}")).await.expect(200).says("第069号消息").says("未读");
    // The mark never moves back, so only the first page moves it.
    second.does_not_say("name=\"until\"").does_not_say("第119号消息");
    auditor.get("/messages?from=100").await.expect(200).says("第000号消息");
    auditor.post("/messages/seen", &[("until", &newest)]).await.expect(303);
    auditor.get("/messages").await.expect(200).says("第119号消息").does_not_say("未读").does_not_say("name=\"until\"");
    auditor.get("/messages?from=x").await.expect(200);
}
