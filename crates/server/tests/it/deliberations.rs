//! Deliberation through HTTP: from a matter that is raised to work that is done, with and without the owners' vote.

use app::{
    deliberations::{
        Announcement, NewMatter, NewSeat, NewSession, announce_session, keep_branch_opinion, raise_deliberation,
        record_session, take_up_deliberation,
    },
    places,
};
use domain::{
    deliberation::{DeliberationOrigin, DeliberationTopic, Party, Stance},
    ids::DeliberationId,
    meeting::Matter as Topic,
    owners::Matter,
    permission::OfficeKind,
    place::PlaceCode,
};
use jiff::civil::date;

use crate::{
    client::{Answer, Client},
    deliberation_papers::{photos_come_with_progress, signed_minutes_are_kept, signed_minutes_stay},
    notices::document_text,
    owner_votes::{call_back, closed_poll, compound, fields, open, vote},
    points::{Keepers, by, client, keepers, resolved},
    stories,
    world::{World, code, county},
};

stories!(
    a_matter_goes_its_way_to_the_end,
    an_opinion_is_no_substitute_for_the_owners_vote,
    what_is_missing_is_refused_in_words,
    what_was_not_agreed_on_goes_back_or_ends,
);

pub const BRANCH: &str = "5304270010010001";
const OTHER_BRANCH: &str = "5304270010010003";
pub const COMMUNITY: &str = "530427001001";
const MATTER: &str = "3栋、5栋楼道照明改造";

/// What the form of a session says.
const SESSION: &[(&str, &str)] = &[
    ("chair", "李书记"),
    ("branch.names", "李书记、王委员"),
    ("branch.stance", "for"),
    ("branch.words", "按支部党员大会意见办"),
    ("committee.names", "赵主任"),
    ("committee.stance", "conditional"),
    ("committee.words", "费用要公开"),
    ("property.names", "钱经理"),
    ("property.stance", "for"),
    ("property.words", "负责施工配合"),
    ("residents.names", "孙桂芳、周大勇、吴小妹"),
    ("residents.stance", "for"),
    ("residents.words", "越快越好"),
    ("agreed", "true"),
    ("result", "更换声控灯 48 盏，费用从公共收益列支"),
    ("dissent", "业委会要求每笔费用公开"),
    ("next_owner", "物业服务处"),
];

fn with<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields = SESSION.to_vec();
    fields.retain(|(field, _)| *field != name);
    fields.push((name, value));
    fields
}

async fn matter(world: &World, branch: &PlaceCode, vote: Option<Matter>) -> NewMatter {
    let compounds = places::compounds_of(world.floor.db.reader(), std::slice::from_ref(branch)).await;
    NewMatter {
        compound: compounds.expect("read")[0].id.0,
        topic: if vote.is_some() { DeliberationTopic::Fund } else { DeliberationTopic::Facilities },
        origin: DeliberationOrigin::Residents,
        vote,
        voice: None,
        title: MATTER.to_owned(),
        text: "楼道灯坏了一半，老人夜里不敢下楼。".to_owned(),
    }
}

/// A session on the first of November, with one opinion.
pub async fn deliberated(world: &World, keepers: &Keepers, branch: &PlaceCode, vote: Option<Matter>) -> DeliberationId {
    let secretary = |month, day| by(world, &keepers.secretary, date(2022, month, day));
    let id = raise_deliberation(&secretary(10, 20), branch, matter(world, branch, vote).await).await.expect("raised");
    take_up_deliberation(&secretary(10, 20), id, date(2022, 10, 23)).await.expect("taken up");
    let resolution = resolved(world, keepers, branch, Topic::Compound, date(2022, 10, 25)).await;
    keep_branch_opinion(&secretary(10, 26), id, resolution.id.0).await.expect("an opinion");
    let new =
        Announcement { on: date(2022, 11, 1), time: "下午3点".to_owned(), venue: "红色议事厅".to_owned() };
    announce_session(&secretary(10, 26), id, new).await.expect("announced");
    let seat = |party: &Party| NewSeat {
        party: *party,
        names: "孙桂芳、周大勇、吴小妹".to_owned(),
        stance: Stance::For,
        words: "同意".to_owned(),
    };
    let session = NewSession {
        chair: "李书记".to_owned(),
        seats: Party::ALL.iter().map(seat).collect(),
        is_agreed: true,
        result: "更换声控灯".to_owned(),
        dissent: "无".to_owned(),
        next_owner: "物业服务处".to_owned(),
    };
    record_session(&secretary(11, 1), id, session).await.expect("held");
    id
}

