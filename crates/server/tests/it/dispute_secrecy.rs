//! Who reads a mediation file and who does not, through HTTP.

use app::disputes::open_dispute;
use domain::permission::OfficeKind;
use jiff::civil::date;

use crate::{
    disputes::{BRANCH, COMMUNITY, MATTER, NAMES, OPENING, PHONE, SESSION, STREET, between, do_it, opened},
    points::{by, client},
    stories,
    world::{World, code, county},
};

stories!(
    nobody_else_reads_a_word_of_it,
    a_party_or_a_relative_does_not_mediate,
    it_goes_up_to_the_street_and_the_branch_reads_no_more,
);

// R-PRI-01, R-PRI-03
async fn nobody_else_reads_a_word_of_it(world: &World) {
    world.import_ledger().await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let file = opened(&mut secretary).await;
    do_it(&mut secretary, &file, "accept", &[("consent", "yes")]).await;
    do_it(&mut secretary, &file, "session", SESSION).await;
    let words = [NAMES[0], NAMES[1], PHONE, MATTER, "各自讲了经过", "装修、漏水", "李**"];
    let reveal = format!("{file}/parties");
    // Street and county see where it stands.
    for (kind, place) in [
        (OfficeKind::StreetOfficer, code(STREET)),
        (OfficeKind::CountyOrgDept, county()),
        (OfficeKind::HousingBureau, county()),
        (OfficeKind::CountyLeader, county()),
    ] {
        let mut above = world.officer(kind, &place).await;
        let pages = [&file, "/disputes?show=all", "/disputes/counts", "/desk", "/messages"];
        for page in pages {
            let page = above.get(page).await;
            words.iter().fold(page, |page, words| page.does_not_say(words));
        }
        let search = "/search?q=%E6%9D%8E%E6%A1%82%E8%8A%AC";
        above.get(search).await.expect(200).does_not_say("/disputes/files").does_not_say("李**");
        above.get(&file).await.expect(200).says("调解中").says("调解内容保密");
        let answer = above.post(&reveal, &[]).await;
        let expected = if kind == OfficeKind::StreetOfficer { 422 } else { 403 };
        answer.expect(expected).does_not_say(NAMES[0]);
        above.post(&format!("{file}/letter"), &[]).await.expect(expected);
        above.get("/disputes/counts").await.expect(200);
    }
    // The others see nothing at all.
    for (kind, place) in [
        (OfficeKind::BranchSecretary, code("5304270010010002")),
        (OfficeKind::CommunityOfficer, code("530427001002")),
        (OfficeKind::Member, code(BRANCH)),
        (OfficeKind::UnitContact, code("530427-0001")),
        (OfficeKind::Auditor, county()),
    ] {
        let mut other = world.officer(kind, &place).await;
        other.get(&file).await.expect(404);
        other.post(&reveal, &[]).await.expect(404);
    }
    let mut visitor = world.visitor();
    for page in ["/", "/voices/at/5304270010010001/list", "/directory/5304270010010001"] {
        words.iter().fold(visitor.get(page).await, |page, words| page.does_not_say(words));
    }
    // The desk and its community read it, names on asking and on the record alone.
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    for reader in [&mut secretary, &mut community] {
        for page in [file.as_str(), "/disputes?show=all", "/disputes/disputes.xlsx?show=all", "/desk"] {
            reader.get(page).await.expect(200).does_not_say(NAMES[0]).does_not_say(PHONE);
        }
        reader.get(&file).await.expect(200).says(MATTER);
        reader.post(&reveal, &[]).await.expect(200).says(NAMES[0]).says(PHONE).says("记入操作记录");
    }
    community.post(&format!("{file}/session"), SESSION).await.expect(422).says("现在由小区党支部调解");
    let mut auditor = world.officer(OfficeKind::Auditor, &county()).await;
    let record = auditor.get("/audit").await.expect(200).says("查看当事人").says("登记调解").says("矛盾纠纷");
    words[..5].iter().fold(record, |page, words| page.does_not_say(words));
}

