//! Owners to be called back.

use domain::{
    clock::Instant,
    ids::{BallotId, PollCallId, PollId, PollOwnerId},
    owners::CallResult,
};
use platform::{
    db::{
        column::{Int, Text},
        insert_all, save_read,
    },
    error::Stop,
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

/// Calls.
pub mod row {
    use super::{BallotId, CallResult, Instant, Int, PollCallId, PollId, PollOwnerId, Text};
    use sea_orm::entity::prelude::*;

    /// An owner who was drawn to be called back (回访).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "poll_calls")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<PollCallId>,
        pub poll_id: Text<PollId>,
        pub owner_id: Text<PollOwnerId>,
        /// The ballot that counted when the owner was drawn.
        pub ballot_id: Text<BallotId>,
        /// The owner's number in the register.
        pub number: i32,
        pub result: Option<Text<CallResult>>,
        pub note: String,
        pub called_at: Option<Int<Instant>>,
        pub signed: String,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The calls of a poll, by the owners' numbers.
pub async fn of_poll(db: &impl ConnectionTrait, poll: PollId) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find().filter(row::Column::PollId.eq(Text(poll)));
    Ok(found.order_by_asc(row::Column::Number).all(db).await?)
}

/// The call `id`.
pub async fn call(db: &impl ConnectionTrait, id: PollCallId) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(id)).one(db).await?)
}

/// Keeps those who were drawn.
pub async fn insert(db: &impl ConnectionTrait, rows: Vec<row::Model>) -> Result<(), Stop> {
    Ok(insert_all(db, rows).await?)
}

/// Saves it by the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    save_read(db, row::Column::Version, row).await
}
