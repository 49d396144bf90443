//! What members take on and report, through HTTP: hours done singly, posts and teams, wishes, the yearly reports.

use app::{
    people,
    service::{
        NewPost, NewReport, NewWish, claim_post, claims_of_member, give_feedback, publish_wish, set_up_post, wishes_of,
        write_report,
    },
};
use domain::{
    ids::MembershipId,
    permission::OfficeKind,
    place::{Level, PlaceCode},
    service::{PostKind, PostState, WishState},
};
use jiff::civil::date;

use crate::{
    points::{Keepers, adopted, by, client, keepers, members, waiting},
    stories,
    world::{World, code, county},
};

stories!(
    hours_done_singly_are_confirmed_by_somebody_else,
    hours_that_cannot_be_are_refused,
    a_post_is_taken_on_and_counts_by_half_years,
    the_last_post_is_given_once,
    a_wish_is_confirmed_by_who_asked,
    a_wish_is_not_confirmed_by_who_fulfilled_it_alone,
    members_and_communities_report_once_a_year,
    who_leaves_gives_up_posts_and_wishes,
    a_wish_that_was_not_done_by_who_left_waits_for_another,
    a_closing_year_is_told_as_the_reason,
);

const BRANCH: &str = "5304270010010001";

/// A post that a member took on, and a wish that waits.
pub async fn taken_on(world: &World, keepers: &Keepers, branch: &PlaceCode) -> (String, String, String) {
    let op = by(world, &keepers.secretary, date(2022, 11, 7));
    let new = NewPost {
        kind: PostKind::Post,
        title: "政策宣传岗".to_owned(),
        duty: String::new(),
        places: Some(1),
        state: PostState::Open,
    };
    let post = set_up_post(&op, branch, new).await.expect("set up");
    let member = members(world, branch).await[0];
    claim_post(&op, post, member).await.expect("claimed");
    let db = world.floor.db.reader();
    let claim = claims_of_member(db, member).await.expect("read").remove(0).0.id.0;
    let new = NewWish { title: "换灯泡".to_owned(), body: String::new(), asker: "李奶奶 1栋".to_owned() };
    publish_wish(&op, branch, new).await.expect("published");
    let wish = wishes_of(db, branch, WishState::ALL).await.expect("read").remove(0).id.0;
    (post.to_string(), claim.to_string(), wish.to_string())
}

/// A report of the member and the community's feedback, as the member's unit received them.
pub async fn received(world: &World, keepers: &Keepers, member: MembershipId) {
    let (line, _) = people::membership(world.floor.db.reader(), member).await.expect("read").expect("there");
    let unit = line.unit.expect("in service").0.at(Level::Unit).expect("a unit");
    let community = line.branch.0.at(Level::Community).expect("a community");
    let new = || NewReport { body: "参加了清扫。".to_owned(), plan: String::new(), is_sent: true };
    let day = date(2022, 11, 12);
    write_report(&by(world, &keepers.secretary, day), member, 2022, new()).await.expect("sent");
    give_feedback(&by(world, &keepers.community, day), &community, &unit, 2022, new()).await.expect("sent");
}

