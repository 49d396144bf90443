//! The cells and merged areas of one sheet part.

use std::io::BufRead;
use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use quick_xml::events::{BytesStart, Event};

use super::grid::{Cell, CellFault, Merge, PlacedCell};
use super::package::Package;
use super::xml::{XmlPart, attribute, push_text, unescape_excel};
use super::{Limits, WorkbookRefusal};

/// The last row of any `.xlsx` sheet.
const LAST_ROW: u32 = 1_048_576;
/// The last column of any `.xlsx` sheet (XFD).
const LAST_COLUMN: u32 = 16_384;

/// What may still be read, over all sheets.
pub(super) struct Budget {
    limits: Limits,
    rows_left: usize,
    cells_left: usize,
    merges_left: usize,
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Self {
        Self { limits: limits.clone(), rows_left: limits.rows, cells_left: limits.cells, merges_left: limits.merges }
    }

    fn spend_row(&mut self) -> Result<(), WorkbookRefusal> {
        let refusal = WorkbookRefusal::TooManyRows { limit: self.limits.rows };
        self.rows_left = self.rows_left.checked_sub(1).ok_or(refusal)?;
        Ok(())
    }

    fn spend_cell(&mut self) -> Result<(), WorkbookRefusal> {
        self.cells_left = self.cells_left.checked_sub(1).ok_or(WorkbookRefusal::TooMuchContent)?;
        Ok(())
    }

    fn spend_merge(&mut self) -> Result<(), WorkbookRefusal> {
        self.merges_left = self.merges_left.checked_sub(1).ok_or(WorkbookRefusal::TooMuchContent)?;
        Ok(())
    }
}

/// Reads one sheet part. Cells without content, however formatted, do not count.
pub(super) fn read_sheet<'p>(
    part: Box<dyn BufRead + 'p>,
    package: &Package,
    budget: &mut Budget,
) -> Result<(Vec<PlacedCell>, Vec<Merge>), WorkbookRefusal> {
    let mut xml = XmlPart::new(part);
    let mut reading =
        SheetReading { package, budget, row: 0, column: 0, last_counted_row: 0, cells: Vec::new(), merges: Vec::new() };
    let mut open = None;
    while let Some(event) = xml.next()? {
        match &event {
            Event::Start(element) => match element.local_name().as_ref() {
                "row" => reading.start_row(element)?,
                "c" => open = Some(reading.start_cell(element)?),
                "mergeCell" => reading.add_merge(element)?,
                name => {
                    if let Some(cell) = &mut open {
                        cell.start_element(name);
                    }
                }
            },
            Event::End(element) => match element.local_name().as_ref() {
                "c" => {
                    if let Some(cell) = open.take() {
                        reading.end_cell(cell)?;
                    }
                }
                name => {
                    if let Some(cell) = &mut open {
                        cell.end_element(name);
                    }
                }
            },
            event => {
                if let Some(cell) = &mut open
                    && cell.is_in_text
                {
                    push_text(event, &mut cell.text);
                }
            }
        }
    }
    Ok((reading.cells, reading.merges))
}

/// A cell between its start and its end tag.
#[derive(Default)]
struct OpenCell {
    row: u32,
    column: u32,
    kind: String,
    style: usize,
    text: String,
    is_in_text: bool,
    is_phonetic: bool,
    has_formula: bool,
    has_value: bool,
}

impl OpenCell {
    fn start_element(&mut self, name: &str) {
        match name {
            "v" => {
                self.has_value = true;
                self.is_in_text = true;
            }
            "is" => self.has_value = true,
            "t" => self.is_in_text = !self.is_phonetic,
            "rPh" => self.is_phonetic = true,
            "f" => self.has_formula = true,
            _ => {}
        }
    }

    fn end_element(&mut self, name: &str) {
        match name {
            "v" | "t" => self.is_in_text = false,
            "rPh" => self.is_phonetic = false,
            _ => {}
        }
    }
}

