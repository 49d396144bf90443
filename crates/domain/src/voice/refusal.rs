//! Why a step of a voice is refused.

use super::{Desk, Length, MOST_HANDS, MOST_REOPENINGS, REVIEW_DAYS, VoiceState};
use crate::{clock::Instant, refusal::Refusal};

/// Why a step of a voice was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VoiceRefusal {
    /// It does not stand where this step begins.
    #[error("这件诉求现在的状态是“{}”，不能办理这一步，请刷新页面查看最新情况", .0.label())]
    WrongState(VoiceState),
    /// It lies at another desk.
    #[error("这件诉求现在由{}办理，您可以查看和写内部备注，办理请联系{}", .0.label(), .0.label())]
    OtherDesk(Desk),
    /// It would go to where it is.
    #[error("这件诉求已经在{}，请选择另一级，或者点“本级办理”", .0.label())]
    SameDesk(Desk),
    /// It may not go down there.
    #[error("举报不能转给被反映的小区党支部办理，请由社区或上级办理")]
    NotThere,
    /// It was handed round enough (R-VOI-03).
    #[error("这件诉求已经转办 {MOST_HANDS} 次，不能再转，请本级办理")]
    TooManyHands,
    /// No reason.
    #[error("请写明原因，反映人会看到")]
    NoReason,
    /// Nothing is told of what was done.
    #[error("请写明是怎样办好的、结果怎样，反映人会看到")]
    NoProof,
    /// It was extended before (R-VOI-05).
    #[error("已经延期过一次，不能再延；确实办不了的，请写明原因挂账")]
    ExtendedBefore,
    /// Longer than the original, or nothing (R-VOI-05).
    #[error("延期应为 1 到 {} {}，不超过原来的时限", .0.number(), .0.unit())]
    ExtendedTooFar(Length),
    /// Too late to ask for more time (R-VOI-05).
    #[error("期限已过（{0}），不能再延期")]
    AfterDue(Instant),
    /// Nobody answers for what is parked (R-VOI-09).
    #[error("请写明挂账期间由谁负责")]
    NoOwner,
    /// No day to look again, or too far away (R-VOI-09).
    #[error("复查日期应在明天至 {REVIEW_DAYS} 天以内")]
    BadReview,
    /// Reopened enough.
    #[error("这件诉求已经重办 {MOST_REOPENINGS} 次，不能再要求重办；有新的情况，请重新反映，或拨打 12345")]
    ReopenedEnough,
    /// Too long ago to be reopened.
    #[error("结案已超过 30 天，不能再要求重办；问题又出现的，请重新反映")]
    ReopenedTooLate,
    /// What it would follow is over, elsewhere, or itself; reports stand by themselves.
    #[error("只能并入同一小区党支部正在办理的另一件诉求，举报不合并；请刷新页面重新选择")]
    NotTheSame,
    /// A piece is not split again.
    #[error("这是分办的一部分，不能再分；请本级办理、转办，或者退回")]
    PieceOfAPiece,
    /// The resident follows the whole.
    #[error("这是分办的一部分，反映人只看得到原诉求；答复、询问和重办请在原诉求里办理")]
    OfThePiece,
    /// Pieces wait.
    #[error("还有 {0} 部分没有办结，全部办结后才能这样办理")]
    PiecesOpen(u64),
    /// Nothing is late, or the resident still has time.
    #[error("还没有到期")]
    NotDue,
    /// Nobody is above the county.
    #[error("已经在县级办理")]
    AtTop,
}

impl Refusal for VoiceRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::SameDesk(_) | Self::NotThere | Self::TooManyHands => "desk",
            Self::NotTheSame => "same",
            Self::NoReason => "reason",
            Self::NoProof => "proof",
            Self::ExtendedTooFar(_) => "more",
            Self::NoOwner => "owner",
            Self::BadReview => "review_on",
            Self::WrongState(_)
            | Self::OtherDesk(_)
            | Self::ExtendedBefore
            | Self::AfterDue(_)
            | Self::PieceOfAPiece
            | Self::OfThePiece
            | Self::PiecesOpen(_)
            | Self::ReopenedEnough
            | Self::ReopenedTooLate
            | Self::NotDue
            | Self::AtTop => "",
        }
    }
}