pub async fn raised(world: &World, secretary: &mut Client) -> String {
    let compound = places::compounds_of(world.floor.db.reader(), &[code(BRANCH)]).await.expect("read")[0].id.0;
    let compound = compound.to_string();
    let fields = [
        ("title", MATTER),
        ("text", "楼道灯坏了一半，老人夜里不敢下楼。"),
        ("compound", compound.as_str()),
        ("topic", "facilities"),
        ("vote", "none"),
        ("origin", "residents"),
    ];
    secretary.post("/deliberations/new", &fields).await.expect(303).location
}

pub async fn do_it(client: &mut Client, thread: &str, deed: &str, fields: &[(&str, &str)]) {
    client.post(&format!("{thread}/{deed}"), fields).await.expect(303);
}

/// The public page of a thread.
pub fn hall(thread: &str) -> String {
    format!("/deliberation-hall/{}", thread.rsplit('/').next().expect("an id"))
}

/// The decision as the page begins it.
fn drafted(page: &Answer) -> String {
    page.between("name=\"decision\"", "</textarea>").split_once(">\n").expect("a text area").1.to_owned()
}

async fn a_matter_goes_its_way_to_the_end(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let thread = raised(world, &mut secretary).await;
    let hall = hall(&thread);
    secretary.get("/desk").await.expect(200).says("受理议题：3栋、5栋楼道照明改造");
    world.visitor().get(&hall).await.expect(404);
    do_it(&mut secretary, &thread, "take-up", &[("until", "2022-11-10")]).await;

    // Residents say what they think, in the hall or to the branch.
    let list = format!("/deliberation-hall/at/{BRANCH}");
    world.visitor().get(&format!("/directory/{BRANCH}")).await.expect(200).says(&list);
    world.visitor().get(&list).await.expect(200).says(MATTER).says("我来提意见").says("征集到2022年11月10日");
    world.visitor().post(&hall, &[("words", "  ")]).await.expect(422).says("请填写“您的意见”");
    world.visitor().post(&hall, &[("words", "灯要装亮一点")]).await.expect(303);
    let told = [("words", "赞成，早该换了"), ("channel", "visit"), ("name", "李桂芬")];
    do_it(&mut secretary, &thread, "view", &told).await;
    world.visitor().get(&hall).await.expect(200).says("2 条").does_not_say("灯要装亮一点");
    secretary.get(&thread).await.expect(200).says("灯要装亮一点").says("上门听取").does_not_say("登记支部意见</h2>");

    // The branch's opinion comes after the views.
    world.set_date(date(2022, 11, 11));
    world.visitor().post(&hall, &[("words", "来晚了")]).await.expect(422).says("现在不征集意见");
    secretary.get("/desk").await.expect(200).says("形成支部意见：");
    secretary.get(&thread).await.expect(200).says("去支部会议");
    let resolution = resolved(world, &keepers, &branch, Topic::Compound, date(2022, 11, 11)).await;
    secretary.get(&thread).await.expect(200).says(&resolution.title);
    do_it(&mut secretary, &thread, "opinion", &[("resolution", &resolution.id.0.to_string())]).await;
    secretary.get(&thread).await.expect(200).says("支部意见").says(&resolution.words());

    let announced = [("session_on", "2022-11-14"), ("session_time", "下午3点"), ("venue", "红色议事厅")];
    do_it(&mut secretary, &thread, "announce", &announced).await;
    world.visitor().get(&hall).await.expect(200).says("2022年11月14日下午3点，红色议事厅");
    let blank = secretary.get(&format!("{thread}/minutes.docx")).await.expect(200);
    assert!(document_text(blank.body).contains("2022年11月14日下午3点"));
    secretary.post(&format!("{thread}/session"), SESSION).await.expect(422).says("议事以后再登记");
    world.set_date(date(2022, 11, 14));
    secretary.get("/desk").await.expect(200).says("召开议事会并登记：");
    do_it(&mut secretary, &thread, "session", SESSION).await;
    signed_minutes_are_kept(world, &mut secretary, &thread).await;
    let minutes = format!("{thread}/minutes.docx?number=1");
    let text = document_text(secretary.get(&minutes).await.expect(200).body);
    for words in ["孙桂芳、周大勇、吴小妹", "有条件赞成", "业委会要求每笔费用公开", "物业服务处", "达成一致"]
    {
        assert!(text.contains(words), "the minutes say {words}");
    }
    secretary.get(&format!("{thread}/minutes.docx?number=2")).await.expect(404);

    // What was agreed on is not typed twice.
    let page = secretary.get(&thread).await.expect(200).says("已商定，待公布");
    let decision = drafted(&page);
    for words in ["更换声控灯 48 盏", "2022年11月14日", "2022年11月11日支部党员大会通过意见", "物业服务处"]
    {
        assert!(decision.contains(words), "{decision}");
    }
    world.visitor().get(&hall).await.expect(200).does_not_say("48 盏");
    do_it(&mut secretary, &thread, "publish", &[("decision", &decision)]).await;
    world.visitor().get(&hall).await.expect(200).says("更换声控灯 48 盏").does_not_say("孙桂芳").does_not_say("赵主任");

    world.set_date(date(2022, 11, 20));
    let early = [("reached_on", "2022-11-13"), ("progress", "进场"), ("amount", "")];
    secretary.post(&format!("{thread}/progress"), &early).await.expect(422).says("2022年11月14日 到").says("进场");
    let reached = [("reached_on", "2022-11-18"), ("progress", "装好 48 盏"), ("amount", "3,840")];
    photos_come_with_progress(world, &mut secretary, &thread, &reached).await;
    world.visitor().get(&hall).await.expect(200).says("装好 48 盏").says("3,840.00");
    let rating = format!("{hall}/rating");
    world.visitor().post(&rating, &[("rating", "good")]).await.expect(422).says("现在不请居民评价");
    let accepted = |until| {
        let what = [("accepted_on", "2022-11-20"), ("accepted_by", "业委会和居民代表"), ("acceptance", "都亮了")];
        [what[0], what[1], what[2], ("rates_until", until)]
    };
    let short = secretary.post(&format!("{thread}/accept"), &accepted("2022-11-21")).await.expect(422);
    short.says("居民评价的截止日期应在 2022年11月23日").says("都亮了");
    do_it(&mut secretary, &thread, "accept", &accepted("2022-11-24")).await;

    // Residents rate what was done, and it is not closed before.
    world.visitor().get(&hall).await.expect(200).says("我来评价").does_not_say("收到 0 份");
    world.visitor().post(&rating, &[("remark", "挺好")]).await.expect(422).says("请选择“满意不满意”").says("挺好");
    for (said, remark) in [("good", "亮堂多了"), ("good", ""), ("fair", ""), ("bad", "")] {
        world.visitor().post(&rating, &[("rating", said), ("remark", remark)]).await.expect(303);
    }
    secretary.get(&thread).await.expect(200).says("收到 4 份，满 5 份以后公布结果");
    world.visitor().get(&hall).await.expect(200).does_not_say("收到 4 份").does_not_say("亮堂多了");
    secretary.post(&format!("{thread}/rating"), &[("rating", "good")]).await.expect(422).says("请选择“评价来源”");
    do_it(&mut secretary, &thread, "rating", &[("rating", "good"), ("rated_by", "window")]).await;
    let told = "收到 5 份：满意 3，基本满意 1，不满意 1；满意率（满意和基本满意）80.0%";
    secretary.get(&thread).await.expect(200).says(told).says("亮堂多了").says("登记居民评价");
    secretary.get("/desk").await.expect(200).does_not_say("办结：");
    secretary
        .post(&format!("{thread}/close"), &[("closing", "由物业管护")])
        .await
        .expect(422)
        .says("居民评价到 2022年11月24日 截止");
    world.set_date(date(2022, 11, 25));
    world.visitor().post(&rating, &[("rating", "bad")]).await.expect(422).says("现在不请居民评价");
    world.visitor().get(&hall).await.expect(200).says(told).does_not_say("亮堂多了");
    secretary.get("/desk").await.expect(200).says("办结：");
    do_it(&mut secretary, &thread, "close", &[("closing", "由物业管护")]).await;
    signed_minutes_stay(&mut secretary, &thread).await;
    world.visitor().get(&hall).await.expect(200).says("已办结").says("业委会和居民代表验收");
    secretary.get("/deliberations").await.expect(200).does_not_say(MATTER);
    secretary.get("/deliberations?show=over").await.expect(200).says(MATTER);

    // The community sends back what was closed too early; the branch itself cannot.
    let give_back = format!("{thread}/return");
    secretary.post(&give_back, &[("return", "没有")]).await.expect(403);
    let mut community = client(world, &keepers.community).await;
    community.post(&give_back, &[]).await.expect(422).says("请填写“退回的原因”");
    do_it(&mut community, &thread, "return", &[("return", "5 栋还有两盏不亮")]).await;
    secretary.get("/messages").await.expect(200).says("社区退回了已办结的议题〔2022〕第1号");
    secretary
        .get(&thread)
        .await
        .expect(200)
        .says("实施中")
        .says("5 栋还有两盏不亮")
        .says("此前居民评价收到 5 份")
        .does_not_say("居民评价</h2>");
    let found = platform::audit::verify(world.floor.db.reader()).await.expect("walked");
    assert!(found.broken.is_empty());
}

