//! What residents have to say, through HTTP: from the poster to the last word, and up the four levels.

use app::{
    modules,
    voices::{NewVoice, file_voice},
};
use domain::{
    ids::VoiceId,
    permission::OfficeKind,
    place::PlaceCode,
    voice::{VoiceKind, VoiceTopic},
};
use jiff::civil::{Date, date};
use platform::jobs;

use crate::{
    activities::percent_encoded,
    client::Client,
    stories,
    voice_photos::PICTURE,
    world::{World, code, county},
};

stories!(
    a_resident_without_scripts_is_heard_and_has_the_last_say,
    a_voice_goes_up_through_all_four_levels_by_time_alone,
    who_spoke_is_shown_to_the_desk_alone_and_forgotten,
    a_wrong_code_gives_nothing,
    whatever_is_typed_is_kept_or_refused_in_words,
    desks_hand_it_on_return_it_extend_it_and_park_it,
    a_report_is_not_seen_by_the_branch,
    an_officer_enters_it_for_somebody_and_calls_back,
    what_belongs_elsewhere_is_told_where,
    nobody_answers_and_it_is_closed,
    a_branch_that_moves_takes_its_voices_along,
    what_was_said_is_searched_as_it_stands,
);

pub const BRANCH: &str = "5304270010010001";
pub const COMMUNITY: &str = "530427001001";
const STREET: &str = "530427001";
pub const FORM: &str = "/voices/at/5304270010010001";
const NAME: &str = "李桂芬";
const PHONE: &str = "13987740077";

/// A voice without a name, as somebody sends it.
pub async fn spoken(world: &World, branch: &PlaceCode) -> VoiceId {
    let new = NewVoice {
        branch: branch.clone(),
        compound: None,
        spot: "3栋".to_owned(),
        kind: VoiceKind::Help,
        topic: VoiceTopic::Repairs,
        text: "楼顶漏水".to_owned(),
        name: String::new(),
        phone: String::new(),
        same: None,
        photos: vec![PICTURE.into()],
        once: String::new(),
    };
    file_voice(&world.system(), new).await.expect("taken in").id
}

/// Speaks through the form, and answers with the code.
pub async fn speak(world: &World, kind: &str, text: &str, who: &[(&str, &str)]) -> String {
    let mut fields = vec![("kind", kind), ("topic", "repairs"), ("text", text), ("spot", "3栋2单元")];
    fields.extend_from_slice(who);
    let receipt = world.visitor().post(FORM, &fields).await.expect(200).says("查询码");
    receipt.between("<strong class=\"code\">", "</strong>")
}

/// Enters one that came by `channel` for somebody, and answers with its page.
pub async fn entered(officer: &mut Client, channel: &str, spot: &str) -> String {
    let fields = [
        ("branch", BRANCH),
        ("channel", channel),
        ("kind", "help"),
        ("topic", "noise"),
        ("text", "半夜施工"),
        ("spot", spot),
        ("name", NAME),
        ("phone", PHONE),
    ];
    let receipt = officer.post("/voice-desk/new", &fields).await.expect(200);
    receipt.between("class=\"btn btn-primary\" href=\"", "\"")
}

/// Sees a voice through at its desk, until the resident is content.
pub async fn seen_through(officer: &mut Client, voice: &str) {
    do_it(officer, voice, "acknowledge", ACKNOWLEDGED).await;
    do_it(officer, voice, "finish", &[("proof", "已停工")]).await;
    do_it(officer, voice, "call-back", &[("solved", "yes"), ("satisfaction", "good"), ("call_back", "谢谢")]).await;
}

/// The page of the newest voice that an office sees.
pub async fn newest(client: &mut Client) -> String {
    let list = client.get("/voice-desk?show=all").await.expect(200);
    format!("/voice-desk/voices/{}", list.between("href=\"/voice-desk/voices/", "\""))
}

/// Jobs run on a day.
pub async fn on(world: &World, day: Date) {
    world.set_date(day);
    for _ in 0..2 {
        jobs::run_due(&world.floor, &modules::jobs()).await.expect("ran");
    }
}

pub async fn follow(world: &World, code: &str) -> crate::client::Answer {
    world.visitor().post("/voices/follow", &[("code", code)]).await
}

pub async fn do_it(client: &mut Client, voice: &str, deed: &str, fields: &[(&str, &str)]) {
    client.post(&format!("{voice}/{deed}"), fields).await.expect(303);
}

