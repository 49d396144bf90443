//! Resolutions (决议): what a branch meeting decided by a vote, for other things to stand on.
//!
//! Owns the table `resolutions`. Promises that a resolution is written once, with the numbers it was decided by, and never
//! changed. Knows nothing of how a meeting is held, nor of what points to it.

mod http;
mod schema;
mod store;
pub mod urls;

use domain::permission::Deed;
use platform::{
    db::migrate::Migrations,
    route::{Access, Route},
};

pub use store::{keep_resolution, passed_resolutions, resolution, resolutions_of, row::Model as Resolution};

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    vec![Route::get(urls::RESOLUTION, Access::For(Deed::ViewMeeting), http::show)]
}

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![Box::new(schema::M0020Resolutions)]
}
