//! What happens to a voice, one line of its history each.

use crate::coded_enum;

coded_enum! {
    /// A step of a voice, or something said about it (办理记录).
    pub enum VoiceStep {
        /// 反映.
        Received = "received" => "反映",
        /// 受理.
        Acknowledged = "acknowledged" => "受理",
        /// 告知去处.
        Declined = "declined" => "不属受理范围，告知去处",
        /// 转办.
        Assigned = "assigned" => "转办",
        /// 开始办理.
        Accepted = "accepted" => "签收，开始办理",
        /// 退回.
        Returned = "returned" => "退回",
        /// 询问反映人.
        Asked = "asked" => "询问反映人",
        /// 反映人补充.
        Added = "added" => "反映人补充",
        /// 内部备注.
        Noted = "noted" => "内部备注",
        /// 答复.
        Replied = "replied" => "答复",
        /// 延期.
        Extended = "extended" => "延期",
        /// 挂账.
        Parked = "parked" => "挂账",
        /// 恢复办理.
        Resumed = "resumed" => "恢复办理",
        /// 请别的单位协办.
        Called = "called" => "请协办单位一起办",
        /// 协办单位回应.
        CallAnswered = "call_answered" => "协办单位已回应",
        /// 收回协办.
        CallWithdrawn = "call_withdrawn" => "收回协办",
        /// 办结.
        Finished = "finished" => "办结",
        /// 回访评价.
        CalledBack = "called_back" => "评价",
        /// 要求重办.
        Reopened = "reopened" => "要求重办",
        /// 逾期上报.
        Escalated = "escalated" => "逾期，交上一级",
        /// 并入同类诉求.
        Merged = "merged" => "与同类诉求合并办理",
        /// 另一件并入这一件.
        Joined = "joined" => "又有同样的反映，合并办理",
        /// 恢复单独办理.
        Parted = "parted" => "恢复单独办理",
        /// 分开办理.
        Split = "split" => "分开办理",
        /// 分办的一部分办结.
        PieceDone = "piece_done" => "分办的一部分已办结",
        /// 结案.
        Closed = "closed" => "结案",
    }
}

impl VoiceStep {
    /// Whether only officers read it.
    #[must_use]
    pub const fn is_inside(self) -> bool {
        matches!(self, Self::Noted)
    }
}
