//! Mediation through HTTP: from the window to the visit afterwards.

use app::disputes::{
    NewAgreement, NewDispute, Party, Terms, Told, accept_dispute, hand_up_dispute, open_dispute, record_agreement,
    record_mediation,
};
use domain::{
    dispute::{AgreementForm, DisputeKind, DisputeOrigin, UpwardCause},
    ids::DisputeId,
    permission::OfficeKind,
    place::PlaceCode,
};
use jiff::civil::date;
use platform::{act::Op, actor::Officer};

use crate::{
    client::Client,
    notices::document_text,
    points::by,
    stories,
    voices::{on, spoken},
    world::{World, code, county},
};

stories!(
    a_dispute_goes_its_way_to_the_last_visit,
    what_is_typed_is_kept_or_refused_in_words,
    a_name_that_was_written_wrongly_is_put_right,
    what_is_not_for_mediation_is_told_where_to_go,
    a_voice_is_taken_up,
    a_broken_promise_is_visited_again,
    what_is_late_is_said_and_counted,
    a_branch_that_moves_takes_its_files_along,
);

pub const BRANCH: &str = "5304270010010001";
pub const COMMUNITY: &str = "530427001001";
pub const STREET: &str = "530427001";
pub const NAMES: [&str; 2] = ["李桂芬", "赵德柱"];
pub const PHONE: &str = "13987740077";
pub const MATTER: &str = "楼上漏水泡坏了楼下的天花板";

pub fn between(place: &PlaceCode, names: [&str; 2]) -> NewDispute {
    let party = |name: &str| Party { name: name.to_owned(), phone: PHONE.to_owned(), home: "3栋".to_owned() };
    NewDispute {
        place: place.clone(),
        kind: DisputeKind::Works,
        origin: DisputeOrigin::Application,
        voice: None,
        is_confidential: true,
        parties: names.map(party).into(),
        matter: MATTER.to_owned(),
    }
}

/// A file that the branch opened on the third of November.
pub async fn quarrelled(world: &World, secretary: &(String, Officer), branch: &PlaceCode) -> DisputeId {
    let op = by(world, secretary, date(2022, 11, 3));
    open_dispute(&op, between(branch, NAMES)).await.expect("opened")
}

async fn told(op: &Op, id: DisputeId) {
    let told = || "议事厅".to_owned();
    let told = Told { venue: told(), present: told(), course: told(), result: told() };
    record_mediation(op, id, op.now().date(), told).await.expect("kept");
}

/// A file with an agreement before the branch, or one that went up.
pub async fn settled_or_handed_up(
    world: &World,
    secretary: &(String, Officer),
    branch: &PlaceCode,
    is_settled: bool,
) -> DisputeId {
    let id = quarrelled(world, secretary, branch).await;
    let op = by(world, secretary, date(2022, 11, 4));
    accept_dispute(&op, id, true).await.expect("accepted");
    if is_settled {
        told(&op, id).await;
        let terms = Terms { facts: MATTER.to_owned(), terms: "各退一步".to_owned() };
        let (agreed_on, form) = (op.now().date(), AgreementForm::Oral);
        let new = NewAgreement { agreed_on, form, terms, items: Vec::new(), was_done_at_once: true };
        record_agreement(&op, id, new).await.expect("agreed");
    } else {
        hand_up_dispute(&op, id, UpwardCause::Hard, "谈不拢").await.expect("handed up");
    }
    id
}

pub const OPENING: &[(&str, &str)] = &[
    ("place", BRANCH),
    ("kind", "works"),
    ("origin", "application"),
    ("party.0.name", NAMES[0]),
    ("party.0.phone", PHONE),
    ("party.0.home", "3栋201"),
    ("party.1.name", NAMES[1]),
    ("matter", MATTER),
];

pub const SESSION: &[(&str, &str)] = &[
    ("held_on", "2022-11-07"),
    ("venue", "红色议事厅"),
    ("present", "双方和楼栋长"),
    ("course", "各自讲了经过"),
    ("result", "同意重做防水"),
];

