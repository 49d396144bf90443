//! Workbooks as offices really make them: every trouble named in the requirements, each in a sheet built here.

use office::table::{CellProblem, ColumnSpec, Table};
use office::workbook::{Cell, CellFault, Sheet, Workbook};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook as Written, Worksheet};

use crate::ledger::assert_agrees_with_calamine;
use crate::workbook_of;

const STREET: ColumnSpec = ColumnSpec::required("street", &["街道"]);
const BRANCH: ColumnSpec = ColumnSpec::required("branch", &["小区党支部名称", "党支部名称", "支部名称"]);
const FOUNDED: ColumnSpec = ColumnSpec::optional("founded", &["成立日期"]);
const HOUSEHOLDS: ColumnSpec = ColumnSpec::optional("households", &["户数"]);
const PHONE: ColumnSpec = ColumnSpec::optional("phone", &["联系电话", "电话"]);
const ALL: [ColumnSpec; 5] = [STREET, BRANCH, FOUNDED, HOUSEHOLDS, PHONE];

/// Builds a sheet, has calamine agree on its cells, and reads it.
fn sheet_of(fill: impl FnOnce(&mut Worksheet)) -> Sheet {
    let mut written = Written::new();
    fill(written.add_worksheet());
    let bytes = written.save_to_buffer().expect("the workbook is written");
    assert_agrees_with_calamine(&bytes);
    Workbook::read(&bytes).expect("the workbook reads").sheets()[0].clone()
}

fn put(worksheet: &mut Worksheet, row: u32, texts: &[&str]) {
    for (column, text) in (0..).zip(texts) {
        if !text.is_empty() {
            worksheet.write_string(row, column, *text).expect("a cell is written");
        }
    }
}

fn find<'s>(sheet: &'s Sheet, specs: &[ColumnSpec]) -> Table<'s> {
    Table::find(sheet, specs).expect("the table is found")
}

