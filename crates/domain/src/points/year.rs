//! The year of points in a county: open → closing → settled → reported (R-PTS-08).

use jiff::civil::{Date, date};

use crate::{coded_enum, refusal::Refusal};

coded_enum! {
    /// Where a year stands.
    pub enum YearState {
        /// 计分中: entries are proposed and approved.
        Open = "open" => "计分中",
        /// 结算中: nothing new is proposed; what waits is decided, units give their scores.
        Closing = "closing" => "结算中",
        /// 已结算.
        Settled = "settled" => "已结算",
        /// 已反馈: units and branches have their reports.
        Reported = "reported" => "已反馈单位",
    }
}

/// Why a step is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum YearRefusal {
    /// It stands elsewhere.
    #[error("{year}年度积分现在是“{}”，不能这样办理", state.label())]
    WrongState {
        /// The year.
        year: i16,
        /// Where it stands.
        state: YearState,
    },
    /// The year is not over.
    #[error("{0}年还没有结束，12月31日以后才能结算")]
    NotOver(i16),
    /// Entries still wait for a decision.
    #[error("还有 {0} 笔计分没有审核，请先提醒支部审核完毕")]
    Waiting(u64),
    /// Appeals still wait for a decision.
    #[error("还有 {0} 件申诉没有处理，请先提醒社区处理完毕")]
    Appealed(u64),
    /// A correction without its reason.
    #[error("请写明更正的原因和依据")]
    NoReason,
}

impl Refusal for YearRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::NoReason => "reason",
            _ => "",
        }
    }
}

/// The day by which a year closes (R-PTS-08), and from which a missing unit score is pressed for (R-PTS-03).
#[must_use]
pub const fn closes_by(year: i16) -> Date {
    date(year.saturating_add(1), 1, 15)
}

impl YearState {
    /// Whether results are fixed.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Settled | Self::Reported)
    }

    /// Whether entries of the year may still be proposed.
    ///
    /// # Errors
    /// When it is closing or settled.
    pub const fn must_take_entries(self, year: i16) -> Result<(), YearRefusal> {
        match self {
            Self::Open => Ok(()),
            state => Err(YearRefusal::WrongState { year, state }),
        }
    }

    /// Whether what waits may still be decided, and unit scores be entered.
    ///
    /// # Errors
    /// When it is settled.
    pub const fn must_be_unsettled(self, year: i16) -> Result<(), YearRefusal> {
        match self {
            Self::Open | Self::Closing => Ok(()),
            state => Err(YearRefusal::WrongState { year, state }),
        }
    }

    /// No new entries from here on.
    ///
    /// # Errors
    /// When it is not open, or the year is not over.
    pub fn close(self, year: i16, today: Date) -> Result<Self, YearRefusal> {
        self.must_take_entries(year)?;
        if today.year() <= year { Err(YearRefusal::NotOver(year)) } else { Ok(Self::Closing) }
    }

    /// Settled, when nothing waits any more. Settling a year that is closing may be repeated, with the same result.
    ///
    /// # Errors
    /// When it is not closing, or something waits.
    pub fn settle(self, year: i16, waiting: u64, appealed: u64) -> Result<Self, YearRefusal> {
        match self {
            Self::Closing if waiting > 0 => Err(YearRefusal::Waiting(waiting)),
            Self::Closing if appealed > 0 => Err(YearRefusal::Appealed(appealed)),
            Self::Closing => Ok(Self::Settled),
            state => Err(YearRefusal::WrongState { year, state }),
        }
    }

    /// Told to units and branches.
    ///
    /// # Errors
    /// When it is not settled.
    pub const fn report(self, year: i16) -> Result<Self, YearRefusal> {
        match self {
            Self::Settled => Ok(Self::Reported),
            state => Err(YearRefusal::WrongState { year, state }),
        }
    }

    /// Whether a settled year may be corrected, which settles it again.
    ///
    /// # Errors
    /// When it is not settled yet, or without a reason.
    pub fn correct(self, year: i16, reason: &str) -> Result<Self, YearRefusal> {
        match self {
            Self::Settled | Self::Reported if reason.trim().is_empty() => Err(YearRefusal::NoReason),
            Self::Settled | Self::Reported => Ok(self),
            state => Err(YearRefusal::WrongState { year, state }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_goes_one_way() {
        use YearState::{Closing, Open, Reported, Settled};
        assert_eq!(Open.close(2022, date(2022, 12, 31)), Err(YearRefusal::NotOver(2022)));
        assert_eq!(Open.close(2022, date(2023, 1, 1)), Ok(Closing));
        assert_eq!(Closing.settle(2022, 1, 0), Err(YearRefusal::Waiting(1)));
        assert_eq!(Closing.settle(2022, 0, 2), Err(YearRefusal::Appealed(2)));
        assert_eq!(Closing.settle(2022, 0, 0), Ok(Settled));
        assert!(Open.settle(2022, 0, 0).is_err() && Settled.settle(2022, 0, 0).is_err());
        assert_eq!((Settled.report(2022), Closing.report(2022).is_err()), (Ok(Reported), true));
        assert_eq!(Settled.correct(2022, ""), Err(YearRefusal::NoReason));
        assert_eq!((Reported.correct(2022, "单位补报"), Open.correct(2022, "x").is_err()), (Ok(Reported), true));
        assert!(Closing.must_take_entries(2022).is_err() && Closing.must_be_unsettled(2022).is_ok());
        assert_eq!(closes_by(2022), date(2023, 1, 15));
    }
}
