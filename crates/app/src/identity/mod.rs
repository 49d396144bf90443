//! Accounts and offices: who signs in, and under which office they act.
//!
//! Owns the tables `accounts` and `offices`. Promises that an office whose term has ended stops working at once, and
//! that failed sign-ins are counted, delayed and recorded. Never tells whether a sign-in name exists.

mod actions;
mod schema;
pub mod session;
mod store;
pub mod urls;

use platform::{db::migrate::Migrations, route::Route};

pub use actions::*;

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    Vec::new()
}

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![Box::new(schema::M0002Identity)]
}
