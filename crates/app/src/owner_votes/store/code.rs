//! Voting codes. Of a code only what it is found by is kept.

use domain::{
    clock::Instant,
    ids::{PollId, PollOwnerId},
    owners::IdentityProof,
};
use platform::{
    db::{
        column::{Int, Text},
        insert_all,
    },
    error::Stop,
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, sea_query::Expr};

/// Codes.
pub mod row {
    use super::{IdentityProof, Instant, Int, PollId, PollOwnerId, Text};
    use sea_orm::entity::prelude::*;

    /// The code that votes for an owner over the net (投票码).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "poll_codes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub owner_id: Text<PollOwnerId>,
        pub poll_id: Text<PollId>,
        pub code_index: String,
        /// How it was seen who the owner is.
        pub proof: Text<IdentityProof>,
        pub issued_at: Int<Instant>,
        /// Office and name of who saw it.
        pub signed: String,
        /// Since when it votes no more, because its owner denied a ballot.
        pub ended_at: Option<Int<Instant>>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The code of an owner.
pub async fn of_owner(db: &impl ConnectionTrait, owner: PollOwnerId) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(owner)).one(db).await?)
}

/// The code of a poll with this index, also where it votes no more.
pub async fn by_index(db: &impl ConnectionTrait, poll: PollId, index: &str) -> Result<Option<row::Model>, Stop> {
    let found = row::Entity::find().filter(row::Column::CodeIndex.eq(index)).filter(row::Column::PollId.eq(Text(poll)));
    Ok(found.one(db).await?)
}

/// Keeps the code of an owner; an earlier one votes no more.
pub async fn replace(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    row::Entity::delete_by_id(row.owner_id).exec(db).await?;
    Ok(insert_all(db, vec![row]).await?)
}

/// Ends the code of an owner: it votes no more, and is not given out again.
pub async fn end_of(db: &impl ConnectionTrait, owner: PollOwnerId, now: Instant) -> Result<(), Stop> {
    row::Entity::update_many()
        .col_expr(row::Column::EndedAt, Expr::value(now.as_micros()))
        .filter(row::Column::OwnerId.eq(Text(owner)))
        .exec(db)
        .await?;
    Ok(())
}
