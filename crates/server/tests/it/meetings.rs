//! Branch meetings through HTTP: announced, held, voted, and what may not be.

use app::{
    meetings::{topics_of, upcoming_for},
    people,
    points::{check_catalogue, draft_catalogue, submit_catalogue},
};
use domain::{clock::Instant, meeting::Matter, permission::OfficeKind};
use jiff::civil::{Date, date};

use crate::{
    client::{Answer, Client},
    points::{adopted, by, client, keepers, members, resolved, waiting},
    stories,
    world::{World, code, county},
};

stories!(
    a_meeting_is_announced_held_and_resolves,
    a_meeting_that_cannot_be_is_refused_in_words,
    the_committee_votes_and_its_minutes_stay_as_they_were,
    a_catalogue_stands_on_the_general_meeting_alone,
    a_december_meeting_is_closed_while_the_year_closes,
    a_meeting_held_on_paper_is_entered_later,
    who_came_is_set_right_unless_something_was_resolved,
    a_branch_that_does_not_meet_is_warned_and_so_is_its_community,
);

const BRANCH: &str = "5304270010010001";

async fn convened(secretary: &mut Client, on: &str, matter: &str) -> String {
    let new = format!("/meetings/places/{BRANCH}/new");
    let fields = [
        ("kind", "general"),
        ("title", "第四季度支部党员大会"),
        ("date", on),
        ("time", "09:30"),
        ("venue", "党群活动室"),
        ("topic.0.title", "小区停车改造的意见"),
        ("topic.0.matter", matter),
        ("topic.1.title", "学习文件"),
        ("topic.1.matter", "report"),
    ];
    secretary.post(&new, &fields).await.expect(303).location
}

async fn a_meeting_is_announced_held_and_resolves(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 11, 1)).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let meeting = convened(&mut secretary, "2022-11-08", "compound").await;
    let close = format!("{meeting}/close");
    secretary.post(&close, &[("summary", "x")]).await.expect(422).says("还没有到召开的时间");
    secretary.post(&format!("{meeting}/publish"), &[]).await.expect(303);
    secretary.post(&close, &[("summary", "x")]).await.expect(422).says("还没有到召开的时间");
    world.set_date(date(2022, 11, 9));
    secretary.get("/desk").await.expect(200).says("登记“第四季度支部党员大会”的到会和表决情况");
    let page = secretary.get(&meeting).await.expect(200);
    let yes = format!("yes.{}", page.between("name=\"yes.", "\""));
    let everybody = members(world, &branch).await;
    // Half of the roll stays away: no vote is valid then, and more votes than voters cannot be.
    let absent: Vec<String> = everybody.iter().map(|member| format!("presence.{member}")).collect();
    let mut fields: Vec<(&str, &str)> = absent.iter().map(|field| (field.as_str(), "present")).collect();
    fields.extend([(yes.as_str(), "2000"), ("summary", "同意改造")]);
    secretary.post(&close, &fields).await.expect(422).says("超过到会有表决权").says("2000").says("同意改造");
    let at = fields.len() - 2;
    fields[at] = (yes.as_str(), "一票");
    secretary.post(&close, &fields).await.expect(422).says("之间的整数").says("一票");
    fields[at] = (yes.as_str(), "25");
    fields.push(("presence.018c0000-0000-7000-8000-000000000000", "present"));
    secretary.post(&close, &fields).await.expect(404);
    fields.pop();
    let done = secretary.post(&close, &fields).await.expect(303);
    assert_eq!(done.location, meeting);
    secretary.get(&meeting).await.expect(200).says("笔计分").says("应到会有表决权").says("通过").says("同意改造");
    secretary.post(&close, &fields).await.expect(422).says("已召开");
    let letter = secretary.get(&format!("{meeting}/minutes.docx")).await.expect(200);
    assert!(letter.body.starts_with(b"PK"), "a document");
    secretary.post(&format!("{meeting}/addenda"), &[("text", "")]).await.expect(422).says("请写明补记的内容");
    secretary.post(&format!("{meeting}/addenda"), &[("text", "漏记一名列席人员")]).await.expect(303);
    secretary.get(&meeting).await.expect(200).says("补记）：漏记一名列席人员");
    // Coming gives points, for somebody else to approve.
    let mut committee = client(world, &keepers.committee).await;
    committee.get("/desk").await.expect(200).says("审核党员计分");
    let mut community = client(world, &keepers.community).await;
    community.get("/meetings").await.expect(303);
    community.get("/meetings/places/530427001001").await.expect(200).says("阳光里联合党支部");
    let mut other = world.officer(OfficeKind::BranchSecretary, &code("5304270010010003")).await;
    other.get(&meeting).await.expect(404);
    other.post(&close, &fields).await.expect(404);
}

