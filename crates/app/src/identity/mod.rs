//! Accounts and offices: who signs in, and under which office they act.
//!
//! Owns the tables `accounts` and `offices`. Promises that an office whose term has ended stops working at once, and
//! that failed sign-ins are counted, delayed and recorded. Never tells whether a sign-in name exists.

mod actions;
mod http;
mod pages;
mod queries;
mod schema;
pub mod session;
mod store;
pub mod urls;

use domain::permission::Deed;
use platform::{
    db::migrate::Migrations,
    route::{Access, Route},
};

pub use actions::*;
pub use http::{inside, stay_signed_in};
pub use queries::{
    Account, Holding, Unseated, account, account_meant, has_accounts, has_second_factor, holders, holdings, names,
    unseated,
};
pub use store::{Incumbent, follow_move, incumbents};

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let (public, desk) = (Access::Public, Access::For(Deed::UseDesk));
    vec![
        Route::get(urls::SIGN_IN, public, http::show_sign_in),
        Route::post(urls::SIGN_IN, public, http::submit_sign_in),
        Route::post(urls::DEMO_SIGN_IN, public, http::demo_sign_in),
        Route::post(urls::SIGN_OUT, public, http::sign_out),
        Route::post(urls::SWITCH_OFFICE, desk, http::switch_office),
        Route::post(urls::ELDER, public, http::switch_elder),
    ]
}

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![Box::new(schema::M0002Identity), Box::new(schema::M0072AccountHome)]
}
