//! Numbers as offices write them.

use super::row::telling_signs;
use crate::text::excerpt;
use crate::workbook::Cell;

/// The largest count taken; nothing a county counts comes near it.
const LARGEST_COUNT: i64 = 1_000_000_000;

/// A number as sign, whole digits and up to two decimals.
enum Parsed {
    Hundredths(i64),
    TooPrecise,
    TooLarge,
    NotANumber,
}

pub(super) fn read_count(label: &str, cell: &Cell) -> Result<Option<u32>, String> {
    let shown = excerpt(&cell.shown());
    let Some(parsed) = parse_cell(cell) else {
        return Ok(None);
    };
    let hundredths = match parsed {
        Parsed::Hundredths(hundredths) => hundredths,
        Parsed::TooPrecise => return Err(format!("“{label}”写的是“{shown}”，应为整数。请改成不带小数的数。")),
        Parsed::TooLarge => return Err(too_large(label, &shown)),
        Parsed::NotANumber => return Err(not_a_number(label, &shown, cell)),
    };
    if hundredths < 0 {
        return Err(format!("“{label}”写的是“{shown}”，不能是负数。请改成 0 或更大的整数。"));
    }
    if hundredths % 100 != 0 {
        return Err(format!("“{label}”写的是“{shown}”，应为整数。请改成不带小数的数。"));
    }
    if hundredths / 100 > LARGEST_COUNT {
        return Err(too_large(label, &shown));
    }
    u32::try_from(hundredths / 100).map(Some).map_err(|_| too_large(label, &shown))
}

pub(super) fn read_hundredths(label: &str, cell: &Cell) -> Result<Option<i64>, String> {
    let shown = excerpt(&cell.shown());
    match parse_cell(cell) {
        None => Ok(None),
        Some(Parsed::Hundredths(hundredths)) => Ok(Some(hundredths)),
        Some(Parsed::TooPrecise) => Err(format!("“{label}”写的是“{shown}”，最多保留两位小数。请四舍五入到两位小数。")),
        Some(Parsed::TooLarge) => Err(too_large(label, &shown)),
        Some(Parsed::NotANumber) => Err(not_a_number(label, &shown, cell)),
    }
}

fn too_large(label: &str, shown: &str) -> String {
    format!("“{label}”写的是“{shown}”，数字太大。请检查是否多写了几位。")
}

fn not_a_number(label: &str, shown: &str, cell: &Cell) -> String {
    if matches!(cell, Cell::Date(_)) {
        return format!("“{label}”的单元格是日期（{shown}）。请把单元格格式改为“数值”并重新填写数字。");
    }
    let signs = crate::text::signs(&cell.shown());
    let after = signs.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '.');
    let digits = &signs[..signs.len() - after.len()];
    if !digits.is_empty() && after.starts_with(['e', 'E', '十', '百', '千', '万', '亿']) {
        // What stands before it is not the number that is meant.
        format!("“{label}”写的是“{shown}”，只能填数字。请用阿拉伯数字写出完整的数，如 12000。")
    } else if digits.is_empty() {
        format!("“{label}”写的是“{shown}”，不是数字。请改成阿拉伯数字，没有就留空。")
    } else {
        format!(
            "“{label}”写的是“{shown}”，只能填数字。请改成“{}”这样的数，不要带单位或文字。",
            digits.trim_end_matches('.')
        )
    }
}

/// `None` when the cell says that there is nothing.
fn parse_cell(cell: &Cell) -> Option<Parsed> {
    match cell {
        Cell::Number(number) => Some(parse_float(*number)),
        Cell::Text(_) => telling_signs(cell).map(|signs| parse_signs(&signs)),
        Cell::Date(_) | Cell::Bool(_) | Cell::Fault(_) => Some(Parsed::NotANumber),
    }
}

