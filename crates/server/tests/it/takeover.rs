//! Who somebody is, is said by the branch that has them in its roll: nobody else changes a name or a number, whichever way they try.

use app::people;
use domain::{members::MemberState, permission::OfficeKind};
use office::workbook::Workbook;

use crate::{
    members::list,
    stories,
    world::{World, code},
};

stories!(
    a_pending_report_says_nothing_of_who_is_in_another_roll,
    a_line_that_ended_says_nothing_of_who_left,
    a_committee_elsewhere_says_nothing_of_a_member,
    nobody_unconfirms_another_branchs_member,
    a_link_ends_with_the_line_it_was_made_for,
    two_lines_that_nothing_joins_are_not_one,
    a_namesakes_number_is_nobody_elses,
);

const BRANCH: &str = "5304270010010001";
const OTHER: &str = "5304270010010002";
const PHONE: &str = "13987740091";
const TAKEN: &str = "13999990000";

const MEMBER: [(&str, &str); 6] = [
    ("name", "程一凡"),
    ("gender", "female"),
    ("phone", PHONE),
    ("kind", "full"),
    ("affiliation", "here"),
    ("service", "non_service"),
];

/// The line of 程一凡 in a branch's roll, and what is kept of the person.
async fn line(world: &World, branch: &str) -> (String, people::Membership, people::Person) {
    let roll = people::memberships_under(world.floor.db.reader(), &code(branch)).await.expect("read");
    for row in roll.into_iter().rev() {
        let (line, person) =
            people::membership(world.floor.db.reader(), row.id.0).await.expect("read").expect("a line");
        if person.name == "程一凡" {
            return (line.id.0.to_string(), line, person);
        }
    }
    panic!("not in the roll of {branch}");
}

/// The form of a correction that would take the sign-in over.
fn correction(version: &str) -> Vec<(&str, &str)> {
    let mut form = vec![("version", version), ("name", "程一凡改"), ("phone", TAKEN), ("birth_month", "1950.01")];
    form.extend([("kind", "full"), ("affiliation", "here"), ("service", "non_service")]);
    form
}

/// The person is as the own branch entered them.
async fn is_untouched(world: &World) {
    let (_, _, person) = line(world, BRANCH).await;
    let index = world.floor.keys.index(PHONE);
    assert_eq!((person.phone_index.as_deref(), person.birth_month), (Some(index.as_str()), None));
}

async fn a_pending_report_says_nothing_of_who_is_in_another_roll(world: &World) {
    world.import_ledger().await;
    let mut own = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let mut other = world.officer(OfficeKind::BranchSecretary, &code(OTHER)).await;
    own.post(&format!("/places/{BRANCH}/members/new"), &MEMBER).await.expect(303);
    world.visitor().post(&format!("/join/{OTHER}"), &MEMBER).await.expect(200);
    let (id, waiting, _) = line(world, OTHER).await;
    assert_eq!(waiting.state.0, MemberState::Reported);
    let page = format!("/memberships/{id}");
    other.get(&page).await.expect(200).says("名册里已有这名同志").does_not_say("name=\"birth_month\"");
    let version = waiting.version.to_string();
    other.post(&page, &correction(&version)).await.expect(422).says("已在另一个小区党支部报到");
    other.post(&format!("{page}/phone"), &[]).await.expect(404);
    is_untouched(world).await;
    // The branch may still turn the report away.
    other.post(&format!("{page}/end"), &[("ended_on", "2022-11-07"), ("reason", "不是本小区的")]).await.expect(303);
}

async fn a_line_that_ended_says_nothing_of_who_left(world: &World) {
    world.import_ledger().await;
    let mut own = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let mut other = world.officer(OfficeKind::BranchSecretary, &code(OTHER)).await;
    other.post(&format!("/places/{OTHER}/members/new"), &MEMBER).await.expect(303);
    let (id, _, _) = line(world, OTHER).await;
    let told = [("branch", BRANCH), ("ended_on", "2022-11-07"), ("reason", "搬家")];
    other.post(&format!("/memberships/{id}/end"), &told).await.expect(303);
    let (next, _, _) = line(world, BRANCH).await;
    own.post(&format!("/places/{BRANCH}/members/confirm"), &[("member", &next)]).await.expect(303);
    let (_, ended, _) = line(world, OTHER).await;
    let version = ended.version.to_string();
    let page = format!("/memberships/{id}");
    other.post(&page, &correction(&version)).await.expect(422).says("已经结束或转出，不能再更正");
    other.post(&format!("{page}/phone"), &[]).await.expect(404);
    is_untouched(world).await;
    own.post(&format!("/memberships/{next}/phone"), &[]).await.expect(200).says(PHONE);
}

