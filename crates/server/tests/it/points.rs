//! The dual points through HTTP: a catalogue into effect, entries, appeals, unit scores, and the year that closes.

use app::{
    meetings::{NewMeeting, NewTopic, Outcome, Votes, close_meeting, convene_meeting, publish_meeting, topics_of},
    people,
    points::{
        Adoption, NewCorrection, NewEntry, adopt_catalogue, approve_entries, check_catalogue, close_points_year,
        correct_points_year, draft_catalogue, order_settlement, propose_by_hand, submit_catalogue, waiting_entries,
    },
    resolutions::{self, Resolution},
};
use domain::{
    clock::Instant,
    ids::{CatalogueId, MembershipId, PointsCorrectionId, PointsEntryId},
    meeting::{Matter, MeetingKind, Presence},
    permission::OfficeKind,
    place::{Level, PlaceCode},
    points::Points,
};
use jiff::civil::{Date, date};
use platform::{
    act::Op,
    actor::{Actor, Officer},
    jobs,
};

use crate::{
    client::Client,
    stories,
    world::{PASSWORD, World, code, county},
};

stories!(
    a_catalogue_needs_its_check_and_its_resolution,
    nobody_approves_what_they_proposed_or_gain_by,
    a_year_closes_and_changes_only_by_a_recorded_correction,
    two_approve_at_once_and_one_is_told,
);

const BRANCH: &str = "5304270010010001";

/// Those who keep a branch.
pub struct Keepers {
    pub secretary: (String, Officer),
    pub committee: (String, Officer),
    pub community: (String, Officer),
}

pub async fn keepers(world: &World, branch: &PlaceCode) -> Keepers {
    let community = branch.at(Level::Community).expect("a community");
    Keepers {
        secretary: world.swear_in(OfficeKind::BranchSecretary, branch).await,
        committee: world.swear_in(OfficeKind::BranchCommittee, branch).await,
        community: world.swear_in(OfficeKind::CommunityOfficer, &community).await,
    }
}

pub fn by(world: &World, officer: &(String, Officer), day: Date) -> Op {
    Op::at(&world.floor, Actor::Officer(officer.1.clone()), Instant::at(day.at(9, 0, 0, 0)))
}

pub async fn client(world: &World, officer: &(String, Officer)) -> Client {
    let mut client = world.visitor();
    client.sign_in(&officer.0, PASSWORD).await.expect(303);
    client
}

/// The members of the branch, those with a work unit first.
pub async fn members(world: &World, branch: &PlaceCode) -> Vec<MembershipId> {
    let mut members = people::memberships_under(world.floor.db.reader(), branch).await.expect("read");
    members.sort_by_key(|member| member.unit.is_none());
    members.into_iter().map(|member| member.id.0).collect()
}

/// A general meeting of the branch that votes on one topic, everybody there and for it.
pub async fn resolved(world: &World, keepers: &Keepers, branch: &PlaceCode, matter: Matter, day: Date) -> Resolution {
    let new = NewMeeting {
        group: None,
        kind: MeetingKind::General,
        title: "支部党员大会".to_owned(),
        starts_at: Instant::at(day.at(10, 0, 0, 0)),
        venue: "党群活动室".to_owned(),
        topics: vec![NewTopic { title: "通过积分明细".to_owned(), text: String::new(), matter, election: None }],
    };
    let op = by(world, &keepers.secretary, day);
    let meeting = convene_meeting(&op, branch, new).await.expect("convened");
    publish_meeting(&op, meeting).await.expect("published");
    let topic = topics_of(op.reader(), meeting).await.expect("read").remove(0);
    let mut everybody = people::memberships_under(world.floor.db.reader(), branch).await.expect("read");
    everybody.retain(|member| member.is_in_roll_on(day));
    let yes = u32::try_from(everybody.len() * 2 / 3).expect("few");
    let outcome = Outcome {
        attendance: everybody.iter().map(|member| (member.id.0.into(), Presence::Present)).collect(),
        votes: [(topic.id.0, Votes { yes, no: 0, abstained: 0 })].into(),
        summary: "一致通过。".to_owned(),
        ..Outcome::default()
    };
    let after = by(world, &keepers.secretary, day.tomorrow().expect("a day"));
    close_meeting(&after, meeting, outcome).await.expect("closed");
    resolutions::resolutions_of(op.reader(), meeting).await.expect("read").remove(0)
}

