//! Writing tables as an Excel workbook.
//!
//! Owns: the look of every exported table and template: title merged across, bold shaded header that stays in view
//! and is repeated in print, A4 landscape fitted to the page's width.
//!
//! Promises: text is always stored as text, so `=cmd|…` stays what somebody typed; dates are real dates; the same
//! tables give the same bytes.
//!
//! Never does: write a formula, a link or a macro; ask the clock.

use jiff::civil::Date;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};
use thiserror::Error;

use crate::text::is_xml_character;

/// Excel takes no more UTF-16 units in one cell.
const LONGEST_TEXT: usize = 32_767;
/// Excel takes no more characters in a tab's name.
const LONGEST_SHEET_NAME: usize = 31;
/// The number of an A4 sheet in Excel's list of papers.
const PAPER_A4: u8 = 9;

/// A table to be written as one sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SheetTable {
    /// The name on the tab. Characters that Excel refuses are replaced, long names cut, doubles numbered.
    pub name: String,
    /// The heading, merged across the table.
    pub title: Option<String>,
    /// A remark below the title, merged across: unit, period, how to fill in.
    pub note: Option<String>,
    /// The columns, left to right.
    pub columns: Vec<SheetColumn>,
    /// The rows; a row may be shorter than the columns.
    pub rows: Vec<Vec<CellValue>>,
    /// A last row in bold, such as `合计`.
    pub totals: Option<Vec<CellValue>>,
}

/// A column of a [`SheetTable`].
#[derive(Debug, Clone, PartialEq)]
pub struct SheetColumn {
    /// The label in the header row.
    pub label: String,
    /// Width in half-width characters; a Chinese character takes two.
    pub width: f64,
    /// How its cells are formatted, the empty ones below the table included, so that what people type into a
    /// template is kept as the column means it.
    pub kind: ColumnKind,
}

impl SheetColumn {
    /// A column of the given label, width in half-width characters and kind.
    #[must_use]
    pub fn new(label: impl Into<String>, width: f64, kind: ColumnKind) -> Self {
        Self { label: label.into(), width, kind }
    }

    /// A column of text.
    #[must_use]
    pub fn text(label: impl Into<String>, width: f64) -> Self {
        Self::new(label, width, ColumnKind::Text)
    }

    /// A column of short words, centred.
    #[must_use]
    pub fn centred(label: impl Into<String>) -> Self {
        Self::new(label, 12.0, ColumnKind::Centred)
    }

    /// A column of whole numbers.
    #[must_use]
    pub fn count(label: impl Into<String>) -> Self {
        Self::new(label, 12.0, ColumnKind::Count)
    }

    /// A column of dates.
    #[must_use]
    pub fn date(label: impl Into<String>) -> Self {
        Self::new(label, 14.0, ColumnKind::Date)
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text, left, wrapped. Numbers typed in stay text, so phones and codes keep their zeros.
    Text,
    /// Short text, centred.
    Centred,
    /// Whole numbers.
    Count,
    /// Money, shown as `#,##0.00`.
    Money,
    /// Numbers with two decimals.
    Decimal,
    /// Dates, shown as `yyyy-mm-dd`.
    Date,
}

/// The content of one written cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellValue {
    /// Nothing.
    Empty,
    /// Text, never a formula.
    Text(String),
    /// A whole number.
    Count(i64),
    /// Money in fen, written as yuan.
    Fen(i64),
    /// A number in hundredths, written with two decimals.
    Hundredths(i64),
    /// A date.
    Date(Date),
}

