//! Finding a table in a sheet as offices make them, and reading its rows.
//!
//! Owns: the search for the header row, the meaning of merged cells, which rows are data, and the typed readers
//! ([`Row`]) with their messages.
//!
//! Promises: columns are found by label in any order; a cell is read as what it says or refused with words, never
//! guessed at.
//!
//! Never does: know what a column is for. What must be unique, exist or agree is for the module that asked.

mod dates;
mod header;
mod merges;
mod numbers;
mod phone;
mod problem;
mod row;

pub use dates::YearMonth;
pub use phone::parse_phone;
pub use problem::CellProblem;
pub use row::Row;

use header::Header;
use merges::MergeIndex;

use crate::text::label_key;
use crate::workbook::{Cell, Sheet};

/// A column that a table is expected to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnSpec {
    /// The key by which rows are asked for it.
    pub key: &'static str,
    /// The labels under which offices know it, the usual one first. For a column under a group heading the label is
    /// either the column's own or group and column joined, such as `楼栋长姓名`.
    pub labels: &'static [&'static str],
    /// Whether the table is useless without it.
    pub required: bool,
}

impl ColumnSpec {
    /// A column that must be there.
    #[must_use]
    pub const fn required(key: &'static str, labels: &'static [&'static str]) -> Self {
        Self { key, labels, required: true }
    }

    /// A column that may be missing.
    #[must_use]
    pub const fn optional(key: &'static str, labels: &'static [&'static str]) -> Self {
        Self { key, labels, required: false }
    }

    /// The usual label.
    #[must_use]
    pub fn label(&self) -> &'static str {
        self.labels.first().copied().unwrap_or(self.key)
    }
}

/// A column that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
struct FoundColumn {
    key: &'static str,
    /// The label as it stands in the sheet, for messages.
    label: String,
    /// 1-based.
    column: u32,
}

/// A table found in a sheet.
#[derive(Debug)]
pub struct Table<'s> {
    sheet: &'s Sheet,
    header_row: u32,
    columns: Vec<FoundColumn>,
    merges: MergeIndex,
    data_rows: Vec<u32>,
}

impl<'s> Table<'s> {
    /// Finds the table with these columns: its header is the row, among the first 20, that has most of the labels.
    ///
    /// Labels are compared without blanks, line breaks, letter width and marks; columns that nobody asked for are
    /// ignored. Data rows are those below the header that hold something of their own in a known column; rows of
    /// totals (`合计`), notes (`注：…`), section titles merged across and repeated headers are left out.
    ///
    /// # Errors
    /// When no header is found, a required column is missing, or a label occurs twice: all such problems at once.
    pub fn find(sheet: &'s Sheet, specs: &[ColumnSpec]) -> Result<Self, Vec<CellProblem>> {
        let Header { row, last_row, columns } = header::find_header(sheet, specs)?;
        let merges = MergeIndex::of_columns(sheet, columns.iter().map(|found| found.column));
        let mut table = Self { sheet, header_row: row, columns, merges, data_rows: Vec::new() };
        table.data_rows =
            sheet.row_numbers().filter(|&number| number > last_row && table.is_data_row(number)).collect();
        Ok(table)
    }

