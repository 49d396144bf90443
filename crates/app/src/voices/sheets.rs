//! Voices as an Excel table.

use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};

use super::{pages::due_words, queries::VoiceLine};

/// The list, without who spoke.
#[must_use]
pub fn voices_sheet(title: &str, lines: &[VoiceLine]) -> SheetTable {
    let short = |label: &str| SheetColumn::new(label, 12.0, ColumnKind::Centred);
    let row = |(number, line): (i64, &VoiceLine)| -> Vec<CellValue> {
        let row = &line.row;
        let said = row.solved.zip(row.satisfaction);
        vec![
            CellValue::Count(number),
            row.received_at.0.to_string().into(),
            line.place.as_str().into(),
            row.channel.0.label().into(),
            row.kind.0.label().into(),
            row.topic.0.label().into(),
            row.spot.as_str().into(),
            row.text.as_str().into(),
            row.state.0.label().into(),
            line.desk.as_str().into(),
            due_words(row).into(),
            said.map(|(solved, satisfaction)| format!("{}，{}", solved.0.label(), satisfaction.0.label()))
                .unwrap_or_default()
                .into(),
        ]
    };
    SheetTable {
        name: "社情民意".to_owned(),
        title: Some(title.to_owned()),
        note: Some("本表不含反映人的姓名和电话。".to_owned()),
        columns: vec![
            SheetColumn::new("序号", 6.0, ColumnKind::Centred),
            SheetColumn::text("收到时间", 20.0),
            SheetColumn::text("小区党支部或社区", 28.0),
            short("渠道"),
            short("类型"),
            SheetColumn::text("事项", 14.0),
            SheetColumn::text("位置", 18.0),
            SheetColumn::text("内容", 60.0),
            SheetColumn::text("状态", 18.0),
            SheetColumn::text("现由谁办理", 18.0),
            SheetColumn::text("期限", 16.0),
            SheetColumn::text("居民评价", 18.0),
        ],
        rows: (1..).zip(lines).map(row).collect(),
        totals: None,
    }
}
