//! Mediation of disputes: the file from the application at the window to the visit afterwards (矛盾纠纷调解).
//!
//! Owns the tables `disputes`, `dispute_sessions`, `dispute_items`, `dispute_entries` and `dispute_recusals`. Promises that
//! who the parties are and whatever they say is sealed, read by the desk that mediates and its community alone, and their
//! names on the record only; that nobody mediates who is a party or stands back; and that what leaves the module, for the
//! score sheet and the levels above, are counts and states. Never shows anything to the public, to a search or in open data.

mod actions;
mod http;
mod letters;
mod pages;
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
pub use http::routes;
pub use queries::{DisputeLine, PlaceTally, disputes, items_to_check, tallies_of_year, tally_of_branch};
pub use store::dispute::DisputeFilter;
pub use todos::{dues, todos};

/// Entries of the menu.
pub const MENU: &[MenuEntry] =
    &[MenuEntry { group: "小区", label: "矛盾调解", href: urls::DISPUTES, deed: Deed::ViewDispute }];

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![Box::new(schema::M0063Disputes)]
}
