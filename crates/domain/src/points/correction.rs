//! What is set right in a settled year (年度积分更正): told by one, decided by another, never by who gains (R-PTS-06).

use crate::{coded_enum, ids::AccountId, refusal::Refusal};

use super::Decider;

coded_enum! {
    /// Where a correction stands.
    pub enum CorrectionState {
        /// 待审核.
        Proposed = "proposed" => "待审核",
        /// 已更正: in effect, and the year settled again.
        Approved = "approved" => "已更正",
        /// 不予更正.
        Rejected = "rejected" => "不予更正",
    }
}

/// Why a step is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionRefusal {
    /// Decided before.
    #[error("这件更正已经是“{}”，请刷新页面", .0.label())]
    Decided(CorrectionState),
    /// Who told it does not decide it.
    #[error("提出更正的同志不能审核同一件更正，请社区另一名同志或街道党工委审核")]
    OwnProposal,
    /// Nobody corrects their own year.
    #[error("不能提出或审核本人的年度积分更正，请社区另一名同志或街道党工委办理")]
    OwnBenefit,
    /// A refusal without a reason.
    #[error("请写明不予更正的原因，提出的同志会看到")]
    NoReason,
}

impl Refusal for CorrectionRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::NoReason => "answer",
            Self::Decided(_) | Self::OwnProposal | Self::OwnBenefit => "",
        }
    }
}

/// A correction as the rules know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Correction {
    /// Where it stands.
    pub state: CorrectionState,
    /// Who told it.
    pub proposer: Option<AccountId>,
}

impl Correction {
    /// Told by somebody whose year it is not.
    ///
    /// # Errors
    /// When it would be the own one.
    pub const fn propose(by: Decider) -> Result<CorrectionState, CorrectionRefusal> {
        if by.is_beneficiary { Err(CorrectionRefusal::OwnBenefit) } else { Ok(CorrectionState::Proposed) }
    }

    /// Into effect, by another.
    ///
    /// # Errors
    /// When it is decided, or by the wrong person.
    pub fn approve(self, by: Decider) -> Result<CorrectionState, CorrectionRefusal> {
        self.decide(by)?;
        Ok(CorrectionState::Approved)
    }

    /// The year stays as it is.
    ///
    /// # Errors
    /// When it is decided, by the wrong person, or without a reason.
    pub fn reject(self, by: Decider, reason: &str) -> Result<CorrectionState, CorrectionRefusal> {
        self.decide(by)?;
        if reason.trim().is_empty() { Err(CorrectionRefusal::NoReason) } else { Ok(CorrectionState::Rejected) }
    }

    /// Whether it is `by`'s to decide.
    ///
    /// # Errors
    /// When it is decided, or they told it or gain by it.
    pub fn decide(self, by: Decider) -> Result<(), CorrectionRefusal> {
        match self.state {
            CorrectionState::Proposed if by.is_beneficiary => Err(CorrectionRefusal::OwnBenefit),
            CorrectionState::Proposed if self.proposer == Some(by.account) => Err(CorrectionRefusal::OwnProposal),
            CorrectionState::Proposed => Ok(()),
            state => Err(CorrectionRefusal::Decided(state)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::points::people::{account, by};

    #[test]
    fn one_tells_and_another_decides() {
        let (one, two) = (account(1), account(2));
        assert_eq!(Correction::propose(by(one, true)), Err(CorrectionRefusal::OwnBenefit));
        assert_eq!(Correction::propose(by(one, false)), Ok(CorrectionState::Proposed));
        let told = Correction { state: CorrectionState::Proposed, proposer: Some(one) };
        assert_eq!(told.approve(by(one, false)), Err(CorrectionRefusal::OwnProposal));
        assert_eq!(told.approve(by(two, true)), Err(CorrectionRefusal::OwnBenefit));
        assert_eq!(told.approve(by(two, false)), Ok(CorrectionState::Approved));
        assert_eq!(told.reject(by(two, false), " "), Err(CorrectionRefusal::NoReason));
        assert_eq!(told.reject(by(two, false), "依据不足"), Ok(CorrectionState::Rejected));
        let done = Correction { state: CorrectionState::Approved, ..told };
        assert_eq!(done.approve(by(two, false)), Err(CorrectionRefusal::Decided(CorrectionState::Approved)));
    }
}
