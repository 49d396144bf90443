//! Where a mediation file stands.

use crate::coded_enum;

coded_enum! {
    /// Where a mediation file stands (调解卷的状态).
    pub enum DisputeState {
        /// 待受理, at the desk where it was opened or to which it was handed up.
        Opened = "opened" => "待受理",
        /// 调解中.
        Mediating = "mediating" => "调解中",
        /// 不予受理.
        Declined = "declined" => "不予受理，已告知去处",
        /// 已达成协议.
        Agreed = "agreed" => "已达成协议，履行中",
        /// 已履行.
        Performed = "performed" => "协议已履行，待回访",
        /// 未履行.
        Broken = "broken" => "协议未全部履行，待回访",
        /// 调解未成.
        Unsettled = "unsettled" => "调解未成，待回访",
        /// 已结案.
        Closed = "closed" => "已结案",
    }
}

impl DisputeState {
    /// The label in few words, where states stand beside each other.
    #[must_use]
    pub const fn short_label(self) -> &'static str {
        match self {
            Self::Opened => "待受理",
            Self::Mediating => "调解中",
            Self::Declined => "不予受理",
            Self::Agreed => "履行中",
            Self::Performed => "已履行",
            Self::Broken => "未履行",
            Self::Unsettled => "调解未成",
            Self::Closed => "已结案",
        }
    }

    /// Whether the desk has yet to do something.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Declined | Self::Closed)
    }

    /// Whether the parties are to be visited now.
    #[must_use]
    pub const fn is_to_visit(self) -> bool {
        matches!(self, Self::Performed | Self::Broken | Self::Unsettled)
    }

    /// What the desk does next, for its list of things to do.
    #[must_use]
    pub const fn next(self) -> &'static str {
        match self {
            Self::Opened => "受理",
            Self::Mediating => "调解",
            Self::Agreed => "核对协议履行",
            Self::Performed | Self::Broken | Self::Unsettled => "回访当事人",
            Self::Declined | Self::Closed => "查看",
        }
    }
}
