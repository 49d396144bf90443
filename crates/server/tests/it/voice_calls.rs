//! Others called in for a voice: the property company by the branch, a department by the street's whistle.

use domain::permission::OfficeKind;
use jiff::civil::date;

use crate::{
    client::Client,
    stories,
    voices::{ACKNOWLEDGED, BRANCH, do_it, entered, follow, newest, on, speak},
    world::{World, code},
};

stories!(
    who_is_called_in_answers_and_never_learns_who_spoke,
    the_street_whistles_for_a_department,
    a_report_stays_with_the_desks,
);

const COMPANY: &[(&str, &str)] =
    &[("callee", "property_company"), ("called", "安居物业公司"), ("call", "请今天派人疏通主管道")];
const DEPARTMENT: &[(&str, &str)] =
    &[("callee", "department"), ("called", "县城市管理局"), ("call", "请到现场核查夜间施工")];

/// The call on the page of a voice.
async fn called(officer: &mut Client, voice: &str) -> String {
    let id = officer.get(voice).await.expect(200).between("/voice-desk/calls/", "/");
    format!("/voice-desk/calls/{id}")
}

/// What a Word document says.
fn words_of(docx: &[u8]) -> String {
    use std::io::Read as _;
    let mut words = String::new();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).expect("a document");
    archive.by_name("word/document.xml").expect("its text").read_to_string(&mut words).expect("text");
    words
}

// R-VOI-11
async fn who_is_called_in_answers_and_never_learns_who_spoke(world: &World) {
    world.import_ledger().await;
    on(world, date(2022, 11, 7)).await;
    let who = [("name", "李桂芬"), ("phone", "13987740077")];
    let key = speak(world, "complaint", "下水道堵了，我家402的厨房返水", &who).await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let voice = newest(&mut secretary).await;
    let call = format!("{voice}/call");
    secretary.post(&call, COMPANY).await.expect(422).says("签收、开始办理以后");
    do_it(&mut secretary, &voice, "acknowledge", ACKNOWLEDGED).await;
    secretary.get(&voice).await.expect(200).says("物业服务企业").does_not_say("部门、单位（吹哨）");
    secretary.post(&call, &[]).await.expect(422).says("请选择“请谁协办”").says("请填写“单位名称”");
    secretary.post(&call, DEPARTMENT).await.expect(422).says("由街道或县“吹哨”").says("县城市管理局");
    secretary.post(&call, COMPANY).await.expect(303);
    secretary.get(&voice).await.expect(200).says("等回应，请回复期限 2022年11月9日前");
    secretary.get("/desk").await.expect(200).says("登记安居物业公司对“漏水维修”诉求的回应");

    // The resident sees who is called in, and whoever is called in sees the desk's words alone.
    follow(world, &key).await.expect(200).says("请协办单位一起办").says("安居物业公司").does_not_say("疏通主管道");
    let page = called(&mut secretary, &voice).await;
    let slip = secretary.get(&format!("{page}/slip.docx")).await.expect(200);
    let slip = words_of(&slip.body);
    assert!(slip.contains("请今天派人疏通主管道") && slip.contains("2022年11月9日前"), "{slip}");
    assert!(!slip.contains("402") && !slip.contains("李桂芬") && !slip.contains("13987740077"), "{slip}");
    let mut elsewhere = world.officer(OfficeKind::BranchSecretary, &code("5304270010010003")).await;
    elsewhere.get(&format!("{page}/slip.docx")).await.expect(404);
    elsewhere.post(&format!("{page}/answer"), &[]).await.expect(404);

    // Nothing is done while the answer is missing; it is noted once.
    secretary.post(&format!("{voice}/finish"), &[("proof", "疏通了")]).await.expect(422).says("还有协办单位没有回应");
    let answer = format!("{page}/answer");
    secretary.post(&answer, &[]).await.expect(422).says("是不是对方的职责").says("请选择“办得怎样”");
    let answered = [("theirs", "yes"), ("call_solved", "yes"), ("answer", "当天下午疏通")];
    secretary.post(&answer, &answered).await.expect(303);
    secretary.post(&answer, &answered).await.expect(422).says("已经有了结果");
    secretary.get(&voice).await.expect(200).says("属于其职责；已解决；当天下午疏通");
    do_it(&mut secretary, &voice, "finish", &[("proof", "疏通了")]).await;
    secretary.get("/voice-desk/rates").await.expect(200).says("协办和吹哨").says("物业服务企业").says("100.00%（1/1）");
}

// R-VOI-08
async fn the_street_whistles_for_a_department(world: &World) {
    world.import_ledger().await;
    on(world, date(2022, 11, 7)).await;
    let mut street = world.officer(OfficeKind::StreetOfficer, &code("530427001")).await;
    let voice = entered(&mut street, "hotline", "").await;
    do_it(&mut street, &voice, "acknowledge", ACKNOWLEDGED).await;
    street.post(&format!("{voice}/call"), DEPARTMENT).await.expect(303);
    let page = called(&mut street, &voice).await;
    // Two working days later the answer is late, and stays so when it comes.
    on(world, date(2022, 11, 10)).await;
    street.get(&voice).await.expect(200).says("逾期");
    let answered = [("theirs", "no"), ("call_solved", "no"), ("answer", "说归住建局管")];
    street.post(&format!("{page}/answer"), &answered).await.expect(303);
    street.get("/voice-desk/rates").await.expect(200).says("0.00%（0/1）").says("部门、单位（吹哨）");
    // One that was called by mistake is taken back, and counts nowhere.
    street.post(&format!("{voice}/call"), DEPARTMENT).await.expect(303);
    let text = street.get(&voice).await.expect(200).text();
    let second = text.rsplit("/voice-desk/calls/").next().and_then(|rest| rest.split('/').next()).expect("an id");
    let withdraw = format!("/voice-desk/calls/{second}/withdraw");
    street.post(&withdraw, &[]).await.expect(422).says("请填写“收回原因”");
    street.post(&withdraw, &[("withdraw", "改请住建局")]).await.expect(303);
    street.get(&voice).await.expect(200).says("已收回").says("改请住建局");
    // Whoever has it no more neither calls nor answers.
    street.post(&format!("{voice}/call"), DEPARTMENT).await.expect(303);
    do_it(&mut street, &voice, "assign", &[("desk", "branch"), ("assign", "")]).await;
    street.post(&format!("{voice}/call"), DEPARTMENT).await.expect(422).says("现在由小区党支部办理");
}

async fn a_report_stays_with_the_desks(world: &World) {
    world.import_ledger().await;
    on(world, date(2022, 11, 7)).await;
    speak(world, "report", "有人占用公共绿地", &[]).await;
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code("530427001001")).await;
    let voice = newest(&mut community).await;
    do_it(&mut community, &voice, "acknowledge", ACKNOWLEDGED).await;
    community.post(&format!("{voice}/call"), COMPANY).await.expect(422).says("举报只由社区和上级办理");
}
