//! The calendar: the State Council's yearly tables of holidays and make-up days (R-CAL-01).
//!
//! Owns the tables `calendar_days` and `calendar_years`. Promises that a year is known only when its table was imported,
//! each with its source and revision. Never counts days; that is the rule's ([`domain::calendar`]).

mod actions;
mod http;
mod read;
mod schema;
mod store;
pub mod urls;

use domain::permission::Deed;
use platform::{
    db::migrate::Migrations,
    route::{Access, Route},
};

use crate::desk::MenuEntry;

pub use actions::import_calendar;
pub use read::read_table;
pub use store::load;

/// Entries of the menu.
pub const MENU: &[MenuEntry] =
    &[MenuEntry { group: "管理", label: "节假日表", href: urls::CALENDAR, deed: Deed::ImportCalendar }];

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get(urls::CALENDAR, Access::For(Deed::ViewSeason), http::show),
        Route::get(urls::TEMPLATE, Access::For(Deed::ViewSeason), http::template),
        Route::post(urls::CALENDAR, Access::For(Deed::ImportCalendar), http::import),
    ]
}

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![Box::new(schema::M0006Calendar)]
}
