//! The workbench: what waits, and messages.
//!
//! Owns no table. Promises that everything it shows is asked from the modules below at that moment.

mod dashboard;
mod home;
mod messages;
mod search;
pub mod urls;

use domain::permission::Deed;
use platform::{
    route::{Access, Route},
    shell::LINKS,
};

use crate::desk::MenuEntry;

/// Entries of the menu.
pub const MENU: &[MenuEntry] = &[
    MenuEntry { group: "工作台", label: "待办", href: LINKS.home, deed: Deed::UseDesk },
    MenuEntry { group: "工作台", label: "评选总览", href: urls::DASHBOARD, deed: Deed::ViewApplication },
];

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let desk = Access::For(Deed::UseDesk);
    vec![
        Route::get(urls::DESK, desk, home::home),
        Route::get(urls::DASHBOARD, Access::For(Deed::ViewApplication), dashboard::dashboard),
        Route::get(urls::DASHBOARD_EXPORT, Access::For(Deed::ViewApplication), dashboard::export),
        Route::get(urls::SEARCH, desk, search::search),
        Route::get(urls::MESSAGES, desk, messages::list),
        Route::post(urls::SEEN, desk, messages::mark_seen),
    ]
}