fn messages(problems: &[CellProblem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_office_table_reads_through_all_its_decoration() {
    let format = Format::new();
    let sheet = sheet_of(|worksheet| {
        worksheet.merge_range(0, 0, 0, 5, "街道", &format).expect("a title that looks like a label");
        worksheet.merge_range(1, 0, 1, 5, "填报单位：新平县委组织部    2022年10月", &format).expect("a note");
        put(worksheet, 2, &["备注", "联系 电话", "＊户数\n（户）", "成立日期", "支部名称：", "街道"]);
        worksheet.merge_range(3, 5, 5, 5, "桂山街道", &format).expect("a street over three rows");
        put(worksheet, 3, &["", "138 0000 0001", "２８８", "2021年3月5日", " 阳光里　 联合党支部\u{200B} "]);
        put(worksheet, 4, &["内部", "0877-7011234", "1,024", "2021.3", "新城新村党支部"]);
        put(worksheet, 5, &["", "", "", "", "凤鸣小区党支部"]);
        put(worksheet, 6, &["", "", "1312", "", "", "小 计"]);
        put(worksheet, 7, &["只有备注"]);
        worksheet.merge_range(8, 0, 8, 5, "二、古城街道", &format).expect("a section title");
        put(worksheet, 9, &["备注", "联系 电话", "＊户数\n（户）", "成立日期", "支部名称：", "街道"]);
        put(worksheet, 10, &["", "", "0", "/", "=cmd|' /C calc'!A0", "古城街道"]);
        worksheet.set_row_hidden(10).expect("a hidden row");
        put(worksheet, 12, &["", "", "1312", "", "", "合计"]);
        put(worksheet, 13, &["填表人：张三　　审核人：李四"]);
    });
    let table = find(&sheet, &ALL);
    assert_eq!(table.header_row(), 3);
    let rows: Vec<_> = table.rows().collect();
    assert_eq!(rows.iter().map(|row| row.number()).collect::<Vec<_>>(), [4, 5, 6, 11]);
    let streets: Vec<String> = rows.iter().map(|row| row.required_text("street").expect("a street")).collect();
    assert_eq!(streets, ["桂山街道", "桂山街道", "桂山街道", "古城街道"]);
    assert_eq!(rows[0].required_text("branch").as_deref(), Ok("阳光里 联合党支部"));
    assert_eq!(rows[0].phone("phone"), Ok(Some("13800000001".to_owned())));
    assert_eq!(rows[0].count("households"), Ok(Some(288)));
    assert_eq!(rows[0].date("founded"), Ok(Some(jiff::civil::date(2021, 3, 5))));
    assert_eq!(rows[1].count("households"), Ok(Some(1024)));
    assert_eq!(rows[1].date("founded"), Ok(Some(jiff::civil::date(2021, 3, 1))));
    assert_eq!(rows[2].count("households"), Ok(None));
    assert_eq!(rows[3].required_text("branch").as_deref(), Ok("=cmd|' /C calc'!A0"));
    assert_eq!(rows[3].date("founded"), Ok(None));
}

#[test]
fn headers_in_two_rows_read_by_group_and_label() {
    let format = Format::new();
    let sheet = sheet_of(|worksheet| {
        worksheet.merge_range(0, 0, 1, 0, "支部名称", &format).expect("a label over two rows");
        worksheet.merge_range(0, 1, 0, 2, "书记", &format).expect("a group");
        worksheet.merge_range(0, 3, 0, 4, "楼栋长", &format).expect("a group");
        put(worksheet, 1, &["", "姓名", "电话", "姓名", "电话"]);
        put(worksheet, 2, &["阳光里党支部", "周　强", "13800000011", "杨雨磊", "13800000001"]);
    });
    let specs = [
        BRANCH,
        ColumnSpec::required("secretary", &["书记姓名"]),
        ColumnSpec::required("steward", &["楼栋长姓名", "楼栋长"]),
        ColumnSpec::required("steward_phone", &["楼栋长电话"]),
    ];
    let table = find(&sheet, &specs);
    let row = table.rows().next().expect("a row");
    assert_eq!((table.header_row(), row.number(), table.row_count()), (2, 3, 1));
    assert_eq!(row.required_person_name("secretary").as_deref(), Ok("周强"));
    assert_eq!(row.required_text("steward").as_deref(), Ok("杨雨磊"));
    assert_eq!(row.required_phone("steward_phone").as_deref(), Ok("13800000001"));

    let ambiguous = Table::find(&sheet, &[BRANCH, ColumnSpec::required("name", &["姓名"])]).expect_err("two names");
    assert!(messages(&ambiguous).contains("单元格 D2：表头有两列都叫“姓名”（B列和D列）"), "{}", messages(&ambiguous));
}

#[test]
fn labels_merged_downward_do_not_swallow_the_first_row() {
    let format = Format::new();
    let sheet = sheet_of(|worksheet| {
        worksheet.merge_range(0, 0, 1, 0, "街道", &format).expect("a label over two rows");
        worksheet.merge_range(0, 1, 1, 1, "支部名称", &format).expect("a label over two rows");
        put(worksheet, 2, &["桂山街道", "阳光里党支部"]);
    });
    let table = find(&sheet, &[STREET, BRANCH]);
    assert_eq!(table.rows().map(|row| row.number()).collect::<Vec<_>>(), [3]);
}

#[test]
fn what_is_missing_in_the_header_is_named() {
    let sheet = sheet_of(|worksheet| {
        put(worksheet, 1, &["序号", "街道", "电话"]);
        put(worksheet, 2, &["1", "桂山街道", ""]);
    });
    let problems = Table::find(&sheet, &[STREET, BRANCH, PHONE]).expect_err("no branch column");
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].cell, "A2");
    assert!(
        problems[0].message.contains("缺少“小区党支部名称”一列") && problems[0].message.contains("序号、街道、电话")
    );

    let sheet = sheet_of(|worksheet| put(worksheet, 0, &["随便写点什么"]));
    let problems = Table::find(&sheet, &ALL).expect_err("no header at all");
    assert!(messages(&problems).contains("没有找到表头"), "{}", messages(&problems));
}

