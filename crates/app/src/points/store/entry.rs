//! Entries. Their content is written once; deciding and reversing only marks them.

use std::collections::BTreeMap;

use domain::{
    clock::Instant,
    ids::{AccountId, MembershipId, PointsEntryId},
    place::PlaceCode,
    points::{EntryState, FinePoints, ItemCode, Points},
};
use jiff::civil::Date;
use platform::{
    db::save_read,
    db::{
        column::{Int, Text},
        insert_all, within,
    },
    error::Stop,
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, sea_query::Expr,
};

/// Entries.
pub mod row {
    use super::{
        AccountId, Date, EntryState, FinePoints, Instant, Int, ItemCode, MembershipId, PlaceCode, Points,
        PointsEntryId, Text,
    };
    use sea_orm::entity::prelude::*;

    /// One line of a member's points (计分).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "points_entries")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<PointsEntryId>,
        pub branch: Text<PlaceCode>,
        pub membership_id: Text<MembershipId>,
        pub year: i32,
        pub item: Text<ItemCode>,
        /// Rounded to hundredths, for lists.
        pub points: Int<Points>,
        /// Exactly; sums are taken from these.
        pub fine: Int<FinePoints>,
        /// How much of the item's unit, in hundredths.
        pub quantity: i64,
        pub occurred_on: Text<Date>,
        /// The kind of record it comes from: `activity`, `meeting`, `service`, `wish`, `post`, `manual`, `appeal`, `correction`.
        pub source_kind: String,
        /// The record's identifier; empty when it was entered by hand.
        pub source_id: String,
        pub note: String,
        /// Name and number of the document behind a deduction.
        pub document: String,
        pub notified_on: Option<Text<Date>>,
        pub state: Text<EntryState>,
        pub proposer: Option<Text<AccountId>>,
        /// Office and name, as they were then.
        pub proposed_by: String,
        pub proposed_at: Int<Instant>,
        pub decider: Option<Text<AccountId>>,
        pub decided_by: String,
        /// When it took effect, which is when the member is told.
        pub decided_at: Option<Int<Instant>>,
        pub reason: String,
        /// The entry that this one sets right.
        pub reverses: Option<Text<PointsEntryId>>,
        pub is_reversed: bool,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// Whether somebody proposed or decided it.
        #[must_use]
        pub fn has_hand_of(&self, account: AccountId) -> bool {
            [&self.proposer, &self.decider].into_iter().flatten().any(|hand| hand.0 == account)
        }

        /// Whether it stands and did not come of an appeal itself: what may be appealed against.
        #[must_use]
        pub fn may_be_appealed(&self) -> bool {
            self.state.0 == EntryState::Approved && !self.is_reversed && self.source_kind != "appeal"
        }

        /// The entry as the rules know it.
        #[must_use]
        pub fn rule(&self) -> domain::points::Entry {
            domain::points::Entry {
                state: self.state.0,
                proposer: self.proposer.map(|Text(account)| account),
                is_reversed: self.is_reversed,
            }
        }
    }
}

/// The entry `id`.
pub async fn entry(db: &impl ConnectionTrait, id: PointsEntryId) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(id)).one(db).await?)
}

/// The entries `ids`, in the order they were made.
pub async fn entries(db: &impl ConnectionTrait, ids: &[PointsEntryId]) -> Result<Vec<row::Model>, Stop> {
    let mut found = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(500) {
        let these = row::Entity::find().filter(row::Column::Id.is_in(chunk.iter().copied().map(Text)));
        found.extend(these.order_by_asc(row::Column::Id).all(db).await?);
    }
    Ok(found)
}

/// What a record of another module gave a member and nobody took back: waiting or in effect, as it is since an appeal.
pub async fn of_source(
    db: &impl ConnectionTrait,
    kind: &str,
    source: &str,
    member: MembershipId,
) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find()
        .filter(row::Column::MembershipId.eq(Text(member)))
        .filter(row::Column::SourceKind.is_in([kind, "appeal"]))
        .filter(row::Column::SourceId.eq(source))
        .filter(row::Column::Reverses.is_null())
        .filter(row::Column::IsReversed.eq(false))
        .filter(row::Column::State.is_in([EntryState::Proposed, EntryState::Approved].map(Text)))
        .order_by_asc(row::Column::Id);
    Ok(found.all(db).await?)
}