async fn an_opinion_is_no_substitute_for_the_owners_vote(world: &World) {
    let (mut secretary, mut community, poll) = open(world, &[]).await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let id = deliberated(world, &keepers, &branch, Some(Matter::FundUse)).await;
    let thread = format!("/deliberations/threads/{id}");
    secretary.get("/desk").await.expect(200).says("关联业主表决：");
    secretary.get(&thread).await.expect(200).says("待业主表决").says("议事意见不能代替业主表决");
    secretary.post(&format!("{thread}/publish"), &[("decision", "就这么办")]).await.expect(422).says("待业主表决");
    let (link, go_on) = (format!("{thread}/poll"), format!("{thread}/vote"));
    secretary.post(&go_on, &[]).await.expect(422).says("请先选择对应的业主表决");
    // A poll of another compound is none of this one's.
    let other = code(OTHER_BRANCH);
    let others = crate::points::keepers(world, &other).await;
    let foreign = closed_poll(world, &others, &other).await.poll;
    secretary.post(&link, &[("poll", &foreign)]).await.expect(422).says("请选择本小区的业主表决");
    secretary.post(&link, &[]).await.expect(422).says("请选择“业主表决”");
    let poll_id = |poll: &str| poll.rsplit('/').next().expect("an id").to_owned();
    do_it(&mut secretary, &thread, "poll", &[("poll", &poll_id(&poll))]).await;
    secretary.post(&go_on, &[]).await.expect(422).says("还没有公布结果");

    // The first vote fails.
    for (room, choice, name) in [
        ("3栋101", "against", "李小明"),
        ("3栋201", "against", "赵六一"),
        ("5栋101", "for", "钱七一"),
        ("商铺1", "against", "新平县供销社"),
    ] {
        vote(&mut secretary, &poll, room, choice, name).await.expect(303);
    }
    world.set_date(date(2022, 12, 8));
    call_back(&mut community, &poll, "confirmed").await;
    do_it(&mut secretary, &poll, "tally", &[]).await;
    // Counted, and nobody's business yet.
    secretary.post(&go_on, &[]).await.expect(422).says("还没有公布结果");
    do_it(&mut secretary, &poll, "publish", &[]).await;
    secretary.get("/desk").await.expect(200).says("按业主表决结果办理：");
    secretary.post(&go_on, &[]).await.expect(422).says("业主表决的结果是“未通过”");
    secretary.get(&thread).await.expect(200).says("待业主表决");

    // The second passes.
    let again = secretary.post(&format!("{poll}/repeat"), &[]).await.expect(303).location;
    let compound = compound(&mut secretary).await;
    let edit = format!("{again}/edit");
    let version = secretary.get(&edit).await.expect(200).between("name=\"version\" value=\"", "\"");
    let mut redated = fields(&compound, &[("opens_on", "2022-12-24"), ("closes_on", "2023-01-07")]);
    redated.push(("version", &version));
    secretary.post(&edit, &redated).await.expect(303);
    do_it(&mut secretary, &again, "freeze", &[]).await;
    do_it(&mut community, &again, "announce", &[]).await;
    world.set_date(date(2022, 12, 26));
    for (room, name) in [("3栋101", "李小明"), ("3栋201", "赵六一"), ("商铺1", "新平县供销社"), ("5栋102", "孙八一")]
    {
        let owner = crate::owner_votes::owner(&mut secretary, &again, room).await;
        let mut ballot = crate::owner_votes::ballot("for", name);
        ballot[2].1 = "2022-12-25";
        secretary.post(&format!("{owner}/ballot"), &ballot).await.expect(303);
    }
    world.set_date(date(2023, 1, 8));
    call_back(&mut community, &again, "confirmed").await;
    do_it(&mut secretary, &again, "tally", &[]).await;
    do_it(&mut secretary, &again, "publish", &[]).await;
    secretary.post(&go_on, &[]).await.expect(422).says("未通过");
    do_it(&mut secretary, &thread, "poll", &[("poll", &poll_id(&again))]).await;
    do_it(&mut secretary, &thread, "vote", &[]).await;
    let page = secretary.get(&thread).await.expect(200).says("已商定，待公布");
    assert!(drafted(&page).contains("2023年1月8日公布的业主表决"));
    // Where the account of the fund can be read is told with it (R-OWN-07).
    let alone = secretary.post(&format!("{thread}/publish"), &[("decision", "更换电梯")]).await.expect(422);
    alone.says("请写明账目在哪里查").says("更换电梯");
    let decision = [("decision", "更换电梯"), ("accounts", "https://fund.example.cn/xp?id=1&y=2022")];
    do_it(&mut secretary, &thread, "publish", &decision).await;
    world.visitor().get(&hall(&thread)).await.expect(200).says("href=\"https://fund.example.cn/xp?id=1");
    let public = world.visitor().get(&hall(&thread)).await.expect(200);
    public.says("使用建筑物及其附属设施的维修资金").says(&format!("/owner-votes/{}", poll_id(&again)));
}

