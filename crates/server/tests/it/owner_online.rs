//! Voting over the net by owners whose identity somebody has seen (R-OWN-06), through HTTP.

use domain::permission::OfficeKind;
use jiff::civil::date;

use crate::{
    client::{Answer, Client},
    owner_votes::{BRANCH, STREET, call_back, do_it, open, owner, vote},
    stories,
    world::{World, code},
};

stories!(
    an_owner_who_was_seen_votes_over_the_net,
    a_code_votes_for_its_owner_alone_and_once,
    codes_are_given_to_owners_who_may_still_vote,
    a_slip_loaded_anew_is_the_same,
);

/// Where the owners of a poll vote.
fn hall(poll: &str) -> String {
    format!("/owner-votes/{}/ballot", poll.rsplit('/').next().expect("an id"))
}

/// Gives the owner of a room a code; answers with it.
async fn given(officer: &mut Client, poll: &str, room: &str, proof: &str) -> String {
    let owner = owner(officer, poll, room).await;
    let seen = officer.get(&owner).await.expect(200).between("name=\"seen\" value=\"", "\"");
    let slip = officer.post(&format!("{owner}/code"), &[("proof", proof), ("seen", &seen)]).await.expect(200);
    slip.between("<strong class=\"code\">", "</strong>")
}

async fn cast(visitor: &mut Client, poll: &str, code: &str, name: &str, choice: &str, sure: &str) -> Answer {
    cast_by(visitor, poll, code, name, choice, &[("sure", sure)]).await
}

async fn cast_by(
    visitor: &mut Client,
    poll: &str,
    code: &str,
    name: &str,
    choice: &str,
    form: &[(&str, &str)],
) -> Answer {
    let mut fields = vec![("code", code), ("name", name), ("choice", choice)];
    fields.extend_from_slice(form);
    visitor.post(&hall(poll), &fields).await
}

async fn an_owner_who_was_seen_votes_over_the_net(world: &World) {
    let (mut secretary, mut community, poll) = open(world, &[]).await;
    let mut visitor = world.visitor();
    let notice = visitor.get(&format!("/owner-votes/{}", poll.rsplit('/').next().expect("an id"))).await.expect(200);
    notice.says("凭投票码网上投票").says("领取投票码");
    let code = given(&mut community, &poll, "3栋201", "id_card").await;
    visitor.get(&hall(&poll)).await.expect(200).says("更换 3 栋、5 栋电梯").says("投票码");
    // As people type it.
    let typed = code.to_lowercase().replace('-', " ");
    let asked = cast(&mut visitor, &poll, &typed, "赵 六一", "against", "").await.expect(200);
    let asked = asked.says("请看清楚再投").says("<strong>反对</strong>").says("投出这一票");
    let asked_once = asked.between("name=\"once\" value=\"", "\"");
    secretary.get(&poll).await.expect(200).says("还差人数</dt><dd class=\"tile-number\">4 ");
    let once = [("sure", "yes"), ("once", asked_once.as_str())];
    // A double press, and the page loaded anew: one ballot, told as it stands.
    let mut other = world.visitor();
    let (one, two) = tokio::join!(
        cast_by(&mut visitor, &poll, &typed, "赵 六一", "against", &once),
        cast_by(&mut other, &poll, &typed, "赵 六一", "against", &once)
    );
    one.expect(200).says("计一票");
    two.expect(200).says("计一票");
    cast_by(&mut visitor, &poll, &typed, "赵 六一", "against", &once).await.expect(200).says("计一票");
    // By another form it is told, and not kept.
    cast(&mut visitor, &poll, &typed, "赵六一", "against", "yes").await.expect(422).says("已经投过票");
    let page = owner(&mut secretary, &poll, "3栋201").await;
    let told = secretary.get(&page).await.expect(200);
    told.says("网上投票（已核验身份）").says("业主本人").says("当面核对本人身份证件").does_not_say(&code);
    secretary.get(&poll).await.expect(200).says("还差人数</dt><dd class=\"tile-number\">3 ");
    // On paper they say something else: the first stands.
    vote(&mut secretary, &poll, "3栋201", "for", "赵六一").await.expect(303);
    secretary.get(&page).await.expect(200).says("与先前的票不一致，不计");

    // In one poll with the ballots on paper, and in the one count.
    for (room, name) in [("3栋101", "王芳"), ("5栋101", "钱七一"), ("商铺1", "新平县供销社")] {
        vote(&mut secretary, &poll, room, "for", name).await.expect(303);
    }
    world.set_date(date(2022, 12, 8));
    call_back(&mut community, &poll, "confirmed").await;
    do_it(&mut secretary, &poll, "tally", &[]).await;
    secretary.get(&poll).await.expect(200).says("2 × 3 = 6 ＞ 4（人）成立");
    // The record knows that it happened, and neither who nor what.
    let mut auditor = world.officer(OfficeKind::Auditor, &crate::world::county()).await;
    let record = auditor.get("/audit").await.expect(200).says("网上投票").says("发放投票码");
    record.does_not_say("赵六一").does_not_say(&code);
    let found = platform::audit::verify(world.floor.db.reader()).await.expect("walked");
    assert!(found.broken.is_empty());
}

