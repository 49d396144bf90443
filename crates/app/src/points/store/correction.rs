//! Corrections of settled years.

use domain::{
    clock::Instant,
    ids::{AccountId, MembershipId, PointsCorrectionId},
    place::PlaceCode,
    points::{Correction, CorrectionState, ItemCode, Points},
};
use jiff::civil::Date;
use platform::{
    db::column::{Int, Text},
    db::{insert_all, save_read, within},
    error::Stop,
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

/// Corrections.
pub mod row {
    use super::{
        AccountId, CorrectionState, Date, Instant, Int, ItemCode, MembershipId, PlaceCode, PointsCorrectionId, Text,
    };
    use domain::points::Points;
    use sea_orm::entity::prelude::*;

    /// What a settled year lacked or had too much (年度积分更正).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "points_corrections")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<PointsCorrectionId>,
        pub branch: Text<PlaceCode>,
        pub membership_id: Text<MembershipId>,
        pub year: i32,
        pub item: Text<ItemCode>,
        /// More, or less when negative.
        pub points: Int<Points>,
        pub occurred_on: Text<Date>,
        pub document: String,
        pub notified_on: Option<Text<Date>>,
        pub reason: String,
        pub state: Text<CorrectionState>,
        pub proposer: Option<Text<AccountId>>,
        pub proposed_by: String,
        pub proposed_at: Int<Instant>,
        pub decided_by: String,
        pub decided_at: Option<Int<Instant>>,
        /// Why it was refused.
        pub answer: String,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl row::Model {
    /// As the rules know it.
    #[must_use]
    pub fn rule(&self) -> Correction {
        Correction { state: self.state.0, proposer: self.proposer.map(|Text(account)| account) }
    }

    /// How much more, or less.
    #[must_use]
    pub const fn points(&self) -> Points {
        self.points.0
    }
}

/// The correction `id`.
pub async fn correction(db: &impl ConnectionTrait, id: PointsCorrectionId) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(id)).one(db).await?)
}

/// A member's corrections of a year, in the order they were told.
pub async fn of_member(db: &impl ConnectionTrait, member: MembershipId, year: i32) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find()
        .filter(row::Column::MembershipId.eq(Text(member)))
        .filter(row::Column::Year.eq(year))
        .order_by_asc(row::Column::Id);
    Ok(found.all(db).await?)
}

/// Those at or under `place` that wait, the oldest first.
pub async fn waiting_under(db: &impl ConnectionTrait, place: &PlaceCode) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find()
        .filter(within(row::Column::Branch, place))
        .filter(row::Column::State.eq(Text(CorrectionState::Proposed)))
        .order_by_asc(row::Column::Id);
    Ok(found.all(db).await?)
}

/// Keeps a new one.
pub async fn insert(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Saves a decided one by the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    save_read(db, row::Column::Version, row).await
}
