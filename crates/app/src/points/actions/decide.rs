//! Approving and rejecting entries (R-PTS-06), many at once.

use std::collections::BTreeMap;

use domain::{
    ids::{MembershipId, PointsEntryId},
    permission::{Deed, OfficeKind},
    place::{Level, PlaceCode},
    points::{Category, EntryState},
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use super::{decider, must_not_be_settling, year_of};
use crate::{
    messages,
    people::{self, Person},
    points::{
        store::entry::{self, row},
        urls,
    },
};

/// The chosen entries of a branch with those who would get the points, once deciding them is permitted and their years allow it.
async fn chosen(
    act: &Act<'_>,
    branch: &PlaceCode,
    ids: &[PointsEntryId],
) -> Result<(Vec<row::Model>, BTreeMap<MembershipId, Person>), Stop> {
    act.permit(Deed::ApprovePoints, branch)?;
    if ids.is_empty() {
        return Err(Stop::refused_at("entry", "请勾选要审核的计分。"));
    }
    let rows = entry::entries(act.db(), ids).await?;
    if rows.len() != ids.len() || rows.iter().any(|row| row.branch.0 != *branch) {
        return Err(Stop::Missing);
    }
    let years: std::collections::BTreeSet<i32> = rows.iter().map(|row| row.year).collect();
    for year in years {
        must_not_be_settling(act, &year_of(act, branch, year).await?).await?;
    }
    let persons = people::persons_of(act.db(), rows.iter().map(|row| row.membership_id.0)).await?;
    Ok((rows, persons))
}

/// Approves all of `ids`, or none: proposer ≠ approver ≠ beneficiary.
///
/// # Errors
/// Refusals in words; [`Stop::Conflict`] when somebody else decided one of them meanwhile.
pub async fn approve_entries(op: &Op, branch: &PlaceCode, ids: &[PointsEntryId]) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let (rows, persons) = chosen(&act, branch, ids).await?;
    for row in &rows {
        let person = persons.get(&row.membership_id.0).ok_or(Stop::Missing)?;
        row.rule().approve(decider(&act, person)?).or_refuse()?;
    }
    for reversed in rows.iter().filter_map(|row| row.reverses) {
        let old = entry::entry(act.db(), reversed.0).await?.ok_or(Stop::Missing)?;
        old.rule().must_be_reversible().or_refuse()?;
        entry::save(act.db(), row::Model { is_reversed: true, ..old }).await?;
    }
    must_not_count_twice(&act, &rows).await?;
    let account = act.officer()?.account;
    entry::approve_all(act.db(), ids, account, &act.signature(), act.now()).await?;
    call_for_reviews(&act, branch, &rows).await?;
    let body = serde_json::json!({ "verdict": EntryState::Approved, "entries": ids });
    act.record(Deed::ApprovePoints, &Subject::new("branch", branch, branch), body).await?;
    act.commit().await
}

/// A record that was corrected gives anew only once what it gave wrongly is taken back.
async fn must_not_count_twice(act: &Act<'_>, rows: &[row::Model]) -> Result<(), Stop> {
    let new: Vec<&row::Model> = rows.iter().filter(|row| row.reverses.is_none() && !row.source_id.is_empty()).collect();
    if new.is_empty() {
        return Ok(());
    }
    let sources: Vec<String> = new.iter().map(|row| row.source_id.clone()).collect();
    let members: Vec<MembershipId> = new.iter().map(|row| row.membership_id.0).collect();
    let known = entry::in_effect_of_sources(act.db(), &sources, &members).await?;
    let same = |row: &row::Model, old: &row::Model| {
        (&row.source_id, row.membership_id, &row.item, row.occurred_on)
            == (&old.source_id, old.membership_id, &old.item, old.occurred_on)
    };
    if new.iter().any(|row| known.iter().any(|old| same(row, old))) {
        return Err(Stop::refused_at(
            "entry",
            "有一笔是更正后重新提出的，原来的计分还没有冲正；请和冲正一起通过，或先通过冲正。",
        ));
    }
    Ok(())
}

/// A sanction sets the year below 60 and calls for a review, which is the community's (D07).
async fn call_for_reviews(act: &Act<'_>, branch: &PlaceCode, rows: &[row::Model]) -> Result<(), Stop> {
    let Some(community) = branch.at(Level::Community) else { return Ok(()) };
    for row in rows.iter().filter(|row| row.item.0.category() == Category::Sanction && row.reverses.is_none()) {
        let link = urls::of_member(urls::MEMBER, row.membership_id.0, row.year);
        let words = "有党员因处分小区得分不超过 59 分，请核对依据并提请组织复核。";
        messages::tell(act, OfficeKind::CommunityOfficer, &community, words, &link).await?;
    }
    Ok(())
}

/// Rejects all of `ids`, or none, with a reason.
///
/// # Errors
/// As [`approve_entries`], and without a reason.
pub async fn reject_entries(op: &Op, branch: &PlaceCode, ids: &[PointsEntryId], reason: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let (rows, persons) = chosen(&act, branch, ids).await?;
    for row in rows {
        let person = persons.get(&row.membership_id.0).ok_or(Stop::Missing)?;
        let moved = row.rule().reject(decider(&act, person)?, reason).or_refuse()?;
        let row = row::Model {
            state: Text(moved.state),
            decider: act.account().map(Text),
            decided_by: act.signature(),
            decided_at: Some(Int(act.now())),
            reason: reason.trim().to_owned(),
            ..row
        };
        entry::save(act.db(), row).await?;
    }
    let body = serde_json::json!({ "verdict": EntryState::Rejected, "entries": ids });
    act.record(Deed::ApprovePoints, &Subject::new("branch", branch, branch), body).await?;
    act.commit().await
}
