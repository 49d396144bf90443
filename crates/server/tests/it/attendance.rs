//! Who came to an activity, set right after it was summed up, with the points that follow.

use app::{
    activities::{Summary, served_in_year, sum_up_activity},
    points::{approve_entries, lines_of_member},
};
use domain::points::EntryState;
use jiff::civil::date;

use crate::{
    activities::published_activity,
    points::{adopted, by, client, keepers, members, waiting},
    stories,
    world::{World, code},
};

stories!(attendance_is_set_right_with_its_points);

const BRANCH: &str = "5304270010010001";

async fn attendance_is_set_right_with_its_points(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 11, 1)).await;
    let id = published_activity(world, &keepers, &branch, date(2022, 11, 9), None).await;
    let people = members(world, &branch).await;
    let came = [(people[0], 200), (people[1], 200)].into();
    let told = Summary { came, text: "扫净三栋".to_owned(), ..Summary::default() };
    let secretary_on = |day| by(world, &keepers.secretary, date(2022, 11, day));
    sum_up_activity(&secretary_on(10), id, told).await.expect("summed up");
    // One line is approved, the other still waits.
    let lines = async |member| {
        let lines = lines_of_member(world.floor.db.reader(), &branch, member, 2022).await.expect("read");
        lines.into_iter().map(|it| (it.row.state.0, it.row.points.0.short())).collect::<Vec<_>>()
    };
    let all = waiting(world, &branch).await;
    let db = world.floor.db.reader();
    let first = lines_of_member(db, &branch, people[0], 2022).await.expect("read")[0].row.id.0;
    approve_entries(&by(world, &keepers.committee, date(2022, 11, 10)), &branch, &[first]).await.expect("approved");
    assert_eq!(all.len(), 2);

    world.set_date(date(2022, 11, 11));
    let mut secretary = client(world, &keepers.secretary).await;
    let page = format!("/activities/{id}");
    secretary.get(&page).await.expect(200).says("更正到场情况").says("（已参加，2 小时）");
    let correct = format!("{page}/correct");
    let told = |member: &str, presence: &str, hours: &str, reason: &str| {
        [("member", member), ("presence", presence), ("corrected_hours", hours), ("correction", reason)]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let mut post = async |member: &str, presence: &str, hours: &str, reason: &str| {
        let fields = told(member, presence, hours, reason);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        secretary.post(&correct, &fields).await
    };
    let (one, two, three) = (people[0].to_string(), people[1].to_string(), people[2].to_string());
    post("", "absent", "", "看错").await.expect(422).says("请选择党员");
    post(&one, "", "", "看错").await.expect(422).says("请选择是否到场").says("看错");
    post(&one, "absent", "", " ").await.expect(422).says("请填写“更正原因”");
    post(&one, "came", "13", "看错").await.expect(422).says("不超过 12 小时");
    post(&one, "came", "2", "看错").await.expect(422).says("没有要更正的");
    // Who was not there: what is in effect gets an entry against it, what waited is rejected.
    post(&one, "absent", "", "签到表看错一行").await.expect(303);
    post(&two, "absent", "", "签到表看错一行").await.expect(303);
    let (state, points) = lines(people[1]).await.remove(0);
    assert_eq!((state, points.as_str()), (EntryState::Rejected, "1"));
    let of_first = lines(people[0]).await;
    assert!(of_first.contains(&(EntryState::Approved, "1".to_owned())), "{of_first:?}");
    assert!(of_first.contains(&(EntryState::Proposed, "-1".to_owned())), "{of_first:?}");
    // Who was there and not noted, and for longer than noted.
    post(&three, "came", "1.5", "签在空行里").await.expect(303);
    post(&three, "came", "3", "签退时间看错").await.expect(303);
    let served = served_in_year(db, &branch, 2022).await.expect("read");
    assert!(!served.contains_key(&people[0]) && !served.contains_key(&people[1]), "{served:?}");
    assert_eq!(served.get(&people[2]).map(|it| (it.activities, it.hours)), Some((1, 300)));
    let of_third = lines(people[2]).await;
    assert!(of_third.contains(&(EntryState::Proposed, "1.5".to_owned())), "{of_third:?}");
    // What is right again counts only together with what takes the wrong one back.
    post(&one, "came", "2", "核对签退表，确实到场").await.expect(303);
    secretary.get(&page).await.expect(200).says("（已参加，3 小时）").says("更正");
    let mut committee = client(world, &keepers.committee).await;
    committee.get(&format!("/points/2022/places/{BRANCH}")).await.expect(200).says("更正到场情况：签到表看错一行");
    let ids = waiting(world, &branch).await;
    let of_first = lines_of_member(db, &branch, people[0], 2022).await.expect("read");
    let new = of_first.iter().find(|it| it.row.state.0 == EntryState::Proposed && it.row.reverses.is_none());
    let alone = [new.expect("proposed anew").row.id.0];
    let approver = || by(world, &keepers.committee, date(2022, 11, 11));
    assert!(approve_entries(&approver(), &branch, &alone).await.is_err(), "the old one still stands");
    approve_entries(&approver(), &branch, &ids).await.expect("approved");
    let line = committee.get(&format!("/points/2022/members/{}", people[0])).await.expect(200);
    line.says("60.00 + 1.00 − 0.00 = 61.00");
}