pub async fn opened(client: &mut Client) -> String {
    client.post("/disputes/new", OPENING).await.expect(303).location
}

pub async fn do_it(client: &mut Client, file: &str, deed: &str, fields: &[(&str, &str)]) {
    client.post(&format!("{file}/{deed}"), fields).await.expect(303);
}

async fn a_dispute_goes_its_way_to_the_last_visit(world: &World) {
    world.import_ledger().await;
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    community.get("/disputes").await.expect(200).says("现在没有等您办理的调解卷");
    let file = opened(&mut community).await;
    community.get("/desk").await.expect(200).says("受理：调解卷〔2022〕第1号");
    let list = community.get("/disputes").await.expect(200).says("李**与赵**").says("装修、漏水纠纷");
    // Three working days after Monday the 7th.
    list.says("2022年11月10日前").does_not_say(NAMES[0]);
    let page = community.get(&file).await.expect(200).says(MATTER).says("李**").says("139****0077");
    page.does_not_say(NAMES[0]).does_not_say(PHONE);
    community.post(&format!("{file}/accept"), &[]).await.expect(422).says("各方当事人都同意调解才能受理");
    do_it(&mut community, &file, "accept", &[("consent", "yes")]).await;
    community.get(&file).await.expect(200).says("2022年12月7日前").does_not_say("达成协议的日期");
    let agree = format!("{file}/agreement");
    let mut agreed = vec![
        ("agreed_on", "2022-11-07"),
        ("form", "written"),
        ("facts", MATTER),
        ("terms", "楼上重做防水，楼下自己粉刷"),
        ("item.0.text", "楼上重做防水"),
        ("item.0.due_on", "2022-11-20"),
        ("item.1.text", "楼下粉刷天花板"),
        ("item.1.due_on", "2022-12-20"),
    ];
    community.post(&agree, &agreed).await.expect(422).says("还没有登记过调解").says("楼下自己粉刷");
    do_it(&mut community, &file, "session", SESSION).await;
    community.get(&file).await.expect(200).says("第 1 次，2022年11月7日").says("各自讲了经过");
    agreed[5].1 = "2022-11-01";
    community.post(&agree, &agreed).await.expect(422).says("履行期限不能早于").says("value=\"2022-11-01\"");
    agreed[5].1 = "2022-11-20";
    do_it(&mut community, &file, "agreement", &agreed).await;
    let page = community.get(&file).await.expect(200).says("2022年12月7日以前共同向人民法院申请司法确认");
    let page = page.says("2022年11月20日前").says("已达成协议，履行中");

    let letter = community.post(&format!("{file}/letter"), &[]).await.expect(200);
    let text = document_text(letter.body);
    for words in ["人民调解协议书", NAMES[0], NAMES[1], PHONE, "重做防水", "一式 3 份", "人民调解委员会"]
    {
        assert!(text.contains(words), "the agreement says {words}");
    }
    // What was written down wrongly is put right, before anybody looked at what was done.
    page.says("更正协议").says("楼下自己粉刷</textarea>");
    agreed[7].1 = "2022-12-25";
    do_it(&mut community, &file, "agreement", &agreed).await;
    community.get(&file).await.expect(200).says("2022年12月25日前").does_not_say("2022年12月20日前");
    agreed[7].1 = "2022-12-20";
    do_it(&mut community, &file, "agreement", &agreed).await;
    let page = community.get(&file).await.expect(200).says("更正协议");
    // What is not due yet is left, and what was found stays found.
    let check = format!("{file}/check");
    community.post(&check, &[]).await.expect(422).says("请至少核对一项");
    let item = |page: &crate::client::Answer| format!("outcome.{}", page.between("name=\"outcome.", "\""));
    let first = item(&page);
    world.set_date(date(2022, 11, 20));
    do_it(&mut community, &file, "check", &[(&first, "kept"), ("check", "看过了")]).await;
    let page = community.get(&file).await.expect(200).says("2022年12月20日前").says("已履行");
    assert_ne!(item(&page), first, "only what is left is asked for");
    community.post(&check, &[(&first, "broken")]).await.expect(422).says("请至少核对一项");
    community.post(&agree, &agreed).await.expect(422).says("已经核对过履行情况，协议不能再改");
    do_it(&mut community, &file, "check", &[(&item(&page), "kept")]).await;
    community.get("/desk").await.expect(200).says("回访当事人：调解卷〔2022〕第1号");
    let visit = format!("{file}/visit");
    community.post(&visit, &[("result_of_visit", "calm")]).await.expect(422).says("请填写“回访情况”");
    do_it(&mut community, &file, "visit", &[("result_of_visit", "calm"), ("visit", "都好了")]).await;
    community.get(&file).await.expect(200).says("已结案").says("矛盾已经平息").does_not_say("申请回避");
    community.post(&visit, &[("result_of_visit", "calm"), ("visit", "都好了")]).await.expect(422).says("已结案");
    community.get("/disputes/counts").await.expect(200).says("阳光里联合党支部").says("100.00%（1/1）");
    let found = platform::audit::verify(world.floor.db.reader()).await.expect("walked");
    assert!(found.broken.is_empty());
}

