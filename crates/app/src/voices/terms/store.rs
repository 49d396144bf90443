//! The versions of a county's lengths.

use domain::{clock::Instant, ids::VoiceTermsId, place::PlaceCode, voice::Terms};
use platform::{
    db::{
        column::{Document, Int, Text},
        insert_all,
    },
    error::Stop,
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

/// Versions.
pub mod row {
    use super::{Document, Instant, Int, PlaceCode, Terms, Text, VoiceTermsId};
    use sea_orm::entity::prelude::*;

    /// A version of the lengths (办理时限). Never changed.
    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "voice_terms")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<VoiceTermsId>,
        pub county: Text<PlaceCode>,
        /// From 1 on, one by one.
        pub version: i32,
        #[sea_orm(column_type = "Text")]
        pub terms: Document<Terms>,
        /// Why.
        pub reason: String,
        /// From when on voices that come have these lengths.
        pub since: Int<Instant>,
        pub signed: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The version in force at `at`; `None` before the county's first.
pub async fn in_force(db: &impl ConnectionTrait, county: &PlaceCode, at: Instant) -> Result<Option<row::Model>, Stop> {
    let found = row::Entity::find()
        .filter(row::Column::County.eq(county.as_str()))
        .filter(row::Column::Since.lte(Int(at)))
        .order_by_desc(row::Column::Version);
    Ok(found.one(db).await?)
}

/// Every version, the newest first.
pub async fn versions(db: &impl ConnectionTrait, county: &PlaceCode) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find().filter(row::Column::County.eq(county.as_str()));
    Ok(found.order_by_desc(row::Column::Version).all(db).await?)
}

/// Keeps a new version; of two at once one is refused by its number.
pub async fn insert(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}
