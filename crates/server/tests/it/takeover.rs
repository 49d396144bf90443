//! Who somebody is, is said by the branch that has them in its roll: nobody else changes a name or a number, whichever way they try.

use app::people;
use domain::{members::MemberState, permission::OfficeKind};

use crate::{
    stories,
    world::{World, code},
};

stories!(
    a_pending_report_says_nothing_of_who_is_in_another_roll,
    a_line_that_ended_says_nothing_of_who_left,
    a_committee_elsewhere_says_nothing_of_a_member,
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