async fn a_committee_elsewhere_says_nothing_of_a_member(world: &World) {
    world.import_ledger().await;
    let mut own = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let mut other = world.officer(OfficeKind::BranchSecretary, &code(OTHER)).await;
    own.post(&format!("/places/{BRANCH}/members/new"), &MEMBER).await.expect(303);
    let appointed = [
        ("name", "程一凡"),
        ("phone", PHONE),
        ("post", "organisation"),
        ("service", "non_service"),
        ("term_years", "3"),
    ];
    other.post(&format!("/places/{OTHER}/committee"), &appointed).await.expect(303);
    let committee = people::committee_of(world.floor.db.reader(), &code(OTHER)).await.expect("read");
    let (post, person) = committee.into_iter().find(|(_, person)| person.name == "程一凡").expect("in the committee");
    let (version, known) = (post.version.to_string(), person.version.to_string());
    let change = [
        ("version", version.as_str()),
        ("person_version", known.as_str()),
        ("name", "程一凡改"),
        ("phone", TAKEN),
        ("post", "publicity"),
        ("service", "non_service"),
        ("term_years", "3"),
    ];
    let page = format!("/committee-posts/{}", post.id.0);
    other.post(&format!("{page}/phone"), &[]).await.expect(404);
    other.post(&page, &change).await.expect(422).says("由那个支部更正");
    is_untouched(world).await;
    let post_alone: Vec<_> = change
        .iter()
        .filter(|(field, _)| *field != "phone")
        .map(|(field, value)| if *field == "name" { (*field, "程一凡") } else { (*field, *value) })
        .chain([("gender", "female")])
        .collect();
    other.post(&page, &post_alone).await.expect(303);
}

async fn nobody_unconfirms_another_branchs_member(world: &World) {
    world.import_ledger().await;
    let mut own = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let mut other = world.officer(OfficeKind::BranchSecretary, &code(OTHER)).await;
    // Whoever was in the other branch first has the older line there.
    other.post(&format!("/places/{OTHER}/members/new"), &MEMBER).await.expect(303);
    let (old, _, _) = line(world, OTHER).await;
    let told = [("branch", BRANCH), ("ended_on", "2022-11-07"), ("reason", "搬家")];
    other.post(&format!("/memberships/{old}/end"), &told).await.expect(303);
    let (here, _, _) = line(world, BRANCH).await;
    own.post(&format!("/places/{BRANCH}/members/confirm"), &[("member", &here)]).await.expect(303);

    // In the member's name from the posters of both, as often as one likes.
    for branch in [OTHER, BRANCH, OTHER, BRANCH] {
        world.visitor().post(&format!("/join/{branch}"), &MEMBER).await.expect(200);
        assert_eq!(line(world, BRANCH).await.1.state.0, MemberState::Confirmed, "after a report to {branch}");
    }
    // What waits is not sent on to where the member is.
    let page = other.get(&format!("/memberships/{old}")).await.expect(200).does_not_say("转到别的小区党支部");
    page.says("结束报到");
    other.post(&format!("/memberships/{old}/end"), &told).await.expect(422).says("不能这样办理");
    assert_eq!(line(world, BRANCH).await.1.state.0, MemberState::Confirmed);
    other.post(&format!("/places/{OTHER}/members/confirm"), &[("member", &old)]).await.expect(422);
    other.post(&format!("/memberships/{old}/link"), &[]).await.expect(422);
    // Nor does the ledger hand their number out, though the other branch met them first and has them waiting.
    for (branch, officer, is_told) in [(OTHER, &mut other, false), (BRANCH, &mut own, true)] {
        let ledger = officer.post("/ledger/export", &[("place", branch)]).await.expect(200).body;
        let told = format!("{:?}", Workbook::read(&ledger).expect("a workbook").sheets());
        assert_eq!(told.contains(PHONE), is_told, "{branch}");
    }
}