async fn hours_done_singly_are_confirmed_by_somebody_else(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 11, 1)).await;
    world.set_date(date(2022, 11, 20));
    let (mut one, mut two) = (client(world, &keepers.secretary).await, client(world, &keepers.committee).await);
    let people: Vec<String> = members(world, &branch).await[..2].iter().map(ToString::to_string).collect();
    let page = format!("/service-hours/2022/places/{BRANCH}");
    let record = format!("/service-hours/places/{BRANCH}/record");
    let told = [
        ("member", people[0].as_str()),
        ("member", people[1].as_str()),
        ("title", "上门量血压"),
        ("date", "2022-11-19"),
        ("time", "09:00"),
        ("hours", "2.5"),
        ("venue", "3栋"),
    ];
    one.post(&record, &told).await.expect(303);
    let waiting_page = two.get(&page).await.expect(200).says("上门量血压").says("2.5 小时");
    let text = waiting_page.text();
    let ids: Vec<&str> =
        text.split("name=\"record\" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids.len(), 2);
    let confirm = format!("/service-hours/places/{BRANCH}/confirm");
    one.post(&confirm, &[("record", ids[0])]).await.expect(422).says("要由支部另一名同志确认");
    two.post(&confirm, &[]).await.expect(422).says("请勾选服务记录");
    two.post(&confirm, &[("record", ids[0])]).await.expect(303);
    two.post(&confirm, &[("record", ids[0])]).await.expect(422).says("已确认");
    let reject = format!("/service-hours/places/{BRANCH}/reject");
    two.post(&reject, &[("record", ids[1]), ("reason", " ")]).await.expect(422).says("请写明不予确认的原因");
    two.post(&reject, &[("record", ids[1]), ("reason", "当天没有到场")]).await.expect(303);
    assert_eq!(waiting(world, &branch).await.len(), 1, "points are proposed for what is confirmed");
    let withdrawal = two.get(&page).await.expect(200).says("2.5 小时").says("撤销已确认的服务");
    withdrawal.says("上门量血压 2.5 小时");
    two.get(&format!("{page}/hours.xlsx")).await.expect(200);
    let mut officer = client(world, &keepers.community).await;
    officer.get("/service-hours/2022/places/530427001001").await.expect(200).says("1 人").says("2.5 小时");
    let mut other = world.officer(OfficeKind::BranchSecretary, &code("5304270010010003")).await;
    other.post(&confirm, &[("record", ids[1])]).await.expect(404);
    other.post("/service-hours/places/5304270010010003/confirm", &[("record", ids[1])]).await.expect(404);

    // What was confirmed by mistake is taken back, with the points that still waited.
    let withdraw = format!("/service-hours/places/{BRANCH}/withdraw");
    two.post(&withdraw, &[]).await.expect(422).says("请选择要撤销的服务记录");
    two.post(&withdraw, &[("withdrawn", ids[1]), ("why", "x")]).await.expect(422).says("已确认的才能撤销");
    two.post(&withdraw, &[("withdrawn", ids[0]), ("why", " ")]).await.expect(422).says("请写明撤销的原因");
    other.post(&withdraw, &[("withdrawn", ids[0]), ("why", "x")]).await.expect(404);
    two.post(&withdraw, &[("withdrawn", ids[0]), ("why", "登记了两次")]).await.expect(303);
    two.post(&withdraw, &[("withdrawn", ids[0]), ("why", "x")]).await.expect(422).says("已撤销");
    two.get(&page).await.expect(200).does_not_say("2.5 小时");
    assert_eq!(waiting(world, &branch).await.len(), 0, "nothing is proposed for what did not happen");
    officer.get("/service-hours/2022/places/530427001001").await.expect(200).says("0 小时");
}

async fn hours_that_cannot_be_are_refused(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &branch).await;
    let member = members(world, &branch).await[0].to_string();
    let stranger = members(world, &code("5304270010010003")).await[0].to_string();
    let record = format!("/service-hours/places/{BRANCH}/record");
    let told = |member: &'_ str, date: &'static str, time: &'static str, hours: &'static str| {
        vec![
            ("member".to_owned(), member.to_owned()),
            ("title".to_owned(), "清扫楼道".to_owned()),
            ("date".to_owned(), date.to_owned()),
            ("time".to_owned(), time.to_owned()),
            ("hours".to_owned(), hours.to_owned()),
        ]
    };
    let mut send = async |told: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = told.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        secretary.post(&record, &fields).await
    };
    send(told(&member, "2022-11-06", "08:00", "12.01")).await.expect(422).says("不超过 12 小时").says("清扫楼道");
    send(told(&member, "2022-11-06", "08:00", "0")).await.expect(422).says("应大于 0");
    send(told(&member, "2022-11-07", "08:00", "8")).await.expect(422).says("还没有结束");
    send(told(&member, "2020-11-07", "08:00", "2")).await.expect(422).says("今年和去年");
    send(told(&member, "2022-11-06", "八点", "2")).await.expect(422).says("例如 09:30");
    send(told(&member, "", "08:00", "")).await.expect(422).says("服务日期").says("服务时长");
    send(told("", "2022-11-06", "08:00", "2")).await.expect(404);
    send(told(&stranger, "2022-11-06", "08:00", "2")).await.expect(404);
    send(told(&member, "2022-11-06", "08:00", "8")).await.expect(303);
    send(told(&member, "2022-11-06", "15:00", "2")).await.expect(422).says("时间重叠").says("清扫楼道");
    send(told(&member, "2022-11-06", "16:00", "4.5")).await.expect(422).says("当天已登记 8 小时");
    send(told(&member, "2022-11-06", "16:00", "4")).await.expect(303);
}

