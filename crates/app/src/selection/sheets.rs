//! The season's seats and phases as Excel tables.

use std::collections::BTreeMap;

use domain::{
    place::PlaceCode,
    selection::quota::{QuotaPolicy, Seats},
};
use office::sheet::{CellValue, SheetColumn, SheetTable};

use super::{Season, timeline::Phase};

/// The seasons of a county.
#[must_use]
pub fn seasons(seasons: &[Season]) -> SheetTable {
    let row = |season: &Season| -> Vec<CellValue> {
        let reason = &season.reason_without_basis;
        let basis = if reason.is_empty() { "有依据".to_owned() } else { format!("无依据：{reason}") };
        vec![i64::from(season.year).into(), season.opened_at.0.to_string().into(), basis.into()]
    };
    SheetTable {
        name: "历年评选".to_owned(),
        title: Some("历年“红旗小区”评选".to_owned()),
        columns: vec![
            SheetColumn::count("年度"),
            SheetColumn::text("启动时间", 24.0),
            SheetColumn::text("评选依据", 60.0),
        ],
        rows: seasons.iter().map(row).collect(),
        ..SheetTable::default()
    }
}

/// The seats of each street with their working (R-SEL-07).
#[must_use]
pub fn quotas(
    season: &Season,
    seats: &[Seats],
    names: &BTreeMap<PlaceCode, String>,
    policy: QuotaPolicy,
) -> SheetTable {
    let row = |it: &Seats| -> Vec<CellValue> {
        let name = names.get(&it.street).cloned().unwrap_or_else(|| it.street.to_string());
        vec![name.into(), i64::from(it.branches).into(), i64::from(it.seats).into(), it.working(policy).into()]
    };
    let all = |of: fn(&Seats) -> u32| CellValue::Count(seats.iter().map(|it| i64::from(of(it))).sum());
    SheetTable {
        name: "推荐名额".to_owned(),
        title: Some(format!("{}年度各街道推荐名额", season.year)),
        note: Some(format!("{}。统计基数为评选启动时的在册支部，之后增减不影响名额。", policy.label())),
        columns: vec![
            SheetColumn::text("街道", 24.0),
            SheetColumn::count("支部数"),
            SheetColumn::count("名额"),
            SheetColumn::text("为什么是这个数", 70.0),
        ],
        rows: seats.iter().map(row).collect(),
        totals: Some(vec!["合计".into(), all(|it| it.branches), all(|it| it.seats)]),
    }
}

/// Who does what until when, and how much waits.
#[must_use]
pub fn phases(phases: &[Phase]) -> SheetTable {
    let row = |phase: &Phase| -> Vec<CellValue> {
        let (_, standing) = phase.standing.badge();
        vec![
            phase.label.into(),
            phase.who.into(),
            phase.period.as_str().into(),
            CellValue::from(phase.waiting),
            standing.into(),
        ]
    };
    SheetTable {
        name: "各阶段".to_owned(),
        title: Some("各阶段安排".to_owned()),
        columns: vec![
            SheetColumn::text("阶段", 16.0),
            SheetColumn::text("由谁办理", 24.0),
            SheetColumn::text("时间", 40.0),
            SheetColumn::count("在办"),
            SheetColumn::centred("状态"),
        ],
        rows: phases.iter().map(row).collect(),
        ..SheetTable::default()
    }
}
