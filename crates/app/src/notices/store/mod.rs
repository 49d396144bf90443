//! The tables of notices, objections and awards. Nobody else touches them.

mod awards;
mod notices;
mod objections;

use domain::place::PlaceCode;
use platform::error::Stop;
use sea_orm::ConnectionTrait;

pub use awards::{
    award, award_of, awards, awards_of_place, awards_of_season, circular, circulars, insert_awards, insert_circular,
    save_award,
};
pub use notices::{
    Extension, current_until, entries, entries_of, entry, insert, insert_entries, latest, notice, published, save,
    versions,
};
pub use objections::{
    insert_objection, objection, objection_by_index, objections_under, open_by_application, row, save_objection,
};

/// Lets everything kept of a branch follow it to its new code.
pub async fn follow_move(db: &impl ConnectionTrait, from: &PlaceCode, to: &PlaceCode) -> Result<(), Stop> {
    notices::follow_move(db, from, to).await?;
    awards::follow_move(db, from, to).await?;
    objections::follow_move(db, from, to).await
}
