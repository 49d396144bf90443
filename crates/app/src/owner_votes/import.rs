//! A register read from an Excel table: every cell that cannot be taken is told, and then nothing is taken.

use domain::owners::{OwnerKind, Parking, Side, UnitUse, names_apart, owners_of, whole};
use office::{
    sheet::{CellValue, ColumnKind, SheetColumn, SheetTable},
    table::{ColumnSpec, Row, Table},
    workbook::Workbook,
};

use super::{actions::MOST_UNITS, sealed::TypedUnit};

const COLUMNS: [ColumnSpec; 8] = [
    ColumnSpec::required("building", &["楼栋", "楼号", "栋号"]),
    ColumnSpec::required("room", &["房号", "房间号", "室号", "车位号"]),
    ColumnSpec::optional("usage", &["用途", "房屋用途"]),
    ColumnSpec::required("area", &["专有部分面积", "面积", "建筑面积", "专有面积"]),
    ColumnSpec::required("names", &["业主姓名", "业主", "产权人", "姓名"]),
    ColumnSpec::optional("kind", &["业主是个人或单位", "业主类型"]),
    ColumnSpec::optional("phone", &["联系电话", "电话", "手机号码"]),
    ColumnSpec::optional("key", &["业主编号"]),
];

/// Characters of a cell with words.
const CELL: usize = 30;

/// What an import would bring.
#[derive(Clone, Default)]
pub struct Plan {
    /// The units.
    pub units: Vec<TypedUnit>,
    /// What they come to.
    pub side: Side,
    /// Owners with more than one unit.
    pub joined: usize,
    /// Units with co-owners.
    pub shared: usize,
    /// What is wrong; with any, nothing is imported.
    pub errors: Vec<String>,
}

/// Reads a table.
#[must_use]
pub fn plan(bytes: &[u8], parking: Parking) -> Plan {
    let mut plan = Plan::default();
    let workbook = match Workbook::read(bytes) {
        Ok(workbook) => workbook,
        Err(refusal) => return Plan { errors: vec![refusal.to_string()], ..plan },
    };
    let Some(sheet) = workbook.sheets().first() else {
        return Plan { errors: vec!["工作簿里没有工作表。".to_owned()], ..plan };
    };
    let table = match Table::find(sheet, &COLUMNS) {
        Ok(table) => table,
        Err(problems) => return Plan { errors: problems.iter().map(ToString::to_string).collect(), ..plan },
    };
    if table.row_count() > MOST_UNITS {
        let words = format!("名册最多 {MOST_UNITS} 行，这张表有 {} 行。", table.row_count());
        return Plan { errors: vec![words], ..plan };
    }
    let mut rows = Vec::new();
    for row in table.rows() {
        match read_row(&row) {
            Ok(unit) => {
                plan.units.push(unit);
                rows.push(row);
            }
            Err(words) => plan.errors.extend(words),
        }
    }
    if plan.errors.is_empty() && plan.units.is_empty() {
        plan.errors.push("表里没有一行数据，请对照模板填写后再上传。".to_owned());
    }
    let known: Vec<_> = plan.units.iter().map(TypedUnit::unit).collect();
    match owners_of(&known, parking) {
        Ok(owners) => {
            plan.side = whole(&owners);
            plan.joined = owners.iter().filter(|owner| owner.units.len() > 1).count();
            plan.shared = known.iter().filter(|unit| names_apart(&unit.names, unit.kind).len() > 1).count();
        }
        Err(problems) => {
            let told = problems.iter().filter_map(|problem| {
                Some(rows.get(problem.unit)?.problem("names", problem.words.clone()).to_string())
            });
            plan.errors.extend(told);
        }
    }
    plan
}

/// A row as a unit, or everything that is wrong with it.
fn read_row(row: &Row<'_>) -> Result<TypedUnit, Vec<String>> {
    let mut words = Vec::new();
    let mut take = |read: Result<String, office::table::CellProblem>| match read {
        Ok(text) => text,
        Err(problem) => {
            words.push(problem.to_string());
            String::new()
        }
    };
    let building = take(row.required_text("building"));
    let room = take(row.required_text("room"));
    let names = take(row.required_text("names"));
    let usage = take(row.text("usage").map(Option::unwrap_or_default));
    let kind = take(row.text("kind").map(Option::unwrap_or_default));
    let phone = take(row.phone("phone").map(Option::unwrap_or_default));
    let key = take(row.text("key").map(Option::unwrap_or_default));
    for (column, text) in [("building", &building), ("room", &room), ("key", &key)] {
        if text.chars().count() > CELL {
            words.push(row.problem(column, format!("最多 {CELL} 个字。")).to_string());
        }
    }
    let area = match row.required_decimal_hundredths("area") {
        Ok(area) => u64::try_from(area).ok().filter(|area| *area > 0).unwrap_or_else(|| {
            words.push(row.problem("area", "面积应大于 0。").to_string());
            0
        }),
        Err(problem) => {
            words.push(problem.to_string());
            0
        }
    };
    let usage = match usage.as_str() {
        "" | "住宅" => Some(UnitUse::Home),
        "车位" | "车库" | "车位、车库" => Some(UnitUse::Parking),
        "非住宅" | "商铺" | "商业" | "办公" => Some(UnitUse::Business),
        other => {
            let message = format!("“{other}”不是可选的值，请填写：住宅、非住宅、车位。");
            words.push(row.problem("usage", message).to_string());
            None
        }
    };
    let kind = match kind.as_str() {
        "" | "个人" => Some(OwnerKind::Person),
        "单位" | "公司" => Some(OwnerKind::Body),
        other => {
            words.push(row.problem("kind", format!("“{other}”不是可选的值，请填写：个人、单位。")).to_string());
            None
        }
    };
    match (usage, kind) {
        (Some(usage), Some(kind)) if words.is_empty() => {
            Ok(TypedUnit { building, room, usage, area, kind, names, phone, key })
        }
        _ => Err(words),
    }
}

/// The table to be filled in.
#[must_use]
pub fn template() -> SheetTable {
    SheetTable {
        name: "表决名册".to_owned(),
        title: Some("业主表决名册".to_owned()),
        note: Some(
            "一套房（一个车位）一行，面积按不动产登记，最多两位小数。共有的业主写在同一格，用“、”隔开，算一票。\
             同一业主有几套的，姓名和电话填得一样；电话不一样的，在业主编号里填相同的编号。"
                .to_owned(),
        ),
        columns: vec![
            SheetColumn::text("楼栋", 12.0),
            SheetColumn::text("房号", 14.0),
            SheetColumn::text("用途", 10.0),
            SheetColumn::new("专有部分面积", 14.0, ColumnKind::Decimal),
            SheetColumn::text("业主姓名", 24.0),
            SheetColumn::text("业主类型", 10.0),
            SheetColumn::text("联系电话", 16.0),
            SheetColumn::text("业主编号", 12.0),
        ],
        rows: Vec::<Vec<CellValue>>::new(),
        totals: None,
    }
}
