//! The pieces of a voice that was split.

use domain::ids::VoiceId;
use platform::{db::column::Text, error::Stop};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::voice::{row, states};

/// The pieces of `voice`, in the order they were split off.
pub async fn of_voice(db: &impl ConnectionTrait, voice: VoiceId) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find().filter(row::Column::SplitFrom.eq(Text(voice)));
    Ok(found.order_by_asc(row::Column::Id).all(db).await?)
}

/// How many pieces of `voice` are open.
pub async fn open_of(db: &impl ConnectionTrait, voice: VoiceId) -> Result<u64, Stop> {
    let open = row::Entity::find()
        .filter(row::Column::SplitFrom.eq(Text(voice)))
        .filter(row::Column::State.is_in(states(true)));
    Ok(open.count(db).await?)
}
