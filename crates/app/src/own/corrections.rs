//! A member asks that something in the own record be corrected; the branch answers (R-PRI-05).

use domain::{
    ids::{CorrectionId, MembershipId},
    permission::Deed,
};
use platform::{
    act::{Op, Subject},
    db::column::{Int, Text},
    error::Stop,
};
use serde_json::json;

use super::store::{self, CorrectionState, correction};
use crate::people;

/// Asks for a correction of the own record.
///
/// # Errors
/// [`Stop::Missing`] for somebody else's record.
pub async fn ask_correction(op: &Op, member: MembershipId, body: String) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let (line, person) = people::membership(act.db(), member).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::CorrectOwnRecord, &line.branch.0)?;
    if person.account_id != Some(Text(act.officer()?.account)) {
        return Err(Stop::Missing);
    }
    let row = correction::Model {
        id: Text(act.new_id()),
        branch: line.branch.clone(),
        membership_id: Text(member),
        body,
        state: Text(CorrectionState::Asked),
        asked_at: Int(act.now()),
        answer: String::new(),
        answered_by: String::new(),
        version: 0,
    };
    let subject = Subject::new("correction", row.id.0, &line.branch.0);
    act.record(Deed::CorrectOwnRecord, &subject, json!({})).await?;
    store::insert_correction(act.db(), row).await?;
    act.commit().await
}

/// Answers: corrected, or not and why.
///
/// # Errors
/// Refusals without words; [`Stop::Conflict`] when it was answered before.
pub async fn answer_correction(op: &Op, id: CorrectionId, is_done: bool, answer: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = store::correction(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::EditMembers, &row.branch.0)?;
    if row.state.0 != CorrectionState::Asked {
        return Err(Stop::Conflict);
    }
    if answer.trim().is_empty() {
        return Err(Stop::refused_at("answer", "请写明怎样更正的，或者不能更正的原因，本人会看到。"));
    }
    let state = if is_done { CorrectionState::Done } else { CorrectionState::Refused };
    let subject = Subject::new("correction", id, &row.branch.0);
    act.record(Deed::EditMembers, &subject, json!({ "state": state })).await?;
    let answered_by = act.signature();
    let row = correction::Model { state: Text(state), answer: answer.trim().to_owned(), answered_by, ..row };
    store::save_correction(act.db(), row).await?;
    act.commit().await
}
