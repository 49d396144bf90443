//! A voice about several things: split, worked on at several desks, done when all pieces are.

use domain::permission::OfficeKind;
use jiff::civil::date;

use crate::{
    client::Client,
    stories,
    voices::{ACKNOWLEDGED, COMMUNITY, FORM, do_it, follow, newest, on, speak},
    world::{World, code},
};

stories!(a_voice_is_split_and_done_when_its_pieces_are, a_split_that_cannot_be_is_refused_in_words);

const BRANCH: &str = "5304270010010001";

/// The pieces that the page of a voice leads to.
async fn pieces(officer: &mut Client, voice: &str) -> Vec<String> {
    let page = officer.get(voice).await.expect(200);
    let listed = page.between("<h2>分开办理（", "</section>");
    listed.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

const TWO: &[(&str, &str)] = &[
    ("piece.0.topic", "cleanliness"),
    ("piece.0.words", "清走三栋楼道的旧家具"),
    ("piece.0.desk", "branch"),
    ("piece.2.topic", "facilities"),
    ("piece.2.words", "修好北门路灯"),
    ("piece.2.desk", "community"),
];

async fn a_voice_is_split_and_done_when_its_pieces_are(world: &World) {
    world.import_ledger().await;
    let own = speak(world, "complaint", "三栋楼道堆满旧家具，北门的路灯也坏了", &[("phone", "13987740077")]).await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    let whole = newest(&mut secretary).await;
    do_it(&mut secretary, &whole, "acknowledge", ACKNOWLEDGED).await;
    do_it(&mut secretary, &whole, "split", TWO).await;
    let pieces = pieces(&mut secretary, &whole).await;
    assert_eq!(pieces.len(), 2);

    // The resident sees who has what; the neighbours see one voice; nobody is called from a piece.
    let page = follow(world, &own).await.expect(200).says("您说的事情由几个单位分头办");
    page.says("正在办理").says("已转办，等待签收").says("修好北门路灯");
    let list = world.visitor().get(&format!("{FORM}/list")).await.expect(200);
    list.says("漏水维修").does_not_say("公共设施").does_not_say("环境卫生");
    community.get("/messages").await.expect(200).says("分出一部分请本级办理");
    let page = community.get(&pieces[1]).await.expect(200).says("修好北门路灯").says("从这件诉求里分出的一部分");
    page.does_not_say("查看反映人").does_not_say("旧家具").does_not_say("name=\"reply\"");
    community.post(&format!("{}/reply", pieces[1]), &[("reply", "马上修")]).await.expect(422).says("原诉求里办理");
    community.post(&format!("{}/split", pieces[1]), TWO).await.expect(422).says("不能办理这一步");

    // The whole waits for its pieces, whoever has them.
    let done = [("proof", "都办好了")];
    secretary.post(&format!("{whole}/finish"), &done).await.expect(422).says("还有 2 部分没有办结").says("都办好了");
    do_it(&mut secretary, &pieces[0], "finish", &[("proof", "旧家具已清走")]).await;
    do_it(&mut community, &pieces[1], "accept", &[]).await;
    do_it(&mut community, &pieces[1], "finish", &[("proof", "换了灯泡")]).await;
    secretary.get("/messages").await.expect(200).says("分办的“公共设施”部分已办结");
    secretary.get(&whole).await.expect(200).says("分办的一部分已办结").says("换了灯泡");
    do_it(&mut secretary, &whole, "finish", &done).await;
    let page = follow(world, &own).await.expect(200).says("办得怎么样，您说了算").says("旧家具已清走");
    page.says("已结案");

    // One voice came, and one is done; what comes again and again is not made of pieces.
    let year = "/voice-desk/rates?place=530427001001&year=2022";
    community.get(year).await.expect(200).says("100.00%（1/1）").does_not_say("3 件").does_not_say("3/3");
}

async fn a_split_that_cannot_be_is_refused_in_words(world: &World) {
    world.import_ledger().await;
    speak(world, "help", "三栋楼道堆满旧家具，北门的路灯也坏了", &[]).await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let whole = newest(&mut secretary).await;
    let split = format!("{whole}/split");
    secretary.post(&split, TWO).await.expect(422).says("不能办理这一步");
    do_it(&mut secretary, &whole, "acknowledge", ACKNOWLEDGED).await;
    secretary.post(&split, &[]).await.expect(422).says("请至少写明一部分要办什么");
    let half = [("piece.0.words", "清走旧家具"), ("piece.0.desk", "nowhere")];
    secretary.post(&split, &half).await.expect(422).says("事项").says("由谁办理").says("清走旧家具");
    for _ in 0..3 {
        do_it(&mut secretary, &whole, "split", TWO).await;
    }
    secretary.post(&split, TWO).await.expect(422).says("最多分成 6 部分");
    // What is late goes up, piece by piece; the branch cannot merge what waits for its pieces.
    speak(world, "help", "楼道又堆了东西", &[]).await;
    let other = newest(&mut secretary).await;
    do_it(&mut secretary, &other, "acknowledge", ACKNOWLEDGED).await;
    let same = other.rsplit('/').next().expect("an identifier");
    secretary.post(&format!("{whole}/merge"), &[("same", same)]).await.expect(422).says("还有 6 部分没有办结");
    let first = pieces(&mut secretary, &whole).await.remove(0);
    secretary.post(&format!("{first}/merge"), &[("same", same)]).await.expect(422).says("只能并入同一小区党支部");
    on(world, date(2022, 11, 16)).await;
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    community.get(&first).await.expect(200).says("逾期上报");
}
