//! Taking a dispute on or telling where else to go, the sessions, and ending without an agreement.

use domain::{
    clock::chinese_date,
    dispute::{DisputeStep, EndCause, NotAccepted},
    ids::DisputeId,
    permission::Deed,
};
use jiff::civil::Date;
use platform::{
    act::Op,
    db::column::Text,
    error::{OrRefuse as _, Stop},
};

use super::step::{keep, mediated, take};
use crate::disputes::{
    sealed::{Told, seal},
    store::parts::{self, session},
};

/// Takes a dispute on, with the consent of all parties.
///
/// # Errors
/// `DisputeRefusal` in words.
pub async fn accept_dispute(op: &Op, id: DisputeId, have_consented: bool) -> Result<(), Stop> {
    let said = (DisputeStep::Accepted, "各方当事人同意调解".to_owned());
    take(op, id, Deed::AcceptDispute, said, |file, now| file.accept(have_consented, now)).await
}

/// Tells the parties where else to go.
///
/// # Errors
/// `DisputeRefusal` in words.
pub async fn decline_dispute(op: &Op, id: DisputeId, reason: NotAccepted, note: &str) -> Result<(), Stop> {
    let words = [reason.label(), "：", reason.way(), note.trim()].concat();
    take(op, id, Deed::DeclineDispute, (DisputeStep::Declined, words), |file, now| file.decline(now)).await
}

/// Keeps a session: when, where, who was there, how it went, what it came to.
///
/// # Errors
/// `DisputeRefusal` in words.
pub async fn record_mediation(op: &Op, id: DisputeId, held_on: Date, told: Told) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let loaded = mediated(&act, id, Deed::RecordMediation).await?;
    let after = loaded.row.dispute().meet(held_on, act.now()).or_refuse()?;
    let number = i32::try_from(after.sessions).unwrap_or(i32::MAX);
    let row = session::Model {
        id: Text(act.new_id()),
        dispute_id: Text(id),
        number,
        held_on: Text(held_on),
        told_sealed: seal(&act.floor().keys, &told)?,
        signed: act.signature(),
    };
    parts::insert_session(act.db(), row).await?;
    let words = format!("第 {number} 次，{}", chinese_date(held_on));
    keep(&mut act, Deed::RecordMediation, loaded.row, &after, (DisputeStep::Session, words)).await?;
    act.commit().await
}

/// Ends mediation without an agreement, and keeps that the parties were told of other ways.
///
/// # Errors
/// `DisputeRefusal` in words.
pub async fn end_mediation(op: &Op, id: DisputeId, cause: EndCause, note: &str) -> Result<(), Stop> {
    let words = [cause.label(), "。", note.trim(), "\n已告知：", cause.way()].concat();
    take(op, id, Deed::EndMediation, (DisputeStep::Ended, words), |file, now| file.end(now)).await
}
