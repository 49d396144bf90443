//! Ballots. What each says is sealed, also where it may be shown.

use domain::{
    clock::Instant,
    ids::{BallotId, PollId, PollOwnerId},
    owners::{BallotChannel, BallotState},
};
use jiff::civil::Date;
use platform::{
    db::{
        column::{Int, Text},
        insert_all, save_read,
    },
    error::Stop,
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

/// Ballots.
pub mod row {
    use super::{BallotChannel, BallotId, BallotState, Date, Instant, Int, PollId, PollOwnerId, Text};
    use sea_orm::entity::prelude::*;

    /// A ballot as it was entered (选票).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "poll_ballots")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<BallotId>,
        pub poll_id: Text<PollId>,
        pub owner_id: Text<PollOwnerId>,
        pub choice_sealed: String,
        pub channel: Text<BallotChannel>,
        pub cast_on: Text<Date>,
        /// Who took it.
        pub collector: String,
        /// Who listened to the telephone; else empty.
        pub witness: String,
        pub recorded_at: Int<Instant>,
        /// Office and name of who entered it.
        pub signed: String,
        pub state: Text<BallotState>,
        /// Why it counts no more; else empty.
        pub reason: String,
        pub blob_hash: Option<String>,
        pub file_name: String,
        /// The keyed hash of the form by which it came over the net.
        pub once_index: Option<String>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The ballot `id`.
pub async fn ballot(db: &impl ConnectionTrait, id: BallotId) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(id)).one(db).await?)
}

/// The ballots of a poll, the oldest first.
pub async fn of_poll(db: &impl ConnectionTrait, poll: PollId) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find().filter(row::Column::PollId.eq(Text(poll)));
    Ok(found.order_by_asc(row::Column::Id).all(db).await?)
}

/// The ballots of one owner, the oldest first.
pub async fn of_owner(db: &impl ConnectionTrait, poll: PollId, owner: PollOwnerId) -> Result<Vec<row::Model>, Stop> {
    let found =
        row::Entity::find().filter(row::Column::PollId.eq(Text(poll))).filter(row::Column::OwnerId.eq(Text(owner)));
    Ok(found.order_by_asc(row::Column::Id).all(db).await?)
}

/// Keeps a new one.
pub async fn insert(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Saves it by the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    save_read(db, row::Column::Version, row).await
}