/// What records gave and is in effect, of all these records and members.
pub async fn in_effect_of_sources(
    db: &impl ConnectionTrait,
    sources: &[String],
    members: &[MembershipId],
) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find()
        .filter(row::Column::MembershipId.is_in(members.iter().copied().map(Text)))
        .filter(row::Column::SourceId.is_in(sources.iter().map(String::as_str)))
        .filter(row::Column::Reverses.is_null())
        .filter(row::Column::IsReversed.eq(false))
        .filter(row::Column::State.eq(Text(EntryState::Approved)));
    Ok(found.all(db).await?)
}

/// The reversals of the entry `id` that wait for a decision.
pub async fn reversals_that_wait(db: &impl ConnectionTrait, id: PointsEntryId) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find()
        .filter(row::Column::Reverses.eq(Text(id)))
        .filter(row::Column::State.eq(Text(EntryState::Proposed)))
        .order_by_asc(row::Column::Id);
    Ok(found.all(db).await?)
}

/// A member's entries of a year, or of all years, the oldest first.
pub async fn entries_of_member(
    db: &impl ConnectionTrait,
    membership: MembershipId,
    year: Option<i32>,
) -> Result<Vec<row::Model>, Stop> {
    let mut found = row::Entity::find().filter(row::Column::MembershipId.eq(Text(membership)));
    if let Some(year) = year {
        found = found.filter(row::Column::Year.eq(year));
    }
    Ok(found.order_by_asc(row::Column::Id).all(db).await?)
}

/// How much of an item the members of a branch have for a day, waiting or in effect, in hundredths of its unit; what was taken
/// back counts against it.
pub async fn quantities_on(
    db: &impl ConnectionTrait,
    branch: &PlaceCode,
    item: &ItemCode,
    day: Date,
) -> Result<BTreeMap<MembershipId, i64>, Stop> {
    let found: Vec<(Text<MembershipId>, i64)> = row::Entity::find()
        .select_only()
        .columns([row::Column::MembershipId, row::Column::Quantity])
        .filter(row::Column::Branch.eq(branch.as_str()))
        .filter(row::Column::Item.eq(Text(item.clone())))
        .filter(row::Column::OccurredOn.eq(Text(day)))
        .filter(row::Column::State.is_in([EntryState::Proposed, EntryState::Approved].map(Text)))
        .into_tuple()
        .all(db)
        .await?;
    let mut sums: BTreeMap<MembershipId, i64> = BTreeMap::new();
    for (member, quantity) in found {
        *sums.entry(member.0).or_default() += quantity;
    }
    Ok(sums)
}

/// The entries that wait at or under `place`, the oldest first, at most `most`.
pub async fn waiting_of(db: &impl ConnectionTrait, place: &PlaceCode, most: u64) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find()
        .filter(within(row::Column::Branch, place))
        .filter(row::Column::State.eq(Text(EntryState::Proposed)))
        .order_by_asc(row::Column::Id)
        .limit(most);
    Ok(found.all(db).await?)
}

/// How many entries of a year wait at or under `place`, by branch.
pub async fn waiting_under(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    year: i32,
) -> Result<BTreeMap<PlaceCode, u64>, Stop> {
    let groups: Vec<(Text<PlaceCode>, i64)> = row::Entity::find()
        .select_only()
        .column(row::Column::Branch)
        .column_as(row::Column::Id.count(), "waiting")
        .filter(row::Column::Year.eq(year))
        .filter(within(row::Column::Branch, place))
        .filter(row::Column::State.eq(Text(EntryState::Proposed)))
        .group_by(row::Column::Branch)
        .into_tuple()
        .all(db)
        .await?;
    Ok(groups.into_iter().map(|(branch, count)| (branch.0, u64::try_from(count).unwrap_or(0))).collect())
}

