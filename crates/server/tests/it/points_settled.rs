//! What a year comes to: caps and catalogues through the year, who moves, reversals and appeals, and a settlement that is
//! interrupted, given up, corrected and reported.

use std::collections::BTreeMap;

use app::{
    people,
    points::{
        Adoption, adopt_catalogue, catalogue, check_catalogue, draft_catalogue, lines_of_member, members_in_year,
        reject_entries, save_catalogue, submit_catalogue,
    },
};
use domain::{
    ids::MembershipId,
    meeting::Matter,
    permission::OfficeKind,
    place::{Level, PlaceCode},
    points::{Annual, Item, Points, Tally},
};
use jiff::civil::{Date, date};
use platform::{
    error::Stop,
    jobs::{self, JobKind, Running},
};
use sea_orm::{ConnectionTrait as _, Statement};

use crate::{
    client::Client,
    own::member_client,
    points::{Keepers, adopted, agreed, by, client, correction_on, given, keepers, members, resolved, waiting},
    stories,
    world::{World, code, county},
};

stories!(
    a_lower_cap_takes_nothing_back,
    who_moves_keeps_base_and_points_and_is_settled_once,
    a_rejected_reversal_leaves_the_way_open,
    a_settlement_that_was_given_up_is_ordered_anew,
    an_interrupted_settlement_comes_to_the_same,
    a_correction_is_somebody_elses_with_notice,
);

const BRANCH: &str = "5304270010010001";
const ELSEWHERE: &str = "5304270010020001";
pub const YEAR: &str = "/points-years/2022";

/// Another version of the branch's catalogue, adopted by a meeting on `day`; nothing is given for coming to it.
async fn changed(world: &World, keepers: &Keepers, branch: &PlaceCode, day: Date, change: impl Fn(&mut Vec<Item>)) {
    let secretary = by(world, &keepers.secretary, day);
    let id = draft_catalogue(&secretary, branch).await.expect("drafted");
    let mut items = catalogue(secretary.reader(), id).await.expect("read").expect("a draft").items.0;
    change(&mut items);
    save_catalogue(&secretary, id, 0, items).await.expect("saved");
    submit_catalogue(&secretary, id).await.expect("submitted");
    check_catalogue(&by(world, &keepers.community, day), id).await.expect("checked");
    let resolution = resolved(world, keepers, branch, Matter::Catalogue, day).await.id.0;
    let effective_from = day.tomorrow().expect("a day");
    let after = by(world, &keepers.secretary, effective_from);
    adopt_catalogue(&after, id, Adoption { resolution: Some(resolution), effective_from }).await.expect("adopted");
    let came = waiting(world, branch).await;
    let committee = by(world, &keepers.committee, effective_from);
    reject_entries(&committee, branch, &came, "不另计").await.expect("rejected");
}

/// The years of 2022 at or under a place, by member, with whatever they come to.
async fn years(world: &World, place: &PlaceCode) -> BTreeMap<MembershipId, (Tally, Annual)> {
    let years = members_in_year(world.floor.db.reader(), place, 2022).await.expect("read");
    years.iter().map(|year| (year.membership.id.0, (year.tally().clone(), year.result()))).collect()
}

async fn bonus(world: &World, branch: &PlaceCode, member: MembershipId) -> Points {
    years(world, branch).await.get(&member).expect("in the roll").0.bonus
}

async fn run_jobs(world: &World) {
    jobs::run_due(&world.floor, &app::modules::jobs()).await.expect("ran");
}

async fn close(world: &World) -> Client {
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    officer.post(&format!("{YEAR}/close"), &[]).await.expect(303);
    officer
}

pub async fn settle(world: &World) -> Client {
    let mut officer = close(world).await;
    officer.post(&format!("{YEAR}/settle"), &[]).await.expect(303);
    run_jobs(world).await;
    officer.get(YEAR).await.expect(200).says("反馈各单位和支部");
    officer
}

