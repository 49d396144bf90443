//! People: persons, their posts in branch committees, and their membership in branches.
//!
//! Owns the tables `persons`, `committee_posts`, `memberships` and `membership_stays`. Promises that telephone numbers are sealed, that lists
//! show them masked, and that each one shown in full is recorded. A person need not have an account;
//! which one it is, is kept once they have signed in.

mod actions;
mod apart;
mod bulk;
mod committees;
mod counts;
mod find;
mod order;
mod queries;
mod schema;
mod stays;
mod store;
mod tell;
mod units;
pub mod urls;

use platform::{db::migrate::Migrations, route::Route};

pub use actions::*;
pub use apart::{choices, names_apart};
pub use bulk::{PeopleChanges, write_changes};
pub use committees::{
    committee_of, committees_of, past_committee_of, post_in_office, posts_of_person, posts_under, secretaries_under,
};
pub use counts::{MemberCounts, VerifiedCount, member_counts_of, member_counts_under, verified_counts_under};
pub use find::{find_committee, find_members};
pub use order::{by_sound, by_strokes};
pub use queries::{
    MemberFilter, groups_of, groups_under, is_member_under, is_of_another, lines_of, lines_of_account, lines_of_person,
    lines_of_phone, lines_of_unit, living_under, members, members_of_unit, membership, memberships_of_persons,
    memberships_under, namesakes_under, persons, persons_of, persons_under,
};
pub use stays::{Stay, earlier_stay, stays_of};
pub use store::{membership::Model as Membership, person::Model as Person, post::Model as CommitteePost};
pub use tell::tell;

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    Vec::new()
}

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![
        Box::new(schema::M0004People),
        Box::new(schema::M0016Terms),
        Box::new(schema::M0018PersonAccounts),
        Box::new(schema::M0027Registrations),
        Box::new(schema::M0056Stays),
        Box::new(schema::M0075PartyGroups),
    ]
}
