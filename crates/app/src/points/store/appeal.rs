//! Appeals against entries.

use domain::{
    clock::Instant,
    ids::{AppealId, MembershipId, PointsEntryId},
    place::PlaceCode,
    points::AppealState,
};
use platform::{
    db::save_read,
    db::{
        column::{Int, Text},
        insert_all, within,
    },
    error::Stop,
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

/// Appeals.
pub mod row {
    use super::{AppealId, AppealState, Instant, Int, MembershipId, PlaceCode, PointsEntryId, Text};
    use sea_orm::entity::prelude::*;

    /// A member's appeal against an entry (积分申诉).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "points_appeals")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<AppealId>,
        pub entry_id: Text<PointsEntryId>,
        pub branch: Text<PlaceCode>,
        pub membership_id: Text<MembershipId>,
        pub text: String,
        /// The member, or the officer who entered it from paper.
        pub filed_by: String,
        pub filed_at: Int<Instant>,
        pub state: Text<AppealState>,
        pub answer: String,
        pub decided_by: String,
        pub decided_at: Option<Int<Instant>>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The appeal `id`.
pub async fn appeal(db: &impl ConnectionTrait, id: AppealId) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(id)).one(db).await?)
}

/// The appeals against these entries.
pub async fn appeals_against(
    db: &impl ConnectionTrait,
    entries: impl IntoIterator<Item = PointsEntryId>,
) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find().filter(row::Column::EntryId.is_in(entries.into_iter().map(Text)));
    Ok(found.order_by_asc(row::Column::Id).all(db).await?)
}

/// A member's appeals, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn appeals_of_member(db: &impl ConnectionTrait, member: MembershipId) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find().filter(row::Column::MembershipId.eq(Text(member)));
    Ok(found.order_by_desc(row::Column::Id).all(db).await?)
}

/// The appeals at or under `place` that wait, the oldest first.
pub async fn waiting_under(db: &impl ConnectionTrait, place: &PlaceCode) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find()
        .filter(within(row::Column::Branch, place))
        .filter(row::Column::State.eq(Text(AppealState::Filed)))
        .order_by_asc(row::Column::Id);
    Ok(found.all(db).await?)
}

/// Keeps a new appeal. Two at once against one entry: the second is told of a conflict.
pub async fn insert(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Saves a decided appeal by the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    save_read(db, row::Column::Version, row).await
}
