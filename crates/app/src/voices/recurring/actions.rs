//! Gathering what comes again and again, naming who answers for it, and settling it.

use std::collections::BTreeMap;

use domain::{
    clock::Instant,
    ids::{VoiceId, VoiceIssueId},
    permission::{Deed, OfficeKind},
    place::Level,
    voice::{IssueState, REPEAT_DAYS, is_recurring},
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};
use serde_json::json;

use super::store::{self, About, row};
use crate::{messages, voices::urls};

/// Voices that one run looks at; more do not come in a month.
const MOST: u64 = 50_000;

/// Gathers the voices of the last thirty days: into the open issue about the same, or into a new one where there are enough of them.
/// Answers with how many issues grew or began.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn gather_voices(op: &Op) -> Result<usize, Stop> {
    let (db, now) = (op.reader(), op.now());
    let mut loose: BTreeMap<About, Vec<(VoiceId, Instant)>> = BTreeMap::new();
    for (subject, voice, at) in store::loose_since(db, now.plus_days(-REPEAT_DAYS), MOST).await? {
        loose.entry(subject).or_default().push((voice, at));
    }
    let open: BTreeMap<About, row::Model> =
        store::open_issues(db).await?.into_iter().map(|row| (row.subject(), row)).collect();
    let mut gathered = 0;
    for (subject, voices) in loose {
        let received: Vec<Instant> = voices.iter().map(|(_, at)| *at).collect();
        let known = open.get(&subject);
        if known.is_none() && !is_recurring(subject.topic, &received, now) {
            continue;
        }
        let ids: Vec<VoiceId> = voices.into_iter().map(|(id, _)| id).collect();
        gather(op, &subject, known, &ids).await?;
        gathered += 1;
    }
    Ok(gathered)
}

async fn gather(op: &Op, subject: &About, known: Option<&row::Model>, voices: &[VoiceId]) -> Result<(), Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::GatherVoices, &subject.place)?;
    let id = match known {
        Some(row) => row.id.0,
        None => begin(&act, subject, voices.len()).await?,
    };
    store::gather(act.db(), id, voices).await?;
    let body = json!({ "voices": voices.len() });
    act.record(Deed::GatherVoices, &Subject::new("voice_issue", id, &subject.place), body).await?;
    act.commit().await
}

async fn begin(act: &Act<'_>, subject: &About, count: usize) -> Result<VoiceIssueId, Stop> {
    let id = act.new_id();
    let row = row::Model {
        id: Text(id),
        place: Text(subject.place.clone()),
        compound_id: subject.compound.map(Text),
        topic: Text(subject.topic),
        state: Text(IssueState::Open),
        owner: String::new(),
        outcome: String::new(),
        opened_at: Int(act.now()),
        state_since: Int(act.now()),
        version: 0,
    };
    store::insert(act.db(), row).await?;
    let topic = subject.topic.label();
    let words = format!("一个月内有 {count} 件“{topic}”诉求，已并为一个共性问题，请确定负责人，从根上解决。");
    messages::tell_branch(act, &subject.place, &words, &urls::issue(id)).await?;
    if let Some(community) = subject.place.at(Level::Community) {
        messages::tell(act, OfficeKind::CommunityOfficer, &community, &words, &urls::issue(id)).await?;
    }
    Ok(id)
}

async fn loaded(act: &Act<'_>, id: VoiceIssueId) -> Result<row::Model, Stop> {
    let row = store::issue(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::HandleIssue, &row.place.0)?;
    Ok(row)
}

/// Names who answers for it and what is planned.
///
/// # Errors
/// [`domain::voice::IssueRefusal`] in words.
pub async fn own_issue(op: &Op, id: VoiceIssueId, owner: &str, plan: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id).await?;
    row.state.0.own().or_refuse()?;
    let (owner, outcome) = (owner.trim().to_owned(), plan.trim().to_owned());
    keep(&mut act, row::Model { owner, outcome, ..row }).await?;
    act.commit().await
}

/// Notes how it was settled.
///
/// # Errors
/// [`domain::voice::IssueRefusal`] in words.
pub async fn settle_issue(op: &Op, id: VoiceIssueId, outcome: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id).await?;
    let state = row.state.0.settle(&row.owner, outcome).or_refuse()?;
    let outcome = outcome.trim().to_owned();
    let settled = row::Model { state: Text(state), outcome, state_since: Int(act.now()), ..row };
    keep(&mut act, settled).await?;
    act.commit().await
}

async fn keep(act: &mut Act<'_>, row: row::Model) -> Result<(), Stop> {
    let body = json!({ "state": row.state.0 });
    act.record(Deed::HandleIssue, &Subject::new("voice_issue", row.id.0, &row.place.0), body).await?;
    store::save(act.db(), row).await
}
