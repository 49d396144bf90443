//! A sheet as a sparse grid of cells and merged areas.

use std::borrow::Cow;
use std::sync::Arc;

use jiff::civil::DateTime;

/// The content of one cell. An empty cell is the absence of a `Cell`.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text, exactly as stored.
    Text(Arc<str>),
    /// A finite number.
    Number(f64),
    /// A number whose format shows a date, or an ISO date.
    Date(DateTime),
    /// A truth value.
    Bool(bool),
    /// No usable content.
    Fault(CellFault),
}

impl Cell {
    /// The content as a person sees it in the cell, for messages and for reading as text.
    ///
    /// Numbers come without exponent and with at most 15 significant digits, as Excel shows them; a date without
    /// time comes as `2021-03-05`; truth values as `TRUE` and `FALSE`.
    #[must_use]
    pub fn shown(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(shown_number(*number)),
            Self::Date(moment) if moment.time() == jiff::civil::Time::midnight() => {
                Cow::Owned(moment.date().to_string())
            }
            Self::Date(moment) => Cow::Owned(moment.strftime("%Y-%m-%d %H:%M:%S").to_string()),
            Self::Bool(true) => Cow::Borrowed("TRUE"),
            Self::Bool(false) => Cow::Borrowed("FALSE"),
            Self::Fault(CellFault::Error(code)) => Cow::Borrowed(code),
            Self::Fault(CellFault::Uncomputed) => Cow::Borrowed("公式"),
        }
    }
}

/// Why a cell with something in it has no usable content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellFault {
    /// A formula that ended in an error, with Excel's code such as `#REF!`.
    Error(Arc<str>),
    /// A formula that was stored without its result.
    Uncomputed,
}

impl CellFault {
    /// What is wrong, in words, without a full stop.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match self {
            Self::Uncomputed => "公式还没有算出结果",
            Self::Error(code) => match code.as_ref() {
                "#REF!" => "公式引用的单元格已被删除",
                "#DIV/0!" => "公式里除数为零",
                "#N/A" => "公式没有查到对应的数据",
                "#NAME?" => "公式里有不认识的名称",
                "#VALUE!" => "公式里的数据类型不对",
                "#NUM!" => "公式算出的数字超出范围",
                "#NULL!" => "公式里的区域写错了",
                "#SPILL!" => "公式结果放不下",
                _ => "公式出错",
            },
        }
    }
}

/// A merged area, rows and columns 1-based and inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    /// First row; with `first_column` the anchor, the only cell that shows.
    pub first_row: u32,
    /// First column.
    pub first_column: u32,
    /// Last row.
    pub last_row: u32,
    /// Last column.
    pub last_column: u32,
}

impl Merge {
    /// Whether the area covers this cell, its anchor included.
    #[must_use]
    pub fn covers(&self, row: u32, column: u32) -> bool {
        (self.first_row..=self.last_row).contains(&row) && (self.first_column..=self.last_column).contains(&column)
    }
}

/// A cell and where it lies, 1-based.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlacedCell {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) cell: Cell,
}

/// One sheet. Rows and columns are counted from 1, as Excel shows them.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    name: String,
    is_hidden: bool,
    /// Sorted by row, then column; each place occurs once.
    cells: Vec<PlacedCell>,
    merges: Vec<Merge>,
}

impl Sheet {
    /// Takes cells in any order; where a place occurs twice the later one counts.
    pub(super) fn new(name: String, is_hidden: bool, mut cells: Vec<PlacedCell>, merges: Vec<Merge>) -> Self {
        if !cells.is_sorted_by_key(place) {
            cells.sort_by_key(place);
        }
        cells.dedup_by(|later, earlier| {
            let is_same_place = place(later) == place(earlier);
            if is_same_place {
                std::mem::swap(later, earlier);
            }
            is_same_place
        });
        Self { name, is_hidden, cells, merges }
    }

    /// The name on the tab.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the tab is hidden.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.is_hidden
    }

    /// The cell's own content, merged areas not considered; `None` when empty.
    #[must_use]
    pub fn cell(&self, row: u32, column: u32) -> Option<&Cell> {
        let index = self.cells.binary_search_by_key(&(row, column), place).ok()?;
        Some(&self.cells[index].cell)
    }

    /// The cells of one row with their columns, left to right, merged areas not considered.
    pub fn row_cells(&self, row: u32) -> impl Iterator<Item = (u32, &Cell)> {
        let start = self.cells.partition_point(|placed| placed.row < row);
        self.cells[start..]
            .iter()
            .take_while(move |placed| placed.row == row)
            .map(|placed| (placed.column, &placed.cell))
    }

    /// The rows that hold any cell, top to bottom.
    pub fn row_numbers(&self) -> impl Iterator<Item = u32> {
        self.cells.chunk_by(|left, right| left.row == right.row).map(|row| row[0].row)
    }

    /// The merged areas in the order of the file.
    #[must_use]
    pub fn merges(&self) -> &[Merge] {
        &self.merges
    }
}

fn place(placed: &PlacedCell) -> (u32, u32) {
    (placed.row, placed.column)
}

/// The letters of a 1-based column: 1 → `A`, 28 → `AB`. Column 0 has no letters.
#[must_use]
pub fn column_name(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// A cell in A1 notation from its 1-based row and column.
#[must_use]
pub fn cell_name(row: u32, column: u32) -> String {
    format!("{}{row}", column_name(column))
}

/// Excel keeps 15 significant digits; the rest is noise of the binary form, such as 0.30000000000000004.
fn shown_number(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    // Adding zero turns -0 into 0.
    format!("{}", rounded + 0.0)
}

#[cfg(test)]
mod tests {
    use super::{Cell, cell_name, column_name};

    #[test]
    fn columns_are_named_as_in_excel() {
        let names: Vec<String> = [1, 26, 27, 52, 256, 702, 703, 16_384].into_iter().map(column_name).collect();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "IV", "ZZ", "AAA", "XFD"]);
        assert_eq!(cell_name(5, 3), "C5");
    }

    #[test]
    fn numbers_are_shown_without_noise() {
        let shown = |number: f64| Cell::Number(number).shown().into_owned();
        assert_eq!(shown(0.1 + 0.2), "0.3");
        assert_eq!(shown(13_800_000_001.0), "13800000001");
        assert_eq!(shown(-0.0), "0");
        assert_eq!(shown(2986.2), "2986.2");
    }
}