async fn a_post_is_taken_on_and_counts_by_half_years(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 11, 1)).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let page = format!("/posts/places/{BRANCH}");
    let new = format!("{page}/new");
    secretary.get(&page).await.expect(200).says("还没有设置岗位");
    secretary.post(&new, &[("kind", "post")]).await.expect(422).says("请填写“名称”");
    secretary.post(&new, &[("kind", "team"), ("title", "水电维修服务队"), ("places", "1")]).await.expect(303);
    let text = secretary.get(&page).await.expect(200).says("水电维修服务队").says("0 / 1 人");
    let claim = format!("/posts/{}/claim", text.between("action=\"/posts/", "/claim\""));
    let people: Vec<String> = members(world, &branch).await[..2].iter().map(ToString::to_string).collect();
    secretary.post(&claim, &[]).await.expect(422).says("请选择党员");
    secretary.post(&claim, &[("member", &people[0])]).await.expect(303);
    secretary.post(&claim, &[("member", &people[0])]).await.expect(422).says("已经认领过");
    secretary.post(&claim, &[("member", &people[1])]).await.expect(422).says("名额已满");
    // The roll shows what members hold.
    secretary.get(&format!("/memberships/{}", people[0])).await.expect(200).says("水电维修服务队");
    let held = secretary.get(&page).await.expect(200).between("/posts/claims/", "/leave");
    let kept = format!("/posts/claims/{held}/kept");
    secretary.post(&kept, &[]).await.expect(422).says("还不满半年").says("2023年5月7日");
    world.set_date(date(2023, 5, 7));
    secretary.get("/desk").await.expect(200).says("登记岗位履职满半年（1 人）");
    secretary.post(&kept, &[]).await.expect(303);
    assert_eq!(waiting(world, &branch).await.len(), 1);
    secretary.post(&kept, &[]).await.expect(422).says("2023年11月7日");
    let edit = claim.replace("/claim", "");
    let changed = [("version", "0"), ("kind", "team"), ("title", "水电队"), ("places", "0"), ("duty", "修水管")];
    let refused = secretary.post(&edit, &changed).await.expect(422);
    // The form that was sent is the one that opens again, with what was typed.
    let refused = refused
        .says("<details class=\"confirm\" open><summary class=\"btn\">修改")
        .says("value=\"水电队\"")
        .says("修水管");
    assert!(!refused.text().contains("<details class=\"deed\" open>"), "the form for a new post stays closed");
    let changed = [("version", "0"), ("kind", "team"), ("title", "水电队"), ("is_closed", "yes")];
    secretary.post(&edit, &changed).await.expect(303);
    secretary.post(&edit, &changed).await.expect(409);
    secretary.post(&claim, &[("member", &people[1])]).await.expect(422).says("停止认领");
    secretary.post(&format!("/posts/claims/{held}/leave"), &[]).await.expect(303);
    secretary.post(&format!("/posts/claims/{held}/leave"), &[]).await.expect(422).says("没有在岗记录");
}

async fn the_last_post_is_given_once(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let (one, two) =
        (by(world, &keepers.secretary, date(2022, 11, 7)), by(world, &keepers.committee, date(2022, 11, 7)));
    let new = NewPost {
        kind: PostKind::Post,
        title: "调解岗".to_owned(),
        duty: String::new(),
        places: Some(1),
        state: PostState::Open,
    };
    let post = set_up_post(&one, &branch, new).await.expect("set up");
    let people = members(world, &branch).await;
    let (first, second) = tokio::join!(claim_post(&one, post, people[0]), claim_post(&two, post, people[1]));
    assert!(first.is_ok() != second.is_ok(), "one place is given once");
}

