//! Meetings as Excel tables.

use domain::meeting::MeetingKind;
use office::sheet::{CellValue, SheetColumn, SheetTable};

use super::{pages::OverviewRow, store::meeting};

/// A branch's meetings.
#[must_use]
pub fn meetings(title: &str, rows: &[meeting::Model]) -> SheetTable {
    let row = |row: &meeting::Model| -> Vec<CellValue> {
        vec![
            row.starts_at.0.to_string().into(),
            row.title.as_str().into(),
            row.gathering().label().into(),
            row.venue.as_str().into(),
            row.state.0.label().into(),
        ]
    };
    SheetTable {
        name: "支部会议".to_owned(),
        title: Some(title.to_owned()),
        columns: vec![
            SheetColumn::text("时间", 22.0),
            SheetColumn::text("会议", 40.0),
            SheetColumn::text("种类", 16.0),
            SheetColumn::text("地点", 24.0),
            SheetColumn::centred("状态"),
        ],
        rows: rows.iter().map(row).collect(),
        ..SheetTable::default()
    }
}

/// How branches keep their meetings (R-MTG-01).
#[must_use]
pub fn overview(title: &str, rows: &[OverviewRow]) -> SheetTable {
    let row = |row: &OverviewRow| {
        let name = std::iter::once(CellValue::from(row.name.as_str()));
        name.chain(row.held.iter().copied().map(CellValue::from)).chain([row.late.as_str().into()]).collect()
    };
    let kinds = MeetingKind::ALL.iter().map(|kind| SheetColumn::count(kind.label()));
    let first = std::iter::once(SheetColumn::text("小区党支部", 30.0));
    SheetTable {
        name: "支部会议".to_owned(),
        title: Some(title.to_owned()),
        note: Some("支部党员大会每季度，支委会、党小组会每月至少一次；没有编党小组的支部不要求党小组会。".to_owned()),
        columns: first.chain(kinds).chain([SheetColumn::text("超过间隔", 30.0)]).collect(),
        rows: rows.iter().map(row).collect(),
        totals: None,
    }
}
