//! A month as weeks of days, with what happens on each.

use domain::{activity::ActivityState, meeting::MeetingState};
use jiff::{ToSpan as _, civil::Date};

use super::{store::activity, urls};
use crate::meetings::{self, Meeting};

/// Something on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When: the day, and `09:30` for its order.
    pub day: Date,
    /// `09:30`.
    pub time: String,
    /// What.
    pub title: String,
    /// 活动 or 会议, with its kind.
    pub kind: &'static str,
    /// Where it is shown.
    pub href: String,
    /// Whether it was called off.
    pub is_off: bool,
}

impl Entry {
    /// An activity.
    #[must_use]
    pub fn of_activity(row: &activity::Model) -> Self {
        Self {
            day: row.starts_at.0.date(),
            time: row.starts_at.0.time_of_day(),
            title: row.title.clone(),
            kind: row.kind.0.label(),
            href: urls::of_activity(urls::ACTIVITY, row.id.0),
            is_off: row.state.0 == ActivityState::Cancelled,
        }
    }

    /// A meeting.
    #[must_use]
    pub fn of_meeting(row: &Meeting) -> Self {
        Self {
            day: row.starts_at.0.date(),
            time: row.starts_at.0.time_of_day(),
            title: row.title.clone(),
            kind: row.kind.0.label(),
            href: meetings::urls::of_meeting(meetings::urls::MEETING, row.id.0),
            is_off: row.state.0 == MeetingState::Cancelled,
        }
    }
}

/// A day of the month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Which.
    pub date: Date,
    /// Whether it is of the month that is shown, not of its neighbours.
    pub is_in: bool,
    /// Whether it is today.
    pub is_today: bool,
    /// What happens, the earliest first.
    pub entries: Vec<Entry>,
}

/// The weeks of the month that begins with `first`, each from Monday to Sunday.
#[must_use]
pub fn month_of(first: Date, today: Date, mut entries: Vec<Entry>) -> Vec<Vec<Day>> {
    entries.sort_by(|one, two| (one.day, &one.time, &one.href).cmp(&(two.day, &two.time, &two.href)));
    let mut day = first.saturating_sub(i64::from(first.weekday().to_monday_zero_offset()).days());
    let mut weeks = Vec::new();
    while day <= first.last_of_month() {
        let mut week = Vec::with_capacity(7);
        for _ in 0..7 {
            let is_in = (day.year(), day.month()) == (first.year(), first.month());
            let of_day = entries.iter().filter(|entry| is_in && entry.day == day).cloned().collect();
            week.push(Day { date: day, is_in, is_today: day == today, entries: of_day });
            day = day.saturating_add(1.day());
        }
        weeks.push(week);
    }
    weeks
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_month_is_whole_weeks_from_monday() {
        let entry = |day, time: &str| Entry {
            day,
            time: time.to_owned(),
            title: String::new(),
            kind: "",
            href: String::new(),
            is_off: false,
        };
        let entries = vec![entry(date(2022, 11, 30), "19:00"), entry(date(2022, 11, 30), "09:30")];
        let weeks = month_of(date(2022, 11, 1), date(2022, 11, 7), entries);
        assert_eq!(weeks.len(), 5);
        assert!(weeks.iter().all(|week| week.len() == 7));
        assert_eq!((weeks[0][0].date, weeks[0][0].is_in), (date(2022, 10, 31), false));
        assert_eq!((weeks[4][6].date, weeks[4][2].date), (date(2022, 12, 4), date(2022, 11, 30)));
        let times: Vec<&str> = weeks[4][2].entries.iter().map(|entry| entry.time.as_str()).collect();
        assert_eq!(times, ["09:30", "19:00"]);
        let today: Vec<Date> = weeks.iter().flatten().filter(|day| day.is_today).map(|day| day.date).collect();
        assert_eq!(today, [date(2022, 11, 7)]);
    }
}
