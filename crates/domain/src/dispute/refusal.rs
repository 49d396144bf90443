//! Why a step of a mediation file is refused.

use jiff::civil::Date;

use super::{DisputeState, MOST_ITEMS, MOST_PARTIES};
use crate::{clock::chinese_date, refusal::Refusal, voice::Desk};

/// Why a step of a mediation file was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DisputeRefusal {
    /// It does not stand where this step begins.
    #[error("这份调解卷现在的状态是“{}”，不能办理这一步，请刷新页面查看最新情况", .0.label())]
    WrongState(DisputeState),
    /// It lies at another desk.
    #[error("这份调解卷现在由{}调解，请联系{}", .0.label(), .0.label())]
    OtherDesk(Desk),
    /// A dispute has two sides.
    #[error("请填写至少两方当事人，最多 {MOST_PARTIES} 方")]
    BadParties,
    /// Somebody who is to mediate bears the name of a party.
    #[error(
        "当事人中有与您同名的人：是您本人的，请“申请回避”，由其他同志调解；不是您本人的，请登记时在姓名后注明，例如“李桂芬（5栋）”"
    )]
    IsParty,
    /// Somebody who is to mediate has declared a relation to a party.
    #[error("您已对这份调解卷申请回避，请由其他同志调解；本级没有其他同志的，请移交上一级")]
    StandsBack,
    /// Not all parties agree to mediation (人民调解法 art. 17).
    #[error("各方当事人都同意调解才能受理；有一方不同意的，请选“不予受理”，告知其他途径")]
    NoConsent,
    /// A day that cannot be.
    #[error("日期应在 {} 到 {} 之间", chinese_date(*.0), chinese_date(*.1))]
    BadDay(Date, Date),
    /// Nothing is agreed on, and nothing was done at once.
    #[error("请填写要履行的事项和期限；当场已经履行完的，请勾选“当场履行完毕”")]
    NoItems,
    /// Too much is agreed on.
    #[error("履行事项最多 {MOST_ITEMS} 项，请合并填写")]
    TooManyItems,
    /// What was done at once has nothing left to do.
    #[error("已勾选“当场履行完毕”，请不要再填履行事项；还有没履行的，请去掉勾选")]
    DoneAndItems,
    /// Something is to be done before it was agreed on.
    #[error("履行期限不能早于达成协议的日期（{}）", chinese_date(*.0))]
    DueTooEarly(Date),
    /// An agreement without a session.
    #[error("还没有登记过调解，请先“登记一次调解”，再登记结果")]
    NoSession,
    /// No item was checked.
    #[error("请至少核对一项履行情况")]
    NothingChecked,
    /// What was agreed on is being performed already.
    #[error("已经核对过履行情况，协议不能再改；各方另有约定的，请在回访时写明，或者另立一卷")]
    WasChecked,
    /// Nobody is above the street for disputes.
    #[error("已经在街道调解，不能再移交；调解不成的，请终止调解并告知其他途径")]
    AtTop,
}

impl Refusal for DisputeRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::BadParties => "party.0.name",
            Self::NoConsent => "consent",
            Self::BadDay(..) => "on",
            Self::NoItems | Self::TooManyItems | Self::DueTooEarly(_) => "item.0.text",
            Self::DoneAndItems => "at_once",
            Self::NothingChecked => "outcome",
            Self::WrongState(_)
            | Self::OtherDesk(_)
            | Self::IsParty
            | Self::StandsBack
            | Self::NoSession
            | Self::WasChecked
            | Self::AtTop => "",
        }
    }
}
