//! A member on the telephone: coming in by code or link, and the own pages.

use app::{
    meetings::{NewMeeting, NewTopic, convene_meeting, publish_meeting},
    own::hand_out_link,
    people,
    service::{NewWish, publish_wish},
};
use axum::{Json, Router, http::StatusCode, routing::post};
use domain::{
    clock::Instant,
    ids::MembershipId,
    meeting::{Matter, MeetingKind},
    permission::OfficeKind,
};
use jiff::civil::date;
use office::workbook::{Sheet, Workbook};
use platform::sender::{Sender, Sent};

use crate::{
    activities::published_activity,
    client::Client,
    points::{Keepers, adopted, by, client, given, keepers, members},
    stories,
    world::{World, code},
};

stories!(
    a_member_comes_in_by_a_code,
    a_member_comes_in_by_a_link_once,
    a_member_sees_and_does_the_own_things,
    a_member_sees_nobody_elses_things,
    a_wish_for_correction_is_answered,
    a_moved_member_finds_the_new_branch,
    a_member_is_told_of_meetings,
);

const BRANCH: &str = "5304270010010001";

/// A browser in which the member has come in by a link from the branch.
pub async fn member_client(world: &World, keepers: &Keepers, member: MembershipId) -> Client {
    let day = world.floor.clock.now().date();
    let token = hand_out_link(&by(world, &keepers.secretary, day), member).await.expect("a link");
    let mut client = world.visitor();
    let answer = client.post(&format!("/member-link/{token}"), &[]).await.expect(303);
    assert_eq!(answer.location, "/me");
    client
}

/// A correction that waits, asked for by the member.
pub async fn asked_correction(world: &World, keepers: &Keepers, member: MembershipId) -> String {
    let mut client = member_client(world, keepers, member).await;
    client.post("/me/data/correct", &[("body", "楼栋应为 2栋")]).await.expect(303);
    let mut secretary = self::client(world, &keepers.secretary).await;
    secretary.get("/corrections").await.expect(200).between("action=\"/corrections/", "\"")
}

/// A confirmed member with a number of their own.
async fn with_phone(world: &World) -> MembershipId {
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let told = [
        ("name", "王晓梅"),
        ("phone", "13987740001"),
        ("kind", "full"),
        ("affiliation", "here"),
        ("service", "non_service"),
    ];
    secretary.post(&format!("/places/{BRANCH}/members/new"), &told).await.expect(303);
    let roll = people::living_under(world.floor.db.reader(), &code(BRANCH)).await.expect("read");
    roll.into_iter().find(|(_, person)| person.name == "王晓梅").expect("in the roll").0.id.0
}

