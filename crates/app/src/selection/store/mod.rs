//! The tables of the selection. Nobody else touches them.

pub mod application;
pub mod attachment;
pub mod listed;
pub mod opinion;
pub mod season;
pub mod street;

use domain::place::PlaceCode;
use platform::error::Stop;
use sea_orm::ConnectionTrait;

/// Lets everything kept of a branch follow it to its new code.
pub async fn follow_move(db: &impl ConnectionTrait, from: &PlaceCode, to: &PlaceCode) -> Result<(), Stop> {
    season::follow_move(db, from, to).await?;
    application::follow_move(db, from, to).await
}
