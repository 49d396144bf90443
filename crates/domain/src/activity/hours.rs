//! Hours of service: how long, and never two at one time (R-DUTY-02).

use jiff::civil::Date;

use super::{ActivityRefusal, MOST_HOURS};
use crate::clock::Instant;

/// A stretch of service by one member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// When it began.
    pub from: Instant,
    /// Hundredths of an hour.
    pub hours: i64,
    /// What it was.
    pub title: String,
}

impl Stretch {
    /// When it ended.
    #[must_use]
    pub fn until(&self) -> Instant {
        self.from.plus_hundredths(self.hours)
    }

    /// The day it began.
    #[must_use]
    pub fn day(&self) -> Date {
        self.from.date()
    }
}

/// Whether a member's new stretch is possible beside those recorded: more than nothing, at most twelve hours in a day, no
/// two at one time (R-DUTY-02).
///
/// # Errors
/// What is wrong, with the member's name.
pub fn check_hours(name: &str, new: &Stretch, recorded: &[Stretch]) -> Result<(), ActivityRefusal> {
    let name = name.to_owned();
    if !(1..=MOST_HOURS).contains(&new.hours) {
        return Err(ActivityRefusal::BadHours { name });
    }
    if let Some(other) = recorded.iter().find(|other| other.from < new.until() && new.from < other.until()) {
        return Err(ActivityRefusal::Overlap { name, other: other.title.clone() });
    }
    let same_day: i64 = recorded.iter().filter(|other| other.day() == new.day()).map(|other| other.hours).sum();
    if same_day.saturating_add(new.hours) > MOST_HOURS {
        let recorded = crate::points::Points(same_day).short();
        return Err(ActivityRefusal::TooManyHours { name, recorded });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn at(hour: i8) -> Instant {
        Instant::at(date(2022, 5, 7).at(hour, 0, 0, 0))
    }

    #[test]
    fn nobody_serves_longer_than_half_a_day_or_at_two_places_at_once() {
        let stretch = |hour, hours| Stretch { from: at(hour), hours, title: "清扫".to_owned() };
        let check = |new: Stretch, recorded: &[Stretch]| check_hours("李明雨", &new, recorded);
        assert_eq!(check(stretch(8, 1_200), &[]), Ok(()));
        assert!(matches!(check(stretch(8, 1_201), &[]), Err(ActivityRefusal::BadHours { .. })));
        assert!(matches!(check(stretch(8, 0), &[]), Err(ActivityRefusal::BadHours { .. })));
        assert!(matches!(check(stretch(9, 200), &[stretch(8, 200)]), Err(ActivityRefusal::Overlap { .. })));
        assert_eq!(check(stretch(10, 200), &[stretch(8, 200)]), Ok(()));
        let long = check(stretch(12, 800), &[stretch(6, 500)]);
        assert!(matches!(long, Err(ActivityRefusal::TooManyHours { recorded, .. }) if recorded == "5"));
    }
}
