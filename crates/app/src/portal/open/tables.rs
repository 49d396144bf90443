//! The same records as tables, for spreadsheets.

use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};

use super::records::{OpenBranch, OpenNotice, OpenProgress, OpenResult};

fn table(labels: &[&str], rows: Vec<Vec<CellValue>>) -> SheetTable {
    let column = |label: &&str| SheetColumn::new(*label, 20.0, ColumnKind::Text);
    SheetTable { columns: labels.iter().map(column).collect(), rows, ..SheetTable::default() }
}

fn text(value: &str) -> CellValue {
    value.into()
}

fn count(value: impl Into<i64>) -> CellValue {
    CellValue::Count(value.into())
}

/// One row for each branch.
pub fn branches_table(branches: &[OpenBranch]) -> SheetTable {
    let row = |it: &OpenBranch| {
        let years: Vec<String> = it.awarded_years.iter().map(i32::to_string).collect();
        vec![
            text(&it.code),
            text(&it.name),
            text(&it.street),
            text(&it.community),
            text(&it.compounds.join("、")),
            text(&it.kind),
            it.founded_on.clone().into(),
            count(it.households),
            count(it.buildings),
            text(&it.brand),
            text(&years.join("、")),
        ]
    };
    let labels = [
        "地点代码",
        "小区党支部",
        "街道",
        "社区",
        "覆盖小区",
        "支部类别",
        "成立日期",
        "户数",
        "楼栋数",
        "服务品牌",
        "获红旗小区年度",
    ];
    table(&labels, branches.iter().map(row).collect())
}

/// One row for each award.
pub fn results_table(results: &[OpenResult]) -> SheetTable {
    let row = |it: &OpenResult| {
        vec![
            count(it.year),
            text(&it.code),
            text(&it.street),
            text(&it.community),
            text(&it.branch),
            text(&it.compounds),
            text(&it.confirmed_on),
            it.revoked_on.clone().into(),
            it.revocation_reason.clone().into(),
        ]
    };
    let labels = ["年度", "地点代码", "街道", "社区", "小区党支部", "小区", "认定日期", "撤销日期", "撤销原因"];
    table(&labels, results.iter().map(row).collect())
}

/// One row for each name in a notice.
pub fn notices_table(notices: &[OpenNotice]) -> SheetTable {
    let rows = notices.iter().flat_map(|notice| {
        notice.entries.iter().map(move |entry| {
            vec![
                text(&notice.id),
                text(&notice.title),
                text(&notice.kind),
                count(notice.version),
                text(&notice.published_on),
                text(&notice.ends_on),
                count(entry.position),
                text(&entry.code),
                text(&entry.street),
                text(&entry.community),
                text(&entry.branch),
                text(&entry.compounds),
            ]
        })
    });
    let labels = [
        "公示编号",
        "标题",
        "类别",
        "版本",
        "发布日期",
        "截止日期",
        "序号",
        "地点代码",
        "街道",
        "社区",
        "小区党支部",
        "小区",
    ];
    table(&labels, rows.collect())
}

/// One row for each step.
pub fn progress_table(progress: Option<&OpenProgress>) -> SheetTable {
    let rows = progress.into_iter().flat_map(|it| {
        let passed = |passed: u64| count(i64::try_from(passed).unwrap_or(i64::MAX));
        it.steps.iter().map(move |step| vec![count(it.year), text(&step.name), passed(step.passed)])
    });
    table(&["年度", "步骤", "通过的支部数"], rows.collect())
}