async fn a_lower_cap_takes_nothing_back(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 3, 7)).await;
    let member = members(world, &branch).await[0];
    given(world, &keepers, &branch, "P04", 2400, date(2022, 6, 9)).await;
    assert_eq!(bonus(world, &branch, member).await, Points::whole(12));
    // From November on the branch lets service give five points a year at most: the twelve of June stay.
    let lower = |items: &mut Vec<Item>| {
        items.iter_mut().filter(|item| item.code.as_str() == "P04").for_each(|item| item.cap = Some(Points::whole(5)));
    };
    changed(world, &keepers, &branch, date(2022, 11, 1), lower).await;
    assert_eq!(bonus(world, &branch, member).await, Points::whole(12));
    given(world, &keepers, &branch, "P04", 200, date(2022, 11, 10)).await;
    assert_eq!(bonus(world, &branch, member).await, Points::whole(13));
    // Left out in December, it does not run without a cap either.
    given(world, &keepers, &branch, "P04", 2000, date(2022, 11, 20)).await;
    changed(world, &keepers, &branch, date(2022, 12, 1), |items| items.retain(|item| item.code.as_str() != "P04"))
        .await;
    assert_eq!(bonus(world, &branch, member).await, Points::whole(15));
    let mut secretary = client(world, &keepers.secretary).await;
    world.set_date(date(2022, 12, 5));
    let page = secretary.get(&format!("/points/2022/members/{member}")).await.expect(200);
    page.says("P04 23.00 分，封顶计 15.00 分；小区得分 = 60.00 + 15.00 − 0.00 = 75.00");
}

/// Sends the member on to another branch, which confirms; answers with the new line.
async fn moved(
    world: &World,
    keepers: (&Keepers, &Keepers),
    member: MembershipId,
    to: &PlaceCode,
    on: &str,
) -> MembershipId {
    let (mut old, mut new) = (client(world, &keepers.0.secretary).await, client(world, &keepers.1.secretary).await);
    let told = [("branch", to.as_str()), ("ended_on", on), ("reason", "搬家")];
    old.post(&format!("/memberships/{member}/end"), &told).await.expect(303);
    let db = world.floor.db.reader();
    let (left, _) = people::membership(db, member).await.expect("read").expect("a line");
    let lines = people::memberships_of_persons(db, &[left.person_id.0]).await.expect("read");
    let next = lines.into_iter().find(|line| line.branch.0 == *to).expect("the new line").id.0;
    new.post(&format!("/places/{to}/members/confirm"), &[("member", &next.to_string())]).await.expect(303);
    next
}

/// What the statement by hand comes to, on which the benchmark stands, is what was settled.
async fn as_written_by_hand(world: &World, settled: &BTreeMap<MembershipId, (Tally, Annual)>) {
    // A deed that is dropped leaves nothing behind.
    let op = world.system();
    let act = op.act().await.expect("a transaction");
    let by_hand = include_str!("../../../../scripts/hand_settle.sql");
    act.db().execute_unprepared(by_hand).await.expect("it runs as it stands");
    let sql = "SELECT membership_id, result FROM hand_settled";
    let sql = Statement::from_string(act.db().get_database_backend(), sql);
    let rows = act.db().query_all_raw(sql).await.expect("read");
    assert_eq!(rows.len(), settled.len());
    for row in rows {
        let member: String = row.try_get_by_index(0).expect("a member");
        let result: Option<i64> = row.try_get_by_index(1).expect("a result");
        let ours = settled.get(&member.parse().expect("an identifier")).map(|(_, result)| *result);
        let result = result.map_or(Annual::PendingUnit, |points| Annual::Settled(Points(points)));
        assert_eq!(ours, Some(result), "{member}");
    }
}

