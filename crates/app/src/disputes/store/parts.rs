//! What belongs to a file: sessions, items of the agreement, its history, and who stands back.

use domain::{
    clock::Instant,
    dispute::{DisputeStep, ItemOutcome},
    ids::{AccountId, AgreementItemId, DisputeEntryId, DisputeId, MediationSessionId},
    voice::Desk,
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

/// Sessions.
pub mod session {
    use super::{Date, DisputeId, MediationSessionId, Text};
    use sea_orm::entity::prelude::*;

    /// A session of mediation (调解会); place, people, course and result are sealed.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "dispute_sessions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<MediationSessionId>,
        pub dispute_id: Text<DisputeId>,
        pub number: i32,
        pub held_on: Text<Date>,
        pub told_sealed: String,
        pub signed: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Items of the agreement.
pub mod item {
    use super::{AgreementItemId, Date, DisputeId, ItemOutcome, Text};
    use sea_orm::entity::prelude::*;

    /// Something to be done by a day (履行事项).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "dispute_items")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<AgreementItemId>,
        pub dispute_id: Text<DisputeId>,
        pub number: i32,
        pub text_sealed: String,
        pub due_on: Text<Date>,
        pub outcome: Text<ItemOutcome>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The history.
pub mod entry {
    use super::{Desk, DisputeEntryId, DisputeId, DisputeStep, Instant, Int, Text};
    use sea_orm::entity::prelude::*;

    /// One step of a file (办理记录).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "dispute_entries")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<DisputeEntryId>,
        pub dispute_id: Text<DisputeId>,
        pub at: Int<Instant>,
        pub step: Text<DisputeStep>,
        /// The desk at which it lay.
        pub desk: Text<Desk>,
        pub signed: String,
        pub words_sealed: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Who stands back.
pub mod recusal {
    use super::{AccountId, DisputeId, Instant, Int, Text};
    use sea_orm::entity::prelude::*;

    /// Somebody with a relation to a party, who mediates no further (回避).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "dispute_recusals")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub dispute_id: Text<DisputeId>,
        #[sea_orm(primary_key, auto_increment = false)]
        pub account_id: Text<AccountId>,
        pub signed: String,
        pub relation_sealed: String,
        pub declared_at: Int<Instant>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The sessions of a file, the first first.
pub async fn sessions_of(db: &impl ConnectionTrait, id: DisputeId) -> Result<Vec<session::Model>, Stop> {
    let found = session::Entity::find().filter(session::Column::DisputeId.eq(Text(id)));
    Ok(found.order_by_asc(session::Column::Number).all(db).await?)
}

/// What was agreed on in a file, in its order.
pub async fn items_of(db: &impl ConnectionTrait, id: DisputeId) -> Result<Vec<item::Model>, Stop> {
    let found = item::Entity::find().filter(item::Column::DisputeId.eq(Text(id)));
    Ok(found.order_by_asc(item::Column::Number).all(db).await?)
}

/// The history of a file, the oldest first.
pub async fn entries_of(db: &impl ConnectionTrait, id: DisputeId) -> Result<Vec<entry::Model>, Stop> {
    let found = entry::Entity::find().filter(entry::Column::DisputeId.eq(Text(id)));
    Ok(found.order_by_asc(entry::Column::At).order_by_asc(entry::Column::Id).all(db).await?)
}

/// Who stands back from these files.
pub async fn recusals_of(db: &impl ConnectionTrait, ids: Vec<DisputeId>) -> Result<Vec<recusal::Model>, Stop> {
    let found = recusal::Entity::find().filter(recusal::Column::DisputeId.is_in(ids.into_iter().map(Text)));
    Ok(found.order_by_asc(recusal::Column::DisputeId).order_by_asc(recusal::Column::AccountId).all(db).await?)
}

/// Keeps a session.
pub async fn insert_session(db: &impl ConnectionTrait, row: session::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Keeps what was agreed on, in the place of what was written down before.
pub async fn replace_items(db: &impl ConnectionTrait, id: DisputeId, rows: Vec<item::Model>) -> Result<(), Stop> {
    item::Entity::delete_many().filter(item::Column::DisputeId.eq(Text(id))).exec(db).await?;
    Ok(insert_all(db, rows).await?)
}

/// Saves how an item stands, by the version that was read.
pub async fn save_item(db: &impl ConnectionTrait, row: item::Model) -> Result<(), Stop> {
    save_read(db, item::Column::Version, row).await
}

/// Keeps a line of the history.
pub async fn insert_entry(db: &impl ConnectionTrait, row: entry::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Keeps that somebody stands back.
pub async fn insert_recusal(db: &impl ConnectionTrait, row: recusal::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}
