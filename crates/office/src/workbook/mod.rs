//! Reading an `.xlsx` workbook that somebody sent.
//!
//! Owns: the decision whether the bytes are a workbook at all, the limits on what is inflated, and the plain
//! [`Workbook`] → [`Sheet`] → [`Cell`] structs that come out.
//!
//! Promises: memory is bounded by [`Limits`] whatever the bytes are; nothing panics; formulas are never run, their
//! stored results are read; hidden rows, columns and sheets are read like any other.
//!
//! Never does: open old `.xls` files, encrypted files or files that carry macros; follow links; touch pictures.
//!
//! The XML is read here rather than by calamine, which the tests keep as a witness. That crate reserves memory by a
//! count that the file declares, and gives up on a whole sheet at the first error value it does not know (`#SPILL!`);
//! both are wrong for files that come from outside.

mod archive;
mod cells;
mod grid;
mod number_format;
mod package;
mod refusal;
mod xml;

pub(crate) use cells::moment_of_serial;
pub use grid::{Cell, CellFault, Merge, Sheet, cell_name, column_name};
pub use refusal::{ForeignKind, WorkbookRefusal};

use archive::Archive;
use package::Package;

/// The bounds within which a workbook is read. All are inclusive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself.
    pub file_bytes: u64,
    /// Entries in the zip directory.
    pub parts: usize,
    /// Inflated bytes of one part, declared or real.
    pub part_bytes: u64,
    /// Inflated bytes of everything, declared or really read.
    pub total_bytes: u64,
    /// Rows with content, all sheets together.
    pub rows: usize,
    /// The rightmost column (1 = A) that may hold content.
    pub columns: u32,
    /// Cells with content, all sheets together.
    pub cells: usize,
    /// Entries in the table of shared texts.
    pub shared_texts: usize,
    /// Merged areas, all sheets together.
    pub merges: usize,
    /// Sheets.
    pub sheets: usize,
}

impl Limits {
    /// What an office's workbook may need: ten times the largest county ledger seen, and 20 MB as for any attachment.
    pub const OFFICE: Self = Self {
        file_bytes: 20 * 1024 * 1024,
        parts: 2_000,
        part_bytes: 50 * 1024 * 1024,
        total_bytes: 100 * 1024 * 1024,
        rows: 200_000,
        columns: 256,
        cells: 2_000_000,
        shared_texts: 1_000_000,
        merges: 100_000,
        sheets: 256,
    };
}

/// A workbook as it was read: its sheets in the order of their tabs.
#[derive(Debug, Clone, PartialEq)]
pub struct Workbook {
    sheets: Vec<Sheet>,
}

impl Workbook {
    /// Reads an `.xlsx` file within [`Limits::OFFICE`].
    ///
    /// # Errors
    /// A [`WorkbookRefusal`] whose words say what the file is and what to do.
    pub fn read(bytes: &[u8]) -> Result<Self, WorkbookRefusal> {
        Self::read_within(bytes, &Limits::OFFICE)
    }

    /// Reads an `.xlsx` file within the given limits.
    ///
    /// # Errors
    /// As for [`Workbook::read`].
    pub fn read_within(bytes: &[u8], limits: &Limits) -> Result<Self, WorkbookRefusal> {
        let mut archive = Archive::open(bytes, limits)?;
        let package = Package::read(&mut archive, limits)?;
        let mut budget = cells::Budget::new(limits);
        let mut sheets = Vec::with_capacity(package.sheets.len());
        for entry in &package.sheets {
            let part = archive.part(&entry.path)?.ok_or(WorkbookRefusal::Damaged)?;
            let (cells, merges) = cells::read_sheet(part, &package, &mut budget)?;
            sheets.push(Sheet::new(entry.name.clone(), entry.is_hidden, cells, merges));
        }
        Ok(Self { sheets })
    }

    /// The sheets in the order of their tabs, hidden ones included.
    #[must_use]
    pub fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// The sheet of this name. Blanks and letter width in the name do not matter.
    #[must_use]
    pub fn sheet(&self, name: &str) -> Option<&Sheet> {
        let wanted = crate::text::label_key(name);
        self.sheets.iter().find(|sheet| crate::text::label_key(sheet.name()) == wanted)
    }
}

/// Reads any bytes as a workbook and looks at every cell, for fuzzing: it must return, whatever it is given.
pub fn probe_bytes(bytes: &[u8]) {
    if let Ok(workbook) = Workbook::read(bytes) {
        for sheet in workbook.sheets() {
            crate::table::probe_sheet(sheet);
        }
    }
}
