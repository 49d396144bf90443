//! Many rows at once, for the import of the ledger; always within the deed of the one who asks.

use domain::{ids::CompoundId, place::PlaceCode};
use platform::{
    act::Act,
    db::{column::Text, insert_all},
    error::Stop,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::store::{self, branch, building, compound, place};

/// Rows to be written together. Changed rows are saved by the version that was read.
#[derive(Debug, Clone, Default)]
pub struct PlaceChanges {
    /// New work units and their branches.
    pub added_units: Vec<place::Model>,
    /// New branches, each with its place in the tree.
    pub added_branches: Vec<(place::Model, branch::Model)>,
    /// Changed branches.
    pub changed_branches: Vec<branch::Model>,
    /// New compounds.
    pub added_compounds: Vec<compound::Model>,
    /// Changed compounds.
    pub changed_compounds: Vec<compound::Model>,
    /// Compounds to be taken away; they must have no building.
    pub dropped_compounds: Vec<CompoundId>,
    /// New buildings.
    pub added_buildings: Vec<building::Model>,
    /// Changed buildings.
    pub changed_buildings: Vec<building::Model>,
}

/// Writes the changes, foundations first.
///
/// # Errors
/// [`Stop::Conflict`] when one of the rows was changed since it was read.
pub async fn write_changes(act: &Act<'_>, changes: PlaceChanges) -> Result<(), Stop> {
    let db = act.db();
    let (places, branches): (Vec<_>, Vec<_>) = changes.added_branches.into_iter().unzip();
    insert_all(db, changes.added_units).await?;
    insert_all(db, places).await?;
    insert_all(db, branches).await?;
    for row in changes.changed_branches {
        store::save_branch(db, row).await?;
    }
    insert_all(db, changes.added_compounds).await?;
    for row in changes.changed_compounds {
        store::save_compound(db, row).await?;
    }
    insert_all(db, changes.added_buildings).await?;
    for row in changes.changed_buildings {
        store::save_building(db, row).await?;
    }
    if !changes.dropped_compounds.is_empty() {
        let ids = changes.dropped_compounds.into_iter().map(Text);
        compound::Entity::delete_many().filter(compound::Column::Id.is_in(ids)).exec(db).await?;
    }
    Ok(())
}

/// Adds work units and their branches, in the deed of who enters them; each unit before its branches.
///
/// # Errors
/// When the database fails.
pub async fn add_units(act: &Act<'_>, units: Vec<(PlaceCode, String)>) -> Result<(), Stop> {
    let place = |(code, name): (PlaceCode, String)| place::Model {
        level: Text(code.level()),
        code: Text(code),
        name,
        is_active: true,
        version: 0,
    };
    Ok(insert_all(act.db(), units.into_iter().map(place).collect()).await?)
}

/// Renames a unit or takes it out of use, in the deed of who does.
///
/// # Errors
/// [`Stop::Conflict`] when it was changed since it was read.
pub async fn change_unit_place(act: &Act<'_>, row: place::Model, name: String, is_active: bool) -> Result<(), Stop> {
    store::save_place(act.db(), place::Model { name, is_active, ..row }).await
}
