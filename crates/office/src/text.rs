//! Cleaning of text that people typed into cells.

/// Full-width digits and Latin letters become half-width; all else, Chinese punctuation included, stays.
pub(crate) fn half_width_letters(character: char) -> char {
    match character {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => half_width(character),
        _ => character,
    }
}

/// Any full-width ASCII form becomes the ASCII character itself.
pub(crate) fn half_width(character: char) -> char {
    match character {
        '\u{FF01}'..='\u{FF5E}' => {
            u32::from(character).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(character)
        }
        _ => character,
    }
}

/// Characters that show nothing: controls, byte order marks, direction marks. Line breaks and tabs count as blanks
/// instead, and variation selectors stay because they tell rare Han forms apart.
pub(crate) fn is_invisible(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => false,
        '\u{200B}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FEFF}'
        | '\u{00AD}' => true,
        '\u{FFFE}' | '\u{FFFF}' => true,
        _ => character.is_control(),
    }
}

/// Text fit to be kept: invisible characters gone, digits and letters half-width, runs of blanks one blank, trimmed.
pub(crate) fn clean(text: &str) -> String {
    let visible: String = text.chars().filter(|&character| !is_invisible(character)).map(half_width_letters).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text in which only the signs count, for numbers, dates and phones: half-width, without any blank.
pub(crate) fn signs(text: &str) -> String {
    text.chars().filter(|&character| !is_invisible(character) && !character.is_whitespace()).map(half_width).collect()
}

/// The form in which two labels or names are compared: half-width, no blanks, lower case, and no marks around them
/// such as `*` for required fields or a colon.
pub(crate) fn label_key(label: &str) -> String {
    signs(label).to_lowercase().trim_matches(|mark| matches!(mark, '*' | ':' | '★' | '※')).to_owned()
}

/// A label without a bracketed hint on unit or form, such as `(㎡)` or `(必填)`; `None` when there is none.
///
/// Only known hints are dropped: `户数(已入住)` is another column than `户数`.
pub(crate) fn label_without_hint(label_key: &str) -> Option<&str> {
    const HINTS: [&str; 24] = [
        "㎡",
        "m2",
        "m²",
        "平方米",
        "个",
        "人",
        "户",
        "栋",
        "幢",
        "元",
        "万元",
        "年月",
        "年月日",
        "年/月",
        "年/月/日",
        "必填",
        "选填",
        "手机",
        "全称",
        "下拉选择",
        "yyyy-mm-dd",
        "yyyy.mm",
        "yyyymm",
        "yyyymmdd",
    ];
    let (name, hint) = label_key.strip_suffix(')')?.rsplit_once('(')?;
    HINTS.contains(&hint).then_some(name)
}

/// What was found in a cell, for a message: cleaned and at most 30 characters.
pub(crate) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 30;
    let cleaned = clean(text);
    match cleaned.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &cleaned[..end]),
        None => cleaned,
    }
}

/// Whether XML 1.0 can hold the character; Word and Excel refuse a file with any other.
pub(crate) fn is_xml_character(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

#[cfg(test)]
mod tests {
    use super::{clean, excerpt, label_key, label_without_hint, signs};

    #[test]
    fn cleaning_keeps_rare_characters_and_chinese_punctuation() {
        assert_eq!(clean("　１２栋\u{200B}（Ａ座）\r\n 东 "), "12栋（A座） 东");
        assert_eq!(clean("𠮷田\u{E0100}㛃"), "𠮷田\u{E0100}㛃");
        assert_eq!(clean("\u{7}\u{0}"), "");
    }

    #[test]
    fn labels_compare_by_their_signs() {
        assert_eq!(label_key("* 活动阵地\n面积（㎡）："), label_key("活动阵地面积(㎡)"));
        assert_eq!(label_without_hint("活动阵地面积(㎡)"), Some("活动阵地面积"));
        assert_eq!(label_without_hint("户数(已入住)"), None);
        assert_eq!(label_without_hint("户数"), None);
        assert_eq!(signs(" １３８ ００００－0001 "), "1380000-0001");
    }

    #[test]
    fn excerpts_are_short() {
        assert_eq!(excerpt(&"长".repeat(40)).chars().count(), 31);
        assert_eq!(excerpt("短"), "短");
    }
}
