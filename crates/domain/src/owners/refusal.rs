//! Why a step of a poll, a register or a ballot is refused.

use jiff::civil::Date;

use super::{MOST_DAYS, NOTICE_DAYS, PollState, area_words};
use crate::{clock::chinese_date, refusal::Refusal};

/// Why a step of a poll was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PollRefusal {
    /// It does not stand where this step begins.
    #[error("这次表决现在的状态是“{}”，不能办理这一步，请刷新页面查看最新情况", .0.label())]
    WrongState(PollState),
    /// The register is frozen.
    #[error("名册已经冻结，表决事项、日期和名册都不能再改；确有错误的，由社区退回后修改")]
    Frozen,
    /// It ends before it begins.
    #[error("“表决截止日期”不能早于“表决开始日期”")]
    EndsBeforeItBegins,
    /// Voting takes too long.
    #[error("表决期最长 {MOST_DAYS} 天，请提前“表决截止日期”")]
    TooLong,
    /// Fewer than fifteen days are left (R-OWN-05).
    #[error(
        "公告后至少满 {NOTICE_DAYS} 天才能开始表决，今天公告最早 {} 开始，请推迟表决日期",
        chinese_date(*.0)
    )]
    ShortNotice(Date),
    /// Nobody is in the register.
    #[error("名册里还没有计入表决的房屋，请先录入或导入名册")]
    EmptyRegister,
    /// The areas do not add up.
    #[error(
        "名册里计入表决的面积合计 {} 平方米，应为 {} 平方米，{}，请核对名册或更正应有的总面积",
        area_words(*found), area_words(*declared), difference(*found, *declared)
    )]
    AreasDiffer {
        /// What the register adds up to.
        found: u64,
        /// What was declared.
        declared: u64,
    },
    /// No reason.
    #[error("请写明原因")]
    NoReason,
    /// Voting has not begun.
    #[error("表决还没有开始，{} 起才能登记选票", chinese_date(*.0))]
    NotOpen(Date),
    /// Voting is over.
    #[error("表决已于 {} 24:00 截止，截止后收到的票不能计入", chinese_date(*.0))]
    Over(Date),
    /// Voting goes on.
    #[error("表决到 {} 24:00 才截止，截止后才能办理这一步", chinese_date(*.0))]
    StillOpen(Date),
    /// Nobody was drawn to be called back.
    #[error("计票前请先随机抽取业主回访")]
    NoSample,
    /// Somebody was not called back.
    #[error("还有 {0} 户抽中的业主没有登记回访结果，登记完再计票")]
    Uncalled(u64),
    /// They were drawn.
    #[error("回访名单已经抽取，不能重抽")]
    Drawn,
    /// There is nobody to be drawn.
    #[error("没有有效票，不用回访")]
    NobodyToCall,
    /// Filed before it was published, or on a day to come.
    #[error("备案日期应在公布结果之后，不晚于今天")]
    BadFilingDay,
    /// Only what did not pass is voted on again.
    #[error("只有未通过、未成立或已终止的表决才能再次表决")]
    NotFailed,
}

fn difference(found: u64, declared: u64) -> String {
    let which = if found < declared { "少" } else { "多" };
    format!("{which} {} 平方米", area_words(found.abs_diff(declared)))
}

impl Refusal for PollRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::EndsBeforeItBegins | Self::TooLong => "closes_on",
            Self::AreasDiffer { .. } => "declared_area",
            Self::NoReason => "reason",
            Self::BadFilingDay => "filed_on",
            _ => "",
        }
    }
}

/// Why a ballot was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BallotRefusal {
    /// The poll takes none.
    #[error("{0}")]
    Poll(#[from] PollRefusal),
    /// It was given on a day outside the voting, or on one to come.
    #[error("“投票日期”应在 {} 至 {} 之间", chinese_date(*.0), chinese_date(*.1))]
    BadDay(Date, Date),
    /// Nothing that the owner has counts.
    #[error("这户只有车位、车库，按本次表决的规则不计入，不能投票")]
    NotCounted,
    /// The units were sold.
    #[error(
        "这户的房屋在名册冻结后已全部转让：新业主不在冻结的名册里，原业主不再是业主，都不能投票；总面积和总人数不变"
    )]
    Sold,
    /// Somebody else signed.
    #[error("“选票上的签名”和名册登记的业主不一致，请核对房号；名册冻结后才买房的新业主不在本次名册里，不能投票")]
    NotTheOwner,
    /// Nobody listened.
    #[error("电话投票须有第二人在场见证，请填写“见证人”")]
    NoWitness,
    /// The collector witnessed for themselves.
    #[error("见证人不能是收票人本人，请填写另一位同志")]
    OwnWitness,
    /// The owner voted the same.
    #[error("这户业主已经投过票，两次意见相同，按先前那张计一票，不再登记")]
    SameAgain,
    /// A ballot of theirs stands, and needs no code.
    #[error("这户业主已经投过票，不用再发投票码；要改意见的，先书面撤回")]
    HasVoted,
    /// A body shows a licence, a person a card.
    #[error("个人业主请核对身份证件，单位业主请核对营业执照和授权委托书")]
    WrongProof,
    /// The name is not that of the owner the code was given to.
    #[error("投票码和姓名对不上，请照凭条核对投票码，并填写名册登记的业主姓名（单位填全称）")]
    NotTheCode,
    /// It does not count any more.
    #[error("这张票现在的状态不能办理这一步，请刷新页面查看最新情况")]
    NotValid,
    /// No reason.
    #[error("请写明原因")]
    NoReason,
}

impl Refusal for BallotRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::BadDay(..) => "cast_on",
            Self::NotTheOwner => "signed_name",
            Self::NoWitness | Self::OwnWitness => "witness",
            Self::NoReason => "reason",
            Self::WrongProof => "proof",
            Self::NotTheCode => "code",
            Self::Poll(refusal) => refusal.field(),
            Self::NotCounted | Self::Sold | Self::SameAgain | Self::HasVoted | Self::NotValid => "",
        }
    }
}
