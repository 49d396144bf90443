//! The small pieces of WordprocessingML: faces, runs, paragraphs, measures.

use std::fmt::Write;

use crate::text::is_xml_character;

/// One character of size 3号 (16 pt), by which indents are counted, in twips.
pub(super) const CHARACTER: i32 = 320;
/// The line pitch of the grid: 225 mm in 22 lines, in twips (28.95 pt).
pub(super) const LINE: i32 = 579;

/// A length in millimetres as twips (1/1440 inch), to the nearest.
pub(super) const fn twips(millimetres: u32) -> u32 {
    (millimetres * 14_400 + 127) / 254
}

/// The type area is 156 mm wide.
pub(super) const CORE_WIDTH: u32 = twips(156);

/// A face of official documents (字体).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    /// 小标宋体, for titles.
    XiaoBiaoSong,
    /// 仿宋体, for text.
    FangSong,
    /// 黑体, for headings of the first level.
    Hei,
    /// 楷体, for headings of the second level.
    Kai,
    /// 宋体, for page numbers.
    Song,
}

impl Face {
    pub(super) const ALL: [Self; 5] = [Self::XiaoBiaoSong, Self::FangSong, Self::Hei, Self::Kai, Self::Song];

    /// The name under which offices have it installed.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::XiaoBiaoSong => "方正小标宋简体",
            Self::FangSong => "仿宋_GB2312",
            Self::Hei => "黑体",
            Self::Kai => "楷体_GB2312",
            Self::Song => "宋体",
        }
    }

    /// What to take where it is not installed, best first.
    pub(super) fn alternatives(self) -> &'static str {
        match self {
            Self::XiaoBiaoSong => "方正小标宋_GBK,FZXiaoBiaoSong-B05S,华文中宋,STZhongsong,Noto Serif CJK SC,宋体",
            Self::FangSong => "仿宋,FangSong,华文仿宋,STFangsong,FandolFang,cwTeXFangSong",
            Self::Hei => "SimHei,Noto Sans CJK SC,WenQuanYi Zen Hei",
            Self::Kai => "楷体,KaiTi,华文楷体,STKaiti,LXGW WenKai,AR PL UKai CN",
            Self::Song => "SimSun,Noto Serif CJK SC,AR PL UMing CN",
        }
    }
}

/// How a run of text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub(super) face: Face,
    /// Size in half points: 32 is 3号.
    pub(super) half_points: u32,
    pub(super) is_bold: bool,
    pub(super) is_red: bool,
    /// Added after each character, in twips.
    pub(super) spacing: i32,
}

/// 28 characters of 16 pt are 2 mm wider than the type area, so each stands a quarter of a point closer. A grid of
/// characters would do the same in Word, but LibreOffice sets half as many to the line with it.
const CLOSE: i32 = -5;

impl Look {
    pub(super) const fn new(face: Face, half_points: u32) -> Self {
        Self { face, half_points, is_bold: false, is_red: false, spacing: 0 }
    }

    pub(super) const BODY: Self = Self { spacing: CLOSE, ..Self::new(Face::FangSong, 32) };
    pub(super) const TITLE: Self = Self::new(Face::XiaoBiaoSong, 44);
    pub(super) const HEADING1: Self = Self { spacing: CLOSE, ..Self::new(Face::Hei, 32) };
    pub(super) const HEADING2: Self = Self { spacing: CLOSE, ..Self::new(Face::Kai, 32) };
    pub(super) const HEADING3: Self = Self { is_bold: true, ..Self::BODY };
    pub(super) const TABLE: Self = Self::new(Face::FangSong, 24);
    pub(super) const TABLE_HEADER: Self = Self::new(Face::Hei, 24);
    pub(super) const PAGE_NUMBER: Self = Self::new(Face::Song, 28);

    /// The red letterhead, as large as lets this many characters stand on one line, 42 pt at most.
    pub(super) fn letterhead(characters: usize) -> Self {
        let widest = CORE_WIDTH as usize / 10 / characters.max(1);
        Self { is_red: true, ..Self::new(Face::XiaoBiaoSong, widest.clamp(44, 84) as u32) }
    }

    /// The run properties, which styles and runs share.
    pub(super) fn properties(self) -> String {
        let bold = if self.is_bold { "<w:b/><w:bCs/>" } else { "" };
        let red = if self.is_red { "<w:color w:val=\"FF0000\"/>" } else { "" };
        let spacing = match self.spacing {
            0 => String::new(),
            spacing => format!("<w:spacing w:val=\"{spacing}\"/>"),
        };
        let size = self.half_points;
        format!("<w:rPr>{}{bold}{red}{spacing}<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>", self.fonts())
    }