async fn a_code_votes_for_its_owner_alone_and_once(world: &World) {
    let (mut secretary, mut community, poll) = open(world, &[("nature", "secret")]).await;
    let first = given(&mut secretary, &poll, "3栋201", "title").await;
    let code = given(&mut community, &poll, "3栋201", "id_card").await;
    let other = given(&mut community, &poll, "5栋102", "id_card").await;
    let (mut visitor, words) = (world.visitor(), "投票码和姓名对不上");
    // Replaced; of another owner; unknown; unreadable; nothing. What was typed stays.
    cast(&mut visitor, &poll, &first, "赵六一", "for", "yes").await.expect(422).says(words).says(&first);
    cast(&mut visitor, &poll, &other, "赵六一", "for", "yes").await.expect(422).says(words).says("value=\"赵六一\"");
    cast(&mut visitor, &poll, "K7QD-3M2X-9VTA-5HJR", "赵六一", "for", "").await.expect(422).says(words);
    cast(&mut visitor, &poll, "<b>投票</b>", "赵六一", "for", "yes")
        .await
        .expect(422)
        .says(words)
        .does_not_say("<b>投票");
    cast(&mut visitor, &poll, "", "", "", "yes").await.expect(422).says("请填写“投票码”").says("请填写“业主姓名”");
    secretary.get(&poll).await.expect(200).says("还差人数</dt><dd class=\"tile-number\">4 ");

    // An officer votes for nobody over the net, and whoever is signed in votes as the owner.
    let flat = owner(&mut secretary, &poll, "3栋201").await;
    let mut by_hand = crate::owner_votes::ballot("for", "赵六一");
    by_hand[1].1 = "online";
    secretary.post(&format!("{flat}/ballot"), &by_hand).await.expect(422).says("不能代为登记");
    cast(&mut secretary, &poll, &code, "赵六一", "for", "yes").await.expect(200).says("计一票");
    secretary.get(&flat).await.expect(200).says("业主本人").says("不公开").does_not_say("<dd>同意");
    cast(&mut visitor, &poll, &code, "赵六一", "against", "yes").await.expect(200).says("以先投的那张为准");
    cast(&mut visitor, &poll, &code, "赵六一", "for", "yes").await.expect(200).says("以先投的那张为准");
    // Trying a choice on paper tells nobody what the first one says.
    for choice in ["for", "against", "abstain"] {
        vote(&mut secretary, &poll, "3栋201", choice, "赵六一").await.expect(303);
        let told = secretary.get(&flat).await.expect(200).says("先前已投过票，这张不计");
        told.says("以先投的为准").does_not_say("不一致").does_not_say("相同");
    }

    // Who denies it did not have the code: it votes no more.
    let page = community.get(&flat).await.expect(200);
    let strike = page.between(&format!("action=\"{poll}/ballots/"), "/withdraw\"");
    let path = format!("{poll}/ballots/{strike}/strike");
    community.post(&path, &[("strike", "业主否认投过票")]).await.expect(303);
    cast(&mut visitor, &poll, &code, "赵六一", "against", "yes").await.expect(422).says(words);
    let again = given(&mut community, &poll, "3栋201", "id_card").await;
    world.set_date(date(2022, 12, 8));
    cast(&mut world.visitor(), &poll, &again, "赵六一", "for", "yes").await.expect(422).says("已于").says("截止");
    world.visitor().get(&hall(&poll)).await.expect(200).says("不能投票").does_not_say("下一步");
}