async fn who_moves_keeps_base_and_points_and_is_settled_once(world: &World) {
    world.import_ledger().await;
    let (branch, to) = (code(BRANCH), code(ELSEWHERE));
    let (here, there) = (keepers(world, &branch).await, keepers(world, &to).await);
    adopted(world, &here, &branch, date(2022, 3, 7)).await;
    adopted(world, &there, &to, date(2022, 3, 7)).await;
    given(world, &here, &branch, "P04", 2400, date(2022, 6, 9)).await;
    let all = members(world, &branch).await;
    let (autumn, winter) = (all[0], all[1]);
    world.set_date(date(2022, 11, 10));
    let next = moved(world, (&here, &there), autumn, &to, "2022-11-10").await;
    // Who applied and was refused is in no roll.
    let applicant = [
        ("name", "王晓梅"),
        ("phone", "13987740001"),
        ("kind", "full"),
        ("affiliation", "here"),
        ("service", "non_service"),
    ];
    world.visitor().post(&format!("/join/{BRANCH}"), &applicant).await.expect(200);
    let roll = people::living_under(world.floor.db.reader(), &branch).await.expect("read");
    let refused = roll.iter().find(|(_, person)| person.name == "王晓梅").expect("waits").0.id.0;
    let mut secretary = client(world, &here.secretary).await;
    let told = [("ended_on", "2022-11-10"), ("reason", "组织关系不在本地")];
    secretary.post(&format!("/memberships/{refused}/end"), &told).await.expect(303);
    // What was earned before is on the member's own page, and can be appealed against from the new branch.
    let mut phone = member_client(world, &there, next).await;
    phone.get("/me/points").await.expect(200).says("志愿服务").says("60.00 + 12.00 − 0.00 = 72.00");
    let mut keeper = client(world, &there.secretary).await;
    let page = keeper.get(&format!("/points/2022/members/{next}")).await.expect(200);
    page.says("在阳光里联合党支部的计分").says("志愿服务").says("60.00 + 12.00 − 0.00 = 72.00");

    world.set_date(date(2023, 1, 4));
    let january = moved(world, (&here, &there), winter, &to, "2023-01-04").await;
    let late = [("name", "欧阳新春"), ("kind", "full"), ("affiliation", "here"), ("service", "non_service")];
    let mut other = client(world, &there.secretary).await;
    other.post(&format!("/places/{to}/members/new"), &late).await.expect(303);
    let open = years(world, &county()).await;
    settle(world).await;
    let settled = years(world, &county()).await;
    assert_eq!(open, settled, "as it stood, to the last digit");
    let tally = |member: MembershipId| settled.get(&member).map(|(tally, _)| (tally.base, tally.bonus));
    let full = Some((Points::whole(60), Points::whole(12)));
    assert_eq!((tally(autumn), tally(next)), (None, full), "at the end of the year in the new branch");
    // This one first reported in May, and has eight twelfths of the base.
    let part = Some((Points::whole(40), Points::whole(12)));
    assert_eq!((tally(winter), tally(january)), (part, None), "at the end of the year still in the old one");
    assert_eq!(tally(refused), None);
    as_written_by_hand(world, &settled).await;
    let names = members_in_year(world.floor.db.reader(), &county(), 2022).await.expect("read");
    assert!(!names.iter().any(|year| year.name == "欧阳新春"), "who came in January has no year before it");
    // A branch settled again by itself comes to the same as its community did, also for who has moved since.
    let unit = people::membership(world.floor.db.reader(), winter).await.expect("read").expect("a line").0.unit;
    let unit = unit.expect("in service").0.at(Level::Unit).expect("a unit");
    let mut contact = world.officer(OfficeKind::UnitContact, &unit).await;
    let (score, max) = (format!("score.{january}"), format!("max.{january}"));
    let told = [(score.as_str(), "200"), (max.as_str(), "300"), ("reason", "单位补报")];
    contact.post(&format!("/unit-scores/2022/{unit}"), &told).await.expect(303);
    let again = years(world, &county()).await;
    assert_eq!(again.keys().collect::<Vec<_>>(), settled.keys().collect::<Vec<_>>());
    for (member, (tally, result)) in &again {
        let before = settled.get(member).expect("the same members");
        assert_eq!(*tally, before.0);
        let is_scored = *member == winter;
        assert_eq!(*result == before.1, !is_scored);
    }
    // (52 + 200 ÷ 300 × 100) ÷ 2 = 59.333…, rounded once.
    assert_eq!(again.get(&winter).map(|(_, result)| *result), Some(Annual::Settled(Points(5933))));
    let page = secretary.get(&format!("/points/2022/members/{winter}")).await.expect(200);
    page.says("(52.00 + 200 ÷ 300 × 100) ÷ 2 = 59.33");
}

