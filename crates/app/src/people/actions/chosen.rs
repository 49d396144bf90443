//! Deeds on members ticked in the roll: confirmed, looked at, put into a group.

use domain::{
    ids::{MembershipId, PersonId},
    members::{MemberRefusal, MemberState},
    organisation::PartyGroup,
    permission::Deed,
    place::PlaceCode,
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};
use serde_json::json;

use super::registration::{lock_county, record, rule};
use crate::people::{
    queries,
    store::{self, membership},
};

/// The lines `ids`, all of `branch`.
async fn lines(act: &Act<'_>, branch: &PlaceCode, ids: &[MembershipId]) -> Result<Vec<membership::Model>, Stop> {
    if ids.is_empty() {
        return Err(Stop::refused_at("member", "请勾选党员。"));
    }
    let mut rows = queries::memberships_under(act.db(), branch).await?;
    rows.retain(|row| row.branch.0 == *branch && ids.contains(&row.id.0));
    if rows.len() == ids.len() { Ok(rows) } else { Err(Stop::Missing) }
}

/// Confirms those who reported (支部确认).
///
/// # Errors
/// Refusals for who does not wait for it, or is in another roll.
pub async fn confirm_members(op: &Op, branch: &PlaceCode, ids: &[MembershipId]) -> Result<(), Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::ConfirmRegistration, branch)?;
    lock_county(&act, branch).await?;
    let today = act.now().date();
    let rows = lines(&act, branch, ids).await?;
    let not_waiting = rows.iter().filter(|row| rule(row).confirm().is_err());
    must_be_none(&act, not_waiting, "已确认或已离开，不用确认，请取消勾选").await?;
    let persons: Vec<PersonId> = rows.iter().map(|row| row.person_id.0).collect();
    let others = queries::those_of_another(act.db(), &persons, branch).await?;
    let elsewhere = rows.iter().filter(|row| others.contains(&row.person_id.0));
    must_be_none(&act, elsewhere, &MemberRefusal::Elsewhere.to_string()).await?;
    for row in rows {
        let next = rule(&row).confirm().or_refuse()?;
        record(&mut act, Deed::ConfirmRegistration, &row, "confirmed").await?;
        let confirmed = membership::Model { state: Text(next.state), verified_on: Some(Text(today)), ..row };
        store::save_membership(act.db(), confirmed).await?;
    }
    act.commit().await
}

/// Refuses with the names of those whom it concerns.
async fn must_be_none(act: &Act<'_>, rows: impl Iterator<Item = &membership::Model>, words: &str) -> Result<(), Stop> {
    let persons = queries::persons_of(act.db(), rows.map(|row| row.id.0)).await?;
    if persons.is_empty() {
        return Ok(());
    }
    let names: Vec<&str> = persons.values().map(|person| person.name.as_str()).collect();
    Err(Stop::refused_at("member", format!("{}：{words}。", names.join("、"))))
}

/// Somebody has looked at these lines today and found them right (党员底数核对).
///
/// # Errors
/// Refusals when nobody is chosen, or one of them is not in the roll.
pub async fn verify_members(op: &Op, branch: &PlaceCode, ids: &[MembershipId]) -> Result<(), Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::EditMembers, branch)?;
    let today = act.now().date();
    let rows = lines(&act, branch, ids).await?;
    let not_confirmed = rows.iter().filter(|row| row.state.0 != MemberState::Confirmed);
    must_be_none(&act, not_confirmed, "还没有确认报到或已经离开，不能核对，请先确认报到或取消勾选").await?;
    for row in rows {
        store::save_membership(act.db(), membership::Model { verified_on: Some(Text(today)), ..row }).await?;
    }
    let body = json!({ "verified": ids.len() });
    act.record(Deed::EditMembers, &Subject::new("branch", branch, branch), body).await?;
    act.commit().await
}

/// Says which group of the branch these members meet in; `None` takes them out of theirs.
///
/// # Errors
/// Refusals when nobody is chosen, or one of them is not in the roll.
pub async fn group_members(
    op: &Op,
    branch: &PlaceCode,
    ids: &[MembershipId],
    group: Option<PartyGroup>,
) -> Result<(), Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::EditMembers, branch)?;
    let rows = lines(&act, branch, ids).await?;
    let not_confirmed = rows.iter().filter(|row| row.state.0 != MemberState::Confirmed);
    must_be_none(&act, not_confirmed, "还没有确认报到或已经离开，不能编入党小组，请先确认报到或取消勾选").await?;
    for row in rows {
        store::save_membership(act.db(), membership::Model { party_group: group.map(Int), ..row }).await?;
    }
    let body = json!({ "grouped": ids.len(), "group": group.map(PartyGroup::number) });
    act.record(Deed::EditMembers, &Subject::new("branch", branch, branch), body).await?;
    act.commit().await
}
