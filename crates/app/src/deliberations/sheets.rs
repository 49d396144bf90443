//! Threads as an Excel table: no names, and nothing of what residents said.

use domain::clock::chinese_date;
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};

use super::queries::ThreadLine;

/// The list.
#[must_use]
pub fn threads_sheet(title: &str, lines: &[ThreadLine]) -> SheetTable {
    let row = |(number, line): (i64, &ThreadLine)| -> Vec<CellValue> {
        let row = &line.row;
        let day = |day: Option<platform::db::column::Text<jiff::civil::Date>>| {
            day.map_or(CellValue::Empty, |day| CellValue::Date(day.0))
        };
        vec![
            CellValue::Count(number),
            row.called().into(),
            line.place.as_str().into(),
            line.compound.as_str().into(),
            row.title.as_str().into(),
            row.topic.0.label().into(),
            row.origin.0.label().into(),
            row.vote.map_or("不需要", |matter| matter.0.label()).into(),
            CellValue::Date(row.raised_at.0.date()),
            row.state.0.label().into(),
            chinese_date(row.state_since.0.date()).into(),
            CellValue::Count(row.sessions.into()),
            day(row.session_on),
            day(row.published_on),
            day(row.accepted_on),
        ]
    };
    let short = |label: &str| SheetColumn::new(label, 14.0, ColumnKind::Centred);
    let date = |label: &str| SheetColumn::new(label, 12.0, ColumnKind::Date);
    SheetTable {
        name: "议事".to_owned(),
        title: Some(title.to_owned()),
        note: None,
        columns: vec![
            SheetColumn::new("序号", 6.0, ColumnKind::Centred),
            short("编号"),
            SheetColumn::text("小区党支部", 24.0),
            SheetColumn::text("小区", 18.0),
            SheetColumn::text("议题", 30.0),
            SheetColumn::text("类别", 14.0),
            SheetColumn::text("提出方", 16.0),
            SheetColumn::text("业主共同决定事项", 26.0),
            date("提出日期"),
            SheetColumn::text("状态", 22.0),
            short("从什么时候起"),
            SheetColumn::new("议事次数", 10.0, ColumnKind::Count),
            date("最近议事日期"),
            date("决定公布日期"),
            date("验收日期"),
        ],
        rows: (1..).zip(lines).map(row).collect(),
        totals: None,
    }
}
