//! Working days (工作日) by the State Council's yearly table (R-CAL-01, R-CAL-02).
//!
//! Owns the count of working days. Promises never to guess: a year whose table has not been imported is unknown, and
//! nothing is counted through it by weekday alone, because make-up days and long holidays move every year.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};

use crate::{coded_enum, refusal::Refusal};

coded_enum! {
    /// What the yearly table says of a day that differs from its weekday.
    pub enum DayKind {
        /// 放假.
        Off = "off" => "放假",
        /// 调休上班, a make-up day.
        Work = "work" => "上班",
    }
}

/// The imported tables of all years.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    days: BTreeMap<Date, DayKind>,
    years: BTreeSet<i16>,
}

/// A year whose table has not been imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "系统里还没有 {year} 年的节假日安排，无法计算工作日；请联系系统管理员导入国务院办公厅公布的 {year} 年放假调休安排后再办理"
)]
pub struct UnknownYear {
    /// The year.
    pub year: i16,
}

impl Refusal for UnknownYear {}

/// A line of an imported table that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("第 {line} 行：{message}")]
pub struct CsvProblem {
    /// The line, 1 for the first.
    pub line: usize,
    /// What is wrong and what belongs there.
    pub message: String,
}

/// A row of a table: the day, what it is, and the name of the holiday.
pub type TableRow = (Date, DayKind, String);

/// The first line of a table.
const HEADER: &str = "date,kind,name";

impl Calendar {
    // R-CAL-01
    /// The calendar of these days. A year is known when its own table is among them, which begins with 1 January off: a
    /// single day, such as the 31 December before a new year's holiday, tells nothing of the rest of its year.
    #[must_use]
    pub fn from_days(days: impl IntoIterator<Item = (Date, DayKind)>) -> Self {
        let days: BTreeMap<_, _> = days.into_iter().collect();
        let is_new_year =
            |(day, kind): &(&Date, &DayKind)| (day.month(), day.day()) == (1, 1) && **kind == DayKind::Off;
        let years = days.iter().filter(is_new_year).map(|(day, _)| day.year()).collect();
        Self { days, years }
    }

    /// Reads a table `date,kind,name`. Tolerates what spreadsheet programs add: a byte order mark, CRLF, blank lines.
    ///
    /// # Errors
    /// The first line that is no row, or that repeats a day.
    pub fn parse_csv(text: &str) -> Result<Vec<TableRow>, CsvProblem> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut lines =
            text.lines().enumerate().map(|(index, line)| (index + 1, line.trim())).filter(|(_, line)| !line.is_empty());
        let Some((_, HEADER)) = lines.next() else {
            return Err(CsvProblem { line: 1, message: format!("第一行应为表头“{HEADER}”") });
        };
        let mut seen = BTreeSet::new();
        let mut rows = Vec::new();
        for (line, row) in lines {
            let row = parse_row(row).map_err(|message| CsvProblem { line, message })?;
            if !seen.insert(row.0) {
                let message = format!("日期 {} 重复出现，每天只能有一行", row.0);
                return Err(CsvProblem { line, message });
            }
            rows.push(row);
        }
        Ok(rows)
    }

    /// Whether the table of `year` has been imported.
    #[must_use]
    pub fn knows(&self, year: i16) -> bool {
        self.years.contains(&year)
    }

    /// Whether people work on `date`.
    ///
    /// # Errors
    /// The year's table is missing.
    pub fn is_working_day(&self, date: Date) -> Result<bool, UnknownYear> {
        if !self.knows(date.year()) {
            return Err(UnknownYear { year: date.year() });
        }
        let is_weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
        Ok(self.days.get(&date).map_or(!is_weekend, |kind| *kind == DayKind::Work))
    }

    /// The `n`th working day after `from`, which itself is not counted (R-CAL-02).
    ///
    /// # Errors
    /// The count runs into a year whose table is missing.
    pub fn add_working_days(&self, from: Date, n: u16) -> Result<Date, UnknownYear> {
        let mut day = from;
        let mut left = n;
        while left > 0 {
            day = next_day(day)?;
            left -= u16::from(self.is_working_day(day)?);
        }
        Ok(day)
    }

    /// Working days after `after`, up to and including `until`; 0 when `until` is not later.
    ///
    /// # Errors
    /// One of the days lies in a year whose table is missing.
    pub fn working_days_between(&self, after: Date, until: Date) -> Result<u32, UnknownYear> {
        let mut day = after;
        let mut count = 0;
        while day < until {
            day = next_day(day)?;
            count += u32::from(self.is_working_day(day)?);
        }
        Ok(count)
    }

    // R-SEL-09
    /// `date` itself when people work on it, else the last working day before: a deadline that falls on a holiday is not
    /// extended, so this is the day to be told.
    ///
    /// # Errors
    /// The count runs into a year whose table is missing.
    pub fn last_working_day_on_or_before(&self, date: Date) -> Result<Date, UnknownYear> {
        let mut day = date;
        while !self.is_working_day(day)? {
            day = day.yesterday().map_err(|_| UnknownYear { year: day.year() })?;
        }
        Ok(day)
    }
}

