//! The deeds of the money: prepared, approved and paid by three persons, then receipted, or taken back.

mod approve;
mod give_back;
mod pay;
mod prepare;

use domain::{
    ids::CommitmentId,
    permission::{Deed, OfficeKind},
    place::{Level, PlaceCode},
    selection::application::Stage,
};
use platform::{
    act::{Act, Subject},
    error::Stop,
};

pub use approve::approve_commitments;
pub use give_back::{cancel_commitment, record_recovery, refuse_commitment, return_payment, start_recovery};
pub use pay::{Payment, Receipt, confirm_receipt, record_payments};
pub use prepare::{NewCommitment, prepare_commitments};

use super::{store, store::row};
use crate::selection;

/// The commitment `id`, once `deed` on it is permitted.
async fn permitted(act: &Act<'_>, deed: Deed, id: CommitmentId) -> Result<row::Model, Stop> {
    let row = store::commitment(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(deed, &row.branch.0)?;
    Ok(row)
}

/// Where the application that is rewarded stands now.
async fn stage(act: &Act<'_>, row: &row::Model) -> Result<Stage, Stop> {
    let application = selection::application(act.db(), row.application_id.0).await?;
    application.map(|it| it.stage.0).ok_or_else(|| Stop::fault("a commitment's application is gone"))
}

/// Saves a step and records it.
async fn keep(act: &mut Act<'_>, deed: Deed, row: row::Model, note: &str) -> Result<(), Stop> {
    let (id, branch, state) = (row.id.0, row.branch.0.clone(), row.state.0);
    let body = serde_json::json!({ "application": row.application_id.0, "amount": row.amount.0, "state": state, "reason": note });
    store::save(act.db(), row).await?;
    act.record(deed, &Subject::new("commitment", id, &branch), body).await
}

/// Tells the branch, its community and its street.
async fn tell_line(act: &Act<'_>, branch: &PlaceCode, words: &str, link: &str) -> Result<(), Stop> {
    let line = [
        (OfficeKind::BranchSecretary, Level::Branch),
        (OfficeKind::BranchCommittee, Level::Branch),
        (OfficeKind::CommunityOfficer, Level::Community),
        (OfficeKind::StreetOfficer, Level::Street),
    ];
    for (kind, level) in line {
        if let Some(place) = branch.at(level) {
            crate::messages::tell(act, kind, &place, words, link).await?;
        }
    }
    Ok(())
}
