//! Deadlines: how long each step may take (R-VOI-04).

use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Calendar, UnknownYear},
    clock::Instant,
    coded_enum,
    refusal::Refusal,
};

coded_enum! {
    /// Which deadline a voice has (办理时限).
    pub enum Term {
        /// A question.
        Consult = "consult" => "咨询答复",
        /// Help, a complaint, a report, a suggestion.
        Ordinary = "ordinary" => "一般事项",
        /// What several have to work on.
        Complex = "complex" => "复杂事项",
        /// Water, power or gas is cut off.
        Utilities = "utilities" => "停水停电停气",
        /// Somebody may come to harm.
        Danger = "danger" => "安全险情",
    }
}

/// How long something may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Length {
    /// Until 24:00 of the n-th working day after.
    WorkingDays(u16),
    /// So many hours by the clock, on any day.
    Hours(u16),
}

impl Length {
    /// How many days or hours it is.
    #[must_use]
    pub const fn number(self) -> u16 {
        match self {
            Self::WorkingDays(number) | Self::Hours(number) => number,
        }
    }

    /// The largest number that a county may set: a quarter of working days, three days by the clock.
    #[must_use]
    pub const fn most(self) -> u16 {
        match self {
            Self::WorkingDays(_) => 60,
            Self::Hours(_) => 72,
        }
    }

    /// The same with `more` days or hours.
    #[must_use]
    pub const fn longer(self, more: u16) -> Self {
        match self {
            Self::WorkingDays(days) => Self::WorkingDays(days.saturating_add(more)),
            Self::Hours(hours) => Self::Hours(hours.saturating_add(more)),
        }
    }

    /// What it is counted in.
    #[must_use]
    pub const fn unit(self) -> &'static str {
        match self {
            Self::WorkingDays(_) => "个工作日",
            Self::Hours(_) => "小时",
        }
    }

    /// The moment it is over, counted from `from`.
    ///
    /// # Errors
    /// A year's table is missing.
    pub fn over(self, from: Instant, calendar: &Calendar) -> Result<Instant, UnknownYear> {
        match self {
            Self::WorkingDays(days) => due(from, days, calendar),
            Self::Hours(hours) => Ok(from.plus_minutes(i64::from(hours) * 60)),
        }
    }

    /// `5 个工作日`.
    #[must_use]
    pub fn words(self) -> String {
        format!("{} {}", self.number(), self.unit())
    }
}

// R-VOI-04, R-CAL-02
/// 24:00 of the `working_days`-th working day after the day of `from`, which is not counted.
///
/// # Errors
/// A year's table is missing.
pub fn due(from: Instant, working_days: u16, calendar: &Calendar) -> Result<Instant, UnknownYear> {
    calendar.add_working_days(from.date(), working_days).map(Instant::end_of)
}

/// The lengths in force. R-VOI-04 leaves them to the county; these are its defaults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// To acknowledge, after it came.
    pub acknowledge: Length,
    /// To sign for what was assigned, handed up or reopened.
    pub accept: Length,
    /// To ask the resident how it went, after it was done (R-VOI-06).
    pub call_back: Length,
    /// To answer a question.
    pub consult: Length,
    /// To settle what is asked or complained of.
    pub ordinary: Length,
    /// To settle what is complex.
    pub complex: Length,
    /// To bring back water, power or gas.
    pub utilities: Length,
    /// To be there where somebody may come to harm.
    pub danger: Length,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            acknowledge: Length::WorkingDays(1),
            accept: Length::WorkingDays(1),
            call_back: Length::WorkingDays(3),
            consult: Length::WorkingDays(2),
            ordinary: Length::WorkingDays(5),
            complex: Length::WorkingDays(15),
            utilities: Length::Hours(24),
            danger: Length::Hours(2),
        }
    }
}

/// Why lengths are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TermsRefusal {
    /// What is simple would take longer than what is not.
    #[error("时限应是咨询不长于一般事项，一般事项不长于复杂事项")]
    NotRising,
    /// Acknowledging or signing for it would take longer than the work.
    #[error("受理、签收的时限不能比咨询答复的时限长")]
    SlowHands,
    /// Danger would wait longer than water and power.
    #[error("安全险情的时限不能比停水停电停气的时限长")]
    SlowDanger,
    /// Nothing, or too much.
    #[error("时限应为 1 至 60 个工作日，或 1 至 72 小时")]
    OutOfBounds,
}

impl Refusal for TermsRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::NotRising => "ordinary",
            Self::SlowHands => "acknowledge",
            Self::SlowDanger => "danger",
            Self::OutOfBounds => "",
        }
    }
}

impl Terms {
    // R-VOI-04
    /// Whether a county may have these.
    ///
    /// # Errors
    /// They are out of bounds, or what is simple takes longer than what is not.
    pub fn check(&self) -> Result<(), TermsRefusal> {
        let all = [
            self.acknowledge,
            self.accept,
            self.call_back,
            self.consult,
            self.ordinary,
            self.complex,
            self.utilities,
            self.danger,
        ];
        if all.iter().any(|length| !(1..=length.most()).contains(&length.number())) {
            return Err(TermsRefusal::OutOfBounds);
        }
        let number = Length::number;
        if number(self.consult) > number(self.ordinary) || number(self.ordinary) > number(self.complex) {
            return Err(TermsRefusal::NotRising);
        }
        if number(self.danger) > number(self.utilities) {
            return Err(TermsRefusal::SlowDanger);
        }
        if number(self.acknowledge).max(number(self.accept)) > number(self.consult) {
            return Err(TermsRefusal::SlowHands);
        }
        Ok(())
    }

    /// How long `term` is.
    #[must_use]
    pub const fn length(&self, term: Term) -> Length {
        match term {
            Term::Consult => self.consult,
            Term::Ordinary => self.ordinary,
            Term::Complex => self.complex,
            Term::Utilities => self.utilities,
            Term::Danger => self.danger,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_rise_from_the_simple_to_the_complex() {
        let days = Length::WorkingDays;
        let terms = Terms::default();
        assert_eq!(terms.check(), Ok(()));
        for (told, expected) in [
            (Terms { ordinary: days(16), ..terms }, Err(TermsRefusal::NotRising)),
            (Terms { consult: days(6), ..terms }, Err(TermsRefusal::NotRising)),
            (Terms { consult: days(5), ..terms }, Ok(())),
            (Terms { acknowledge: days(3), ..terms }, Err(TermsRefusal::SlowHands)),
            (Terms { accept: days(3), ..terms }, Err(TermsRefusal::SlowHands)),
            (Terms { danger: Length::Hours(25), ..terms }, Err(TermsRefusal::SlowDanger)),
            (Terms { complex: days(61), ..terms }, Err(TermsRefusal::OutOfBounds)),
            (Terms { danger: Length::Hours(0), ..terms }, Err(TermsRefusal::OutOfBounds)),
            (Terms { utilities: Length::Hours(73), ..terms }, Err(TermsRefusal::OutOfBounds)),
        ] {
            assert_eq!(told.check(), expected, "{told:?}");
        }
    }
}
