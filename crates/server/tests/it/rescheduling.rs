//! Another time or place for what members know of already.

use domain::permission::OfficeKind;
use jiff::civil::date;

use crate::{
    own::member_client,
    points::{client, keepers, members},
    stories,
    world::{World, code},
};

stories!(an_activity_is_moved_and_widened, a_meeting_is_moved_with_its_topics);

const BRANCH: &str = "5304270010010001";

async fn an_activity_is_moved_and_widened(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let planned = [
        ("kind", "service"),
        ("title", "清扫楼道"),
        ("date", "2022-11-09"),
        ("time", "０９：００"),
        ("hours", "2"),
        ("venue", "1栋"),
        ("capacity", "1"),
    ];
    let page = secretary.post(&format!("/activities/places/{BRANCH}/new"), &planned).await.expect(303).location;
    let told = |date: &'static str, venue: &'static str, capacity: &'static str, version: &'static str| {
        [
            ("version", version),
            ("date", date),
            ("time", "14:30"),
            ("hours", "2"),
            ("venue", venue),
            ("capacity", capacity),
        ]
    };
    let reschedule = format!("{page}/reschedule");
    // While nobody knows of it, it is simply changed.
    let early = secretary.post(&reschedule, &told("2022-11-12", "2栋", "1", "0")).await.expect(422);
    early.says("策划中");
    secretary.post(&format!("{page}/publish"), &[]).await.expect(303);
    let ids = members(world, &branch).await;
    let people: Vec<String> = ids[..2].iter().map(ToString::to_string).collect();
    for id in &people {
        secretary.post(&format!("{page}/sign-up"), &[("member", id)]).await.expect(303);
    }
    secretary.get(&page).await.expect(200).says("已报名 1 人，候补 1 人").says("value=\"2022-11-09\"");
    let version = version_on(&secretary.get(&page).await.expect(200).text());
    let fields = |date: &'static str, venue: &'static str, capacity: &'static str| {
        let mut fields = told(date, venue, capacity, "");
        fields[0].1 = version.as_str();
        fields
    };
    let past = secretary.post(&reschedule, &fields("2022-11-01", "2栋", "1")).await.expect(422);
    past.says("改后的时间已经过去").says("value=\"2栋\"");
    secretary.post(&reschedule, &fields("2022-11-12", "", "0")).await.expect(422).says("请填写“活动地点”").says("名额");
    secretary.post(&reschedule, &told("2022-11-12", "2栋", "2", "99")).await.expect(409);
    let mut waited = member_client(world, &keepers, ids[1]).await;
    secretary.post(&reschedule, &fields("2022-11-12", "2栋", "2")).await.expect(303);
    let shown = secretary.get(&page).await.expect(200);
    let shown = shown.says("2022年11月12日 14:30").says("2栋").says("已报名 2 人，候补 0 人");
    let mut member = member_client(world, &keepers, ids[0]).await;
    member
        .get("/messages")
        .await
        .expect(200)
        .says("“清扫楼道”（原定2022年11月9日 09:00）改为：2022年11月12日 14:30，2 小时，2栋");
    waited.get("/messages").await.expect(200).says("您已由候补转为报名");
    secretary.get(&page).await.expect(200).says("改时间地点");
    member.get(&page).await.expect(200).does_not_say("经过</h2>");
    let version = version_on(&shown.text());
    let mut fewer = told("2022-11-12", "2栋", "1", "");
    fewer[0].1 = version.as_str();
    secretary.post(&reschedule, &fewer).await.expect(422).says("名额不能少于 2 人");
    fewer[5].1 = "2";
    secretary.post(&reschedule, &fewer).await.expect(422).says("没有改动");
    member.post(&reschedule, &fewer).await.expect(403);
    let mut stranger = world.officer(OfficeKind::BranchSecretary, &code("5304270010010003")).await;
    stranger.post(&reschedule, &fewer).await.expect(404);
    world.set_date(date(2022, 11, 13));
    secretary.post(&reschedule, &fewer).await.expect(422).says("活动已经开始");
    secretary.get(&page).await.expect(200).does_not_say("改时间、地点或名额");
}

fn version_on(page: &str) -> String {
    let field = page.split_once("name=\"version\" value=\"").expect("a version").1;
    field.split_once('"').expect("its end").0.to_owned()
}

async fn a_meeting_is_moved_with_its_topics(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let planned = [
        ("kind", "general"),
        ("title", "支部的会议"),
        ("date", "2022-11-09"),
        ("time", "09:30"),
        ("venue", "党群活动室"),
        ("topic.0.title", "增设充电桩"),
        ("topic.0.matter", "opinion"),
    ];
    let page = secretary.post(&format!("/meetings/places/{BRANCH}/new"), &planned).await.expect(303).location;
    let reschedule = format!("{page}/reschedule");
    let moved = |version, date| [("version", version), ("date", date), ("time", "19:30"), ("venue", "议事厅")];
    secretary.post(&reschedule, &moved("0", "2022-11-10")).await.expect(422).says("拟定中");
    secretary.post(&format!("{page}/publish"), &[]).await.expect(303);
    let version = version_on(&secretary.get(&page).await.expect(200).says("改时间或地点").text());
    secretary
        .post(&reschedule, &moved(&version, "2022-11-01"))
        .await
        .expect(422)
        .says("改后的时间已经过去")
        .says("议事厅");
    secretary.post(&reschedule, &moved("77", "2022-11-10")).await.expect(409);
    secretary.post(&reschedule, &moved(&version, "2022-11-10")).await.expect(303);
    secretary.get(&page).await.expect(200).says("2022年11月10日 19:30").says("议事厅").says("增设充电桩");
    let ids = members(world, &branch).await;
    let mut member = member_client(world, &keepers, ids[0]).await;
    member.get("/messages").await.expect(200).says("（原定2022年11月9日 09:30）改为：2022年11月10日 19:30，议事厅");
    // Its outcome is not written down before the new time, and what was told before is voted on after it.
    world.set_date(date(2022, 11, 10));
    secretary.get(&page).await.expect(200).does_not_say("登记到会和表决</h2>");
    world.set_date(date(2022, 11, 11));
    secretary.get(&page).await.expect(200).says("表决：增设充电桩");
    secretary.post(&reschedule, &moved(&version, "2022-11-20")).await.expect(422).says("会议已经开始");
}