/// A double is taken for the decimal number of at most two places that it stands for, if it stands for one.
fn parse_float(number: f64) -> Parsed {
    const LARGEST: f64 = 1e13;
    if number.abs() > LARGEST {
        return Parsed::TooLarge;
    }
    let scaled = number * 100.0;
    let nearest = scaled.round();
    // The noise of computed numbers is some 1e-16 of their size; a real third decimal is at least 0.1 after scaling.
    let tolerance = 1e-6_f64.max(scaled.abs() * 1e-14);
    if (scaled - nearest).abs() > tolerance {
        return Parsed::TooPrecise;
    }
    // The cast is exact: the value is whole and below 1e15.
    Parsed::Hundredths(nearest as i64)
}

fn parse_signs(signs: &str) -> Parsed {
    let (is_negative, body) = match signs.strip_prefix(['-', '−', '–']) {
        Some(body) => (true, body),
        None => (false, signs.strip_prefix('+').unwrap_or(signs)),
    };
    let (whole, decimals) = body.split_once('.').unwrap_or((body, ""));
    let Some(whole) = ungroup(whole) else {
        return Parsed::NotANumber;
    };
    if (whole.is_empty() && decimals.is_empty()) || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return Parsed::NotANumber;
    }
    let decimals = decimals.trim_end_matches('0');
    if decimals.len() > 2 {
        return Parsed::TooPrecise;
    }
    let significant = whole.trim_start_matches('0');
    if significant.len() > 13 {
        return Parsed::TooLarge;
    }
    // At most 15 digits: always an i64.
    match format!("0{significant}{decimals:0<2}").parse::<i64>() {
        Ok(hundredths) => Parsed::Hundredths(if is_negative { -hundredths } else { hundredths }),
        Err(_) => Parsed::NotANumber,
    }
}

/// Digits without thousands separators; `None` when separators stand elsewhere than before groups of three.
fn ungroup(whole: &str) -> Option<String> {
    let groups: Vec<&str> = whole.split([',', '，']).collect();
    if !groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let is_grouped =
        groups.len() == 1 || ((1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3));
    is_grouped.then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use super::{read_count, read_hundredths};
    use crate::workbook::Cell;

    fn text(text: &str) -> Cell {
        Cell::Text(text.into())
    }

    #[test]
    fn counts_are_whole_and_not_negative() {
        for (cell, count) in [
            (Cell::Number(288.0), Some(288)),
            (text("２８８"), Some(288)),
            (text(" 1,288 "), Some(1288)),
            (text("1，288"), Some(1288)),
            (text("10.00"), Some(10)),
            (text("/"), None),
            (text("——"), None),
            (text("无"), None),
        ] {
            assert_eq!(read_count("户数", &cell), Ok(count), "{cell:?}");
        }
        for (cell, word) in [
            (text("3个"), "不要带单位"),
            (text("约30"), "不是数字"),
            (text("1e5"), "写出完整的数"),
            (text("1.2万"), "写出完整的数"),
            (text("-3"), "不能是负数"),
            (Cell::Number(-1.0), "不能是负数"),
            (Cell::Number(3.5), "整数"),
            (Cell::Number(3.333_333), "整数"),
            (text("1,28"), "只能填数字"),
            (text("99999999999999999999"), "数字太大"),
            (Cell::Number(1e300), "数字太大"),
            (Cell::Bool(true), "不是数字"),
        ] {
            let message = read_count("户数", &cell).expect_err("no count");
            assert!(message.contains(word) && message.contains("户数"), "{cell:?}: {message}");
        }
    }

    #[test]
    fn hundredths_are_exact() {
        for (cell, hundredths) in [
            (Cell::Number(2986.2), 298_620),
            (Cell::Number(0.1 + 0.2), 30),
            (Cell::Number(4286.5), 428_650),
            (Cell::Number(12_345_678_901.23), 1_234_567_890_123),
            (Cell::Number(-0.07), -7),
            (text("１,234.５"), 123_450),
            (text(".5"), 50),
            (text("5."), 500),
            (text("12.340"), 1234),
            (text("-0.07"), -7),
        ] {
            assert_eq!(read_hundredths("面积", &cell), Ok(Some(hundredths)), "{cell:?}");
        }
        for cell in
            [Cell::Number(1.005), text("1.005"), text("120㎡"), text("1.2.3"), text("20%"), text("."), text("1e3")]
        {
            assert!(read_hundredths("面积", &cell).is_err(), "{cell:?}");
        }
    }
}