struct SheetReading<'r> {
    package: &'r Package,
    budget: &'r mut Budget,
    /// 1-based row being read.
    row: u32,
    /// 1-based column of the last cell in it.
    column: u32,
    last_counted_row: u32,
    cells: Vec<PlacedCell>,
    merges: Vec<Merge>,
}

impl SheetReading<'_> {
    fn start_row(&mut self, element: &BytesStart<'_>) -> Result<(), WorkbookRefusal> {
        self.row = match attribute(element, "r") {
            Some(number) => number.parse().map_err(|_| WorkbookRefusal::Damaged)?,
            None => self.row.saturating_add(1),
        };
        self.column = 0;
        if (1..=LAST_ROW).contains(&self.row) { Ok(()) } else { Err(WorkbookRefusal::Damaged) }
    }

    fn start_cell(&mut self, element: &BytesStart<'_>) -> Result<OpenCell, WorkbookRefusal> {
        let (row, column) = match attribute(element, "r") {
            Some(name) => parse_cell_name(&name).ok_or(WorkbookRefusal::Damaged)?,
            None => (self.row.max(1), self.column + 1),
        };
        if column > LAST_COLUMN {
            return Err(WorkbookRefusal::Damaged);
        }
        self.column = column;
        let style = attribute(element, "s").and_then(|id| id.parse().ok()).unwrap_or(0);
        Ok(OpenCell { row, column, style, kind: attribute(element, "t").unwrap_or_default(), ..OpenCell::default() })
    }

    fn end_cell(&mut self, open: OpenCell) -> Result<(), WorkbookRefusal> {
        let (row, column) = (open.row, open.column);
        let Some(cell) = self.content(open)? else {
            return Ok(());
        };
        if column > self.budget.limits.columns {
            return Err(WorkbookRefusal::TooManyColumns { limit: self.budget.limits.columns });
        }
        if row != self.last_counted_row {
            self.last_counted_row = row;
            self.budget.spend_row()?;
        }
        self.budget.spend_cell()?;
        self.cells.push(PlacedCell { row, column, cell });
        Ok(())
    }

    fn content(&self, open: OpenCell) -> Result<Option<Cell>, WorkbookRefusal> {
        if !open.has_value {
            return Ok(open.has_formula.then_some(Cell::Fault(CellFault::Uncomputed)));
        }
        if open.text.is_empty() {
            // An empty text is a result that formulas do have; an empty number is none, and some programs write it so.
            let is_uncomputed = open.has_formula && open.kind != "str";
            return Ok(is_uncomputed.then_some(Cell::Fault(CellFault::Uncomputed)));
        }
        let own_text = |text: String| Some(Cell::Text(Arc::from(unescape_excel(text))));
        Ok(match open.kind.as_str() {
            "s" => {
                let index: usize = open.text.trim().parse().map_err(|_| WorkbookRefusal::Damaged)?;
                let text = self.package.shared_texts.get(index).ok_or(WorkbookRefusal::Damaged)?;
                (!text.is_empty()).then(|| Cell::Text(Arc::clone(text)))
            }
            "b" => Some(Cell::Bool(matches!(open.text.trim(), "1" | "true" | "TRUE"))),
            "e" => Some(Cell::Fault(CellFault::Error(Arc::from(open.text)))),
            "d" => match parse_iso(&open.text) {
                Some(moment) => Some(Cell::Date(moment)),
                None => own_text(open.text),
            },
            "" | "n" => match open.text.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => Some(self.number_or_date(number, open.style)),
                _ => own_text(open.text),
            },
            _ => own_text(open.text),
        })
    }

    fn number_or_date(&self, number: f64, style: usize) -> Cell {
        let is_date = self.package.is_date_style.get(style).copied().unwrap_or(false);
        match is_date.then(|| moment_of_serial(number, self.package.is_1904)).flatten() {
            Some(moment) => Cell::Date(moment),
            None => Cell::Number(number),
        }
    }

    fn add_merge(&mut self, element: &BytesStart<'_>) -> Result<(), WorkbookRefusal> {
        self.budget.spend_merge()?;
        let area = attribute(element, "ref").ok_or(WorkbookRefusal::Damaged)?;
        let (first, last) = area.split_once(':').unwrap_or((&area, &area));
        let (Some(first), Some(last)) = (parse_cell_name(first), parse_cell_name(last)) else {
            return Err(WorkbookRefusal::Damaged);
        };
        self.merges.push(Merge {
            first_row: first.0.min(last.0),
            first_column: first.1.min(last.1),
            last_row: first.0.max(last.0),
            last_column: first.1.max(last.1),
        });
        Ok(())
    }
}

