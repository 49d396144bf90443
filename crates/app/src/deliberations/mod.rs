//! Deliberation in a compound (红色议事厅): one thread for each matter, from being raised to being finished (R-DEL-01…03).
//!
//! Owns the tables `deliberations`, `deliberation_views`, `deliberation_sessions`, `deliberation_seats`, `deliberation_milestones`,
//! `milestone_photos`, `deliberation_ratings` and `deliberation_entries`. Promises that a session is announced before it is held and has minutes, that what the owners
//! decide by law waits for their vote, that every step is signed and a step back has its reason, and that who gave a view and who
//! sat for the residents is sealed. Never counts views as votes, and holds no money: amounts are what others told.

mod actions;
mod http;
mod jobs;
mod letters;
mod pages;
mod public;
mod queries;
mod read;
mod schema;
mod sheets;
mod store;
mod todos;
pub mod urls;

use domain::permission::Deed;
use platform::db::migrate::Migrations;

use crate::desk::MenuEntry;

pub use actions::*;
pub use http::{public_photo, routes};
pub use jobs::JOBS;
pub use pages::{since_words, steps, tone};
pub use public::{PublicMatter, PublicThread, public_matters, public_thread};
pub use queries::sessions_of_branch;
pub use read::{NAME, TEXT, TITLE, read_rating, read_view};
pub use todos::{dues, todos};

/// Entries of the menu.
pub const MENU: &[MenuEntry] =
    &[MenuEntry { group: "小区", label: "议事", href: urls::DELIBERATIONS, deed: Deed::ViewDeliberation }];

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![
        Box::new(schema::M0068Deliberations),
        Box::new(schema::M0082Ratings),
        Box::new(schema::M0085MilestonePhotos),
        Box::new(schema::M0087SignedMinutes),
    ]
}
