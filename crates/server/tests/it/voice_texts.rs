//! Short messages to who left a mobile number, through HTTP and the job.

use app::voices::send_texts;
use domain::{clock::Instant, permission::OfficeKind};
use jiff::civil::{Date, date};
use platform::{act::Op, actor::Actor, config::Config, floor::Floor};

use crate::{
    stories,
    voices::{ACKNOWLEDGED, BRANCH, FORM, do_it, entered, newest, on, speak},
    world::{World, code, county},
};

stories!(
    who_left_a_number_is_told_at_every_step,
    texts_wait_for_the_morning_and_are_given_up_in_the_end,
    nobody_else_is_told,
);

const WHO: &[(&str, &str)] = &[("name", "王大妈"), ("phone", "139 8774-0001")];

/// The same county with this sender.
fn sending(world: &World, text_sender: &str) -> Floor {
    let config = Config { text_sender: text_sender.to_owned(), ..(*world.floor.config).clone() };
    let mut floor = world.floor.clone();
    floor.config = config.into();
    floor
}

async fn send_at(floor: &Floor, day: Date, hour: i8) {
    let op = Op::at(floor, Actor::System, Instant::at(day.at(hour, 0, 0, 0)));
    send_texts(&op).await.expect("a run");
}

async fn who_left_a_number_is_told_at_every_step(world: &World) {
    world.import_ledger().await;
    world.visitor().get(FORM).await.expect(200).says("会发短信给您");
    let key = speak(world, "complaint", "楼道灯坏了一个月", WHO).await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let voice = newest(&mut secretary).await;
    // What the resident has is told to nobody else.
    let page = secretary.get(&voice).await.expect(200).says("已收到，附查询码").says("等待发送");
    page.does_not_say(&key).does_not_say("13987740001");
    send_at(&world.floor, date(2022, 11, 7), 10).await;
    secretary.get(&voice).await.expect(200).says("2022年11月7日 10:00 已发出").does_not_say("等待发送");
    do_it(&mut secretary, &voice, "acknowledge", ACKNOWLEDGED).await;
    do_it(&mut secretary, &voice, "ask", &[("ask", "请问是几单元？")]).await;
    do_it(&mut secretary, &voice, "note", &[("note", "先去看看")]).await;
    do_it(&mut secretary, &voice, "finish", &[("proof", "换好了")]).await;
    let page = secretary.get(&voice).await.expect(200);
    let page = page
        .says("您反映的“漏水维修”：已受理，由小区党支部办理，2022年11月14日前办结。请凭查询码查看。")
        .says("办理单位有情况要问您")
        .says("已办结，请评价；没有办好的，可以要求重办");
    // Nobody is told of a note, nor of what was done in words.
    let told = page.text().matches("请凭查询码查看。").count();
    assert_eq!(told, 3, "one text for each step that moves something");
    let rate = [("code", key.as_str()), ("solved", "yes"), ("satisfaction", "good")];
    world.visitor().post("/voices/follow/rate", &rate).await.expect(200);
    assert_eq!(secretary.get(&voice).await.expect(200).text().matches("请凭查询码查看。").count(), told);
    // They go with the number.
    on(world, date(2023, 11, 8)).await;
    secretary.get(&voice).await.expect(200).does_not_say("发给反映人的短信");
    let mut auditor = world.officer(OfficeKind::Auditor, &county()).await;
    auditor.get("/audit?days=all").await.expect(200).does_not_say("13987740001");
}

async fn texts_wait_for_the_morning_and_are_given_up_in_the_end(world: &World) {
    world.import_ledger().await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let voice = entered(&mut secretary, "phone", "5栋").await;
    let (day, screen) = (date(2022, 11, 8), sending(world, "screen"));
    for hour in [5, 7, 21, 23] {
        send_at(&screen, day, hour).await;
        secretary.get(&voice).await.expect(200).says("等待发送");
    }
    // Nothing listens there: three tries, a quarter of an hour apart, and then somebody is asked to call.
    let deaf = sending(world, "http://127.0.0.1:9/sms");
    send_at(&deaf, day, 10).await;
    send_at(&deaf, day, 10).await;
    secretary.get(&voice).await.expect(200).says("没有发出去，稍后再试");
    send_at(&screen, day, 12).await;
    secretary.get(&voice).await.expect(200).says("2022年11月8日 12:00 已发出");
    do_it(&mut secretary, &voice, "acknowledge", ACKNOWLEDGED).await;
    for hour in 13..18 {
        send_at(&deaf, day, hour).await;
    }
    secretary.get(&voice).await.expect(200).says("没有发出去，请打电话告知");
    send_at(&screen, day, 19).await;
    secretary.get(&voice).await.expect(200).says("没有发出去，请打电话告知");
    // What nobody could be told for two days is not news any more.
    let voice = entered(&mut secretary, "phone", "6栋").await;
    do_it(&mut secretary, &voice, "acknowledge", ACKNOWLEDGED).await;
    send_at(&screen, date(2022, 11, 9), 10).await;
    secretary.get(&voice).await.expect(200).says("没有发出去，请打电话告知").does_not_say("已发出");
    let found = platform::audit::verify(world.floor.db.reader()).await.expect("walked");
    assert!(found.broken.is_empty());
}

async fn nobody_else_is_told(world: &World) {
    world.import_ledger().await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    // No number, and one that takes no texts.
    for who in [&[][..], &[("phone", "0877-7011234")][..]] {
        speak(world, "help", "电梯停了", who).await;
        let voice = newest(&mut secretary).await;
        do_it(&mut secretary, &voice, "acknowledge", ACKNOWLEDGED).await;
        secretary.get(&voice).await.expect(200).does_not_say("发给反映人的短信");
    }
    // Twice in a minute to the same number: one code. Who follows the same is told of it.
    let first = [("phone", "13987740002"), ("text", "电梯又停了")];
    speak(world, "help", "电梯又停了", &first[..1]).await;
    let leader = newest(&mut secretary).await;
    let id = leader.rsplit('/').next().expect("an id").to_owned();
    speak(world, "help", "电梯还是停着", &[("phone", "13987740002"), ("same", id.as_str())]).await;
    do_it(&mut secretary, &leader, "acknowledge", ACKNOWLEDGED).await;
    assert_eq!(secretary.get(&leader).await.expect(200).text().matches("附查询码").count(), 1);
    let list = secretary.get("/voice-desk?show=all").await.expect(200).text();
    let mut links = list.split("href=\"").filter_map(|rest| rest.split('"').next());
    let follower = links.find(|href| href.starts_with("/voice-desk/voices/") && *href != leader);
    let page = follower.expect("another").to_owned();
    let follower = secretary.get(&page).await.expect(200);
    follower.says("已受理，由小区党支部办理").does_not_say("附查询码");
    // They are asked nothing, and what they may do is to have theirs worked on by itself.
    do_it(&mut secretary, &leader, "ask", &[("ask", "几单元？")]).await;
    do_it(&mut secretary, &leader, "finish", &[("proof", "修好了")]).await;
    let follower = secretary.get(&page).await.expect(200).says("可以要求单独办理");
    follower.does_not_say("有情况要问您").does_not_say("请评价");
}
