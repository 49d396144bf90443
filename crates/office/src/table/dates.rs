//! Dates and months as offices write them.

use super::row::telling_signs;
use crate::text::excerpt;
use crate::workbook::{Cell, moment_of_serial};
use jiff::civil::Date;

/// Years outside this range are slips of the pen.
const YEARS: std::ops::RangeInclusive<i64> = 1900..=2100;
/// Plain whole numbers read as date serials: 1950-01-01 to 2100-12-31. Below lie years and counts.
const SERIALS: std::ops::RangeInclusive<f64> = 18_264.0..=73_415.0;

/// A year and month, for births and terms of which offices keep no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct YearMonth {
    /// 1900 to 2100.
    pub year: i16,
    /// 1 to 12.
    pub month: i8,
}

impl std::fmt::Display for YearMonth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:02}", self.year, self.month)
    }
}

/// What a cell says about a day.
struct Reading {
    month: YearMonth,
    /// The first of the month when the cell names no day.
    date: Date,
}

/// Why a cell is no date.
enum Misreading {
    /// Not a form that is known.
    Form,
    /// A year of two digits.
    ShortYear,
    /// A year alone.
    YearOnly,
    /// A year outside [`YEARS`].
    Year,
    /// A day or month that does not exist.
    NoSuchDay,
    /// A number such as 2021.1, which may have been 2021.10 before Excel dropped the zero.
    LostZero,
}

pub(super) fn read_date(label: &str, cell: &Cell) -> Result<Option<Date>, String> {
    Ok(read(label, cell, "2021-03-05")?.map(|reading| reading.date))
}

pub(super) fn read_month(label: &str, cell: &Cell) -> Result<Option<YearMonth>, String> {
    Ok(read(label, cell, "2021.03")?.map(|reading| reading.month))
}

fn read(label: &str, cell: &Cell, pattern: &str) -> Result<Option<Reading>, String> {
    let reading = match cell {
        Cell::Date(moment) => {
            of_parts(i64::from(moment.year()), i64::from(moment.month()), Some(i64::from(moment.day())))
        }
        Cell::Number(number) => of_number(*number),
        Cell::Text(_) => match telling_signs(cell) {
            Some(signs) => of_signs(&signs),
            None => return Ok(None),
        },
        Cell::Bool(_) | Cell::Fault(_) => Err(Misreading::Form),
    };
    reading.map(Some).map_err(|misreading| {
        let shown = excerpt(&cell.shown());
        match misreading {
            Misreading::Form => format!("“{label}”写的是“{shown}”，不是日期。请改成“{pattern}”这样的写法，没有就留空。"),
            Misreading::ShortYear => format!("“{label}”写的是“{shown}”，年份要写四位。请改成“{pattern}”这样的写法。"),
            Misreading::YearOnly => format!("“{label}”写的是“{shown}”，只有年份。请补上月份，例如“{pattern}”。"),
            Misreading::Year => {
                format!("“{label}”写的是“{shown}”，年份不在 {} 到 {} 之间。请核对年份。", YEARS.start(), YEARS.end())
            }
            Misreading::NoSuchDay => format!("“{label}”写的是“{shown}”，没有这一天。请核对月份和日期。"),
            Misreading::LostZero => format!(
                "“{label}”写的是数字“{shown}”，可能是1月，也可能是10月（数字格式会丢掉末尾的 0）。请改成“2021-01”或“2021-10”这样的写法。"
            ),
        }
    })
}

fn of_number(number: f64) -> Result<Reading, Misreading> {
    if SERIALS.contains(&number) {
        let moment = moment_of_serial(number, false).ok_or(Misreading::Form)?;
        return of_parts(i64::from(moment.year()), i64::from(moment.month()), Some(i64::from(moment.day())));
    }
    let shown = Cell::Number(number).shown().into_owned();
    if let Some((year, month)) = shown.split_once('.')
        && year.len() == 4
        && month == "1"
    {
        return Err(Misreading::LostZero);
    }
    of_signs(&shown)
}

fn of_signs(signs: &str) -> Result<Reading, Misreading> {
    // Exports of other systems append a time of day; "2021-03-0500:00:00" is what is left of it without blanks.
    let signs = signs.strip_suffix("00:00:00").map_or(signs, |date| date.trim_end_matches('T'));
    if signs.bytes().all(|byte| byte.is_ascii_digit()) {
        return of_digits(signs);
    }
    let unified: String = signs
        .trim_end_matches(['日', '号', '月', '年'])
        .chars()
        .map(|sign| match sign {
            '年' | '月' | '/' | '.' | '。' | '．' | '—' | '–' | '·' => '-',
            other => other,
        })
        .collect();
    let parts: Option<Vec<i64>> = unified.split('-').map(small_number).collect();
    let year_length = unified.split('-').next().map_or(0, str::len);
    match parts.as_deref() {
        Some([_]) if year_length == 4 && signs.ends_with('年') => Err(Misreading::YearOnly),
        Some([_, _] | [_, _, _]) if year_length == 2 => Err(Misreading::ShortYear),
        Some(&[year, month]) if year_length == 4 => of_parts(year, month, None),
        Some(&[year, month, day]) if year_length == 4 => of_parts(year, month, Some(day)),
        _ => Err(Misreading::Form),
    }
}