impl From<&str> for CellValue {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for CellValue {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<i64> for CellValue {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl From<u64> for CellValue {
    fn from(count: u64) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<usize> for CellValue {
    fn from(count: usize) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<Date> for CellValue {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl<T: Into<Self>> From<Option<T>> for CellValue {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// A workbook could not be written: more rows or columns than Excel has, or a date outside its calendar.
#[derive(Debug, Error)]
#[error("the workbook could not be written")]
pub struct SheetWriteError(#[from] XlsxError);

/// Writes the tables as the sheets of one workbook, in order.
///
/// # Errors
/// [`SheetWriteError`] when a table does not fit into a sheet.
pub fn write_workbook(tables: &[SheetTable]) -> Result<Vec<u8>, SheetWriteError> {
    let mut workbook = Workbook::new();
    // A fixed moment instead of now: the same tables must give the same bytes.
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2022, 1, 1)?));
    let mut names: Vec<String> = Vec::new();
    for table in tables {
        let name = free_sheet_name(&table.name, &names);
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(&name)?;
        write_table(worksheet, table)?;
        names.push(name);
    }
    Ok(workbook.save_to_buffer()?)
}

fn write_table(worksheet: &mut Worksheet, table: &SheetTable) -> Result<(), XlsxError> {
    worksheet.set_paper_size(PAPER_A4).set_landscape().set_print_fit_to_pages(1, 0);
    worksheet.set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3).set_footer("&C第 &P 页，共 &N 页");
    for (column, spec) in (0_u16..).zip(&table.columns) {
        worksheet.set_column_width(column, spec.width)?;
        worksheet.set_column_format(column, &kind_format(spec.kind))?;
    }
    let last_column = u16::try_from(table.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    let mut row = 0;
    if let Some(title) = &table.title {
        let format = base_format().set_font_size(16).set_bold().set_align(FormatAlign::Center);
        write_across(worksheet, row, last_column, title, &format)?;
        worksheet.set_row_height(row, 30)?;
        row += 1;
    }
    if let Some(note) = &table.note {
        let format = base_format().set_align(FormatAlign::Left).set_text_wrap();
        write_across(worksheet, row, last_column, note, &format)?;
        let lines = u32::try_from(note.lines().count().max(1)).unwrap_or(1).min(20);
        worksheet.set_row_height(row, 18 * lines)?;
        row += 1;
    }
    let header = base_format().set_bold().set_background_color(0x00F2_DCDB).set_border(FormatBorder::Thin);
    let header = header.set_align(FormatAlign::Center).set_text_wrap();
    for (column, spec) in (0_u16..).zip(&table.columns) {
        worksheet.write_string_with_format(row, column, storable(&spec.label), &header)?;
    }
    worksheet.set_row_height(row, 32)?;
    worksheet.set_freeze_panes(row + 1, 0)?;
    worksheet.set_repeat_rows(row, row)?;
    for values in &table.rows {
        row += 1;
        write_row(worksheet, row, table, values, false)?;
    }
    if let Some(values) = &table.totals {
        write_row(worksheet, row + 1, table, values, true)?;
    }
    Ok(())
}

/// Every cell of the row gets its border, also where the row has no value.
fn write_row(
    worksheet: &mut Worksheet,
    row: u32,
    table: &SheetTable,
    values: &[CellValue],
    is_bold: bool,
) -> Result<(), XlsxError> {
    for (column, spec) in (0_u16..).zip(&table.columns) {
        let value = values.get(usize::from(column)).unwrap_or(&CellValue::Empty);
        let format = value_format(value, spec.kind).set_border(FormatBorder::Thin);
        let format = if is_bold { format.set_bold() } else { format };
        match value {
            CellValue::Empty => worksheet.write_blank(row, column, &format)?,
            CellValue::Text(text) => worksheet.write_string_with_format(row, column, storable(text), &format)?,
            CellValue::Count(count) => worksheet.write_number_with_format(row, column, *count as f64, &format)?,
            CellValue::Fen(hundredths) | CellValue::Hundredths(hundredths) => {
                worksheet.write_number_with_format(row, column, *hundredths as f64 / 100.0, &format)?
            }
            CellValue::Date(date) => worksheet.write_datetime_with_format(row, column, excel_date(*date)?, &format)?,
        };
    }
    Ok(())
}

/// Writes text over the whole width. A table of one column has nothing to merge.
fn write_across(
    worksheet: &mut Worksheet,
    row: u32,
    last_column: u16,
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    if last_column > 0 {
        worksheet.merge_range(row, 0, row, last_column, "", format)?;
    }
    worksheet.write_string_with_format(row, 0, storable(text), format)?;
    Ok(())
}

fn base_format() -> Format {
    Format::new().set_font_name("宋体").set_font_size(11).set_align(FormatAlign::VerticalCenter)
}

fn kind_format(kind: ColumnKind) -> Format {
    let format = base_format();
    match kind {
        ColumnKind::Text => format.set_num_format("@").set_align(FormatAlign::Left).set_text_wrap(),
        ColumnKind::Centred => format.set_num_format("@").set_align(FormatAlign::Center).set_text_wrap(),
        ColumnKind::Count => format.set_num_format("0").set_align(FormatAlign::Right),
        ColumnKind::Money => format.set_num_format("#,##0.00").set_align(FormatAlign::Right),
        ColumnKind::Decimal => format.set_num_format("0.00").set_align(FormatAlign::Right),
        ColumnKind::Date => format.set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center),
    }
}

/// The value decides the number format, the column the rest: text in a date column is still text.
fn value_format(value: &CellValue, kind: ColumnKind) -> Format {
    let format = kind_format(kind);
    match value {
        CellValue::Empty => format,
        CellValue::Text(_) => format.set_num_format("@"),
        CellValue::Count(_) => format.set_num_format("0"),
        CellValue::Fen(_) => format.set_num_format("#,##0.00"),
        CellValue::Hundredths(_) => format.set_num_format("0.00"),
        CellValue::Date(_) => format.set_num_format("yyyy-mm-dd"),
    }
}

fn excel_date(date: Date) -> Result<ExcelDateTime, XlsxError> {
    // Negative years become 0, which the constructor refuses like any year before 1899.
    let year = u16::try_from(date.year()).unwrap_or_default();
    ExcelDateTime::from_ymd(year, date.month().unsigned_abs(), date.day().unsigned_abs())
}

/// Text as a cell can hold it: characters that XML cannot hold are dropped, what is too long is cut.
fn storable(text: &str) -> String {
    let mut units = 0;
    text.chars()
        .filter(|&character| is_xml_character(character))
        .take_while(|character| {
            units += character.len_utf16();
            units <= LONGEST_TEXT
        })
        .collect()
}

/// A tab name that Excel takes and no earlier sheet has; Excel compares names without case.
fn free_sheet_name(wanted: &str, taken: &[String]) -> String {
    let allowed = |character: char| match character {
        '[' | ']' | ':' | '*' | '?' | '/' | '\\' => '-',
        other => other,
    };
    let cleaned: String = wanted.chars().filter(|character| !character.is_control()).map(allowed).collect();
    let trimmed = cleaned.trim_matches(['\'', ' ']);
    let name = if trimmed.is_empty() { "工作表" } else { trimmed };
    let is_taken = |name: &str| taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
    let plain = cut(name, "");
    if !is_taken(&plain) {
        return plain;
    }
    (2_usize..).map(|number| cut(name, &format!("({number})"))).find(|name| !is_taken(name)).unwrap_or(plain)
}

/// Cuts the name so that it fits with its suffix; Excel counts UTF-16 units.
fn cut(name: &str, suffix: &str) -> String {
    let mut units = suffix.len();
    let kept: String = name
        .chars()
        .take_while(|character| {
            units += character.len_utf16();
            units <= LONGEST_SHEET_NAME
        })
        .collect();
    kept + suffix
}

#[cfg(test)]
mod tests {
    use super::free_sheet_name;

    #[test]
    fn sheet_names_are_made_acceptable() {
        assert_eq!(free_sheet_name("桂山/街道:2022", &[]), "桂山-街道-2022");
        assert_eq!(free_sheet_name("", &[]), "工作表");
        assert_eq!(free_sheet_name("名单", &["名单".to_owned()]), "名单(2)");
        assert_eq!(free_sheet_name(&"长".repeat(40), &[]).chars().count(), 31);
    }
}
