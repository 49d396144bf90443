//! The table of service records. Nobody else touches it.

use domain::{
    activity::{Record, RecordState},
    clock::Instant,
    ids::{AccountId, ActivityId, MembershipId, ServiceRecordId},
    place::PlaceCode,
};
use platform::{
    db::save_read,
    db::{
        column::{Int, Text},
        insert_all,
    },
    error::Stop,
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use crate::activities::queries::bounds;

/// Service records.
pub mod record {
    use super::{AccountId, ActivityId, Instant, Int, MembershipId, PlaceCode, RecordState, ServiceRecordId, Text};
    use sea_orm::entity::prelude::*;

    /// Service that a member did singly (服务记录).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "service_records")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<ServiceRecordId>,
        pub branch: Text<PlaceCode>,
        pub membership_id: Text<MembershipId>,
        /// What was done.
        pub title: String,
        /// Where, in words.
        pub venue: String,
        pub starts_at: Int<Instant>,
        /// Hundredths of an hour.
        pub hours: i64,
        pub state: Text<RecordState>,
        pub enterer: Option<Text<AccountId>>,
        /// Office and name, as they were then.
        pub entered_by: String,
        pub decided_by: String,
        /// Why it was not confirmed.
        pub reason: String,
        /// The activity whose organiser served at it; `None` for service done singly.
        pub activity_id: Option<Text<ActivityId>>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// The record as the rules know it.
        #[must_use]
        pub fn rule(&self) -> super::Record {
            super::Record { state: self.state.0, enterer: self.enterer.map(|Text(account)| account) }
        }
    }
}

/// The records of a branch that wait to be confirmed, the oldest first.
pub async fn waiting_of(db: &impl ConnectionTrait, branch: &PlaceCode) -> Result<Vec<record::Model>, Stop> {
    let found = record::Entity::find()
        .filter(record::Column::Branch.eq(Text(branch.clone())))
        .filter(record::Column::State.eq(Text(RecordState::Entered)))
        .order_by_asc(record::Column::Id);
    Ok(found.all(db).await?)
}

/// The confirmed records of a branch in a year, the newest first.
pub async fn confirmed_of(
    db: &impl ConnectionTrait,
    branch: &PlaceCode,
    year: i16,
) -> Result<Vec<record::Model>, Stop> {
    let (from, until) = bounds(year);
    let found = record::Entity::find()
        .filter(record::Column::Branch.eq(Text(branch.clone())))
        .filter(record::Column::State.eq(Text(RecordState::Confirmed)))
        .filter(record::Column::StartsAt.gte(Int(from)))
        .filter(record::Column::StartsAt.lt(Int(until)))
        .order_by_desc(record::Column::StartsAt)
        .order_by_desc(record::Column::Id);
    Ok(found.all(db).await?)
}

/// A member's records of all years, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn all_records_of_member(
    db: &impl ConnectionTrait,
    member: MembershipId,
) -> Result<Vec<record::Model>, Stop> {
    let found = record::Entity::find().filter(record::Column::MembershipId.eq(Text(member)));
    Ok(found.order_by_desc(record::Column::StartsAt).order_by_desc(record::Column::Id).all(db).await?)
}

/// A member's records of a year, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn records_of_member(
    db: &impl ConnectionTrait,
    member: MembershipId,
    year: i16,
) -> Result<Vec<record::Model>, Stop> {
    let (from, until) = bounds(year);
    let found = record::Entity::find()
        .filter(record::Column::MembershipId.eq(Text(member)))
        .filter(record::Column::StartsAt.gte(Int(from)))
        .filter(record::Column::StartsAt.lt(Int(until)))
        .order_by_desc(record::Column::StartsAt)
        .order_by_desc(record::Column::Id);
    Ok(found.all(db).await?)
}

/// The records `ids` of `branch`.
pub async fn records(
    db: &impl ConnectionTrait,
    branch: &PlaceCode,
    ids: &[ServiceRecordId],
) -> Result<Vec<record::Model>, Stop> {
    let found = record::Entity::find()
        .filter(record::Column::Branch.eq(Text(branch.clone())))
        .filter(record::Column::Id.is_in(ids.iter().copied().map(Text)))
        .order_by_asc(record::Column::Id);
    Ok(found.all(db).await?)
}

/// Whether a member's hours at an activity are in a record of their own.
pub async fn is_of_activity(
    db: &impl ConnectionTrait,
    activity: ActivityId,
    member: MembershipId,
) -> Result<bool, Stop> {
    let found = record::Entity::find()
        .filter(record::Column::MembershipId.eq(Text(member)))
        .filter(record::Column::ActivityId.eq(Text(activity)));
    Ok(found.one(db).await?.is_some())
}

/// Keeps new records.
pub async fn insert(db: &impl ConnectionTrait, rows: Vec<record::Model>) -> Result<(), Stop> {
    Ok(insert_all(db, rows).await?)
}

/// Saves a decision by the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: record::Model) -> Result<(), Stop> {
    save_read(db, record::Column::Version, row).await
}
