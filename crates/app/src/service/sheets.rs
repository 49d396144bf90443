//! Posts, wishes and reports as Excel tables.

use office::sheet::{CellValue, SheetColumn, SheetTable};

use super::{
    http::{posts, reports, wishes},
    store::claim,
};

fn count(count: usize) -> CellValue {
    CellValue::from(count)
}

/// Each who holds a post has a row; so has a post that nobody holds.
#[must_use]
pub fn posts(title: &str, lines: &[posts::Line]) -> SheetTable {
    SheetTable {
        name: "岗位和服务队".to_owned(),
        title: Some(title.to_owned()),
        note: Some("每名在岗的党员一行，还没有人认领的岗位也列一行。".to_owned()),
        columns: vec![
            SheetColumn::text("小区党支部", 28.0),
            SheetColumn::text("岗位", 24.0),
            SheetColumn::centred("种类"),
            SheetColumn::text("职责", 50.0),
            SheetColumn::count("名额"),
            SheetColumn::centred("状态"),
            SheetColumn::text("姓名", 12.0),
            SheetColumn::date("认领日期"),
            SheetColumn::count("履职（半年）"),
        ],
        rows: lines.iter().flat_map(rows_of_post).collect(),
        totals: None,
    }
}

fn rows_of_post(line: &posts::Line) -> Vec<Vec<CellValue>> {
    let post = || -> Vec<CellValue> {
        vec![
            line.branch.as_str().into(),
            line.row.title.as_str().into(),
            line.row.kind.0.label().into(),
            line.row.duty.as_str().into(),
            line.row.places.map(i64::from).into(),
            line.row.state.0.label().into(),
        ]
    };
    let holder = |(claim, who): &(claim::Model, String)| {
        let held: [CellValue; 3] = [who.as_str().into(), claim.claimed_on.0.into(), i64::from(claim.halves).into()];
        post().into_iter().chain(held).collect()
    };
    if line.holders.is_empty() { vec![post()] } else { line.holders.iter().map(holder).collect() }
}

/// Wishes, without who asked.
#[must_use]
pub fn wishes(title: &str, lines: Vec<wishes::Line>) -> SheetTable {
    let row = |line: wishes::Line| -> Vec<CellValue> {
        vec![
            line.branch.into(),
            line.row.title.into(),
            line.row.body.into(),
            line.row.published_at.0.date().into(),
            line.row.state.0.label().into(),
            line.member.into(),
            line.row.done_on.map(|date| date.0).into(),
            line.row.note.into(),
        ]
    };
    SheetTable {
        name: "微心愿".to_owned(),
        title: Some(title.to_owned()),
        note: Some("本表不含提出的人。".to_owned()),
        columns: vec![
            SheetColumn::text("小区党支部", 28.0),
            SheetColumn::text("心愿", 30.0),
            SheetColumn::text("具体情况", 50.0),
            SheetColumn::date("发布日期"),
            SheetColumn::centred("状态"),
            SheetColumn::text("认领的党员", 14.0),
            SheetColumn::date("办好日期"),
            SheetColumn::text("办理情况", 40.0),
        ],
        rows: lines.into_iter().map(row).collect(),
        totals: None,
    }
}

/// The members of a branch with their reports, or branches with how many were sent (R-DUTY-03).
#[must_use]
pub fn reports(title: &str, is_branch: bool, lines: &[reports::Line]) -> SheetTable {
    let row = |line: &reports::Line| {
        let state = if is_branch { reports::state_words(line.row.as_ref()).into() } else { count(line.members) };
        vec![line.name.as_str().into(), state]
    };
    let columns = if is_branch {
        vec![SheetColumn::text("姓名", 14.0), SheetColumn::text("状态", 30.0)]
    } else {
        vec![SheetColumn::text("小区党支部", 30.0), SheetColumn::count("已报送（份）")]
    };
    SheetTable {
        name: "党员年度报告".to_owned(),
        title: Some(title.to_owned()),
        columns,
        rows: lines.iter().map(row).collect(),
        ..SheetTable::default()
    }
}

/// A community's feedback to units (R-DUTY-03).
#[must_use]
pub fn feedback(title: &str, lines: &[reports::Line]) -> SheetTable {
    let row = |line: &reports::Line| {
        vec![line.name.as_str().into(), count(line.members), reports::state_words(line.row.as_ref()).into()]
    };
    SheetTable {
        name: "向单位反馈".to_owned(),
        title: Some(title.to_owned()),
        columns: vec![
            SheetColumn::text("单位", 36.0),
            SheetColumn::count("在本社区的党员"),
            SheetColumn::text("状态", 30.0),
        ],
        rows: lines.iter().map(row).collect(),
        ..SheetTable::default()
    }
}
