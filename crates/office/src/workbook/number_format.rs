//! Which number formats show a date.

/// Whether a built-in format id shows a date. 27–36 and 50–58 are the East Asian dates.
pub(super) fn is_builtin_date(id: u32) -> bool {
    matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58)
}

/// Whether a format code shows a date or time.
///
/// Only the first section counts; quoted text, escaped characters and bracketed colours or locales are no part of
/// the pattern. An `e` after a digit placeholder is scientific notation, not a year.
pub(super) fn is_date_code(code: &str) -> bool {
    let lower = code.trim_start().to_lowercase();
    if lower.starts_with("general") || lower.starts_with("g/") {
        // "G/通用格式" is how Chinese editions spell "General".
        return false;
    }
    let mut characters = code.chars();
    let mut has_digit_placeholder = false;
    let mut has_date_letter = false;
    while let Some(character) = characters.next() {
        match character {
            '"' => {
                let _ = characters.by_ref().find(|&next| next == '"');
            }
            '\\' | '_' | '*' => {
                let _ = characters.next();
            }
            '[' => {
                let inside: String = characters.by_ref().take_while(|&next| next != ']').collect();
                let is_elapsed = matches!(inside.to_ascii_lowercase().as_str(), "h" | "hh" | "m" | "mm" | "s" | "ss");
                has_date_letter |= is_elapsed;
            }
            ';' => break,
            '0' | '#' | '?' | '@' => has_digit_placeholder = true,
            'y' | 'Y' | 'd' | 'D' | 'm' | 'M' | 'h' | 'H' | 's' | 'S' => has_date_letter = true,
            _ => {}
        }
    }
    has_date_letter && !has_digit_placeholder
}

#[cfg(test)]
mod tests {
    use super::{is_builtin_date, is_date_code};

    #[test]
    fn dates_are_told_from_numbers() {
        for code in
            ["yyyy-mm-dd", "yyyy\"年\"m\"月\"d\"日\";@", "[$-804]yyyy/m/d", "m/d/yy h:mm", "[h]:mm:ss", "yyyy.mm"]
        {
            assert!(is_date_code(code), "{code}");
        }
        for code in [
            "General",
            "G/通用格式",
            "0.00",
            "#,##0.00;[Red]-#,##0.00",
            "0.00E+00",
            "@",
            "\"日期\"0",
            "[DBNum2]0",
            "0\\d",
            "_ * #,##0_ ;",
        ] {
            assert!(!is_date_code(code), "{code}");
        }
        assert!(is_builtin_date(14) && is_builtin_date(31) && is_builtin_date(57));
        assert!(!is_builtin_date(0) && !is_builtin_date(4) && !is_builtin_date(49));
    }
}
