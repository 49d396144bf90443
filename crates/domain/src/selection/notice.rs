//! The public notice (公示): what it must say, how long it stands, what prolongs it and what starts it anew (R-NOT-02 to
//! R-NOT-07).
//!
//! Never shortens a period, and never counts through a year whose table is missing.

use jiff::{Unit, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Calendar, UnknownYear},
    clock::Instant,
    coded_enum,
    refusal::Refusal,
};

coded_enum! {
    /// What a notice is about.
    pub enum NoticeKind {
        /// The compounds to be confirmed, before the award (R-SEL-17).
        Winners = "winners" => "认定公示",
        /// An award that is taken back (R-SEL-19).
        Revocation = "revocation" => "撤销公示",
    }
}

/// What a notice tells besides its list and its dates (R-NOT-03).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeContent {
    /// The documents and decisions it rests on (公示依据).
    pub basis: String,
    /// How the list came about (评选程序).
    pub procedure: String,
    /// Who takes objections (受理单位).
    pub accepting_body: String,
    /// Its telephone (受理电话).
    pub phone: String,
    /// Where to go or write to (受理地址).
    pub address: String,
    /// Postcode (邮政编码); may be absent.
    pub postcode: Option<String>,
    /// Its mailbox (受理邮箱).
    pub mailbox: String,
    /// How to object, named or not (异议提出办法, R-NOT-04).
    pub objection_rule: String,
    /// Who signs the notice (发布单位).
    pub issuer: String,
}

/// A form field and what people call it.
pub type Lacking = (&'static str, &'static str);

/// A notice that may not be published, because something required is missing (R-NOT-03).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("公示内容不完整，还不能发布，请补充：{}", labels(.0))]
pub struct IncompleteNotice(pub Vec<Lacking>);

impl Refusal for IncompleteNotice {
    fn field(&self) -> &'static str {
        self.0.first().map_or("", |(field, _)| *field)
    }
}

fn labels(lacking: &[Lacking]) -> String {
    let labels: Vec<_> = lacking.iter().map(|(_, label)| *label).collect();
    labels.join("、")
}

impl NoticeContent {
    // R-NOT-03: the dates are not asked for, because publishing sets them.
    /// What is still missing, in the order of the form. `list` is what the notice will name.
    #[must_use]
    pub fn missing<T>(&self, list: &[T]) -> Vec<Lacking> {
        let mut lacking: Vec<Lacking> = [
            (&self.basis, ("basis", "公示依据")),
            (&self.procedure, ("procedure", "评选程序")),
            (&self.accepting_body, ("accepting_body", "受理单位")),
            (&self.phone, ("phone", "受理电话")),
            (&self.address, ("address", "受理地址")),
            (&self.mailbox, ("mailbox", "受理邮箱")),
            (&self.objection_rule, ("objection_rule", "异议提出办法")),
            (&self.issuer, ("issuer", "发布单位")),
        ]
        .into_iter()
        .filter(|(text, _)| text.trim().is_empty())
        .map(|(_, lacking)| lacking)
        .collect();
        if list.is_empty() {
            lacking.push(("winners", "公示名单"));
        }
        lacking
    }

    /// Whether it may be published.
    ///
    /// # Errors
    /// Everything that is missing.
    pub fn check_complete<T>(&self, list: &[T]) -> Result<(), IncompleteNotice> {
        let lacking = self.missing(list);
        if lacking.is_empty() { Ok(()) } else { Err(IncompleteNotice(lacking)) }
    }
}

/// How long a notice stands (公示期).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The day it was published, which does not count.
    pub published_on: Date,
    /// The last day, which ends at 24:00.
    pub ends_on: Date,
}

/// A notice that nobody could read for longer than this counts a day less (R-NOT-06).
const LONGEST_OUTAGE_HOURS: i64 = 4;

// R-NOT-02
/// The period of a notice published on `published`: until 24:00 of the last of `working_days` after that day.
///
/// # Errors
/// A year's table is missing.
pub fn period(published: Date, working_days: u16, calendar: &Calendar) -> Result<Period, UnknownYear> {
    Ok(Period { published_on: published, ends_on: calendar.add_working_days(published, working_days)? })
}

impl Period {
    /// 24:00 of the last day.
    #[must_use]
    pub fn ends_at(self) -> Instant {
        Instant::end_of(self.ends_on)
    }

    /// Whether the period has run out.
    #[must_use]
    pub fn is_over(self, now: Instant) -> bool {
        now >= self.ends_at()
    }

    /// Calendar days on which it still stands, today included; 0 when it is over.
    #[must_use]
    pub fn days_left(self, now: Instant) -> u32 {
        if self.is_over(now) {
            return 0;
        }
        let until_last = now.date().until((Unit::Day, self.ends_on)).map_or(0, |span| span.get_days());
        u32::try_from(until_last).map_or(0, |days| days + 1)
    }

    // R-NOT-06
    /// Whether an outage from `from` to `until` took so much of this period that it must be extended, for a version published at
    /// `published_at`: a correction goes on with the period of the first.
    #[must_use]
    pub fn is_cut_by(self, published_at: Instant, from: Instant, until: Instant) -> bool {
        let is_first = published_at.date() == self.published_on;
        let from = from.max(if is_first { published_at } else { Instant::start_of(self.published_on) });
        let until = until.min(self.ends_at());
        until > from.plus_minutes(LONGEST_OUTAGE_HOURS * 60)
    }

