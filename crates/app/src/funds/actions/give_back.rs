//! Steps back: who approves refuses it, the bank returns it, the county gives it up, or it is demanded back after an award was lost.

use domain::{
    clock::Instant,
    ids::CommitmentId,
    permission::{Deed, OfficeKind},
    place::Level,
    selection::funds::{Commitment, FundsRefusal},
};
use platform::{
    act::Op,
    error::{OrRefuse as _, Stop},
};

use super::{keep, permitted, stage, tell_line};
use crate::{
    funds::{store::row, urls},
    messages,
};

type Step = fn(Commitment, &str, Instant) -> Result<Commitment, FundsRefusal>;

async fn step_back(op: &Op, id: CommitmentId, reason: &str, step: Step) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = permitted(&act, Deed::CancelCommitment, id).await?;
    let moved = step(row.commitment(), reason, act.now()).or_refuse()?;
    let row = row::Model { reason: reason.trim().to_owned(), ..row.moved(&moved) };
    if let Some(county) = row.branch.0.at(Level::County) {
        let words = format!("一笔补助资金的状态变为“{}”，原因：{}", row.state.0.label(), row.reason);
        let link = urls::of_commitment(urls::COMMITMENT, id);
        messages::tell(&act, OfficeKind::FinanceOfficer, &county, &words, &link).await?;
    }
    keep(&mut act, Deed::CancelCommitment, row, reason.trim()).await?;
    act.commit().await
}

/// Refuses what is to be approved; it may be prepared once more.
///
/// # Errors
/// Refusals when it is approved or closed, or without a reason.
pub async fn refuse_commitment(op: &Op, id: CommitmentId, reason: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = permitted(&act, Deed::ApproveCommitment, id).await?;
    let moved = row.commitment().refuse(reason, act.now()).or_refuse()?;
    let row = row::Model { reason: reason.trim().to_owned(), ..row.moved(&moved) };
    if let Some(county) = row.branch.0.at(Level::County) {
        let words = format!("一笔补助资金审批没有通过，原因：{}。改好以后可以重新编制。", row.reason);
        let link = urls::of_commitment(urls::COMMITMENT, id);
        messages::tell(&act, OfficeKind::CountyOrgDept, &county, &words, &link).await?;
    }
    keep(&mut act, Deed::ApproveCommitment, row, reason.trim()).await?;
    act.commit().await
}

/// Records that the bank sent it back; it may be paid again.
///
/// # Errors
/// Refusals when it was not paid, or without a reason.
pub async fn return_payment(op: &Op, id: CommitmentId, reason: &str) -> Result<(), Stop> {
    step_back(op, id, reason, Commitment::record_return).await
}

/// Gives it up while the money is still in the county's hands.
///
/// # Errors
/// Refusals when it is paid or closed, or without a reason.
pub async fn cancel_commitment(op: &Op, id: CommitmentId, reason: &str) -> Result<(), Stop> {
    step_back(op, id, reason, Commitment::cancel).await
}

/// Demands it back after the award was lost (追回).
///
/// # Errors
/// Refusals while the award stands, when it was never paid, or without a reason.
pub async fn start_recovery(op: &Op, id: CommitmentId, reason: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = permitted(&act, Deed::CancelCommitment, id).await?;
    let stage = stage(&act, &row).await?;
    let moved = row.commitment().start_recovery(stage, reason, act.now()).or_refuse()?;
    let row = row::Model { reason: reason.trim().to_owned(), ..row.moved(&moved) };
    let words = format!("红旗小区认定已撤销，请退回补助资金 {} 元。", row.amount.0);
    tell_line(&act, &row.branch.0, &words, &urls::of_commitment(urls::COMMITMENT, id)).await?;
    keep(&mut act, Deed::CancelCommitment, row, reason.trim()).await?;
    act.commit().await
}

/// Records that it came back.
///
/// # Errors
/// Refusals when it is not being demanded back, or without a voucher.
pub async fn record_recovery(op: &Op, id: CommitmentId, voucher: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = permitted(&act, Deed::CancelCommitment, id).await?;
    let moved = row.commitment().record_recovery(voucher, act.now()).or_refuse()?;
    let row = row::Model { recovery_voucher: voucher.trim().to_owned(), ..row.moved(&moved) };
    keep(&mut act, Deed::CancelCommitment, row, "").await?;
    act.commit().await
}
