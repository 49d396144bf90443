//! What is wrong with one cell, in words for the person who filled it in.

use crate::workbook::cell_name;

/// A problem and the cell it lies in. The message says what is wrong, what was found, and what to do, in Chinese.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellProblem {
    /// The name of the sheet.
    pub sheet: String,
    /// The cell in A1 notation.
    pub cell: String,
    /// The words, with at most 30 characters of what was found.
    pub message: String,
}

impl CellProblem {
    /// A problem at a 1-based row and column.
    #[must_use]
    pub fn new(sheet: &str, row: u32, column: u32, message: impl Into<String>) -> Self {
        Self { sheet: sheet.to_owned(), cell: cell_name(row, column), message: message.into() }
    }
}

impl std::fmt::Display for CellProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "工作表“{}”单元格 {}：{}", self.sheet, self.cell, self.message)
    }
}
