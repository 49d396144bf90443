//! When an office is told of a deadline (提醒): a few working days before it, and once it has passed.
//!
//! Owns the rule and nothing else: what is due, and who was told before, are arguments. Never tells of what is settled.

use crate::{
    calendar::{Calendar, UnknownYear},
    clock::Instant,
    coded_enum,
};

coded_enum! {
    /// The two times at which an office is told; each once.
    pub enum Telling {
        /// Before the deadline.
        Ahead = "ahead" => "临近期限",
        /// After it.
        Late = "late" => "已过期限",
    }
}

/// What to tell at `now` of something that is due before `until` (24:00 of its last day), and is told `ahead` working
/// days before that day: 0 for the morning of the day itself. `None` while there is time.
///
/// # Errors
/// The days before cannot be counted, because a year's table is missing. That it is late is told without a table.
pub fn telling(now: Instant, until: Instant, ahead: u16, calendar: &Calendar) -> Result<Option<Telling>, UnknownYear> {
    if now >= until {
        return Ok(Some(Telling::Late));
    }
    let left = calendar.working_days_between(now.date(), until.plus_micros(-1).date())?;
    Ok((left <= u32::from(ahead)).then_some(Telling::Ahead))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::calendar::DayKind;

    fn calendar() -> Calendar {
        Calendar::from_days([(date(2022, 1, 1), DayKind::Off), (date(2022, 12, 31), DayKind::Off)])
    }

    #[test]
    fn it_is_told_some_working_days_before_and_when_it_is_late() {
        let until = Instant::end_of(date(2022, 12, 30));
        for (day, ahead, expected) in [
            (26, 3, None),
            (27, 3, Some(Telling::Ahead)),
            (30, 3, Some(Telling::Ahead)),
            (29, 0, None),
            (30, 0, Some(Telling::Ahead)),
            (31, 3, Some(Telling::Late)),
        ] {
            let now = Instant::at(date(2022, 12, day).at(9, 0, 0, 0));
            assert_eq!(telling(now, until, ahead, &calendar()), Ok(expected), "the {day}th, {ahead} ahead");
        }
    }

    #[test]
    fn a_weekend_is_no_time_left() {
        // Due on a Monday: the Friday before is one working day ahead, and so is the Sunday.
        let until = Instant::end_of(date(2022, 11, 14));
        for day in [11, 13] {
            let now = Instant::at(date(2022, 11, day).at(9, 0, 0, 0));
            assert_eq!(telling(now, until, 1, &calendar()), Ok(Some(Telling::Ahead)), "{day}");
        }
    }

    #[test]
    fn days_of_an_unknown_year_are_not_guessed_but_lateness_is_told() {
        let until = Instant::end_of(date(2023, 1, 10));
        let now = |day| Instant::at(date(2023, 1, day).at(9, 0, 0, 0));
        assert_eq!(telling(now(9), until, 3, &calendar()), Err(UnknownYear { year: 2023 }));
        assert_eq!(telling(now(11), until, 3, &calendar()), Ok(Some(Telling::Late)));
    }
}
