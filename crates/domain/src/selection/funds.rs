//! Money promised to a branch (补助资金), from its preparation to the receipt, or back (R-FUND-01 to R-FUND-03).
//!
//! The system records payments and never makes them. Each step is done by a person, and the three that hold the money
//! between them are three different persons.

use crate::{
    clock::Instant,
    coded_enum,
    ids::{AccountId, CommitmentId, SeasonId},
    money::Fen,
    place::{Level, PlaceCode},
    refusal::Refusal,
};

use super::application::Stage;

coded_enum! {
    /// Where a commitment stands.
    pub enum CommitmentState {
        /// 待审批.
        Prepared = "prepared" => "待审批",
        /// 已审批，待支付.
        Approved = "approved" => "已审批，待支付",
        /// 已支付，待确认到账.
        Paid = "paid" => "已支付，待确认到账",
        /// 已到账.
        Receipted = "receipted" => "已到账",
        /// 已退回, sent back by the bank; it may be paid again or cancelled.
        Returned = "returned" => "已退回",
        /// 已取消.
        Cancelled = "cancelled" => "已取消",
        /// 追回中, because the award was lost after payment.
        Recovering = "recovering" => "追回中",
        /// 已追回.
        Recovered = "recovered" => "已追回",
    }
}

impl CommitmentState {
    // R-FUND-02
    /// Whether the amount takes up the budget line: all but what was cancelled or came back for good.
    #[must_use]
    pub const fn takes_budget(self) -> bool {
        !matches!(self, Self::Cancelled | Self::Recovered)
    }
}

coded_enum! {
    /// The three hands that money goes through (R-FUND-03).
    pub enum Duty {
        /// 编制.
        Prepare = "prepare" => "编制",
        /// 审批.
        Approve = "approve" => "审批",
        /// 支付登记.
        RecordPayment = "record_payment" => "支付登记",
    }
}

coded_enum! {
    /// Whose account the money goes to (R-FUND-04). A branch without an account of its own is paid through the community
    /// or the street, earmarked and kept in a sub-ledger there (专账核算).
    pub enum PayeeAccount {
        /// 社区账户.
        Community = "community" => "社区账户（专账核算）",
        /// 街道账户.
        Street = "street" => "街道账户（专账核算）",
        /// 支部账户.
        Branch = "branch" => "支部账户",
    }
}

coded_enum! {
    /// What else the budget line pays for (R-FUND-02): entered by the county, never guessed from the line.
    pub enum BudgetItem {
        /// 培训.
        Training = "training" => "培训",
        /// 评选工作.
        Selection = "selection" => "评选工作",
        /// 书记和支委奖励.
        Rewards = "rewards" => "书记和支委奖励",
        /// 春节、七一慰问.
        Visits = "visits" => "春节、七一慰问",
        /// 其他.
        Other = "other" => "其他",
    }
}

impl PayeeAccount {
    /// The level that keeps the account.
    #[must_use]
    pub const fn level(self) -> Level {
        match self {
            Self::Community => Level::Community,
            Self::Street => Level::Street,
            Self::Branch => Level::Branch,
        }
    }
}

/// What is to be paid, as prepared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Identifier for the commitment it becomes.
    pub id: CommitmentId,
    /// The season it rewards.
    pub season: SeasonId,
    /// The winning branch.
    pub branch: PlaceCode,
    /// How much.
    pub amount: Fen,
    /// Who prepared it.
    pub preparer: AccountId,
}

/// A commitment (补助资金).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// Identifier.
    pub id: CommitmentId,
    /// The season it rewards.
    pub season: SeasonId,
    /// The winning branch.
    pub branch: PlaceCode,
    /// How much.
    pub amount: Fen,
    /// Where it stands.
    pub state: CommitmentState,
    /// Since when.
    pub state_since: Instant,
    /// Who prepared it.
    pub preparer: AccountId,
    /// Who approved it, once it is.
    pub approver: Option<AccountId>,
    /// Who recorded the payment, once it is.
    pub payer: Option<AccountId>,
    /// For the optimistic save.
    pub version: i32,
}