async fn a_rejected_reversal_leaves_the_way_open(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 11, 7)).await;
    world.set_date(date(2022, 11, 10));
    given(world, &keepers, &branch, "P04", 225, date(2022, 11, 9)).await;
    let member = members(world, &branch).await[0];
    let lines = lines_of_member(world.floor.db.reader(), &branch, member, 2022).await.expect("read");
    let entry = lines[0].row.id.0;
    let mut secretary = client(world, &keepers.secretary).await;
    let mut committee = client(world, &keepers.committee).await;
    let mut community = client(world, &keepers.community).await;
    let reverse = format!("/points/entries/{entry}/reverse");
    secretary.post(&reverse, &[("reason", "记错了人")]).await.expect(303);
    committee.post(&reverse, &[("reason", "再来一次")]).await.expect(422).says("已有一笔冲正等待审核");
    let back = waiting(world, &branch).await[0].to_string();
    let reject = format!("/points/places/{BRANCH}/reject");
    committee.post(&reject, &[("entry", &back), ("reason", "没有记错")]).await.expect(303);
    secretary.post(&reverse, &[("reason", "确实记错了")]).await.expect(303);
    // The community adjusts it on appeal: the reversal that waits has become pointless.
    let appeal = format!("/points/entries/{entry}/appeal");
    secretary.post(&appeal, &[("text", "多计了")]).await.expect(303);
    let page = community.get("/desk").await.expect(200).between("href=\"/points/appeals/", "\"");
    let told = [("outcome", "adjusted"), ("points", "0.5"), ("answer", "按半小时计")];
    community.post(&format!("/points/appeals/{page}"), &told).await.expect(303);
    assert!(waiting(world, &branch).await.is_empty());
    committee.post(&reverse, &[("reason", "再冲正")]).await.expect(422).says("已经冲正过");
    assert_eq!(bonus(world, &branch, member).await, Points(50));
    // Two and a quarter hours are 1.125 points; the line says so, and the sum is rounded once.
    let other = members(world, &branch).await[1];
    secretary.get(&format!("/points/2022/members/{other}")).await.expect(200).says("1.125");
    given(world, &keepers, &branch, "P04", 225, date(2022, 11, 10)).await;
    assert_eq!(bonus(world, &branch, other).await, Points(225), "as four and a half hours at once");
}

/// The settlement in whose middle the power goes.
const FAILING: JobKind = JobKind {
    name: "settle_points_year",
    every_minutes: None,
    run: |_, _| Box::pin(async { Err(Stop::fault("the power went")) }),
};

