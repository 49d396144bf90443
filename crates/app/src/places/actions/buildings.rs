//! Buildings with their stewards and hub households.

use domain::{
    ids::{BuildingId, CompoundId},
    permission::Deed,
    place::PlaceCode,
};
use platform::{
    act::{Act, Op, Subject},
    db::{column::Text, insert_all},
    error::Stop,
};
use serde_json::json;

use crate::places::{
    queries,
    store::{self, building},
};

/// A building, as a form tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuildingParticulars {
    /// 小区.
    pub compound: CompoundId,
    /// 楼栋.
    pub name: String,
    /// 单元数.
    pub stairwells: i32,
    /// 户数.
    pub households: i32,
    /// 总专有面积, in hundredths of a square metre.
    pub exclusive_area: i64,
    /// 楼栋长; empty when there is none, which takes the number away as well.
    pub steward: String,
    /// A new number of the steward; `None` leaves the number as it is.
    pub steward_phone: Option<String>,
    /// 党员中心户; empty when there is none.
    pub hub_household: String,
    /// The version of the building that the form showed.
    pub version: i32,
}

/// Adds a building to a branch.
///
/// # Errors
/// A refusal at `compound` or `name`.
pub async fn add_building(op: &Op, branch: &PlaceCode, told: BuildingParticulars) -> Result<(), Stop> {
    let mut act = op.act().await?;
    queries::branch(act.db(), branch).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::EditBuildings, branch)?;
    let id: BuildingId = act.new_id();
    let blank = building::Model {
        id: Text(id),
        branch: Text(branch.clone()),
        compound_id: Text(told.compound),
        name: String::new(),
        stairwells: 0,
        households: 0,
        exclusive_area: 0,
        steward: String::new(),
        steward_phone_sealed: None,
        steward_phone_index: None,
        hub_household: String::new(),
        version: 0,
    };
    let row = checked(&act, &blank, told).await?;
    insert_all(act.db(), vec![building::Model { version: 0, ..row }]).await?;
    record(&mut act, branch, id, "added").await?;
    act.commit().await
}

/// Changes a building.
///
/// # Errors
/// A refusal at `compound` or `name`; [`Stop::Conflict`] when somebody else changed it since the form was shown.
pub async fn edit_building(op: &Op, id: BuildingId, told: BuildingParticulars) -> Result<PlaceCode, Stop> {
    let mut act = op.act().await?;
    let old = queries::building(act.db(), id).await?.ok_or(Stop::Missing)?;
    let branch = old.branch.0.clone();
    act.permit(Deed::EditBuildings, &branch)?;
    let row = checked(&act, &old, told).await?;
    store::save_building(act.db(), row).await?;
    record(&mut act, &branch, id, "changed").await?;
    act.commit().await?;
    Ok(branch)
}

/// Takes a building away that was entered by mistake or is no more.
///
/// # Errors
/// [`Stop::Conflict`] when somebody else changed it since the page was shown.
pub async fn drop_building(op: &Op, id: BuildingId, version: i32) -> Result<PlaceCode, Stop> {
    let mut act = op.act().await?;
    let old = queries::building(act.db(), id).await?.ok_or(Stop::Missing)?;
    let branch = old.branch.0.clone();
    act.permit(Deed::EditBuildings, &branch)?;
    store::drop_building(act.db(), id, version).await?;
    record(&mut act, &branch, id, "dropped").await?;
    act.commit().await?;
    Ok(branch)
}

/// Shows a steward's number in full, and records that it was shown.
///
/// # Errors
/// [`Stop::Missing`] when there is none.
pub async fn reveal_steward_phone(op: &Op, id: BuildingId) -> Result<(building::Model, String), Stop> {
    let mut act = op.act().await?;
    let row = queries::building(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::RevealPhone, &row.branch.0)?;
    let sealed = row.steward_phone_sealed.as_deref().ok_or(Stop::Missing)?;
    let phone = act.floor().keys.open(sealed)?;
    let body = json!({ "building": id });
    act.record(Deed::RevealPhone, &Subject::new("branch", &row.branch.0, &row.branch.0), body).await?;
    act.commit().await?;
    Ok((row, phone))
}

/// The building as it is told, if the branch covers the compound and no other building there has the name.
async fn checked(act: &Act<'_>, old: &building::Model, told: BuildingParticulars) -> Result<building::Model, Stop> {
    let branch = &old.branch.0;
    let compounds = queries::compounds_under(act.db(), branch).await?;
    if !compounds.iter().any(|compound| compound.id.0 == told.compound) {
        return Err(Stop::refused_at("compound", "请选择本支部覆盖的小区。"));
    }
    let others = queries::buildings_under(act.db(), branch).await?;
    let is_twin =
        |other: &building::Model| other.id != old.id && other.compound_id.0 == told.compound && other.name == told.name;
    if others.iter().any(is_twin) {
        return Err(Stop::refused_at("name", "这个小区已经有同名的楼栋，请核对楼栋名称。"));
    }
    let keys = &act.floor().keys;
    let (sealed, index) = match (&told.steward_phone, told.steward.is_empty()) {
        (_, true) => (None, None),
        (Some(phone), false) => (Some(keys.seal(phone)?), Some(keys.index(phone))),
        (None, false) => (old.steward_phone_sealed.clone(), old.steward_phone_index.clone()),
    };
    Ok(building::Model {
        compound_id: Text(told.compound),
        name: told.name,
        stairwells: told.stairwells,
        households: told.households,
        exclusive_area: told.exclusive_area,
        steward: told.steward,
        steward_phone_sealed: sealed,
        steward_phone_index: index,
        hub_household: told.hub_household,
        version: told.version,
        ..old.clone()
    })
}

/// A building's deeds stand in the history of its branch.
async fn record(act: &mut Act<'_>, branch: &PlaceCode, id: BuildingId, step: &str) -> Result<(), Stop> {
    let body = json!({ "building": id, "step": step });
    act.record(Deed::EditBuildings, &Subject::new("branch", branch, branch), body).await
}
