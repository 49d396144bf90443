//! Mainland phone numbers.

use super::row::telling_signs;
use crate::text::excerpt;
use crate::workbook::Cell;

/// Reads a number that was typed into a form, by the same rules as one in a cell; `None` when there is none.
///
/// # Errors
/// Words that name the field by `label`.
pub fn parse_phone(label: &str, text: &str) -> Result<Option<String>, String> {
    read_phone(label, &Cell::Text(text.into()))
}

/// Reads a mobile number (11 digits) or a landline with area code, which comes out as `0877-7011234`.
pub(super) fn read_phone(label: &str, cell: &Cell) -> Result<Option<String>, String> {
    let Some(signs) = telling_signs(cell) else {
        return Ok(None);
    };
    let shown = excerpt(&cell.shown());
    let written: String = signs.chars().filter(|sign| !matches!(sign, '-' | '—' | '–' | '(' | ')')).collect();
    if written.contains([',', '、', ';', '/', '，', '；']) {
        return Err(format!("“{label}”写的是“{shown}”，只能填一个号码。请保留最常用的一个。"));
    }
    let digits = without_country_code(&written);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!("“{label}”写的是“{shown}”，不是电话号码。请只填数字，座机带区号。"));
    }
    if is_mobile(digits) {
        return Ok(Some(digits.to_owned()));
    }
    if let Some(landline) = landline(digits) {
        return Ok(Some(landline));
    }
    Err(match (digits.len(), cell) {
        (9..=11, Cell::Number(_)) if landline(&format!("0{digits}")).is_some() => {
            format!(
                "“{label}”写的是“{shown}”，座机区号开头的 0 丢了。请把单元格格式改为“文本”，写成“0877-7011234”这样。"
            )
        }
        (7 | 8, _) => format!("“{label}”写的是“{shown}”，座机缺少区号。请写成“0877-7011234”这样。"),
        (count, _) if digits.starts_with('1') => {
            format!("“{label}”写的是“{shown}”，手机号应为 11 位，现在是 {count} 位或号段不对。请核对。")
        }
        _ => format!("“{label}”写的是“{shown}”，不是电话号码。请填 11 位手机号，或带区号的座机。"),
    })
}

fn without_country_code(written: &str) -> &str {
    let bare = written.strip_prefix("+86").or_else(|| written.strip_prefix("0086"));
    bare.or_else(|| written.strip_prefix("86").filter(|rest| is_mobile(rest))).unwrap_or(written)
}

fn is_mobile(digits: &str) -> bool {
    let bytes = digits.as_bytes();
    bytes.len() == 11 && bytes[0] == b'1' && (b'3'..=b'9').contains(&bytes[1]) && bytes.iter().all(u8::is_ascii_digit)
}

/// Area codes are 010, 02x and four digits elsewhere; local numbers have seven or eight digits from 2 to 8 on.
fn landline(digits: &str) -> Option<String> {
    let area_length = if digits.starts_with("010") || digits.starts_with("02") { 3 } else { 4 };
    let (area, local) = digits.split_at_checked(area_length)?;
    let has_area = area.starts_with('0') && !area.starts_with("00") && area.bytes().all(|byte| byte.is_ascii_digit());
    let has_local = matches!(local.len(), 7 | 8)
        && matches!(local.as_bytes()[0], b'2'..=b'8')
        && local.bytes().all(|byte| byte.is_ascii_digit());
    (has_area && has_local).then(|| format!("{area}-{local}"))
}

#[cfg(test)]
mod tests {
    use super::read_phone;
    use crate::workbook::Cell;

    fn text(text: &str) -> Cell {
        Cell::Text(text.into())
    }

    #[test]
    fn phones_are_read_however_they_are_spaced() {
        for cell in [
            text("13800000001"),
            text("138 0000 0001"),
            text("138-0000-0001"),
            text("＋８６ １３８０００００００１"),
            text("+86-13800000001"),
            text("8613800000001"),
            text("0086 13800000001"),
            Cell::Number(13_800_000_001.0),
        ] {
            assert_eq!(read_phone("联系电话", &cell), Ok(Some("13800000001".to_owned())), "{cell:?}");
        }
        for (written, phone) in
            [("0877-7011234", "0877-7011234"), ("（0877）7011234", "0877-7011234"), ("01062345678", "010-62345678")]
        {
            assert_eq!(read_phone("联系电话", &text(written)), Ok(Some(phone.to_owned())), "{written}");
        }
        assert_eq!(read_phone("联系电话", &text("无")), Ok(None));
    }

    #[test]
    fn what_is_no_phone_is_told_in_words() {
        for (cell, word) in [
            (text("1380000000"), "11 位"),
            (text("12800000001"), "11 位"),
            (text("7011234"), "区号"),
            (text("13800000001、13900000002"), "一个号码"),
            (text("13800000001/13900000002"), "一个号码"),
            (text("微信同号"), "不是电话号码"),
            (text("0877-7011234转801"), "不是电话号码"),
            (Cell::Number(8_777_011_234.0), "开头的 0"),
            (Cell::Number(1.5), "不是电话号码"),
            (Cell::Number(-13_800_000_001.5), "不是电话号码"),
            (text("９"), "不是电话号码"),
        ] {
            let message = read_phone("联系电话", &cell).expect_err("no phone");
            assert!(message.contains(word) && message.contains("联系电话"), "{cell:?}: {message}");
        }
    }
}
