//! An application while it lies in its branch: two people at one draft, the files beside it, and whom it is shown to.

use domain::permission::OfficeKind;
use jiff::civil::date;

use crate::{
    review::report,
    selection::{application_fields, borrowed, open_season, seen, submit},
    stories,
    world::{World, code, county},
};

stories!(
    a_draft_keeps_what_is_right_as_one_types,
    a_draft_is_told_when_the_street_has_reported,
    two_people_at_one_draft_lose_nothing,
    strangers_find_nothing,
    attachments_are_judged_by_content
);

const BRANCH: &str = "5304270010010001";
const COMMUNITY: &str = "530427001001";
const OTHER: &str = "5304270010010002";

async fn a_draft_keeps_what_is_right_as_one_types(world: &World) {
    world.import_ledger().await;
    let season = open_season(world).await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let id = season.rsplit('/').next().expect("an id");
    let edit = secretary.post("/applications/start", &[("season", id)]).await.expect(303).location;
    let draft = edit.replace("/edit", "/draft");
    let version = secretary.get(&edit).await.between("name=\"version\" value=\"", "\"");
    let first = [("version", version.as_str()), ("score.A1", "7"), ("deeds", "先写一句"), ("autosave", "on")];
    let version = secretary.post(&draft, &first).await.expect(200).between("\"version\":", "}");
    // One wrong score, one text that is too long: the rest is kept, and what was stored there stays.
    let long = "长".repeat(501);
    let second = [
        ("version", version.as_str()),
        ("score.A1", "9"),
        ("evidence.A2", long.as_str()),
        ("score.A3", "八"),
        ("deeds", "又写一句"),
        ("autosave", "on"),
    ];
    let told = secretary.post(&draft, &second).await.expect(200);
    told.says("\"field\":\"score.A1\"").says("0 到 8 分").says("\"field\":\"evidence.A2\"").says("score.A3");
    let page = secretary.get(&edit).await.expect(200).says("又写一句").does_not_say(&long);
    assert_eq!(page.between("name=\"score.A1\" value=\"", "\""), "7");
}

async fn a_draft_is_told_when_the_street_has_reported(world: &World) {
    world.import_ledger().await;
    let season = open_season(world).await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let id = season.rsplit('/').next().expect("an id");
    let edit = secretary.post("/applications/start", &[("season", id)]).await.expect(303).location;
    let mut street = world.officer(OfficeKind::StreetOfficer, &code("530427001")).await;
    let ranking = street.get("/ranking").await.expect(303).location;
    let fields = [("met_on", "2022-11-07"), ("record", "本年度不推荐。")];
    street.post(&ranking, &fields).await.expect(200).says("还在填写的 1 个支部").says("阳光里联合党支部");
    report(&mut street, &ranking, &fields).await.expect(303);
    secretary.get("/messages").await.expect(200).says("申报草稿没有提交，本年度不再办理");
    let told = secretary.get(&edit).await.expect(303).location;
    secretary.get(&told).await.expect(200).says("这份申报没有提交：街道已于").does_not_say("24:00 前办结");
}

async fn two_people_at_one_draft_lose_nothing(world: &World) {
    world.import_ledger().await;
    let season = open_season(world).await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let mut member = world.officer(OfficeKind::BranchCommittee, &code(BRANCH)).await;
    let id = season.rsplit('/').next().expect("an id");
    let edit = secretary.post("/applications/start", &[("season", id)]).await.expect(303).location;
    let (draft, submit) = (edit.replace("/edit", "/draft"), edit.replace("/edit", "/submit"));
    let shown = |page: &crate::client::Answer| page.between("name=\"version\" value=\"", "\"");
    let (one, two) = (shown(&secretary.get(&edit).await), shown(&member.get(&edit).await));
    let first = [("version", one.as_str()), ("deeds", "书记写的做法")];
    secretary.post(&draft, &first).await.expect(303);
    // The same once more takes nothing from anybody.
    secretary.post(&draft, &first).await.expect(303);
    let second = [("version", two.as_str()), ("deeds", "委员写的做法"), ("autosave", "on")];
    member.post(&draft, &second).await.expect(409);
    let told = member.post(&draft, &second[..2]).await.expect(409);
    told.text().contains("data-autosave").then(|| panic!("what is told is not saved over by itself"));
    let told = told.says("另一位同志保存了这份申报表").says("委员写的做法");
    secretary.get(&edit).await.expect(200).says("书记写的做法").does_not_say("委员写的做法");
    let mut whole = application_fields(1);
    whole.push(("version".into(), two));
    member.post(&submit, &borrowed(&whole)).await.expect(409).says("党员带头，邻里互助。");
    // Having been told, one may write over it.
    let known = shown(&told);
    let second = [("version", known.as_str()), ("deeds", "两人合写的做法")];
    member.post(&draft, &second).await.expect(303);
    secretary.get(&edit).await.expect(200).says("两人合写的做法");
}

