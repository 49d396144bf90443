//! Photos of how a decision is carried out.

use domain::ids::{DeliberationId, MilestoneId, MilestonePhotoId};
use platform::{
    db::{column::Text, insert_all, save_read},
    error::Stop,
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

/// Photos.
pub mod row {
    use super::{DeliberationId, MilestoneId, MilestonePhotoId, Text};
    use sea_orm::entity::prelude::*;

    /// A photo of a milestone (进展照片).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "milestone_photos")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<MilestonePhotoId>,
        pub deliberation_id: Text<DeliberationId>,
        pub milestone_id: Text<MilestoneId>,
        pub blob_hash: String,
        /// Whether residents see it; the branch takes back what shows too much.
        pub is_public: bool,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The photo `id`.
pub async fn photo(db: &impl ConnectionTrait, id: MilestonePhotoId) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(id)).one(db).await?)
}

/// The photos of a thread, the oldest first.
pub async fn of_thread(db: &impl ConnectionTrait, id: DeliberationId) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find().filter(row::Column::DeliberationId.eq(Text(id)));
    Ok(found.order_by_asc(row::Column::Id).all(db).await?)
}

/// Keeps new ones.
pub async fn insert(db: &impl ConnectionTrait, rows: Vec<row::Model>) -> Result<(), Stop> {
    Ok(insert_all(db, rows).await?)
}

/// Saves one by the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    save_read(db, row::Column::Version, row).await
}
