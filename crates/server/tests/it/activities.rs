//! Activities through HTTP: places that run out, hours that cannot be, and points for what was done.

use app::activities::{NewActivity, plan_activity, publish_activity, sign_up};
use domain::{
    activity::{ActivityKind, TakingPart},
    clock::Instant,
    ids::ActivityId,
    permission::OfficeKind,
    place::PlaceCode,
};
use jiff::civil::{Date, date};

use crate::{
    points::{Keepers, adopted, by, client, keepers, members, waiting},
    stories,
    world::{World, code, county},
};

stories!(
    an_activity_is_published_signed_up_for_and_summed_up,
    the_last_place_is_given_once,
    what_cannot_be_is_refused_in_words,
    trainings_are_counted_and_calendars_fed,
);

const BRANCH: &str = "5304270010010001";

/// A service activity of the branch at nine on `day`, which members know of.
pub async fn published_activity(
    world: &World,
    keepers: &Keepers,
    branch: &PlaceCode,
    day: Date,
    capacity: Option<i32>,
) -> ActivityId {
    let new = NewActivity {
        kind: ActivityKind::Service,
        title: "清扫楼道".to_owned(),
        text: String::new(),
        starts_at: Instant::at(day.at(9, 0, 0, 0)),
        hours: 200,
        venue: "1栋".to_owned(),
        capacity,
        audience: String::new(),
    };
    let op = by(world, &keepers.secretary, date(2022, 11, 7));
    let id = plan_activity(&op, branch, new).await.expect("planned");
    publish_activity(&op, id).await.expect("published");
    id
}

async fn an_activity_is_published_signed_up_for_and_summed_up(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 11, 1)).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let fields = [
        ("kind", "service"),
        ("title", "清扫楼道"),
        ("date", "2022-11-09"),
        ("time", "09:00"),
        ("hours", "2"),
        ("venue", "1栋"),
        ("capacity", "1"),
    ];
    let page = secretary.post(&format!("/activities/places/{BRANCH}/new"), &fields).await.expect(303).location;
    let sign_up = format!("{page}/sign-up");
    let people: Vec<String> = members(world, &branch).await[..3].iter().map(ToString::to_string).collect();
    secretary.post(&sign_up, &[("member", &people[0])]).await.expect(422).says("策划中");
    secretary.post(&format!("{page}/publish"), &[]).await.expect(303);
    secretary.post(&sign_up, &[("member", "")]).await.expect(422).says("请选择党员");
    secretary.post(&sign_up, &[("member", &people[0])]).await.expect(303);
    secretary.post(&sign_up, &[("member", &people[0])]).await.expect(422).says("已经报过名");
    secretary.post(&sign_up, &[("member", &people[1])]).await.expect(303);
    secretary.get(&page).await.expect(200).says("已报名 1 人，候补 1 人");
    // Whoever gives up a place lets the first waiting one in.
    secretary.post(&format!("{page}/sign-off"), &[("member", &people[0])]).await.expect(303);
    secretary.post(&format!("{page}/sign-off"), &[("member", &people[0])]).await.expect(422).says("没有报名记录");
    secretary.get(&page).await.expect(200).says("已报名 1 人，候补 0 人");
    let sum_up = format!("{page}/sum-up");
    secretary.post(&sum_up, &[("text", "x")]).await.expect(422).says("还没有开始");

    world.set_date(date(2022, 11, 10));
    secretary.post(&sign_up, &[("member", &people[2])]).await.expect(422).says("报名已截止");
    secretary.get("/desk").await.expect(200).says("总结“清扫楼道”并登记参加人员");
    let (first, second) = (format!("hours.{}", people[1]), format!("hours.{}", people[2]));
    let told = |hours: &'static str, text: &'static str| {
        [
            ("came", people[1].as_str()),
            (first.as_str(), "2"),
            ("came", people[2].as_str()),
            (second.as_str(), hours),
            ("text", text),
            ("residents", "40"),
        ]
    };
    secretary.post(&sum_up, &told("13", "扫净三栋")).await.expect(422).says("不超过 12 小时").says("扫净三栋");
    secretary.post(&sum_up, &told("0", "扫净三栋")).await.expect(422).says("不超过 12 小时");
    secretary.post(&sum_up, &told("两小时", "扫净三栋")).await.expect(422).says("两小时");
    secretary.post(&sum_up, &told("3", "")).await.expect(422).says("请填写“活动总结”");
    assert!(waiting(world, &branch).await.is_empty(), "nothing is half-written");
    secretary.post(&sum_up, &told("3", "扫净三栋")).await.expect(303);
    secretary.get(&page).await.expect(200).says("提出 2 笔计分").says("扫净三栋").says("40 人");
    assert_eq!(waiting(world, &branch).await.len(), 2);
    secretary.post(&sum_up, &told("3", "再来")).await.expect(422).says("已总结");
    let mut other = world.officer(OfficeKind::BranchSecretary, &code("5304270010010003")).await;
    other.get(&page).await.expect(404);
    other.post(&sign_up, &[("member", &people[0])]).await.expect(404);

    // At the same time nobody serves at two places (R-DUTY-02).
    let same = published_activity(world, &keepers, &branch, date(2022, 11, 9), None).await;
    let clash = secretary.post(&format!("/activities/{same}/sum-up"), &told("3", "重复")).await.expect(422);
    clash.says("时间重叠").says("清扫楼道");
}

