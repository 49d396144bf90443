//! What pages and other modules read about activities.

use domain::{
    activity::{ActivityKind, ActivityState, TakingPart},
    clock::Instant,
    ids::MembershipId,
    place::{Level, PlaceCode},
};
use jiff::civil::date;
use platform::error::Stop;
use sea_orm::ConnectionTrait;

use super::store::{self, activity, person};

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

/// Every activity that a member signed up for or came to, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn taken_part(
    db: &impl ConnectionTrait,
    member: MembershipId,
) -> Result<Vec<(activity::Model, person::Model)>, Stop> {
    store::taken_part(db, member).await
}

/// When an activity begins, in words.
#[must_use]
pub fn when(row: &activity::Model) -> String {
    row.starts_at.0.to_string()
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

/// How many activities a branch held in a year to which anybody came: members, residents, owners or stewards.
///
/// # Errors
/// When the database cannot be read.
pub async fn peopled_in_year(db: &impl ConnectionTrait, branch: &PlaceCode, year: i16) -> Result<usize, Stop> {
    let held = activities_in_year(db, branch, year).await?;
    let has_guests = |row: &activity::Model| {
        [row.residents, row.owners, row.stewards].into_iter().flatten().any(|guests| guests > 0)
    };
    let (with_guests, others): (Vec<_>, Vec<_>) = held.into_iter().partition(has_guests);
    let others: Vec<_> = others.into_iter().map(|row| row.id.0).collect();
    Ok(with_guests.len() + store::came_of(db, branch, &others).await?)
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

/// How many training sessions of the community, street or county the branch's members came to in a year.
///
/// # Errors
/// When the database cannot be read.
pub async fn trainings_attended(db: &impl ConnectionTrait, branch: &PlaceCode, year: i16) -> Result<usize, Stop> {
    let (from, until) = bounds(year);
    let held = store::activities(db, branch, above(branch), from, until).await?.into_iter();
    let is_training = |row: &activity::Model| {
        row.kind.0 == ActivityKind::Training && row.state.0 == ActivityState::SummedUp && row.place.0 != *branch
    };
    let trainings: Vec<_> = held.filter(is_training).map(|row| row.id.0).collect();
    store::came_of(db, branch, &trainings).await
}

/// The activities that a member signed up for and that are still ahead, called off or not, with how they take part; for the
/// member's own page. Whoever came off the waiting list has [`person::Model::promoted_at`].
///
/// # Errors
/// When the database cannot be read.
pub async fn signed_up_by(
    db: &impl ConnectionTrait,
    member: MembershipId,
    now: Instant,
) -> Result<Vec<(activity::Model, person::Model)>, Stop> {
    let mut parts = store::parts_of_member(db, member, now, now.plus_days(COMING_DAYS)).await?;
    parts.retain(|(_, part)| part.state.0 != TakingPart::Left);
    Ok(parts)
}

/// How many training sessions were held for `place` in a year: by itself, above it, and by streets and communities below it. What a
/// branch holds for itself is none of the programme's (培训≥2期).
///
/// # Errors
/// When the database cannot be read.
pub async fn trainings_in_year(db: &impl ConnectionTrait, place: &PlaceCode, year: i16) -> Result<usize, Stop> {
    let (from, until) = bounds(year);
    let held = store::activities(db, place, above(place), from, until).await?;
    let counts = |row: &&activity::Model| {
        row.state.0 == ActivityState::SummedUp
            && row.kind.0 == ActivityKind::Training
            && row.place.0.level() != Level::Branch
    };
    Ok(held.iter().filter(counts).count())
}