async fn a_wish_is_confirmed_by_who_asked(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 11, 1)).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let page = format!("/wishes/places/{BRANCH}");
    secretary.post(&format!("{page}/new"), &[("title", "")]).await.expect(422).says("请填写“心愿”");
    let fields = [("title", "给独居老人换灯泡"), ("body", "客厅的灯坏了"), ("asker", "李奶奶 13987740077")];
    let told = secretary.post(&format!("{page}/new"), &fields).await.expect(303);
    let words = secretary.get(&told.location).await.expect(200).says("只显示这一次");
    let code_shown = words.between("凭它确认：", "（");
    // Who asked is looked up one at a time, and each look is recorded.
    secretary.get(&page).await.expect(200).says("待认领").does_not_say("李奶奶");
    let wish = wishes_of(world.floor.db.reader(), &branch, WishState::ALL).await.expect("read").remove(0).id.0;
    let wish = format!("/wishes/{wish}");
    secretary.post(&format!("{wish}/asker"), &[]).await.expect(200).says("李奶奶 13987740077").says("记录在案");
    let member = members(world, &branch).await[0].to_string();
    let finish = format!("{wish}/finish");
    secretary.post(&finish, &[("note", "换好了")]).await.expect(422).says("待认领");
    secretary.post(&format!("{wish}/claim"), &[("member", &member)]).await.expect(303);
    secretary.post(&format!("{wish}/claim"), &[("member", &member)]).await.expect(422).says("已认领");
    secretary.post(&finish, &[("note", " ")]).await.expect(422).says("请写明是怎样办好的");
    secretary.post(&finish, &[("note", "换了节能灯")]).await.expect(303);
    let mut asker = world.visitor();
    asker.post("/wish", &[("code", "1234")]).await.expect(422).says("查询码应为 16 位");
    asker.post("/wish", &[("code", "K7QD-3M2X-9VTA-5HJR")]).await.expect(422).says("没有这个查询码");
    asker.post("/wish", &[("code", &code_shown)]).await.expect(200).says("换了节能灯").says("确认已实现");
    // What is not done after all goes back to who took it on.
    let undone = [("code", code_shown.as_str()), ("reason", "")];
    asker.post("/wish/undone", &undone).await.expect(422).says("请写明原因").says("换了节能灯");
    let undone = [("code", code_shown.as_str()), ("reason", "灯还不亮")];
    asker.post("/wish/undone", &undone).await.expect(303);
    asker.post("/wish/undone", &undone).await.expect(422).says("已认领");
    secretary.get(&page).await.expect(200).says("还没有办好").says("灯还不亮");
    secretary.post(&finish, &[("note", "换了镇流器")]).await.expect(303);
    let undo = format!("{wish}/undo");
    secretary.post(&undo, &[("reason", " ")]).await.expect(422).says("请写明原因");
    secretary.post(&undo, &[("reason", "还差灯罩")]).await.expect(303);
    secretary.post(&finish, &[("note", "装好了灯罩")]).await.expect(303);
    secretary.get(&page).await.expect(200).does_not_say("还差灯罩");
    asker.post("/wish/confirm", &[("code", &code_shown)]).await.expect(303);
    asker.post("/wish/confirm", &[("code", &code_shown)]).await.expect(422).says("已实现");
    assert_eq!(waiting(world, &branch).await.len(), 1, "points are proposed");
    secretary.get(&page).await.expect(200).says("由提出心愿的人确认").does_not_say("查看</button>");
    secretary.post(&format!("{wish}/asker"), &[]).await.expect(422).says("已经办结");
    secretary.post(&format!("{wish}/withdraw"), &[("reason", "x")]).await.expect(422).says("已实现");
}

