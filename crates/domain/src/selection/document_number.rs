//! The number of an official document (发文字号), as GB/T 9704 writes it: `新组通〔2022〕12号`.

/// Whether `text` is a number as documents carry it: the body's sign, the year in six-cornered brackets, the serial number without
/// “第” or leading zeros, and “号”.
#[must_use]
pub fn is_document_number(text: &str) -> bool {
    let Some((body, rest)) = text.trim().split_once('〔') else { return false };
    let Some((year, rest)) = rest.split_once('〕') else { return false };
    let Some(serial) = rest.strip_suffix('号') else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    !body.trim().is_empty() && year.len() == 4 && digits(year) && digits(serial) && !serial.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_its_brackets_and_no_padding() {
        for (text, is_one) in [
            ("新组通〔2022〕12号", true),
            (" 新组通〔2022〕3号 ", true),
            ("新组通2023第03号", false),
            ("新组通〔2023〕第3号", false),
            ("新组通〔2023〕03号", false),
            ("新组通[2023]3号", false),
            ("〔2023〕3号", false),
            ("新组通〔23〕3号", false),
            ("新组通〔2023〕3", false),
            ("", false),
        ] {
            assert_eq!(is_document_number(text), is_one, "{text}");
        }
    }
}