/// A catalogue of the branch in effect from the day after the meeting.
pub async fn adopted(world: &World, keepers: &Keepers, branch: &PlaceCode, day: Date) -> CatalogueId {
    let secretary = by(world, &keepers.secretary, day);
    let id = draft_catalogue(&secretary, branch).await.expect("drafted");
    submit_catalogue(&secretary, id).await.expect("submitted");
    check_catalogue(&by(world, &keepers.community, day), id).await.expect("checked");
    let resolution = resolved(world, keepers, branch, Matter::Catalogue, day).await;
    assert!(resolution.has_passed(), "{}", resolution.words());
    let effective_from = day.tomorrow().expect("a day");
    let adoption = Adoption { resolution: Some(resolution.id.0), effective_from };
    adopt_catalogue(&by(world, &keepers.secretary, effective_from), id, adoption).await.expect("adopted");
    id
}

/// The entries of the branch that wait.
pub async fn waiting(world: &World, branch: &PlaceCode) -> Vec<PointsEntryId> {
    let waiting = waiting_entries(world.floor.db.reader(), branch, 500).await.expect("read");
    waiting.into_iter().map(|(id, _)| id).collect()
}

/// Points given by the committee member and approved by the secretary; more hours than a day has, on the days that follow.
pub async fn given(world: &World, keepers: &Keepers, branch: &PlaceCode, item: &str, quantity: i64, on: Date) {
    let (mut rest, mut day) = (quantity, on);
    while item == "P04" && rest > DAY {
        given_on(world, keepers, branch, item, DAY, day).await;
        (rest, day) = (rest - DAY, day.tomorrow().expect("a day"));
    }
    given_on(world, keepers, branch, item, rest, day).await;
}

/// The hours of a day of service at most, in hundredths.
const DAY: i64 = 1_200;

async fn given_on(world: &World, keepers: &Keepers, branch: &PlaceCode, item: &str, quantity: i64, on: Date) {
    let new = NewEntry {
        members: members(world, branch).await[..2].to_vec(),
        item: item.parse().expect("an item"),
        quantity,
        occurred_on: on,
        note: "清扫楼道".to_owned(),
        document: "会议纪要第3号".to_owned(),
        notified_on: Some(on),
    };
    let count = propose_by_hand(&by(world, &keepers.committee, on), branch, new).await.expect("proposed");
    assert_eq!(count, 2);
    let ids = waiting(world, branch).await;
    approve_entries(&by(world, &keepers.secretary, on), branch, &ids).await.expect("approved");
}

/// A correction of 2021, which was settled before: told by the community, and waiting.
pub async fn told_correction(world: &World, keepers: &Keepers, branch: &PlaceCode) -> PointsCorrectionId {
    adopted(world, keepers, branch, date(2021, 11, 1)).await;
    let department = world.swear_in(OfficeKind::CountyOrgDept, &county()).await;
    let op = by(world, &department, date(2022, 1, 20));
    close_points_year(&op, &county(), 2021).await.expect("closed");
    order_settlement(&op, &county(), 2021).await.expect("ordered");
    jobs::run_due(&world.floor, &app::modules::jobs()).await.expect("ran");
    let told = NewCorrection {
        membership: members(world, branch).await[0],
        item: "P04".parse().expect("an item"),
        points: Points::whole(1),
        occurred_on: date(2021, 12, 1),
        document: "新组查〔2022〕1号".to_owned(),
        notified_on: None,
        reason: "补计服务".to_owned(),
    };
    correct_points_year(&by(world, &keepers.community, date(2022, 2, 8)), 2021, told).await.expect("told")
}

