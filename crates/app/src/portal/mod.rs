//! The portal: what anyone may read and do without signing in.
//!
//! Owns no table. Promises to show what R-NOT-08 and R-PRI allow and nothing more: compounds and branches, and of persons
//! the name and post of a branch's committee; of a season that is not decided, only numbers. Never asks who reads.

mod directory;
mod frame;
pub mod urls;

use platform::route::{Access, Route};

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let public = Access::Public;
    vec![Route::get(urls::DIRECTORY, public, directory::list), Route::get(urls::BRANCH, public, directory::show)]
}
