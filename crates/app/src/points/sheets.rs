//! Points as Excel tables.

use domain::points::Annual;
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};

use super::{http::summary::Row, queries::MemberYear};

fn points(label: &str) -> SheetColumn {
    SheetColumn::new(label, 12.0, ColumnKind::Decimal)
}

/// A year's result as a number; in words while it waits for the unit.
fn result(annual: Annual) -> CellValue {
    match annual {
        Annual::Settled(points) => CellValue::Hundredths(points.0),
        Annual::PendingUnit => "待单位报送".into(),
    }
}

/// A branch's members with their year, alphabetically.
#[must_use]
pub fn branch_sheet(title: &str, members: &[MemberYear]) -> SheetTable {
    let row = |member: &MemberYear| {
        let tally = member.tally();
        vec![
            member.name.as_str().into(),
            member.kind().label().into(),
            CellValue::Hundredths(tally.base.0),
            CellValue::Hundredths(tally.bonus.0),
            CellValue::Hundredths(tally.deduction.0),
            CellValue::Hundredths(member.compound().0),
            member.unit_words().into(),
            result(member.result()),
            member.arithmetic().into(),
        ]
    };
    SheetTable {
        name: "党员积分".to_owned(),
        title: Some(title.to_owned()),
        note: Some("按姓名排列，不排名次。单位没有报送的为“待单位报送”，不等于 0 分。".to_owned()),
        columns: vec![
            SheetColumn::text("姓名", 12.0),
            SheetColumn::text("类别", 12.0),
            points("基础分"),
            points("加分"),
            points("扣分"),
            points("小区得分"),
            SheetColumn::text("单位得分", 18.0),
            SheetColumn::new("年度积分", 14.0, ColumnKind::Decimal),
            SheetColumn::text("算法", 80.0),
        ],
        rows: members.iter().map(row).collect(),
        totals: None,
    }
}

/// Counts of the places below, no names of persons (R-PTS-10).
#[must_use]
pub fn summary_sheet(title: &str, rows: &[Row]) -> SheetTable {
    let row = |row: &Row| {
        vec![
            row.name.as_str().into(),
            CellValue::from(row.members),
            CellValue::from(row.meets),
            CellValue::from(row.pending),
            CellValue::from(row.waiting),
        ]
    };
    SheetTable {
        name: "党员积分".to_owned(),
        title: Some(title.to_owned()),
        note: Some("只列人数和分布，不列个人，也不排名次。".to_owned()),
        columns: vec![
            SheetColumn::text("地点", 30.0),
            SheetColumn::count("党员"),
            SheetColumn::count("60 分以上"),
            SheetColumn::count("等待单位积分"),
            SheetColumn::count("待审核计分"),
        ],
        rows: rows.iter().map(row).collect(),
        totals: None,
    }
}
