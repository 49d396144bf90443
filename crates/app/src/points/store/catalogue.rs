//! Versions of catalogues, a branch's or the county's template.

use domain::{
    clock::Instant,
    ids::{CatalogueId, ResolutionId},
    place::PlaceCode,
    points::{CatalogueState, CatalogueVersion, Item},
};
use jiff::civil::Date;
use platform::{
    db::save_read,
    db::{
        column::{Document, Int, Text},
        insert_all, within,
    },
    error::Stop,
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

/// Catalogues.
pub mod row {
    use super::{
        CatalogueId, CatalogueState, CatalogueVersion, Date, Document, Instant, Int, Item, PlaceCode, ResolutionId,
        Text,
    };
    use sea_orm::entity::prelude::*;

    /// One version of the points catalogue of a branch, or of the county's template (积分明细).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "points_catalogues")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<CatalogueId>,
        /// The branch, or the county for its template.
        pub place: Text<PlaceCode>,
        /// 1 for the first version of the place.
        pub number: i32,
        pub state: Text<CatalogueState>,
        pub items: Document<Vec<Item>>,
        pub drafted_by: String,
        pub drafted_at: Int<Instant>,
        pub checked_by: String,
        pub checked_on: Option<Text<Date>>,
        /// Why the community returned it last.
        pub reason: String,
        /// The branch meeting's resolution that adopted it.
        pub resolution_id: Option<Text<ResolutionId>>,
        pub effective_from: Option<Text<Date>>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// The version as the rules know it.
        #[must_use]
        pub fn rule(&self) -> CatalogueVersion {
            CatalogueVersion {
                state: self.state.0,
                checked_on: self.checked_on.map(|Text(date)| date),
                effective_from: self.effective_from.map(|Text(date)| date),
            }
        }

        /// Takes over where the rules say it stands now.
        #[must_use]
        pub fn moved(self, rule: CatalogueVersion) -> Self {
            Self {
                state: Text(rule.state),
                checked_on: rule.checked_on.map(Text),
                effective_from: rule.effective_from.map(Text),
                ..self
            }
        }
    }
}

/// The version `id`.
pub async fn catalogue(db: &impl ConnectionTrait, id: CatalogueId) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(id)).one(db).await?)
}

/// Every version of a place's catalogue, the newest first.
pub async fn versions_of(db: &impl ConnectionTrait, place: &PlaceCode) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find().filter(row::Column::Place.eq(Text(place.clone())));
    Ok(found.order_by_desc(row::Column::Number).all(db).await?)
}

/// The versions at or under `place` that stand at `state`, by place.
pub async fn versions_at(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    state: CatalogueState,
) -> Result<Vec<row::Model>, Stop> {
    let found =
        row::Entity::find().filter(within(row::Column::Place, place)).filter(row::Column::State.eq(Text(state)));
    Ok(found.order_by_asc(row::Column::Place).order_by_asc(row::Column::Number).all(db).await?)
}

/// Keeps a new version.
pub async fn insert(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Saves a changed version by the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    save_read(db, row::Column::Version, row).await
}