async fn a_member_comes_in_by_a_code(world: &World) {
    world.import_ledger().await;
    with_phone(world).await;
    let mut visitor = world.visitor();
    visitor.get("/me").await.expect(303);
    visitor.get("/member-sign-in").await.expect(200).says("获取验证码");
    visitor.post("/member-sign-in", &[("name", ""), ("phone", "12")]).await.expect(422).says("请填写“姓名”");
    // Whoever is not in the roll is answered the same, but for the code that trials show.
    let unknown = visitor.post("/member-sign-in", &[("name", "无此人"), ("phone", "13987740002")]).await.expect(200);
    unknown.says("如果这个姓名和手机号在党员名册里").does_not_say("验证码 ");
    let who = [("name", "王晓梅"), ("phone", "13987740001")];
    let sent = visitor.post("/member-sign-in", &who).await.expect(200);
    let good = sent.between("验证码 ", "，");
    visitor.post("/member-sign-in", &who).await.expect(422).says("太频繁");
    // Asking again tells nobody who is in a roll: the answer is the same for who is not.
    let unknown = [("name", "无此人"), ("phone", "13987740002")];
    visitor.post("/member-sign-in", &unknown).await.expect(422).says("太频繁");
    // Nor does a guess: the words are the same, and come no sooner.
    let guess = [unknown[0], unknown[1], ("code", "000000")];
    let begun = std::time::Instant::now();
    visitor.post("/member-sign-in/code", &guess).await.expect(422).says("验证码不对");
    assert!(begun.elapsed() >= std::time::Duration::from_millis(300), "an unknown name takes as long as a known one");
    let with = |code: &'_ str| {
        vec![("name", "王晓梅".to_owned()), ("phone", "13987740001".to_owned()), ("code", code.to_owned())]
    };
    let mut enter = async |code: &str| {
        let told = with(code);
        let told: Vec<(&str, &str)> = told.iter().map(|(name, value)| (*name, value.as_str())).collect();
        visitor.post("/member-sign-in/code", &told).await
    };
    let bad = if good == "000000" { "111111" } else { "000000" };
    enter(bad).await.expect(422).says("验证码不对");
    enter(&good).await.expect(303);
    // A code is good once.
    enter(&good).await.expect(422).says("验证码不对");
    visitor.get("/me").await.expect(200).says("王晓梅");
    // Five wrong guesses use a code up.
    world.set_date(date(2022, 11, 8));
    let mut other = world.visitor();
    let good = other.post("/member-sign-in", &who).await.expect(200).between("验证码 ", "，");
    for _ in 0..5 {
        let told = [who[0], who[1], ("code", if good == "000000" { "111111" } else { "000000" })];
        other.post("/member-sign-in/code", &told).await.expect(422);
    }
    let told = [who[0], who[1], ("code", good.as_str())];
    other.post("/member-sign-in/code", &told).await.expect(422).says("验证码不对");
}

async fn a_member_comes_in_by_a_link_once(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let member = members(world, &branch).await[0];
    let mut secretary = client(world, &keepers.secretary).await;
    let page = secretary.post(&format!("/memberships/{member}/link"), &[]).await.expect(200).says("只显示这一次");
    let token = page.between("/member-link/", "<");
    let mut phone = world.visitor();
    phone.get(&format!("/member-link/{token}")).await.expect(200).says("进入");
    phone.post(&format!("/member-link/{token}"), &[]).await.expect(303);
    phone.get("/me").await.expect(200).says("我的报到");
    phone.get("/desk").await.expect(200);
    // Used, forged and too old are all the same.
    let mut other = world.visitor();
    other.post(&format!("/member-link/{token}"), &[]).await.expect(422).says("已经用过或者过期");
    other.post("/member-link/nothing", &[]).await.expect(422).says("已经用过或者过期");
    let token = hand_out_link(&by(world, &keepers.secretary, date(2022, 11, 7)), member).await.expect("a link");
    world.set_date(date(2022, 11, 15));
    other.post(&format!("/member-link/{token}"), &[]).await.expect(422).says("已经用过或者过期");
    // An officer's account is never opened by it, and the member has no office but the own one.
    phone.get("/places").await.expect(404);
    // Nor does a member report others, or learn by trying who is in another roll.
    phone.get(&format!("/places/{BRANCH}/members/new")).await.expect(404);
    phone.post(&format!("/places/{BRANCH}/members/new"), &[("name", "王晓梅")]).await.expect(404);
    phone.get(&format!("/places/{BRANCH}/members")).await.expect(404);
    let mut elsewhere = world.officer(OfficeKind::BranchSecretary, &code("5304270010010003")).await;
    elsewhere.post(&format!("/memberships/{member}/link"), &[]).await.expect(404);
}

