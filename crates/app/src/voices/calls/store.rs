//! Calls for help.

use domain::{
    clock::Instant,
    ids::{VoiceCallId, VoiceId},
    place::PlaceCode,
    voice::{CallState, Callee, Desk, Solved},
};
use platform::{
    db::{
        column::{Int, Text},
        insert_all, save_read, within,
    },
    error::Stop,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use crate::voices::store::voice::{self, states};

/// Calls.
pub mod row {
    use super::{CallState, Callee, Desk, Instant, Int, Solved, Text, VoiceCallId, VoiceId};
    use sea_orm::entity::prelude::*;

    /// Somebody called in for a voice (协办).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "voice_calls")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<VoiceCallId>,
        pub voice_id: Text<VoiceId>,
        pub callee: Text<Callee>,
        /// Which one.
        pub called: String,
        /// What the desk asks, in its own words.
        pub words: String,
        /// The desk that called.
        pub desk: Text<Desk>,
        pub signed: String,
        pub called_at: Int<Instant>,
        /// Until when the answer is due; `None` where a year has no table.
        pub due_at: Option<Int<Instant>>,
        pub state: Text<CallState>,
        pub state_since: Int<Instant>,
        /// What was answered, or why it was withdrawn.
        pub answer: String,
        /// Whether it was for who was called, as they see it.
        pub is_theirs: Option<bool>,
        /// Whether what was asked is done, as the desk sees it.
        pub solved: Option<Text<Solved>>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        /// The voice it is for.
        #[sea_orm(
            belongs_to = "super::voice::row::Entity",
            from = "Column::VoiceId",
            to = "super::voice::row::Column::Id"
        )]
        Voice,
    }

    impl Related<super::voice::row::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Voice.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

impl row::Model {
    /// Whether the answer came, or is still missing, after it was due.
    #[must_use]
    pub fn is_late(&self, now: Instant) -> bool {
        let until = if self.state.0 == CallState::Open { now } else { self.state_since.0 };
        self.state.0 != CallState::Withdrawn && self.due_at.is_some_and(|due| due.0 <= until)
    }
}

/// The call `id`.
pub async fn call(db: &impl ConnectionTrait, id: VoiceCallId) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(id)).one(db).await?)
}

/// The calls for a voice, the oldest first.
pub async fn of_voice(db: &impl ConnectionTrait, voice: VoiceId) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find().filter(row::Column::VoiceId.eq(Text(voice)));
    Ok(found.order_by_asc(row::Column::CalledAt).order_by_asc(row::Column::Id).all(db).await?)
}

/// How many calls for a voice are open.
pub async fn open_of(db: &impl ConnectionTrait, voice: VoiceId) -> Result<u64, Stop> {
    let open = row::Entity::find()
        .filter(row::Column::VoiceId.eq(Text(voice)))
        .filter(row::Column::State.eq(Text(CallState::Open)));
    Ok(open.count(db).await?)
}

/// Open calls for what is worked on at `desk` at or under `place`, the most urgent first, with their voices.
pub async fn waiting_at(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    desk: Desk,
    most: u64,
) -> Result<Vec<(row::Model, voice::row::Model)>, Stop> {
    let found = row::Entity::find()
        .find_also_related(voice::row::Entity)
        .filter(row::Column::State.eq(Text(CallState::Open)))
        .filter(within(voice::row::Column::Place, place))
        .filter(voice::row::Column::Desk.eq(Text(desk)))
        .filter(voice::row::Column::State.is_in(states(true)))
        .order_by_asc(row::Column::DueAt)
        .order_by_asc(row::Column::Id)
        .limit(most);
    Ok(found.all(db).await?.into_iter().filter_map(|(call, voice)| Some((call, voice?))).collect())
}

/// Calls of a span for voices at or under `place`.
pub async fn of_span(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    (from, until): (Instant, Instant),
) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find()
        .inner_join(voice::row::Entity)
        .filter(within(voice::row::Column::Place, place))
        .filter(row::Column::CalledAt.gte(Int(from)))
        .filter(row::Column::CalledAt.lt(Int(until)));
    Ok(found.all(db).await?)
}

/// Keeps a new one.
pub async fn insert(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Saves a step by the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    save_read(db, row::Column::Version, row).await
}
