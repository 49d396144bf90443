//! What must be mended, each beside its cell.

use super::{SmallLedger, empty_county, planned, small_county};

/// The errors of a ledger as `(sheet, cell, message)`.
fn errors(ledger: &SmallLedger) -> Vec<(String, String, String)> {
    let preview = planned(&empty_county(), &ledger.bytes()).preview;
    preview.errors.into_iter().map(|error| (error.sheet, error.cell, error.message)).collect()
}

#[test]
fn each_error_stands_beside_its_cell() {
    let new = SmallLedger::new;
    let cases: Vec<(SmallLedger, &str, &str, &str)> = vec![
        (new().with("小区台账", 3, "社区", "五贵社区"), "小区台账", "B3", "没有叫“五贵社区”的社区"),
        (new().with("小区台账", 3, "社区", "锦秀社区"), "小区台账", "B3", "属于“古城街道”"),
        (new().with("小区台账", 3, "街道", "桂三街道"), "小区台账", "A3", "本县没有“桂三街道”"),
        (new().with("小区台账", 4, "成立日期", "2021年2月30日"), "小区台账", "E4", "没有这一天"),
        (new().with("小区台账", 4, "户数", "-30"), "小区台账", "H4", "不能是负数"),
        (new().with("小区台账", 4, "党支部类型", "临时"), "小区台账", "F4", "“正式”“功能型”或“联合”"),
        (new().with("小区台账", 4, "党支部类型", ""), "小区台账", "F4", "没有填"),
        (new().with("小区台账", 4, "业委会党员数", "6"), "小区台账", "K4", "党员数 6 多于业委会成员数 5"),
        (new().with("小区台账", 4, "覆盖小区", ""), "小区台账", "D4", "没有填"),
        (
            new().and("小区台账", &["古城街道", "锦秀社区", "桂花园 党支部", "桂花园", "", "正式", "1", "30", ""]),
            "小区台账",
            "C5",
            "与第 4 行重复",
        ),
        (new().with("楼栋", 3, "小区党支部名称", "月光里党支部"), "楼栋", "A3", "没有叫“月光里党支部”"),
        (new().with("楼栋", 3, "小区", "月光里"), "楼栋", "B3", "现有：阳光里、盛世名邸"),
        (new().with("楼栋", 3, "楼栋", ""), "楼栋", "C3", "没有填"),
        (new().with("楼栋", 4, "小区", "阳光里"), "楼栋", "C4", "与第 3 行重复"),
        (new().with("楼栋", 3, "楼栋长电话", "1380000"), "楼栋", "G3", "电话"),
        (new().with("楼栋", 3, "总专有面积（㎡）", "-1"), "楼栋", "E3", "不能是负数"),
        (new().with("支部班子", 3, "姓名", ""), "支部班子", "B3", "没有填"),
        (new().with("支部班子", 3, "党内职务", "主任"), "支部班子", "E3", "“书记”"),
        (new().with("党员名册", 4, "姓名", "　"), "党员名册", "B4", "没有填"),
        (new().with("党员名册", 4, "联系电话", "12345678901"), "党员名册", "J4", "号段不对"),
        (new().with("党员名册", 4, "联系电话", "13800000011"), "党员名册", "J4", "第 3 行“周强”的相同"),
        (new().with("党员名册", 4, "出生年月", "1973.13"), "党员名册", "D4", "没有这一天"),
        (new().with("党员名册", 4, "报到日期", "去年"), "党员名册", "I4", "不是日期"),
        (
            new().and("党员名册", &["阳光里联合党支部", "王芳", "女", "", "正式党员", "本支部", "非在职", "", "", ""]),
            "党员名册",
            "B6",
            "与第 5 行重复",
        ),
        (new().without_column("党员名册", "组织关系"), "党员名册", "A2", "缺少“组织关系”一列"),
    ];
    for (ledger, sheet, cell, words) in cases {
        let found = errors(&ledger);
        let [(found_sheet, found_cell, message)] = found.as_slice() else {
            panic!("one error at {sheet} {cell} ({words}), not {found:?}");
        };
        assert_eq!((found_sheet.as_str(), found_cell.as_str()), (sheet, cell), "{message}");
        assert!(message.contains(words), "{message} lacks {words}");
    }
}

#[test]
fn a_branch_in_error_is_no_unknown_branch() {
    let ledger = SmallLedger::new().with("小区台账", 3, "社区", "五贵社区").with("小区台账", 4, "户数", "很多");
    let cells: Vec<String> = errors(&ledger).into_iter().map(|(_, cell, _)| cell).collect();
    assert_eq!(cells, ["B3", "H4"]);
}

#[test]
fn all_errors_are_told_at_once_in_reading_order() {
    let ledger = SmallLedger::new()
        .with("党员名册", 3, "联系电话", "1")
        .with("楼栋", 4, "户数", "-1")
        .with("楼栋", 3, "户数", "一二")
        .with("小区台账", 3, "楼栋数", "1.5");
    let cells: Vec<(String, String)> = errors(&ledger).into_iter().map(|(sheet, cell, _)| (sheet, cell)).collect();
    let expected = [("小区台账", "G3"), ("楼栋", "D3"), ("楼栋", "D4"), ("党员名册", "J3")];
    assert_eq!(cells, expected.map(|(sheet, cell)| (sheet.to_owned(), cell.to_owned())));
}

#[test]
fn a_workbook_without_any_of_the_sheets_is_told_so() {
    let ledger = SmallLedger::new().without_sheet("小区台账").without_sheet("楼栋").without_sheet("支部班子");
    // With the roll alone the branches are unknown in an empty county, and known in one that has them.
    assert_eq!(errors(&ledger).len(), 3);
    let preview = planned(&small_county(), &ledger.bytes()).preview;
    assert!(preview.errors.is_empty() && preview.changes_nothing());
    assert_eq!(preview.warnings.len(), 3, "one for each missing sheet");
}

#[test]
fn headings_alone_are_told_so() {
    let found = errors(&SmallLedger::new().without_rows());
    assert_eq!((found.len(), found[0].0.as_str(), found[0].1.as_str()), (1, "小区台账", "A1"));
    assert!(found[0].2.contains("只有表头"), "{found:?}");
}

#[test]
fn sums_that_disagree_warn_and_do_not_block() {
    let ledger = SmallLedger::new().with("小区台账", 3, "楼栋数", "3").with("小区台账", 4, "成立日期", "2023-01-01");
    let preview = planned(&empty_county(), &ledger.bytes()).preview;
    assert!(preview.errors.is_empty());
    let warnings: Vec<(&str, &str)> =
        preview.warnings.iter().map(|warning| (warning.cell.as_str(), warning.message.as_str())).collect();
    assert_eq!(warnings[0].0, "G3");
    assert!(warnings[0].1.contains("合计 2 栋"), "{warnings:?}");
    assert_eq!(warnings[1].0, "E4");
    assert!(warnings[1].1.contains("晚于今天"), "{warnings:?}");
}