/// How many deeds a branch has entries in effect for, of these items in a year. Members who had a hand in one are told apart by
/// nothing but themselves.
pub async fn approved_deeds(
    db: &impl ConnectionTrait,
    branch: &PlaceCode,
    year: i32,
    items: &[&str],
) -> Result<usize, Stop> {
    let deeds: Vec<(String, String, String, String)> = row::Entity::find()
        .select_only()
        .columns([row::Column::Item, row::Column::OccurredOn, row::Column::SourceId, row::Column::Note])
        .distinct()
        .filter(row::Column::Branch.eq(Text(branch.clone())))
        .filter(row::Column::Year.eq(year))
        .filter(row::Column::Item.is_in(items.iter().copied()))
        .filter(row::Column::State.eq(Text(EntryState::Approved)))
        .filter(row::Column::IsReversed.eq(false))
        .filter(row::Column::Reverses.is_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(deeds.len())
}

/// Points by item, before they are rounded.
pub type ItemSums = BTreeMap<ItemCode, FinePoints>;
/// The same by member.
pub type Sums = BTreeMap<MembershipId, ItemSums>;

/// The approved points of a year at or under `place`, in one statement.
pub async fn sums_under(db: &impl ConnectionTrait, place: &PlaceCode, year: i32) -> Result<Sums, Stop> {
    let within = Condition::all().add(within(row::Column::Branch, place));
    sums(db, within, year).await
}

/// The approved points of these members in a year.
pub async fn sums_of(db: &impl ConnectionTrait, members: &[MembershipId], year: i32) -> Result<Sums, Stop> {
    let mut all = Sums::new();
    for chunk in members.chunks(500) {
        let these = row::Column::MembershipId.is_in(chunk.iter().copied().map(Text));
        all.extend(sums(db, Condition::all().add(these), year).await?);
    }
    Ok(all)
}

async fn sums(db: &impl ConnectionTrait, which: Condition, year: i32) -> Result<Sums, Stop> {
    let groups: Vec<(Text<MembershipId>, Text<ItemCode>, i64)> = row::Entity::find()
        .select_only()
        .column(row::Column::MembershipId)
        .column(row::Column::Item)
        // PostgreSQL sums 64-bit integers as decimals.
        .column_as(Expr::cust("CAST(SUM(fine) AS BIGINT)"), "fine")
        .filter(row::Column::Year.eq(year))
        .filter(which)
        .filter(row::Column::State.eq(Text(EntryState::Approved)))
        .group_by(row::Column::MembershipId)
        .group_by(row::Column::Item)
        .into_tuple()
        .all(db)
        .await?;
    let mut sums = Sums::new();
    for (membership, item, fine) in groups {
        sums.entry(membership.0).or_default().insert(item.0, FinePoints(fine));
    }
    Ok(sums)
}

/// Keeps new entries.
pub async fn insert(db: &impl ConnectionTrait, rows: Vec<row::Model>) -> Result<(), Stop> {
    Ok(insert_all(db, rows).await?)
}

/// Saves the decision on an entry, or that it is reversed, by the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    save_read(db, row::Column::Version, row).await
}

/// Approves many entries by one person at once; [`Stop::Conflict`] when one of them was decided meanwhile.
pub async fn approve_all(
    db: &impl ConnectionTrait,
    ids: &[PointsEntryId],
    decider: AccountId,
    decided_by: &str,
    now: Instant,
) -> Result<(), Stop> {
    for chunk in ids.chunks(500) {
        let approved = row::Entity::update_many()
            .col_expr(row::Column::State, Expr::value(EntryState::Approved.code()))
            .col_expr(row::Column::Decider, Expr::value(decider.to_string()))
            .col_expr(row::Column::DecidedBy, Expr::value(decided_by))
            .col_expr(row::Column::DecidedAt, Expr::value(now.as_micros()))
            .col_expr(row::Column::Version, Expr::cust("version + 1"))
            .filter(row::Column::Id.is_in(chunk.iter().copied().map(Text)))
            .filter(row::Column::State.eq(Text(EntryState::Proposed)))
            .exec(db)
            .await?;
        if approved.rows_affected != chunk.len() as u64 {
            return Err(Stop::Conflict);
        }
    }
    Ok(())
}
