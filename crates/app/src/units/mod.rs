//! Work units: their branches, their members, and their report to communities (单位双报到).
//!
//! Owns the table `unit_registrations`; units themselves are places. Promises that a unit's contact sees the unit's own members
//! only, and that a report counts when the community has confirmed it.

mod actions;
mod http;
mod reported;
mod schema;
mod store;
mod todos;
pub mod urls;

use domain::permission::Deed;
use platform::{
    db::migrate::Migrations,
    route::{Access, Route},
};

use crate::desk::MenuEntry;

pub use actions::{add_unit, add_unit_branch, change_unit, confirm_unit, end_unit_registration, register_unit};
pub use store::{count_reported_in, registration::Model as UnitRegistration, registrations_of};
pub use todos::todos;

/// Entries of the menu.
pub const MENU: &[MenuEntry] = &[
    MenuEntry { group: "党员", label: "单位党组织", href: urls::UNITS, deed: Deed::ViewUnit },
    MenuEntry { group: "党员", label: "单位报到", href: urls::REPORTED, deed: Deed::ConfirmUnit },
];

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let (see, edit) = (Access::For(Deed::ViewUnit), Access::For(Deed::EditUnit));
    let (register, confirm) = (Access::For(Deed::RegisterUnit), Access::For(Deed::ConfirmUnit));
    vec![
        Route::get(urls::UNITS, see, http::list),
        Route::get(urls::EXPORT, see, http::export_list),
        Route::post(urls::UNITS, edit, http::add),
        Route::get(urls::UNIT, see, http::show),
        Route::post(urls::UNIT, edit, http::change),
        Route::post(urls::ADD_BRANCH, edit, http::add_branch),
        Route::get(urls::MEMBERS, see, http::export),
        Route::post(urls::REGISTER, register, http::register),
        Route::get(urls::REPORTED, confirm, reported::reported),
        Route::get(urls::REPORTED_EXPORT, confirm, reported::export),
        Route::get(urls::REGISTRATION, confirm, reported::show),
        Route::post(urls::CONFIRM, confirm, reported::confirm),
        Route::post(urls::END, confirm, reported::end),
    ]
}

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![Box::new(schema::M0038UnitRegistrations), Box::new(schema::M0057UnitEndings)]
}