async fn a_link_ends_with_the_line_it_was_made_for(world: &World) {
    world.import_ledger().await;
    let mut own = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let mut other = world.officer(OfficeKind::BranchSecretary, &code(OTHER)).await;
    other.post(&format!("/places/{OTHER}/members/new"), &MEMBER).await.expect(303);
    let (old, _, _) = line(world, OTHER).await;
    let mut tokens = Vec::new();
    for _ in 0..2 {
        let page = other.post(&format!("/memberships/{old}/link"), &[]).await.expect(200);
        tokens.push(page.between("/member-link/", "<"));
    }
    let mut inside = world.visitor();
    inside.post(&format!("/member-link/{}", tokens[0]), &[]).await.expect(303);
    inside.get("/me").await.expect(200);
    let told = [("branch", BRANCH), ("ended_on", "2022-11-07"), ("reason", "搬家")];
    other.post(&format!("/memberships/{old}/end"), &told).await.expect(303);
    let (here, _, _) = line(world, BRANCH).await;
    own.post(&format!("/places/{BRANCH}/members/confirm"), &[("member", &here)]).await.expect(303);
    // Neither the link that was kept nor the session that was begun with the other leads to the new branch.
    world.visitor().post(&format!("/member-link/{}", tokens[1]), &[]).await.expect(422);
    let page = own.post(&format!("/memberships/{here}/link"), &[]).await.expect(200);
    let mut member = world.visitor();
    member.post(&format!("/member-link/{}", page.between("/member-link/", "<")), &[]).await.expect(303);
    member.get("/me").await.expect(200).says("程一凡");
    inside.get("/me").await.expect(303);
}

async fn two_lines_that_nothing_joins_are_not_one(world: &World) {
    world.import_ledger().await;
    let mut community = world.officer(OfficeKind::CommunityOfficer, &code("530427001001")).await;
    let roll = people::living_under(world.floor.db.reader(), &code(BRANCH)).await.expect("read");
    let (one, two) = (roll[0].0.id.0.to_string(), roll[1].0.id.0.to_string());
    let settle = format!("/members/duplicates/{one}/{two}");
    community.post(&settle, &[("keep", &two)]).await.expect(422).says("不是疑似重复");
    let after = people::living_under(world.floor.db.reader(), &code(BRANCH)).await.expect("read");
    assert_eq!(after.len(), roll.len());
}

async fn a_namesakes_number_is_nobody_elses(world: &World) {
    world.import_ledger().await;
    let mut own = world.officer(OfficeKind::BranchSecretary, &code(BRANCH)).await;
    let mut other = world.officer(OfficeKind::BranchSecretary, &code(OTHER)).await;
    own.post(&format!("/places/{BRANCH}/members/new"), &MEMBER).await.expect(303);
    let namesake: Vec<_> = MEMBER.iter().copied().filter(|(field, _)| *field != "phone").collect();
    other.post(&format!("/places/{OTHER}/members/new"), &namesake).await.expect(303);
    // Neither by the form nor by a list does the namesake come to sign in as the member.
    let (id, known, _) = line(world, OTHER).await;
    let version = known.version.to_string();
    let taken: Vec<_> = correction(&version)
        .into_iter()
        .map(|(field, value)| match field {
            "name" => (field, "程一凡"),
            "phone" => (field, PHONE),
            _ => (field, value),
        })
        .collect();
    other.post(&format!("/memberships/{id}"), &taken).await.expect(422).says("另有一名同志是这个姓名和电话");
    let import = format!("/places/{OTHER}/members/import");
    let rows = list(&[["程一凡", PHONE, "", "", "9栋"]]);
    let page = other.upload(&import, &[], ("file", "名册.xlsx", &rows)).await.expect(200);
    let hash = page.between("name=\"hash\" value=\"", "\"");
    other.post(&format!("{import}/confirm"), &[("hash", &hash)]).await.expect(422).says("另有一名同志");
    let (_, unchanged, person) = line(world, OTHER).await;
    assert_eq!((person.phone_index, unchanged.building.as_str()), (None, ""), "nothing is half-written");
    is_untouched(world).await;
}
