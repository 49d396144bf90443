//! Importing a year's table.

use std::collections::BTreeMap;

use domain::{
    calendar::{DayKind, TableRow},
    permission::Deed,
    place::PlaceCode,
};
use jiff::civil::date;
use platform::{
    act::{Op, Subject},
    error::Stop,
};
use serde_json::json;

use super::store;

/// Imports a table; answers with the years that are now known by it.
///
/// A table that names 1 January is the table of that year and takes the place of the one before. Days of another year that
/// come with it, such as 31 December, are put into that year's table, which must be known.
///
/// # Errors
/// A refusal at `file` when a year is neither told whole nor known.
pub async fn import_calendar(op: &Op, county: &PlaceCode, source: &str, rows: Vec<TableRow>) -> Result<Vec<i16>, Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::ImportCalendar, county)?;
    let known: Vec<i32> = store::years(act.db()).await?.into_iter().map(|row| row.year).collect();
    let mut by_year: BTreeMap<i16, Vec<TableRow>> = BTreeMap::new();
    for row in rows {
        by_year.entry(row.0.year()).or_default().push(row);
    }
    let mut told = Vec::new();
    for (year, rows) in by_year {
        let is_whole = rows.iter().any(|(day, kind, _)| *day == date(year, 1, 1) && *kind == DayKind::Off);
        if is_whole {
            store::replace_year(act.db(), year, source, act.now(), &rows).await?;
            told.push(year);
        } else if known.contains(&i32::from(year)) {
            store::put_days(act.db(), &rows).await?;
        } else {
            let message = format!(
                "{year} 年的表里没有 1 月 1 日（元旦放假），看起来不完整。请按国务院办公厅公布的 {year} 年安排补全后再上传。"
            );
            return Err(Stop::refused_at("file", message));
        }
        let body = json!({ "year": year, "days": rows.len(), "whole": is_whole });
        act.record(Deed::ImportCalendar, &Subject::new("calendar", year, county), body).await?;
    }
    act.commit().await?;
    Ok(told)
}
