//! Appeals: filed by the member, or by the branch or community from paper; decided by the community, or the street (R-PTS-09).

use domain::{
    ids::{AppealId, PointsEntryId},
    permission::{Deed, OfficeKind},
    points::{Appeal, AppealOutcome, AppealRefusal, AppealState, EntryState, Points, appeal_until, check_adjustment},
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use super::{
    decider, in_effect, member, must_not_be_under_way, reversal, with_points,
    year::{settle_again, tell_of_change},
    year_of,
};
use crate::{
    calendar, messages, people,
    points::{
        free::{Owned, decided_at},
        queries,
        store::{
            appeal::{self, row},
            entry,
        },
        urls,
    },
};

/// An appeal as it is told.
#[derive(Debug, Clone)]
pub struct NewAppeal {
    /// Against what.
    pub entry: PointsEntryId,
    /// Why.
    pub text: String,
}

/// Appeals against an entry. A member appeals against their own only.
///
/// # Errors
/// Refusals when the entry is not in effect, the ten working days are over, nothing is said, or it was appealed against
/// before, or while the year is being settled; [`Stop::Missing`] for somebody else's entry.
pub async fn appeal_points(op: &Op, new: &NewAppeal) -> Result<AppealId, Stop> {
    let mut act = op.act().await?;
    let old = entry::entry(act.db(), new.entry).await?.ok_or(Stop::Missing)?;
    let branch = old.branch.0.clone();
    may_appeal(&act, &old).await?;
    must_not_be_under_way(&act, &year_of(&act, &branch, old.year).await?).await?;
    if !appeal::appeals_against(act.db(), [new.entry]).await?.is_empty() {
        return Err(AppealRefusal::Twice).or_refuse();
    }
    let told_on = old.decided_at.map_or(act.now(), |Int(at)| at).date();
    let last_day = appeal_until(told_on, &calendar::load(act.db()).await?);
    let state = Appeal::file(old.rule(), &new.text, act.now().date(), last_day).or_refuse()?;
    let (_, person) = member(&act, old.membership_id.0).await?;
    let owned = Owned { entry: &old, person: Some(&person) };
    let (level, kind) = decided_at(act.db(), &owned, act.now().date()).await?;
    let row = row::Model {
        id: Text(act.new_id()),
        entry_id: old.id,
        branch: old.branch,
        membership_id: old.membership_id,
        text: new.text.trim().to_owned(),
        filed_by: act.signature(),
        filed_at: Int(act.now()),
        state: Text(state),
        answer: String::new(),
        decided_by: String::new(),
        decided_at: None,
        version: 0,
    };
    let id = row.id.0;
    appeal::insert(act.db(), row).await?;
    let words = "有党员对计分提出申诉，请在 10 个工作日内处理。";
    let place = branch.at(level).ok_or(Stop::Missing)?;
    messages::tell(&act, kind, &place, words, &urls::appeal(id)).await?;
    act.record(
        Deed::AppealPoints,
        &Subject::new("points_appeal", id, &branch),
        serde_json::json!({ "entry": new.entry }),
    )
    .await?;
    act.commit().await?;
    Ok(id)
}

/// A member appeals against what is their own, also where they have moved away from; an officer for the members of a branch.
async fn may_appeal(act: &Act<'_>, old: &entry::row::Model) -> Result<(), Stop> {
    let officer = act.officer()?;
    if officer.office.kind != OfficeKind::Member {
        return act.permit(Deed::AppealPoints, &old.branch.0);
    }
    act.permit(Deed::AppealPoints, &officer.office.place)?;
    let (_, person) = member(act, old.membership_id.0).await?;
    if person.account_id == Some(Text(officer.account)) { Ok(()) } else { Err(Stop::Missing) }
}

/// The community decides, or where nobody of it can the street, or the county: the entry stands, or it is taken back and this much is
/// given instead. A year that was settled is settled again for the member.
///
/// # Errors
/// Refusals when it was decided before, by the member or somebody who had a hand in the entry, from further off than need be, without an answer, beyond the rule's size, or to adjust what was reversed meanwhile.
pub async fn decide_appeal(op: &Op, id: AppealId, outcome: AppealOutcome, answer: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = appeal::appeal(act.db(), id).await?.ok_or(Stop::Missing)?;
    let branch = row.branch.0.clone();
    act.permit(Deed::DecideAppeal, &branch)?;
    let old = entry::entry(act.db(), row.entry_id.0).await?.ok_or(Stop::Missing)?;
    let rule = Appeal {
        state: row.state.0,
        approver: old.decider.map(|Text(account)| account),
        proposer: old.proposer.map(|Text(account)| account),
    };
    let (line, person) = member(&act, row.membership_id.0).await?;
    let owned = Owned { entry: &old, person: Some(&person) };
    let (level, _) = decided_at(act.db(), &owned, act.now().date()).await?;
    if act.officer()?.office.place.level() < level {
        return Err(AppealRefusal::ForNearer(level)).or_refuse();
    }
    let state = rule.decide(decider(&act, &person)?, outcome, answer).or_refuse()?;
    let (membership, year) = (old.membership_id.0, old.year);
    let standing = year_of(&act, &branch, year).await?;
    must_not_be_under_way(&act, &standing).await?;
    if let AppealOutcome::Adjusted(points) = outcome {
        let catalogues = queries::Catalogues::of_branch(act.db(), &branch).await?;
        let cap = catalogues.item_on(old.occurred_on.0, &old.item.0).and_then(|item| item.cap);
        check_adjustment(&old.item.0, old.points.0, points, cap).or_refuse()?;
        adjust(&act, old, points).await?;
        if standing.settled_at.is_some() {
            settle_again(&act, &[membership], year, "积分申诉后调整").await?;
            tell_of_change(&act, &standing, &line).await?;
        }
    }
    let row = row::Model {
        state: Text(state),
        answer: answer.trim().to_owned(),
        decided_by: act.signature(),
        decided_at: Some(Int(act.now())),
        ..row
    };
    appeal::save(act.db(), row).await?;
    let words = match state {
        AppealState::Adjusted => "一件积分申诉已处理：调整了计分。",
        AppealState::Upheld | AppealState::Filed => "一件积分申诉已处理：维持原计分。",
    };
    messages::tell(&act, OfficeKind::BranchSecretary, &branch, words, &urls::appeal(id)).await?;
    people::tell(&act, &[(line, person)], words, urls::OWN).await?;
    act.record(Deed::DecideAppeal, &Subject::new("points_appeal", id, &branch), serde_json::json!({ "state": state }))
        .await?;
    act.commit().await
}

/// Takes the entry back and gives `points` instead, both in effect by this decision. A reversal that waits has become
/// pointless and is rejected with it.
async fn adjust(act: &Act<'_>, old: entry::row::Model, points: Points) -> Result<(), Stop> {
    old.rule().must_be_reversible().or_refuse()?;
    for waiting in entry::reversals_that_wait(act.db(), old.id.0).await? {
        let decided = in_effect(act, waiting);
        let (state, reason) = (Text(EntryState::Rejected), "已就申诉调整这笔计分".to_owned());
        entry::save(act.db(), entry::row::Model { state, reason, ..decided }).await?;
    }
    let back = in_effect(act, reversal(act, &old, "appeal", "申诉后冲正"));
    let mut rows = vec![back];
    if points != Points::ZERO {
        let note = format!("申诉后调整：{}", old.note);
        let instead = entry::row::Model { note, source_kind: "appeal".to_owned(), ..with_points(act, &old, points) };
        rows.push(in_effect(
            act,
            entry::row::Model { proposed_at: Int(act.now()), proposed_by: act.signature(), version: 0, ..instead },
        ));
    }
    entry::save(act.db(), entry::row::Model { is_reversed: true, ..old }).await?;
    entry::insert(act.db(), rows).await
}
