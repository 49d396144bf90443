//! Forms: grids of labels, values and boxes for opinions.

use jiff::civil::Date;

use super::Alignment;
use super::chinese_date;
use super::markup::{Look, fitted_widths, lines, paragraph, run, twips};
use super::table::{cell_text, table_start};

/// A form over the whole width: a grid whose cells may span columns and rows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LetterForm {
    /// The wanted widths of the grid's columns in millimetres, fitted to the 156 mm of the type area.
    pub widths_mm: Vec<u32>,
    /// The rows, top to bottom.
    pub rows: Vec<FormRow>,
}

/// A row of a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FormRow {
    /// The cells, left to right; places under a cell that spans rows are left out. A row that ends early is filled
    /// up with an empty cell, surplus cells are left out.
    pub cells: Vec<FormCell>,
    /// The least height in millimetres; the row grows with its text.
    pub height_mm: u32,
    /// Whether the row may be divided between pages, as long texts must be.
    pub may_split: bool,
}

impl FormRow {
    /// A row of the usual height, 9 mm.
    #[must_use]
    pub fn new(cells: Vec<FormCell>) -> Self {
        Self { cells, height_mm: 9, may_split: false }
    }

    /// The same row with another least height, in millimetres.
    #[must_use]
    pub fn with_height(self, height_mm: u32) -> Self {
        Self { height_mm, ..self }
    }

    /// The same row, free to be divided between pages.
    #[must_use]
    pub fn splitting(self) -> Self {
        Self { may_split: true, ..self }
    }
}

/// A cell of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormCell {
    /// What stands in it.
    pub content: FormContent,
    /// How many columns of the grid it spans, at least one.
    pub columns: usize,
    /// How many rows it spans, at least one.
    pub rows: usize,
}

/// What stands in a cell of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormContent {
    /// The name of a field, centred.
    Label(String),
    /// A short value, centred.
    Value(String),
    /// A text of several paragraphs, each indented by two characters.
    Text(String),
    /// An opinion with the line for signature and seal at its foot.
    Opinion {
        /// The opinion, empty on a form to be filled in by hand.
        text: String,
        /// Who signed; empty leaves room.
        signed_by: String,
        /// When; `None` leaves room.
        signed_on: Option<Date>,
    },
}

impl FormCell {
    /// A cell of one column and one row.
    #[must_use]
    pub fn new(content: FormContent) -> Self {
        Self { content, columns: 1, rows: 1 }
    }

    /// The name of a field.
    #[must_use]
    pub fn label(text: impl Into<String>) -> Self {
        Self::new(FormContent::Label(text.into()))
    }

    /// A short value.
    #[must_use]
    pub fn value(text: impl Into<String>) -> Self {
        Self::new(FormContent::Value(text.into()))
    }

    /// A text of several paragraphs.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(FormContent::Text(text.into()))
    }

    /// An opinion, signed or to be signed.
    #[must_use]
    pub fn opinion(text: impl Into<String>, signed_by: impl Into<String>, signed_on: Option<Date>) -> Self {
        Self::new(FormContent::Opinion { text: text.into(), signed_by: signed_by.into(), signed_on })
    }

    /// The same cell over this many columns.
    #[must_use]
    pub fn over_columns(self, columns: usize) -> Self {
        Self { columns, ..self }
    }

    /// The same cell over this many rows.
    #[must_use]
    pub fn over_rows(self, rows: usize) -> Self {
        Self { rows, ..self }
    }
}

/// A cell that reaches down into the rows being written.
#[derive(Clone, Copy)]
struct Reaching {
    columns: usize,
    rows_left: usize,
}