#[test]
fn numbers_dates_and_formulas_read_as_what_they_show() {
    let sheet = sheet_of(|worksheet| {
        put(worksheet, 0, &["街道", "支部名称", "户数", "成立日期", "电话"]);
        let date = ExcelDateTime::from_ymd(2021, 9, 4).expect("a date");
        let chinese = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\";@");
        put(worksheet, 1, &["桂山街道", "甲"]);
        worksheet.write_formula(1, 2, Formula::new("=100+44").set_result("144")).expect("a formula");
        worksheet.write_datetime_with_format(1, 3, &date, &chinese).expect("a date");
        worksheet.write_number(1, 4, 13_800_000_001_f64).expect("a phone as number");
        put(worksheet, 2, &["桂山街道", "乙"]);
        worksheet.write_formula(2, 2, Formula::new("=1/0").set_result("#DIV/0!")).expect("an error");
        worksheet.write_number(2, 3, 44_443).expect("a date that lost its format");
        worksheet.write_number(2, 4, 8_777_011_234_f64).expect("a landline without its zero");
        put(worksheet, 3, &["桂山街道", "丙", "3个", "2021-02-30"]);
        worksheet.write_boolean(3, 4, true).expect("a truth value");
    });
    let table = find(&sheet, &ALL);
    let rows: Vec<_> = table.rows().collect();
    assert_eq!(rows[0].count("households"), Ok(Some(144)));
    assert_eq!(rows[0].date("founded"), Ok(Some(jiff::civil::date(2021, 9, 4))));
    assert_eq!(rows[0].phone("phone"), Ok(Some("13800000001".to_owned())));
    assert_eq!(rows[1].date("founded"), Ok(Some(jiff::civil::date(2021, 9, 4))));
    for (row, key, cell, words) in [
        (1, "households", "C3", "公式里除数为零（#DIV/0!）"),
        (1, "phone", "E3", "区号开头的 0 丢了"),
        (2, "households", "C4", "写的是“3个”，只能填数字。请改成“3”"),
        (2, "founded", "D4", "写的是“2021-02-30”，没有这一天"),
        (2, "phone", "E4", "写的是“TRUE”，不是电话号码"),
    ] {
        let problem = match key {
            "households" => rows[row].count(key).map(drop),
            "founded" => rows[row].date(key).map(drop),
            _ => rows[row].phone(key).map(drop),
        }
        .expect_err("a problem");
        assert_eq!((problem.sheet.as_str(), problem.cell.as_str()), ("Sheet1", cell));
        assert!(problem.message.contains(words), "{}", problem.message);
    }
    let missing = rows[2].required_count("nowhere").expect_err("an unknown column is an empty one");
    assert_eq!(missing.cell, "A4");
}

