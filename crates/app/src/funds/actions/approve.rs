//! Approving after the collective decision (审批补助).

use domain::{
    ids::CommitmentId,
    permission::{Deed, OfficeKind},
    place::Level,
    selection::funds::check_awarded,
};
use platform::{
    act::Op,
    db::column::Int,
    error::{OrRefuse as _, Stop},
};

use super::{keep, permitted, stage};
use crate::{
    funds::{store::row, urls},
    messages,
};

/// Approves all of `chosen` or none, by the minutes of the meeting that decided (R-FUND-03).
///
/// # Errors
/// Refusals when nothing is chosen, there are no minutes, the person prepared one of them, or an award was lost since.
pub async fn approve_commitments(op: &Op, chosen: &[CommitmentId], minutes: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let minutes = minutes.trim();
    let mut told = None;
    for id in chosen {
        let row = permitted(&act, Deed::ApproveCommitment, *id).await?;
        check_awarded(stage(&act, &row).await?).or_refuse()?;
        let moved = row.commitment().approve(act.officer()?.account, minutes, act.now()).or_refuse()?;
        told = row.branch.0.at(Level::County).map(|county| (county, row.season_id.0));
        let row = row::Model {
            approved_by: act.signature(),
            approved_at: Some(Int(act.now())),
            minutes: minutes.to_owned(),
            ..row.moved(&moved)
        };
        keep(&mut act, Deed::ApproveCommitment, row, "").await?;
    }
    let Some((county, season)) = told else {
        return Err(Stop::refused_at("commitment", "请勾选要审批的资金。"));
    };
    let words = format!("{} 笔补助资金已审批，请支付并登记凭证。", chosen.len());
    messages::tell(&act, OfficeKind::FinanceOfficer, &county, &words, &urls::of_season(urls::SEASON, season)).await?;
    act.commit().await
}