pub(super) fn form_markup(form: &LetterForm) -> String {
    if form.widths_mm.is_empty() || form.rows.is_empty() {
        return String::new();
    }
    let widths = fitted_widths(form.widths_mm.iter().copied());
    let mut markup = table_start(&widths);
    // By the grid column in which it begins.
    let mut reaching: Vec<Option<Reaching>> = vec![None; widths.len()];
    for row in &form.rows {
        let split = if row.may_split { "" } else { "<w:cantSplit/>" };
        // No row is higher than the type area.
        let height = twips(row.height_mm.min(220));
        markup.push_str(&format!("<w:tr><w:trPr>{split}<w:trHeight w:val=\"{height}\" w:hRule=\"atLeast\"/></w:trPr>"));
        markup.push_str(&row_cells(row, &widths, &mut reaching));
        markup.push_str("</w:tr>");
    }
    markup.push_str("</w:tbl>");
    markup
}

/// The cells of one row, those continued from above included, over exactly the columns of the grid.
fn row_cells(row: &FormRow, widths: &[u32], reaching: &mut [Option<Reaching>]) -> String {
    let filler = FormCell::value("");
    let mut markup = String::new();
    let mut cells = row.cells.iter();
    let mut column = 0;
    while column < widths.len() {
        if let Some(above) = reaching[column] {
            reaching[column] = (above.rows_left > 1).then_some(Reaching { rows_left: above.rows_left - 1, ..above });
            let width = widths[column..column + above.columns].iter().sum();
            markup.push_str(&cell(width, above.columns, "<w:vMerge/>", &cell_text("", Alignment::Left, Look::TABLE)));
            column += above.columns;
            continue;
        }
        let free = reaching[column..].iter().take_while(|place| place.is_none()).count();
        let (form_cell, wanted) = match cells.next() {
            Some(form_cell) => (form_cell, form_cell.columns.max(1)),
            None => (&filler, free),
        };
        let columns = wanted.min(free);
        let merge = if form_cell.rows > 1 {
            reaching[column] = Some(Reaching { columns, rows_left: form_cell.rows - 1 });
            "<w:vMerge w:val=\"restart\"/>"
        } else {
            ""
        };
        let width = widths[column..column + columns].iter().sum();
        markup.push_str(&cell(width, columns, merge, &content_markup(&form_cell.content)));
        column += columns;
    }
    markup
}

fn cell(width: u32, columns: usize, merge: &str, content: &str) -> String {
    let span = if columns > 1 { format!("<w:gridSpan w:val=\"{columns}\"/>") } else { String::new() };
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}{merge}<w:vAlign w:val=\"center\"/></w:tcPr>{content}</w:tc>"
    )
}

fn content_markup(content: &FormContent) -> String {
    match content {
        FormContent::Label(text) => cell_text(text, Alignment::Centre, Look::TABLE_HEADER),
        FormContent::Value(text) => cell_text(text, Alignment::Centre, Look::TABLE),
        FormContent::Text(text) => indented(text),
        FormContent::Opinion { text, signed_by, signed_on } => {
            let is_signed = !signed_by.trim().is_empty();
            let date = signed_on.map_or_else(|| "　　年　　月　　日".to_owned(), chinese_date);
            // An unsigned line leaves room for a hand to write in.
            let signature = signing_line(&format!("签字（盖章）：{}", signed_by.trim()), if is_signed { 2 } else { 8 });
            format!("{}{}{signature}{}", indented(text), paragraph("TableText", "", ""), signing_line(&date, 2))
        }
    }
}

/// A line on the right, this many characters from the edge.
fn signing_line(text: &str, characters: i32) -> String {
    let (hundredths, twips) = (characters * 100, characters * 240);
    let indent = format!("<w:ind w:rightChars=\"{hundredths}\" w:right=\"{twips}\"/><w:jc w:val=\"right\"/>");
    paragraph("TableText", &indent, &run(text, Look::TABLE))
}

/// Paragraphs indented by two characters of the form's size.
fn indented(text: &str) -> String {
    let indent = "<w:ind w:firstLineChars=\"200\" w:firstLine=\"480\"/><w:jc w:val=\"both\"/>";
    lines(text).into_iter().map(|line| paragraph("TableText", indent, &run(line, Look::TABLE))).collect()
}
