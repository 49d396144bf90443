//! The register before it is frozen: unit by unit, or a whole table that was previewed.

use domain::{
    ids::{PollId, PollUnitId},
    owners::owners_of,
    permission::Deed,
};
use platform::{
    act::Op,
    error::{OrRefuse as _, Problem, Stop},
};

use super::{loaded, record};
use crate::owner_votes::{
    sealed::{TypedUnit, opened},
    store::{
        poll::{self, row},
        register,
    },
};

/// Units of one register.
pub const MOST_UNITS: usize = 10_000;

/// Types one unit in.
///
/// # Errors
/// A refusal when the register is frozen, or it cannot be told whose the unit is.
pub async fn add_unit(op: &Op, id: PollId, new: TypedUnit) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::PreparePoll).await?;
    row.poll().must_be_prepared().or_refuse()?;
    let keys = act.floor().keys.clone();
    let units = register::units(act.db(), id).await?;
    if units.len() >= MOST_UNITS {
        return Err(Stop::refused(format!("一次表决的名册最多 {MOST_UNITS} 套。")));
    }
    let mut known = units.iter().map(|unit| Ok(opened(&keys, unit)?.unit())).collect::<Result<Vec<_>, Stop>>()?;
    known.push(new.unit());
    if let Err(problems) = owners_of(&known, row.parking.0) {
        let own = problems.into_iter().filter(|problem| problem.unit == units.len());
        let own: Vec<Problem> = own.map(|problem| Problem::at("names", problem.words)).collect();
        if !own.is_empty() {
            return Err(Stop::Refused(own));
        }
    }
    let position = units.last().map_or(0, |last| usize::try_from(last.position).unwrap_or(0) + 1);
    register::insert_units(act.db(), vec![new.row(&keys, act.new_id(), id, position)?]).await?;
    // The version stays with whoever writes the poll's words; freezing meanwhile is told.
    poll::save(act.db(), row.clone()).await?;
    record(&mut act, Deed::PreparePoll, &row).await?;
    act.commit().await
}

/// Takes a unit out.
///
/// # Errors
/// A refusal when the register is frozen.
pub async fn drop_unit(op: &Op, id: PollId, unit: PollUnitId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::PreparePoll).await?;
    row.poll().must_be_prepared().or_refuse()?;
    register::unit(act.db(), unit).await?.filter(|unit| unit.poll_id.0 == id).ok_or(Stop::Missing)?;
    register::drop_unit(act.db(), unit).await?;
    poll::save(act.db(), row.clone()).await?;
    record(&mut act, Deed::PreparePoll, &row).await?;
    act.commit().await
}

/// Keeps a table that was read without a problem, sealed, until somebody takes it over.
///
/// # Errors
/// A refusal when the register is frozen.
pub async fn preview_register(op: &Op, id: PollId, units: &[TypedUnit]) -> Result<i32, Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::PreparePoll).await?;
    row.poll().must_be_prepared().or_refuse()?;
    let text = serde_json::to_string(units).map_err(anyhow::Error::from)?;
    let sealed = act.floor().keys.seal(&text)?;
    let row = row::Model { preview_sealed: Some(sealed), ..row };
    let next = row.version + 1;
    poll::save(act.db(), row.clone()).await?;
    record(&mut act, Deed::PreparePoll, &row).await?;
    act.commit().await?;
    Ok(next)
}

/// Takes over what was previewed: the table becomes the register. `version` is that of the preview.
///
/// # Errors
/// [`Stop::Conflict`] when anything changed since; a refusal when there is no preview.
pub async fn confirm_register(op: &Op, id: PollId, version: i32) -> Result<usize, Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::PreparePoll).await?;
    row.poll().must_be_prepared().or_refuse()?;
    let Some(sealed) = &row.preview_sealed else {
        return Err(Stop::refused_at("file", "预览的名册已经不在了，请重新上传。"));
    };
    let keys = act.floor().keys.clone();
    let units: Vec<TypedUnit> = serde_json::from_str(&keys.open(sealed)?).map_err(anyhow::Error::from)?;
    let count = units.len();
    register::clear_units(act.db(), id).await?;
    let row_of = |(position, unit): (usize, TypedUnit)| unit.row(&keys, act.new_id(), id, position);
    let rows = units.into_iter().enumerate().map(row_of).collect::<Result<Vec<_>, _>>()?;
    register::insert_units(act.db(), rows).await?;
    let row = row::Model { preview_sealed: None, version, ..row };
    poll::save(act.db(), row.clone()).await?;
    record(&mut act, Deed::PreparePoll, &row).await?;
    act.commit().await?;
    Ok(count)
}
