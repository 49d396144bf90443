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

/// How many training sessions the county and its streets and communities held in a year (培训≥2期).
///
/// # Errors
/// When the database cannot be read.
pub async fn trainings_in_year(db: &impl ConnectionTrait, county: &PlaceCode, year: i16) -> Result<usize, Stop> {
    let held = activities_in_year(db, county, year).await?;
    Ok(held.iter().filter(|row| row.kind.0 == ActivityKind::Training).count())
}
