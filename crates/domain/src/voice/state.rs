//! Where a voice stands, for officers and for the public (§5.3).

use crate::coded_enum;

coded_enum! {
    /// Where a voice stands.
    pub enum VoiceState {
        /// 待受理.
        New = "new" => "待受理",
        /// 已受理, and nobody works on it yet.
        Acknowledged = "acknowledged" => "已受理，待安排",
        /// 已转办, to be signed for.
        Assigned = "assigned" => "已转办，待签收",
        /// 已退回 to who assigned it.
        Returned = "returned" => "已退回，待重新安排",
        /// 办理中.
        InProgress = "in_progress" => "办理中",
        /// 挂账.
        Parked = "parked" => "挂账",
        /// 已办结, the resident is asked.
        Done = "done" => "已办结，待回访",
        /// 已回访, and the resident is not content.
        CalledBack = "called_back" => "已回访，居民不满意",
        /// 要求重办, to be signed for one level up.
        Reopened = "reopened" => "要求重办，待签收",
        /// 逾期上报, to be signed for one level up.
        Escalated = "escalated" => "逾期上报，待签收",
        /// 已并入同类诉求, which it follows.
        Merged = "merged" => "已并入同类诉求",
        /// 已结案.
        Closed = "closed" => "已结案",
        /// 不属受理范围.
        OutOfScope = "out_of_scope" => "不属受理范围",
    }
}

impl VoiceState {
    /// Whether somebody has yet to do something for it to be done.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Done | Self::CalledBack | Self::Merged | Self::Closed | Self::OutOfScope)
    }

    /// How it stands, for who spoke and for the neighbours.
    #[must_use]
    pub const fn public_label(self) -> &'static str {
        match self {
            Self::New => "已收到，等待受理",
            Self::Acknowledged | Self::Returned => "已受理，正在安排办理",
            Self::Assigned => "已转办，等待签收",
            Self::InProgress => "正在办理",
            Self::Parked => "暂时办不了，已挂账",
            Self::Done => "已办结，等待居民评价",
            Self::CalledBack => "已办结，居民不满意",
            Self::Reopened => "居民要求重办，已交上一级",
            Self::Escalated => "逾期未办，已交上一级",
            Self::Merged => "与同类诉求合并办理",
            Self::Closed => "已结案",
            Self::OutOfScope => "不属受理范围，已告知去处",
        }
    }
}
