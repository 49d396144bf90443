//! Official letters, notices and forms as Word documents, by GB/T 9704-2012 (`domain.md` §9).
//!
//! Owns: the page (A4, type area 156 × 225 mm, 22 lines of 28 characters), the faces and sizes of each part, tables
//! with repeated headers, and forms with boxes for opinions.
//!
//! Promises: any text gives a document that Word, WPS and LibreOffice open; the same letter gives the same bytes.
//! Fonts are named, the commercial ones first and free ones as alternatives, and never shipped.
//!
//! Never does: decide wording, number documents or ask the clock.
//!
//! The markup is written here, part by part: docx-rs 0.4 can write neither a repeated header row (`w:tblHeader`) nor
//! an indent counted in characters (`w:firstLineChars`), and both are needed on every page of this kind.

mod body;
mod form;
mod markup;
mod package;
mod styles;
mod table;

pub use form::{FormCell, FormContent, FormRow, LetterForm};
pub use table::{LetterColumn, LetterTable};

use jiff::civil::Date;
use thiserror::Error;

/// An official document: what stands on it, not how it looks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Letter {
    /// 发文机关标志: the issuing organ's name in red at the head with a red rule below. Leave it out for paper that
    /// has it printed, and for notices and forms.
    pub letterhead: Option<String>,
    /// 发文字号 such as `新组通〔2022〕12号`.
    pub document_number: Option<String>,
    /// 标题. A line break in it breaks the title there.
    pub title: String,
    /// 主送机关; the colon is added when missing.
    pub addressee: Option<String>,
    /// 正文 and what follows, in order.
    pub blocks: Vec<Block>,
    /// 发文机关署名, one line each, above the date.
    pub issuers: Vec<String>,
    /// 成文日期, written as `2022年12月30日`.
    pub date: Option<Date>,
}

/// A part of a letter's text. Line breaks in a text begin a new paragraph of the same kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Text of the body: 仿宋, first line indented by two characters.
    Paragraph(String),
    /// A paragraph that begins with a few words in 黑体, such as `公示时间：`.
    Labelled {
        /// The words in 黑体, with their colon.
        label: String,
        /// What follows them.
        text: String,
    },
    /// A heading of the first level, numbered by its author: `一、` in 黑体.
    Heading1(String),
    /// A heading of the second level: `（一）` in 楷体.
    Heading2(String),
    /// A heading of the third level: `1.` in bold 仿宋.
    Heading3(String),
    /// Text without indent.
    FlushLeft(String),
    /// Text in the middle of the line, such as a date below a title.
    Centred(String),
    /// 附件说明: the names of the attachments, numbered when there are several, one line below the text.
    Attachments(Vec<String>),
    /// A table.
    Table(LetterTable),
    /// A form.
    Form(LetterForm),
    /// What follows begins on a new page.
    PageBreak,
}

/// A letter could not be packed.
#[derive(Debug, Error)]
#[error("the letter could not be packed")]
pub struct LetterWriteError(#[from] zip::result::ZipError);

/// Writes the letter as a `.docx` file.
///
/// # Errors
/// [`LetterWriteError`] when the zip cannot be made, for instance of parts beyond 4 GB.
pub fn write_letter(letter: &Letter) -> Result<Vec<u8>, LetterWriteError> {
    package::pack(&body::document(letter)).map_err(LetterWriteError)
}

/// A date as official documents write it: `2022年12月30日`.
#[must_use]
pub fn chinese_date(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// Horizontal alignment of a column or cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Alignment {
    /// Left, for texts.
    #[default]
    Left,
    /// Centred, for short texts and dates.
    Centre,
    /// Right, for numbers.
    Right,
}
