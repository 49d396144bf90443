//! What comes again and again at one place becomes one issue with its own owner (R-VOI-12).

use crate::{clock::Instant, coded_enum, refusal::Refusal};

use super::VoiceTopic;

/// How many voices about the same make an issue.
pub const REPEATS: usize = 3;
/// Within how many days.
pub const REPEAT_DAYS: i64 = 30;

coded_enum! {
    /// Where an issue stands (共性问题).
    pub enum IssueState {
        /// 办理中.
        Open = "open" => "办理中",
        /// 已解决.
        Settled = "settled" => "已解决",
    }
}

/// Why a step of an issue is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IssueRefusal {
    /// Settled before.
    #[error("这个共性问题已经解决，请刷新页面查看")]
    Settled,
    /// Nobody answers for it.
    #[error("请先确定负责人，再登记解决")]
    NoOwner,
    /// Not said how it was settled.
    #[error("请写明怎样解决的，同一个问题以后不再反复")]
    NoWords,
}

impl Refusal for IssueRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::Settled => "",
            Self::NoOwner => "owner",
            Self::NoWords => "outcome",
        }
    }
}

/// Whether voices about a topic, received at these moments, come again and again; what is filed under “其他” is not about the same.
#[must_use]
pub fn is_recurring(topic: VoiceTopic, received: &[Instant], now: Instant) -> bool {
    let since = now.plus_days(-REPEAT_DAYS);
    topic != VoiceTopic::Other && received.iter().filter(|at| **at >= since).count() >= REPEATS
}

impl IssueState {
    /// Takes on who answers for it, or another.
    ///
    /// # Errors
    /// It is settled.
    pub const fn own(self) -> Result<Self, IssueRefusal> {
        match self {
            Self::Open => Ok(self),
            Self::Settled => Err(IssueRefusal::Settled),
        }
    }

    /// It does not come again.
    ///
    /// # Errors
    /// Settled before; nobody answers for it; not said how.
    pub fn settle(self, owner: &str, outcome: &str) -> Result<Self, IssueRefusal> {
        self.own()?;
        if owner.trim().is_empty() {
            return Err(IssueRefusal::NoOwner);
        }
        if outcome.trim().is_empty() { Err(IssueRefusal::NoWords) } else { Ok(Self::Settled) }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn three_in_thirty_days_are_one_issue() {
        let now = Instant::at(date(2022, 11, 30).at(9, 0, 0, 0));
        let back = |days: &[i64]| days.iter().map(|day| now.plus_days(-day)).collect::<Vec<_>>();
        for (topic, days, is_one) in [
            (VoiceTopic::Parking, &[0, 1][..], false),
            (VoiceTopic::Parking, &[0, 1, 30], true),
            (VoiceTopic::Parking, &[0, 1, 31], false),
            (VoiceTopic::Parking, &[0, 1, 31, 29], true),
            (VoiceTopic::Other, &[0, 1, 2], false),
        ] {
            assert_eq!(is_recurring(topic, &back(days), now), is_one, "{topic:?} {days:?}");
        }
    }

    #[test]
    fn it_is_settled_once_by_who_answers_for_it() {
        assert_eq!(IssueState::Open.settle(" ", "换了新泵"), Err(IssueRefusal::NoOwner));
        assert_eq!(IssueState::Open.settle("支部书记", ""), Err(IssueRefusal::NoWords));
        assert_eq!(IssueState::Open.settle("支部书记", "换了新泵"), Ok(IssueState::Settled));
        assert_eq!(IssueState::Settled.settle("支部书记", "换了新泵"), Err(IssueRefusal::Settled));
        assert_eq!(IssueState::Settled.own(), Err(IssueRefusal::Settled));
    }
}