async fn a_settlement_that_was_given_up_is_ordered_anew(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 3, 7)).await;
    given(world, &keepers, &branch, "P04", 200, date(2022, 12, 30)).await;
    world.set_date(date(2023, 1, 4));
    let mut officer = close(world).await;
    officer.post(&format!("{YEAR}/settle"), &[]).await.expect(303);
    let member = members(world, &branch).await[0];
    let lines = lines_of_member(world.floor.db.reader(), &branch, member, 2022).await.expect("read");
    let appeal = format!("/points/entries/{}/appeal", lines[0].row.id.0);
    let mut secretary = client(world, &keepers.secretary).await;
    for day in 4..9 {
        secretary.post(&appeal, &[("text", "少计一小时")]).await.expect(422).says("正在结算");
        officer.post(&format!("{YEAR}/settle"), &[]).await.expect(422).says("正在结算");
        jobs::run_due(&world.floor, &[FAILING]).await.expect("tried");
        world.set_date(date(2023, 1, day + 1));
    }
    // After the last attempt nobody is held up any more.
    officer.get(YEAR).await.expect(200).says("上次结算没有完成").does_not_say("已结算社区");
    secretary.post(&appeal, &[("text", "少计一小时")]).await.expect(303);
    officer.post(&format!("{YEAR}/settle"), &[]).await.expect(422).says("还有 1 件申诉没有处理");
    let mut community = client(world, &keepers.community).await;
    let page = community.get("/desk").await.expect(200).between("href=\"/points/appeals/", "\"");
    let told = [("outcome", "upheld"), ("answer", "核对无误")];
    community.post(&format!("/points/appeals/{page}"), &told).await.expect(303);
    officer.post(&format!("{YEAR}/settle"), &[]).await.expect(303);
    run_jobs(world).await;
    officer.get(YEAR).await.expect(200).says("反馈各单位和支部");
}

async fn number(world: &World, sql: &str) -> i64 {
    let db = world.floor.db.reader();
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await.expect("read");
    row.expect("a row").try_get_by_index(0).expect("a number")
}