async fn what_is_missing_is_refused_in_words(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let refused = secretary.post("/deliberations/new", &[("text", "要修路灯")]).await.expect(422);
    refused.says("请填写“议题”").says("请选择“类别”").says("请选择“提出方”").says("要修路灯");
    let compound = places::compounds_of(world.floor.db.reader(), &[code(OTHER_BRANCH)]).await.expect("read")[0].id.0;
    let compound = compound.to_string();
    let mut fields = vec![
        ("title", MATTER),
        ("text", "内容"),
        ("compound", compound.as_str()),
        ("topic", "fund"),
        ("vote", "none"),
        ("origin", "branch"),
    ];
    secretary.post("/deliberations/new", &fields).await.expect(422).says("这个小区不归本支部");
    let own = places::compounds_of(world.floor.db.reader(), &[code(BRANCH)]).await.expect("read")[0].id.0.to_string();
    fields[2].1 = &own;
    secretary.post("/deliberations/new", &fields).await.expect(422).says("维修资金由业主共同决定");

    let thread = raised(world, &mut secretary).await;
    secretary.post(&format!("{thread}/decline"), &[]).await.expect(422).says("请填写“不予受理的原因”");
    let short = secretary.post(&format!("{thread}/take-up"), &[("until", "2022-11-09")]).await.expect(422);
    short.says("应在 2022年11月10日 到").says("value=\"2022-11-09\"");
    do_it(&mut secretary, &thread, "take-up", &[("until", "2022-11-10")]).await;
    let long = "长".repeat(10_000);
    world.visitor().post(&hall(&thread), &[("words", &long)]).await.expect(422).says("2000");
    world.visitor().post(&hall(&thread), &[("words", "𠮷😀<script>alert(1)</script>")]).await.expect(303);
    secretary.get(&thread).await.expect(200).says("𠮷😀").does_not_say("<script>alert");

    let opinion = format!("{thread}/opinion");
    let own = resolved(world, &keepers, &branch, Topic::Compound, date(2022, 11, 8)).await.id.0.to_string();
    secretary.post(&opinion, &[("resolution", &own)]).await.expect(422).says("征集意见到 2022年11月10日 截止");
    world.set_date(date(2022, 11, 11));
    let other = code(OTHER_BRANCH);
    let others = crate::points::keepers(world, &other).await;
    let foreign = resolved(world, &others, &other, Topic::Compound, date(2022, 11, 9)).await.id.0.to_string();
    secretary.post(&opinion, &[("resolution", &foreign)]).await.expect(422).says("请选择本支部党员大会已经通过的决议");
    secretary.post(&opinion, &[]).await.expect(422).says("请选择“支部党员大会决议”");
    let catalogue = resolved(world, &keepers, &branch, Topic::Catalogue, date(2022, 11, 9)).await.id.0.to_string();
    secretary.post(&opinion, &[("resolution", &catalogue)]).await.expect(422).says("请选择本支部党员大会");
    let old = resolved(world, &keepers, &branch, Topic::Compound, date(2022, 11, 4)).await.id.0.to_string();
    secretary.post(&opinion, &[("resolution", &old)]).await.expect(422).says("早于征集意见");
    do_it(&mut secretary, &thread, "opinion", &[("resolution", &own)]).await;

    let mut announced = vec![("session_on", "2022-11-13"), ("session_time", "下午3点"), ("venue", "议事厅")];
    let refused = secretary.post(&format!("{thread}/announce"), &announced).await.expect(422);
    refused.says("议事日期最早是 2022年11月14日").says("value=\"2022-11-13\"").says("value=\"下午3点\"");
    announced[0].1 = "2022-11-14";
    do_it(&mut secretary, &thread, "announce", &announced).await;
    world.set_date(date(2022, 11, 14));
    let session = format!("{thread}/session");
    let refused = secretary.post(&session, &[("result", "装灯")]).await.expect(422);
    for words in
        ["请填写“主持人”", "请选择“业主委员会的意见”", "请填写“不同意见”", "请填写“下一步由谁办”", "装灯</textarea>"]
    {
        assert!(refused.text().contains(words), "{words}");
    }
    let two = secretary.post(&session, &with("residents.names", "孙桂芳、周大勇")).await.expect(422);
    two.says("居民代表至少 3 人，现在只有 2 人").says("value=\"孙桂芳、周大勇\"").says("越快越好");
    secretary.post(&session, &with("committee.names", "")).await.expect(422).says("请填写业主委员会的到会人员");
    secretary.post(&session, &with("committee.stance", "absent")).await.expect(422).says("不能选“未到会”");
    // A compound without an owners' committee sits together without it, and says so.
    let mut without = with("committee.names", "");
    without.retain(|(name, _)| !name.starts_with("committee"));
    without.extend([("committee.stance", "absent"), ("committee.words", "小区还没有成立业委会")]);
    do_it(&mut secretary, &thread, "session", &without).await;
    let page = secretary.get(&thread).await.expect(200).says("小区还没有成立业委会").says("未到会");
    let decision = drafted(&page);
    assert!(decision.contains("由阳光里联合党支部、物业服务企业、居民代表共同商议"), "{decision}");
    secretary.post(&session, SESSION).await.expect(422).says("已商定，待公布");
}

