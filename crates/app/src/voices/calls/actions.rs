//! Calling others in, and noting what came of it.

use domain::{
    ids::{VoiceCallId, VoiceId},
    permission::Deed,
    voice::{ANSWER_WITHIN, CallRefusal, CallState, Callee, Solved, VoiceStep, may_call, must_be_asked},
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};
use serde_json::json;

use super::store::{self, row};
use crate::{
    calendar,
    voices::{
        actions::step::{loaded, own_desk, write},
        store::voice::row as voice,
    },
};

/// Who is asked for what.
#[derive(Debug, Clone)]
pub struct NewCall {
    /// What kind.
    pub callee: Callee,
    /// Which one.
    pub called: String,
    /// What is asked, in the desk's own words.
    pub words: String,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct CallAnswer {
    /// What was answered.
    pub words: String,
    /// Whether it was for who was called, as they see it: this is how whoever calls is looked at.
    pub is_theirs: bool,
    /// Whether what was asked is done: this is how whoever was called is looked at.
    pub solved: Solved,
}

fn must_be_here(act: &Act<'_>, row: &voice::Model) -> Result<(), Stop> {
    row.voice().must_be_at(own_desk(act)).or_refuse().map(drop)
}

/// Calls somebody in for a voice at the own desk.
///
/// # Errors
/// [`CallRefusal`] and [`domain::voice::VoiceRefusal`] in words.
pub async fn call_others(op: &Op, id: VoiceId, new: NewCall) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let voice = loaded(&act, id, Deed::CallOthers).await?;
    must_be_here(&act, &voice)?;
    may_call(new.callee, voice.desk.0, voice.kind.0, voice.state.0).or_refuse()?;
    must_be_asked(&new.called, &new.words).or_refuse()?;
    // A year without its table has no deadlines yet; the work goes on (R-CAL-01).
    let due = ANSWER_WITHIN.over(act.now(), &calendar::load(act.db()).await?).ok();
    let call = row::Model {
        id: Text(act.new_id()),
        voice_id: voice.id,
        callee: Text(new.callee),
        called: new.called.trim().to_owned(),
        words: new.words.trim().to_owned(),
        desk: voice.desk,
        signed: act.signature(),
        called_at: Int(act.now()),
        due_at: due.map(Int),
        state: Text(CallState::Open),
        state_since: Int(act.now()),
        answer: String::new(),
        is_theirs: None,
        solved: None,
        version: 0,
    };
    write(&act, id, vec![(VoiceStep::Called, call.called.clone())]).await?;
    record(&mut act, &voice, &call).await?;
    store::insert(act.db(), call).await?;
    act.commit().await
}

/// Notes what whoever was called answered.
///
/// # Errors
/// As [`call_others`].
pub async fn answer_call(op: &Op, id: VoiceCallId, answer: CallAnswer) -> Result<(), Stop> {
    end(op, id, CallState::Answered, &answer.words, Some((answer.is_theirs, answer.solved))).await
}

/// Takes a call back.
///
/// # Errors
/// As [`call_others`].
pub async fn withdraw_call(op: &Op, id: VoiceCallId, reason: &str) -> Result<(), Stop> {
    end(op, id, CallState::Withdrawn, reason, None).await
}

async fn end(
    op: &Op,
    id: VoiceCallId,
    next: CallState,
    words: &str,
    looked_at: Option<(bool, Solved)>,
) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let call = store::call(act.db(), id).await?.ok_or(Stop::Missing)?;
    let voice = loaded(&act, call.voice_id.0, Deed::CallOthers).await?;
    must_be_here(&act, &voice)?;
    let state = call.state.0.end(next, words).or_refuse()?;
    let (is_theirs, solved) = looked_at.unzip();
    let call = row::Model {
        state: Text(state),
        state_since: Int(act.now()),
        answer: words.trim().to_owned(),
        is_theirs,
        solved: solved.map(Text),
        ..call
    };
    let step = if state == CallState::Answered { VoiceStep::CallAnswered } else { VoiceStep::CallWithdrawn };
    write(&act, voice.id.0, vec![(step, call.called.clone())]).await?;
    record(&mut act, &voice, &call).await?;
    store::save(act.db(), call).await?;
    act.commit().await
}

/// Neither what is asked nor what is answered belongs into the record.
async fn record(act: &mut Act<'_>, voice: &voice::Model, call: &row::Model) -> Result<(), Stop> {
    let body = json!({ "state": call.state.0, "callee": call.callee.0 });
    act.record(Deed::CallOthers, &Subject::new("voice_call", call.id.0, &voice.place.0), body).await
}

/// Nothing is done while somebody called in has not answered.
///
/// # Errors
/// [`CallRefusal::StillOpen`] in words.
pub async fn must_not_wait(act: &Act<'_>, voice: VoiceId) -> Result<(), Stop> {
    if store::open_of(act.db(), voice).await? == 0 { Ok(()) } else { Err(CallRefusal::StillOpen).or_refuse() }
}