/// The street agrees to the correction that waits, whose page it finds among what waits on it.
pub async fn agreed(world: &World, branch: &PlaceCode) {
    let mut street = world.officer(OfficeKind::StreetOfficer, &branch.at(Level::Street).expect("a street")).await;
    let page = correction_on(&street.get("/desk").await.expect(200).text());
    street.post(&format!("{page}/approve"), &[]).await.expect(303);
}

/// The page of the first correction that a page leads to.
pub fn correction_on(page: &str) -> String {
    let (_, rest) = page.split_once("/points/corrections/").expect("a correction");
    format!("/points/corrections/{}", rest.split('"').next().expect("an address"))
}

async fn a_catalogue_needs_its_check_and_its_resolution(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let mut community = client(world, &keepers.community).await;
    let catalogues = format!("/points/places/{BRANCH}/catalogue");
    secretary.get(&catalogues).await.expect(200).says("还没有积分明细").says("每 2 小时 +1 分，全年最多 15 分");
    secretary.get(&format!("/points/places/{BRANCH}/propose")).await.expect(200).says("还没有生效的积分明细");
    let page = secretary.post(&catalogues, &[]).await.expect(303).location;
    // Beyond the county's bounds, and what was typed stays.
    let fields = |points: &'static str| {
        [("version", "0"), ("on.P04", "1"), ("title.P04", "志愿服务"), ("points.P04", points), ("cap.P04", "15")]
    };
    secretary.post(&page, &fields("2")).await.expect(422).says("P04 的分值应在 0 到 1 分之间").says("志愿服务");
    secretary.post(&page, &fields("两分")).await.expect(422).says("请填写分数").says("两分");
    secretary.post(&page, &fields("0.5")).await.expect(303);
    secretary.post(&page, &fields("0.5")).await.expect(409);
    secretary.get(&page).await.expect(200).says("0.5");
    community.post(&format!("{page}/check"), &[]).await.expect(422).says("拟制中");
    secretary.post(&format!("{page}/submit"), &[]).await.expect(303);
    community.get("/desk").await.expect(200).says("审核支部的积分明细");
    community.post(&format!("{page}/return"), &[("reason", " ")]).await.expect(422).says("请写明退回原因");
    community.post(&format!("{page}/return"), &[("reason", "P04 偏低")]).await.expect(303);
    secretary.get(&page).await.expect(200).says("社区退回：P04 偏低");
    secretary.post(&format!("{page}/submit"), &[]).await.expect(303);
    community.post(&format!("{page}/check"), &[]).await.expect(303);
    // Without a resolution, by an older one, and back in time it does not come into effect.
    let adopt = format!("{page}/adopt");
    secretary.post(&adopt, &[("effective_from", "2022-11-09")]).await.expect(422).says("请选择通过这份积分明细");
    let earlier = resolved(world, &keepers, &branch, Matter::Catalogue, date(2022, 11, 4)).await.id.0.to_string();
    let told = [("effective_from", "2022-11-09"), ("resolution", earlier.as_str())];
    secretary.post(&adopt, &told).await.expect(422).says("早于社区审核");
    let resolution = resolved(world, &keepers, &branch, Matter::Catalogue, date(2022, 11, 8)).await.id.0.to_string();
    let told = [("effective_from", "2022-11-08"), ("resolution", resolution.as_str())];
    secretary.post(&adopt, &told).await.expect(422).says("不溯及既往").says("2022年11月9日");
    let told = [("effective_from", "2022-11-09"), ("resolution", resolution.as_str())];
    let mut committee = client(world, &keepers.committee).await;
    committee.post(&adopt, &told).await.expect(403);
    secretary.post(&adopt, &told).await.expect(303);
    secretary.get(&page).await.expect(200).says("从 2022年11月9日 起执行").says("查看支部党员大会决议");
    secretary.get(&format!("/resolutions/{resolution}")).await.expect(200).says("通过");
    let mut other = world.officer(OfficeKind::BranchSecretary, &code("5304270010010003")).await;
    other.get(&page).await.expect(404);
    other.get(&format!("/resolutions/{resolution}")).await.expect(404);

    // What adopted the first version does not adopt the second, on whatever day that was checked.
    let next = secretary.post(&catalogues, &[]).await.expect(303).location;
    secretary.post(&format!("{next}/submit"), &[]).await.expect(303);
    world.set_date(date(2022, 11, 8));
    community.post(&format!("{next}/check"), &[]).await.expect(303);
    secretary.get(&next).await.expect(200).does_not_say(&resolution);
    secretary.post(&format!("{next}/adopt"), &told).await.expect(422).says("通过的是另一版积分明细");
}