/// `C5` or `$C$5` → (5, 3); `None` for anything outside a sheet.
fn parse_cell_name(name: &str) -> Option<(u32, u32)> {
    let (mut row, mut column) = (0_u32, 0_u32);
    for byte in name.bytes().filter(|&byte| byte != b'$') {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' if row == 0 => {
                column = column * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1;
            }
            b'0'..=b'9' => row = row * 10 + u32::from(byte - b'0'),
            _ => return None,
        }
        if row > LAST_ROW || column > LAST_COLUMN {
            return None;
        }
    }
    (row > 0 && column > 0).then_some((row, column))
}

fn parse_iso(text: &str) -> Option<DateTime> {
    let text = text.trim().trim_end_matches('Z');
    text.parse::<DateTime>().ok().or_else(|| text.parse::<Date>().ok().map(|date| date.at(0, 0, 0, 0)))
}

/// The moment behind a date serial, to the second; `None` for times of day and for what lies outside 1900–9999.
///
/// Excel believes that 1900 was a leap year: serial 60 is a day that never was, and earlier serials count from
/// one day later than the rest.
pub(crate) fn moment_of_serial(serial: f64, is_1904: bool) -> Option<DateTime> {
    let days = serial.floor();
    if !(1.0..=2_958_465.0).contains(&days) || (!is_1904 && days == 60.0) {
        return None;
    }
    let epoch = match (is_1904, days < 60.0) {
        (true, _) => jiff::civil::date(1904, 1, 1),
        (false, true) => jiff::civil::date(1899, 12, 31),
        (false, false) => jiff::civil::date(1899, 12, 30),
    };
    // Both casts are of values just checked to be small and whole.
    let date = epoch.checked_add(jiff::Span::new().days(days as i64)).ok()?;
    let seconds = ((serial - days) * 86_400.0).round() as i64;
    date.at(0, 0, 0, 0).checked_add(jiff::Span::new().seconds(seconds)).ok()
}

#[cfg(test)]
mod tests {
    use super::{moment_of_serial, parse_cell_name};
    use jiff::civil::date;

    #[test]
    fn serials_become_dates_in_both_systems() {
        let day = |serial, is_1904| moment_of_serial(serial, is_1904).map(|moment| moment.date());
        assert_eq!(day(1.0, false), Some(date(1900, 1, 1)));
        assert_eq!(day(59.0, false), Some(date(1900, 2, 28)));
        assert_eq!(day(60.0, false), None);
        assert_eq!(day(61.0, false), Some(date(1900, 3, 1)));
        assert_eq!(day(44_443.0, false), Some(date(2021, 9, 4)));
        assert_eq!(day(42_981.0, true), Some(date(2021, 9, 4)));
        assert_eq!(day(0.5, false), None);
        assert_eq!(day(f64::MAX, false), None);
        assert_eq!(moment_of_serial(44_443.75, false), Some(date(2021, 9, 4).at(18, 0, 0, 0)));
    }

    #[test]
    fn cell_names_outside_a_sheet_are_refused() {
        assert_eq!(parse_cell_name("$C$5"), Some((5, 3)));
        assert_eq!(parse_cell_name("XFD1048576"), Some((1_048_576, 16_384)));
        for name in ["", "A", "5", "A0", "XFE1", "A1048577", "AAAAAAAAAA1", "A99999999999", "A-1", "5A", "甲1"] {
            assert_eq!(parse_cell_name(name), None, "{name}");
        }
    }
}
