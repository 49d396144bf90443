//! The yearly reports (双报告): a member to unit and community, a community to a unit (R-DUTY-03).

use serde::{Deserialize, Serialize};

use crate::{coded_enum, refusal::Refusal};

coded_enum! {
    /// Who reports to whom.
    pub enum ReportKind {
        /// 党员向单位和社区报告.
        Member = "member" => "党员年度报告",
        /// 社区向单位反馈.
        Feedback = "feedback" => "社区年度反馈",
    }
}

coded_enum! {
    /// Where a report stands.
    pub enum ReportState {
        /// 草稿.
        Draft = "draft" => "草稿",
        /// 已报送.
        Sent = "sent" => "已报送",
    }
}

/// Why a step is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReportRefusal {
    /// It has been sent.
    #[error("报告已经报送，不能再改。确需更正的，请社区退回")]
    Sent,
    /// It has not been sent.
    #[error("报告还没有报送，不用退回")]
    NotSent,
}

impl Refusal for ReportRefusal {
    fn field(&self) -> &'static str {
        ""
    }
}

impl ReportState {
    /// Written, and perhaps sent.
    ///
    /// # Errors
    /// When it was sent before.
    pub const fn write(self, is_sent: bool) -> Result<Self, ReportRefusal> {
        match (self, is_sent) {
            (Self::Sent, _) => Err(ReportRefusal::Sent),
            (Self::Draft, true) => Ok(Self::Sent),
            (Self::Draft, false) => Ok(Self::Draft),
        }
    }

    /// Given back to be corrected.
    ///
    /// # Errors
    /// When it was not sent.
    pub const fn give_back(self) -> Result<Self, ReportRefusal> {
        match self {
            Self::Sent => Ok(Self::Draft),
            Self::Draft => Err(ReportRefusal::NotSent),
        }
    }
}

/// What the records say of a year; what was sent keeps the figures of then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Figures {
    /// Members it is about.
    pub members: u32,
    /// Meetings attended.
    pub meetings: u32,
    /// Activities attended.
    pub activities: u32,
    /// Hundredths of hours served.
    pub hours: i64,
    /// Posts held.
    pub posts: u32,
    /// Wishes fulfilled.
    pub wishes: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_stays_until_it_is_given_back() {
        assert_eq!(ReportState::Draft.write(false), Ok(ReportState::Draft));
        assert_eq!(ReportState::Draft.write(true), Ok(ReportState::Sent));
        assert_eq!(ReportState::Sent.write(false), Err(ReportRefusal::Sent));
        assert_eq!(ReportState::Sent.give_back(), Ok(ReportState::Draft));
        assert_eq!(ReportState::Draft.give_back(), Err(ReportRefusal::NotSent));
    }
}
