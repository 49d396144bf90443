//! Photos of voices: what residents sent with their words, and what officers show when it is done.

use domain::{
    clock::Instant,
    ids::{VoiceId, VoicePhotoId},
    voice::Desk,
};
use platform::{
    db::{
        column::{Int, Text},
        insert_all, save_read,
    },
    error::Stop,
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, sea_query::SelectStatement,
};

/// Photos.
pub mod row {
    use super::{Desk, Instant, Int, Text, VoiceId, VoicePhotoId};
    use sea_orm::entity::prelude::*;

    /// A photo of a voice (照片).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "voice_photos")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<VoicePhotoId>,
        pub voice_id: Text<VoiceId>,
        pub blob_hash: String,
        /// The desk that took it; `None` for the resident.
        pub desk: Option<Text<Desk>>,
        pub sent_at: Int<Instant>,
        /// Whether an officer showed it to the neighbours.
        pub is_public: bool,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The photo `id`.
pub async fn photo(db: &impl ConnectionTrait, id: VoicePhotoId) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(id)).one(db).await?)
}

/// The photos of a voice, the oldest first.
pub async fn of_voice(db: &impl ConnectionTrait, voice: VoiceId) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find().filter(row::Column::VoiceId.eq(Text(voice))).order_by_asc(row::Column::Id);
    Ok(found.all(db).await?)
}

/// Those of these voices that neighbours may see, the oldest first.
pub async fn public_of(
    db: &impl ConnectionTrait,
    voices: impl Iterator<Item = VoiceId>,
) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find()
        .filter(row::Column::VoiceId.is_in(voices.map(Text)))
        .filter(row::Column::IsPublic.eq(true))
        .order_by_asc(row::Column::Id);
    Ok(found.all(db).await?)
}

/// The voices with photos that neighbours were never shown.
pub fn hidden() -> SelectStatement {
    let hidden = row::Entity::find().filter(row::Column::IsPublic.eq(false));
    hidden.select_only().column(row::Column::VoiceId).into_query()
}

/// Keeps new ones.
pub async fn insert(db: &impl ConnectionTrait, rows: Vec<row::Model>) -> Result<(), Stop> {
    Ok(insert_all(db, rows).await?)
}

/// Saves one by the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    save_read(db, row::Column::Version, row).await
}

/// Forgets those of a voice that neighbours were never shown; answers with their files.
pub async fn forget(db: &impl ConnectionTrait, voice: VoiceId) -> Result<Vec<String>, Stop> {
    let hidden = Condition::all().add(row::Column::VoiceId.eq(Text(voice))).add(row::Column::IsPublic.eq(false));
    let gone = row::Entity::find().filter(hidden.clone()).all(db).await?;
    row::Entity::delete_many().filter(hidden).exec(db).await?;
    Ok(gone.into_iter().map(|row| row.blob_hash).collect())
}