async fn a_party_or_a_relative_does_not_mediate(world: &World) {
    world.import_ledger().await;
    let branch = code(BRANCH);
    let secretary = world.swear_in(OfficeKind::BranchSecretary, &branch).await;
    let committee = world.swear_in(OfficeKind::BranchCommittee, &branch).await;
    let op = by(world, &committee, date(2022, 11, 7));
    let id = open_dispute(&op, between(&branch, [&secretary.1.name, NAMES[1]])).await.expect("opened");
    let file = format!("/disputes/files/{id}");
    let (mut party, mut relative) = (client(world, &secretary).await, client(world, &committee).await);
    party.get(&file).await.expect(200).says("当事人中有与您同名的人").does_not_say(MATTER);
    party.get("/disputes").await.expect(200).says("内容保密");
    let consent = [("consent", "yes")];
    party.post(&format!("{file}/accept"), &consent).await.expect(422).says("与您同名的人");
    party.post(&format!("{file}/parties"), &[]).await.expect(422).does_not_say(NAMES[1]);
    do_it(&mut relative, &file, "accept", &consent).await;
    relative.post(&format!("{file}/stand-back"), &[]).await.expect(422).says("请填写“与当事人的关系”");
    do_it(&mut relative, &file, "stand-back", &[("relation", "赵德柱的表弟")]).await;
    relative.post(&format!("{file}/stand-back"), &[("relation", "表弟")]).await.expect(422).says("申请回避");
    let page = relative.get(&file).await.expect(200).says("已对这份调解卷申请回避").says("移交社区调解");
    page.does_not_say(MATTER).does_not_say("表弟");
    relative.post(&format!("{file}/session"), SESSION).await.expect(422).says("由其他同志调解");
    relative.post(&format!("{file}/parties"), &[]).await.expect(422).does_not_say(NAMES[1]);
    // Whoever stands back may still hand it on; that is nobody's failing.
    let up = [("upward", "standing_back"), ("hand_up", "本支部两位同志都要回避")];
    do_it(&mut relative, &file, "hand-up", &up).await;
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    community.get("/messages").await.expect(200).says("移交到本级").does_not_say(NAMES[1]);
    community.get(&file).await.expect(200).says(MATTER).says("都要回避").does_not_say("表弟");
    let row = community.get("/disputes/counts").await.expect(200).between("data-label=\"上交\" class=\"num\">", "<");
    assert_eq!(row, "0", "standing back is not going up");
}

async fn it_goes_up_to_the_street_and_the_branch_reads_no_more(world: &World) {
    world.import_ledger().await;
    let mut secretary = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code(COMMUNITY)).await;
    let mut street = world.officer(OfficeKind::StreetOfficer, &code(STREET)).await;
    let secret = opened(&mut secretary).await;
    let mut fields = OPENING.to_vec();
    fields.push(("is_open", "yes"));
    let open = secretary.post("/disputes/new", &fields).await.expect(303).location;
    let up = [("upward", "hard"), ("hand_up", "涉及几十户，支部调解不了")];
    for file in [&secret, &open] {
        do_it(&mut secretary, file, "accept", &[("consent", "yes")]).await;
        do_it(&mut secretary, file, "hand-up", &up).await;
    }
    secretary.get(&secret).await.expect(200).says("待受理").does_not_say(MATTER).does_not_say("几十户");
    secretary.get(&open).await.expect(200).says(MATTER);
    secretary.post(&format!("{secret}/hand-up"), &up).await.expect(422).says("现在由社区调解");
    community.get("/desk").await.expect(200).says("受理：调解卷〔2022〕第1号").says("第2号");
    do_it(&mut community, &secret, "hand-up", &up).await;
    street.get("/messages").await.expect(200).says("移交到本级");
    street.get(&secret).await.expect(200).says(MATTER).does_not_say("移交街道调解");
    community.get(&secret).await.expect(200).says(MATTER);
    street.post(&format!("{secret}/hand-up"), &up).await.expect(422).says("已经在街道调解");
    do_it(&mut street, &secret, "accept", &[("consent", "yes")]).await;
    community.get("/disputes/counts").await.expect(200).says("0.00%（0/2）");
}