async fn nobody_approves_what_they_proposed_or_gain_by(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 11, 7)).await;
    world.set_date(date(2022, 11, 21));
    let mut committee = client(world, &keepers.committee).await;
    let mut secretary = client(world, &keepers.secretary).await;
    // Coming to the meeting that adopted it came before it was in effect, and gives nothing.
    assert!(waiting(world, &branch).await.is_empty());
    let propose = format!("/points/places/{BRANCH}/propose");
    let member = members(world, &branch).await[0].to_string();
    let entry = |item: &'static str, on: &'static str| {
        vec![("item", item), ("quantity", "3"), ("occurred_on", on), ("note", "清扫楼道")]
    };
    let with = |mut fields: Vec<(&'static str, &str)>, more: &[(&'static str, &'static str)]| {
        fields.extend(more);
        fields.into_iter().map(|(name, value)| (name, value.to_owned())).collect::<Vec<_>>()
    };
    let send = async |client: &mut Client, fields: Vec<(&'static str, String)>| {
        let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        fields.push(("member", &member));
        client.post(&propose, &fields).await
    };
    send(&mut committee, with(entry("P04", "2022-11-08"), &[])).await.expect(303);
    send(&mut committee, with(entry("P04", "2022-11-07"), &[])).await.expect(422).says("还没有生效的积分明细");
    send(&mut committee, with(entry("P04", "2022-11-22"), &[])).await.expect(422).says("不能晚于今天");
    send(&mut committee, with(entry("P01", "2022-11-08"), &[])).await.expect(422).says("自动计算");
    send(&mut committee, with(entry("D01", "2022-11-08"), &[])).await.expect(422).says("扣分要有查实的文书");
    let noted = [("document", "纪要3号")];
    send(&mut committee, with(entry("D01", "2022-11-08"), &noted)).await.expect(422).says("扣分前要告知本人");
    committee.post(&propose, &[("item", "P04"), ("quantity", "x")]).await.expect(422).says("应大于 0");

    let id = waiting(world, &branch).await[0].to_string();
    let approve = format!("/points/places/{BRANCH}/approve");
    committee.post(&approve, &[("entry", &id)]).await.expect(422).says("提出计分的同志不能审核");
    secretary.post(&approve, &[]).await.expect(422).says("请勾选要审核的计分");
    let reject = format!("/points/places/{BRANCH}/reject");
    secretary.post(&reject, &[("entry", &id), ("reason", "")]).await.expect(422).says("请写明不通过的原因");
    secretary.get("/desk").await.expect(200).says("审核党员计分（1 笔）");
    secretary.post(&approve, &[("entry", &id)]).await.expect(303);
    secretary.post(&approve, &[("entry", &id)]).await.expect(422).says("已计分");
    let page = format!("/points/2022/members/{member}");
    secretary
        .get(&page)
        .await
        .expect(200)
        .says("1.50")
        .says("每 2 小时 +1 分，全年最多 15 分")
        .says("待定（不等于 0 分）");
    // A mistake is set right by another entry, which somebody else approves.
    let reverse = format!("/points/entries/{id}/reverse");
    secretary.post(&reverse, &[("reason", "")]).await.expect(422).says("请写明冲正的原因");
    secretary.post(&reverse, &[("reason", "记错了人")]).await.expect(303);
    let back = waiting(world, &branch).await[0].to_string();
    secretary.post(&approve, &[("entry", &back)]).await.expect(422);
    committee.post(&approve, &[("entry", &back)]).await.expect(303);
    committee.post(&reverse, &[("reason", "再来一次")]).await.expect(422).says("已经冲正过");
    secretary.get(&page).await.expect(200).says("已冲正").says("-1.5");
    let mut other = world.officer(OfficeKind::BranchSecretary, &code("5304270010010003")).await;
    other.get(&page).await.expect(404);
    other.post(&approve, &[("entry", &id)]).await.expect(404);
    let mut street = world.officer(OfficeKind::StreetOfficer, &code("530427001")).await;
    street.get(&page).await.expect(404);
    let counts = street.get("/points/2022/places/530427001").await.expect(200);
    counts.says("只看人数和分布").does_not_say("李明雨");
    // Upwards go counts, of a branch as well (R-PTS-10).
    street.get(&format!("/points/2022/places/{BRANCH}")).await.expect(200).does_not_say("李明雨");
}