async fn a_meeting_that_cannot_be_is_refused_in_words(world: &World) {
    world.import_ledger().await;
    let keepers = keepers(world, &code(BRANCH)).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let new = format!("/meetings/places/{BRANCH}/new");
    let empty = [("title", "党员大会"), ("date", "2022-13-01"), ("time", "九点半")];
    let answer = secretary.post(&new, &empty).await.expect(422);
    answer.says("请选择“会议种类”").says("不是有效日期").says("例如 09:30").says("九点半");
    // Announced after it began, it is no announcement (R-MTG-07).
    let late = convened(&mut secretary, "2022-11-07", "opinion").await;
    world.set_date(date(2022, 11, 8));
    secretary.post(&format!("{late}/publish"), &[]).await.expect(422).says("会议时间已过");
    secretary.post(&format!("{late}/cancel"), &[("reason", "")]).await.expect(422).says("请写明取消的原因");
    secretary.post(&format!("{late}/cancel"), &[("reason", "改期")]).await.expect(303);
    secretary.get(&late).await.expect(200).says("已取消").says("改期");
    let mut community = client(world, &keepers.community).await;
    community.post(&format!("{late}/publish"), &[]).await.expect(403);
    secretary.get("/meetings/018c0000-0000-7000-8000-000000000000").await.expect(404);
}

/// A meeting of the branch on `on` at half past nine about one topic; answers its page.
pub(crate) async fn about(secretary: &mut Client, kind: &str, on: &str, topic: &str, matter: &str) -> Answer {
    let fields = [
        ("kind", kind),
        ("title", "支部的会议"),
        ("date", on),
        ("time", "09:30"),
        ("venue", "党群活动室"),
        ("topic.0.title", topic),
        ("topic.0.matter", matter),
    ];
    secretary.post(&format!("/meetings/places/{BRANCH}/new"), &fields).await
}

/// Every field of the page whose name begins with `prefix`.
pub(crate) fn fields_of(page: &Answer, prefix: &str) -> Vec<String> {
    let text = page.text();
    let named = format!("name=\"{prefix}");
    text.split(&named).skip(1).map(|rest| format!("{prefix}{}", rest.split('"').next().unwrap_or_default())).collect()
}