fn of_digits(digits: &str) -> Result<Reading, Misreading> {
    let part = |range: std::ops::Range<usize>| digits.get(range).and_then(small_number).ok_or(Misreading::Form);
    match digits.len() {
        8 => of_parts(part(0..4)?, part(4..6)?, Some(part(6..8)?)),
        6 => of_parts(part(0..4)?, part(4..6)?, None),
        4 => Err(Misreading::YearOnly),
        _ => Err(Misreading::Form),
    }
}

/// A number of one to four digits.
fn small_number(digits: &str) -> Option<i64> {
    let is_small = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_small.then(|| digits.parse().ok()).flatten()
}

fn of_parts(year: i64, month: i64, day: Option<i64>) -> Result<Reading, Misreading> {
    if !YEARS.contains(&year) {
        return Err(Misreading::Year);
    }
    let (Ok(year), Ok(month), Ok(day)) = (i16::try_from(year), i8::try_from(month), i8::try_from(day.unwrap_or(1)))
    else {
        return Err(Misreading::NoSuchDay);
    };
    let date = Date::new(year, month, day).map_err(|_| Misreading::NoSuchDay)?;
    Ok(Reading { month: YearMonth { year, month }, date })
}

#[cfg(test)]
mod tests {
    use super::{read_date, read_month};
    use crate::workbook::Cell;
    use jiff::civil::date;

    fn text(text: &str) -> Cell {
        Cell::Text(text.into())
    }

    #[test]
    fn dates_are_read_in_every_usual_form() {
        for written in [
            "2021年3月5日",
            "2021年03月05日",
            "２０２１年３月５日",
            "2021 年 3 月 5 日",
            "2021-3-5",
            "2021-03-05",
            "2021/3/5",
            "2021.3.5",
            "2021.03.05",
            "2021。3。5",
            "2021．3．5",
            "20210305",
            "2021-03-05 00:00:00",
            "2021-03-05T00:00:00",
            "2021年3月5号",
            "2021年3月5",
        ] {
            assert_eq!(read_date("成立日期", &text(written)), Ok(Some(date(2021, 3, 5))), "{written}");
        }
        assert_eq!(read_date("日", &Cell::Date(date(2021, 3, 5).at(8, 0, 0, 0))), Ok(Some(date(2021, 3, 5))));
        assert_eq!(read_date("日", &Cell::Number(44_260.0)), Ok(Some(date(2021, 3, 5))));
        assert_eq!(read_date("日", &Cell::Number(20_210_305.0)), Ok(Some(date(2021, 3, 5))));
        assert_eq!(read_date("日", &text("/")), Ok(None));
    }

    #[test]
    fn months_are_read_and_stand_for_their_first_day() {
        for written in ["2021.3", "2021年3月", "2021-03", "2021/3", "202103", "2021.03"] {
            let month = read_month("出生年月", &text(written)).expect("a month").expect("not empty");
            assert_eq!((month.year, month.month), (2021, 3), "{written}");
            assert_eq!(read_date("日", &text(written)), Ok(Some(date(2021, 3, 1))), "{written}");
        }
        let month = read_month("出生年月", &Cell::Number(1966.11)).expect("a month").expect("not empty");
        assert_eq!(month.to_string(), "1966.11");
        let text_month = read_month("出生年月", &text("1966.1")).expect("a month").expect("not empty");
        assert_eq!(text_month.month, 1);
    }

    #[test]
    fn what_is_no_date_is_told_in_words() {
        for (cell, word) in [
            (text("2021-02-30"), "没有这一天"),
            (text("2021年13月"), "没有这一天"),
            (text("2021-0-5"), "没有这一天"),
            (text("1899-12-31"), "年份不在"),
            (text("2101年1月1日"), "年份不在"),
            (text("21.3.5"), "四位"),
            (text("2021年"), "只有年份"),
            (Cell::Number(2021.0), "只有年份"),
            (Cell::Number(2021.1), "10月"),
            (Cell::Number(44_260_000.0), "年份不在"),
            (text("去年三月"), "不是日期"),
            (text("2021-3-5-6"), "不是日期"),
            (text("3/5/2021"), "不是日期"),
            (Cell::Number(-1.0), "不是日期"),
            (Cell::Bool(false), "不是日期"),
        ] {
            let message = read_date("成立日期", &cell).expect_err("no date");
            assert!(message.contains(word) && message.contains("成立日期"), "{cell:?}: {message}");
        }
    }
}
