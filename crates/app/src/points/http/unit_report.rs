//! The year's report to a work unit: its own members as they were settled (积分反馈).

use axum::{extract::Path, response::Response};
use platform::{
    error::Stop,
    pages::{letter as word, workbook},
};

use super::unit_scores::find;
use crate::{
    desk::Desk,
    points::{letters, queries, queries::MemberYear, sheets},
};

/// The unit, its name, the year and its members, once the year is settled.
async fn report(desk: &Desk, unit: &str, year: &str) -> Result<(String, i32, Vec<MemberYear>), Stop> {
    let (unit, name, year) = find(desk, unit, year).await?;
    let members = queries::members_of_unit_in_year(desk.op.reader(), &unit, year).await?;
    Ok((name, year, members))
}

/// As an Excel table.
pub async fn table(desk: Desk, Path((year, unit)): Path<(String, String)>) -> Result<Response, Stop> {
    let (name, year, members) = report(&desk, &unit, &year).await?;
    let title = format!("{name}在职党员{year}年度积分");
    workbook(&title, &[sheets::branch_sheet(&title, &members)])
}

/// As a Word document.
pub async fn letter(desk: Desk, Path((year, unit)): Path<(String, String)>) -> Result<Response, Stop> {
    let (name, year, members) = report(&desk, &unit, &year).await?;
    let title = format!("{name}在职党员{year}年度积分报告");
    word(&title, &letters::unit_report(&name, year, &members, desk.op.now().date()))
}