    // R-NOT-06
    /// This period after one such outage: it ends with the next working day.
    ///
    /// # Errors
    /// A year's table is missing.
    pub fn extended_by_outage(self, calendar: &Calendar) -> Result<Self, UnknownYear> {
        Ok(Self { ends_on: calendar.add_working_days(self.ends_on, 1)?, ..self })
    }
}

// R-NOT-07
/// Whether a correction starts the period anew: the list names something else than before. Its order does not matter,
/// and neither does a correction of the text around it.
#[must_use]
pub fn needs_new_period<'a, T: Ord>(old_list: &'a [T], new_list: &'a [T]) -> bool {
    let sorted = |list: &'a [T]| {
        let mut list: Vec<&T> = list.iter().collect();
        list.sort();
        list
    };
    sorted(old_list) != sorted(new_list)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::calendar::DayKind;

    fn calendar() -> Calendar {
        // The first days of 2026 as in the table: off to the 3rd, made up on the 4th.
        Calendar::from_days([
            (date(2026, 1, 1), DayKind::Off),
            (date(2026, 1, 2), DayKind::Off),
            (date(2026, 1, 3), DayKind::Off),
            (date(2026, 1, 4), DayKind::Work),
        ])
    }

    fn content() -> NoticeContent {
        let text = || "有".to_owned();
        NoticeContent {
            basis: text(),
            procedure: text(),
            accepting_body: text(),
            phone: text(),
            address: text(),
            postcode: None,
            mailbox: text(),
            objection_rule: text(),
            issuer: text(),
        }
    }

    #[test]
    fn an_incomplete_notice_is_not_published() {
        assert_eq!(content().check_complete(&["小区"]), Ok(()));
        let bare = NoticeContent { phone: "  ".to_owned(), ..content() };
        let refusal = bare.check_complete::<&str>(&[]).expect_err("nothing to publish");
        assert_eq!(refusal.field(), "phone");
        assert_eq!(refusal.to_string(), "公示内容不完整，还不能发布，请补充：受理电话、公示名单");
        assert_eq!(NoticeContent::default().missing(&[1]).len(), 8);
    }

    #[test]
    fn the_last_day_counts_to_midnight() {
        let period = period(date(2026, 1, 1), 5, &calendar()).expect("a known year");
        assert_eq!(period.ends_on, date(2026, 1, 8));
        let midnight = Instant::start_of(date(2026, 1, 9));
        assert!(!period.is_over(midnight.plus_micros(-1)) && period.is_over(midnight));
        assert_eq!(period.days_left(Instant::start_of(date(2026, 1, 1))), 8);
        assert_eq!(period.days_left(midnight.plus_micros(-1)), 1);
        assert_eq!(period.days_left(midnight), 0);
    }

    #[test]
    fn a_period_into_an_unknown_year_is_refused() {
        assert_eq!(period(date(2026, 12, 28), 5, &calendar()), Err(UnknownYear { year: 2027 }));
        let last = Period { published_on: date(2026, 12, 24), ends_on: date(2026, 12, 31) };
        assert_eq!(last.extended_by_outage(&calendar()), Err(UnknownYear { year: 2027 }));
    }

    #[test]
    fn more_than_four_hours_out_of_reach_add_a_working_day() {
        let period = period(date(2026, 1, 1), 5, &calendar()).expect("a known year");
        let from = Instant::at(date(2026, 1, 6).at(9, 0, 0, 0));
        let published = Instant::at(date(2026, 1, 1).at(15, 0, 0, 0));
        let is_cut_by = |from, until| period.is_cut_by(published, from, until);
        assert!(!is_cut_by(from, from.plus_minutes(240)));
        assert!(is_cut_by(from, from.plus_minutes(241)));
        assert!(!is_cut_by(published.plus_minutes(-300), published.plus_minutes(240)), "nobody missed it before");
        let corrected = Instant::at(date(2026, 1, 6).at(12, 0, 0, 0));
        assert!(period.is_cut_by(corrected, from, from.plus_minutes(241)), "a correction begins no period");
        let late = Instant::at(date(2026, 1, 8).at(21, 0, 0, 0));
        assert!(!is_cut_by(late, late.plus_days(1)), "only three hours of it were taken");
        let extended = period.extended_by_outage(&calendar()).expect("a known year");
        assert_eq!(extended.ends_on, date(2026, 1, 9));
        assert_eq!(extended.extended_by_outage(&calendar()).map(|p| p.ends_on), Ok(date(2026, 1, 12)));
    }

    #[test]
    fn only_another_list_starts_the_period_anew() {
        assert!(!needs_new_period(&["甲", "乙"], &["乙", "甲"]));
        assert!(needs_new_period(&["甲", "乙"], &["甲"]));
        assert!(needs_new_period(&["甲", "乙"], &["甲", "丙"]));
        assert!(needs_new_period(&["甲", "甲"], &["甲", "乙"]));
    }
}