#[test]
fn rare_spellings_of_a_sheet_read_too() {
    let sheet = r#"<?xml version="1.0"?><x:worksheet xmlns:x="m"><x:sheetData>
        <x:row><x:c t="inlineStr"><x:is><x:r><x:t>街</x:t></x:r><x:r><x:t>道</x:t></x:r><x:rPh><x:t>jie</x:t></x:rPh></x:is></x:c>
          <x:c t="s"><x:v>0</x:v></x:c><x:c t="str"><x:f>A1</x:f><x:v>a&lt;b&#x4E2D;_x0041_</x:v></x:c></x:row>
        <x:row r="5"><x:c r="B5" t="e"><x:v>#SPILL!</x:v></x:c><x:c r="C5"><x:f>NOW()</x:f></x:c><x:c r="D5" t="d"><x:v>2021-03-05T08:00:00Z</x:v></x:c>
          <x:c r="E5" s="1"><x:v>42981</x:v></x:c><x:c r="F5" t="str"><x:f>""</x:f><x:v></x:v></x:c><x:c r="G5" t="n"><x:v>inf</x:v></x:c></x:row>
        <x:row r="3"><x:c r="A3"><x:v>1</x:v></x:c><x:c r="A3"><x:v>2</x:v></x:c></x:row>
        </x:sheetData></x:worksheet>"#;
    let workbook = r#"<workbook><workbookPr date1904="1"/><sheets><sheet name="表" state="veryHidden" id="rId1"/></sheets></workbook>"#;
    let bytes = workbook_of(
        sheet,
        &[
            ("xl/workbook.xml", workbook.as_bytes()),
            ("xl/sharedStrings.xml", r#"<sst uniqueCount="18446744073709551615"><si><t xml:space="preserve"> 𠮷 </t></si></sst>"#.as_bytes()),
            ("XL\\Styles.xml", br#"<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;-&quot;mm"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="176"/></cellXfs></styleSheet>"#),
        ],
    );
    let workbook = Workbook::read(&bytes).expect("it reads");
    let sheet = workbook.sheet("表").expect("the sheet");
    assert!(sheet.is_hidden());
    let shown = |row, column| sheet.cell(row, column).map(|cell| cell.shown().into_owned());
    assert_eq!(shown(1, 1).as_deref(), Some("街道"));
    assert_eq!(shown(1, 2).as_deref(), Some(" 𠮷 "));
    assert_eq!(shown(1, 3).as_deref(), Some("a<b中A"));
    assert_eq!(shown(3, 1).as_deref(), Some("2"));
    assert!(matches!(sheet.cell(5, 2), Some(Cell::Fault(_))) && matches!(sheet.cell(5, 3), Some(Cell::Fault(_))));
    assert_eq!(shown(5, 4).as_deref(), Some("2021-03-05 08:00:00"));
    assert_eq!(shown(5, 5).as_deref(), Some("2021-09-04"));
    assert_eq!(shown(5, 6), None);
    assert_eq!(shown(5, 7).as_deref(), Some("inf"));
}

#[test]
fn a_value_left_under_a_merged_area_is_not_seen() {
    let bytes = workbook_of(
        r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>街道</t></is></c><c r="B1" t="inlineStr"><is><t>支部名称</t></is></c></row>
        <row r="2"><c r="A2" t="inlineStr"><is><t>桂山街道</t></is></c><c r="B2" t="inlineStr"><is><t>甲</t></is></c></row>
        <row r="3"><c r="A3" t="inlineStr"><is><t>旧值</t></is></c><c r="B3" t="inlineStr"><is><t>乙</t></is></c></row></sheetData>
        <mergeCells count="4294967295"><mergeCell ref="A3:A2"/><mergeCell ref="D5:XFD1048576"/></mergeCells></worksheet>"#,
        &[],
    );
    let workbook = Workbook::read(&bytes).expect("it reads");
    let table = find(&workbook.sheets()[0], &[STREET, BRANCH]);
    let streets: Vec<String> = table.rows().map(|row| row.required_text("street").expect("a street")).collect();
    assert_eq!(streets, ["桂山街道", "桂山街道"]);
}

#[test]
fn a_formula_without_a_result_is_no_empty_cell() {
    let sheet_xml = r#"<worksheet><sheetData><row r="1"><c r="A1"><f>B1*2</f><v></v></c><c r="B1"><f>C1*2</f></c><c r="C1" t="str"><f>""</f><v></v></c><c r="D1"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>"#;
    let workbook = Workbook::read(&workbook_of(sheet_xml, &[])).expect("the workbook reads");
    let sheet = &workbook.sheets()[0];
    let uncomputed = Cell::Fault(CellFault::Uncomputed);
    assert_eq!((sheet.cell(1, 1), sheet.cell(1, 2)), (Some(&uncomputed), Some(&uncomputed)));
    assert_eq!((sheet.cell(1, 3), sheet.cell(1, 4)), (None, Some(&Cell::Number(2.0))));
}
