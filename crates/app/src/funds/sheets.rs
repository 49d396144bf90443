//! The list of payments for the finance office (支付清单).

use domain::selection::funds::CommitmentState;
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};
use platform::db::column::Text;

use super::queries::{FundsOfSeason, Line};

/// One row for each commitment that is not cancelled, and their sum.
#[must_use]
pub fn payments_sheet(funds: &FundsOfSeason, title: &str) -> SheetTable {
    let column = SheetColumn::new;
    let lines: Vec<&Line> = funds.lines.iter().filter(|line| line.row.state.0 != CommitmentState::Cancelled).collect();
    let sum = lines.iter().filter(|line| line.row.state.0.takes_budget()).map(|line| line.row.amount.0.0).sum();
    let mut totals = vec![CellValue::Empty; 4];
    totals[1] = "合计".into();
    totals.push(CellValue::Fen(sum));
    SheetTable {
        name: "支付清单".to_owned(),
        title: Some(title.to_owned()),
        note: Some(format!(
            "单位：元。预算 {}，其他安排 {}，补助已安排 {}，剩余 {}。",
            funds.parameters.budget,
            funds.plan.total(),
            funds.committed(),
            funds.left()
        )),
        columns: vec![
            column("序号", 6.0, ColumnKind::Count),
            column("街道", 14.0, ColumnKind::Text),
            column("社区", 14.0, ColumnKind::Text),
            column("小区党支部", 28.0, ColumnKind::Text),
            column("金额", 14.0, ColumnKind::Money),
            column("收款账户", 28.0, ColumnKind::Text),
            column("会议纪要", 20.0, ColumnKind::Text),
            column("凭证编号", 16.0, ColumnKind::Text),
            column("支付日期", 12.0, ColumnKind::Date),
            column("到账日期", 12.0, ColumnKind::Date),
            column("状态", 18.0, ColumnKind::Text),
            column("备注", 24.0, ColumnKind::Text),
        ],
        rows: (1..).zip(lines).map(|(number, line)| row(number, line)).collect(),
        totals: Some(totals),
    }
}

fn row(number: i64, line: &Line) -> Vec<CellValue> {
    let row = &line.row;
    vec![
        CellValue::Count(number),
        line.street.as_str().into(),
        line.community.as_str().into(),
        line.branch.as_str().into(),
        CellValue::Fen(row.amount.0.0),
        format!("{}：{}", row.payee.0.label(), line.payee).into(),
        row.minutes.as_str().into(),
        row.voucher.as_str().into(),
        row.paid_on.map(|Text(date)| date).into(),
        row.received_on.map(|Text(date)| date).into(),
        row.state.0.label().into(),
        row.reason.as_str().into(),
    ]
}
