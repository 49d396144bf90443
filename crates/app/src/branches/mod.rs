//! The pages of places: the tree with search, a branch with all that belongs to it, and the forms that change it.
//!
//! Owns no table; places and people are theirs. Promises that telephone numbers are masked in every list, and shown one at a
//! time to those who keep the ledger. Never shows anybody more than the office's own part of the tree.

mod buildings;
mod committee;
mod edit;
mod list;
mod reveal;
mod show;
mod standing;

use domain::permission::Deed;
use platform::{
    act::Op,
    keys::mask_phone,
    route::{Access, Route},
};

use crate::{desk::MenuEntry, places::urls};

pub(crate) use buildings::phone;
pub(crate) use committee::birth_month;
pub(crate) use list::crumbs;
pub use standing::{Standing, standings};

/// Entries of the menu.
pub const MENU: &[MenuEntry] =
    &[MenuEntry { group: "小区", label: "小区和支部", href: urls::PLACES, deed: Deed::ViewPlace }];

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let see = Access::For(Deed::ViewPlace);
    let (branch, building) = (Access::For(Deed::EditBranch), Access::For(Deed::EditBuildings));
    let (committee, reveal) = (Access::For(Deed::EditCommittee), Access::For(Deed::RevealPhone));
    vec![
        Route::get(urls::PLACES, see, list::own),
        Route::get(urls::EXPORT, see, list::export),
        Route::get("/places/{place}", see, show::show),
        Route::get("/places/{place}/edit", branch, edit::show),
        Route::post("/places/{place}/edit", branch, edit::save),
        Route::get("/places/{place}/buildings.xlsx", see, buildings::export),
        Route::get("/places/{place}/buildings/new", building, buildings::show_new),
        Route::post("/places/{place}/buildings/new", building, buildings::add),
        Route::get("/buildings/{building}", building, buildings::show),
        Route::post("/buildings/{building}", building, buildings::save),
        Route::post("/buildings/{building}/drop", building, buildings::drop),
        Route::post("/buildings/{building}/phone", reveal, reveal::steward),
        Route::get("/places/{place}/committee", committee, committee::show_new),
        Route::post("/places/{place}/committee", committee, committee::appoint),
        Route::get("/places/{place}/committee.xlsx", see, committee::export),
        Route::get("/committee-posts/{post}", committee, committee::show),
        Route::post("/committee-posts/{post}", committee, committee::save),
        Route::post("/committee-posts/{post}/end", committee, committee::end),
        Route::post("/committee-posts/{post}/phone", reveal, reveal::committee_member),
        Route::post("/memberships/{membership}/phone", reveal, reveal::member),
    ]
}

/// A number as lists show it; empty when there is none.
pub(crate) fn masked(op: &Op, sealed: Option<&str>) -> String {
    // A number sealed with a lost key must not take the whole page with it; showing it in full will tell the fault.
    sealed
        .map(|sealed| op.floor.keys.open(sealed).map_or_else(|_| "****".to_owned(), |phone| mask_phone(&phone)))
        .unwrap_or_default()
}

/// Codes and labels of a vocabulary, for fields to choose from.
macro_rules! options {
    ($vocabulary:ty) => {
        <$vocabulary>::ALL.iter().map(|value| (value.code().to_owned(), value.label().to_owned())).collect()
    };
}
pub(crate) use options;