async fn what_is_typed_is_kept_or_refused_in_words(world: &World) {
    world.import_ledger().await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let refused = secretary.post("/disputes/new", &[("place", BRANCH)]).await.expect(422);
    refused.says("请选择“纠纷类别”").says("请选择“来源”").says("请填写“当事人2的姓名”").says("请填写“纠纷情况”");
    secretary.post("/disputes/new", &[]).await.expect(422).says("请选择“发生在哪里”");
    let with = |name: &'static str, value: &'static str| {
        let mut fields = OPENING.to_vec();
        fields.retain(|(field, _)| *field != name);
        fields.push((name, value));
        fields
    };
    let refused = secretary.post("/disputes/new", &with("party.1.phone", "找我老婆")).await.expect(422);
    refused.says("只填数字").says(NAMES[1]).says(MATTER);
    secretary.post("/disputes/new", &with("party.3.home", "5栋")).await.expect(422).says("请填写“当事人4的姓名”");
    let long: &'static str = Box::leak("长".repeat(2_001).into_boxed_str());
    secretary.post("/disputes/new", &with("matter", long)).await.expect(422).says("最多 2000 个字").says(long);
    secretary.post("/disputes/new", &with("place", "530427001")).await.expect(404);
    secretary.post("/disputes/new", &with("voice", "x")).await.expect(404);
    secretary.get("/disputes").await.expect(200).says("现在没有等您办理的调解卷");
    let strange = "<script>alert(1)</script>👨‍👩‍👧‍👦𠮷";
    let file = secretary.post("/disputes/new", &with("matter", strange)).await.expect(303).location;
    secretary.get(&file).await.expect(200).says("👨‍👩‍👧‍👦𠮷").does_not_say("<script>alert");
    do_it(&mut secretary, &file, "accept", &[("consent", "yes")]).await;
    let mut tomorrow = SESSION.to_vec();
    tomorrow[0].1 = "2022-11-08";
    let refused = secretary.post(&format!("{file}/session"), &tomorrow).await.expect(422);
    refused.says("日期应在 2022年11月7日 到 2022年11月7日 之间").says("各自讲了经过");
    secretary.post(&format!("{file}/session"), &[]).await.expect(422).says("请填写“参加人”");
    secretary.post(&format!("{file}/hand-up"), &[("upward", "hard")]).await.expect(422).says("请填写“情况说明”");
    let mut street = world.officer(OfficeKind::StreetOfficer, &code(STREET)).await;
    let elsewhere = [("place", "5304270020010001")];
    street.post("/disputes/new", &elsewhere).await.expect(404);
    street.post("/disputes/new", &with("place", STREET)).await.expect(422).says("哪个小区党支部或社区");
    street.get("/disputes/files/x").await.expect(404);
}

