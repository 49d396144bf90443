//! Reading a form into typed values. Every getter notes what is wrong and goes on, so that all problems are told at once.

use std::{fmt::Display, ops::RangeInclusive, str::FromStr};

use domain::{
    clock::{Instant, chinese_date},
    money::Fen,
};
use jiff::civil::{Date, Time};

use super::Form;
use crate::error::{Problem, Stop};

/// A form being read.
#[derive(Debug)]
pub struct Reading<'form> {
    form: &'form Form,
    problems: Vec<Problem>,
}

impl<'form> Reading<'form> {
    pub(super) const fn new(form: &'form Form) -> Self {
        Self { form, problems: Vec::new() }
    }

    /// Notes a problem of the caller's own finding.
    pub fn note(&mut self, field: &str, message: impl Into<String>) {
        self.problems.push(Problem::at(field, message));
    }

    /// A text of at most `most` characters, trimmed; may be empty.
    pub fn text(&mut self, field: &str, label: &str, most: usize) -> String {
        let text = self.form.value(field).trim().to_owned();
        let length = text.chars().count();
        if length > most {
            self.note(field, format!("“{label}”最多 {most} 个字，现在有 {length} 个字，请精简。"));
        }
        text
    }

    /// A text that may not be empty.
    pub fn required(&mut self, field: &str, label: &str, most: usize) -> String {
        let text = self.text(field, label, most);
        if text.is_empty() {
            self.note(field, format!("请填写“{label}”。"));
        }
        text
    }

    /// One of a fixed set of codes; empty or unknown is a problem.
    pub fn choice<T: FromStr>(&mut self, field: &str, label: &str) -> Option<T> {
        let choice = self.form.value(field).parse().ok();
        if choice.is_none() {
            self.note(field, format!("请选择“{label}”。"));
        }
        choice
    }

    /// A typed value whose own words tell what is wrong with it; empty is a problem.
    pub fn parsed<T: FromStr<Err: Display>>(&mut self, field: &str, label: &str) -> Option<T> {
        match self.form.value(field).trim() {
            "" => {
                self.note(field, format!("请填写“{label}”。"));
                None
            }
            text => half_width(text).parse().map_err(|why| self.note(field, format!("“{label}”：{why}。"))).ok(),
        }
    }

    /// A date as date inputs send it; empty is no problem.
    pub fn date_if_any(&mut self, field: &str, label: &str) -> Option<Date> {
        let text = half_width(self.form.value(field).trim());
        if text.is_empty() {
            return None;
        }
        let date = text.parse::<Date>().ok().filter(|date| (1900..=2100).contains(&date.year()));
        if date.is_none() {
            self.note(field, format!("“{label}”不是有效日期，请按 2022-12-30 的样子填写。"));
        }
        date
    }

    /// A date that must be there.
    pub fn date(&mut self, field: &str, label: &str) -> Option<Date> {
        if self.form.value(field).trim().is_empty() {
            self.note(field, format!("请填写“{label}”。"));
        }
        self.date_if_any(field, label)
    }

    /// A date that must lie within `range`.
    pub fn date_within(&mut self, field: &str, label: &str, range: RangeInclusive<Date>) -> Option<Date> {
        let date = self.date(field, label)?;
        if !range.contains(&date) {
            let (from, to) = (chinese_date(*range.start()), chinese_date(*range.end()));
            self.note(field, format!("“{label}”应在{from}至{to}之间。"));
            return None;
        }
        Some(date)
    }

    /// A time of day, such as `09:30`, that must be there.
    pub fn time(&mut self, field: &str, label: &str) -> Option<Time> {
        let text = half_width(self.form.value(field).trim()).replace('：', ":");
        let time = Time::strptime("%H:%M", text).ok();
        if time.is_none() {
            self.note(field, format!("请填写“{label}”，例如 09:30。"));
        }
        time
    }

    /// The moment of a day in `date` and a time of it in `time`.
    pub fn moment(&mut self, date: (&str, &str), time: (&str, &str)) -> Option<Instant> {
        let (date, time) = (self.date(date.0, date.1), self.time(time.0, time.1));
        Some(Instant::at(date?.to_datetime(time?)))
    }

    /// A whole number within `range`; empty is no problem.
    pub fn count_if_any(&mut self, field: &str, label: &str, range: RangeInclusive<i64>) -> Option<i64> {
        let text = half_width(self.form.value(field).trim());
        if text.is_empty() {
            return None;
        }
        let count = text.parse().ok().filter(|count| range.contains(count));
        if count.is_none() {
            self.note(field, format!("“{label}”应为 {} 到 {} 之间的整数。", range.start(), range.end()));
        }
        count
    }

    /// A whole number that must be there.
    pub fn count(&mut self, field: &str, label: &str, range: RangeInclusive<i64>) -> Option<i64> {
        if self.form.value(field).trim().is_empty() {
            self.note(field, format!("请填写“{label}”。"));
        }
        self.count_if_any(field, label, range)
    }

    /// A number with at most two decimals, as hundredths; empty is no problem, less than zero is.
    pub fn hundredths_if_any(&mut self, field: &str, label: &str) -> Option<i64> {
        let text = half_width(self.form.value(field).trim());
        if text.is_empty() {
            return None;
        }
        let hundredths = text.parse::<Fen>().ok().map(|Fen(hundredths)| hundredths);
        if hundredths.is_none() {
            self.note(field, format!("“{label}”应为不小于 0 的数，最多两位小数。"));
        }
        hundredths
    }

    /// An amount of money that must be there.
    pub fn money(&mut self, field: &str, label: &str) -> Option<Fen> {
        self.parsed(field, label)
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// All problems at once, when there was any.
    pub fn finish(self) -> Result<(), Stop> {
        if self.problems.is_empty() { Ok(()) } else { Err(Stop::Refused(self.problems)) }
    }

    /// Ends the reading with what was read of the fields that must be there.
    ///
    /// # Errors
    /// All problems at once; a fault where nothing was read and nothing noted.
    pub fn finish_with<T>(self, read: Option<T>) -> Result<T, Stop> {
        self.finish()?;
        read.ok_or_else(|| Stop::fault("a reading without problems left a field empty"))
    }
}

/// Digits, dots and minus as Chinese input methods type them, made plain.
#[must_use]
pub fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '．' | '。' => '.',
            '－' => '-',
            '，' => ',',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn good_values_are_read() {
        let form = Form::of([("d", "2022-12-30"), ("n", "１２"), ("h", "7.5"), ("m", "5,000.00"), ("t", " 好 ")]);
        let mut reading = form.read();
        assert_eq!(reading.date("d", "日期"), Some(date(2022, 12, 30)));
        assert_eq!(reading.count("n", "个数", 0..=20), Some(12));
        assert_eq!(reading.hundredths_if_any("h", "得分"), Some(750));
        assert_eq!(reading.money("m", "金额"), Some(Fen(500_000)));
        assert_eq!(reading.required("t", "文字", 10), "好");
        assert!(reading.finish().is_ok());
    }

    #[test]
    fn every_problem_is_told_at_its_field() {
        let form = Form::of([("d", "2022-13-30"), ("n", "-1"), ("t", "太长的文字")]);
        let mut reading = form.read();
        reading.date("d", "日期");
        reading.count("n", "个数", 0..=20);
        reading.required("t", "文字", 3);
        reading.required("missing", "理由", 3);
        let Err(Stop::Refused(problems)) = reading.finish() else { panic!("there are problems") };
        let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["d", "n", "t", "missing"]);
    }
}