    /// The sheet the table lies in.
    #[must_use]
    pub fn sheet(&self) -> &'s Sheet {
        self.sheet
    }

    /// The 1-based row with the labels.
    #[must_use]
    pub fn header_row(&self) -> u32 {
        self.header_row
    }

    /// Whether a column of this key was found.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.column(key).is_some()
    }

    /// The 1-based column of this key, for problems that are found after the rows were read.
    #[must_use]
    pub fn column_number(&self, key: &str) -> Option<u32> {
        self.column(key).map(|found| found.column)
    }

    /// How many data rows there are.
    #[must_use]
    pub fn row_count(&self) -> usize {
        self.data_rows.len()
    }

    /// The data rows, top to bottom.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        self.data_rows.iter().map(|&number| Row::new(self, number))
    }

    fn column(&self, key: &str) -> Option<&FoundColumn> {
        self.columns.iter().find(|found| found.key == key)
    }

    /// What a person sees at this place: in a merged area, the anchor's content.
    fn seen(&self, row: u32, column: u32) -> Option<&'s Cell> {
        let (row, column) = self.merges.anchor(row, column).unwrap_or((row, column));
        self.sheet.cell(row, column)
    }

    /// The known columns in which this row has content of its own, not inherited from a row above.
    fn own_columns(&self, row: u32) -> impl Iterator<Item = &FoundColumn> {
        self.columns.iter().filter(move |found| {
            let is_own = self.merges.anchor(row, found.column).is_none_or(|(anchor_row, _)| anchor_row == row);
            is_own && self.seen(row, found.column).is_some_and(|cell| !is_blank(cell))
        })
    }

    fn is_data_row(&self, row: u32) -> bool {
        let own: Vec<&FoundColumn> = self.own_columns(row).collect();
        if own.is_empty() || self.is_total(row) || self.is_note(row) {
            return false;
        }
        let is_merged_across = own.len() > 1
            && own.iter().all(|found| self.merges.anchor(row, found.column).is_some())
            && own.iter().all(|found| self.merges.anchor(row, found.column) == self.merges.anchor(row, own[0].column));
        let is_repeated_header = own.iter().all(|found| {
            self.seen(row, found.column).is_some_and(|cell| label_key(&cell.shown()) == label_key(&found.label))
        });
        !is_merged_across && !is_repeated_header
    }

    /// Whether the row says that it sums up others: by such a word alone in any cell, or at the start or end of a
    /// short first cell (`桂山街道小计`).
    fn is_total(&self, row: u32) -> bool {
        const WORDS: [&str; 5] = ["合计", "总计", "小计", "共计", "累计"];
        const LONGEST: usize = 12;
        let is_word_alone = |(_, cell): (u32, &Cell)| WORDS.contains(&label_key(&cell.shown()).as_str());
        self.sheet.row_cells(row).any(is_word_alone)
            || self.first_text(row).is_some_and(|text| {
                let has_word = WORDS.iter().any(|word| text.starts_with(word) || text.ends_with(word));
                has_word && text.chars().count() <= LONGEST
            })
    }

    /// Whether the row is a remark below the table, in a single cell.
    fn is_note(&self, row: u32) -> bool {
        const OPENINGS: [&str; 12] = [
            "注",
            "备注",
            "说明",
            "填表",
            "制表",
            "填报",
            "审核",
            "联系人",
            "联系电话",
            "单位负责人",
            "单位盖章",
            "(盖章)",
        ];
        let is_single = self.sheet.row_cells(row).filter(|(_, cell)| !is_blank(cell)).nth(1).is_none();
        is_single
            && self.first_text(row).is_some_and(|text| {
                let has_mark = text.contains([':', '.', '、', '1']) || text.starts_with('(');
                has_mark && OPENINGS.iter().any(|opening| text.starts_with(opening))
            })
    }

    /// The leftmost own content of the row, its signs only.
    fn first_text(&self, row: u32) -> Option<String> {
        let (_, cell) = self.sheet.row_cells(row).find(|(_, cell)| !is_blank(cell))?;
        Some(label_key(&cell.shown()))
    }
}

/// Whether a cell shows nothing.
fn is_blank(cell: &Cell) -> bool {
    match cell {
        Cell::Text(text) => crate::text::signs(text).is_empty(),
        _ => false,
    }
}

/// Looks for a table in the sheet and reads every cell in every way, for fuzzing.
pub(crate) fn probe_sheet(sheet: &Sheet) {
    const COLUMNS: [ColumnSpec; 3] = [
        ColumnSpec::required("name", &["小区党支部名称", "姓名", "楼栋"]),
        ColumnSpec::optional("count", &["户数", "单元数", "序号"]),
        ColumnSpec::optional("other", &["联系电话", "出生年月", "成立日期"]),
    ];
    let Ok(table) = Table::find(sheet, &COLUMNS) else {
        return;
    };
    for row in table.rows() {
        for spec in &COLUMNS {
            row.probe(spec.key);
        }
    }
}
