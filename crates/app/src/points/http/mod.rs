//! Requests around the points.

pub mod appeal;
pub mod branch;
pub mod catalogue;
pub mod correction;
pub mod member;
pub mod propose;
pub mod summary;
pub mod unit_report;
pub mod unit_scores;
pub mod year;

use axum::response::{IntoResponse as _, Redirect, Response};
use domain::{
    ids::Id,
    permission::Deed,
    place::{Level, PlaceCode},
    points::{Annual, Points},
};
use platform::{
    error::Stop,
    shell::{Chart, ChartKind, Chip, Series},
};

use super::urls;
use crate::desk::Desk;

/// The first year that has points: the programme began then.
const FIRST_YEAR: i32 = 2021;

fn parse<I: Id>(text: &str) -> Result<I, Stop> {
    text.parse().map_err(|_| Stop::Missing)
}

fn parse_place(text: &str) -> Result<PlaceCode, Stop> {
    text.parse().map_err(|_| Stop::Missing)
}

/// A year that points may be of.
fn parse_year(text: &str, desk: &Desk) -> Result<i32, Stop> {
    let year = text.parse().map_err(|_| Stop::Missing)?;
    if (FIRST_YEAR..=this_year(desk)).contains(&year) { Ok(year) } else { Err(Stop::Missing) }
}

fn this_year(desk: &Desk) -> i32 {
    desk.op.now().date().year().into()
}

/// The years to choose from, the newest first.
fn year_chips(desk: &Desk, chosen: i32, href: impl Fn(i32) -> String) -> Vec<Chip> {
    let chip = |year: i32| Chip { label: format!("{year}年度"), href: href(year), is_on: year == chosen };
    (FIRST_YEAR..=this_year(desk)).rev().take(3).map(chip).collect()
}

/// On to the points of one's own place.
pub async fn own(desk: Desk) -> Result<Response, Stop> {
    let place = &desk.officer.office.place;
    desk.op.permit(Deed::ViewPointsSummary, place)?;
    Ok(Redirect::to(&urls::branch(place, this_year(&desk))).into_response())
}

/// The points of a place: a branch by name for itself and its community, anything above by counts (R-PTS-10).
pub async fn place(
    desk: Desk,
    axum::extract::Path((year, place)): axum::extract::Path<(String, String)>,
) -> Result<Response, Stop> {
    let (place, year) = (parse_place(&place)?, parse_year(&year, &desk)?);
    desk.op.permit(Deed::ViewPointsSummary, &place)?;
    if place.level() == Level::Branch && desk.op.can(Deed::ViewPoints, &place) {
        branch::show(desk, place, year).await
    } else {
        summary::show(desk, place, year).await
    }
}

/// The same as an Excel table.
pub async fn export(
    desk: Desk,
    axum::extract::Path((year, place)): axum::extract::Path<(String, String)>,
) -> Result<Response, Stop> {
    let (place, year) = (parse_place(&place)?, parse_year(&year, &desk)?);
    desk.op.permit(Deed::ViewPointsSummary, &place)?;
    if place.level() == Level::Branch && desk.op.can(Deed::ViewPoints, &place) {
        branch::export(&desk, &place, year).await
    } else {
        summary::export(&desk, &place, year).await
    }
}

/// How many years stand in each band of points: a distribution, never an order of persons. Years that wait for the unit are in none.
fn distribution(results: impl Iterator<Item = Annual>) -> Chart {
    const BANDS: &[(&str, i64)] =
        &[("60 分以下", 60), ("60–69 分", 70), ("70–79 分", 80), ("80–89 分", 90), ("90–100 分", 101)];
    let mut counts = [0_i64; 5];
    for result in results {
        let Annual::Settled(points) = result else { continue };
        let band = BANDS.iter().position(|(_, below)| points < Points::whole(*below)).unwrap_or(4);
        if let Some(count) = counts.get_mut(band) {
            *count += 1;
        }
    }
    Chart {
        kind: ChartKind::Bar,
        title: "年度积分分布（人数，不含等待单位积分的）".to_owned(),
        labels: BANDS.iter().map(|(label, _)| (*label).to_owned()).collect(),
        series: vec![Series { name: "人数".to_owned(), values: counts.to_vec() }],
    }
}
