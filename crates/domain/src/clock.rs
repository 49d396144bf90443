//! Time: an instant as microseconds, and its civil reading in China (R-CAL-03).

use std::fmt;

use jiff::{
    Timestamp, Zoned, civil,
    tz::{self, TimeZone},
};
use serde::{Deserialize, Serialize};

/// All times are shown and counted at +08:00 (R-CAL-03); China keeps no summer time.
const CHINA: tz::Offset = tz::Offset::constant(8);

/// A moment, in microseconds since 1970-01-01T00:00:00Z.
///
/// An integer and not a text, because texts of times sort wrongly on SQLite as soon as fractions or offsets differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(i64);

impl Instant {
    /// `micros` since the epoch, UTC.
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since the epoch, UTC.
    #[must_use]
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// The moment a day begins in China.
    #[must_use]
    pub fn start_of(date: civil::Date) -> Self {
        Self::at(date.at(0, 0, 0, 0))
    }

    /// 24:00 of a day in China, which is the moment the next day begins.
    #[must_use]
    pub fn end_of(date: civil::Date) -> Self {
        Self(Self::start_of(date).0.saturating_add(DAY))
    }

    /// The moment a wall clock in China shows `at`.
    #[must_use]
    pub fn at(at: civil::DateTime) -> Self {
        // A constant offset has no gaps; only dates at the very edge of the calendar fail, and they saturate.
        CHINA.to_timestamp(at).map_or(Self(i64::MAX), |t| Self(t.as_microsecond()))
    }

    /// The wall clock in China.
    #[must_use]
    pub fn civil(self) -> civil::DateTime {
        let timestamp = Timestamp::from_microsecond(self.0).unwrap_or(Timestamp::MAX);
        Zoned::new(timestamp, TimeZone::fixed(CHINA)).datetime()
    }

    /// The time of day in China, such as `09:30`.
    #[must_use]
    pub fn time_of_day(self) -> String {
        let at = self.civil();
        format!("{:02}:{:02}", at.hour(), at.minute())
    }

    /// The date in China.
    #[must_use]
    pub fn date(self) -> civil::Date {
        self.civil().date()
    }

    /// So many hundredths of an hour later, in which service and activities are measured.
    #[must_use]
    pub fn plus_hundredths(self, hundredths: i64) -> Self {
        // One is 36 seconds.
        self.plus_micros(hundredths.saturating_mul(36_000_000))
    }

    /// This moment moved by `micros` (may be negative).
    #[must_use]
    pub const fn plus_micros(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// This moment moved by whole days of 24 hours.
    #[must_use]
    pub const fn plus_days(self, days: i64) -> Self {
        self.plus_micros(days.saturating_mul(DAY))
    }

    /// Whole days of 24 hours that have passed since `earlier`; negative before it.
    #[must_use]
    pub const fn days_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).div_euclid(DAY)
    }

    /// This moment moved by whole minutes.
    #[must_use]
    pub const fn plus_minutes(self, minutes: i64) -> Self {
        self.plus_micros(minutes.saturating_mul(60_000_000))
    }
}

/// A day in microseconds.
pub const DAY: i64 = 86_400_000_000;

impl From<Instant> for i64 {
    fn from(instant: Instant) -> Self {
        instant.0
    }
}

impl From<i64> for Instant {
    fn from(micros: i64) -> Self {
        Self(micros)
    }
}

/// `2022年12月30日 17:05`, as officials write it.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", chinese_date(self.date()), self.time_of_day())
    }
}

/// `2022年12月30日`, without leading zeros.
#[must_use]
pub fn chinese_date(date: civil::Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_in_china_begins_eight_hours_before_utc() {
        let start = Instant::start_of(date(2022, 12, 30));
        assert_eq!(start.as_micros(), 1_672_329_600_000_000);
        assert_eq!(start.date(), date(2022, 12, 30));
        assert_eq!(start.plus_micros(-1).date(), date(2022, 12, 29));
        assert_eq!(Instant::end_of(date(2022, 12, 30)), Instant::start_of(date(2022, 12, 31)));
    }

    #[test]
    fn instants_read_as_officials_write() {
        let at = Instant::at(date(2023, 1, 3).at(9, 5, 0, 0));
        assert_eq!(at.to_string(), "2023年1月3日 09:05");
    }

    #[test]
    fn the_edges_of_time_do_not_panic() {
        for micros in [i64::MIN, i64::MAX] {
            let _ = Instant::from_micros(micros).civil();
            let _ = Instant::from_micros(micros).plus_days(i64::MAX);
        }
    }
}
