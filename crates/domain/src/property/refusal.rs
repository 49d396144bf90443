//! Why a step of the supervision is refused.

use jiff::civil::Date;

use super::MOST_DUTIES;
use crate::{clock::chinese_date, refusal::Refusal};

/// Why a step is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PropertyRefusal {
    /// It ends before it begins.
    #[error("合同到期日应晚于开始日期，请核对")]
    EndsTooEarly,
    /// Nothing is promised.
    #[error("请写明合同约定的服务职责，每行一项")]
    NoDuty,
    /// Too much to be looked after.
    #[error("服务职责最多 {MOST_DUTIES} 项，现在有 {0} 项，请把相近的合并")]
    TooManyDuties(usize),
    /// Promised twice.
    #[error("“{0}”写了两次，请删去一行")]
    DutyTwice(String),
    /// There is no contract.
    #[error("还没有登记物业服务合同，请先登记")]
    NoContract,
    /// The day cannot be.
    #[error("检查日期应在合同开始以后、不晚于今天，请核对")]
    BadDay,
    /// Neither this year nor the last.
    #[error("只能考评 {0} 年或上一年")]
    OtherYear(i32),
    /// It was opened before.
    #[error("{0} 年的考评已经开始，请刷新页面")]
    Opened(i32),
    /// Another year's is under way.
    #[error("{0} 年的考评还没有公布，公布以后再开始另一年的")]
    OtherOpen(i32),
    /// Nothing is appraised.
    #[error("这一年的考评还没有开始")]
    NotOpened,
    /// The last day for residents cannot be.
    #[error("居民评价的截止日期应在 {} 到 {} 之间", chinese_date(*.0), chinese_date(*.1))]
    BadRateEnd(Date, Date),
    /// Nobody is asked.
    #[error("现在不是居民评价的时间")]
    NotRating,
    /// Residents may still answer.
    #[error("居民评价到 {} 截止，截止以后再公布", chinese_date(*.0))]
    StillRating(Date),
    /// The branch has not graded.
    #[error("请先登记小区党支部的考评等次")]
    NoBranchGrade,
    /// The owners' committee has not, and nobody said why.
    #[error("请先登记业主委员会的考评等次；没有业主委员会的，请写明")]
    NoCommitteeGrade,
    /// It stands.
    #[error("考评结果已经公布，不能再改")]
    Published,
}

impl Refusal for PropertyRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::EndsTooEarly => "ends_on",
            Self::NoDuty | Self::TooManyDuties(_) | Self::DutyTwice(_) => "duties",
            Self::BadDay => "checked_on",
            Self::OtherYear(_) => "year",
            Self::BadRateEnd(..) => "rates_until",
            Self::NoBranchGrade => "branch_grade",
            Self::NoCommitteeGrade => "committee_grade",
            Self::NoContract
            | Self::Opened(_)
            | Self::OtherOpen(_)
            | Self::NotOpened
            | Self::NotRating
            | Self::StillRating(_)
            | Self::Published => "",
        }
    }
}
