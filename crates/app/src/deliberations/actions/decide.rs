//! What others decide on a matter: the branch's general meeting and the owners; and the ways back and out.

use domain::{
    clock::chinese_date,
    deliberation::{BranchOpinion, Deliberation, DeliberationRefusal, DeliberationStep, PollResult},
    ids::{DeliberationId, PollId, ResolutionId},
    permission::Deed,
};
use jiff::civil::Date;
use platform::{
    act::Op,
    db::column::Text,
    error::{OrRefuse as _, Stop},
};

use super::{
    rate::with_ratings,
    step::{keep, loaded, take},
};
use crate::{
    deliberations::{queries::is_opinion, store::thread::row},
    owner_votes::{PollFact, poll_fact},
    resolutions,
};

/// Takes over what the branch's general meeting resolved.
///
/// # Errors
/// `DeliberationRefusal` in words.
pub async fn keep_branch_opinion(op: &Op, id: DeliberationId, resolution: ResolutionId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::KeepBranchOpinion).await?;
    let found = resolutions::resolution(act.db(), resolution).await?;
    let found = found.ok_or(DeliberationRefusal::NoSuchResolution).or_refuse()?;
    let opinion = BranchOpinion {
        is_own: found.branch == row.place,
        is_passed_by_all: is_opinion(&found),
        decided_on: found.decided_on.0,
    };
    let after = row.thread().opine(opinion, act.now()).or_refuse()?;
    let words = format!("{}支部党员大会决议“{}”：{}", chinese_date(opinion.decided_on), found.title, found.words());
    let row = row::Model { resolution_id: Some(Text(resolution)), ..row };
    keep(&mut act, Deed::KeepBranchOpinion, row, &after, (DeliberationStep::Opined, words)).await?;
    act.commit().await
}

/// What the rules ask of a poll.
pub(in crate::deliberations) fn result_of(row: &row::Model, poll: &PollFact) -> PollResult {
    PollResult { is_of_compound: poll.compound == row.compound_id.0, matter: poll.matter, outcome: poll.outcome }
}

/// Links a matter with the owners' vote on it, before or after it is counted; a repeated one takes the place of the former.
///
/// # Errors
/// `DeliberationRefusal` in words.
pub async fn link_poll(op: &Op, id: DeliberationId, poll: PollId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::LinkPoll).await?;
    let found = poll_fact(act.db(), poll, act.now()).await?;
    let found = found.ok_or(DeliberationRefusal::OtherCompound).or_refuse()?;
    let thread = row.thread();
    thread.must_be_decided_by(result_of(&row, &found)).or_refuse()?;
    let words = format!("{}（{}）", found.title, found.words());
    let row = row::Model { poll_id: Some(Text(poll)), ..row };
    keep(&mut act, Deed::LinkPoll, row, &thread, (DeliberationStep::PollLinked, words)).await?;
    act.commit().await
}

// R-DEL-02
/// Goes on with what the owners decided.
///
/// # Errors
/// `DeliberationRefusal` in words; a refusal when no vote is linked.
pub async fn take_vote(op: &Op, id: DeliberationId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::LinkPoll).await?;
    let found = match row.poll_id {
        Some(poll) => poll_fact(act.db(), poll.0, act.now()).await?,
        None => None,
    };
    let found = found.ok_or_else(|| Stop::refused_at("poll", "请先选择对应的业主表决。"))?;
    let after = row.thread().take_vote(result_of(&row, &found), act.now()).or_refuse()?;
    let words = format!("{}（{}）", found.title, found.words());
    keep(&mut act, Deed::LinkPoll, row, &after, (DeliberationStep::Voted, words)).await?;
    act.commit().await
}

/// Goes one step back with a reason; `until` where views are collected again.
///
/// # Errors
/// `DeliberationRefusal` in words.
pub async fn step_back_deliberation(
    op: &Op,
    id: DeliberationId,
    until: Option<Date>,
    reason: &str,
) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::StepBackDeliberation).await?;
    let after = row.thread().step_back(until, act.now()).or_refuse()?;
    let said = (DeliberationStep::SteppedBack, with_ratings(act.db(), &row, reason).await?);
    keep(&mut act, Deed::StepBackDeliberation, row, &after, said).await?;
    act.commit().await
}

/// Gives a matter up with a reason, which everybody may read.
///
/// # Errors
/// `DeliberationRefusal` in words.
pub async fn end_deliberation(op: &Op, id: DeliberationId, reason: &str) -> Result<(), Stop> {
    let said = (DeliberationStep::Ended, reason.to_owned());
    take(op, id, Deed::EndDeliberation, said, Deliberation::end).await
}