async fn what_was_not_agreed_on_goes_back_or_ends(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let keepers = keepers(world, &branch).await;
    let mut secretary = client(world, &keepers.secretary).await;
    let thread = raised(world, &mut secretary).await;
    do_it(&mut secretary, &thread, "take-up", &[("until", "2022-11-10")]).await;
    world.set_date(date(2022, 11, 12));
    let resolution = resolved(world, &keepers, &branch, Topic::Opinion, date(2022, 11, 11)).await.id.0.to_string();
    do_it(&mut secretary, &thread, "opinion", &[("resolution", &resolution)]).await;
    let mut announced = vec![("session_on", "2022-11-15"), ("session_time", "下午3点"), ("venue", "议事厅")];
    do_it(&mut secretary, &thread, "announce", &announced).await;
    announced[0].1 = "2022-11-16";
    do_it(&mut secretary, &thread, "announce", &announced).await;
    secretary.get(&thread).await.expect(200).says("议事改期").says("2022年11月16日下午3点");
    world.set_date(date(2022, 11, 16));
    do_it(&mut secretary, &thread, "session", &with("agreed", "false")).await;
    secretary.get("/desk").await.expect(200).says("再征集意见或终止：");
    world.visitor().get(&hall(&thread)).await.expect(200).says("议事未达成一致");
    let back = format!("{thread}/back");
    secretary.post(&back, &[("until", "2022-11-25")]).await.expect(422).says("请填写“退回的原因”");
    secretary.post(&back, &[("back", "方案要改")]).await.expect(422).says("应在 2022年11月19日 到").says("方案要改");
    do_it(&mut secretary, &thread, "back", &[("back", "方案要改"), ("until", "2022-11-19")]).await;
    world.visitor().get(&hall(&thread)).await.expect(200).says("我来提意见");
    secretary.get(&thread).await.expect(200).says("方案要改").says("第 1 次议事");
    secretary.post(&format!("{thread}/end"), &[]).await.expect(422).says("请填写“终止的原因”");
    do_it(&mut secretary, &thread, "end", &[("end", "居民普遍不同意")]).await;
    world.visitor().get(&hall(&thread)).await.expect(200).says("已终止：居民普遍不同意");
    let mut street = world.officer(OfficeKind::StreetOfficer, &code("530427001")).await;
    street.get("/deliberations?show=all&year=2022").await.expect(200).says(MATTER).says("已终止");
    let mut leader = world.officer(OfficeKind::CountyLeader, &county()).await;
    leader.get(&thread).await.expect(200).says("方案要改");
    leader.post(&back, &[("back", "不行")]).await.expect(403);
}