/// Why a step of a commitment was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FundsRefusal {
    /// It does not stand where this step begins.
    #[error("这笔资金现在的状态是“{}”，不能办理这一步，请刷新页面查看最新情况", .0.label())]
    WrongState(CommitmentState),
    /// R-FUND-03.
    #[error("您已经办理过这笔资金的{}；编制、审批、支付登记须由三名不同的同志办理，请换一名同志办理{}", done.label(), asked.label())]
    SamePerson {
        /// What the person has done already.
        done: Duty,
        /// What they want to do now.
        asked: Duty,
    },
    /// R-FUND-02.
    #[error("预算为 {line} 元，已安排 {committed} 元，还剩 {} 元，不够安排这次的 {new} 元；请减少笔数或金额，或先按程序调整预算", left(*.committed, *.line))]
    OverBudget {
        /// Taken up already.
        committed: Fen,
        /// Asked for.
        new: Fen,
        /// The approved line.
        line: Fen,
    },
    /// R-SEL-17: money follows the award.
    #[error("该小区现在的状态是“{}”，只有已认定的红旗小区才能安排和支付补助；认定已撤销的，请取消或追回这笔资金", .0.label())]
    NotAwarded(Stage),
    /// The award still stands.
    #[error("该小区的认定仍然有效，不能追回补助；需要收回的，请先办理撤销认定")]
    StillAwarded,
    /// Nothing, or less.
    #[error("金额应大于 0 元")]
    NoAmount,
    /// An approval without the meeting that gave it.
    #[error("请填写集体研究的会议纪要编号")]
    NoMinutes,
    /// A payment, receipt or recovery without its voucher.
    #[error("请填写凭证编号")]
    NoVoucher,
    /// A step back without a reason.
    #[error("请写明原因")]
    NoReason,
}

impl Refusal for FundsRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::WrongState(_) | Self::SamePerson { .. } | Self::NotAwarded(_) | Self::StillAwarded => "",
            Self::OverBudget { .. } | Self::NoAmount => "amount",
            Self::NoMinutes => "minutes",
            Self::NoVoucher => "voucher",
            Self::NoReason => "reason",
        }
    }
}

fn left(committed: Fen, line: Fen) -> Fen {
    Fen(line.0.saturating_sub(committed.0).max(0))
}

// R-SEL-17
/// Whether money may be promised or paid to an application at `stage`.
///
/// # Errors
/// It is not awarded, or not any more.
pub const fn check_awarded(stage: Stage) -> Result<(), FundsRefusal> {
    if stage.is_award() { Ok(()) } else { Err(FundsRefusal::NotAwarded(stage)) }
}

// R-FUND-02
/// What is left of the budget `line` after `new` is added to what is `committed`.
///
/// # Errors
/// No amount, or more than is left.
pub fn check_budget(committed: Fen, new: Fen, line: Fen) -> Result<Fen, FundsRefusal> {
    if new <= Fen(0) {
        return Err(FundsRefusal::NoAmount);
    }
    if committed + new > line {
        return Err(FundsRefusal::OverBudget { committed, new, line });
    }
    Ok(left(committed + new, line))
}

// R-FUND-02
/// Whether the other items of the line, `planned` together, leave what is `committed` within the `line`.
///
/// # Errors
/// They do not.
pub fn check_plan(committed: Fen, planned: Fen, line: Fen) -> Result<(), FundsRefusal> {
    if committed + planned > line {
        return Err(FundsRefusal::OverBudget { committed, new: planned, line });
    }
    Ok(())
}

impl Commitment {
    /// Prepares a payment within the budget `line`, of which `committed` is taken up.
    ///
    /// # Errors
    /// No amount, or more than is left.
    pub fn prepare(proposal: Proposal, committed: Fen, line: Fen, now: Instant) -> Result<Self, FundsRefusal> {
        let Proposal { id, season, branch, amount, preparer } = proposal;
        check_budget(committed, amount, line)?;
        Ok(Self {
            id,
            season,
            branch,
            amount,
            state: CommitmentState::Prepared,
            state_since: now,
            preparer,
            approver: None,
            payer: None,
            version: 0,
        })
    }

    /// Approves it after the collective decision (集体研究).
    ///
    /// # Errors
    /// Not awaiting approval; the same person; no minutes.
    pub fn approve(mut self, approver: AccountId, minutes: &str, now: Instant) -> Result<Self, FundsRefusal> {
        self.must_be(&[CommitmentState::Prepared])?;
        self.must_be_another(approver, Duty::Approve)?;
        must_have(minutes, FundsRefusal::NoMinutes)?;
        self.approver = Some(approver);
        Ok(self.moved(CommitmentState::Approved, now))
    }

