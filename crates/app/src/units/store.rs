//! The table of the units' reports. Nobody else touches it.

use std::collections::BTreeSet;

use domain::{ids::UnitRegistrationId, members::UnitState, place::PlaceCode};
use jiff::civil::Date;
use platform::{
    db::{column::Text, insert_all, save_read, within},
    error::Stop,
};
use sea_orm::{ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

/// Reports of units.
pub mod registration {
    use super::{Date, PlaceCode, Text, UnitRegistrationId, UnitState};
    use sea_orm::entity::prelude::*;

    /// A unit's report to a community (单位报到).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit_registrations")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<UnitRegistrationId>,
        pub unit: Text<PlaceCode>,
        pub community: Text<PlaceCode>,
        pub state: Text<UnitState>,
        /// Whom the community speaks to.
        pub contact: String,
        /// What the unit can bring in: rooms, people, knowledge.
        pub offer: String,
        pub reported_on: Text<Date>,
        pub confirmed_on: Option<Text<Date>>,
        pub ended_on: Option<Text<Date>>,
        /// Why it ended.
        pub ended_reason: String,
        /// Who took the last step.
        pub signed: String,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The report `id`.
pub async fn registration(
    db: &impl ConnectionTrait,
    id: UnitRegistrationId,
) -> Result<Option<registration::Model>, Stop> {
    Ok(registration::Entity::find_by_id(Text(id)).one(db).await?)
}

/// The reports of the units at or under `unit`, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn registrations_of(db: &impl ConnectionTrait, unit: &PlaceCode) -> Result<Vec<registration::Model>, Stop> {
    let found = registration::Entity::find()
        .filter(within(registration::Column::Unit, unit))
        .order_by_desc(registration::Column::Id);
    Ok(found.all(db).await?)
}

/// The reports to the communities at or under `place`, those that wait first.
pub async fn reported_to(db: &impl ConnectionTrait, place: &PlaceCode) -> Result<Vec<registration::Model>, Stop> {
    let found = registration::Entity::find()
        .filter(within(registration::Column::Community, place))
        .order_by_desc(registration::Column::Id);
    let mut rows = found.all(db).await?;
    rows.sort_by_key(|row| row.state.0 != UnitState::Reported);
    Ok(rows)
}

/// How many units stood reported to `community` at some time of `year`, confirmed.
///
/// # Errors
/// When the database cannot be read.
pub async fn count_reported_in(db: &impl ConnectionTrait, community: &PlaceCode, year: i16) -> Result<usize, Stop> {
    let stood = |row: &registration::Model| {
        row.confirmed_on.is_some_and(|Text(day)| day.year() <= year)
            && row.ended_on.is_none_or(|Text(day)| day.year() >= year)
    };
    let rows = reported_to(db, community).await?;
    let units: BTreeSet<PlaceCode> = rows.into_iter().filter(stood).map(|row| row.unit.0).collect();
    Ok(units.len())
}

/// Keeps a new report.
pub async fn insert(db: &impl ConnectionTrait, row: registration::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Saves a step by the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: registration::Model) -> Result<(), Stop> {
    save_read(db, registration::Column::Version, row).await
}
