//! Public notices, objections against them, and the awards that wait for both.
//!
//! Owns the tables `notices`, `notice_entries`, `objections`, `circulars` and `awards`. Promises that nothing is published
//! incomplete, that no award takes effect before its period is over and its objections are decided, and that who objected
//! is sealed and read by verifiers alone, on the record. Never shows a page to the public; the portal does.

mod actions;
mod list;
mod queries;
mod schema;
mod store;
pub mod urls;

use platform::db::migrate::Migrations;

pub use actions::*;
pub use queries::*;

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![Box::new(schema::M0012Notices)]
}
