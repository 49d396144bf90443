//! The counts as Excel tables.

use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};

use super::queries::PlaceTally;

/// The rates of each place, with what they are counted from.
#[must_use]
pub fn rates_sheet(title: &str, places: &[PlaceTally]) -> SheetTable {
    let whole = |label: &str| SheetColumn::new(label, 12.0, ColumnKind::Count);
    let rate = |label: &str| SheetColumn::new(label, 12.0, ColumnKind::Centred);
    let row = |line: &PlaceTally| -> Vec<CellValue> {
        let (tally, handled) = (line.sums.tally, line.sums.handled);
        vec![
            line.place.as_str().into(),
            CellValue::from(line.sums.received),
            CellValue::from(tally.accepted),
            CellValue::from(tally.prompt),
            tally.response().to_string().into(),
            CellValue::from(tally.answered),
            CellValue::from(tally.solved),
            tally.resolution().to_string().into(),
            CellValue::from(tally.satisfied),
            tally.satisfaction().to_string().into(),
            CellValue::from(handled.due),
            CellValue::from(handled.timely),
            handled.timeliness().to_string().into(),
            CellValue::from(handled.to_ask),
            CellValue::from(handled.answered),
            handled.call_backs().to_string().into(),
        ]
    };
    SheetTable {
        name: "办理情况".to_owned(),
        title: Some(title.to_owned()),
        note: Some("不属受理范围的不计；以居民最后一次评价为准。".to_owned()),
        columns: vec![
            SheetColumn::text("地方", 28.0),
            whole("收到（件）"),
            whole("到期应受理"),
            whole("按时受理"),
            rate("按时响应率"),
            whole("居民有评价"),
            whole("已解决"),
            rate("解决率"),
            whole("满意和基本满意"),
            rate("满意率"),
            whole("到期应办结"),
            whole("按时办结"),
            rate("按时办结率"),
            whole("应回访"),
            whole("其中有评价"),
            rate("回访率"),
        ],
        rows: places.iter().map(row).collect(),
        totals: None,
    }
}