pub const ACKNOWLEDGED: &[(&str, &str)] = &[("term", "ordinary"), ("hands", "own")];

async fn a_resident_without_scripts_is_heard_and_has_the_last_say(world: &World) {
    world.import_ledger().await;
    let mut resident = world.visitor();
    resident.get("/").await.expect(200).says("我要反映").says("href=\"/voices\"");
    resident.get("/voices").await.expect(200).says(FORM);
    resident.get(FORM).await.expect(200).says("不用注册").says("120").says("12388").says("物业服务企业看不到");
    let key = speak(world, "complaint", "楼道灯坏了一个月，没有人管", &[]).await;
    follow(world, &key).await.expect(200).says("已收到，等待受理").says("楼道灯坏了一个月");

    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    secretary.get("/desk").await.expect(200).says("受理“漏水维修”诉求");
    let voice = newest(&mut secretary).await;
    secretary.get(&voice).await.expect(200).says("楼道灯坏了一个月").says("2022年11月8日前");
    secretary.post(&format!("{voice}/acknowledge"), &[]).await.expect(422).says("请选择“办理时限”");
    do_it(&mut secretary, &voice, "acknowledge", ACKNOWLEDGED).await;
    do_it(&mut secretary, &voice, "ask", &[("ask", "是哪一层的灯？")]).await;
    do_it(&mut secretary, &voice, "note", &[("note", "电工老王说没有配件")]).await;
    follow(world, &key).await.expect(200).says("正在办理").says("是哪一层的灯").does_not_say("电工老王");
    let added = [("code", key.as_str()), ("text", "五楼")];
    resident.post("/voices/follow/add", &added).await.expect(200).says("已补充").does_not_say("办理单位问您");
    resident.post("/voices/follow/add", &added).await.expect(200);
    assert_eq!(secretary.get(&voice).await.expect(200).text().matches("五楼").count(), 1, "sent twice, kept once");
    secretary.get("/messages").await.expect(200).says("作了补充");
    secretary.post(&format!("{voice}/finish"), &[("proof", " ")]).await.expect(422).says("请填写“办理结果”");
    do_it(&mut secretary, &voice, "finish", &[("proof", "换了新灯")]).await;
    secretary.post(&format!("{voice}/finish"), &[("proof", "换了新灯")]).await.expect(422).says("已办结，待回访");

    let page = follow(world, &key).await.expect(200);
    page.says("办得怎么样，您说了算").says("换了新灯");
    let rate = [("code", key.as_str()), ("solved", "no")];
    resident.post("/voices/follow/rate", &rate).await.expect(422).says("请选择“满意不满意”");
    let rate = [("code", key.as_str()), ("solved", "no"), ("satisfaction", "bad"), ("note", "还是不亮")];
    resident.post("/voices/follow/rate", &rate).await.expect(200).says("谢谢您的评价").says("居民不满意");
    resident.post("/voices/follow/reopen", &[("code", &key), ("reason", "")]).await.expect(422).says("还差什么");
    let again = [("code", key.as_str()), ("reason", "五楼还是不亮")];
    resident.post("/voices/follow/reopen", &again).await.expect(200).says("交上一级").says("居民要求重办");
    resident.post("/voices/follow/reopen", &again).await.expect(422).says("不能办理这一步");

    // One level up; the branch sees it and cannot touch it.
    let refused = secretary.post(&format!("{voice}/accept"), &[]).await.expect(422);
    refused.says("现在由社区办理");
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    community.get("/desk").await.expect(200).says("签收要求重办的“漏水维修”诉求");
    do_it(&mut community, &voice, "accept", &[]).await;
    do_it(&mut community, &voice, "finish", &[("proof", "换了线路，灯亮了")]).await;
    let rate = [("code", key.as_str()), ("solved", "yes"), ("satisfaction", "good")];
    resident.post("/voices/follow/rate", &rate).await.expect(200).says("已结案");
    community.get("/voice-desk?show=closed").await.expect(200).says("楼道灯坏了一个月").says("第 1–1 条");
    community.get("/voice-desk/rates").await.expect(200).says("阳光里联合党支部").says("100.00%（1/1）");
    community.get("/voice-desk/voices.xlsx").await.expect(200);
    resident.get(&format!("{FORM}/list")).await.expect(200).says("漏水维修").says("已结案").does_not_say("楼道灯");
}

