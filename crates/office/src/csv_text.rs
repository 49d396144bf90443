//! Writing tables as CSV text for open data and for other programs.
//!
//! Promises: UTF-8 with a byte order mark, because Excel takes it for GBK otherwise; quoting and line ends by
//! RFC 4180; no text that a spreadsheet would run as a formula.

use std::borrow::Cow;

use crate::sheet::{CellValue, SheetTable};

/// Writes the labels and rows of a table; its title, note and totals are no data and are left out.
///
/// Dates come as `2021-03-05`, money as yuan with two decimals and without separators.
#[must_use]
pub fn write_csv(table: &SheetTable) -> Vec<u8> {
    let mut csv = String::from('\u{FEFF}');
    push_record(&mut csv, table.columns.iter().map(|column| guarded(&column.label)));
    for row in &table.rows {
        let empty = &CellValue::Empty;
        push_record(&mut csv, (0..table.columns.len()).map(|column| field(row.get(column).unwrap_or(empty))));
    }
    csv.into_bytes()
}

fn field(value: &CellValue) -> Cow<'_, str> {
    match value {
        CellValue::Empty => Cow::Borrowed(""),
        CellValue::Text(text) => guarded(text),
        CellValue::Count(count) => Cow::Owned(count.to_string()),
        CellValue::Fen(hundredths) | CellValue::Hundredths(hundredths) => Cow::Owned(decimal(*hundredths)),
        CellValue::Date(date) => Cow::Owned(date.to_string()),
    }
}

/// Text that begins like a formula gets an apostrophe before it. The full-width signs are here because Chinese
/// editions of spreadsheets take them for the half-width ones.
fn guarded(text: &str) -> Cow<'_, str> {
    const STARTERS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if text.starts_with(STARTERS) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

fn decimal(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "-" } else { "" };
    let size = hundredths.unsigned_abs();
    format!("{sign}{}.{:02}", size / 100, size % 100)
}

fn push_record<'f>(csv: &mut String, fields: impl Iterator<Item = Cow<'f, str>>) {
    for (index, field) in fields.enumerate() {
        if index > 0 {
            csv.push(',');
        }
        if field.contains(['"', ',', '\r', '\n']) {
            csv.push('"');
            csv.push_str(&field.replace('"', "\"\""));
            csv.push('"');
        } else {
            csv.push_str(&field);
        }
    }
    csv.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::write_csv;
    use crate::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};

    #[test]
    fn csv_is_quoted_and_never_a_formula() {
        let column = |label: &str| SheetColumn::new(label, 10.0, ColumnKind::Text);
        let table = SheetTable {
            columns: vec![column("名称"), column("数,额"), column("备注")],
            rows: vec![
                vec!["=cmd|' /C calc'!A0".into(), CellValue::Fen(-500_007), CellValue::Text("他说\"好\"\n再见".into())],
                vec!["＝1+1".into(), CellValue::Count(-3)],
                vec!["𠮷".into(), jiff::civil::date(2021, 3, 5).into(), "@x".into()],
            ],
            ..SheetTable::default()
        };
        let csv = String::from_utf8(write_csv(&table)).expect("UTF-8");
        assert_eq!(
            csv,
            "\u{FEFF}名称,\"数,额\",备注\r\n'=cmd|' /C calc'!A0,-5000.07,\"他说\"\"好\"\"\n再见\"\r\n'＝1+1,-3,\r\n𠮷,2021-03-05,'@x\r\n"
        );
    }
}