async fn a_member_sees_and_does_the_own_things(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 11, 1)).await;
    world.set_date(date(2022, 11, 10));
    let member = members(world, &branch).await[0];
    given(world, &keepers, &branch, "P04", 200, date(2022, 11, 9)).await;
    let activity = published_activity(world, &keepers, &branch, date(2022, 11, 20), None).await;
    let mut phone = member_client(world, &keepers, member).await;
    phone.get("/me").await.expect(200).says("清扫楼道");
    let points = phone.get("/me/points").await.expect(200).says("怎么算出来的").says("规则：");
    let appeal = format!("/me/points/{}/appeal", points.between("action=\"/me/points/", "/appeal"));
    phone.post(&appeal, &[("text", "")]).await.expect(422);
    phone.post(&appeal, &[("text", "少计一小时")]).await.expect(303);
    phone.post(&appeal, &[("text", "再来")]).await.expect(422);
    // Signing up for oneself.
    let page = format!("/activities/{activity}");
    phone.get(&page).await.expect(200).says("我要报名");
    let id = member.to_string();
    phone.post(&format!("{page}/sign-up"), &[("member", &id)]).await.expect(303);
    phone.get(&page).await.expect(200).says("已报名").says("退出报名");
    // Own service, confirmed by the branch.
    let told = [("title", "帮邻居修水管"), ("date", "2022-11-09"), ("time", "19:00"), ("hours", "1.5")];
    phone.post("/me/service/record", &told).await.expect(303);
    phone.post("/me/service/record", &told).await.expect(422).says("时间重叠").says("帮邻居修水管");
    phone.get("/me/service").await.expect(200).says("帮邻居修水管").says("待确认");
    let mut secretary = client(world, &keepers.secretary).await;
    let new = [("kind", "post"), ("title", "政策宣传岗")];
    secretary.post(&format!("/posts/places/{BRANCH}/new"), &new).await.expect(303);
    let service = phone.get("/me/service").await.expect(200).says("政策宣传岗");
    let post = service.between("action=\"/me/posts/", "/claim");
    phone.post(&format!("/me/posts/{post}/claim"), &[]).await.expect(303);
    let held = phone.get("/me/service").await.expect(200).between("action=\"/me/claims/", "/leave");
    phone.post(&format!("/me/claims/{held}/leave"), &[]).await.expect(303);
    let new = NewWish { title: "换灯泡".to_owned(), body: String::new(), asker: String::new() };
    publish_wish(&by(world, &keepers.secretary, date(2022, 11, 10)), &branch, new).await.expect("published");
    let wish = phone.get("/me/service").await.expect(200).between("action=\"/me/wishes/", "/claim");
    phone.post(&format!("/me/wishes/{wish}/claim"), &[]).await.expect(303);
    phone.post(&format!("/me/wishes/{wish}/finish"), &[("note", "")]).await.expect(422).says("请写明是怎样办好的");
    phone.post(&format!("/me/wishes/{wish}/give-back"), &[]).await.expect(303);
    phone.post(&format!("/me/wishes/{wish}/claim"), &[]).await.expect(303);
    phone.post(&format!("/me/wishes/{wish}/finish"), &[("note", "换好了")]).await.expect(303);
    // The yearly report, and the own data.
    phone.get("/me/report").await.expect(200).says("记录里的情况");
    phone.post("/me/report", &[("body", ""), ("send", "yes")]).await.expect(422).says("请填写“服务情况”");
    phone.post("/me/report", &[("body", "尽力服务。"), ("send", "yes")]).await.expect(303);
    phone.post("/me/report", &[("body", "再改")]).await.expect(422).says("已经报送");
    // In January last year's is still to be written.
    phone.get("/me/report?year=2021").await.expect(200).says("2021年度双报告").says("存为草稿");
    phone.post("/me/report", &[("year", "2021"), ("body", "去年的服务。"), ("send", "yes")]).await.expect(303);
    phone.get("/me/report?year=2021").await.expect(200).says("去年的服务。").says("已报送");
    phone.post("/me/report", &[("year", "1999"), ("body", "再改")]).await.expect(422).says("2022年度双报告");
    // The page and the workbook tell the same, of all years.
    let data = phone.get("/me/data").await.expect(200).says("最近核对").says("历年记录");
    // One entry of the menu is where the reader is, in the menu of the desk and in that of the phone.
    assert_eq!(data.text().matches("aria-current=\"page\"").count(), 2);
    let all = phone.get("/me/data/data.xlsx").await.expect(200);
    let all = Workbook::read(&all.body).expect("a workbook");
    let sheets: Vec<String> = all.sheets().iter().map(|sheet| sheet.name().to_owned()).collect();
    let kept = [
        "基本资料",
        "报到经历",
        "班子任职",
        "计分明细",
        "积分申诉",
        "单位积分",
        "年度积分",
        "服务记录",
        "活动",
        "支部会议",
        "岗位",
        "微心愿",
        "双报告",
        "更正申请",
    ];
    assert_eq!(sheets, kept);
    assert!(kept[1..].iter().all(|name| data.text().contains(&format!("<summary>{name}（"))), "each is on the page");
    for word in ["少计一小时", "帮邻居修水管", "清扫楼道", "政策宣传岗", "换好了", "尽力服务。", "去年的服务。"]
    {
        let is_in = all.sheets().iter().any(|sheet| has(sheet, word));
        assert!(is_in && data.text().contains(word), "{word} is in both");
    }
    // What was signed up for stands apart, also when it is called off.
    phone.get("/me").await.expect(200).says("我报名的活动").says("已报名");
    let cancel = [("reason", "下大雨")];
    secretary.post(&format!("{page}/cancel"), &cancel).await.expect(303);
    phone.get("/me").await.expect(200).says("已取消：下大雨");
}