/// The settlement, cut off somewhere after its first community: what was under way is rolled back.
fn interrupted(op: platform::act::Op, order: String) -> Running {
    Box::pin(async move {
        let settle = app::modules::jobs().into_iter().find(|kind| kind.name == FAILING.name).expect("the settlement");
        let reader = op.floor.db.reader().clone();
        let first_done = async {
            loop {
                let sql = "SELECT COUNT(*) FROM points_settlements";
                let row = reader.query_one_raw(Statement::from_string(reader.get_database_backend(), sql)).await;
                if row.ok().flatten().and_then(|row| row.try_get_by_index::<i64>(0).ok()).is_some_and(|rows| rows > 0) {
                    return;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            done = (settle.run)(op, order) => done,
            () = first_done => Err(Stop::fault("the power went")),
        }
    })
}

async fn an_interrupted_settlement_comes_to_the_same(world: &World) {
    world.import_ledger().await;
    let (branch, other) = (code(BRANCH), code(ELSEWHERE));
    for branch in [&branch, &other] {
        let keepers = keepers(world, branch).await;
        adopted(world, &keepers, branch, date(2022, 3, 7)).await;
        given(world, &keepers, branch, "P04", 2300, date(2022, 6, 9)).await;
    }
    world.set_date(date(2023, 1, 4));
    let mut officer = close(world).await;
    let open = years(world, &county()).await;
    officer.post(&format!("{YEAR}/settle"), &[]).await.expect(303);
    let kinds = [JobKind { run: interrupted, ..FAILING }];
    jobs::run_due(&world.floor, &kinds).await.expect("tried");
    assert!(number(world, "SELECT COUNT(*) FROM points_settlements").await > 0, "a part is settled");
    assert_eq!(number(world, "SELECT COUNT(*) FROM points_years WHERE state = 'settled'").await, 0);
    assert_eq!(years(world, &county()).await, open, "and counts for nothing yet");
    world.set_date(date(2023, 1, 5));
    run_jobs(world).await;
    officer.get(YEAR).await.expect(200).says("反馈各单位和支部");
    assert_eq!(years(world, &county()).await, open, "to the last digit");
    let rows = number(world, "SELECT COUNT(*) FROM points_settlements").await;
    assert_eq!(rows, i64::try_from(open.len()).expect("few"), "everybody once");
    // A job that runs once more finds the year settled, and changes nothing.
    run_jobs(world).await;
    assert_eq!(number(world, "SELECT COUNT(*) FROM points_settlements").await, rows);
}

async fn a_correction_is_somebody_elses_with_notice(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 3, 7)).await;
    world.set_date(date(2022, 12, 1));
    // The community's officer is a member of the branch as well.
    let mut secretary = client(world, &keepers.secretary).await;
    let name = keepers.community.1.name.clone();
    let told = [("name", name.as_str()), ("kind", "full"), ("affiliation", "here"), ("service", "non_service")];
    secretary.post(&format!("/places/{BRANCH}/members/new"), &told).await.expect(303);
    let roll = people::living_under(world.floor.db.reader(), &branch).await.expect("read");
    let own = roll.iter().find(|(_, person)| person.name == name).expect("in the roll").0.id.0;
    given(world, &keepers, &branch, "P04", 400, date(2022, 6, 9)).await;
    let member = members(world, &branch).await[0];
    // A sanction calls for the community's review.
    let sanction = [
        ("item", "D07"),
        ("quantity", "1"),
        ("occurred_on", "2022-11-20"),
        ("note", "受到警告处分"),
        ("document", "新纪处〔2022〕7号"),
        ("notified_on", "2022-11-25"),
        ("member", &member.to_string()),
    ];
    let mut committee = client(world, &keepers.committee).await;
    committee.post(&format!("/points/places/{BRANCH}/propose"), &sanction).await.expect(303);
    let id = waiting(world, &branch).await[0].to_string();
    secretary.post(&format!("/points/places/{BRANCH}/approve"), &[("entry", &id)]).await.expect(303);
    let mut community = client(world, &keepers.community).await;
    community.get("/messages").await.expect(200).says("提请组织复核");
    let page = format!("/points/2022/members/{member}");
    community.get(&page).await.expect(200).says("受处分，不超过 59 分");

    world.set_date(date(2023, 1, 5));
    settle(world).await;
    let mut send = async |member: MembershipId, item: &str, points: &str, on: &str, notified_on: &str| {
        let fields = [
            ("item", item),
            ("points", points),
            ("occurred_on", on),
            ("notified_on", notified_on),
            ("document", "新组查〔2023〕1号"),
            ("reason", "核对档案"),
        ];
        community.post(&format!("/points/2022/members/{member}/correct"), &fields).await
    };
    send(own, "P04", "3", "2022-12-02", "").await.expect(422).says("不能提出或审核本人的年度积分更正");
    send(member, "P01", "3", "2022-06-09", "").await.expect(422).says("自动计算");
    send(member, "D06", "-10", "2022-06-09", "").await.expect(422).says("扣分前要告知本人");
    send(member, "D06", "-10", "2022-06-09", "2023-01-06").await.expect(422).says("扣分前要告知本人");
    send(member, "D06", "10", "2022-06-09", "").await.expect(422).says("合计的方向不对");
    send(member, "P04", "-2.01", "2022-06-09", "2023-01-04").await.expect(422).says("合计的方向不对");
    send(member, "P04", "1", "2022-03-01", "").await.expect(422).says("还没有生效的积分明细");
    send(member, "P04", "1", "2023-01-01", "").await.expect(422).says("发生日期应在2022年内");
    assert_eq!(bonus(world, &branch, member).await, Points::whole(2), "nothing of it is written");
    send(member, "P04", "-1.5", "2022-06-09", "2023-01-04").await.expect(303);
    assert_eq!(bonus(world, &branch, member).await, Points::whole(2), "another decides");
    // What waits is looked at once more when it is decided: two that took the same back are one too many.
    send(member, "P04", "-1.5", "2022-06-09", "2023-01-04").await.expect(422).says("同样的更正已经提出");
    send(member, "P04", "-1.25", "2022-06-09", "2023-01-04").await.expect(303);
    agreed(world, &branch).await;
    assert_eq!(bonus(world, &branch, member).await, Points(50));
    let mut street = world.officer(OfficeKind::StreetOfficer, &branch.at(Level::Street).expect("a street")).await;
    let second = correction_on(&street.get("/desk").await.expect(200).text());
    street.post(&format!("{second}/approve"), &[]).await.expect(422).says("合计的方向不对");
}