/// The last day that can be written has no next one, and no table either.
fn next_day(day: Date) -> Result<Date, UnknownYear> {
    day.tomorrow().map_err(|_| UnknownYear { year: day.year() })
}

fn parse_row(row: &str) -> Result<TableRow, String> {
    let mut cells = row.splitn(3, ',').map(|cell| cell.trim().trim_matches('"'));
    let (Some(date), Some(kind), Some(name)) = (cells.next(), cells.next(), cells.next()) else {
        return Err("应有三列：日期、类型、节日名称，用英文逗号隔开".to_owned());
    };
    let date = date.parse().map_err(|_| format!("日期“{date}”不对，应写成 2026-01-01 这样"))?;
    let kind = kind.parse().map_err(|_| format!("类型“{kind}”不对，放假写 off，调休上班写 work"))?;
    Ok((date, kind, name.to_owned()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn calendar() -> Calendar {
        Calendar::from_days([(date(2026, 1, 1), DayKind::Off), (date(2026, 1, 4), DayKind::Work)])
    }

    #[test]
    fn the_table_goes_before_the_weekday() {
        let calendar = calendar();
        for (day, works) in [(1, false), (2, true), (3, false), (4, true), (5, true)] {
            assert_eq!(calendar.is_working_day(date(2026, 1, day)), Ok(works), "{day}");
        }
        assert_eq!(calendar.add_working_days(date(2026, 1, 1), 0), Ok(date(2026, 1, 1)));
        assert_eq!(calendar.add_working_days(date(2026, 1, 1), 2), Ok(date(2026, 1, 4)));
        assert_eq!(calendar.working_days_between(date(2026, 1, 1), date(2026, 1, 5)), Ok(3));
        assert_eq!(calendar.working_days_between(date(2026, 1, 5), date(2026, 1, 1)), Ok(0));
    }

    #[test]
    fn a_year_without_a_table_is_never_guessed() {
        let unknown = UnknownYear { year: 2027 };
        let calendar = calendar();
        assert_eq!(calendar.is_working_day(date(2027, 3, 1)), Err(unknown));
        assert_eq!(calendar.add_working_days(date(2026, 12, 30), 2), Err(unknown));
        assert_eq!(calendar.add_working_days(date(2026, 12, 30), 1), Ok(date(2026, 12, 31)));
        assert!(unknown.to_string().contains("2027 年") && unknown.to_string().contains("系统管理员"));
        let edge = Calendar::from_days([(date(Date::MAX.year(), 1, 1), DayKind::Off)]);
        assert!(edge.add_working_days(Date::MAX, 1).is_err());
    }

    #[test]
    fn a_deadline_on_a_holiday_is_told_by_the_working_day_before() {
        let calendar = calendar();
        for (day, told) in [(2, 2), (3, 2), (4, 4), (11, 9)] {
            assert_eq!(calendar.last_working_day_on_or_before(date(2026, 1, day)), Ok(date(2026, 1, told)), "{day}");
        }
        let unknown = Err(UnknownYear { year: 2025 });
        assert_eq!(calendar.last_working_day_on_or_before(date(2026, 1, 1)), unknown);
        let edge = Calendar::from_days([(date(Date::MIN.year(), 1, 1), DayKind::Off)]);
        assert!(edge.last_working_day_on_or_before(Date::MIN).is_err());
    }

    #[test]
    fn tables_are_read_as_spreadsheets_save_them() {
        let rows = Calendar::parse_csv("\u{feff}date,kind,name\r\n2026-01-01,off,元旦\r\n\r\n2026-01-04,work,元旦\r\n");
        assert_eq!(rows.map(|rows| rows.len()), Ok(2));
        for (text, line) in [
            ("", 1),
            ("2026-01-01,off,元旦", 1),
            ("date,kind,name\n\n2026-1-1,off,元旦", 3),
            ("date,kind,name\n2026-01-01,rest,元旦", 2),
            ("date,kind,name\n2026-01-01", 2),
            ("date,kind,name\n2026-01-01,off,a\n2026-01-01,work,a", 3),
        ] {
            assert_eq!(Calendar::parse_csv(text).map_err(|p| p.line), Err(line), "{text}");
        }
    }
}
