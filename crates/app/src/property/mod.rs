//! Supervision of the property company (物业服务监督): what its contract promises, whether it is kept, and what the branch, the owners'
//! committee and residents find once a year.
//!
//! Owns the tables `property_contracts`, `property_checks`, `property_appraisals` and `property_sayings`. Promises that what is
//! published stays, that figures come from the voices themselves, and that nobody is asked who they are. Never grades by itself, and
//! never adds the three findings up.

mod actions;
mod http;
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
use platform::{
    db::migrate::Migrations,
    route::{Access, Route},
};

use crate::desk::MenuEntry;

pub use actions::{
    NewAppraisal, NewCheck, NewContract, NewFinding, NewSaying, enter_saying, give_saying, keep_contract, keep_finding,
    open_appraisal, publish_appraisal, record_check,
};
pub use public::{PublicAppraisal, PublicService, public_service};
pub use read::{WORDS, read_saying};
pub use store::contract::Model as Contract;
pub use todos::todos;

/// Entries of the menu.
pub const MENU: &[MenuEntry] =
    &[MenuEntry { group: "小区", label: "物业监督", href: urls::OWN, deed: Deed::ViewPropertyService }];

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let (see, keep) = (Access::For(Deed::ViewPropertyService), Access::For(Deed::SupervisePropertyService));
    vec![
        Route::get(urls::OWN, see, http::own),
        Route::get(urls::PLACE, see, http::show),
        Route::get(urls::SHEET, see, http::sheet),
        Route::post(urls::CONTRACT, keep, http::contract),
        Route::post(urls::CHECKS, keep, http::check),
        Route::post(urls::APPRAISALS, keep, http::open),
        Route::post(urls::FINDING, keep, http::finding),
        Route::post(urls::SAYING, keep, http::saying),
        Route::post(urls::PUBLISH, keep, http::publish),
    ]
}

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![Box::new(schema::M0083PropertyService)]
}
