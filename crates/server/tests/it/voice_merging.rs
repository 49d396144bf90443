//! Voices about the same: merged by the resident or by the desk, followed with one's own code, parted again.

use domain::permission::OfficeKind;

use crate::{
    stories,
    voices::{ACKNOWLEDGED, COMMUNITY, FORM, do_it, follow, newest, speak},
    world::{World, code},
};

stories!(a_resident_says_the_same_and_follows_it, the_desk_merges_and_parts, what_is_not_the_same_is_refused_in_words,);

const BRANCH: &str = "5304270010010001";

/// The identifier of a voice by its page.
fn id(voice: &str) -> &str {
    voice.rsplit('/').next().expect("an identifier")
}

async fn a_resident_says_the_same_and_follows_it(world: &World) {
    world.import_ledger().await;
    world.visitor().get(FORM).await.expect(200).does_not_say("已经有人反映过");
    speak(world, "complaint", "三栋电梯一直停在五楼", &[]).await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let first = newest(&mut secretary).await;
    do_it(&mut secretary, &first, "acknowledge", ACKNOWLEDGED).await;

    let page = world.visitor().get(FORM).await.expect(200).says("已经有人反映过").says("都不是，是新的事情");
    page.says("漏水维修：2022年11月7日反映，正在办理").does_not_say("停在五楼");
    let own = speak(world, "complaint", "电梯坏了，老人下不了楼", &[("same", id(&first))]).await;
    let page = follow(world, &own).await.expect(200).says("与同类诉求合并办理").says("老人下不了楼");
    page.says("正在办理").does_not_say("停在五楼");
    secretary.get("/messages").await.expect(200).says("又有同样的反映");
    secretary.get(&first).await.expect(200).says("合并办理的同类诉求（1 件）").says("老人下不了楼");
    secretary.get("/desk").await.expect(200).does_not_say("受理“漏水维修”诉求");
    let list = format!("{FORM}/list");
    world.visitor().get(&list).await.expect(200).says("（2 人反映）").does_not_say("合并办理");

    do_it(&mut secretary, &first, "finish", &[("proof", "换了门机，电梯通了")]).await;
    follow(world, &own).await.expect(200).says("已办结，等待居民评价").does_not_say("换了门机");
    let bare = [("code", own.as_str()), ("reason", " ")];
    world.visitor().post("/voices/follow/part", &bare).await.expect(422).says("为什么要单独办理");
    let again = [("code", own.as_str()), ("reason", "我家是四栋，还没有人来修")];
    let page = world.visitor().post("/voices/follow/part", &again).await.expect(200);
    page.says("已受理，正在安排办理").does_not_say("合并办理的诉求");
    world.visitor().post("/voices/follow/part", &again).await.expect(422).says("不能办理这一步");
    secretary.get("/messages").await.expect(200).says("要求单独办理");
    secretary.get("/desk").await.expect(200).says("安排办理“漏水维修”诉求");
    secretary.get(&first).await.expect(200).does_not_say("合并办理的同类诉求");
}

async fn the_desk_merges_and_parts(world: &World) {
    world.import_ledger().await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let mut voices = Vec::new();
    let mut keys = Vec::new();
    for text in ["一号井盖松动", "二号井盖松动", "三号井盖松动"] {
        keys.push(speak(world, "help", text, &[]).await);
        let list = secretary.get("/voice-desk?show=all").await.expect(200);
        let links = list.text();
        let found = links.split("href=\"/voice-desk/voices/").skip(1).filter_map(|rest| rest.split('"').next());
        let fresh = found.map(|id| format!("/voice-desk/voices/{id}")).find(|page| !voices.contains(page));
        voices.push(fresh.expect("a new voice"));
    }
    let [first, second, third] = &voices[..] else { panic!("three voices") };
    secretary.get(first).await.expect(200).says("并入同类诉求").says("漏水维修，3栋2单元：二号井盖松动");
    secretary.post(&format!("{first}/merge"), &[]).await.expect(422).says("请选择并入哪一件");
    do_it(&mut secretary, first, "merge", &[("same", id(second))]).await;
    // What followed one follows what that follows.
    do_it(&mut secretary, second, "merge", &[("same", id(third))]).await;
    secretary.get(third).await.expect(200).says("合并办理的同类诉求（2 件）").says("一号井盖松动");
    secretary.get(first).await.expect(200).says("已并入另一件同类诉求").says(third);
    secretary.post(&format!("{third}/merge"), &[("same", id(first))]).await.expect(422).says("只能并入同一小区党支部");
    follow(world, &keys[0]).await.expect(200).says("与同类诉求合并办理").says("已收到，等待受理");
    secretary.get("/voice-desk?show=closed").await.expect(200).says("已并入同类诉求");

    secretary.post(&format!("{first}/part"), &[("part", "")]).await.expect(422).says("请填写“单独办理的原因”");
    do_it(&mut secretary, first, "part", &[("part", "在另一个出入口")]).await;
    follow(world, &keys[0]).await.expect(200).says("在另一个出入口").says("已受理，正在安排办理");
    secretary.get(third).await.expect(200).says("合并办理的同类诉求（1 件）");
    let found = platform::audit::verify(world.floor.db.reader()).await.expect("walked");
    assert!(found.broken.is_empty());
}

async fn what_is_not_the_same_is_refused_in_words(world: &World) {
    world.import_ledger().await;
    speak(world, "help", "井盖松动", &[]).await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let voice = newest(&mut secretary).await;
    let said = |same: &'static str| [("kind", "help"), ("topic", "repairs"), ("text", "井盖还是松的"), ("same", same)];
    let mut resident = world.visitor();
    resident.post(FORM, &said("something")).await.expect(422).says("请从列表中选择").says("井盖还是松的");
    let stranger = "01900000-0000-7000-8000-000000000000";
    resident.post(FORM, &said(stranger)).await.expect(422).says("没有找到所选的诉求");
    let report = [("kind", "report"), ("topic", "repairs"), ("text", "有人偷井盖"), ("same", id(&voice))];
    resident.post(FORM, &report).await.expect(422).says("举报不合并");
    let there = [("kind", "help"), ("topic", "repairs"), ("text", "井盖松动"), ("same", id(&voice))];
    resident.post("/voices/at/5304270010010002", &there).await.expect(422).says("只能并入同一小区党支部");

    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    community.get(&voice).await.expect(200).does_not_say("并入哪一件");
    community.post(&format!("{voice}/merge"), &[("same", id(&voice))]).await.expect(422).says("现在由小区党支部办理");
    secretary.post(&format!("{voice}/merge"), &[("same", id(&voice))]).await.expect(422).says("只能并入");
    do_it(&mut secretary, &voice, "acknowledge", ACKNOWLEDGED).await;
    do_it(&mut secretary, &voice, "finish", &[("proof", "换好了")]).await;
    resident.get(FORM).await.expect(200).does_not_say("已经有人反映过");
    resident.post(FORM, &there).await.expect(422).says("只能并入");
}
