//! A table of holidays from a file: CSV as it is published as open data, or an Excel sheet.

use std::collections::BTreeMap;

use domain::calendar::{Calendar, DayKind, TableRow};
use office::{
    sheet::{CellValue, ColumnKind, SheetColumn, SheetTable},
    table::{ColumnSpec, Table},
    workbook::Workbook,
};
use platform::error::{Problem, Stop};

/// How many problems are told at once.
const TOLD: usize = 20;

const COLUMNS: [ColumnSpec; 3] = [
    ColumnSpec::required("day", &["日期", "date"]),
    ColumnSpec::required("kind", &["类型", "kind", "安排"]),
    ColumnSpec::optional("name", &["节日", "名称", "name", "节日名称"]),
];

/// Reads a table from the bytes of a CSV text or an Excel workbook, in the order of the days.
///
/// # Errors
/// A refusal at `file`, with the line or cell concerned.
pub fn read_table(bytes: &[u8]) -> Result<Vec<TableRow>, Stop> {
    let mut rows = match std::str::from_utf8(bytes) {
        Ok(text) if !bytes.starts_with(b"PK") => {
            Calendar::parse_csv(text).map_err(|problem| Stop::refused_at("file", format!("{problem}。")))?
        }
        _ => read_sheet(bytes)?,
    };
    if rows.is_empty() {
        return Err(Stop::refused_at("file", "表里没有一行数据。请对照模板填写后再上传。"));
    }
    rows.sort_by_key(|(day, ..)| *day);
    Ok(rows)
}

fn read_sheet(bytes: &[u8]) -> Result<Vec<TableRow>, Stop> {
    let workbook = Workbook::read(bytes).map_err(|refusal| Stop::refused_at("file", refusal.to_string()))?;
    let mut problems = Vec::new();
    let mut rows: BTreeMap<_, TableRow> = BTreeMap::new();
    let sheet = workbook.sheets().first().ok_or_else(|| Stop::refused_at("file", "工作簿里没有工作表。"))?;
    match Table::find(sheet, &COLUMNS) {
        Err(found) => problems.extend(found),
        Ok(table) => {
            for row in table.rows() {
                let read = (row.required_date("day"), row.required_text("kind"), row.text("name"));
                match read {
                    (Ok(day), Ok(kind), Ok(name)) => match kind_of(&kind) {
                        Some(kind) => {
                            if rows.insert(day, (day, kind, name.unwrap_or_default())).is_some() {
                                problems.push(row.problem("day", "这一天重复出现，每天只能有一行。请删去多余的一行。"));
                            }
                        }
                        None => problems.push(row.problem("kind", "类型只能填“放假”或“上班”。请改正。")),
                    },
                    (day, kind, name) => problems.extend([day.err(), kind.err(), name.err()].into_iter().flatten()),
                }
            }
        }
    }
    if problems.is_empty() {
        return Ok(rows.into_values().collect());
    }
    Err(Stop::Refused(problems.iter().take(TOLD).map(|problem| Problem::at("file", problem.to_string())).collect()))
}

fn kind_of(text: &str) -> Option<DayKind> {
    match text {
        "休" | "休息" => Some(DayKind::Off),
        "班" | "补班" | "调休" | "调休上班" => Some(DayKind::Work),
        other => DayKind::ALL.iter().copied().find(|kind| kind.label() == other || kind.code() == other),
    }
}

/// A sheet to be filled in, with a row that shows how.
pub(super) fn template(year: i16) -> SheetTable {
    let row = |month, kind: &str| {
        vec![CellValue::Date(jiff::civil::date(year, month, 1)), CellValue::Text(kind.to_owned()), "元旦".into()]
    };
    SheetTable {
        name: "节假日".to_owned(),
        title: Some(format!("{year}年节假日安排")),
        note: Some("逐日填写放假的日子和调休上班的日子，普通的工作日和周末不用填。类型填“放假”或“上班”。".to_owned()),
        columns: vec![
            SheetColumn::date("日期"),
            SheetColumn::new("类型", 10.0, ColumnKind::Centred),
            SheetColumn::text("节日", 14.0),
        ],
        rows: vec![row(1, DayKind::Off.label())],
        totals: None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use office::sheet::write_workbook;

    use super::*;

    #[test]
    fn a_table_is_read_from_csv_and_from_excel() {
        let expected = vec![(date(2027, 1, 1), DayKind::Off, "元旦".to_owned())];
        assert_eq!(read_table("date,kind,name\n2027-01-01,off,元旦\n".as_bytes()).expect("a table"), expected);
        let written = write_workbook(&[template(2027)]).expect("a workbook");
        assert_eq!(read_table(&written).expect("a table"), expected);
    }

    #[test]
    fn what_is_no_table_is_refused_with_words() {
        for bytes in
            [&b""[..], b"date,kind,name\n", b"PK\x03\x04", b"\xff\xfe", b"date,kind,name\n2027-01-01,maybe,x\n"]
        {
            let Err(Stop::Refused(problems)) = read_table(bytes) else { panic!("{bytes:?} is no table") };
            assert!(problems.iter().all(|problem| problem.field == "file" && !problem.message.is_empty()));
        }
    }
}