async fn the_committee_votes_and_its_minutes_stay_as_they_were(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let mut secretary = client(world, &keepers.secretary).await;
    // What is the general meeting's own is not even planned elsewhere.
    for kind in ["committee", "group", "theme_day"] {
        let answer = about(&mut secretary, kind, "2022-11-08", "接收预备党员", "development").await.expect(422);
        answer.says("由支部党员大会表决").says("接收预备党员");
    }
    // Somebody of the committee who is in no roll of the branch counts as well.
    let member = [("name", "新同志"), ("post", "welfare"), ("service", "in_service"), ("since", "2022-11-01")];
    secretary.post(&format!("/places/{BRANCH}/committee"), &member).await.expect(303);
    let meeting = about(&mut secretary, "committee", "2022-11-08", "慰问老党员", "opinion").await.expect(303).location;
    secretary.post(&format!("{meeting}/publish"), &[]).await.expect(303);
    let mut committee = client(world, &keepers.committee).await;
    committee.get("/messages").await.expect(200).says("请参加支部的会议：2022年11月8日 09:30");
    world.set_date(date(2022, 11, 9));
    let page = secretary.get(&meeting).await.expect(200).says("新同志").says("不在本支部名册");
    let (presence, yes) = (fields_of(&page, "presence."), fields_of(&page, "yes."));
    let posts = people::committee_of(world.floor.db.reader(), &branch).await.expect("read");
    assert_eq!(presence.len(), posts.len(), "the committee and nobody else");
    let votes = presence.len().to_string();
    let mut fields: Vec<(&str, &str)> = presence.iter().map(|field| (field.as_str(), "present")).collect();
    fields.extend([(yes[0].as_str(), votes.as_str()), ("summary", "同意")]);
    secretary.post(&format!("{meeting}/close"), &fields).await.expect(303);
    let words = format!("应到会有表决权 {votes} 人，实到 {votes} 人，赞成 {votes} 票，通过");
    secretary.get(&meeting).await.expect(200).says(&words).says("新同志");

    // The committee changes; who came to the old meeting does not.
    let (post, _) = posts.iter().find(|(_, person)| person.name == "新同志").expect("the member");
    let end = format!("/committee-posts/{}/end", post.id.0);
    secretary.post(&end, &[("version", "0"), ("until", "2022-11-09")]).await.expect(303);
    world.set_date(date(2022, 12, 1));
    secretary.get(&meeting).await.expect(200).says("新同志").says(&format!("到会 {votes} 人"));
    let next = about(&mut secretary, "committee", "2022-12-02", "研究工作", "report").await.expect(303).location;
    secretary.post(&format!("{next}/publish"), &[]).await.expect(303);
    world.set_date(date(2022, 12, 3));
    secretary.get(&next).await.expect(200).does_not_say("新同志");
}

async fn a_catalogue_stands_on_the_general_meeting_alone(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let secretary_at = |day: Date| by(world, &keepers.secretary, day);
    let id = draft_catalogue(&secretary_at(date(2022, 11, 1)), &branch).await.expect("drafted");
    submit_catalogue(&secretary_at(date(2022, 11, 1)), id).await.expect("submitted");
    check_catalogue(&by(world, &keepers.community, date(2022, 11, 1)), id).await.expect("checked");
    let other = resolved(world, &keepers, &branch, Matter::Opinion, date(2022, 11, 2)).await.id.0.to_string();
    let mut secretary = client(world, &keepers.secretary).await;
    let page = format!("/points/catalogues/{id}");
    let shown = secretary.get(&page).await.expect(200);
    assert!(!shown.text().contains(&other), "a resolution on something else is not offered");
    let told = |resolution: &str| [("effective_from", "2022-11-09".to_owned()), ("resolution", resolution.to_owned())];
    let borrowed = told(&other);
    let fields: Vec<(&str, &str)> = borrowed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    secretary.post(&format!("{page}/adopt"), &fields).await.expect(422).says("不是支部党员大会就积分明细作出的");
    let right = resolved(world, &keepers, &branch, Matter::Catalogue, date(2022, 11, 3)).await;
    let number = right.id.0.to_string();
    assert!(secretary.get(&page).await.expect(200).text().contains(&number), "the right one is offered");
    let borrowed = told(&number);
    let fields: Vec<(&str, &str)> = borrowed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    secretary.post(&format!("{page}/adopt"), &fields).await.expect(303);
    let resolution = secretary.get(&format!("/resolutions/{number}")).await.expect(200);
    let text = resolution.says("积分明细第 1 版，2022年11月9日起执行").says("支部党员大会").text();
    assert!(text.contains(&format!("/meetings/{}", right.meeting_id.0)) && text.contains(&page), "{text}");
}

async fn a_december_meeting_is_closed_while_the_year_closes(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 11, 1)).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let meeting = about(&mut secretary, "theme_day", "2022-12-30", "学习", "report").await.expect(303).location;
    secretary.post(&format!("{meeting}/publish"), &[]).await.expect(303);
    world.set_date(date(2023, 1, 5));
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    officer.post("/points-years/2022/close", &[]).await.expect(303);
    let presence = fields_of(&secretary.get(&meeting).await.expect(200), "presence.");
    let mut fields: Vec<(&str, &str)> = presence.iter().map(|field| (field.as_str(), "present")).collect();
    fields.push(("summary", "学习文件"));
    secretary.post(&format!("{meeting}/close"), &fields).await.expect(303);
    secretary.get(&meeting).await.expect(200).says("2022年度积分已开始结算").says("没有提出计分").says("已召开");
    assert!(waiting(world, &branch).await.is_empty(), "nothing is proposed in a closing year");
}

