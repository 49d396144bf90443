//! The roll of a branch: who is in it, how complete and fresh it is, who reports, moves and leaves (双报到, 党员底数清).
//!
//! Owns the table `duplicates`, in which a person settled whether two lines are one member; the lines themselves are people's.
//! Promises that nobody is merged silently, that a list is imported whole or not at all, and that whoever reports from a link
//! learns nothing of who is in a roll. Never asks for more of an address than the building.

mod departures;
mod duplicates;
mod http;
mod import;
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

pub use departures::{end_registration, move_member};
pub use duplicates::{Settlement, possible_duplicates, settle_duplicate};
pub use http::register::code_for;
pub use import::plan as plan_import;
pub use todos::todos;

/// Entries of the menu.
pub const MENU: &[MenuEntry] = &[
    MenuEntry { group: "党员", label: "党员名册", href: urls::MEMBERS, deed: Deed::ViewMembers },
    MenuEntry { group: "党员", label: "疑似重复", href: urls::DUPLICATES, deed: Deed::SettleDuplicate },
];

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let (see, edit) = (Access::For(Deed::ViewMembers), Access::For(Deed::EditMembers));
    let (register, confirm) = (Access::For(Deed::RegisterMember), Access::For(Deed::ConfirmRegistration));
    let (import, settle) = (Access::For(Deed::ImportMembers), Access::For(Deed::SettleDuplicate));
    vec![
        Route::get(urls::MEMBERS, see, http::list::own),
        Route::get(urls::OF_PLACE, see, http::list::list),
        Route::get(urls::EXPORT, see, http::list::export),
        Route::get(urls::NEW, register, http::register::show),
        Route::post(urls::NEW, register, http::register::submit),
        Route::get(urls::JOIN, Access::Public, http::register::show_join),
        Route::post(urls::JOIN, Access::Public, http::register::join),
        Route::get(urls::POSTER, edit, http::register::poster),
        Route::post(urls::CONFIRM, confirm, http::list::confirm),
        Route::post(urls::VERIFY, edit, http::list::verify),
        Route::post(urls::GROUP, edit, http::list::group),
        Route::get(urls::MEMBER, see, http::show::show),
        Route::post(urls::MEMBER, edit, http::show::save),
        Route::post(urls::END, confirm, http::show::end),
        Route::get(urls::IMPORT, import, http::import::show),
        Route::get(urls::IMPORT_TABLE, import, http::import::table),
        Route::post(urls::IMPORT, import, http::import::preview),
        Route::post(urls::IMPORT_CONFIRM, import, http::import::confirm),
        Route::get(urls::DUPLICATES, settle, http::duplicates::list),
        Route::post(urls::SETTLE, settle, http::duplicates::settle),
        Route::post(urls::REOPEN, settle, http::duplicates::reopen),
    ]
}

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![Box::new(schema::M0034Duplicates)]
}