    /// Records that finance has paid it; also the second time, after the bank sent it back.
    ///
    /// # Errors
    /// Not approved; the same person; no voucher.
    pub fn record_payment(mut self, payer: AccountId, voucher: &str, now: Instant) -> Result<Self, FundsRefusal> {
        self.must_be(&[CommitmentState::Approved, CommitmentState::Returned])?;
        self.must_be_another(payer, Duty::RecordPayment)?;
        must_have(voucher, FundsRefusal::NoVoucher)?;
        self.payer = Some(payer);
        Ok(self.moved(CommitmentState::Paid, now))
    }

    /// Records that it arrived (资金到账).
    ///
    /// # Errors
    /// Not paid; no voucher.
    pub fn record_receipt(self, voucher: &str, now: Instant) -> Result<Self, FundsRefusal> {
        self.must_be(&[CommitmentState::Paid])?;
        must_have(voucher, FundsRefusal::NoVoucher)?;
        Ok(self.moved(CommitmentState::Receipted, now))
    }

    /// Records that the bank sent it back.
    ///
    /// # Errors
    /// Not paid; no reason.
    pub fn record_return(self, reason: &str, now: Instant) -> Result<Self, FundsRefusal> {
        self.must_be(&[CommitmentState::Paid])?;
        must_have(reason, FundsRefusal::NoReason)?;
        Ok(self.moved(CommitmentState::Returned, now))
    }

    /// Is not approved (审批不通过): it is closed, and may be prepared once more.
    ///
    /// # Errors
    /// Approved or closed already; no reason.
    pub fn refuse(self, reason: &str, now: Instant) -> Result<Self, FundsRefusal> {
        self.must_be(&[CommitmentState::Prepared])?;
        must_have(reason, FundsRefusal::NoReason)?;
        Ok(self.moved(CommitmentState::Cancelled, now))
    }

    /// Gives it up while the money is still in the county's hands.
    ///
    /// # Errors
    /// Paid or already closed; no reason.
    pub fn cancel(self, reason: &str, now: Instant) -> Result<Self, FundsRefusal> {
        self.must_be(&[CommitmentState::Prepared, CommitmentState::Approved, CommitmentState::Returned])?;
        must_have(reason, FundsRefusal::NoReason)?;
        Ok(self.moved(CommitmentState::Cancelled, now))
    }

    /// Demands it back after the award was lost (追回).
    ///
    /// # Errors
    /// Never paid, or already demanded; the award at `stage` still stands; no reason.
    pub fn start_recovery(self, stage: Stage, reason: &str, now: Instant) -> Result<Self, FundsRefusal> {
        self.must_be(&[CommitmentState::Paid, CommitmentState::Receipted])?;
        if stage.is_award() {
            return Err(FundsRefusal::StillAwarded);
        }
        must_have(reason, FundsRefusal::NoReason)?;
        Ok(self.moved(CommitmentState::Recovering, now))
    }

    /// Records that it came back.
    ///
    /// # Errors
    /// Not being recovered; no voucher.
    pub fn record_recovery(self, voucher: &str, now: Instant) -> Result<Self, FundsRefusal> {
        self.must_be(&[CommitmentState::Recovering])?;
        must_have(voucher, FundsRefusal::NoVoucher)?;
        Ok(self.moved(CommitmentState::Recovered, now))
    }

    // R-FUND-03. Who records a payment again may be the one who recorded it before.
    fn must_be_another(&self, person: AccountId, asked: Duty) -> Result<(), FundsRefusal> {
        let done = if self.preparer == person {
            Duty::Prepare
        } else if self.approver == Some(person) {
            Duty::Approve
        } else {
            return Ok(());
        };
        Err(FundsRefusal::SamePerson { done, asked })
    }

    fn must_be(&self, states: &[CommitmentState]) -> Result<(), FundsRefusal> {
        if states.contains(&self.state) { Ok(()) } else { Err(FundsRefusal::WrongState(self.state)) }
    }

    fn moved(self, state: CommitmentState, now: Instant) -> Self {
        Self { state, state_since: now, ..self }
    }
}

fn must_have(text: &str, otherwise: FundsRefusal) -> Result<(), FundsRefusal> {
    if text.trim().is_empty() { Err(otherwise) } else { Ok(()) }
}

#[cfg(test)]
mod tests;