// R-VOI-08
async fn a_voice_goes_up_through_all_four_levels_by_time_alone(world: &World) {
    world.import_ledger().await;
    let key = speak(world, "help", "下水道堵了", &[]).await;
    let mut county_officer = world.officer(OfficeKind::HousingBureau, &county()).await;
    let voice = newest(&mut county_officer).await;
    // Acknowledged until 24:00 of Tuesday the 8th, each level above signs until 24:00 of the next working day.
    for (day, desk) in [(8, "小区党支部"), (9, "社区"), (10, "社区"), (11, "街道"), (14, "街道"), (15, "县")]
    {
        on(world, date(2022, 11, day)).await;
        let page = county_officer.get(&voice).await.expect(200);
        let holder = page.between("<dt>现由谁办理</dt><dd>", "</dd>");
        let levels = page.text().matches("逾期，交上一级").count();
        let expected = ["小区党支部", "社区", "街道", "县"].iter().position(|it| *it == desk).expect("a desk");
        assert_eq!(levels, expected, "on the {day}th it lies at {holder}");
    }
    follow(world, &key).await.expect(200).says("逾期未办，已交上一级");
    let mut street = world.officer(OfficeKind::StreetOfficer, &code(STREET)).await;
    street.get("/messages").await.expect(200).says("有一件“漏水维修”诉求").says("已交县办理");
    // Nobody is above the county; it is reminded instead.
    on(world, date(2022, 11, 17)).await;
    county_officer.get("/messages").await.expect(200).says("的期限已过，请尽快办理");
    let page = county_officer.get(&voice).await.expect(200);
    assert_eq!(page.text().matches("逾期，交上一级").count(), 3);
    county_officer.get("/desk").await.expect(200).says("签收逾期上报的“漏水维修”诉求");
    county_officer.get("/voice-desk/rates").await.expect(200).says("桂山街道").says("0.00%（0/1）");
    do_it(&mut county_officer, &voice, "accept", &[]).await;
    let found = platform::audit::verify(world.floor.db.reader()).await.expect("walked");
    assert!(found.broken.is_empty());
}

// R-VOI-11, R-PRI-02
async fn who_spoke_is_shown_to_the_desk_alone_and_forgotten(world: &World) {
    world.import_ledger().await;
    let key = speak(world, "help", "帮帮忙", &[("name", NAME), ("phone", PHONE)]).await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let voice = newest(&mut secretary).await;
    let reveal = format!("{voice}/voicer");
    let mut street = world.officer(OfficeKind::StreetOfficer, &code(STREET)).await;
    street.get(&voice).await.expect(200).says("由办理单位联系");
    street.post(&reveal, &[]).await.expect(422).says("现在由小区党支部办理").does_not_say(NAME);
    let mut leader = world.officer(OfficeKind::CountyLeader, &county()).await;
    leader.post(&reveal, &[]).await.expect(403);
    world.officer(OfficeKind::Member, &code(BRANCH)).await.get(&voice).await.expect(404);
    let mut other = world.officer(OfficeKind::BranchSecretary, &code("5304270010010002")).await;
    other.get(&voice).await.expect(404);
    other.post(&reveal, &[]).await.expect(404);
    for page in ["/desk", "/messages", "/voice-desk?show=all", "/voice-desk/voices.xlsx", &voice] {
        secretary.get(page).await.does_not_say(NAME).does_not_say(PHONE);
    }
    follow(world, &key).await.expect(200).does_not_say(NAME).does_not_say(PHONE);
    world.visitor().get(&format!("{FORM}/list")).await.expect(200).does_not_say(NAME);
    secretary.post(&reveal, &[]).await.expect(200).says(NAME).says(PHONE).says("记入操作记录");
    let mut auditor = world.officer(OfficeKind::Auditor, &county()).await;
    auditor.get("/audit").await.expect(200).says("查看反映人").does_not_say(NAME).does_not_say(PHONE);

    do_it(&mut secretary, &voice, "acknowledge", ACKNOWLEDGED).await;
    do_it(&mut secretary, &voice, "finish", &[("proof", "帮好了")]).await;
    let rate = [("code", key.as_str()), ("solved", "yes"), ("satisfaction", "fair")];
    world.visitor().post("/voices/follow/rate", &rate).await.expect(200);
    on(world, date(2023, 11, 7)).await;
    secretary.post(&reveal, &[]).await.expect(200).says(NAME);
    on(world, date(2023, 11, 8)).await;
    secretary.post(&reveal, &[]).await.expect(422).says("没有留下姓名和电话");
}

