//! A work unit reports to a community (单位报到), which confirms.

use crate::{coded_enum, refusal::Refusal};

coded_enum! {
    /// Where a unit's report stands.
    pub enum UnitState {
        /// 已报到: the community has not confirmed it yet.
        Reported = "reported" => "待社区确认",
        /// 已确认.
        Confirmed = "confirmed" => "已确认",
        /// 已结束.
        Ended = "ended" => "已结束",
    }
}

/// Why a step is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnitRefusal {
    /// It stands elsewhere.
    #[error("这条单位报到现在是“{}”，不能这样办理，请刷新页面", .0.label())]
    WrongState(UnitState),
    /// Ended without a reason.
    #[error("请写明结束的原因，单位会看到")]
    NoReason,
    /// Reported there before.
    #[error("本单位已经向这个社区报到，不用重复办理")]
    Twice,
    /// Not a community of the county.
    #[error("请选择本县的社区")]
    BadCommunity,
    /// A unit of that name is there.
    #[error("已经有这个名称的单位，请核对")]
    SameName,
    /// No more numbers.
    #[error("单位编号已经用完，请联系系统管理员")]
    NoNumber,
    /// Members are still of it.
    #[error("还有在册党员属于这个单位，不能停用；请先在名册里更正他们的单位")]
    HasMembers,
}

impl Refusal for UnitRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::WrongState(_) | Self::HasMembers | Self::NoNumber => "",
            Self::NoReason => "reason",
            Self::Twice | Self::BadCommunity => "community",
            Self::SameName => "name",
        }
    }
}

impl UnitState {
    /// The community confirms.
    ///
    /// # Errors
    /// When it does not wait for that.
    pub const fn confirm(self) -> Result<Self, UnitRefusal> {
        match self {
            Self::Reported => Ok(Self::Confirmed),
            state => Err(UnitRefusal::WrongState(state)),
        }
    }

    /// It ends.
    ///
    /// # Errors
    /// When it has, or without a reason.
    pub fn end(self, reason: &str) -> Result<Self, UnitRefusal> {
        match self {
            Self::Reported | Self::Confirmed if reason.trim().is_empty() => Err(UnitRefusal::NoReason),
            Self::Reported | Self::Confirmed => Ok(Self::Ended),
            Self::Ended => Err(UnitRefusal::WrongState(Self::Ended)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_units_report_is_confirmed_once_and_ends_once() {
        assert_eq!(UnitState::Reported.confirm(), Ok(UnitState::Confirmed));
        assert_eq!(UnitState::Confirmed.confirm(), Err(UnitRefusal::WrongState(UnitState::Confirmed)));
        assert_eq!(UnitState::Confirmed.end(" "), Err(UnitRefusal::NoReason));
        assert_eq!(UnitState::Confirmed.end("单位搬走"), Ok(UnitState::Ended));
        assert_eq!(UnitState::Ended.end("x"), Err(UnitRefusal::WrongState(UnitState::Ended)));
    }
}
