//! One data row and its typed readers.

use super::dates::{self, YearMonth};
use super::{CellProblem, FoundColumn, Table, is_blank, numbers, phone};
use crate::text::{clean, excerpt, signs};
use crate::workbook::{Cell, CellFault};
use jiff::civil::Date;

/// A data row of a [`Table`].
///
/// Every reader answers `Ok(None)` when the column was not found or the cell is empty, and a [`CellProblem`] with
/// words when the cell says something else than the reader can take. The `required_` readers refuse empty cells too.
#[derive(Debug, Clone, Copy)]
pub struct Row<'t> {
    table: &'t Table<'t>,
    number: u32,
}

impl<'t> Row<'t> {
    pub(super) fn new(table: &'t Table<'t>, number: u32) -> Self {
        Self { table, number }
    }

    /// The 1-based row number as Excel shows it.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }

    /// A problem of this row in the cell of the given column, for what only the asking module can know. Without
    /// such a column it points to the row's first cell.
    #[must_use]
    pub fn problem(&self, key: &str, message: impl Into<String>) -> CellProblem {
        let column = self.table.column(key).map_or(1, |found| found.column);
        CellProblem::new(self.table.sheet.name(), self.number, column, message)
    }

    /// The content of the cell as a person sees it, at most 30 characters, for messages; empty when there is none.
    #[must_use]
    pub fn shown(&self, key: &str) -> String {
        self.cell(key).map(|(_, cell)| excerpt(&cell.shown())).unwrap_or_default()
    }

    /// Text: trimmed, inner blanks collapsed, digits and Latin letters half-width, invisible characters gone; rare
    /// characters stay as they are. Numbers and dates are taken as they show.
    pub fn text(&self, key: &str) -> Result<Option<String>, CellProblem> {
        self.read(key, |_, cell| Ok(Some(clean(&cell.shown())).filter(|text| !text.is_empty())))
    }

    /// A person's name: as [`Row::text`], and without the blank that pads two-character names (`李　明`). The blanks
    /// in names of Latin letters stay.
    pub fn person_name(&self, key: &str) -> Result<Option<String>, CellProblem> {
        Ok(self.text(key)?.map(|name| {
            if name.is_ascii() { name } else { name.chars().filter(|character| !character.is_whitespace()).collect() }
        }))
    }

    /// A count: a whole number from 0 on, as number or text, thousands separators allowed.
    pub fn count(&self, key: &str) -> Result<Option<u32>, CellProblem> {
        self.read(key, numbers::read_count)
    }

    /// A number with at most two decimals, in hundredths, exactly: `2986.2` is 298620. May be negative.
    pub fn decimal_hundredths(&self, key: &str) -> Result<Option<i64>, CellProblem> {
        self.read(key, numbers::read_hundredths)
    }

    /// A date between 1900 and 2100: a date cell, or text such as `2021年3月5日`, `2021-3-5`, `2021.3.5`, `20210305`.
    /// A year and month alone is read as the first of that month.
    pub fn date(&self, key: &str) -> Result<Option<Date>, CellProblem> {
        self.read(key, dates::read_date)
    }

    /// A year and month between 1900 and 2100: `2021.3`, `2021年3月`, `202103`, or any date, its day dropped.
    pub fn month(&self, key: &str) -> Result<Option<YearMonth>, CellProblem> {
        self.read(key, dates::read_month)
    }

    /// A mainland phone: a mobile number as 11 digits, or a landline as `0877-7011234`.
    pub fn phone(&self, key: &str) -> Result<Option<String>, CellProblem> {
        self.read(key, phone::read_phone)
    }

    /// [`Row::text`] that must be there.
    pub fn required_text(&self, key: &str) -> Result<String, CellProblem> {
        self.require(key, self.text(key)?)
    }

    /// [`Row::person_name`] that must be there.
    pub fn required_person_name(&self, key: &str) -> Result<String, CellProblem> {
        self.require(key, self.person_name(key)?)
    }

    /// [`Row::count`] that must be there.
    pub fn required_count(&self, key: &str) -> Result<u32, CellProblem> {
        self.require(key, self.count(key)?)
    }

    /// [`Row::decimal_hundredths`] that must be there.
    pub fn required_decimal_hundredths(&self, key: &str) -> Result<i64, CellProblem> {
        self.require(key, self.decimal_hundredths(key)?)
    }

    /// [`Row::date`] that must be there.
    pub fn required_date(&self, key: &str) -> Result<Date, CellProblem> {
        self.require(key, self.date(key)?)
    }

    /// [`Row::month`] that must be there.
    pub fn required_month(&self, key: &str) -> Result<YearMonth, CellProblem> {
        self.require(key, self.month(key)?)
    }

    /// [`Row::phone`] that must be there.
    pub fn required_phone(&self, key: &str) -> Result<String, CellProblem> {
        self.require(key, self.phone(key)?)
    }

    fn cell(&self, key: &str) -> Option<(&'t FoundColumn, &'t Cell)> {
        let found = self.table.column(key)?;
        let cell = self.table.seen(self.number, found.column)?;
        (!is_blank(cell)).then_some((found, cell))
    }

    /// Reads the cell when there is something in it. The reader gets the column's label for its words, without which
    /// "应为整数" would leave the person counting columns.
    fn read<T>(
        &self,
        key: &str,
        reader: impl FnOnce(&str, &Cell) -> Result<Option<T>, String>,
    ) -> Result<Option<T>, CellProblem> {
        let Some((found, cell)) = self.cell(key) else {
            return Ok(None);
        };
        if let Cell::Fault(fault) = cell {
            // A code such as #REF! helps to find the cell; an uncomputed formula shows none.
            let code = match fault {
                CellFault::Error(_) => format!("（{}）", excerpt(&cell.shown())),
                CellFault::Uncomputed => String::new(),
            };
            let (label, words) = (excerpt(&found.label), fault.words());
            let message = format!("“{label}”{words}{code}。请在 Excel 里改好公式，或直接填写结果。");
            return Err(self.problem(key, message));
        }
        reader(&excerpt(&found.label), cell).map_err(|message| self.problem(key, message))
    }

    fn require<T>(&self, key: &str, value: Option<T>) -> Result<T, CellProblem> {
        value.ok_or_else(|| {
            let label = self.table.column(key).map_or_else(|| key.to_owned(), |found| excerpt(&found.label));
            let found = self.shown(key);
            if found.is_empty() {
                self.problem(key, format!("“{label}”没有填。请补上。"))
            } else {
                self.problem(key, format!("“{label}”写的是“{found}”，等于没有填。请补上。"))
            }
        })
    }

    /// Reads the cell in every way, for fuzzing.
    pub(super) fn probe(&self, key: &str) {
        let _ = self.text(key);
        let _ = self.person_name(key);
        let _ = self.count(key);
        let _ = self.decimal_hundredths(key);
        let _ = self.date(key);
        let _ = self.month(key);
        let _ = self.phone(key);
    }
}

/// Whether the signs are one of the marks by which offices say "there is none" where a number, date or phone belongs.
pub(super) fn means_nothing(signs: &str) -> bool {
    matches!(signs, "" | "/" | "\\" | "-" | "--" | "—" | "——" | "无" | "暂无")
}

/// The signs of a cell's content, `None` when they mean nothing.
pub(super) fn telling_signs(cell: &Cell) -> Option<String> {
    Some(signs(&cell.shown())).filter(|signs| !means_nothing(signs))
}
