//! What work units score their members.

use std::collections::BTreeMap;

use domain::{
    clock::Instant,
    ids::{PersonId, UnitScoreId},
    place::PlaceCode,
    points::{Points, UnitScore},
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

/// Unit scores.
pub mod row {
    use super::{Instant, Int, PersonId, PlaceCode, Points, Text, UnitScore, UnitScoreId};
    use sea_orm::entity::prelude::*;

    /// A work unit's score of one of its members in a year (单位积分).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit_scores")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<UnitScoreId>,
        /// The branch of the unit that gave it.
        pub unit: Text<PlaceCode>,
        pub person_id: Text<PersonId>,
        pub year: i32,
        pub score: Int<Points>,
        pub max: Int<Points>,
        pub note: String,
        pub entered_by: String,
        pub entered_at: Int<Instant>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// The score as the rules know it.
        #[must_use]
        pub const fn rule(&self) -> UnitScore {
            UnitScore { score: self.score.0, max: self.max.0 }
        }
    }
}

/// The scores of a year by the units at or under `place`, by person.
pub async fn scores_under(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    year: i32,
) -> Result<BTreeMap<PersonId, row::Model>, Stop> {
    let found = row::Entity::find()
        .filter(row::Column::Year.eq(year))
        .filter(within(row::Column::Unit, place))
        .order_by_asc(row::Column::Id);
    Ok(found.all(db).await?.into_iter().map(|row| (row.person_id.0, row)).collect())
}

/// The scores of these persons in a year, by person.
pub async fn scores_of(
    db: &impl ConnectionTrait,
    persons: &[PersonId],
    year: i32,
) -> Result<BTreeMap<PersonId, row::Model>, Stop> {
    let mut scores = BTreeMap::new();
    for chunk in persons.chunks(500) {
        let found = row::Entity::find()
            .filter(row::Column::Year.eq(year))
            .filter(row::Column::PersonId.is_in(chunk.iter().copied().map(Text)));
        scores.extend(found.all(db).await?.into_iter().map(|row| (row.person_id.0, row)));
    }
    Ok(scores)
}

/// The scores of a person, of all years, the latest first.
pub async fn all_of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find().filter(row::Column::PersonId.eq(Text(person)));
    Ok(found.order_by_desc(row::Column::Year).order_by_desc(row::Column::Id).all(db).await?)
}

/// Keeps new scores.
pub async fn insert(db: &impl ConnectionTrait, rows: Vec<row::Model>) -> Result<(), Stop> {
    Ok(insert_all(db, rows).await?)
}

/// Takes scores back that were entered by mistake.
pub async fn remove(db: &impl ConnectionTrait, ids: &[UnitScoreId]) -> Result<(), Stop> {
    if ids.is_empty() {
        return Ok(());
    }
    row::Entity::delete_many().filter(row::Column::Id.is_in(ids.iter().copied().map(Text))).exec(db).await?;
    Ok(())
}

/// Saves a changed score by the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    save_read(db, row::Column::Version, row).await
}
