//! Where a thread stands.

use crate::coded_enum;

coded_enum! {
    /// Where a thread stands (议题的状态).
    pub enum DeliberationState {
        /// 提出.
        Raised = "raised" => "待受理",
        /// 不予受理.
        Declined = "declined" => "不予受理",
        /// 征集意见.
        Collecting = "collecting" => "征集居民意见",
        /// 支部意见.
        Opined = "opined" => "支部意见已形成，待公示议题",
        /// 议题公示.
        Announced = "announced" => "议题已公示，待议事",
        /// 未达成一致.
        Undecided = "undecided" => "议事未达成一致",
        /// 业主表决.
        Voting = "voting" => "待业主表决",
        /// 商定.
        Agreed = "agreed" => "已商定，待公布",
        /// 公布.
        Published = "published" => "决定已公布，待实施",
        /// 实施.
        Executing = "executing" => "实施中",
        /// 验收, and residents rate.
        Accepted = "accepted" => "已验收，待办结",
        /// 办结.
        Closed = "closed" => "已办结",
        /// 终止.
        Ended = "ended" => "已终止",
    }
}

impl DeliberationState {
    /// Whether something is still to be done.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Declined | Self::Closed | Self::Ended)
    }

    /// Whether everybody may know of it: it was taken up.
    #[must_use]
    pub const fn is_public(self) -> bool {
        !matches!(self, Self::Raised | Self::Declined)
    }

    /// Whether the decision was published.
    #[must_use]
    pub const fn is_published(self) -> bool {
        matches!(self, Self::Published | Self::Executing | Self::Accepted | Self::Closed)
    }

    /// Whether it may be given up with a reason: it was taken up, and no decision was published.
    #[must_use]
    pub const fn can_end(self) -> bool {
        matches!(self, Self::Collecting | Self::Opined | Self::Undecided | Self::Voting)
    }

    /// What lies one step back; `None` where there is no way back.
    #[must_use]
    pub const fn before(self) -> Option<Self> {
        match self {
            Self::Opined | Self::Undecided | Self::Voting => Some(Self::Collecting),
            Self::Announced => Some(Self::Opined),
            Self::Accepted => Some(Self::Executing),
            _ => None,
        }
    }

    /// What the branch does next, for its list of things to do.
    #[must_use]
    pub const fn next(self) -> &'static str {
        match self {
            Self::Raised => "受理议题",
            Self::Collecting => "形成支部意见",
            Self::Opined => "公示议题",
            Self::Announced => "召开议事会并登记",
            Self::Undecided => "再征集意见或终止",
            Self::Voting => "组织业主表决",
            Self::Agreed => "公布决定",
            Self::Published | Self::Executing => "登记实施进展",
            Self::Accepted => "办结",
            Self::Declined | Self::Closed | Self::Ended => "查看",
        }
    }

    /// What comes next, in words for residents.
    #[must_use]
    pub const fn next_for_residents(self) -> &'static str {
        match self {
            Self::Raised => "等支部受理",
            Self::Collecting => "征集结束后，由支部党员大会提出意见",
            Self::Opined => "公示议题和议事时间，公示三天以上再议事",
            Self::Announced => "支部、业委会、物业和居民代表一起议事",
            Self::Undecided => "再次征集意见，或者说明原因后终止",
            Self::Voting => "由全体业主表决，表决通过才能办",
            Self::Agreed => "公布决定",
            Self::Published => "按决定实施，进展会在这里公布",
            Self::Executing => "完工后验收，再请居民评价",
            Self::Accepted => "居民评价以后办结",
            Self::Closed | Self::Declined | Self::Ended => "没有下一步",
        }
    }
}