async fn a_name_that_was_written_wrongly_is_put_right(world: &World) {
    world.import_ledger().await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let file = opened(&mut secretary).await;
    secretary.get(&file).await.expect(200).does_not_say("保存更正");
    // The form is there once the names were shown, and begins with them.
    let form = secretary.post(&format!("{file}/parties"), &[]).await.expect(200).says("保存更正");
    form.says(&format!("value=\"{}\"", NAMES[0])).says(&format!("{MATTER}</textarea>"));
    let correct = format!("{file}/correct");
    let mut fields = vec![("party.0.name", "李桂芳"), ("party.0.phone", PHONE), ("matter", MATTER)];
    let refused = secretary.post(&correct, &fields).await.expect(422);
    refused.says("请填写“当事人2的姓名”").says("value=\"李桂芳\"");
    fields.push(("party.1.name", NAMES[1]));
    do_it(&mut secretary, &file, "correct", &fields).await;
    secretary.get(&file).await.expect(200).says("更正当事人和纠纷情况").does_not_say("李桂芳");
    secretary.post(&format!("{file}/parties"), &[]).await.expect(200).says("李桂芳").does_not_say(NAMES[0]);
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    community.post(&format!("{file}/parties"), &[]).await.expect(200).does_not_say("保存更正");
    community.post(&correct, &fields).await.expect(422).says("现在由小区党支部调解");
    do_it(&mut secretary, &file, "decline", &[("decline", "police")]).await;
    secretary.post(&correct, &fields).await.expect(422).says("不能办理这一步");
}

async fn what_is_not_for_mediation_is_told_where_to_go(world: &World) {
    world.import_ledger().await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    for (reason, way) in
        [("police", "110"), ("litigation", "人民法院"), ("arbitration", "12333"), ("no_consent", "自愿")]
    {
        let file = opened(&mut secretary).await;
        secretary.post(&format!("{file}/decline"), &[]).await.expect(422).says("请选择“不予受理的原因”");
        do_it(&mut secretary, &file, "decline", &[("decline", reason)]).await;
        secretary.get(&file).await.expect(200).says(way).says("不予受理");
        secretary.post(&format!("{file}/accept"), &[("consent", "yes")]).await.expect(422).says("不能办理这一步");
    }
    secretary.get("/disputes?state=declined").await.expect(200).says("第 1–4 条");
    secretary.get("/desk").await.expect(200).does_not_say("调解卷");
    // A party may end it at any time, and is told of other ways.
    let file = opened(&mut secretary).await;
    do_it(&mut secretary, &file, "accept", &[("consent", "yes")]).await;
    secretary.post(&format!("{file}/end"), &[]).await.expect(422).says("请选择“终止原因”");
    do_it(&mut secretary, &file, "end", &[("cause", "party_left"), ("end", "不谈了")]).await;
    secretary.get(&file).await.expect(200).says("仲裁、行政、司法").says("调解未成，待回访");
    do_it(&mut secretary, &file, "visit", &[("result_of_visit", "elsewhere"), ("visit", "已起诉")]).await;
    let page = secretary.get("/disputes/counts").await.expect(200).says("100.00%（1/1）");
    assert_eq!(page.between("data-label=\"不予受理\" class=\"num\">", "<"), "4");
}

async fn a_voice_is_taken_up(world: &World) {
    world.import_ledger().await;
    let voice = spoken(world, &code(BRANCH)).await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let page = format!("/voice-desk/voices/{voice}");
    let new = secretary.get(&page).await.expect(200).says("立为调解卷").between("href=\"/disputes/new", "\"");
    let form = secretary.get(&format!("/disputes/new{new}")).await.expect(200);
    form.says("楼顶漏水").says("value=\"works\" selected");
    let id = voice.to_string();
    let mut fields = OPENING.to_vec();
    fields.retain(|(name, _)| *name != "origin");
    fields.push(("voice", &id));
    let file = secretary.post("/disputes/new", &fields).await.expect(303).location;
    secretary.get(&file).await.expect(200).says(&page).says("居民诉求转来");
    secretary.get(&page).await.expect(200).says("已立为调解卷〔2022〕第1号").does_not_say(NAMES[0]);
    // Not with a voice of somebody else's.
    let mut other = world.officer(OfficeKind::BranchSecretary, &code("5304270010010002")).await;
    other.get(&format!("/disputes/new?voice={voice}")).await.expect(404);
    fields[0].1 = "5304270010010002";
    other.post("/disputes/new", &fields).await.expect(404);
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    community.post("/disputes/new", &fields).await.expect(422).says("这件诉求不是所选地方的");
    other.get("/disputes?show=all").await.expect(200).says("没有这样的调解卷");
}

