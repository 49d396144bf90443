//! Voices about the same.

use domain::{ids::VoiceId, voice::VoiceKind};
use platform::{db::column::Text, error::Stop};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::voice::{row, states};

/// Open voices at the place of `row` that it may follow, the newest first; none is a report, or a piece.
pub async fn alike(db: &impl ConnectionTrait, row: &row::Model, most: u64) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find()
        .filter(row::Column::Place.eq(row.place.0.as_str()))
        .filter(row::Column::State.is_in(states(true)))
        .filter(row::Column::Kind.ne(Text(VoiceKind::Report)))
        .filter(row::Column::SplitFrom.is_null())
        .filter(row::Column::Id.ne(row.id))
        .order_by_desc(row::Column::ReceivedAt)
        .order_by_desc(row::Column::Id)
        .limit(most);
    Ok(found.all(db).await?)
}

/// The voices that follow one of `voices`, the oldest first.
pub async fn followers(
    db: &impl ConnectionTrait,
    voices: impl Iterator<Item = VoiceId>,
) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find()
        .filter(row::Column::MergedInto.is_in(voices.map(Text)))
        .order_by_asc(row::Column::ReceivedAt)
        .order_by_asc(row::Column::Id);
    Ok(found.all(db).await?)
}
