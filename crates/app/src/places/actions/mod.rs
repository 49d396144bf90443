//! The deeds of places.

mod branch;
mod buildings;

pub use branch::{BranchParticulars, edit_branch, particulars};
pub use buildings::{BuildingParticulars, add_building, drop_building, edit_building, reveal_steward_phone};
