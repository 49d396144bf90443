//! Polls, registers and owners as Excel tables. Names stay masked.

use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};

use super::{
    pages::days_words,
    queries::{CallLine, OwnerLine, PollLine, UnitLine},
};

fn area(hundredths: i64) -> CellValue {
    CellValue::Hundredths(hundredths)
}

fn area_column(label: &str) -> SheetColumn {
    SheetColumn::new(label, 16.0, ColumnKind::Decimal)
}

/// The list of polls.
#[must_use]
pub fn polls_sheet(title: &str, lines: &[PollLine]) -> SheetTable {
    let row = |line: &PollLine| -> Vec<CellValue> {
        let row = &line.row;
        vec![
            line.place.as_str().into(),
            line.compound.as_str().into(),
            row.title.as_str().into(),
            row.matter.0.label().into(),
            row.matter.0.majority().label().into(),
            days_words(row).into(),
            line.state.label().into(),
            area(row.total_area),
            CellValue::Count(row.total_persons),
            area(row.part_area),
            CellValue::Count(row.part_persons),
            area(row.yes_area),
            CellValue::Count(row.yes_persons),
            row.outcome.map(|outcome| outcome.0.label()).into(),
        ]
    };
    SheetTable {
        name: "业主表决".to_owned(),
        title: Some(title.to_owned()),
        note: Some("面积单位：平方米。".to_owned()),
        columns: vec![
            SheetColumn::text("小区党支部", 28.0),
            SheetColumn::text("小区", 18.0),
            SheetColumn::text("表决名称", 36.0),
            SheetColumn::text("表决事项", 36.0),
            SheetColumn::text("通过条件", 16.0),
            SheetColumn::text("表决期", 36.0),
            SheetColumn::text("状态", 20.0),
            area_column("总面积"),
            SheetColumn::count("总人数"),
            area_column("参与面积"),
            SheetColumn::count("参与人数"),
            area_column("同意面积"),
            SheetColumn::count("同意人数"),
            SheetColumn::text("结果", 24.0),
        ],
        rows: lines.iter().map(row).collect(),
        totals: None,
    }
}

/// A register, unit by unit.
#[must_use]
pub fn register_sheet(title: &str, units: &[UnitLine]) -> SheetTable {
    let row = |unit: &UnitLine| -> Vec<CellValue> {
        let row = &unit.row;
        vec![
            row.building.as_str().into(),
            row.room.as_str().into(),
            row.usage.0.label().into(),
            area(row.area),
            unit.owner.as_str().into(),
            row.kind.0.label().into(),
            row.key.as_str().into(),
            row.sold_on.map(|day| CellValue::Date(day.0)).unwrap_or(CellValue::Empty),
        ]
    };
    SheetTable {
        name: "表决名册".to_owned(),
        title: Some(format!("{title}表决名册")),
        note: Some("本表不含业主全名和电话。".to_owned()),
        columns: vec![
            SheetColumn::text("楼栋", 12.0),
            SheetColumn::text("房号", 14.0),
            SheetColumn::text("用途", 10.0),
            area_column("专有部分面积"),
            SheetColumn::text("业主", 24.0),
            SheetColumn::text("业主类型", 10.0),
            SheetColumn::text("业主编号", 12.0),
            SheetColumn::date("冻结后转让"),
        ],
        rows: units.iter().map(row).collect(),
        totals: None,
    }
}

/// The owners and who has voted; what they voted where that may be shown.
#[must_use]
pub fn owners_sheet(title: &str, owners: &[OwnerLine]) -> SheetTable {
    let row = |owner: &OwnerLine| -> Vec<CellValue> {
        let ballot = owner.ballot.as_ref();
        let has_voted = if ballot.is_some() { "已投票" } else { "未投票" };
        vec![
            CellValue::Count(i64::from(owner.row.number)),
            owner.owner.as_str().into(),
            owner.addresses.as_str().into(),
            area(owner.row.area),
            has_voted.into(),
            ballot.and_then(|ballot| ballot.choice).map(|choice| choice.label()).into(),
            ballot.map(|ballot| ballot.row.channel.0.label()).into(),
            ballot.map_or(CellValue::Empty, |ballot| CellValue::Date(ballot.row.cast_on.0)),
        ]
    };
    SheetTable {
        name: "业主和投票".to_owned(),
        title: Some(format!("{title}业主和投票情况")),
        note: Some("本表不含业主全名和电话；计票前和不公开表决的，不显示意见。".to_owned()),
        columns: vec![
            SheetColumn::count("序号"),
            SheetColumn::text("业主", 24.0),
            SheetColumn::text("房屋", 36.0),
            area_column("计入面积"),
            SheetColumn::centred("是否投票"),
            SheetColumn::centred("意见"),
            SheetColumn::text("投票方式", 20.0),
            SheetColumn::date("投票日期"),
        ],
        rows: owners.iter().map(row).collect(),
        totals: None,
    }
}

/// The owners to be called back.
#[must_use]
pub fn calls_sheet(title: &str, calls: &[CallLine]) -> SheetTable {
    let row = |call: &CallLine| -> Vec<CellValue> {
        vec![
            CellValue::Count(i64::from(call.row.number)),
            call.owner.owner.as_str().into(),
            call.owner.addresses.as_str().into(),
            call.row.result.map(|result| result.0.label()).into(),
            call.row.note.as_str().into(),
            call.row.called_at.map(|at| at.0.to_string()).into(),
            call.row.signed.as_str().into(),
        ]
    };
    SheetTable {
        name: "回访".to_owned(),
        title: Some(format!("{title}业主回访登记表")),
        note: None,
        columns: vec![
            SheetColumn::count("序号"),
            SheetColumn::text("业主", 24.0),
            SheetColumn::text("房屋", 36.0),
            SheetColumn::text("回访结果", 20.0),
            SheetColumn::text("说明", 36.0),
            SheetColumn::text("登记时间", 20.0),
            SheetColumn::text("登记人", 28.0),
        ],
        rows: calls.iter().map(row).collect(),
        totals: None,
    }
}
