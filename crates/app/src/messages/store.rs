//! The tables of messages. Nobody else touches them.

use std::collections::BTreeSet;

use domain::{
    clock::Instant,
    ids::{AccountId, MessageId, OfficeId},
    permission::OfficeKind,
    place::PlaceCode,
};
use platform::{
    actor::Officer,
    db::{
        column::{Int, Text},
        follow_place, insert_all,
    },
    error::Stop,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait as _, QueryFilter,
    QueryOrder, QuerySelect, Select,
};

/// Messages.
pub mod message {
    use super::{AccountId, Instant, Int, MessageId, OfficeKind, PlaceCode, Text};
    use sea_orm::entity::prelude::*;

    /// A message to a kind of office at a place (消息).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "messages")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<MessageId>,
        pub kind: Text<OfficeKind>,
        pub place: Text<PlaceCode>,
        pub words: String,
        pub link: String,
        pub told_at: Int<Instant>,
        /// Whom alone of these offices it is for.
        pub account_id: Option<Text<AccountId>>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Reminders.
pub mod reminder {
    use super::{Instant, Int, PlaceCode, Text};
    use sea_orm::entity::prelude::*;

    /// That an office was told of a deadline (提醒记录).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "reminders")]
    pub struct Model {
        /// What, to whom, of which deadline, and whether before or after it.
        #[sea_orm(primary_key, auto_increment = false)]
        pub key: String,
        /// The county.
        pub place: Text<PlaceCode>,
        pub told_at: Int<Instant>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod mark {
    use super::{MessageId, OfficeId, Text};
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "message_marks")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub office_id: Text<OfficeId>,
        pub seen_until: Text<MessageId>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Keeps new messages.
pub async fn insert(db: &impl ConnectionTrait, messages: Vec<message::Model>) -> Result<(), Stop> {
    Ok(insert_all(db, messages).await?)
}

fn addressed_to(officer: &Officer) -> Select<message::Entity> {
    // What is for one member follows them to their next branch.
    let for_all = Condition::all()
        .add(message::Column::Place.eq(Text(officer.office.place.clone())))
        .add(message::Column::AccountId.is_null());
    message::Entity::find()
        .filter(message::Column::Kind.eq(Text(officer.office.kind)))
        .filter(Condition::any().add(for_all).add(message::Column::AccountId.eq(Text(officer.account))))
}

/// How many messages to `officer` came after the mark of the office.
pub async fn unread(db: &impl ConnectionTrait, officer: &Officer) -> Result<u64, Stop> {
    let unread = match mark_of(db, officer.office.id).await? {
        Some(seen) => addressed_to(officer).filter(message::Column::Id.gt(Text(seen))),
        None => addressed_to(officer),
    };
    Ok(unread.count(db).await?)
}

/// At most `most` messages to `officer`, newest first, after the `offset` newest; with their number in all.
pub async fn page_of(
    db: &impl ConnectionTrait,
    officer: &Officer,
    offset: u64,
    most: u64,
) -> Result<(Vec<message::Model>, u64), Stop> {
    let total = addressed_to(officer).count(db).await?;
    let rows = addressed_to(officer).order_by_desc(message::Column::Id).offset(offset).limit(most).all(db).await?;
    Ok((rows, total))
}

/// The newest message that `office` has marked as seen.
pub async fn mark_of(db: &impl ConnectionTrait, office: OfficeId) -> Result<Option<MessageId>, Stop> {
    Ok(mark::Entity::find_by_id(Text(office)).one(db).await?.map(|mark| mark.seen_until.0))
}

/// Moves the mark of `office` to the newest message it has seen.
pub async fn mark_seen(db: &impl ConnectionTrait, office: OfficeId, seen: MessageId) -> Result<(), Stop> {
    let row = mark::ActiveModel { office_id: Set(Text(office)), seen_until: Set(Text(seen)) };
    if mark::Entity::find_by_id(Text(office)).one(db).await?.is_some() {
        mark::Entity::update(row).exec(db).await?;
    } else {
        mark::Entity::insert(row).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Lets the messages to a place follow it to its new code.
pub async fn follow_move(db: &impl ConnectionTrait, from: &PlaceCode, to: &PlaceCode) -> Result<(), Stop> {
    Ok(follow_place::<message::Entity>(db, message::Column::Place, from, to).await?)
}

/// Keys in one question to the database.
const KEYS: usize = 500;

/// Which of `keys` were told before.
pub async fn reminded(db: &impl ConnectionTrait, keys: impl Iterator<Item = String>) -> Result<BTreeSet<String>, Stop> {
    let keys: Vec<String> = keys.collect();
    let mut known = BTreeSet::new();
    for chunk in keys.chunks(KEYS) {
        let found = reminder::Entity::find().filter(reminder::Column::Key.is_in(chunk)).all(db).await?;
        known.extend(found.into_iter().map(|row| row.key));
    }
    Ok(known)
}
