//! Files and counts as Excel tables: no names, and nothing of what is said.

use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};

use super::{
    pages::due_words,
    queries::{DisputeLine, PlaceTally},
};

/// The list. What kind of dispute it is stands there for whoever reads the file.
#[must_use]
pub fn disputes_sheet(title: &str, lines: &[DisputeLine]) -> SheetTable {
    let row = |(number, line): (i64, &DisputeLine)| -> Vec<CellValue> {
        let row = &line.row;
        let day = |at: Option<domain::clock::Instant>| at.map(|at| domain::clock::chinese_date(at.date()));
        vec![
            CellValue::Count(number),
            row.called().into(),
            line.place.as_str().into(),
            line.kind().into(),
            row.origin.0.label().into(),
            day(Some(row.opened_at.0)).unwrap_or_default().into(),
            day(row.accepted_at.map(|at| at.0)).unwrap_or_default().into(),
            row.state.0.label().into(),
            line.desk.as_str().into(),
            due_words(row).into(),
            CellValue::Count(row.sessions.into()),
            day(row.ended_at.map(|at| at.0)).unwrap_or_default().into(),
        ]
    };
    let short = |label: &str| SheetColumn::new(label, 14.0, ColumnKind::Centred);
    SheetTable {
        name: "矛盾纠纷".to_owned(),
        title: Some(title.to_owned()),
        note: Some("本表不含当事人姓名和纠纷内容；不由本级调解的，不列类别。".to_owned()),
        columns: vec![
            SheetColumn::new("序号", 6.0, ColumnKind::Centred),
            short("编号"),
            SheetColumn::text("小区党支部或社区", 28.0),
            SheetColumn::text("类别", 16.0),
            SheetColumn::text("来源", 18.0),
            short("登记日期"),
            short("受理日期"),
            SheetColumn::text("状态", 22.0),
            SheetColumn::text("现由谁调解", 18.0),
            SheetColumn::text("期限", 16.0),
            SheetColumn::new("调解次数", 10.0, ColumnKind::Count),
            short("调解结束"),
        ],
        rows: (1..).zip(lines).map(row).collect(),
        totals: None,
    }
}

/// The counts of each place.
#[must_use]
pub fn counts_sheet(title: &str, places: &[PlaceTally]) -> SheetTable {
    let whole = |label: &str| SheetColumn::new(label, 14.0, ColumnKind::Count);
    let row = |line: &PlaceTally| -> Vec<CellValue> {
        let tally = line.tally;
        vec![
            line.place.as_str().into(),
            CellValue::from(u64::from(tally.opened)),
            CellValue::from(u64::from(tally.declined)),
            CellValue::from(u64::from(tally.accepted)),
            CellValue::from(u64::from(tally.due)),
            CellValue::from(u64::from(tally.handled)),
            CellValue::from(u64::from(tally.agreed)),
            CellValue::from(u64::from(tally.upward)),
        ]
    };
    SheetTable {
        name: "办理情况".to_owned(),
        title: Some(title.to_owned()),
        note: Some("到期应办结：调解已结束、已上交或受理满 30 天的；30 天以内还在调解的不计。".to_owned()),
        columns: vec![
            SheetColumn::text("地方", 28.0),
            whole("登记（件）"),
            whole("不予受理"),
            whole("受理"),
            whole("到期应办结"),
            whole("就地办结"),
            whole("达成协议"),
            whole("上交"),
        ],
        rows: places.iter().map(row).collect(),
        totals: None,
    }
}
