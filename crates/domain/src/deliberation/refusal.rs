//! Why a step of a thread is refused.

use jiff::civil::Date;

use super::{DeliberationState, LEAST_RESIDENTS, NOTICE_DAYS, Party};
use crate::{
    clock::chinese_date,
    owners::{Matter, VoteOutcome},
    refusal::Refusal,
};

/// Why a step of a thread was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeliberationRefusal {
    /// It does not stand where this step begins.
    #[error("这个议题现在的状态是“{}”，不能办理这一步，请刷新页面查看最新情况", .0.label())]
    WrongState(DeliberationState),
    /// The maintenance fund is the owners' to decide.
    #[error("使用、筹集维修资金由业主共同决定，请选择对应的业主共同决定事项")]
    FundNeedsVote,
    /// The last day of collecting cannot be.
    #[error("征集意见的截止日期应在 {} 到 {} 之间", chinese_date(*.0), chinese_date(*.1))]
    BadCollectEnd(Date, Date),
    /// Views are not collected.
    #[error("这个议题现在不征集意见，谢谢您的关心")]
    NotCollecting,
    /// Residents may still say what they think.
    #[error("征集意见到 {} 截止，截止以后再形成支部意见", chinese_date(*.0))]
    StillCollecting(Date),
    /// The last day of rating cannot be.
    #[error("居民评价的截止日期应在 {} 到 {} 之间", chinese_date(*.0), chinese_date(*.1))]
    BadRateEnd(Date, Date),
    /// Nobody is asked to rate.
    #[error("这个议题现在不请居民评价，谢谢您的关心")]
    NotRating,
    /// Residents may still say what they think of it.
    #[error("居民评价到 {} 截止，截止以后再办结", chinese_date(*.0))]
    StillRating(Date),
    /// The resolution is not this branch's, or no general meeting passed it.
    #[error("请选择本支部党员大会已经通过的决议")]
    NoSuchResolution,
    /// The resolution is older than the views.
    #[error("这项决议早于征集意见（{}开始），请先听取意见，再由支部党员大会表决", chinese_date(*.0))]
    ResolutionTooOld(Date),
    /// R-MTG-07.
    #[error("议题要提前 {NOTICE_DAYS} 天公示，议事日期最早是 {}", chinese_date(*.0))]
    ShortNotice(Date),
    /// The session has not been held.
    #[error("公示的议事日期是 {}，议事以后再登记", chinese_date(*.0))]
    TooEarly(Date),
    /// The branch chairs.
    #[error("议事由小区党支部主持，请填写支部到会人员和意见")]
    BranchMissing,
    /// R-DEL-02.
    #[error("居民代表至少 {LEAST_RESIDENTS} 人，现在只有 {0} 人；人数不足的，请改期再议")]
    TooFewResidents(usize),
    /// A party without an opinion.
    #[error("请选择{}的意见", .0.label())]
    NoStance(Party),
    /// Somebody came, and the party is said not to have.
    #[error("{}填了到会人员，意见不能选“未到会”", .0.label())]
    AbsentButNamed(Party),
    /// A party has an opinion, and nobody was there.
    #[error("请填写{}的到会人员；没有到会的，意见选“未到会”并写明原因", .0.label())]
    NobodyNamed(Party),
    /// More parties are against what was agreed on than for it.
    #[error("反对的不比赞成的少，不能登记为达成一致")]
    NotAgreedByMost,
    /// The poll is another compound's.
    #[error("请选择本小区的业主表决")]
    OtherCompound,
    /// The poll is about something else.
    #[error("请选择表决事项为“{}”的业主表决", .0.label())]
    OtherMatter(Matter),
    /// The vote has no published result.
    #[error("业主表决还没有公布结果，公布以后再办理")]
    VoteNotPublished,
    /// The owners did not decide for it.
    #[error("业主表决的结果是“{}”，议事意见不能代替业主表决；可以再次表决后重新关联，或者退回、终止", .0.label())]
    VoteNotPassed(VoteOutcome),
    /// A day that cannot be.
    #[error("日期应在 {} 到 {} 之间", chinese_date(*.0), chinese_date(*.1))]
    BadDay(Date, Date),
}

impl Refusal for DeliberationRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::FundNeedsVote => "vote",
            Self::BadCollectEnd(..) => "until",
            Self::BadRateEnd(..) => "rates_until",
            Self::NotRating => "rating",
            Self::NotCollecting => "words",
            Self::StillCollecting(_) | Self::NoSuchResolution | Self::ResolutionTooOld(_) => "resolution",
            Self::ShortNotice(_) => "session_on",
            Self::BranchMissing => "branch.names",
            Self::TooFewResidents(_) => "residents.names",
            Self::NoStance(party) | Self::AbsentButNamed(party) => match party {
                Party::Branch => "branch.stance",
                Party::Committee => "committee.stance",
                Party::Property => "property.stance",
                Party::Residents => "residents.stance",
            },
            Self::NobodyNamed(party) => match party {
                Party::Branch => "branch.names",
                Party::Committee => "committee.names",
                Party::Property => "property.names",
                Party::Residents => "residents.names",
            },
            Self::NotAgreedByMost => "agreed",
            Self::OtherCompound | Self::OtherMatter(_) => "poll",
            Self::BadDay(..) => "on",
            Self::WrongState(_)
            | Self::StillRating(_)
            | Self::TooEarly(_)
            | Self::VoteNotPublished
            | Self::VoteNotPassed(_) => "",
        }
    }
}