async fn a_wish_is_not_confirmed_by_who_fulfilled_it_alone(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let (_, _, wish) = taken_on(world, &keepers, &branch).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let member = members(world, &branch).await[0].to_string();
    secretary.post(&format!("/wishes/{wish}/confirm"), &[]).await.expect(422).says("待认领");
    secretary.post(&format!("/wishes/{wish}/claim"), &[("member", &member)]).await.expect(303);
    secretary.post(&format!("/wishes/{wish}/give-back"), &[]).await.expect(303);
    secretary.post(&format!("/wishes/{wish}/claim"), &[("member", &member)]).await.expect(303);
    secretary.post(&format!("/wishes/{wish}/finish"), &[("note", "换好了")]).await.expect(303);
    secretary.get("/desk").await.expect(200).says("确认办好的微心愿（1 个）");
    secretary.post(&format!("/wishes/{wish}/confirm"), &[]).await.expect(303);
    let mut other = world.officer(OfficeKind::BranchSecretary, &code("5304270010010003")).await;
    other.post(&format!("/wishes/{wish}/withdraw"), &[("reason", "x")]).await.expect(404);
}

async fn members_and_communities_report_once_a_year(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let member = members(world, &branch).await[0];
    let report = format!("/duty-reports/2022/members/{member}");
    secretary.get(&format!("/duty-reports/2022/places/{BRANCH}")).await.expect(200).says("未写");
    secretary.get(&report).await.expect(200).says("服务时长 0 小时");
    secretary.post(&report, &[("body", ""), ("send", "yes")]).await.expect(422).says("请填写“服务情况”");
    secretary.post(&report, &[("body", "参加了清扫。"), ("plan", "继续。")]).await.expect(303);
    secretary.get(&report).await.expect(200).says("参加了清扫。");
    let (line, _) = people::membership(world.floor.db.reader(), member).await.expect("read").expect("there");
    let unit = line.unit.expect("in service").0.at(Level::Unit).expect("a unit");
    let mut contact = world.officer(OfficeKind::UnitContact, &unit).await;
    contact.get(&format!("/units/{unit}/reports/2022")).await.expect(200).does_not_say("参加了清扫");
    secretary.post(&report, &[("body", "参加了清扫和护学。"), ("send", "yes")]).await.expect(303);
    secretary.post(&report, &[("body", "再改")]).await.expect(422).says("已经报送");
    secretary.get(&format!("{report}/report.docx")).await.expect(200);
    secretary.post(&format!("{report}/return"), &[]).await.expect(303);
    secretary.post(&format!("{report}/return"), &[]).await.expect(422).says("还没有报送");
    secretary.post(&report, &[("body", "参加了清扫和护学。"), ("send", "yes")]).await.expect(303);

    let mut community = client(world, &keepers.community).await;
    let list =
        community.get("/duty-reports/2022/places/530427001001").await.expect(200).says("1 份").says("向单位反馈");
    let feedback = format!("/duty-reports/2022/units/{unit}/communities/530427001001");
    assert!(list.text().contains(&feedback));
    community.get(&feedback).await.expect(200).says("在本社区报到的在职党员");
    community.post(&feedback, &[("body", "表现积极。"), ("send", "yes")]).await.expect(303);
    community.post(&feedback, &[("body", "再改")]).await.expect(422).says("已经报送");
    community.get(&format!("{feedback}/feedback.docx")).await.expect(200);
    let mut other = world.officer(OfficeKind::CommunityOfficer, &code("530427001002")).await;
    other.get(&feedback).await.expect(404);
    // The unit's contact is told, and reads what was sent, whatever becomes of it later.
    let inbox = format!("/units/{unit}/reports/2022");
    contact.get("/messages").await.expect(200).says("年度反馈").says(&inbox);
    contact.get(&format!("/units/{unit}")).await.expect(200).says(&inbox);
    contact.get(&inbox).await.expect(200).says("参加了清扫和护学。").says("表现积极。");
    contact.get(&format!("{inbox}/members/{member}/report.docx")).await.expect(200);
    contact.get(&format!("{inbox}/communities/530427001001/feedback.docx")).await.expect(200);
    contact.get(&format!("/units/{unit}/reports/2021")).await.expect(200).says("还没有收到党员报告");
    let mut stranger = world.officer(OfficeKind::UnitContact, &code("530427-0005")).await;
    stranger.get(&inbox).await.expect(404);
    stranger.get(&format!("/units/530427-0005/reports/2022/members/{member}/report.docx")).await.expect(404);
    community.post(&format!("{feedback}/correct"), &[]).await.expect(303);
    community.post(&format!("{feedback}/correct"), &[]).await.expect(422).says("还没有报送");
    community.post(&feedback, &[("body", "表现突出。")]).await.expect(303);
    contact.get(&inbox).await.expect(200).says("表现积极。").says("正在更正").does_not_say("表现突出");
    community.post(&feedback, &[("body", "表现突出。"), ("send", "yes")]).await.expect(303);
    contact.get(&inbox).await.expect(200).says("表现突出。").does_not_say("表现积极");
    community.get(&feedback).await.expect(200).says("以前报送的版本").says("表现积极。");
}

