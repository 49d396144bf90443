//! The years of points of a county.

use domain::{clock::Instant, ids::JobId, place::PlaceCode, points::YearState};
use platform::{
    act::one_row,
    db::{
        column::{Int, Text},
        insert_all,
    },
    error::Stop,
    jobs,
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
};

/// Years.
pub mod row {
    use super::{Instant, Int, JobId, PlaceCode, Text, YearState};
    use sea_orm::entity::prelude::*;

    /// A county's year of points (积分年度). A year without a row is open.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "points_years")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub county: Text<PlaceCode>,
        #[sea_orm(primary_key, auto_increment = false)]
        pub year: i32,
        pub state: Text<YearState>,
        /// The job that settles it, while one does.
        pub job_id: Option<Text<JobId>>,
        pub branches_done: i32,
        pub branches: i32,
        pub settled_by: String,
        pub settled_at: Option<Int<Instant>>,
        pub reported_at: Option<Int<Instant>>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// A year that nobody has closed.
        #[must_use]
        pub const fn open(county: PlaceCode, year: i32) -> Self {
            Self {
                county: Text(county),
                year,
                state: Text(YearState::Open),
                job_id: None,
                branches_done: 0,
                branches: 0,
                settled_by: String::new(),
                settled_at: None,
                reported_at: None,
                version: 0,
            }
        }
    }
}

/// A county's year, when somebody has begun to close it.
pub async fn year(db: &impl ConnectionTrait, county: &PlaceCode, year: i32) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id((Text(county.clone()), year)).one(db).await?)
}

/// Whether the year is being settled: ordered, and the job not given up.
pub async fn is_settling(db: &impl ConnectionTrait, row: &row::Model) -> Result<bool, Stop> {
    match row.job_id {
        Some(Text(job)) if row.state.0 == YearState::Closing => Ok(jobs::is_under_way(db, job).await?),
        _ => Ok(false),
    }
}

/// Keeps a year that begins to close. Two at once: the second is told of a conflict.
pub async fn insert(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Saves a changed year by the version that was read.
pub async fn save(db: &impl ConnectionTrait, mut row: row::Model) -> Result<(), Stop> {
    let (county, year, read) = (row.county.clone(), row.year, row.version);
    row.version += 1;
    let saved = row::Entity::update_many()
        .set(row.into_active_model().reset_all())
        .filter(row::Column::County.eq(county))
        .filter(row::Column::Year.eq(year))
        .filter(row::Column::Version.eq(read))
        .exec(db)
        .await?;
    one_row(saved.rows_affected)
}
