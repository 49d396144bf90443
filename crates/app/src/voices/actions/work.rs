//! What the desk that has a voice before it does with it.

use bytes::Bytes;
use domain::{
    clock::chinese_date,
    ids::VoiceId,
    permission::Deed,
    voice::{Answer, Desk, Elsewhere, Term, VoiceRefusal, VoiceStep},
};
use jiff::civil::Date;
use platform::{
    act::Op,
    db::column::Text,
    error::{OrRefuse as _, Stop},
};

use super::{
    photos::{keep_photos, with_photos},
    split::{must_be_whole, piece_done},
    step::{keep, loaded, own_desk, take, tell},
};
use crate::voices::{calls::must_not_wait, terms::terms_at};

/// Whose hands it goes into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hands {
    /// The desk that has it.
    Own,
    /// Another desk, which has to sign for it.
    Of(Desk),
}

/// With what it is put aside (R-VOI-09).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parking {
    /// Why.
    pub reason: String,
    /// Who answers for it.
    pub owner: String,
    /// When it is looked at again.
    pub review_on: Date,
}

/// Confirms that it will be worked on, by when and by whom (受理), so that one click is enough.
///
/// # Errors
/// [`VoiceRefusal`] in words.
pub async fn acknowledge_voice(op: &Op, id: VoiceId, term: Term, hands: Hands) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::AcknowledgeVoice).await?;
    let (own, terms) = (own_desk(&act), terms_at(act.db(), &row.place.0, row.received_at.0).await?);
    let length = terms.length(term).words();
    let mut said = vec![(VoiceStep::Acknowledged, format!("{}，{length}内办结", term.label()))];
    match hands {
        Hands::Own => said.push((VoiceStep::Accepted, String::new())),
        Hands::Of(desk) => said.push((VoiceStep::Assigned, to_words(desk, ""))),
    }
    keep(&mut act, Deed::AcknowledgeVoice, row, said, |voice, clock| {
        let voice = voice.must_be_at(own)?.acknowledge(term, clock.due, clock.now)?;
        match hands {
            Hands::Own => voice.accept(clock.now),
            Hands::Of(desk) => voice.assign(desk, clock.now),
        }
    })
    .await?;
    act.commit().await
}

fn to_words(desk: Desk, note: &str) -> String {
    let to = format!("转{}办理", desk.label());
    if note.trim().is_empty() { to } else { format!("{to}：{}", note.trim()) }
}

/// Tells that it belongs elsewhere, and where (R-VOI-02).
///
/// # Errors
/// [`VoiceRefusal`] in words.
pub async fn decline_voice(op: &Op, id: VoiceId, matter: Elsewhere, note: &str) -> Result<(), Stop> {
    let words = format!("{}：{}{}", matter.label(), matter.way(), note.trim());
    let said = vec![(VoiceStep::Declined, words.clone())];
    take(op, id, Deed::DeclineVoice, said, |voice, clock| voice.decline(&words, clock.now)).await
}

/// Hands it to another desk (转办).
///
/// # Errors
/// [`VoiceRefusal`] in words.
pub async fn assign_voice(op: &Op, id: VoiceId, to: Desk, note: &str) -> Result<(), Stop> {
    let said = vec![(VoiceStep::Assigned, to_words(to, note))];
    take(op, id, Deed::AssignVoice, said, |voice, clock| voice.assign(to, clock.now)).await
}

/// Signs for it (签收).
///
/// # Errors
/// [`VoiceRefusal`] in words.
pub async fn accept_voice(op: &Op, id: VoiceId) -> Result<(), Stop> {
    let said = vec![(VoiceStep::Accepted, String::new())];
    take(op, id, Deed::AcceptVoice, said, |voice, clock| voice.accept(clock.now)).await
}

/// Sends it back to who assigned it (退回).
///
/// # Errors
/// [`VoiceRefusal`] in words.
pub async fn return_voice(op: &Op, id: VoiceId, reason: &str) -> Result<(), Stop> {
    let said = vec![(VoiceStep::Returned, reason.to_owned())];
    take(op, id, Deed::ReturnVoice, said, |voice, clock| voice.give_back(reason, clock.now)).await
}