async fn a_meeting_held_on_paper_is_entered_later(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let meeting = about(&mut secretary, "general", "2022-11-01", "停车改造", "compound").await.expect(303).location;
    let page = secretary.get(&meeting).await.expect(200).says("补登会议");
    assert!(fields_of(&page, "yes.").is_empty(), "no vote on what was not announced");
    let presence = fields_of(&page, "presence.");
    let mut fields: Vec<(&str, &str)> = presence.iter().map(|field| (field.as_str(), "present")).collect();
    fields.push(("summary", "通报改造进展"));
    let id = meeting.rsplit('/').next().expect("an id").parse().expect("an id");
    let topic = topics_of(world.floor.db.reader(), id).await.expect("read").remove(0);
    let yes = format!("yes.{}", topic.id.0);
    let mut voted = fields.clone();
    voted.push((yes.as_str(), "30"));
    secretary.post(&format!("{meeting}/close"), &voted).await.expect(422).says("没有在会前通知，不能表决");
    secretary.post(&format!("{meeting}/close"), &fields).await.expect(303);
    secretary.get(&meeting).await.expect(200).says("已召开").says("通报改造进展").does_not_say("应到会有表决权 ");
    secretary.get(&format!("{meeting}/minutes.docx")).await.expect(200);
    // A meeting to come is not entered before it is held, and members see it once it is announced.
    let ahead = about(&mut secretary, "general", "2022-11-20", "年底安排", "report").await.expect(303).location;
    secretary.post(&format!("{ahead}/close"), &fields).await.expect(422).says("还没有到召开的时间");
    let db = world.floor.db.reader();
    let member = people::memberships_under(db, &branch).await.expect("read").remove(0);
    let now = Instant::at(date(2022, 11, 7).at(9, 0, 0, 0));
    assert!(upcoming_for(db, &member, now).await.expect("read").is_empty());
    secretary.post(&format!("{ahead}/publish"), &[]).await.expect(303);
    let called = upcoming_for(db, &member, now).await.expect("read");
    assert_eq!(called.into_iter().map(|row| row.title).collect::<Vec<_>>(), ["支部的会议"]);
}

async fn a_branch_that_does_not_meet_is_warned_and_so_is_its_community(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let mut community = client(world, &keepers.community).await;
    // A branch that never met here is asked as well, and its community is told of how many.
    secretary.get("/desk").await.expect(200).says("支部党员大会已超过规定间隔");
    community.get("/desk").await.expect(200).says("个小区党支部的会议超过规定间隔");
    community.get("/meetings/places/530427001001").await.expect(200).says("支部党员大会、支委会");
    resolved(world, &keepers, &branch, Matter::Opinion, date(2022, 11, 7)).await;
    let meeting = about(&mut secretary, "committee", "2022-11-06", "研究工作", "report").await.expect(303).location;
    secretary.post(&format!("{meeting}/close"), &[("summary", "研究工作")]).await.expect(303);
    world.set_date(date(2022, 12, 1));
    secretary.get("/desk").await.expect(200).does_not_say("已超过规定间隔");
    // The new year begins nothing anew: the committee is late since December, the general meeting with the first quarter.
    world.set_date(date(2023, 1, 2));
    let mut secretary = client(world, &keepers.secretary).await;
    let desk = secretary.get("/desk").await.expect(200);
    desk.says("支委会已超过规定间隔").does_not_say("支部党员大会已超过规定间隔");
    world.set_date(date(2023, 3, 22));
    let mut secretary = client(world, &keepers.secretary).await;
    let desk = secretary.get("/desk").await.expect(200).says("本季度支部党员大会还没有召开，请安排");
    desk.does_not_say("支部党员大会已超过规定间隔");
    secretary.get(&format!("/meetings/places/{BRANCH}")).await.expect(200).says("（2023年3月31日以前）");
    let called = about(&mut secretary, "general", "2023-03-29", "学习", "report").await.expect(303).location;
    secretary.post(&format!("{called}/publish"), &[]).await.expect(303);
    secretary.get("/desk").await.expect(200).does_not_say("本季度支部党员大会还没有召开");
    secretary.post(&format!("{called}/cancel"), &[("reason", "停电")]).await.expect(303);
    world.set_date(date(2023, 4, 1));
    let mut secretary = client(world, &keepers.secretary).await;
    secretary.get("/desk").await.expect(200).says("支部党员大会已超过规定间隔");
    // What was announced last year and not written down still waits.
    let open = about(&mut secretary, "theme_day", "2023-12-30", "学习", "report").await.expect(303).location;
    secretary.post(&format!("{open}/publish"), &[]).await.expect(303);
    world.set_date(date(2024, 1, 2));
    let mut secretary = client(world, &keepers.secretary).await;
    secretary.get("/desk").await.expect(200).says("登记“支部的会议”的到会和表决情况");
}

