//! Places: the tree of county, streets, communities and branches, with the compounds and buildings of each branch.
//!
//! Owns the tables `places`, `branches`, `compounds` and `buildings`. Promises that the tree is in the codes, so that
//! everything under a place is one range, and that telephone numbers are sealed. Never knows who holds an office.

mod actions;
mod bulk;
mod divisions;
mod meant;
mod moves;
mod names;
mod queries;
mod schema;
mod store;
pub mod urls;

use platform::{db::migrate::Migrations, route::Route};

pub use actions::*;
pub use bulk::{PlaceChanges, add_units, change_unit_place, write_changes};
pub use divisions::{COUNTY, common_name, install_county};
pub use meant::{every_place_under, offered, place_meant};
pub use moves::{Move, former_codes, move_branch_place, moved_to, next_branch_code, set_active};
pub use names::{Names, unit_of_branch_name};
pub use queries::{
    BranchFilter, BranchOfTree, ancestors, branch, branches, branches_under, building, buildings_of, buildings_under,
    compounds_of, compounds_under, counties, divisions_under, find_branches, lock, names, natural_order, place,
    places_under, units_under,
};
pub use store::{
    branch::Model as Branch, building::Model as Building, compound::Model as Compound, place::Model as Place,
};

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    Vec::new()
}

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![Box::new(schema::M0003Places), Box::new(schema::M0017Moves), Box::new(schema::M0062Particulars)]
}
