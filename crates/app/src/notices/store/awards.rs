//! Awards and the circulars they are named in.

use domain::{
    clock::Instant,
    ids::{ApplicationId, CircularId, NoticeId, OfficeId, SeasonId},
    place::PlaceCode,
};
use jiff::civil::Date;
use platform::{
    db::save_read,
    db::{
        column::{Int, Text},
        follow_place, within,
    },
    error::Stop,
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, SqlErr,
};

/// Circulars.
pub mod circular {
    use super::{CircularId, Date, Instant, Int, OfficeId, PlaceCode, SeasonId, Text};
    use sea_orm::entity::prelude::*;

    /// A commendation circular (通报表扬).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "circulars")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<CircularId>,
        pub season_id: Text<SeasonId>,
        /// The county.
        pub place: Text<PlaceCode>,
        /// 发文字号.
        pub number: String,
        pub issued_on: Text<Date>,
        pub office_id: Text<OfficeId>,
        pub recorded_at: Int<Instant>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Awards.
pub mod award {
    use super::{ApplicationId, CircularId, Instant, Int, NoticeId, OfficeId, PlaceCode, SeasonId, Text};
    use sea_orm::entity::prelude::*;

    /// A confirmed award (认定), with the names as they were published.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "awards")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub application_id: Text<ApplicationId>,
        pub season_id: Text<SeasonId>,
        /// The year that was judged.
        pub year: i32,
        /// The branch.
        pub place: Text<PlaceCode>,
        pub street: String,
        pub community: String,
        pub branch: String,
        /// Names of its compounds, `、` between them.
        pub compounds: String,
        /// The notice whose period it waited for.
        pub notice_id: Text<NoticeId>,
        pub confirmed_at: Int<Instant>,
        pub office_id: Text<OfficeId>,
        pub circular_id: Option<Text<CircularId>>,
        pub revoked_at: Option<Int<Instant>>,
        /// Why it was taken back; empty while it stands.
        pub revocation_reason: String,
        /// The document that upholds the reason.
        pub source_document: String,
        pub revocation_notice_id: Option<Text<NoticeId>>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The award of `application`, if it has one.
pub async fn award_of(db: &impl ConnectionTrait, application: ApplicationId) -> Result<Option<award::Model>, Stop> {
    Ok(award::Entity::find_by_id(Text(application)).one(db).await?)
}

/// The awards of a season, by branch.
pub async fn awards_of_season(db: &impl ConnectionTrait, season: SeasonId) -> Result<Vec<award::Model>, Stop> {
    let found = award::Entity::find().filter(award::Column::SeasonId.eq(Text(season)));
    Ok(found.order_by_asc(award::Column::Place).order_by_asc(award::Column::ApplicationId).all(db).await?)
}

/// The awards of a year at or under `place`, or of all years, the latest first and then by branch.
pub async fn awards(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    year: Option<i32>,
) -> Result<Vec<award::Model>, Stop> {
    let mut found = award::Entity::find().filter(within(award::Column::Place, place));
    if let Some(year) = year {
        found = found.filter(award::Column::Year.eq(year));
    }
    let found = found.order_by_desc(award::Column::Year).order_by_asc(award::Column::Place);
    Ok(found.order_by_asc(award::Column::ApplicationId).all(db).await?)
}

/// The awards of one branch, the latest first.
pub async fn awards_of_place(db: &impl ConnectionTrait, branch: &PlaceCode) -> Result<Vec<award::Model>, Stop> {
    let found = award::Entity::find().filter(award::Column::Place.eq(Text(branch.clone())));
    Ok(found.order_by_desc(award::Column::Year).order_by_asc(award::Column::ApplicationId).all(db).await?)
}

/// Lets the awards of a branch follow it to its new code.
pub async fn follow_move(db: &impl ConnectionTrait, from: &PlaceCode, to: &PlaceCode) -> Result<(), Stop> {
    Ok(follow_place::<award::Entity>(db, award::Column::Place, from, to).await?)
}

/// Keeps new awards.
pub async fn insert_awards(db: &impl ConnectionTrait, rows: Vec<award::Model>) -> Result<(), Stop> {
    Ok(platform::db::insert_all(db, rows).await?)
}

/// Saves a changed award by the version that was read.
pub async fn save_award(db: &impl ConnectionTrait, row: award::Model) -> Result<(), Stop> {
    save_read(db, award::Column::Version, row).await
}

/// The circulars of a season, oldest first.
pub async fn circulars(db: &impl ConnectionTrait, season: SeasonId) -> Result<Vec<circular::Model>, Stop> {
    let found = circular::Entity::find().filter(circular::Column::SeasonId.eq(Text(season)));
    Ok(found.order_by_asc(circular::Column::Id).all(db).await?)
}

/// Keeps a new circular.
pub async fn insert_circular(db: &impl ConnectionTrait, row: circular::Model) -> Result<(), Stop> {
    let insert = circular::Entity::insert(row.into_active_model().reset_all());
    insert.exec_without_returning(db).await.map(drop).map_err(|error| match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => {
            Stop::refused_at("number", "这个发文字号已经登记过，请核对后重新填写。")
        }
        _ => error.into(),
    })
}
