//! The audit record: appended in the deed's own transaction, one hash chain for each county.

use std::collections::BTreeMap;

use domain::{
    audit::{Break, Event, GENESIS, Walk},
    clock::Instant,
    ids::EventId,
    permission::Deed,
    place::Level,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

use crate::{
    act::{Op, Subject},
    actor::Actor,
    db::column::{Int, Text},
    error::Stop,
};

/// The chain of deeds that lie in no county, such as the first start.
const SYSTEM_CHAIN: &str = "system";

/// How many events a walk reads at a time.
const WALK_PAGE: u64 = 2_000;

/// Stored events.
pub mod event {
    use super::{EventId, Instant, Int, Text};
    use sea_orm::entity::prelude::*;

    /// A row of `audit_events`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_events")]
    pub struct Model {
        /// Identifier, for links.
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<EventId>,
        /// The chain.
        pub chain: String,
        /// Position in the chain.
        pub seq: i64,
        /// When.
        pub at: Int<Instant>,
        /// Account, or empty.
        pub account: String,
        /// Office, or empty.
        pub office: String,
        /// Place code.
        pub place: String,
        /// Deed code.
        pub action: String,
        /// Kind of thing.
        pub subject_kind: String,
        /// Which thing.
        pub subject: String,
        /// Canonical JSON.
        pub body: String,
        /// Hash over the one before and this.
        pub hash: String,
    }

    /// Nothing points from an event; it names things by text so that it outlives them.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    /// What is hashed of a row, with the hash. The identifier is not: a row must be walked even when that was spoilt.
    #[derive(Clone, Debug, DerivePartialModel)]
    #[sea_orm(entity = "Entity")]
    pub(super) struct Hashed {
        chain: String,
        pub(super) seq: i64,
        at: Int<Instant>,
        account: String,
        office: String,
        place: String,
        action: String,
        subject_kind: String,
        subject: String,
        body: String,
        pub(super) hash: String,
    }

    impl Hashed {
        /// The event as it was hashed.
        pub(super) fn event(&self) -> domain::audit::Event {
            domain::audit::Event {
                chain: self.chain.clone(),
                seq: self.seq,
                at: self.at.0,
                account: self.account.clone(),
                office: self.office.clone(),
                place: self.place.clone(),
                action: self.action.clone(),
                subject_kind: self.subject_kind.clone(),
                subject: self.subject.clone(),
                body: self.body.clone(),
            }
        }
    }
}

/// The end of each chain.
pub mod head {
    use sea_orm::entity::prelude::*;

    /// A row of `audit_heads`.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_heads")]
    pub struct Model {
        /// The chain.
        #[sea_orm(primary_key, auto_increment = false)]
        pub chain: String,
        /// Its last number.
        pub seq: i64,
        /// Its last hash.
        pub hash: String,
    }

    /// Stands alone.
    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Appends one event. The head's row is locked first, so that two writers cannot take the same number.
pub(crate) async fn append(
    transaction: &DatabaseTransaction,
    op: &Op,
    deed: Deed,
    subject: &Subject<'_>,
    body: &serde_json::Value,
) -> Result<(), Stop> {
    let county = subject.place.and_then(|place| place.at(Level::County));
    let chain = county.map_or_else(|| SYSTEM_CHAIN.to_owned(), |county| county.to_string());
    let head = lock_head(transaction, &chain).await?;
    let (account, office) = match &op.actor {
        Actor::Officer(officer) => (officer.account.to_string(), officer.office.id.to_string()),
        Actor::Visitor | Actor::System => (String::new(), String::new()),
    };
    let event = Event {
        chain,
        seq: head.seq + 1,
        at: op.now(),
        account,
        office,
        place: subject.place.map(ToString::to_string).unwrap_or_default(),
        action: deed.to_string(),
        subject_kind: subject.kind.to_owned(),
        subject: subject.id.clone(),
        // serde_json keeps object keys in order, which makes the text canonical.
        body: body.to_string(),
    };
    let hash = event.hash(&head.hash);
    store(transaction, &event, &hash).await?;
    head::Entity::update_many()
        .col_expr(head::Column::Seq, Expr::value(event.seq))
        .col_expr(head::Column::Hash, Expr::value(hash))
        .filter(head::Column::Chain.eq(event.chain))
        .exec(transaction)
        .await?;
    Ok(())
}

async fn lock_head(transaction: &DatabaseTransaction, chain: &str) -> Result<head::Model, Stop> {
    let find = head::Entity::find_by_id(chain.to_owned()).lock_exclusive();
    if let Some(head) = find.clone().one(transaction).await? {
        return Ok(head);
    }
    let first = head::ActiveModel { chain: Set(chain.to_owned()), seq: Set(0), hash: Set(GENESIS.to_owned()) };
    // Two first deeds at once: the second waits here until the first has committed, and then finds its row.
    let once = OnConflict::column(head::Column::Chain).do_nothing().to_owned();
    match head::Entity::insert(first).on_conflict(once).exec_without_returning(transaction).await {
        Ok(_) | Err(DbErr::RecordNotInserted) => {}
        Err(error) => return Err(error.into()),
    }
    find.one(transaction).await?.ok_or_else(|| Stop::fault("an audit head vanished within a transaction"))
}

async fn store(db: &impl ConnectionTrait, event: &Event, hash: &str) -> Result<(), Stop> {
    let row = event::ActiveModel {
        id: Set(Text(Uuid::now_v7().into())),
        chain: Set(event.chain.clone()),
        seq: Set(event.seq),
        at: Set(Int(event.at)),
        account: Set(event.account.clone()),
        office: Set(event.office.clone()),
        place: Set(event.place.clone()),
        action: Set(event.action.clone()),
        subject_kind: Set(event.subject_kind.clone()),
        subject: Set(event.subject.clone()),
        body: Set(event.body.clone()),
        hash: Set(hash.to_owned()),
    };
    event::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// What a walk over all chains found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// Chains that are whole, with their number of events.
    pub whole: BTreeMap<String, i64>,
    /// Chains that are broken, with the first break.
    pub broken: BTreeMap<String, Break>,
}

/// Walks every chain (`hongqi audit verify`).
///
/// # Errors
/// Only when the database cannot be read; breaks are part of the answer.
pub async fn verify(db: &impl ConnectionTrait) -> Result<Verification, Stop> {
    let mut heads: BTreeMap<String, (i64, String)> =
        head::Entity::find().all(db).await?.into_iter().map(|head| (head.chain, (head.seq, head.hash))).collect();
    // A chain whose head was deleted must be found as well.
    let chains: Vec<String> =
        event::Entity::find().select_only().column(event::Column::Chain).distinct().into_tuple().all(db).await?;
    for chain in chains {
        heads.entry(chain).or_insert((0, GENESIS.to_owned()));
    }
    let mut verification = Verification { whole: BTreeMap::new(), broken: BTreeMap::new() };
    for (chain, (seq, hash)) in heads {
        match walk(db, &chain, seq, &hash).await? {
            Ok(events) => verification.whole.insert(chain, events).map_or((), drop),
            Err(found) => verification.broken.insert(chain, found).map_or((), drop),
        }
    }
    Ok(verification)
}

async fn walk(db: &impl ConnectionTrait, chain: &str, seq: i64, hash: &str) -> Result<Result<i64, Break>, Stop> {
    let mut walk = Walk::default();
    let mut after = i64::MIN;
    loop {
        let rows = event::Entity::find()
            .filter(event::Column::Chain.eq(chain))
            .filter(event::Column::Seq.gt(after))
            .order_by_asc(event::Column::Seq)
            .limit(WALK_PAGE)
            .into_partial_model::<event::Hashed>()
            .all(db)
            .await?;
        let Some(last) = rows.last() else {
            return Ok(walk.finish(seq, hash));
        };
        after = last.seq;
        for row in &rows {
            if let Err(found) = walk.step(&row.event(), &row.hash) {
                return Ok(Err(found));
            }
        }
    }
}
