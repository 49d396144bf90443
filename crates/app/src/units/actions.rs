//! Entering units and their branches, and their reports to communities.

use domain::{
    ids::UnitRegistrationId,
    members::{UnitRefusal, UnitState},
    permission::{Deed, OfficeKind},
    place::{Level, PlaceCode},
};
use platform::{
    act::{Act, Op, Subject},
    db::column::Text,
    error::{OrRefuse as _, Stop},
};
use serde_json::json;

use super::{
    store::{self, registration},
    urls,
};
use crate::{messages, people, places};

/// Enters a work unit with its branch.
///
/// # Errors
/// A refusal at `name` when there is one of that name.
pub async fn add_unit(op: &Op, county: &PlaceCode, name: &str, branch: &str) -> Result<PlaceCode, Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::EditUnit, county)?;
    places::lock(act.db(), county).await?;
    let known = places::units_under(act.db(), county).await?;
    must_be_new(&known, Level::Unit, name)?;
    let code = next(&known, Level::Unit, county)?;
    let first = code.unit(1).ok_or(UnitRefusal::NoNumber).or_refuse()?;
    let branch = if branch.is_empty() { format!("{name}党支部") } else { branch.to_owned() };
    places::add_units(&act, vec![(code.clone(), name.to_owned()), (first, branch)]).await?;
    record(&mut act, Deed::EditUnit, &code, "added").await?;
    act.commit().await?;
    Ok(code)
}

fn must_be_new(known: &[places::Place], level: Level, name: &str) -> Result<(), Stop> {
    let is_there = known.iter().any(|place| place.level.0 == level && place.is_active && place.name == name);
    if is_there { Err(UnitRefusal::SameName).or_refuse() } else { Ok(()) }
}

/// The next number under `above`.
fn next(known: &[places::Place], level: Level, above: &PlaceCode) -> Result<PlaceCode, Stop> {
    let number = |place: &places::Place| {
        let digits = place.code.0.as_str().rsplit('-').next()?;
        digits.parse::<u32>().ok()
    };
    let is_of = |place: &&places::Place| place.level.0 == level && place.code.0.is_within(above);
    let last = known.iter().filter(is_of).filter_map(number).max().unwrap_or(0);
    above.unit(last + 1).ok_or(UnitRefusal::NoNumber).or_refuse()
}

/// Enters another branch of a unit.
///
/// # Errors
/// A refusal at `name` when there is one of that name.
pub async fn add_unit_branch(op: &Op, unit: &PlaceCode, name: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    places::place(act.db(), unit).await?.filter(|place| place.level.0 == Level::Unit).ok_or(Stop::Missing)?;
    act.permit(Deed::EditUnit, unit)?;
    if let Some(county) = unit.at(Level::County) {
        places::lock(act.db(), &county).await?;
    }
    let known = places::units_under(act.db(), unit).await?;
    must_be_new(&known, Level::UnitBranch, name)?;
    let code = next(&known, Level::UnitBranch, unit)?;
    places::add_units(&act, vec![(code, name.to_owned())]).await?;
    record(&mut act, Deed::EditUnit, unit, "branch_added").await?;
    act.commit().await
}

/// Renames a unit or takes it out of use.
///
/// # Errors
/// Refusals for a name that is taken, and while members are of it.
pub async fn change_unit(op: &Op, unit: &PlaceCode, name: &str, is_active: bool) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = places::place(act.db(), unit).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::EditUnit, unit)?;
    let county = unit.at(Level::County).ok_or(Stop::Missing)?;
    let known = places::units_under(act.db(), &county).await?;
    if row.name != name {
        must_be_new(&known, row.level.0, name)?;
    }
    if !is_active && !people::members_of_unit(act.db(), unit).await?.is_empty() {
        return Err(UnitRefusal::HasMembers).or_refuse();
    }
    places::change_unit_place(&act, row, name.to_owned(), is_active).await?;
    record(&mut act, Deed::EditUnit, unit, "changed").await?;
    act.commit().await
}

