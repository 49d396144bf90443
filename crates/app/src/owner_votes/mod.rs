//! What the owners of a compound decide together (业主共同决定): the register, the ballots, the count.
//!
//! Owns the tables `owner_polls`, `poll_units`, `poll_owners`, `poll_ballots` and `poll_calls`. Promises that a register is
//! frozen before a poll is announced and never changes after, that an owner has one ballot that counts, and that names,
//! telephones and ballots are sealed: the branch and its community see names masked, and each that is shown in full is on the
//! record. Never tells what anybody voted in a secret poll, and never shows how it goes before it is over.

mod actions;
mod facts;
mod http;
mod import;
mod jobs;
mod letters;
mod pages;
mod progress;
mod public;
mod queries;
mod read;
mod schema;
mod sealed;
mod sheets;
mod store;
mod todos;
pub mod urls;

use domain::permission::Deed;
use platform::db::migrate::Migrations;

use crate::desk::MenuEntry;

pub use actions::*;
pub use facts::{PollFact, poll_fact, polls_on};
pub use http::routes;
pub use jobs::JOBS;
pub use pages::days_words;
pub use public::{PublicPoll, public_poll, public_polls};
pub use queries::{CallLine, OwnerLine, calls_of, owners_of_poll, poll_draft};
pub use sealed::TypedUnit;
pub use todos::{dues, todos};

/// Entries of the menu.
pub const MENU: &[MenuEntry] =
    &[MenuEntry { group: "小区", label: "业主表决", href: urls::POLLS, deed: Deed::ViewPoll }];

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![Box::new(schema::M0064OwnerPolls), Box::new(schema::M0084PollCodes)]
}
