//! Resolutions (决议): what a branch meeting decided by a vote, for other things to stand on.
//!
//! Owns the table `resolutions`. Promises that a resolution is written once, with the numbers it was decided by, and never
//! changed. Knows nothing of how a meeting is held, nor of what points to it; its page is with the meetings, which know both.

mod schema;
mod store;
pub mod urls;

use platform::db::migrate::Migrations;

pub use store::{keep_resolution, passed_on, passed_resolutions, resolution, resolutions_of, row::Model as Resolution};

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![Box::new(schema::M0020Resolutions), Box::new(schema::M0050ResolutionMatters)]
}