async fn who_came_is_set_right_unless_something_was_resolved(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 11, 1)).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let before = waiting(world, &branch).await.len();
    let meeting = about(&mut secretary, "theme_day", "2022-11-06", "学习", "report").await.expect(303).location;
    let page = secretary.get(&meeting).await.expect(200);
    let presence = fields_of(&page, "presence.");
    let mut fields: Vec<(&str, &str)> = presence.iter().map(|field| (field.as_str(), "present")).collect();
    fields.push(("summary", "学习文件"));
    secretary.post(&format!("{meeting}/close"), &fields).await.expect(303);
    let came = waiting(world, &branch).await.len() - before;
    assert_eq!(came, presence.len(), "points for everybody");

    let correct = format!("{meeting}/correct");
    let who = presence[0].trim_start_matches("presence.");
    let told = |presence: &'static str, reason: &'static str| [("corrected", presence), ("correction", reason)];
    secretary.post(&correct, &told("absent", "签到表看错一行")).await.expect(422).says("请选择是谁");
    let with = |told: [(&'static str, &'static str); 2]| [&[("attendee", who)][..], &told].concat();
    secretary.post(&correct, &with(told("absent", " "))).await.expect(422).says("更正原因");
    secretary.post(&correct, &with(told("gone", "看错"))).await.expect(422).says("更正为");
    secretary.post(&correct, &with(told("present", "看错"))).await.expect(422).says("登记的就是这样");
    secretary.post(&correct, &[&[("attendee", "person-x")][..], &told("absent", "看错")].concat()).await.expect(404);
    secretary.post(&correct, &with(told("absent", "签到表看错一行"))).await.expect(303);
    let page = secretary.get(&meeting).await.expect(200).says("改为“缺席”，签到表看错一行");
    page.says(&format!("到会 {} 人", presence.len() - 1));
    assert_eq!(waiting(world, &branch).await.len() - before, presence.len() - 1, "what waited is rejected");
    secretary.post(&correct, &with(told("present", "签到表上有"))).await.expect(303);
    assert_eq!(waiting(world, &branch).await.len() - before, presence.len(), "proposed anew");

    // Who came decided what was resolved; votes are told, or said to be none.
    let meeting = convened(&mut secretary, "2022-11-08", "compound").await;
    secretary.post(&format!("{meeting}/publish"), &[]).await.expect(303);
    world.set_date(date(2022, 11, 9));
    let page = secretary.get(&meeting).await.expect(200).says("没有表决");
    let (presence, yes) = (fields_of(&page, "presence."), fields_of(&page, "yes.").remove(0));
    let mut fields: Vec<(&str, &str)> = presence.iter().map(|field| (field.as_str(), "present")).collect();
    fields.push(("summary", "议而未决"));
    let close = format!("{meeting}/close");
    secretary.post(&close, &fields).await.expect(422).says("还没有填表决票数").says("议而未决");
    let voted = [&fields[..], &[(yes.as_str(), "3")]].concat();
    secretary.post(&close, &voted).await.expect(303);
    let told = with(told("absent", "看错"));
    secretary.post(&format!("{meeting}/correct"), &told).await.expect(422).says("已计入表决结果");
}
