//! Activities as Excel tables.

use std::collections::BTreeMap;

use office::sheet::{CellValue, SheetColumn, SheetTable};

use super::store::activity;

/// Activities with who holds them; `names` are those of the places, by code.
#[must_use]
pub fn activities(title: &str, rows: &[activity::Model], names: &BTreeMap<String, String>) -> SheetTable {
    let row = |row: &activity::Model| -> Vec<CellValue> {
        vec![
            row.starts_at.0.to_string().into(),
            row.title.as_str().into(),
            row.kind.0.label().into(),
            names.get(row.place.0.as_str()).cloned().unwrap_or_default().into(),
            row.venue.as_str().into(),
            row.state.0.label().into(),
        ]
    };
    SheetTable {
        name: "活动".to_owned(),
        title: Some(title.to_owned()),
        columns: vec![
            SheetColumn::text("时间", 22.0),
            SheetColumn::text("活动", 40.0),
            SheetColumn::text("种类", 16.0),
            SheetColumn::text("主办", 28.0),
            SheetColumn::text("地点", 24.0),
            SheetColumn::centred("状态"),
        ],
        rows: rows.iter().map(row).collect(),
        ..SheetTable::default()
    }
}
