//! What pages and other modules read about activities.

use domain::{
    activity::{ActivityKind, ActivityState},
    clock::Instant,
    place::{Level, PlaceCode},
};
use jiff::civil::date;
use platform::error::Stop;
use sea_orm::ConnectionTrait;

use super::store::{self, activity};

/// How far ahead members look.
const COMING_DAYS: i64 = 60;

/// The beginning of a year and of the next one.
pub(super) fn bounds(year: i16) -> (Instant, Instant) {
    (Instant::start_of(date(year, 1, 1)), Instant::start_of(date(year.saturating_add(1), 1, 1)))
}

/// The places above, whose activities are for this place as well.
pub(super) fn above(place: &PlaceCode) -> Vec<PlaceCode> {
    [Level::County, Level::Street, Level::Community]
        .iter()
        .filter_map(|level| place.at(*level))
        .filter(|it| it != place)
        .collect()
}

/// The published activities that a branch's members may come to from now on, the earliest first: the branch's own and those held
/// above it.
///
/// # Errors
/// When the database cannot be read.
pub async fn coming(db: &impl ConnectionTrait, branch: &PlaceCode, now: Instant) -> Result<Vec<activity::Model>, Stop> {
    let mut rows = store::activities(db, branch, above(branch), now, now.plus_days(COMING_DAYS)).await?;
    rows.retain(|row| row.state.0 == ActivityState::Published);
    Ok(rows)
}

/// When an activity begins, in words.
#[must_use]
pub fn when(row: &activity::Model) -> String {
    super::pages::at(row.starts_at.0)
}

/// The activities that a place and what lies under it held in a year, the earliest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn activities_in_year(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    year: i16,
) -> Result<Vec<activity::Model>, Stop> {
    let (from, until) = bounds(year);
    let mut held = store::activities(db, place, Vec::new(), from, until).await?;
    held.retain(|row| row.state.0 == ActivityState::SummedUp);
    Ok(held)
}

/// How many activities of the community, street or county the branch's members came to in a year.
///
/// # Errors
/// When the database cannot be read.
pub async fn joint_in_year(db: &impl ConnectionTrait, branch: &PlaceCode, year: i16) -> Result<usize, Stop> {
    let (from, until) = bounds(year);
    let held = store::held_above(db, above(branch), from, until).await?;
    store::came_of(db, branch, &held).await
}

/// How many training sessions the county and its streets and communities held in a year (培训≥2期).
///
/// # Errors
/// When the database cannot be read.
pub async fn trainings_in_year(db: &impl ConnectionTrait, county: &PlaceCode, year: i16) -> Result<usize, Stop> {
    let held = activities_in_year(db, county, year).await?;
    Ok(held.iter().filter(|row| row.kind.0 == ActivityKind::Training).count())
}