/// Takes more time, once (延期).
///
/// # Errors
/// [`VoiceRefusal`] in words.
pub async fn extend_voice(op: &Op, id: VoiceId, more: u16, reason: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::ExtendVoice).await?;
    let terms = terms_at(act.db(), &row.place.0, row.received_at.0).await?;
    let (own, unit) = (own_desk(&act), terms.length(row.term.0).unit());
    let said = vec![(VoiceStep::Extended, format!("延长 {more} {unit}：{}", reason.trim()))];
    keep(&mut act, Deed::ExtendVoice, row, said, |voice, clock| {
        let voice = voice.must_be_at(own)?;
        voice.extend(more, reason, &clock.terms, clock.due, clock.now)
    })
    .await?;
    act.commit().await
}

/// Puts it aside until a day (挂账).
///
/// # Errors
/// [`VoiceRefusal`] in words.
pub async fn park_voice(op: &Op, id: VoiceId, parking: &Parking) -> Result<(), Stop> {
    let Parking { reason, owner, review_on } = parking;
    let words = format!("{reason}。{}前复查，由{owner}负责", chinese_date(*review_on));
    let said = vec![(VoiceStep::Parked, words)];
    take(op, id, Deed::ParkVoice, said, |voice, clock| voice.park(reason, owner, *review_on, clock.now)).await
}

/// Goes on with what was put aside (恢复办理).
///
/// # Errors
/// [`VoiceRefusal`] in words.
pub async fn resume_voice(op: &Op, id: VoiceId) -> Result<(), Stop> {
    let said = vec![(VoiceStep::Resumed, String::new())];
    take(op, id, Deed::ParkVoice, said, |voice, clock| voice.resume(clock.now)).await
}

/// Tells that it is done and how (办结); who received it first hears of it, to ask the resident.
///
/// # Errors
/// [`VoiceRefusal`] in words.
pub async fn finish_voice(op: &Op, id: VoiceId, proof: &str, photos: &[Bytes]) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::FinishVoice).await?;
    must_not_wait(&act, id).await?;
    must_be_whole(&act, id).await?;
    let (own, topic, whole) = (own_desk(&act), row.topic.0, row.split_from);
    let said = vec![(VoiceStep::Finished, with_photos(proof, photos))];
    // The resident sees the photos of the whole.
    keep_photos(&act, whole.map_or(id, |whole| whole.0), own, photos).await?;
    let voice = keep(&mut act, Deed::FinishVoice, row, said, |voice, clock| {
        voice.must_be_at(own).and_then(|voice| voice.finish(proof, clock.now))
    })
    .await?;
    if let Some(Text(whole)) = whole {
        piece_done(&act, whole, topic, proof).await?;
    } else if voice.first_desk != voice.desk {
        let words = format!("你单位首接的“{}”诉求已办结，请回访反映人", topic.label());
        tell(&act, &voice, voice.first_desk, &words).await?;
    }
    act.commit().await
}

/// Enters what the resident says of it, for who has no telephone or speaks to an officer (回访); with `again` they want it
/// worked on again. The desk that received it first may do so as well.
///
/// # Errors
/// [`VoiceRefusal`] in words.
pub async fn call_back_voice(
    op: &Op,
    id: VoiceId,
    answer: Answer,
    note: &str,
    again: Option<&str>,
) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::CallBackVoice).await?;
    let own = own_desk(&act);
    if own != Some(row.desk.0) && own != Some(row.first_desk.0) {
        return Err(VoiceRefusal::OtherDesk(row.desk.0)).or_refuse();
    }
    let mut said = vec![(VoiceStep::CalledBack, answer_words(answer, note))];
    said.extend(again.map(|reason| (VoiceStep::Reopened, reason.to_owned())));
    keep(&mut act, Deed::CallBackVoice, row, said, |voice, clock| {
        let voice = voice.call_back(answer, clock.now)?;
        match again {
            Some(reason) => voice.reopen(reason, clock.now),
            None => Ok(voice),
        }
    })
    .await?;
    act.commit().await
}

/// `已解决，满意：谢谢`.
pub(super) fn answer_words(answer: Answer, note: &str) -> String {
    let words = format!("{}，{}", answer.solved.label(), answer.satisfaction.label());
    if note.trim().is_empty() { words } else { format!("{words}：{}", note.trim()) }
}
