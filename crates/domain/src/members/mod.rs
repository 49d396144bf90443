//! A member's line in the roll of a branch, from reporting to its end (双报到, §5.10).
//!
//! Owns the states of a registration, and how complete and how fresh a roll is.

use jiff::{ToSpan as _, civil::Date};

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
            Self::Elsewhere => "name",
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
    /// When it has ended, without a reason, or on a day before the report or to come.
    pub fn end(self, to: MemberState, on: Date, today: Date, reason: &str) -> Result<Self, MemberRefusal> {
        if !self.state.is_living() {
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
    fn a_line_is_fresh_for_half_a_year() {
        let today = date(2022, 12, 20);
        assert!(is_fresh(Some(date(2022, 6, 20)), today));
        assert!(!is_fresh(Some(date(2022, 6, 19)), today) && !is_fresh(None, today));
    }
}