async fn a_wrong_code_gives_nothing(world: &World) {
    world.import_ledger().await;
    let key = speak(world, "help", "帮帮忙", &[]).await;
    let mut neighbour = world.visitor();
    let wrong = "K7QD-3M2X-9VTA-5HJR";
    for (path, fields) in [
        ("/voices/follow", vec![("code", wrong)]),
        ("/voices/follow", vec![("code", "1234")]),
        ("/voices/follow/add", vec![("code", wrong), ("text", "我也是")]),
        ("/voices/follow/rate", vec![("code", wrong), ("solved", "yes"), ("satisfaction", "good")]),
        ("/voices/follow/reopen", vec![("code", wrong), ("reason", "重办")]),
    ] {
        neighbour.post(path, &fields).await.expect(422).says("没有查到这个查询码").does_not_say("帮帮忙");
    }
    // As people type it; and nobody goes through the codes.
    let typed = key.to_lowercase().replace('-', " ");
    neighbour.post("/voices/follow", &[("code", &typed)]).await.expect(200).says("帮帮忙");
    let mut statuses = Vec::new();
    for _ in 0..30 {
        statuses.push(neighbour.post("/voices/follow", &[("code", wrong)]).await.status.as_u16());
    }
    assert_eq!(statuses.last(), Some(&429));
}

async fn whatever_is_typed_is_kept_or_refused_in_words(world: &World) {
    world.import_ledger().await;
    let mut resident = world.visitor();
    let sent = async |resident: &mut Client, text: &str| {
        let fields = [("kind", "consult"), ("topic", "other"), ("text", text)];
        resident.post(FORM, &fields).await
    };
    let long = "很长".repeat(5_000);
    let refused = sent(&mut resident, &long).await.expect(422);
    refused.says("“反映的内容”最多 2000 个字，现在有 10000 个字").says(&long);
    sent(&mut resident, " \n ").await.expect(422).says("请填写“反映的内容”");
    resident.post(FORM, &[]).await.expect(422).says("请选择“类型”").says("请选择“事项”");
    let bad = [("kind", "help"), ("topic", "other"), ("text", "有事"), ("phone", "找我老婆")];
    resident.post(FORM, &bad).await.expect(422).says("只填数字").says("有事");
    let bad = [("kind", "help"), ("topic", "other"), ("text", "有事"), ("compound", "x")];
    resident.post(FORM, &bad).await.expect(422).says("请从列表中选择小区");
    for strange in ["👨‍👩‍👧‍👦🏚️ 漏水", "𠮷𡈼𬱖 犇㸚", "<script>alert(1)</script>"] {
        let receipt = sent(&mut resident, strange).await.expect(200);
        let page = follow(world, &receipt.between("<strong class=\"code\">", "</strong>")).await.expect(200);
        let escaped = strange.replace('<', "&#60;").replace('>', "&#62;");
        page.says(&escaped).does_not_say("<script>alert");
    }
    resident.get("/voices/at/5304270010019999").await.expect(404);
    resident.get("/voices/at/x").await.expect(404);
}

