//! A member's line in the roll of a branch, from reporting to its end (双报到, §5.10).
//!
//! Owns the states of a registration, and how complete and how fresh a roll is.

mod unit;

use jiff::{ToSpan as _, civil::Date};

pub use unit::{UnitRefusal, UnitState};

use crate::{coded_enum, refusal::Refusal};

coded_enum! {
    /// Where a member's registration stands (报到状态).
    pub enum MemberState {
        /// 已报到: the branch has not confirmed it yet.
        Reported = "reported" => "待支部确认",
        /// 已确认.
        Confirmed = "confirmed" => "已确认",
        /// 已转出: gone on to another branch.
        Moved = "moved" => "已转出",
        /// 已结束.
        Ended = "ended" => "已结束",
    }
}

/// How long a line counts as fresh after somebody looked at it.
const FRESH_MONTHS: i32 = 6;

impl MemberState {
    /// Whether the member is in the roll.
    #[must_use]
    pub const fn is_living(self) -> bool {
        matches!(self, Self::Reported | Self::Confirmed)
    }
}

/// Why a step is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MemberRefusal {
    /// It stands elsewhere.
    #[error("这条报到现在是“{}”，不能这样办理，请刷新页面", .0.label())]
    WrongState(MemberState),
    /// Without a reason.
    #[error("请写明原因，历史里会保留")]
    NoReason,
    /// Before the report itself.
    #[error("日期不能早于报到日期，也不能晚于今天，请核对")]
    BadDate,
    /// Already in this roll.
    #[error("这名同志已在本支部的名册里，不用重复登记")]
    Twice,
    /// Not one of the county's active branches, or the one left.
    #[error("请选择本县另一个在用的小区党支部")]
    BadBranch,
    /// Already in a roll.
    #[error("这名同志已在另一个小区党支部报到。请先在原支部办理转出，或由社区核对是否同一人")]
    Elsewhere,
}

impl Refusal for MemberRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::WrongState(_) => "",
            Self::NoReason => "reason",
            Self::BadDate => "ended_on",
            Self::Elsewhere | Self::Twice => "name",
            Self::BadBranch => "branch",
        }
    }
}

/// A registration as the rules know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Registration {
    /// Where it stands.
    pub state: MemberState,
    /// The day of the report.
    pub registered_on: Option<Date>,
}

impl Registration {
    /// The branch has looked and confirms.
    ///
    /// # Errors
    /// When it does not wait for that.
    pub fn confirm(self) -> Result<Self, MemberRefusal> {
        match self.state {
            MemberState::Reported => Ok(Self { state: MemberState::Confirmed, ..self }),
            state => Err(MemberRefusal::WrongState(state)),
        }
    }

    /// Ends, or goes on to another branch.
    ///
    /// # Errors
    /// When it has ended, or waits and would go on; without a reason; on a day before the report or to come.
    pub fn end(self, to: MemberState, on: Date, today: Date, reason: &str) -> Result<Self, MemberRefusal> {
        // Who only waits is no branch's to send on to another one.
        let may_be_sent_on = to != MemberState::Moved || self.state == MemberState::Confirmed;
        if !self.state.is_living() || !may_be_sent_on {
            return Err(MemberRefusal::WrongState(self.state));
        }
        if reason.trim().is_empty() {
            return Err(MemberRefusal::NoReason);
        }
        if on > today || self.registered_on.is_some_and(|registered| on < registered) {
            return Err(MemberRefusal::BadDate);
        }
        Ok(Self { state: to, ..self })
    }
}

/// What a complete line of the roll tells (R-DUTY-01): how to reach the member, which building, and for those in service
/// which unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// 联系电话.
    pub phone: bool,
    /// 居住楼栋.
    pub building: bool,
    /// 单位党支部.
    pub unit: bool,
    /// 在职.
    pub is_in_service: bool,
}

impl Told {
    /// Whether nothing is missing.
    #[must_use]
    pub const fn is_complete(self) -> bool {
        self.phone && self.building && (self.unit || !self.is_in_service)
    }
}

/// `part` of `all` in whole percent, rounded down so that 100 means all; nothing of nothing is nothing.
#[must_use]
pub fn percent(part: usize, all: usize) -> usize {
    part.saturating_mul(100).checked_div(all).unwrap_or(0)
}

/// The day since which a line must have been looked at to be fresh on `today`.
#[must_use]
pub fn fresh_since(today: Date) -> Date {
    today.checked_sub(FRESH_MONTHS.months()).unwrap_or(Date::MIN)
}

/// Whether a line that was last looked at on `verified_on` is fresh on `today`.
#[must_use]
pub fn is_fresh(verified_on: Option<Date>, today: Date) -> bool {
    let until = verified_on.and_then(|date| date.checked_add(FRESH_MONTHS.months()).ok());
    until.is_some_and(|until| today <= until)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_registration_is_confirmed_once_and_ends_once() {
        let new = Registration { state: MemberState::Reported, registered_on: Some(date(2022, 3, 1)) };
        let confirmed = new.confirm().expect("confirmed");
        assert_eq!(confirmed.confirm(), Err(MemberRefusal::WrongState(MemberState::Confirmed)));
        let (day, today) = (date(2022, 6, 1), date(2022, 6, 2));
        let end = |reason, on| confirmed.end(MemberState::Ended, on, today, reason);
        assert_eq!(end("", day), Err(MemberRefusal::NoReason));
        assert_eq!(end("迁居", date(2022, 2, 1)), Err(MemberRefusal::BadDate));
        assert_eq!(end("迁居", date(2022, 6, 3)), Err(MemberRefusal::BadDate));
        let ended = end("迁居", day).expect("ended");
        assert_eq!(ended.end(MemberState::Moved, day, today, "x"), Err(MemberRefusal::WrongState(MemberState::Ended)));
    }

    #[test]
    fn a_line_is_complete_with_its_unit_or_without_service() {
        let told = Told { phone: true, building: true, unit: false, is_in_service: true };
        assert!(!told.is_complete());
        assert!(Told { unit: true, ..told }.is_complete() && Told { is_in_service: false, ..told }.is_complete());
        assert!(!Told { unit: true, phone: false, ..told }.is_complete());
        assert_eq!((percent(199, 200), percent(200, 200), percent(0, 0)), (99, 100, 0));
    }

    #[test]
    fn a_line_is_fresh_for_half_a_year() {
        let today = date(2022, 12, 20);
        assert!(is_fresh(Some(date(2022, 6, 20)), today));
        assert!(!is_fresh(Some(date(2022, 6, 19)), today) && !is_fresh(None, today));
    }
}
