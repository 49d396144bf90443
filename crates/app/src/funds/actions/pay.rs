//! Recording what finance has paid, and that it arrived (登记支付、确认到账). The system itself pays nothing.

use domain::{
    ids::CommitmentId,
    permission::{Deed, OfficeKind},
    place::Level,
    selection::funds::check_awarded,
};
use jiff::civil::Date;
use platform::{
    act::Op,
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use super::{keep, permitted, stage, tell_line};
use crate::{
    funds::{store::row, urls},
    messages,
};

/// A payment as finance made it.
#[derive(Debug, Clone)]
pub struct Payment {
    /// Number of the voucher.
    pub voucher: String,
    /// The day it was paid.
    pub paid_on: Date,
}

/// Records that all of `chosen` were paid, or none (R-FUND-03).
///
/// # Errors
/// Refusals when nothing is chosen, without a voucher, for a day to come, by somebody who prepared or approved one of
/// them, or when an award was lost since.
pub async fn record_payments(op: &Op, chosen: &[CommitmentId], payment: &Payment) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let voucher = payment.voucher.trim();
    for id in chosen {
        let row = permitted(&act, Deed::RecordPayment, *id).await?;
        if payment.paid_on > act.now().date() {
            return Err(Stop::refused_at("paid_on", "支付日期不能晚于今天，请在支付以后登记。"));
        }
        if row.approved_at.is_some_and(|at| payment.paid_on < at.0.date()) {
            return Err(Stop::refused_at("paid_on", "支付日期不能早于审批的日期。"));
        }
        check_awarded(stage(&act, &row).await?).or_refuse()?;
        let moved = row.commitment().record_payment(act.officer()?.account, voucher, act.now()).or_refuse()?;
        let row = row::Model {
            paid_by: act.signature(),
            payment_recorded_at: Some(Int(act.now())),
            voucher: voucher.to_owned(),
            paid_on: Some(Text(payment.paid_on)),
            ..row.moved(&moved)
        };
        let link = urls::of_commitment(urls::COMMITMENT, *id);
        let words = format!("补助资金 {} 元已支付，请核对到账后确认。", row.amount.0);
        tell_line(&act, &row.branch.0, &words, &link).await?;
        keep(&mut act, Deed::RecordPayment, row, "").await?;
    }
    if chosen.is_empty() {
        return Err(Stop::refused_at("commitment", "请勾选已支付的资金。"));
    }
    act.commit().await
}

/// What the branch has in hand when the money arrived.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// Number of the receipt.
    pub voucher: String,
    /// The day it arrived.
    pub received_on: Date,
}

/// Confirms that the money arrived.
///
/// # Errors
/// Refusals when it was not paid, without a receipt, or for a day before the payment or to come.
pub async fn confirm_receipt(op: &Op, id: CommitmentId, receipt: &Receipt) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = permitted(&act, Deed::ConfirmReceipt, id).await?;
    let moved = row.commitment().record_receipt(&receipt.voucher, act.now()).or_refuse()?;
    let is_too_early = row.paid_on.is_some_and(|Text(paid_on)| receipt.received_on < paid_on);
    if is_too_early || receipt.received_on > act.now().date() {
        return Err(Stop::refused_at("received_on", "到账日期应在支付日期和今天之间，请核对后填写。"));
    }
    let row = row::Model {
        receipt_voucher: receipt.voucher.trim().to_owned(),
        received_on: Some(Text(receipt.received_on)),
        ..row.moved(&moved)
    };
    if let Some(county) = row.branch.0.at(Level::County) {
        let words = format!("一笔补助资金 {} 元已确认到账。", row.amount.0);
        messages::tell(&act, OfficeKind::FinanceOfficer, &county, &words, &urls::of_commitment(urls::COMMITMENT, id))
            .await?;
    }
    keep(&mut act, Deed::ConfirmReceipt, row, "").await?;
    act.commit().await
}