async fn desks_hand_it_on_return_it_extend_it_and_park_it(world: &World) {
    world.import_ledger().await;
    let id = spoken(world, &code(BRANCH)).await;
    let voice = format!("/voice-desk/voices/{id}");
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    let mut street = world.officer(OfficeKind::StreetOfficer, &code(STREET)).await;
    do_it(&mut secretary, &voice, "acknowledge", &[("term", "complex"), ("hands", "community")]).await;
    community.get("/messages").await.expect(200).says("已转办，待签收");
    community.post(&format!("{voice}/return"), &[("return", "")]).await.expect(422).says("请填写“退回原因”");
    do_it(&mut community, &voice, "return", &[("return", "应由支部先看现场")]).await;
    secretary.get("/desk").await.expect(200).says("安排办理“漏水维修”诉求");
    do_it(&mut secretary, &voice, "accept", &[]).await;
    // R-VOI-05: 15 working days from 7 November are over with the 28th.
    secretary.get(&voice).await.expect(200).says("2022年11月28日前");
    let extend = format!("{voice}/extend");
    let too_long = [("more", "16"), ("extend", "等防水材料")];
    secretary.post(&extend, &too_long).await.expect(422).says("延期应为 1 到 15 个工作日").says("等防水材料");
    do_it(&mut secretary, &voice, "extend", &[("more", "2"), ("extend", "等防水材料")]).await;
    secretary.get(&voice).await.expect(200).says("2022年11月30日前").does_not_say("延长多久");
    secretary.post(&extend, &too_long).await.expect(422).says("已经延期过一次");
    let park = format!("{voice}/park");
    let parked = [("park", "要动维修资金"), ("owner", "支部书记"), ("review_on", "2023-02-06")];
    secretary.post(&park, &parked).await.expect(422).says("90 天以内").says("要动维修资金");
    let parked = [("park", "要动维修资金"), ("owner", "支部书记"), ("review_on", "2022-12-01")];
    secretary.post(&park, &parked).await.expect(303);
    secretary.get(&voice).await.expect(200).says("由支部书记负责").says("2022年12月1日前");
    on(world, date(2022, 11, 30)).await;
    secretary.get("/messages").await.expect(200).says("待复查挂账的");
    do_it(&mut secretary, &voice, "resume", &[]).await;
    do_it(&mut secretary, &voice, "assign", &[("desk", "street"), ("assign", "请协调维修资金")]).await;
    secretary.post(&format!("{voice}/finish"), &[("proof", "好了")]).await.expect(422).says("现在由街道办理");
    do_it(&mut street, &voice, "accept", &[]).await;
    do_it(&mut street, &voice, "finish", &[("proof", "已用维修资金做好防水")]).await;
    // The first receiver hears of it, and asks the resident.
    secretary.get("/messages").await.expect(200).says("首接的“漏水维修”诉求已办结");
    let called = [("solved", "partly"), ("satisfaction", "bad"), ("call_back", "还有一处漏"), ("again", "yes")];
    do_it(&mut secretary, &voice, "call-back", &called).await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    officer.get("/desk").await.expect(200).says("签收要求重办的");
    officer.get(&voice).await.expect(200).says("还有一处漏").says("部分解决，不满意");
}

// R-VOI-11
async fn a_report_is_not_seen_by_the_branch(world: &World) {
    world.import_ledger().await;
    let key = speak(world, "report", "支部书记违规占用车位", &[]).await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    secretary.get("/voice-desk?show=all").await.expect(200).says("没有这样的诉求");
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    let voice = newest(&mut community).await;
    secretary.get(&voice).await.expect(404);
    let page = community.get(&voice).await.expect(200).says("违规占用车位");
    assert!(!page.text().contains("value=\"branch\""), "it cannot be handed to the branch");
    let down = [("term", "ordinary"), ("hands", "branch")];
    community.post(&format!("{voice}/acknowledge"), &down).await.expect(422).says("举报不能转给");
    world.visitor().get(&format!("{FORM}/list")).await.expect(200).says("现在没有正在办理的诉求");
    follow(world, &key).await.expect(200).says("违规占用车位");
}

async fn an_officer_enters_it_for_somebody_and_calls_back(world: &World) {
    world.import_ledger().await;
    let mut street = world.officer(OfficeKind::StreetOfficer, &code(STREET)).await;
    street.get("/voice-desk/new").await.expect(200).says("12345 热线转办");
    street.post("/voice-desk/new", &[]).await.expect(422).says("请选择“小区党支部”");
    let fields = [("branch", BRANCH), ("kind", "help"), ("topic", "noise"), ("text", "半夜施工")];
    street.post("/voice-desk/new", &fields).await.expect(422).says("请选择“渠道”").says("半夜施工");
    let elsewhere = [("branch", "5304270020010001"), ("channel", "hotline"), ("text", "x")];
    street.post("/voice-desk/new", &elsewhere).await.expect(404);
    let mut fields = fields.to_vec();
    fields.extend([("channel", "hotline"), ("name", NAME), ("phone", PHONE)]);
    let receipt = street.post("/voice-desk/new", &fields).await.expect(200).says("查询码").does_not_say(PHONE);
    let voice = receipt.between("class=\"btn btn-primary\" href=\"", "\"");
    street.get(&voice).await.expect(200).says("12345 热线转办").says("半夜施工");
    do_it(&mut street, &voice, "acknowledge", &[("term", "ordinary"), ("hands", "branch")]).await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    do_it(&mut secretary, &voice, "accept", &[]).await;
    do_it(&mut secretary, &voice, "reply", &[("reply", "已找施工方")]).await;
    do_it(&mut secretary, &voice, "finish", &[("proof", "夜里不再施工")]).await;
    street.get(&voice).await.expect(200).says("登记回访结果");
    street.post(&format!("{voice}/call-back"), &[("solved", "yes"), ("again", "yes")]).await.expect(422);
    let called = [("solved", "yes"), ("satisfaction", "good"), ("call_back", "谢谢")];
    do_it(&mut street, &voice, "call-back", &called).await;
    let page = street.get(&voice).await.expect(200).says("已解决，满意：谢谢");
    page.says("已结案");
    secretary.get("/voice-desk/branches/5304270010010001/poster").await.expect(200).says("<svg").says(FORM);
}