/// Whether a cell holds `word`.
fn has(sheet: &Sheet, word: &str) -> bool {
    sheet.row_numbers().flat_map(|row| sheet.row_cells(row)).any(|(_, cell)| cell.shown().contains(word))
}

async fn a_member_sees_nobody_elses_things(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 11, 1)).await;
    given(world, &keepers, &branch, "P04", 200, date(2022, 11, 10)).await;
    let people = members(world, &branch).await;
    let line = app::points::lines_of_member(world.floor.db.reader(), &branch, people[0], 2022).await.expect("read");
    let mut phone = member_client(world, &keepers, people[1]).await;
    let appeal = format!("/me/points/{}/appeal", line[0].row.id.0);
    phone.post(&appeal, &[("text", "不是我的")]).await.expect(404);
    phone.get(&format!("/points/2022/members/{}", people[0])).await.expect(404);
    phone.get(&format!("/duty-reports/2022/members/{}", people[0])).await.expect(404);
    phone.get(&format!("/memberships/{}", people[0])).await.expect(404);
    let id = people[0].to_string();
    let activity = published_activity(world, &keepers, &branch, date(2022, 11, 20), None).await;
    phone.post(&format!("/activities/{activity}/sign-up"), &[("member", &id)]).await.expect(404);
    // What another member took on is theirs to give up.
    let mut other = member_client(world, &keepers, people[0]).await;
    let mut secretary = client(world, &keepers.secretary).await;
    secretary.post(&format!("/posts/places/{BRANCH}/new"), &[("kind", "post"), ("title", "调解岗")]).await.expect(303);
    let post = other.get("/me/service").await.expect(200).between("action=\"/me/posts/", "/claim");
    other.post(&format!("/me/posts/{post}/claim"), &[]).await.expect(303);
    let held = other.get("/me/service").await.expect(200).between("action=\"/me/claims/", "/leave");
    phone.post(&format!("/me/claims/{held}/leave"), &[]).await.expect(404);
}

async fn a_wish_for_correction_is_answered(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let member = members(world, &branch).await[0];
    let id = asked_correction(world, &keepers, member).await;
    let mut secretary = client(world, &keepers.secretary).await;
    secretary.get("/desk").await.expect(200).says("处理党员的更正申请（1 件）");
    let answer = format!("/corrections/{id}");
    // What the branch typed stays beside the one it answered, and nowhere else.
    asked_correction(world, &keepers, members(world, &branch).await[1]).await;
    let kept = secretary.post(&answer, &[("is_done", "yes"), ("answer", " ")]).await.expect(422);
    let kept = kept.says("请写明怎样更正的");
    assert_eq!(kept.text().matches("value=\" \"").count(), 1);
    secretary.post(&answer, &[("is_done", "yes"), ("answer", "已改为 2栋")]).await.expect(303);
    secretary.post(&answer, &[("is_done", "yes"), ("answer", "再来")]).await.expect(409);
    let mut phone = member_client(world, &keepers, member).await;
    phone.get("/me/data").await.expect(200).says("已改为 2栋").says("已更正");
    phone.post("/me/data/correct", &[("body", "")]).await.expect(422).says("请填写“要更正的内容”");
}

