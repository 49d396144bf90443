//! Where the rolls are.

use domain::{ids::MembershipId, place::PlaceCode};

/// On to the roll of one's own place.
pub const MEMBERS: &str = "/members";
/// The roll of a branch, or of all branches under a place.
pub const OF_PLACE: &str = "/places/{place}/members";
/// The same as an Excel table.
pub const EXPORT: &str = "/places/{place}/members.xlsx";
/// Reporting a member.
pub const NEW: &str = "/places/{place}/members/new";
/// Reporting oneself, from a link or a poster.
pub const JOIN: &str = "/join/{place}";
/// The poster with the code that leads there.
pub const POSTER: &str = "/places/{place}/members/poster";
/// Confirming those who reported.
pub const CONFIRM: &str = "/places/{place}/members/confirm";
/// Having looked at lines.
pub const VERIFY: &str = "/places/{place}/members/verify";
/// Saying which group members meet in.
pub const GROUP: &str = "/places/{place}/members/group";
/// One member of a branch.
pub const MEMBER: &str = "/memberships/{membership}";
/// Ending, or moving on to another branch.
pub const END: &str = "/memberships/{membership}/end";
/// Importing a branch's own list: the form and its preview.
pub const IMPORT: &str = "/places/{place}/members/import";
/// The table to be filled in.
pub const IMPORT_TABLE: &str = "/places/{place}/members/import/table.xlsx";
/// Importing what was previewed.
pub const IMPORT_CONFIRM: &str = "/places/{place}/members/import/confirm";
/// Lines that may be one person.
pub const DUPLICATES: &str = "/members/duplicates";
/// Settling whether they are.
pub const SETTLE: &str = "/members/duplicates/{first}/{second}";
/// Taking back that they are not.
pub const REOPEN: &str = "/members/duplicates/{first}/{second}/reopen";

/// The page or deed at `path` of a place.
#[must_use]
pub fn of_place(path: &str, place: &PlaceCode) -> String {
    path.replace("{place}", place.as_str())
}

/// The page or deed at `path` of a member.
#[must_use]
pub fn of_member(path: &str, membership: MembershipId) -> String {
    path.replace("{membership}", &membership.to_string())
}

/// Settling whether two lines are one person.
#[must_use]
pub fn settle(first: MembershipId, second: MembershipId) -> String {
    SETTLE.replace("{first}", &first.to_string()).replace("{second}", &second.to_string())
}

/// Taking back that two lines are two people.
#[must_use]
pub fn reopen(first: MembershipId, second: MembershipId) -> String {
    REOPEN.replace("{first}", &first.to_string()).replace("{second}", &second.to_string())
}

/// Handing a one-time link out to a member; the members' own pages take it.
#[must_use]
pub fn hand_out_link(membership: MembershipId) -> String {
    format!("/memberships/{membership}/link")
}
