//! What is written reads back as it was, here and by calamine.

use jiff::civil::date;
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable, write_workbook};
use office::table::{ColumnSpec, Table};
use office::workbook::Workbook;

use crate::ledger::assert_agrees_with_calamine;
use crate::part_text;

fn payments() -> SheetTable {
    SheetTable {
        name: "资金/拨付:名单".to_owned(),
        title: Some("2022年度奖励资金拨付名单".to_owned()),
        note: Some("单位：元\n统计日期：2023年1月".to_owned()),
        columns: vec![
            SheetColumn::new("序号", 6.0, ColumnKind::Count),
            SheetColumn::new("小区党支部", 30.0, ColumnKind::Text),
            SheetColumn::new("金额", 14.0, ColumnKind::Money),
            SheetColumn::new("得分", 10.0, ColumnKind::Decimal),
            SheetColumn::new("拨付日期", 14.0, ColumnKind::Date),
            SheetColumn::new("联系电话", 14.0, ColumnKind::Centred),
        ],
        rows: vec![
            vec![
                CellValue::Count(1),
                "=cmd|' /C calc'!A0".into(),
                CellValue::Fen(500_000),
                CellValue::Hundredths(9_575),
                date(2023, 1, 19).into(),
                "08777011234".into(),
            ],
            vec![CellValue::Count(2), CellValue::Text("https://例子/<script>\u{0}\u{B}_x0041_𠮷".to_owned())],
        ],
        totals: Some(vec!["合计".into(), CellValue::Empty, CellValue::Fen(500_000)]),
    }
}

#[test]
fn a_written_table_reads_back() {
    let bytes = write_workbook(&[payments(), payments()]).expect("it is written");
    assert_agrees_with_calamine(&bytes);
    let workbook = Workbook::read(&bytes).expect("it reads");
    let names: Vec<&str> = workbook.sheets().iter().map(|sheet| sheet.name()).collect();
    assert_eq!(names, ["资金-拨付-名单", "资金-拨付-名单(2)"]);
    let specs = [
        ColumnSpec::required("number", &["序号"]),
        ColumnSpec::required("branch", &["小区党支部"]),
        ColumnSpec::required("amount", &["金额"]),
        ColumnSpec::required("score", &["得分"]),
        ColumnSpec::required("paid_on", &["拨付日期"]),
        ColumnSpec::required("phone", &["联系电话"]),
    ];
    let table = Table::find(&workbook.sheets()[0], &specs).expect("the table is found");
    let rows: Vec<_> = table.rows().collect();
    assert_eq!((table.header_row(), rows.len()), (3, 2));
    assert_eq!(rows[0].required_text("branch").as_deref(), Ok("=cmd|' /C calc'!A0"));
    assert_eq!(rows[0].decimal_hundredths("amount"), Ok(Some(500_000)));
    assert_eq!(rows[0].decimal_hundredths("score"), Ok(Some(9_575)));
    assert_eq!(rows[0].date("paid_on"), Ok(Some(date(2023, 1, 19))));
    assert_eq!(rows[0].phone("phone"), Ok(Some("0877-7011234".to_owned())));
    assert_eq!(rows[1].required_text("branch").as_deref(), Ok("https://例子/<script>_x0041_𠮷"));
    assert_eq!(rows[1].decimal_hundredths("amount"), Ok(None));
}

#[test]
fn a_written_sheet_holds_no_formula_and_prints_on_a4() {
    let bytes = write_workbook(&[payments()]).expect("it is written");
    let sheet = part_text(&bytes, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>") && !sheet.contains("<hyperlink"));
    assert!(
        sheet.contains(r#"paperSize="9""#)
            && sheet.contains(r#"orientation="landscape""#)
            && sheet.contains("<pageSetUpPr fitToPage=\"1\"/>")
    );
    assert!(sheet.contains(r#"<mergeCell ref="A1:F1"/>"#) && sheet.contains(r#"ySplit="3""#));
    assert!(part_text(&bytes, "xl/workbook.xml").contains("_xlnm.Print_Titles"));
    let styles = part_text(&bytes, "xl/styles.xml");
    assert!(styles.contains("yyyy\\-mm\\-dd") || styles.contains("yyyy-mm-dd"), "{styles}");
}

#[test]
fn the_same_tables_give_the_same_bytes() {
    let first = write_workbook(&[payments()]).expect("it is written");
    let second = write_workbook(&[payments()]).expect("it is written");
    assert_eq!(first, second);
    assert!(part_text(&first, "docProps/core.xml").contains("2022-01-01T00:00:00Z"));
}

#[test]
fn awkward_tables_are_written_or_refused() {
    assert!(write_workbook(&[]).is_ok());
    assert!(write_workbook(&[SheetTable::default()]).is_ok());
    let narrow = SheetTable {
        title: Some("只有一列".to_owned()),
        columns: vec![SheetColumn::new("名称", 10.0, ColumnKind::Text)],
        rows: vec![vec![], vec!["长".repeat(40_000).into(), "多出来的".into()]],
        ..SheetTable::default()
    };
    assert!(write_workbook(std::slice::from_ref(&narrow)).is_ok());
    let early = SheetTable { rows: vec![vec![date(1800, 1, 1).into()]], ..narrow };
    assert!(write_workbook(&[early]).is_err());
}
