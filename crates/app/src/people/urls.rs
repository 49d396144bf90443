//! Where people are.

use domain::{
    ids::{CommitteePostId, MembershipId},
    place::PlaceCode,
};

use crate::places::urls::PLACES;

/// The committee of a branch, with the form for another member.
#[must_use]
pub fn committee(branch: &PlaceCode) -> String {
    format!("{PLACES}/{branch}/committee")
}

/// The same as an Excel table.
#[must_use]
pub fn committee_export(branch: &PlaceCode) -> String {
    format!("{PLACES}/{branch}/committee.xlsx")
}

/// Changing a post.
#[must_use]
pub fn post(id: CommitteePostId) -> String {
    format!("/committee-posts/{id}")
}

/// Ending a post.
#[must_use]
pub fn end_post(id: CommitteePostId) -> String {
    format!("/committee-posts/{id}/end")
}

/// Seeing a committee member's number in full.
#[must_use]
pub fn reveal_post(id: CommitteePostId) -> String {
    format!("/committee-posts/{id}/phone")
}

/// The members at or under a place.
#[must_use]
pub fn members(place: &PlaceCode) -> String {
    format!("{PLACES}/{place}/members")
}

/// The same as an Excel table.
#[must_use]
pub fn members_export(place: &PlaceCode) -> String {
    format!("{PLACES}/{place}/members.xlsx")
}

/// Seeing a member's number in full.
#[must_use]
pub fn reveal_member(id: MembershipId) -> String {
    format!("/memberships/{id}/phone")
}

/// Reporting a member to a branch.
#[must_use]
pub fn new_member(branch: &PlaceCode) -> String {
    format!("{PLACES}/{branch}/members/new")
}

/// One member of a branch.
#[must_use]
pub fn member(id: MembershipId) -> String {
    format!("/memberships/{id}")
}
