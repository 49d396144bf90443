//! Activities through HTTP: places that run out, hours that cannot be, and points for what was done.

use app::{
    activities::{
        NewActivity, WhenAndWhere, plan_activity, publish_activity, served_in_year, sign_off, sign_up, signed_up_by,
    },
    members::end_registration,
    people::{self, Departure},
};
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
    trainings_are_counted_for_everybody_above_a_branch,
    who_came_to_a_larger_activity_is_noted,
    what_was_held_on_paper_is_entered_later,
    nobody_confirms_their_own_hours_and_a_theme_day_is_no_service,
    who_waited_is_told_of_the_place,
);

const BRANCH: &str = "5304270010010001";
const COMMUNITY: &str = "530427001001";

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
        at: WhenAndWhere { starts_at: Instant::at(day.at(9, 0, 0, 0)), hours: 200, venue: "1栋".to_owned(), capacity },
        audiences: Vec::new(),
        audience: String::new(),
        is_with_service: false,
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
    let kept = secretary.post(&sum_up, &told("3", "")).await.expect(422).says("请填写“活动总结”");
    assert_eq!(kept.text().matches(" checked").count(), 2, "the ticks stay");
    // Who signed up and did not come stays without a tick, also when nobody has one.
    let kept = secretary.post(&sum_up, &[("text", ""), (first.as_str(), "")]).await.expect(422);
    assert_eq!(kept.text().matches(" checked").count(), 0, "no tick comes back");
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

async fn trainings_are_counted_for_everybody_above_a_branch(world: &World) {
    world.import_ledger().await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    officer.get("/activities/places/530427").await.expect(200).says("2022年已办培训班（期）：0 / 2");
    let fields = training();
    let page = officer.post("/activities/places/530427/new", &fields).await.expect(303).location;
    // Before it is published nobody else sees it, and what is planned may still change.
    let mut branch = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    branch.get(&page).await.expect(404);
    let edit = format!("{page}/edit");
    branch.get(&edit).await.expect(403);
    officer.get(&edit).await.expect(200).says("修改活动");
    let mut changed = fields.clone();
    changed[1] = ("title", "支部书记轮训班");
    changed.push(("version", "7"));
    officer.post(&edit, &changed).await.expect(409);
    changed.pop();
    changed.push(("version", "0"));
    officer.post(&edit, &changed).await.expect(303);
    officer.post(&format!("{page}/publish"), &[]).await.expect(303);
    officer.post(&edit, &changed).await.expect(422).says("已发布");
    branch.get(&page).await.expect(200).says("支部书记、业委会成员；社区民警").says("不计服务时长");
    branch.get(&format!("/activities/places/{BRANCH}")).await.expect(200).says("支部书记轮训班");
    world.set_date(date(2022, 11, 10));
    // The roll of a county is no tick list: who signed on a spare line is looked up by name.
    let member = members(world, &code(BRANCH)).await[0];
    let person =
        people::persons_of(world.floor.db.reader(), [member]).await.expect("read").remove(&member).expect("one");
    let query = percent_encoded(&person.name);
    let found = officer.get(&format!("{page}?name={query}")).await.expect(200).says(&person.name);
    assert!(found.text().contains(&member.to_string()), "the member is offered");
    officer.post(&format!("{page}/attend"), &[("member", &member.to_string())]).await.expect(303);
    officer.post(&format!("{page}/attend"), &[("member", &member.to_string())]).await.expect(422).says("已经报过名");
    branch.post(&format!("{page}/attend"), &[("member", &member.to_string())]).await.expect(403);
    let hours = format!("hours.{member}");
    let told = [
        ("came", &*member.to_string()),
        (hours.as_str(), "6"),
        ("text", "到课 96 人"),
        ("residents", ""),
        ("owners", "40"),
        ("stewards", "55"),
    ]
    .map(|(name, value)| (name, value.to_owned()));
    let told: Vec<(&str, &str)> = told.iter().map(|(name, value)| (*name, value.as_str())).collect();
    officer.post(&format!("{page}/sum-up"), &told).await.expect(303);
    officer.get(&page).await.expect(200).says("业委会成员 40 人，楼栋长 55 人");
    // What a branch trains is its own; the county's counts for the street and the community too.
    let own = branch.post(&format!("/activities/places/{BRANCH}/new"), &fields).await.expect(303).location;
    branch.post(&format!("{own}/sum-up"), &[("text", "没有人来")]).await.expect(422).says("没有勾选到场的党员");
    branch.post(&format!("{own}/sum-up"), &[("text", "支部自己的学习"), ("stewards", "6")]).await.expect(303);
    branch.get(&format!("/activities/places/{BRANCH}?year=2022&month=all")).await.expect(200).says("支部书记培训班");
    officer.get("/activities/places/530427").await.expect(200).says("1 / 2");
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    let page = community.get(&format!("/activities/places/{COMMUNITY}")).await.expect(200);
    page.says("含上级举办的）：1 / 2");
    // Training is no service.
    community.get(&format!("/service-hours/2022/places/{BRANCH}")).await.expect(200).says("0 小时");
    officer.get("/activities/places/530427?year=2021").await.expect(200).says("2021年已办培训班（期）：0 / 2");
}

