//! Tables in letters.

use std::fmt::Write;

use super::Alignment;
use super::markup::{CORE_WIDTH, Look, fitted_widths, paragraphs, table_borders};

/// A table with a header that is repeated on every page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LetterTable {
    /// The columns, left to right.
    pub columns: Vec<LetterColumn>,
    /// The rows; missing cells are empty, surplus ones are left out. Line breaks break the line.
    pub rows: Vec<Vec<String>>,
}

/// A column of a [`LetterTable`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterColumn {
    /// The label in the header.
    pub label: String,
    /// The wanted width in millimetres; all widths together are fitted to the 156 mm of the type area.
    pub width_mm: u32,
    /// How its cells are aligned; the header is always centred.
    pub alignment: Alignment,
}

impl LetterColumn {
    /// A column of the given label, wanted width in millimetres and alignment.
    #[must_use]
    pub fn new(label: impl Into<String>, width_mm: u32, alignment: Alignment) -> Self {
        Self { label: label.into(), width_mm, alignment }
    }
}

pub(super) fn table_markup(table: &LetterTable) -> String {
    if table.columns.is_empty() {
        return String::new();
    }
    let widths = fitted_widths(table.columns.iter().map(|column| column.width_mm));
    let mut markup = table_start(&widths);
    markup.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (column, width) in table.columns.iter().zip(&widths) {
        markup.push_str(&cell(*width, &cell_text(&column.label, Alignment::Centre, Look::TABLE_HEADER)));
    }
    markup.push_str("</w:tr>");
    for row in &table.rows {
        markup.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for (index, (column, width)) in table.columns.iter().zip(&widths).enumerate() {
            let text = row.get(index).map_or("", String::as_str);
            markup.push_str(&cell(*width, &cell_text(text, column.alignment, Look::TABLE)));
        }
        markup.push_str("</w:tr>");
    }
    markup.push_str("</w:tbl>");
    markup
}

/// Opens a table over the type area: fixed layout, borders, a millimetre of air beside the text.
pub(super) fn table_start(widths: &[u32]) -> String {
    let mut markup = format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{CORE_WIDTH}\" w:type=\"dxa\"/><w:jc w:val=\"center\"/>{}<w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"57\" w:type=\"dxa\"/><w:right w:w=\"57\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>",
        table_borders()
    );
    for width in widths {
        // Writing to a String cannot fail.
        let _ = write!(markup, "<w:gridCol w:w=\"{width}\"/>");
    }
    markup.push_str("</w:tblGrid>");
    markup
}

fn cell(width: u32, content: &str) -> String {
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr>{content}</w:tc>"
    )
}

/// The paragraphs of a cell.
pub(super) fn cell_text(text: &str, alignment: Alignment, look: Look) -> String {
    let value = match alignment {
        Alignment::Left => "left",
        Alignment::Centre => "center",
        Alignment::Right => "right",
    };
    paragraphs("TableText", &format!("<w:jc w:val=\"{value}\"/>"), text, look)
}
