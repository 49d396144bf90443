//! Leaving a roll, and coming into another; `members` opens the door, because more ends with a registration than the line.

use domain::{
    ids::MembershipId,
    members::{MemberRefusal, MemberState},
    permission::Deed,
    place::{Level, PlaceCode},
};
use jiff::civil::Date;
use platform::{
    act::Act,
    db::column::Text,
    error::{OrRefuse as _, Stop},
};

use super::registration::{MemberParticulars, enter, lock_county, permitted, record, rule};
use crate::{
    people::{
        queries,
        store::{self, membership, person},
    },
    places,
};

/// How a member leaves a roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departure {
    /// The last day.
    pub on: Date,
    /// Why.
    pub reason: String,
}

/// The line that somebody leaves, once that is permitted.
///
/// # Errors
/// [`Stop::Missing`] when there is none in reach.
pub async fn leaving(act: &Act<'_>, id: MembershipId) -> Result<(membership::Model, person::Model), Stop> {
    permitted(act, Deed::ConfirmRegistration, id).await
}

/// Ends a line: the member has moved, or is of no roll any more.
///
/// # Errors
/// [`MemberRefusal`] in words.
pub async fn leave(
    act: &mut Act<'_>,
    row: membership::Model,
    to: MemberState,
    Departure { on, reason }: Departure,
) -> Result<(), Stop> {
    let next = rule(&row).end(to, on, act.now().date(), &reason).or_refuse()?;
    record(act, Deed::ConfirmRegistration, &row, next.state.code()).await?;
    let reason = reason.trim().to_owned();
    let ended = membership::Model { state: Text(next.state), ended_on: Some(Text(on)), ended_reason: reason, ..row };
    store::save_membership(act.db(), ended).await
}

/// The branch that a member of `from` may move on to, while nobody else changes the rolls of the county.
///
/// # Errors
/// [`MemberRefusal::BadBranch`] for any other.
pub async fn destination(act: &Act<'_>, from: &PlaceCode, to: &PlaceCode) -> Result<(), Stop> {
    lock_county(act, from).await?;
    let target = places::branch(act.db(), to).await?.filter(|found| found.place.is_active);
    if target.is_none() || to == from || to.at(Level::County) != from.at(Level::County) {
        return Err(MemberRefusal::BadBranch).or_refuse();
    }
    Ok(())
}

/// Who left a line comes into the roll of another branch, which confirms in its turn.
///
/// # Errors
/// [`Stop::Conflict`] when the line there was changed meanwhile.
pub async fn arrive(act: &mut Act<'_>, left: &membership::Model, to: &PlaceCode, on: Date) -> Result<(), Stop> {
    // Where they live now is for the new branch to ask.
    let told = MemberParticulars {
        building: String::new(),
        compound: String::new(),
        registered_on: None,
        ..MemberParticulars::of(left)
    };
    let person = left.person_id.0;
    let lines = queries::memberships_of_persons(act.db(), &[person]).await?;
    let known = lines.into_iter().find(|line| line.branch.0 == *to);
    let line = enter(act, to, person, known, &told, (MemberState::Reported, on)).await?;
    let (row, _) = queries::membership(act.db(), line).await?.ok_or(Stop::Missing)?;
    record(act, Deed::ConfirmRegistration, &row, MemberState::Reported.code()).await
}