async fn the_last_place_is_given_once(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let id = published_activity(world, &keepers, &branch, date(2022, 11, 20), Some(1)).await;
    let people = members(world, &branch).await;
    let (one, two) =
        (by(world, &keepers.secretary, date(2022, 11, 8)), by(world, &keepers.committee, date(2022, 11, 8)));
    let (first, second) = tokio::join!(sign_up(&one, id, people[0]), sign_up(&two, id, people[1]));
    let mut parts = [first.expect("signed up"), second.expect("signed up")];
    parts.sort_unstable();
    assert_eq!(parts, [TakingPart::Signed, TakingPart::Waiting]);
}

async fn what_cannot_be_is_refused_in_words(world: &World) {
    world.import_ledger().await;
    let keepers = keepers(world, &code(BRANCH)).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let new = format!("/activities/places/{BRANCH}/new");
    let wrong = [("title", "活动"), ("date", "明天"), ("time", "9点"), ("hours", "13"), ("capacity", "-1")];
    let answer = secretary.post(&new, &wrong).await.expect(422);
    answer
        .says("请选择“活动种类”")
        .says("不是有效日期")
        .says("例如 09:30")
        .says("不超过 12 小时")
        .says("13")
        .says("9点");
    let late = published_activity(world, &keepers, &code(BRANCH), date(2022, 11, 20), None).await;
    let page = format!("/activities/{late}");
    secretary.post(&format!("{page}/cancel"), &[("reason", " ")]).await.expect(422).says("请写明取消的原因");
    secretary.post(&format!("{page}/cancel"), &[("reason", "下雨改期")]).await.expect(303);
    secretary.get(&page).await.expect(200).says("已取消").says("下雨改期");
    secretary.post(&format!("{page}/publish"), &[]).await.expect(422).says("已取消");
    // A member of another branch cannot be signed up here.
    let open = published_activity(world, &keepers, &code(BRANCH), date(2022, 11, 21), None).await;
    let stranger = members(world, &code("5304270010010003")).await[0].to_string();
    secretary.post(&format!("/activities/{open}/sign-up"), &[("member", &stranger)]).await.expect(404);
}

async fn trainings_are_counted_and_calendars_fed(world: &World) {
    world.import_ledger().await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    officer.get("/activities/places/530427").await.expect(200).says("今年已办培训班（期）：0 / 2");
    let fields = [
        ("kind", "training"),
        ("title", "支部书记培训班"),
        ("date", "2022-11-09"),
        ("time", "09:00"),
        ("hours", "6"),
        ("venue", "县委党校"),
        ("audience", "支部书记、业委会成员、楼栋长"),
    ];
    let page = officer.post("/activities/places/530427/new", &fields).await.expect(303).location;
    // Before it is published nobody else sees it.
    let mut branch = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    branch.get(&page).await.expect(404);
    officer.post(&format!("{page}/publish"), &[]).await.expect(303);
    branch.get(&page).await.expect(200).says("支部书记、业委会成员、楼栋长");
    branch.get(&format!("/activities/places/{BRANCH}")).await.expect(200).says("支部书记培训班");
    world.set_date(date(2022, 11, 10));
    officer.post(&format!("{page}/sum-up"), &[("text", "到课 96 人"), ("residents", "")]).await.expect(303);
    officer.get("/activities/places/530427").await.expect(200).says("1 / 2");
    let feed = world.visitor().get(&format!("/activities/places/{BRANCH}/calendar.ics")).await.expect(200).text();
    assert!(feed.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"), "{feed}");
    assert!(feed.contains("DTSTART:20221109T010000Z\r\n") && feed.contains("SUMMARY:支部书记培训班\r\n"), "{feed}");
    world.visitor().get("/activities/places/530427/calendar.ics").await.expect(404);
}
