//! Where places are.

use domain::{ids::BuildingId, place::PlaceCode};

/// The tree, with search.
pub const PLACES: &str = "/places";
/// The branches found, as an Excel table.
pub const EXPORT: &str = "/places.xlsx";

/// Everything at or under a place, as the ledger's workbook.
pub const LEDGER_EXPORT: &str = "/ledger/export";

/// One place: a branch's own page, or the tree from there on.
#[must_use]
pub fn place(code: &PlaceCode) -> String {
    format!("{PLACES}/{code}")
}

/// Changing a branch's particulars.
#[must_use]
pub fn edit_branch(code: &PlaceCode) -> String {
    format!("{PLACES}/{code}/edit")
}

/// Moving a branch to another community, dissolving or restoring it: the page when `deed` is empty, else the deed.
#[must_use]
pub fn restructuring(code: &PlaceCode, deed: &str) -> String {
    let slash = if deed.is_empty() { "" } else { "/" };
    format!("{PLACES}/{code}/restructuring{slash}{deed}")
}

/// The compounds and buildings of a branch.
#[must_use]
pub fn buildings(code: &PlaceCode) -> String {
    format!("{PLACES}/{code}/buildings")
}

/// The same as an Excel table.
#[must_use]
pub fn buildings_export(code: &PlaceCode) -> String {
    format!("{PLACES}/{code}/buildings.xlsx")
}

/// Adding a building.
#[must_use]
pub fn new_building(code: &PlaceCode) -> String {
    format!("{PLACES}/{code}/buildings/new")
}

/// Changing a building.
#[must_use]
pub fn building(id: BuildingId) -> String {
    format!("/buildings/{id}")
}

/// Taking a building away.
#[must_use]
pub fn drop_building(id: BuildingId) -> String {
    format!("/buildings/{id}/drop")
}

/// Seeing a steward's number in full.
#[must_use]
pub fn reveal_steward(id: BuildingId) -> String {
    format!("/buildings/{id}/phone")
}