    /// Page numbers are set in 宋体 throughout; everywhere else Latin letters and digits are Times New Roman. The hint
    /// gives quotation marks and dashes, which both scripts have, to the Chinese face.
    fn fonts(self) -> String {
        let name = self.face.name();
        let latin = if self.face == Face::Song { name } else { "Times New Roman" };
        format!(
            "<w:rFonts w:ascii=\"{latin}\" w:hAnsi=\"{latin}\" w:eastAsia=\"{name}\" w:cs=\"Times New Roman\" w:hint=\"eastAsia\"/>"
        )
    }
}

/// A run of text in one look.
pub(super) fn run(text: &str, look: Look) -> String {
    format!("<w:r>{}<w:t xml:space=\"preserve\">{}</w:t></w:r>", look.properties(), escaped(text))
}

/// A paragraph of a named style with further properties, in schema order, and its runs.
pub(super) fn paragraph(style: &str, properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>{runs}</w:p>")
}

/// The paragraphs of a text: one for each line, at least one.
pub(super) fn paragraphs(style: &str, properties: &str, text: &str, look: Look) -> String {
    let mut markup = String::new();
    for line in lines(text) {
        markup.push_str(&paragraph(style, properties, &run(line, look)));
    }
    markup
}

/// The lines of a text without empty ones at its end; at least one, which may be empty.
pub(super) fn lines(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    if lines.is_empty() { vec![""] } else { lines }
}

/// An indent of the whole paragraph from the right, in hundredths of a character. LibreOffice reads the twips, Word
/// the characters.
pub(super) fn right_indent(hundredths: i32) -> String {
    format!("<w:ind w:rightChars=\"{hundredths}\" w:right=\"{}\"/>", hundredths * CHARACTER / 100)
}

/// Text safe inside an element or an attribute: characters that XML cannot hold are dropped, for Word refuses a
/// whole document for one of them; tabs and stray line breaks become blanks.
pub(super) fn escaped(text: &str) -> String {
    let mut markup = String::with_capacity(text.len());
    for character in text.chars().filter(|&character| is_xml_character(character)) {
        match character {
            '&' => markup.push_str("&amp;"),
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            '"' => markup.push_str("&quot;"),
            '\t' | '\n' | '\r' => markup.push(' '),
            // C1 controls are XML but show as boxes.
            '\u{7F}'..='\u{9F}' => {}
            other => markup.push(other),
        }
    }
    markup
}

/// The borders of tables: thin black lines all around and inside.
pub(super) fn table_borders() -> String {
    let mut markup = String::from("<w:tblBorders>");
    for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
        // Writing to a String cannot fail.
        let _ = write!(markup, "<w:{side} w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"000000\"/>");
    }
    markup.push_str("</w:tblBorders>");
    markup
}

/// Widths in twips that fill the type area in the proportion of the widths wanted, in millimetres.
pub(super) fn fitted_widths(wanted_mm: impl Iterator<Item = u32>) -> Vec<u32> {
    let wanted: Vec<u64> = wanted_mm.map(|width| u64::from(width.max(1))).collect();
    let sum: u64 = wanted.iter().sum();
    wanted
        .iter()
        .map(|width| u32::try_from(width * u64::from(CORE_WIDTH) / sum.max(1)).unwrap_or(CORE_WIDTH).max(1))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{CORE_WIDTH, escaped, fitted_widths, lines};

    #[test]
    fn text_is_escaped_and_freed_of_controls() {
        assert_eq!(escaped("<a href=\"x\">&\u{0}\u{B}\u{FFFF}\t𠮷"), "&lt;a href=&quot;x&quot;&gt;&amp; 𠮷");
    }

    #[test]
    fn widths_fill_the_type_area() {
        let widths = fitted_widths([10, 20, 30].into_iter());
        assert!((CORE_WIDTH - 3..=CORE_WIDTH).contains(&widths.iter().sum()));
        assert_eq!(fitted_widths([u32::MAX, 0].into_iter()).len(), 2);
        assert!(fitted_widths(std::iter::empty()).is_empty());
    }

    #[test]
    fn a_text_has_at_least_one_line() {
        assert_eq!(lines(""), [""]);
        assert_eq!(lines("甲\r\n乙\n\n"), ["甲", "乙"]);
    }
}
