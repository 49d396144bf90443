//! What happened to a voice, and what was said about it.

use domain::{
    clock::Instant,
    ids::{VoiceEntryId, VoiceId},
    voice::{Desk, VoiceStep},
};
use platform::{
    db::{
        column::{Int, Text},
        insert_all,
    },
    error::Stop,
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

/// Entries.
pub mod row {
    use super::{Desk, Instant, Int, Text, VoiceEntryId, VoiceId, VoiceStep};
    use sea_orm::entity::prelude::*;

    /// One step of a voice (办理记录).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "voice_entries")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<VoiceEntryId>,
        pub voice_id: Text<VoiceId>,
        pub at: Int<Instant>,
        pub step: Text<VoiceStep>,
        /// The desk that did it; `None` for the resident and for the system.
        pub desk: Option<Text<Desk>>,
        /// Office and name, for officers; empty for the resident.
        pub signed: String,
        pub words: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The entries of a voice, the oldest first.
pub async fn of_voice(db: &impl ConnectionTrait, voice: VoiceId) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find()
        .filter(row::Column::VoiceId.eq(Text(voice)))
        .order_by_asc(row::Column::At)
        .order_by_asc(row::Column::Id);
    Ok(found.all(db).await?)
}

/// Keeps a new one.
pub async fn insert(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}