async fn a_moved_member_finds_the_new_branch(world: &World) {
    world.import_ledger().await;
    let (branch, to) = (code(BRANCH), code("5304270010010003"));
    let keepers = keepers(world, &branch).await;
    let member = with_phone(world).await;
    let mut phone = member_client(world, &keepers, member).await;
    phone.get("/me").await.expect(200);
    let mut secretary = client(world, &keepers.secretary).await;
    let told = [("branch", to.as_str()), ("ended_on", "2022-11-07"), ("reason", "搬家")];
    secretary.post(&format!("/memberships/{member}/end"), &told).await.expect(303);
    // The office ends with the registration.
    phone.get("/me").await.expect(303);
    let mut two = world.officer(OfficeKind::BranchSecretary, &to).await;
    let roll = people::living_under(world.floor.db.reader(), &to).await.expect("read");
    let next = roll.into_iter().find(|(_, person)| person.name == "王晓梅").expect("waits").0.id.0.to_string();
    two.post(&format!("/places/{to}/members/confirm"), &[("member", &next)]).await.expect(303);
    let token = two.post(&format!("/memberships/{next}/link"), &[]).await.expect(200).between("/member-link/", "<");
    phone.post(&format!("/member-link/{token}"), &[]).await.expect(303);
    phone.get("/me").await.expect(200).says("王晓梅");
}

async fn a_member_is_told_of_meetings(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let people = members(world, &branch).await;
    let mut phone = member_client(world, &keepers, people[0]).await;
    let op = by(world, &keepers.secretary, date(2022, 11, 7));
    let topic = NewTopic {
        title: "讨论积分明细".to_owned(),
        text: "草案见附件。".to_owned(),
        matter: Matter::Report,
        election: None,
    };
    let new = NewMeeting {
        group: None,
        kind: MeetingKind::General,
        title: "第四季度党员大会".to_owned(),
        starts_at: Instant::at(date(2022, 11, 20).at(19, 0, 0, 0)),
        venue: "党群活动室".to_owned(),
        topics: vec![topic],
    };
    let id = convene_meeting(&op, &branch, new).await.expect("convened");
    let page = format!("/me/meetings/{id}");
    // Nobody is told before it is announced.
    phone.get("/me").await.expect(200).does_not_say("第四季度党员大会");
    phone.get(&page).await.expect(404);
    publish_meeting(&op, id).await.expect("announced");
    phone.get("/me").await.expect(200).says("近期会议").says("第四季度党员大会").says("讨论积分明细");
    phone.get("/messages").await.expect(200).says("/me/meetings");
    phone.get("/me/meetings").await.expect(200).says("第四季度党员大会").says("还没有登记过的会议");
    phone.get(&page).await.expect(200).says("草案见附件。").says("党群活动室");
    let mut other = world.officer(OfficeKind::Member, &code("5304270010010003")).await;
    other.get(&page).await.expect(404);
}

#[tokio::test]
async fn a_webhook_is_sent_the_text() {
    let taken = post(|Json(body): Json<serde_json::Value>| async move {
        let is_right = body["phone"] == "13987740001" && body["text"] == "验证码 123456";
        if is_right { StatusCode::NO_CONTENT } else { StatusCode::BAD_REQUEST }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}/send", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, Router::new().route("/send", taken)).await });
    let sender = Sender::Webhook(address.clone());
    assert_eq!(sender.send("13987740001", "验证码 123456").await.ok(), Some(Sent::Away));
    assert!(sender.send("13987740001", "别的").await.is_err(), "a refusal of the provider is told");
    assert!(Sender::Webhook(address.replace("/send", "/nowhere")).send("1", "2").await.is_err());
    assert!(Sender::Nowhere.send("1", "2").await.is_err());
}
