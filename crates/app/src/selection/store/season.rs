//! Parameters, seasons and their snapshot.

use domain::{
    clock::Instant,
    ids::{OfficeId, ParametersId, SeasonId},
    place::PlaceCode,
    selection::parameters::Parameters,
};
use platform::{
    db::{
        column::{Document, Int, Text},
        follow_place,
    },
    error::Stop,
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel as _, QueryFilter, QueryOrder,
    QuerySelect,
};

/// Versions of parameters.
pub mod parameters {
    use super::{Document, Instant, Int, OfficeId, Parameters, ParametersId, PlaceCode, Text};
    use sea_orm::entity::prelude::*;

    /// A version of a year's parameters (评选参数版本); never changed.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "season_parameters")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<ParametersId>,
        pub county: Text<PlaceCode>,
        pub year: i32,
        pub version: i32,
        pub document: Document<Parameters>,
        pub made_at: Int<Instant>,
        pub office_id: Option<Text<OfficeId>>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Seasons.
pub mod row {
    use super::{Instant, Int, ParametersId, PlaceCode, SeasonId, Text};
    use sea_orm::entity::prelude::*;

    /// A year's selection (评选).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "seasons")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<SeasonId>,
        pub county: Text<PlaceCode>,
        pub year: i32,
        pub parameters_id: Text<ParametersId>,
        pub opened_at: Int<Instant>,
        pub reason_without_basis: String,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Branches of the snapshot (R-SEL-06).
pub mod branch {
    use super::{PlaceCode, SeasonId, Text};
    use sea_orm::entity::prelude::*;

    /// A branch that was active when the season opened.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "season_branches")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub season_id: Text<SeasonId>,
        #[sea_orm(primary_key, auto_increment = false)]
        pub branch: Text<PlaceCode>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Streets of the snapshot, with their seats (R-SEL-07).
pub mod street {
    use super::{PlaceCode, SeasonId, Text};
    use sea_orm::entity::prelude::*;

    /// A street's branches and seats when the season opened.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "season_streets")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub season_id: Text<SeasonId>,
        #[sea_orm(primary_key, auto_increment = false)]
        pub street: Text<PlaceCode>,
        pub branches: i32,
        pub seats: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The version `id`.
pub async fn parameters_by_id(db: &impl ConnectionTrait, id: ParametersId) -> Result<Option<parameters::Model>, Stop> {
    Ok(parameters::Entity::find_by_id(Text(id)).one(db).await?)
}

/// Every version of `county`'s parameters, the newest year and version first.
pub async fn parameters_of(db: &impl ConnectionTrait, county: &PlaceCode) -> Result<Vec<parameters::Model>, Stop> {
    let versions = parameters::Entity::find().filter(parameters::Column::County.eq(Text(county.clone())));
    let newest = versions.order_by_desc(parameters::Column::Year).order_by_desc(parameters::Column::Version);
    Ok(newest.all(db).await?)
}

/// The newest version of `county`'s parameters for `year`.
pub async fn latest_parameters(
    db: &impl ConnectionTrait,
    county: &PlaceCode,
    year: i32,
) -> Result<Option<parameters::Model>, Stop> {
    let versions = parameters::Entity::find()
        .filter(parameters::Column::County.eq(Text(county.clone())))
        .filter(parameters::Column::Year.eq(year))
        .order_by_desc(parameters::Column::Version);
    Ok(versions.one(db).await?)
}

/// Keeps a new version.
pub async fn insert_parameters(db: &impl ConnectionTrait, version: parameters::Model) -> Result<(), Stop> {
    parameters::Entity::insert(version.into_active_model().reset_all()).exec_without_returning(db).await?;
    Ok(())
}

/// The season `id`.
pub async fn season(db: &impl ConnectionTrait, id: SeasonId) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(id)).one(db).await?)
}

/// Every season of `county`, the newest first.
pub async fn seasons_of(db: &impl ConnectionTrait, county: &PlaceCode) -> Result<Vec<row::Model>, Stop> {
    let seasons = row::Entity::find().filter(row::Column::County.eq(Text(county.clone())));
    Ok(seasons.order_by_desc(row::Column::Year).all(db).await?)
}

/// The newest season of every county, by county.
pub async fn newest_seasons(db: &impl ConnectionTrait) -> Result<Vec<row::Model>, Stop> {
    let mut seasons =
        row::Entity::find().order_by_asc(row::Column::County).order_by_desc(row::Column::Year).all(db).await?;
    seasons.dedup_by(|later, first| later.county == first.county);
    Ok(seasons)
}

/// Keeps a new season with its snapshot.
pub async fn insert_season(
    db: &impl ConnectionTrait,
    season: row::Model,
    branches: Vec<PlaceCode>,
    streets: Vec<street::Model>,
) -> Result<(), Stop> {
    let id = season.id;
    row::Entity::insert(season.into_active_model().reset_all()).exec_without_returning(db).await?;
    let branches: Vec<_> = branches
        .into_iter()
        .map(|branch| branch::Model { season_id: id, branch: Text(branch) }.into_active_model().reset_all())
        .collect();
    for chunk in branches.chunks(500) {
        branch::Entity::insert_many(chunk.to_vec()).exec_without_returning(db).await?;
    }
    let streets: Vec<_> = streets.into_iter().map(|street| street.into_active_model().reset_all()).collect();
    if !streets.is_empty() {
        street::Entity::insert_many(streets).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Lets a branch of the snapshots follow to its new code; the counts of the streets stay as they were (R-SEL-06).
pub async fn follow_move(db: &impl ConnectionTrait, from: &PlaceCode, to: &PlaceCode) -> Result<(), Stop> {
    Ok(follow_place::<branch::Entity>(db, branch::Column::Branch, from, to).await?)
}

/// Whether `branch` is in the snapshot of the season.
pub async fn is_in_snapshot(db: &impl ConnectionTrait, season: SeasonId, branch: &PlaceCode) -> Result<bool, Stop> {
    Ok(branch::Entity::find_by_id((Text(season), Text(branch.clone()))).one(db).await?.is_some())
}

/// The streets of the snapshot, by code.
pub async fn streets_of(db: &impl ConnectionTrait, season: SeasonId) -> Result<Vec<street::Model>, Stop> {
    let streets = street::Entity::find().filter(street::Column::SeasonId.eq(Text(season)));
    Ok(streets.order_by_asc(street::Column::Street).limit(1_000).all(db).await?)
}