async fn a_broken_promise_is_visited_again(world: &World) {
    world.import_ledger().await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let file = opened(&mut secretary).await;
    do_it(&mut secretary, &file, "accept", &[("consent", "yes")]).await;
    do_it(&mut secretary, &file, "session", SESSION).await;
    let mut agreed = vec![("agreed_on", "2022-11-07"), ("form", "written"), ("facts", MATTER), ("terms", "赔偿粉刷费")];
    let agree = format!("{file}/agreement");
    secretary.post(&agree, &agreed).await.expect(422).says("请填写要履行的事项和期限");
    agreed.extend([("item.0.text", "付 300 元"), ("item.0.due_on", "2022-11-10")]);
    let both = [agreed.clone(), vec![("at_once", "yes")]].concat();
    secretary.post(&agree, &both).await.expect(422).says("已勾选“当场履行完毕”");
    do_it(&mut secretary, &file, "agreement", &agreed).await;
    // A branch is no mediation committee: its paper does not say so, and no court confirms it.
    let page = secretary.get(&file).await.expect(200).does_not_say("司法确认");
    let text = document_text(secretary.post(&format!("{file}/letter"), &[]).await.expect(200).body);
    assert!(text.contains("调解协议书") && !text.contains("人民调解"), "{text}");
    let item = format!("outcome.{}", page.between("name=\"outcome.", "\""));
    do_it(&mut secretary, &file, "check", &[(&item, "broken"), ("check", "一直没付")]).await;
    secretary.get(&file).await.expect(200).says("协议未全部履行，待回访").says("一直没付");
    world.set_date(date(2022, 12, 1));
    do_it(&mut secretary, &file, "visit", &[("result_of_visit", "uneasy"), ("visit", "还在吵")]).await;
    secretary.get(&file).await.expect(200).says("2022年12月31日前").says("还在吵");
    do_it(&mut secretary, &file, "visit", &[("result_of_visit", "elsewhere"), ("visit", "已起诉")]).await;
    secretary.get("/disputes?state=closed").await.expect(200).says("〔2022〕第1号");
}

async fn what_is_late_is_said_and_counted(world: &World) {
    world.import_ledger().await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let file = opened(&mut secretary).await;
    on(world, date(2022, 11, 9)).await;
    secretary.get("/messages").await.expect(200).says("调解卷〔2022〕第1号待受理").does_not_say(NAMES[0]);
    do_it(&mut secretary, &file, "accept", &[("consent", "yes")]).await;
    secretary.get("/disputes/counts").await.expect(200).does_not_say("（0/1）");
    secretary.get("/disputes?show=late").await.expect(200).says("没有这样的调解卷");
    on(world, date(2022, 12, 10)).await;
    secretary.get("/messages").await.expect(200).says("的期限已过，请尽快办理");
    secretary.get("/disputes?show=late").await.expect(200).says("已超期");
    secretary.get("/disputes/counts").await.expect(200).says("0.00%（0/1）");
    // What is late goes on: the law says usually.
    let mut held = SESSION.to_vec();
    held[0].1 = "2022-12-09";
    do_it(&mut secretary, &file, "session", &held).await;
}

async fn a_branch_that_moves_takes_its_files_along(world: &World) {
    world.import_ledger().await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let file = opened(&mut secretary).await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    let to = [("community", "530427001002"), ("reason", "区划调整")];
    officer.post(&format!("/places/{BRANCH}/restructuring/move"), &to).await.expect(303);
    world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await.get(&file).await.expect(404);
    let mut new = world.officer(OfficeKind::CommunityOfficer, &code("530427001002")).await;
    new.get(&file).await.expect(200).says(MATTER);
}