async fn who_leaves_gives_up_posts_and_wishes(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let (post, _, wish) = taken_on(world, &keepers, &branch).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let people = members(world, &branch).await;
    let (gone, stays) = (people[0].to_string(), people[1].to_string());
    secretary.post(&format!("/wishes/{wish}/claim"), &[("member", &gone)]).await.expect(303);
    let figures = async |year| {
        app::service::figures_of_member(world.floor.db.reader(), &branch, people[0], year).await.expect("read").posts
    };
    assert_eq!((figures(2021).await, figures(2022).await, figures(2023).await), (0, 1, 1));
    let told = [("ended_on", "2022-11-07"), ("reason", "调到外县")];
    secretary.post(&format!("/memberships/{gone}/end"), &told).await.expect(303);
    secretary.get(&format!("/posts/places/{BRANCH}")).await.expect(200).says("0 / 1 人");
    secretary.get(&format!("/wishes/places/{BRANCH}")).await.expect(200).says("待认领");
    // The place is free for another, and what was held this year stays in the figures of this year only.
    secretary.post(&format!("/posts/{post}/claim"), &[("member", &stays)]).await.expect(303);
    assert_eq!((figures(2022).await, figures(2023).await), (1, 0));
    world.set_date(date(2023, 6, 1));
    secretary.get("/desk").await.expect(200).says("登记岗位履职满半年（1 人）");
}

async fn a_wish_that_was_not_done_by_who_left_waits_for_another(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let (_, _, wish) = taken_on(world, &keepers, &branch).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let people = members(world, &branch).await;
    let (gone, stays) = (people[0].to_string(), people[1].to_string());
    secretary.post(&format!("/wishes/{wish}/claim"), &[("member", &gone)]).await.expect(303);
    secretary.post(&format!("/wishes/{wish}/finish"), &[("note", "换好了")]).await.expect(303);
    let told = [("ended_on", "2022-11-07"), ("reason", "调到外县")];
    secretary.post(&format!("/memberships/{gone}/end"), &told).await.expect(303);
    // What was told to be done still waits to be confirmed, and is denied as ever.
    secretary.post(&format!("/wishes/{wish}/undo"), &[("reason", "灯还不亮")]).await.expect(303);
    let page = format!("/wishes/places/{BRANCH}");
    secretary.get(&page).await.expect(200).says("待认领").says("灯还不亮").does_not_say("退回认领");
    secretary.post(&format!("/wishes/{wish}/claim"), &[("member", &stays)]).await.expect(303);
    secretary.post(&format!("/wishes/{wish}/finish"), &[("note", "换了镇流器")]).await.expect(303);
    secretary.post(&format!("/wishes/{wish}/confirm"), &[]).await.expect(303);
}

async fn a_closing_year_is_told_as_the_reason(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    adopted(world, &keepers, &branch, date(2022, 11, 1)).await;
    let (_, _, wish) = taken_on(world, &keepers, &branch).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let member = members(world, &branch).await[0].to_string();
    secretary.post(&format!("/wishes/{wish}/claim"), &[("member", &member)]).await.expect(303);
    secretary.post(&format!("/wishes/{wish}/finish"), &[("note", "换好了")]).await.expect(303);
    world.set_date(date(2023, 1, 5));
    let mut county = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    county.post("/points-years/2022/close", &[]).await.expect(303);
    secretary.post(&format!("/wishes/{wish}/confirm"), &[]).await.expect(303);
    let page = format!("/wishes/places/{BRANCH}");
    secretary.get(&page).await.expect(200).says("微心愿已实现").says("2022年度积分已开始结算").says("没有提出计分");
    assert!(waiting(world, &branch).await.is_empty(), "nothing is proposed in a closing year");
}
