//! What was given for the member's deeds: entries, appeals, what the unit scored, and the settled years.

use domain::points::{Points, UnitScore};
use office::sheet::{CellValue, SheetColumn, SheetTable};
use platform::{db::column::Int, error::Stop};

use super::{day, ids, number, table};
use crate::{
    desk::Desk,
    people::{Membership, Person},
    places, points,
};

fn score(points: Points) -> CellValue {
    CellValue::Hundredths(points.0)
}

pub(super) async fn scores(desk: &Desk, lines: &[Membership]) -> Result<SheetTable, Stop> {
    let mut rows = Vec::new();
    for line in lines.iter().rev() {
        let all = points::all_lines_of_member(desk.op.reader(), &line.branch.0, line.id.0).await?;
        rows.extend(all.into_iter().map(|it| {
            vec![
                it.row.occurred_on.0.into(),
                it.title.into(),
                score(it.row.points.0),
                it.row.note.into(),
                if it.row.is_reversed { "已冲正" } else { it.row.state.0.label() }.into(),
                it.rule.into(),
                it.row.document.into(),
                it.row.proposed_by.into(),
                it.row.decided_by.into(),
                it.row.reason.into(),
            ]
        }));
    }
    let columns = vec![
        day("日期"),
        SheetColumn::text("项目", 24.0),
        number("分值"),
        SheetColumn::text("说明", 40.0),
        SheetColumn::text("状态", 10.0),
        SheetColumn::text("规则", 40.0),
        SheetColumn::text("依据", 24.0),
        SheetColumn::text("提出人", 24.0),
        SheetColumn::text("审核人", 24.0),
        SheetColumn::text("审核意见", 30.0),
    ];
    Ok(table("计分明细", columns, rows))
}

pub(super) async fn appeals(desk: &Desk, lines: &[Membership]) -> Result<SheetTable, Stop> {
    let mut rows = Vec::new();
    for id in ids(lines) {
        rows.extend(points::appeals_of_member(desk.op.reader(), id).await?.into_iter().map(|row| {
            vec![
                row.filed_at.0.date().into(),
                row.text.into(),
                row.state.0.label().into(),
                row.answer.into(),
                row.decided_by.into(),
            ]
        }));
    }
    let columns = vec![
        day("日期"),
        SheetColumn::text("申诉理由", 50.0),
        SheetColumn::text("状态", 12.0),
        SheetColumn::text("答复", 50.0),
        SheetColumn::text("处理人", 24.0),
    ];
    Ok(table("积分申诉", columns, rows))
}

pub(super) async fn unit_scores(desk: &Desk, person: &Person) -> Result<SheetTable, Stop> {
    let given = points::unit_scores_of_person(desk.op.reader(), person.id.0).await?;
    let names = places::names(desk.op.reader(), given.iter().map(|row| row.unit.0.clone()).collect()).await?;
    let rows = given.into_iter().map(|row| {
        vec![
            row.year.to_string().into(),
            names.get(row.unit.0.as_str()).cloned().unwrap_or_default().into(),
            score(row.score.0),
            score(row.max.0),
            row.note.into(),
            row.entered_by.into(),
        ]
    });
    let columns = vec![
        SheetColumn::text("年度", 8.0),
        SheetColumn::text("单位党支部", 28.0),
        number("得分"),
        number("满分"),
        SheetColumn::text("说明", 30.0),
        SheetColumn::text("报送人", 24.0),
    ];
    Ok(table("单位积分", columns, rows.collect()))
}

pub(super) async fn years(desk: &Desk, lines: &[Membership]) -> Result<SheetTable, Stop> {
    let mut rows = Vec::new();
    for id in ids(lines) {
        rows.extend(points::settled_years_of_member(desk.op.reader(), id).await?.into_iter().map(|row| {
            let unit = row.unit_score.zip(row.unit_max).map(|(Int(score), Int(max))| UnitScore { score, max });
            vec![
                row.year.to_string().into(),
                row.settled_at.0.date().into(),
                score(row.base.0),
                score(row.bonus.0),
                score(row.deduction.0),
                score(row.compound.0),
                unit.map(|unit| format!("{} / {}", unit.score, unit.max)).into(),
                row.result.map_or_else(|| "待单位报送".into(), |Int(result)| score(result)),
                if row.is_current { "有效" } else { "已更正" }.into(),
                row.reason.into(),
            ]
        }));
    }
    let columns = vec![
        SheetColumn::text("年度", 8.0),
        day("结算日期"),
        number("基础分"),
        number("加分"),
        number("扣分"),
        number("小区得分"),
        SheetColumn::text("单位得分", 16.0),
        number("年度积分"),
        SheetColumn::text("状态", 10.0),
        SheetColumn::text("更正原因", 30.0),
    ];
    Ok(table("年度积分", columns, rows))
}
