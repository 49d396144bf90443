//! How long each step may take, as the county has it (办理时限, R-VOI-04). What is in use is never changed: a change is a version of
//! its own, and a voice keeps the lengths of the moment it was received.

mod actions;
pub mod http;
pub mod store;

use domain::{clock::Instant, place::Level, place::PlaceCode, voice::Terms};
use platform::error::Stop;
use sea_orm::ConnectionTrait;

pub use actions::set_terms;

/// The lengths that a voice of `place` has, which was received at `at`.
///
/// # Errors
/// When the database cannot be read.
pub async fn terms_at(db: &impl ConnectionTrait, place: &PlaceCode, at: Instant) -> Result<Terms, Stop> {
    let Some(county) = place.at(Level::County) else { return Ok(Terms::default()) };
    Ok(store::in_force(db, &county, at).await?.map(|row| row.terms.0).unwrap_or_default())
}
