//! The county's real ledger, and calamine as a witness that it was read right.

use calamine::{Data, Reader, Xlsx};
use office::table::{ColumnSpec, Table};
use office::workbook::{Cell, Workbook};
use std::io::Cursor;

use crate::ledger_bytes;

#[test]
fn the_ledger_reads_whole() {
    const BRANCH: ColumnSpec = ColumnSpec::required("branch", &["小区党支部名称"]);
    let workbook = Workbook::read(&ledger_bytes()).expect("the ledger reads");
    let names: Vec<&str> = workbook.sheets().iter().map(|sheet| sheet.name()).collect();
    assert_eq!(names, ["小区台账", "楼栋", "支部班子", "党员名册"]);
    for (name, rows) in [("小区台账", 100), ("楼栋", 583), ("支部班子", 364), ("党员名册", 4079)] {
        let sheet = workbook.sheet(name).expect("the sheet is there");
        let table = Table::find(sheet, &[BRANCH]).expect("the table is found");
        assert_eq!((table.header_row(), table.row_count()), (2, rows), "{name}");
        assert_eq!(table.rows().next().expect("a row").number(), 3);
    }
}

#[test]
fn the_ledger_reads_by_type() {
    let workbook = Workbook::read(&ledger_bytes()).expect("the ledger reads");
    let specs = [
        ColumnSpec::required("branch", &["小区党支部名称"]),
        ColumnSpec::required("founded", &["成立日期"]),
        ColumnSpec::required("households", &["户数"]),
        ColumnSpec::required("area", &["活动阵地面积"]),
        ColumnSpec::optional("brand", &["服务品牌"]),
    ];
    let table = Table::find(workbook.sheet("小区台账").expect("the sheet"), &specs).expect("the table is found");
    let first = table.rows().next().expect("a row");
    assert_eq!(first.required_text("branch").as_deref(), Ok("阳光里联合党支部"));
    assert_eq!(first.required_date("founded"), Ok(jiff::civil::date(2021, 9, 4)));
    assert_eq!(first.required_count("households"), Ok(288));
    assert_eq!(first.decimal_hundredths("area"), Ok(Some(2000)));
    assert_eq!(first.text("brand"), Ok(None));

    let specs = [
        ColumnSpec::required("name", &["姓名"]),
        ColumnSpec::required("born", &["出生年月"]),
        ColumnSpec::required("reported", &["报到日期"]),
        ColumnSpec::required("phone", &["联系电话"]),
    ];
    let members = Table::find(workbook.sheet("党员名册").expect("the sheet"), &specs).expect("the table is found");
    for row in members.rows() {
        row.required_person_name("name").expect("a name");
        row.month("born").expect("a month or nothing");
        row.date("reported").expect("a date or nothing");
        row.phone("phone").expect("a phone or nothing");
    }
}

/// Every cell that calamine finds has the same content here, and no more cells are found here than there.
pub fn assert_agrees_with_calamine(bytes: &[u8]) {
    let ours = Workbook::read(bytes).expect("we read it");
    let mut theirs: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("calamine reads it");
    for sheet in ours.sheets() {
        let range = theirs.worksheet_range(sheet.name()).expect("calamine has the sheet");
        let start = range.start().unwrap_or_default();
        let mut their_count = 0;
        for (row, column, data) in range.used_cells() {
            let (row, column) = (start.0 + row as u32 + 1, start.1 + column as u32 + 1);
            let cell = sheet.cell(row, column);
            let agrees = match (data, cell) {
                (Data::String(theirs), Some(Cell::Text(text))) => theirs.as_str() == text.as_ref(),
                (Data::String(theirs), None) => theirs.is_empty(),
                (Data::Float(theirs), Some(Cell::Number(number))) => theirs == number,
                (Data::Int(theirs), Some(Cell::Number(number))) => *theirs as f64 == *number,
                (Data::Bool(theirs), Some(Cell::Bool(ours))) => theirs == ours,
                (Data::Error(_), Some(Cell::Fault(_))) => true,
                (Data::DateTime(theirs), Some(Cell::Date(ours))) => {
                    let (year, month, day, hour, minute, second, _) = theirs.to_ymd_hms_milli();
                    let theirs = format!("{year}-{month}-{day} {hour}:{minute}:{second}");
                    theirs == ours.strftime("%Y-%-m-%-d %-H:%-M:%-S").to_string()
                }
                _ => false,
            };
            assert!(agrees, "{} row {row} column {column}: {data:?} is not {cell:?}", sheet.name());
            their_count += usize::from(cell.is_some());
        }
        let our_count: usize = sheet.row_numbers().map(|row| sheet.row_cells(row).count()).sum();
        assert_eq!(our_count, their_count, "{}", sheet.name());
    }
}

#[test]
fn calamine_agrees_on_the_ledger() {
    assert_agrees_with_calamine(&ledger_bytes());
}
