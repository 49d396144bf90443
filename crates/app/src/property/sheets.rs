//! The companies as an Excel table.

use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};

use super::{pages::appraised_words, queries::CompanyLine};

/// The list.
#[must_use]
pub fn companies_sheet(title: &str, lines: &[CompanyLine]) -> SheetTable {
    let row = |line: &CompanyLine| -> Vec<CellValue> {
        let contract = line.contract.as_ref();
        let of_contract = |count: usize| match contract {
            Some(_) => CellValue::Count(i64::try_from(count).unwrap_or(i64::MAX)),
            None => CellValue::Empty,
        };
        vec![
            line.branch.as_str().into(),
            contract.map_or("没有登记合同", |contract| contract.company.as_str()).into(),
            contract.map_or(CellValue::Empty, |contract| CellValue::Date(contract.starts_on.0)),
            contract.map_or(CellValue::Empty, |contract| CellValue::Date(contract.ends_on.0)),
            of_contract(contract.map_or(0, |contract| contract.duties.0.len())),
            of_contract(line.unmet),
            of_contract(line.unchecked),
            line.appraisal.as_ref().map(appraised_words).unwrap_or_default().into(),
        ]
    };
    SheetTable {
        name: "物业监督".to_owned(),
        title: Some(title.to_owned()),
        note: None,
        columns: vec![
            SheetColumn::text("小区党支部", 28.0),
            SheetColumn::text("物业服务企业", 28.0),
            SheetColumn::new("合同开始", 12.0, ColumnKind::Date),
            SheetColumn::new("合同到期", 12.0, ColumnKind::Date),
            SheetColumn::new("服务职责（项）", 12.0, ColumnKind::Count),
            SheetColumn::new("没有全部达标（项）", 12.0, ColumnKind::Count),
            SheetColumn::new("没有检查（项）", 12.0, ColumnKind::Count),
            SheetColumn::text("最近一次考评", 40.0),
        ],
        rows: lines.iter().map(row).collect(),
        totals: None,
    }
}