/// The slip is loaded anew, and the code that was photographed votes all the same; another slip ends it.
async fn a_slip_loaded_anew_is_the_same(world: &World) {
    let (_, mut community, poll) = open(world, &[]).await;
    let path = format!("{}/code", owner(&mut community, &poll, "3栋201").await);
    let mut slips = Vec::new();
    let first = [("proof", "id_card"), ("once", "first"), ("seen", "")];
    for _ in 0..2 {
        let slip = community.post(&path, &first).await.expect(200);
        slips.push(slip.between("<strong class=\"code\">", "</strong>"));
    }
    // Another page that knows of none, and later the first slip once more: nothing is overwritten, nothing comes back to life.
    let stale = [("proof", "id_card"), ("once", "other"), ("seen", "")];
    community.post(&path, &stale).await.expect(422).says("刚刚发放过");
    slips.push(given(&mut community, &poll, "3栋201", "id_card").await);
    community.post(&path, &first).await.expect(422).says("刚刚发放过");
    assert!(slips[0] == slips[1] && slips[1] != slips[2]);
    let mut visitor = world.visitor();
    cast(&mut visitor, &poll, &slips[0], "赵六一", "for", "yes").await.expect(422);
    cast(&mut visitor, &poll, &slips[2], "赵六一", "for", "yes").await.expect(200).says("计一票");
    // Another one is tried, the first is taken back in writing, and the owner votes anew.
    cast(&mut visitor, &poll, &slips[2], "赵六一", "against", "yes").await.expect(200).says("先投的那张有效");
    let flat = path.trim_end_matches("/code");
    let first = community.get(flat).await.expect(200).between(&format!("action=\"{poll}/ballots/"), "/withdraw\"");
    let back = format!("{poll}/ballots/{first}/withdraw");
    community.post(&back, &[("withdraw", "2022年11月25日交来书面撤回")]).await.expect(303);
    cast(&mut visitor, &poll, &slips[2], "赵六一", "against", "yes").await.expect(200).says("计一票");
}

async fn codes_are_given_to_owners_who_may_still_vote(world: &World) {
    let (mut secretary, mut community, poll) = open(world, &[]).await;
    let post = |room: &'static str, proof: &'static str| (room, proof);
    vote(&mut secretary, &poll, "5栋101", "for", "钱七一").await.expect(303);
    for ((room, proof), words) in [
        (post("商铺1", "id_card"), "营业执照"),
        (post("3栋201", "authority"), "身份证件"),
        (post("3栋201", ""), "请选择“怎样核验的”"),
        (post("5栋101", "id_card"), "已经投过票"),
        (post("车位A01", "id_card"), "只有车位、车库"),
    ] {
        let owner = owner(&mut community, &poll, room).await;
        community.post(&format!("{owner}/code"), &[("proof", proof)]).await.expect(422).says(words);
    }
    let company = given(&mut community, &poll, "商铺1", "authority").await;
    cast(&mut world.visitor(), &poll, &company, "新平县供销社", "abstain", "yes").await.expect(200).says("计一票");
    let flat = owner(&mut community, &poll, "3栋201").await;
    let mut street = world.officer(OfficeKind::StreetOfficer, &code(STREET)).await;
    street.post(&format!("{flat}/code"), &[("proof", "id_card")]).await.expect(403);
    let mut other = world.officer(OfficeKind::BranchSecretary, &code("5304270010010002")).await;
    other.post(&format!("{flat}/code"), &[("proof", "id_card")]).await.expect(404);
    world.visitor().post(&format!("{flat}/code"), &[("proof", "id_card")]).await.expect(401);

    // What is not announced yet is nobody's; a code of one poll does not vote in another.
    let next = crate::owner_votes::prepared(&mut secretary, &[("title", "续聘物业"), ("matter", "other")]).await;
    world.visitor().get(&hall(&next)).await.expect(404);
    let code = given(&mut community, &poll, "3栋201", "id_card").await;
    cast(&mut world.visitor(), &next, &code, "赵六一", "for", "yes").await.expect(404);
    world.visitor().get(&format!("/owner-votes/at/{BRANCH}")).await.expect(200).does_not_say("续聘物业");
}