async fn record(act: &mut Act<'_>, deed: Deed, unit: &PlaceCode, step: &str) -> Result<(), Stop> {
    act.record(deed, &Subject::new("unit", unit, unit), json!({ "step": step })).await
}

/// Reports a unit to a community (单位报到).
///
/// # Errors
/// [`UnitRefusal`] in words.
pub async fn register_unit(
    op: &Op,
    unit: &PlaceCode,
    community: &PlaceCode,
    contact: String,
    offer: String,
) -> Result<(), Stop> {
    let mut act = op.act().await?;
    places::place(act.db(), unit).await?.filter(|place| place.level.0 == Level::Unit).ok_or(Stop::Missing)?;
    act.permit(Deed::RegisterUnit, unit)?;
    let is_here = community.level() == Level::Community && community.at(Level::County) == unit.at(Level::County);
    if !is_here || places::place(act.db(), community).await?.is_none() {
        return Err(UnitRefusal::BadCommunity).or_refuse();
    }
    if let Some(county) = unit.at(Level::County) {
        places::lock(act.db(), &county).await?;
    }
    let known = store::registrations_of(act.db(), unit).await?;
    if known.iter().any(|row| row.community.0 == *community && row.state.0 != UnitState::Ended) {
        return Err(UnitRefusal::Twice).or_refuse();
    }
    let row = registration::Model {
        id: Text(act.new_id()),
        unit: Text(unit.clone()),
        community: Text(community.clone()),
        state: Text(UnitState::Reported),
        contact,
        offer,
        reported_on: Text(act.now().date()),
        confirmed_on: None,
        ended_on: None,
        ended_reason: String::new(),
        signed: act.signature(),
        version: 0,
    };
    let body = json!({ "community": community });
    act.record(Deed::RegisterUnit, &Subject::new("unit", unit, unit), body).await?;
    let subject = Subject::new("unit_registration", row.id.0, community);
    act.record(Deed::RegisterUnit, &subject, json!({ "state": row.state.0 })).await?;
    store::insert(act.db(), row).await?;
    let words = "有单位向本社区报到，请确认。";
    messages::tell(&act, OfficeKind::CommunityOfficer, community, words, urls::REPORTED).await?;
    act.commit().await
}

/// The community confirms a unit's report.
///
/// # Errors
/// [`UnitRefusal::WrongState`] when it does not wait for that.
pub async fn confirm_unit(op: &Op, id: UnitRegistrationId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = permitted(&act, id).await?;
    let state = row.state.0.confirm().or_refuse()?;
    let confirmed_on = Some(Text(act.now().date()));
    keep(&mut act, registration::Model { state: Text(state), confirmed_on, ..row }).await?;
    act.commit().await
}

/// A unit's report ends.
///
/// # Errors
/// [`UnitRefusal`] when it has, or without a reason.
pub async fn end_unit_registration(op: &Op, id: UnitRegistrationId, reason: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = permitted(&act, id).await?;
    let state = row.state.0.end(reason).or_refuse()?;
    let (ended_on, ended_reason) = (Some(Text(act.now().date())), reason.trim().to_owned());
    let unit = row.unit.0.clone();
    keep(&mut act, registration::Model { state: Text(state), ended_on, ended_reason, ..row }).await?;
    let words = "社区结束了本单位的报到，原因见单位页面。";
    messages::tell(&act, OfficeKind::UnitContact, &unit, words, &urls::of_unit(urls::UNIT, &unit)).await?;
    act.commit().await
}

async fn permitted(act: &Act<'_>, id: UnitRegistrationId) -> Result<registration::Model, Stop> {
    let row = store::registration(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::ConfirmUnit, &row.community.0)?;
    Ok(row)
}

async fn keep(act: &mut Act<'_>, row: registration::Model) -> Result<(), Stop> {
    let subject = Subject::new("unit_registration", row.id.0, &row.community.0);
    act.record(Deed::ConfirmUnit, &subject, json!({ "state": row.state.0 })).await?;
    let signed = act.signature();
    store::save(act.db(), registration::Model { signed, ..row }).await
}
