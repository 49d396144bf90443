//! A form that is sent twice is one voice; an officer who enters what was said already lets it follow.

use domain::permission::OfficeKind;

use crate::{
    client::Answer,
    stories,
    voices::{BRANCH, FORM, newest, speak},
    world::{World, code},
};

stories!(a_form_sent_twice_is_one_voice, an_officer_enters_what_was_said_already);

fn key_of(receipt: &Answer) -> String {
    receipt.between("<strong class=\"code\">", "</strong>")
}

async fn a_form_sent_twice_is_one_voice(world: &World) {
    world.import_ledger().await;
    let mut resident = world.visitor();
    let once = resident.get(FORM).await.expect(200).between("name=\"once\" value=\"", "\"");
    assert_ne!(once, resident.get(FORM).await.expect(200).between("name=\"once\" value=\"", "\""));
    let said = |text: &'static str| {
        let once = once.clone();
        let mut visitor = world.visitor();
        async move {
            let fields = [("kind", "help"), ("topic", "repairs"), ("text", text), ("once", once.as_str())];
            key_of(&visitor.post(FORM, &fields).await.expect(200))
        }
    };
    // A double click: both come at once, and once more after the page was loaded again.
    let (one, two) = tokio::join!(said("楼道灯坏了"), said("楼道灯坏了"));
    assert_eq!(one, two, "one receipt");
    assert_eq!(said("楼道灯坏了").await, one);
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let many = |page: Answer, text: &str| page.text().matches(text).count();
    assert_eq!(many(secretary.get("/voice-desk?show=all").await.expect(200), "楼道灯坏了"), 1);
    assert_eq!(many(secretary.get("/messages").await.expect(200), "收到一件新诉求"), 1);
    // Who goes back and says something else says something else, also from a page that somebody else was shown.
    assert_ne!(said("楼道灯又坏了").await, one);
    // Two who say the same without a common page are two.
    assert_ne!(speak(world, "help", "楼道灯坏了", &[]).await, speak(world, "help", "楼道灯坏了", &[]).await);
    // A refused form keeps its key.
    let fields = [("kind", "help"), ("topic", "repairs"), ("text", ""), ("once", "abc")];
    resident.post(FORM, &fields).await.expect(422).says("name=\"once\" value=\"abc\"");
}

async fn an_officer_enters_what_was_said_already(world: &World) {
    world.import_ledger().await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    secretary.get("/voice-desk/new").await.expect(200).does_not_say("已经有人反映过");
    speak(world, "complaint", "电梯停在五楼", &[]).await;
    let first = newest(&mut secretary).await;
    let id = first.rsplit('/').next().expect("an id").to_owned();
    secretary.get("/voice-desk/new").await.expect(200).says("正在办理的 1 件").says(&id);
    let entered = [
        ("branch", BRANCH),
        ("channel", "window"),
        ("kind", "complaint"),
        ("topic", "repairs"),
        ("text", "电梯坏了，老人下不了楼"),
        ("same", id.as_str()),
        ("once", "entered-1"),
    ];
    let receipt = secretary.post("/voice-desk/new", &entered).await.expect(200).text();
    let told = receipt.split("查询码").nth(1).and_then(|rest| rest.split("</dd>").next()).expect("a code");
    secretary.post("/voice-desk/new", &entered).await.expect(200).says(told);
    secretary.get(&first).await.expect(200).says("合并办理的同类诉求（1 件）").says("老人下不了楼");
    let mut other = entered;
    other[5].1 = "不是编号";
    secretary.post("/voice-desk/new", &other).await.expect(422).says("请从列表中选择").says("老人下不了楼");
    // Who chooses the branch sees what that branch works on.
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code("530427001001")).await;
    community.get("/voice-desk/new").await.expect(200).does_not_say("已经有人反映过");
    community.get(&format!("/voice-desk/new?branch={BRANCH}")).await.expect(200).says("正在办理的 1 件");
    let look = [("branch", BRANCH), ("text", "电梯还没修好"), ("look", "yes")];
    let looked = community.post("/voice-desk/new", &look).await.expect(200);
    looked.says("正在办理的 1 件").says("电梯停在五楼").says("电梯还没修好</textarea>");
}