// R-VOI-02
async fn what_was_said_is_searched_as_it_stands(world: &World) {
    world.import_ledger().await;
    on(world, date(2022, 11, 7)).await;
    speak(world, "help", "电梯停了三天，物业只修好了 50%_的", &[]).await;
    speak(world, "help", "路灯不亮", &[]).await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let found = |words: &str| format!("/voice-desk?words={}", percent_encoded(words));
    secretary.get(&found("电梯 物业")).await.expect(200).says("电梯停了三天").does_not_say("路灯不亮");
    secretary.get(&found("电梯 路灯")).await.expect(200).says("没有找到包含这些字的诉求");
    // What a pattern would take for a sign of its own is a letter like any other.
    secretary.get(&found("50%_的")).await.expect(200).says("电梯停了三天");
    secretary.get(&found("5%的")).await.expect(200).does_not_say("电梯停了三天");
    secretary.get(&found("电_停")).await.expect(200).does_not_say("电梯停了三天");
    let mut elsewhere = world.officer(OfficeKind::BranchSecretary, &code("5304270010010003")).await;
    elsewhere.get(&found("电梯")).await.expect(200).does_not_say("电梯停了三天");
}

async fn what_belongs_elsewhere_is_told_where(world: &World) {
    world.import_ledger().await;
    let key = speak(world, "complaint", "法院判了不执行", &[]).await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let voice = newest(&mut secretary).await;
    secretary.post(&format!("{voice}/decline"), &[]).await.expect(422).says("请选择“属于哪一类”");
    do_it(&mut secretary, &voice, "decline", &[("matter", "litigation")]).await;
    follow(world, &key).await.expect(200).says("已告知去处").says("12348").does_not_say("要求重办");
    secretary.get("/voice-desk/rates").await.expect(200).says("这一年没有收到诉求");
}

async fn nobody_answers_and_it_is_closed(world: &World) {
    world.import_ledger().await;
    let key = speak(world, "suggestion", "装个充电桩", &[]).await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let voice = newest(&mut secretary).await;
    do_it(&mut secretary, &voice, "acknowledge", ACKNOWLEDGED).await;
    do_it(&mut secretary, &voice, "finish", &[("proof", "已报计划")]).await;
    on(world, date(2022, 11, 22)).await;
    follow(world, &key).await.expect(200).says("等待居民评价");
    on(world, date(2022, 11, 23)).await;
    follow(world, &key).await.expect(200).says("已结案").says("反映人没有评价");
    secretary.get("/voice-desk/rates").await.expect(200).says("100.00%（1/1）").says(">—<");
    // It may still be reopened for a month.
    let again = [("code", key.as_str()), ("reason", "还没有动静")];
    on(world, date(2022, 12, 24)).await;
    world.visitor().post("/voices/follow/reopen", &again).await.expect(422).says("结案已超过 30 天");
}

async fn a_branch_that_moves_takes_its_voices_along(world: &World) {
    world.import_ledger().await;
    let key = speak(world, "help", "路灯不亮", &[]).await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let voice = newest(&mut officer).await;
    let to = [("community", "530427001002"), ("reason", "区划调整")];
    officer.post(&format!("/places/{BRANCH}/restructuring/move"), &to).await.expect(303);
    let moved = world.visitor().get(&format!("{FORM}?spot=3%E6%A0%8B")).await.expect(303).location;
    assert!(moved.starts_with("/voices/at/530427001002") && moved.contains("spot="), "{moved}");
    world.visitor().get(&moved).await.expect(200).says("value=\"3栋\"");
    let mut old = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    let mut new = world.officer(OfficeKind::CommunityOfficer, &code("530427001002")).await;
    old.get(&voice).await.expect(404);
    // What is late goes up where the branch lies now.
    on(world, date(2022, 11, 9)).await;
    new.get("/desk").await.expect(200).says("签收逾期上报的");
    follow(world, &key).await.expect(200).says("凤凰社区");
}