fn training() -> Vec<(&'static str, &'static str)> {
    vec![
        ("kind", "training"),
        ("title", "支部书记培训班"),
        ("date", "2022-11-09"),
        ("time", "09:00"),
        ("hours", "6"),
        ("venue", "县委党校"),
        ("audiences", "secretaries"),
        ("audiences", "owners"),
        ("audience", "社区民警"),
    ]
}

pub fn percent_encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

async fn who_came_to_a_larger_activity_is_noted(world: &World) {
    world.import_ledger().await;
    let (one, two) = (code(BRANCH), code("5304270010010003"));
    let keepers = keepers(world, &one).await;
    let mut community = client(world, &keepers.community).await;
    let fields = [
        ("kind", "culture"),
        ("title", "邻里节"),
        ("date", "2022-11-08"),
        ("time", "09:00"),
        ("hours", "3"),
        ("venue", "广场"),
        ("with_service", "yes"),
    ];
    let page = community.post(&format!("/activities/places/{COMMUNITY}/new"), &fields).await.expect(303).location;
    community.post(&format!("{page}/publish"), &[]).await.expect(303);
    world.set_date(date(2022, 11, 9));
    // The roll holds everybody of the community's branches, signed up or not.
    let shown = community.get(&page).await.expect(200).text();
    let (first, second) = (members(world, &one).await[0].to_string(), members(world, &two).await[0].to_string());
    assert!(shown.contains(&first) && shown.contains(&second), "both branches are in the tick list");
    let hours = [format!("hours.{first}"), format!("hours.{second}")];
    let told = [
        ("came", first.as_str()),
        (hours[0].as_str(), "3"),
        ("came", second.as_str()),
        (hours[1].as_str(), "2.5"),
        ("text", "办了邻里节"),
    ];
    community.post(&format!("{page}/sum-up"), &told).await.expect(303);
    // Its organiser said that members served at it.
    for (branch, hours) in [(BRANCH, "3 小时"), ("5304270010010003", "2.5 小时")] {
        community.get(&format!("/service-hours/2022/places/{branch}")).await.expect(200).says(hours);
    }
}

async fn what_was_held_on_paper_is_entered_later(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 11, 1)).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let fields = [
        ("kind", "service"),
        ("title", "入户走访"),
        ("date", "2022-11-05"),
        ("time", "09:00"),
        ("hours", "2"),
        ("venue", "2栋"),
    ];
    let page = secretary.post(&format!("/activities/places/{BRANCH}/new"), &fields).await.expect(303).location;
    secretary.get("/desk").await.expect(200).says("总结“入户走访”并登记参加人员");
    secretary.post(&format!("{page}/publish"), &[]).await.expect(422).says("请直接补登");
    secretary.get(&page).await.expect(200).says("补登活动");
    let member = members(world, &branch).await[0].to_string();
    let hours = format!("hours.{member}");
    let told = [("came", member.as_str()), (hours.as_str(), "2"), ("text", "走访 20 户")];
    secretary.post(&format!("{page}/sum-up"), &told).await.expect(303);
    secretary.get(&page).await.expect(200).says("已总结").says("提出 1 笔计分");
    // What of last year is open is not forgotten on New Year's Day.
    published_activity(world, &keepers, &branch, date(2022, 12, 30), None).await;
    world.set_date(date(2023, 1, 2));
    secretary.get("/desk").await.expect(200).says("总结“清扫楼道”并登记参加人员");
}

