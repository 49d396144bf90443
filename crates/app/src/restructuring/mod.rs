//! A branch comes under another community, is dissolved, or is restored (R-ORG-01, R-SEL-06).
//!
//! Owns no table: the moves are kept with the places. Promises that everything kept of a branch follows it, in one deed,
//! and that the record still tells what it was. Never changes what a season counted when it opened.

mod actions;
mod http;

use domain::permission::Deed;
use platform::route::{Access, Route};

pub use actions::{dissolve_branch, move_branch, restore_branch};

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let moving = Access::For(Deed::MoveBranch);
    vec![
        Route::get("/places/{place}/restructuring", moving, http::show),
        Route::post("/places/{place}/restructuring/move", moving, http::move_to),
        Route::post("/places/{place}/restructuring/dissolve", Access::For(Deed::DissolveBranch), http::dissolve),
        Route::post("/places/{place}/restructuring/restore", Access::For(Deed::RestoreBranch), http::restore),
    ]
}
