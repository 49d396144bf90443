//! What an import would do, row by row, for a person to read before it is done.

use office::table::CellProblem;

use super::columns::LedgerSheet;

/// What an import of a workbook would do.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// What must be mended first; while there is any, nothing is imported.
    pub errors: Vec<CellProblem>,
    /// What should be looked at, and blocks nothing.
    pub warnings: Vec<CellProblem>,
    /// The sums of each sheet that was found.
    pub sheets: Vec<SheetSummary>,
    /// The rows that would be added or changed.
    pub changes: Vec<RowChange>,
    /// Stands for all of the above, so that one can tell whether the same would be done now as was shown before.
    pub digest: String,
}

impl Preview {
    /// Whether nothing would be added or changed.
    #[must_use]
    pub fn changes_nothing(&self) -> bool {
        self.changes.is_empty()
    }

    /// The sums of one sheet; all zero when it was not found.
    #[must_use]
    pub fn summary(&self, sheet: LedgerSheet) -> SheetSummary {
        self.sheets.iter().find(|summary| summary.sheet == sheet).cloned().unwrap_or(SheetSummary::of(sheet))
    }
}

/// The sums of one sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetSummary {
    /// Which sheet.
    pub sheet: LedgerSheet,
    /// Rows that are new.
    pub added: usize,
    /// Rows that change what is known.
    pub changed: usize,
    /// Rows that say what is known already.
    pub unchanged: usize,
    /// What is known and the sheet does not mention; it is left alone.
    pub absent: Vec<String>,
}

impl SheetSummary {
    /// A sheet of which nothing is known yet.
    #[must_use]
    pub const fn of(sheet: LedgerSheet) -> Self {
        Self { sheet, added: 0, changed: 0, unchanged: 0, absent: Vec::new() }
    }
}

/// Whether a row adds or changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// 新增.
    Added,
    /// 修改.
    Changed,
}

/// One row that would be added or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowChange {
    /// Which sheet.
    pub sheet: LedgerSheet,
    /// Row number as Excel shows it.
    pub row: u32,
    /// What it is about, such as `阳光里联合党支部 · 周强`.
    pub label: String,
    /// Added or changed.
    pub kind: ChangeKind,
    /// The fields that change; empty for a row that is added.
    pub fields: Vec<FieldChange>,
}

/// One field that changes. Telephone numbers are masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// What the column is called.
    pub label: &'static str,
    /// As it is known, empty for nothing.
    pub old: String,
    /// As the workbook has it, empty for nothing.
    pub new: String,
}

/// The fields in which two descriptions of the same thing differ; both name the same fields in the same order.
#[must_use]
pub(super) fn differences(old: Vec<(&'static str, String)>, new: Vec<(&'static str, String)>) -> Vec<FieldChange> {
    let pairs = old.into_iter().zip(new);
    let changed = pairs.filter(|((_, old), (_, new))| old != new);
    changed.map(|((label, old), (_, new))| FieldChange { label, old, new }).collect()
}