async fn nobody_confirms_their_own_hours_and_a_theme_day_is_no_service(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 11, 1)).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let secretary_name = keepers.secretary.1.name.clone();
    let own = [
        ("name", secretary_name.as_str()),
        ("phone", "13987740009"),
        ("kind", "full"),
        ("affiliation", "here"),
        ("service", "non_service"),
    ];
    secretary.post(&format!("/places/{BRANCH}/members/new"), &own).await.expect(303);
    let roll = people::living_under(world.floor.db.reader(), &branch).await.expect("read");
    let (line, _) = roll.iter().find(|(_, person)| person.name == secretary_name).expect("the secretary's own line");
    let (id, other) = (line.id.0.to_string(), members(world, &branch).await[0].to_string());
    let service = published_activity(world, &keepers, &branch, date(2022, 11, 9), None).await;
    world.set_date(date(2022, 11, 10));
    let (mine, theirs) = (format!("hours.{id}"), format!("hours.{other}"));
    let came = |hours: &'static str| {
        [
            ("came", id.clone()),
            (mine.as_str(), hours.to_owned()),
            ("came", other.clone()),
            (theirs.as_str(), hours.to_owned()),
        ]
    };
    let told = came("2");
    let mut fields: Vec<(&str, &str)> = told.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fields.push(("text", "扫净三栋"));
    secretary.post(&format!("/activities/{service}/sum-up"), &fields).await.expect(303);
    let page = secretary.get(&format!("/activities/{service}")).await.expect(200);
    page.says("提出 1 笔计分").says("您自己的时长已列入待确认的服务");
    let hours = format!("/service-hours/2022/places/{BRANCH}");
    let waits = secretary.get(&hours).await.expect(200).says("待确认的服务").says("2 小时");
    let record = waits.between("name=\"record\" value=\"", "\"");
    let confirm = format!("/service-hours/places/{BRANCH}/confirm");
    secretary.post(&confirm, &[("record", &record)]).await.expect(422).says("由支部另一名同志确认");
    let mut committee = client(world, &keepers.committee).await;
    committee.post(&confirm, &[("record", &record)]).await.expect(303);
    assert_eq!(waiting(world, &branch).await.len(), 2, "one for each who served");
    let db = world.floor.db.reader();
    let served = served_in_year(db, &branch, 2022).await.expect("read");
    let own = served.get(&line.id.0).copied().unwrap_or_default();
    assert_eq!((own.activities, own.records, own.hours), (1, 0, 200), "counted once");

    // A theme day is no service, and no two things are done at once whichever they are.
    let theme = [
        ("kind", "theme_day"),
        ("title", "主题党日"),
        ("date", "2022-11-09"),
        ("time", "15:00"),
        ("hours", "2"),
        ("venue", "党群活动室"),
    ];
    let theme = secretary.post(&format!("/activities/places/{BRANCH}/new"), &theme).await.expect(303).location;
    let fields = [("came", other.as_str()), (theirs.as_str(), "2"), ("text", "学习")];
    secretary.post(&format!("{theme}/sum-up"), &fields).await.expect(303);
    let served = served_in_year(db, &branch, 2022).await.expect("read");
    let theirs = served.get(&other.parse().expect("an id")).copied().unwrap_or_default();
    assert_eq!((theirs.activities, theirs.hours), (2, 200), "the theme day counts as coming, not as service");
}

async fn who_waited_is_told_of_the_place(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let id = published_activity(world, &keepers, &branch, date(2022, 11, 20), Some(1)).await;
    let ones = members(world, &branch).await;
    let op = by(world, &keepers.secretary, date(2022, 11, 8));
    assert_eq!(sign_up(&op, id, ones[0]).await.expect("signed up"), TakingPart::Signed);
    assert_eq!(sign_up(&op, id, ones[1]).await.expect("signed up"), TakingPart::Waiting);
    let db = world.floor.db.reader();
    let now = Instant::at(date(2022, 11, 8).at(9, 0, 0, 0));
    let part = async |member| signed_up_by(db, member, now).await.expect("read").remove(0).1;
    assert_eq!(part(ones[1]).await.promoted_at, None);
    // Who leaves the branch is off the list with the same deed, and makes room.
    let departure = Departure { on: date(2022, 11, 8), reason: "转出".to_owned() };
    end_registration(&op, ones[0], departure).await.expect("ended");
    let promoted = part(ones[1]).await;
    assert_eq!((promoted.state.0, promoted.promoted_at.is_some()), (TakingPart::Signed, true));
    assert!(sign_off(&op, id, ones[0]).await.is_err(), "nothing is left to sign off");
}
