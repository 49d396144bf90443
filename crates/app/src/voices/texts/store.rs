//! Short messages. What was sent is kept in its shown form; the words themselves, which may hold a code, are sealed and go when it
//! is over.

use domain::{
    clock::Instant,
    ids::{VoiceId, VoiceTextId},
};
use platform::{
    db::{
        column::{Int, Text},
        insert_all, save_read,
    },
    error::Stop,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

/// Texts.
pub mod row {
    use super::{Instant, Int, Text, VoiceId, VoiceTextId};
    use sea_orm::entity::prelude::*;

    /// A short message to who spoke (短信).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "voice_texts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<VoiceTextId>,
        pub voice_id: Text<VoiceId>,
        /// What officers read of it.
        pub shown: String,
        /// What goes out; nothing once it went, or was given up.
        pub words_sealed: Option<String>,
        pub made_at: Int<Instant>,
        /// When it is tried next; nothing once it is over.
        pub next_at: Option<Int<Instant>>,
        pub tries: i32,
        pub sent_at: Option<Int<Instant>>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl row::Model {
    /// What became of it, in words.
    #[must_use]
    pub fn standing(&self) -> String {
        match (self.sent_at, self.next_at) {
            (Some(sent), _) => format!("{} 已发出", sent.0),
            (None, Some(_)) if self.tries == 0 => "等待发送（8 点至 21 点发）".to_owned(),
            (None, Some(_)) => "没有发出去，稍后再试".to_owned(),
            (None, None) => "没有发出去，请打电话告知".to_owned(),
        }
    }
}

/// The texts of a voice, the newest first.
pub async fn of_voice(db: &impl ConnectionTrait, voice: VoiceId) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find().filter(row::Column::VoiceId.eq(Text(voice)));
    Ok(found.order_by_desc(row::Column::Id).all(db).await?)
}

/// The text `id`.
pub async fn text(db: &impl ConnectionTrait, id: VoiceTextId) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(id)).one(db).await?)
}

/// At most `most` texts that are to go out by `now`, the oldest first.
pub async fn due(db: &impl ConnectionTrait, now: Instant, most: u64) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find().filter(row::Column::NextAt.lte(Int(now)));
    Ok(found.order_by_asc(row::Column::NextAt).order_by_asc(row::Column::Id).limit(most).all(db).await?)
}

/// Keeps a new one.
pub async fn insert(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Saves one by the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    save_read(db, row::Column::Version, row).await
}

/// Forgets those of a voice.
pub async fn forget(db: &impl ConnectionTrait, voice: VoiceId) -> Result<(), Stop> {
    row::Entity::delete_many().filter(row::Column::VoiceId.eq(Text(voice))).exec(db).await?;
    Ok(())
}