async fn strangers_find_nothing(world: &World) {
    world.import_ledger().await;
    let season = open_season(world).await;
    let mut branch = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let application = submit(&mut branch, &season, 0).await;
    let mut other = world.officer(OfficeKind::BranchSecretary, &code(OTHER)).await;
    other.get(&application).await.expect(404);
    other.post(&format!("{application}/withdraw"), &[("reason", "x")]).await.expect(404);
    let mut elsewhere = world.officer(OfficeKind::CommunityOfficer, &code("530427001002")).await;
    elsewhere.get(&application).await.expect(404);
    let mut street = world.officer(OfficeKind::StreetOfficer, &code("530427001")).await;
    street.get(&application).await.expect(200);
    street.post(&format!("{application}/check"), &[("verdict", "pass")]).await.expect(403);
    world.visitor().get(&application).await.expect(303);
    let mut member = world.officer(OfficeKind::BranchCommittee, &code(BRANCH)).await;
    member.post(&format!("{application}/withdraw"), &[("reason", "x")]).await.expect(303);
}

async fn attachments_are_judged_by_content(world: &World) {
    world.import_ledger().await;
    let season = open_season(world).await;
    let mut branch = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let id = season.rsplit('/').next().expect("an id");
    let edit = branch.post("/applications/start", &[("season", id)]).await.expect(303).location;
    let files = edit.replace("/edit", "/files");
    let html = ("file", "x.png", &b"<html><script>alert(1)</script>"[..]);
    let refused = branch.upload(&files, &[("item", "A1")], html).await.expect(422);
    refused.says("只接受 jpg、png、pdf、docx、xlsx").says("value=\"A1\" selected");
    branch.post(&files, &[("item", "A1")]).await.expect(422).says("请先选择要上传的文件");
    let pdf = ("file", "..\\..\\记录<b>.pdf", &b"%PDF-1.7\n%%EOF"[..]);
    branch.upload(&files, &[("item", "A1")], pdf).await.expect(303);
    let page = branch.get(&edit).await.expect(200).says("记录&#60;b&#62;.pdf");
    let page = page.says("小区党支部书记 1 同志1 2022年11月7日 09:0");
    let path = format!("/attachments/{}", page.between("href=\"/attachments/", "\""));
    let file = branch.get(&path).await.expect(200);
    assert_eq!(file.headers.get("content-type").expect("a type"), "application/pdf");
    assert!(file.headers.get("content-disposition").expect("saved").to_str().expect("text").starts_with("attachment"));
    let mut other = world.officer(OfficeKind::BranchSecretary, &code(OTHER)).await;
    other.get(&path).await.expect(404);
    // Those above see it once it was submitted, and not what is added to a draft that was returned.
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    let mut officer = world.officer(OfficeKind::CountyOrgDept, &county()).await;
    for above in [&mut community, &mut officer] {
        above.get(&path).await.expect(404);
    }
    let application = edit.trim_end_matches("/edit").to_owned();
    branch.post(&format!("{application}/submit"), &borrowed(&application_fields(0))).await.expect(303);
    community.get(&path).await.expect(200);
    officer.get(&path).await.expect(200);
    let version = seen(&mut community, &application).await;
    let back = [("seen", version.as_str()), ("verdict", "return"), ("reason", "请补充活动记录")];
    community.post(&format!("{application}/check"), &back).await.expect(303);
    world.set_date(date(2022, 11, 8));
    let more = ("file", "补充.pdf", &b"%PDF-1.7\n2"[..]);
    branch.upload(&files, &[("item", "A1")], more).await.expect(303);
    let page = branch.get(&edit).await.expect(200).text();
    let added = page.split("href=\"/attachments/").skip(1).filter_map(|rest| rest.split('"').next());
    let added = added.map(|id| format!("/attachments/{id}")).find(|added| *added != path).expect("another file");
    branch.get(&added).await.expect(200);
    community.get(&added).await.expect(404);
    community.get(&path).await.expect(200);
}
