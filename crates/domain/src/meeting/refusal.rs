//! Why a meeting, its agenda or its votes are refused, in words.

use super::{Matter, MeetingKind, MeetingState};
use crate::refusal::Refusal;

/// Why a step is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MeetingRefusal {
    /// It stands elsewhere.
    #[error("这次会议现在是“{}”，不能这样办理，请刷新页面", .0.label())]
    WrongState(MeetingState),
    /// Nothing to meet about.
    #[error("请至少写一个议题")]
    NoTopic,
    /// It would be announced after its beginning.
    #[error("会议时间已过，不能再发通知；已经开过的，请直接补登。时间写错的，请先修改")]
    TooLate,
    /// It has begun, and stays when and where it is.
    #[error("会议已经开始，不能再改时间和地点")]
    Begun,
    /// It would be moved into the past.
    #[error("改后的时间已经过去，请核对")]
    Past,
    /// It has not begun.
    #[error("会议还没有到召开的时间，不能登记结果")]
    NotBegun,
    /// No reason.
    #[error("请写明取消的原因，党员会看到")]
    NoReason,
    /// A vote on something nobody was told of (R-MTG-07).
    #[error("“{0}”没有在会前通知，不能表决，只能作为通报")]
    Unannounced(String),
    /// A matter that another meeting decides.
    #[error("“{topic}”是“{}”议题，{}不能表决：发展党员、党纪处分、选举和积分明细由支部党员大会表决，党小组会只讨论。可以改为“学习或通报（不表决）”", matter.label(), kind.label())]
    NotHere {
        /// The topic.
        topic: String,
        /// What it is about.
        matter: Matter,
        /// The meeting.
        kind: MeetingKind,
    },
    /// A group's meeting without saying which group's.
    #[error("请选择是哪个党小组开会")]
    NoGroup,
    /// An election without its candidates.
    #[error("“{0}”是选举，请写明候选人，每人一行或者用顿号隔开")]
    NoCandidates(String),
    /// A candidate named twice.
    #[error("“{topic}”的候选人“{name}”写了两次。同名同姓的，请加注区别")]
    CandidateTwice {
        /// The topic.
        topic: String,
        /// The name.
        name: String,
    },
    /// Fewer candidates than seats.
    #[error("“{topic}”应选 {seats} 名，候选人只有 {candidates} 名，不够选")]
    TooFewCandidates {
        /// The topic.
        topic: String,
        /// 应选名额.
        seats: u32,
        /// 候选人.
        candidates: u32,
    },
    /// More votes than ballots can hold.
    #[error(
        "“{topic}”的得票填错了：到会有选举权的 {present} 人，每名候选人最多 {present} 票，每张选票最多选 {seats} 名"
    )]
    TooManyChosen {
        /// The topic.
        topic: String,
        /// Voters present.
        present: u32,
        /// 应选名额.
        seats: u32,
    },
    /// Consent to fewer seats where none is missing, or more of it than voters.
    #[error("“{topic}”同意减少名额的票数填错了：名额没有选满、至少选出一名时才填，最多 {present} 票")]
    NoConsent {
        /// The topic.
        topic: String,
        /// Voters present.
        present: u32,
    },
    /// Who came decided what was resolved.
    #[error("这次会议有表决，到会人数已计入表决结果，不能更正到会情况；请补记说明")]
    Resolved,
    /// Nothing is told of the votes.
    #[error("“{0}”还没有填表决票数；会上没有表决的，请勾选“没有表决”")]
    NotTold(String),
    /// Votes, and that there were none.
    #[error("“{0}”填了票数，又勾选了“没有表决”，请改正其中一项")]
    BothTold(String),
    /// Votes for some candidates only.
    #[error("“{0}”的候选人得票没有填全，没有得票的填 0")]
    VotesMissing(String),
    /// More votes than voters.
    #[error("“{topic}”的票数（赞成、反对、弃权）合计 {votes} 票，超过到会有表决权的 {present} 人")]
    TooManyVotes {
        /// The topic.
        topic: String,
        /// All votes.
        votes: u32,
        /// Voters present.
        present: u32,
    },
}

impl Refusal for MeetingRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::NoTopic => "topic.0.title",
            Self::TooLate => "starts_at",
            Self::Past => "date",
            Self::NoReason => "reason",
            Self::NoGroup => "party_group",
            Self::Unannounced(_)
            | Self::NotHere { .. }
            | Self::TooManyVotes { .. }
            | Self::TooManyChosen { .. }
            | Self::NoConsent { .. }
            | Self::VotesMissing(_)
            | Self::NotTold(_)
            | Self::BothTold(_) => "votes",
            Self::NoCandidates(_) | Self::CandidateTwice { .. } | Self::TooFewCandidates { .. } => "topic.0.candidates",
            Self::WrongState(_) | Self::Begun | Self::NotBegun | Self::Resolved => "",
        }
    }
}