async fn a_year_closes_and_changes_only_by_a_recorded_correction(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 3, 7)).await;
    given(world, &keepers, &branch, "P04", 2000, date(2022, 6, 9)).await;
    given(world, &keepers, &branch, "P04", 2400, date(2022, 9, 9)).await;
    world.set_date(date(2022, 12, 31));
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let year = "/points-years/2022";
    officer.post(&format!("{year}/close"), &[]).await.expect(422).says("2022年还没有结束");
    world.set_date(date(2023, 1, 5));
    officer.get("/desk").await.expect(200).says("截止2022年度积分");
    officer.post(&format!("{year}/settle"), &[]).await.expect(422).says("计分中");
    officer.post(&format!("{year}/close"), &[]).await.expect(303);
    let mut secretary = client(world, &keepers.secretary).await;
    let member = members(world, &branch).await[0];
    let late = [
        ("item", "P04"),
        ("quantity", "2"),
        ("occurred_on", "2022-12-01"),
        ("note", "补记"),
        ("member", &member.to_string()),
    ];
    let propose = format!("/points/places/{BRANCH}/propose");
    secretary.post(&propose, &late).await.expect(422).says("2022年度积分现在是“结算中”");
    officer.post(&format!("{year}/settle"), &[]).await.expect(303);
    officer.get(year).await.expect(200).says("正在结算");
    jobs::run_due(&world.floor, &app::modules::jobs()).await.expect("ran");
    officer.get(year).await.expect(200).says("已结算").says("反馈各单位和支部").does_not_say("正在结算");
    let db = world.floor.db.reader();
    let before = app::points::members_in_year(db, &branch, 2022).await.expect("read");
    // 22 hours give 22 points at one for two hours, of which the cap leaves 15.
    let found = before.iter().find(|it| it.membership.id.0 == member).expect("settled");
    assert_eq!((found.tally().bonus.to_string(), found.compound().to_string()), ("15.00".into(), "75.00".into()));
    let page = format!("/points/2022/members/{member}");
    secretary.get(&page).await.expect(200).says("60.00 + 15.00 − 0.00 = 75.00").says("历次结算");
    officer.get(&format!("{year}/reports.zip")).await.expect(200);
    officer.post(&format!("{year}/report"), &[]).await.expect(303);
    officer.post(&format!("{year}/report"), &[]).await.expect(422).says("已反馈单位");
    secretary.get("/messages").await.expect(200).says("2022年度党员积分已结算");

    // A correction, with its document, settles again and keeps what was.
    let correct = format!("{page}/correct");
    let told = |reason: &'static str, document: &'static str| {
        let (item, points, on) = (("item", "D06"), ("points", "-10"), ("occurred_on", "2022-06-09"));
        [item, points, on, ("notified_on", "2023-01-04"), ("document", document), ("reason", reason)]
    };
    secretary.post(&correct, &told("x", "y")).await.expect(403);
    let mut community = client(world, &keepers.community).await;
    community.post(&correct, &told("", "y")).await.expect(422).says("更正原因");
    community.post(&correct, &told("查实虚报", "新组查〔2023〕1号")).await.expect(303);
    // Nothing changes before another has decided; who told it does not.
    secretary.get(&page).await.expect(200).says("= 75.00").says("待审核");
    community.get("/desk").await.expect(200).does_not_say("审核2022年度积分更正");
    let waiting = correction_on(&community.get(&page).await.expect(200).text());
    community.get(&waiting).await.expect(200).says("提出更正的同志不能审核同一件更正").does_not_say("同意并重新结算");
    community.post(&format!("{waiting}/approve"), &[]).await.expect(422).says("请社区另一名同志或街道党工委审核");
    secretary.get(&waiting).await.expect(404);
    let mut street = world.officer(OfficeKind::StreetOfficer, &branch.at(Level::Street).expect("a street")).await;
    street.get(&waiting).await.expect(200).says("查实虚报").says("新组查〔2023〕1号").does_not_say("查看全部计分");
    street.post(&format!("{waiting}/reject"), &[("answer", " ")]).await.expect(422).says("请写明不予更正的原因");
    agreed(world, &branch).await;
    street.post(&format!("{waiting}/approve"), &[]).await.expect(422).says("已更正");
    // One that is refused leaves the year as it is, and its reason is told.
    community.post(&correct, &told("再减一次", "新组查〔2023〕2号")).await.expect(303);
    let mut other =
        world.officer(OfficeKind::CommunityOfficer, &branch.at(Level::Community).expect("a community")).await;
    let second = correction_on(&other.get("/desk").await.expect(200).says("审核2022年度积分更正").text());
    other.post(&format!("{second}/reject"), &[("answer", "依据不足")]).await.expect(303);
    community.get("/messages").await.expect(200).says("没有通过：依据不足");
    secretary.get(&page).await.expect(200).says("60.00 + 15.00 − 10.00 = 65.00").says("查实虚报").says("75.00");
    // The unit's score comes late: with a reason it is taken, and the arithmetic shown.
    let row = people::membership(db, member).await.expect("read").expect("a member").0;
    if let Some(unit) = row.unit {
        let mut contact = world.officer(OfficeKind::UnitContact, &unit.0.at(Level::Unit).expect("a unit")).await;
        let scores = format!("/unit-scores/2022/{}", unit.0.at(Level::Unit).expect("a unit"));
        let (score, max) = (format!("score.{member}"), format!("max.{member}"));
        let fields = [(score.as_str(), "90"), (max.as_str(), "120")];
        contact.post(&scores, &fields).await.expect(422).says("请写明更正的原因和依据");
        let fields = [(score.as_str(), "90"), (max.as_str(), "120"), ("reason", "单位补报")];
        contact.post(&scores, &fields).await.expect(303);
        secretary.get(&page).await.expect(200).says("(65.00 + 90 ÷ 120 × 100) ÷ 2 = 70.00");
    }
    let found = platform::audit::verify(db).await.expect("walked");
    assert!(found.broken.is_empty());
}

async fn two_approve_at_once_and_one_is_told(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 11, 7)).await;
    let op = by(world, &keepers.committee, date(2022, 11, 9));
    let new = NewEntry {
        members: members(world, &branch).await,
        item: "P02".parse().expect("an item"),
        quantity: 100,
        occurred_on: date(2022, 11, 9),
        note: "主题党日".to_owned(),
        document: String::new(),
        notified_on: None,
    };
    propose_by_hand(&op, &branch, new).await.expect("proposed");
    let ids = waiting(world, &branch).await;
    let second = world.swear_in(OfficeKind::BranchSecretary, &branch).await;
    let (one, two) = (by(world, &keepers.secretary, date(2022, 11, 10)), by(world, &second, date(2022, 11, 10)));
    let (first, other) = tokio::join!(approve_entries(&one, &branch, &ids), approve_entries(&two, &branch, &ids));
    assert!(first.is_ok() != other.is_ok(), "one of two: {first:?} {other:?}");
    assert!(waiting(world, &branch).await.is_empty());
}
