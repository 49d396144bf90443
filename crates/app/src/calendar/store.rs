//! The tables of the calendar. Nobody else touches them.

use domain::{
    calendar::{Calendar, DayKind, TableRow},
    clock::Instant,
};
use jiff::civil::Date;
use platform::{
    db::{
        column::{Int, Text},
        insert_all,
    },
    error::Stop,
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _,
};

/// Years.
pub mod year {
    use super::{Instant, Int};
    use sea_orm::entity::prelude::*;

    /// A year whose table is known.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "calendar_years")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub year: i32,
        /// The paper it was taken from.
        pub source: String,
        /// How many times it was imported.
        pub revision: i32,
        /// `None` for what came with the product.
        pub imported_at: Option<Int<Instant>>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Days.
pub mod day {
    use super::{Date, DayKind, Text};
    use sea_orm::entity::prelude::*;

    /// A day that differs from its weekday.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "calendar_days")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub day: Text<Date>,
        pub year: i32,
        pub kind: Text<DayKind>,
        /// The holiday it belongs to.
        pub name: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The calendar of every year that is known.
///
/// # Errors
/// When the database cannot be read.
pub async fn load(db: &impl ConnectionTrait) -> Result<Calendar, Stop> {
    let days = day::Entity::find().all(db).await?;
    Ok(Calendar::from_days(days.into_iter().map(|row| (row.day.0, row.kind.0))))
}

/// Every year that is known, latest first.
pub async fn years(db: &impl ConnectionTrait) -> Result<Vec<year::Model>, Stop> {
    Ok(year::Entity::find().order_by_desc(year::Column::Year).all(db).await?)
}

/// Every day that differs from its weekday, in order.
pub async fn days(db: &impl ConnectionTrait) -> Result<Vec<day::Model>, Stop> {
    Ok(day::Entity::find().order_by_asc(day::Column::Day).all(db).await?)
}

/// Puts a year's table in the place of the one before.
pub async fn replace_year(
    db: &impl ConnectionTrait,
    year: i16,
    source: &str,
    now: Instant,
    rows: &[TableRow],
) -> Result<(), Stop> {
    let before = year::Entity::find_by_id(i32::from(year)).one(db).await?;
    let row = year::Model {
        year: i32::from(year),
        source: source.to_owned(),
        revision: before.as_ref().map_or(1, |before| before.revision.saturating_add(1)),
        imported_at: Some(Int(now)),
    };
    let row = row.into_active_model().reset_all();
    if before.is_some() {
        year::Entity::update(row).exec(db).await?;
    } else {
        year::Entity::insert(row).exec_without_returning(db).await?;
    }
    day::Entity::delete_many().filter(day::Column::Year.eq(i32::from(year))).exec(db).await?;
    insert_all(db, rows.iter().map(stored).collect()).await?;
    Ok(())
}

/// Puts single days into a year that is known: the notice for one year may name days at the end of the year before.
pub async fn put_days(db: &impl ConnectionTrait, rows: &[TableRow]) -> Result<(), Stop> {
    let days: Vec<Text<Date>> = rows.iter().map(|(day, ..)| Text(*day)).collect();
    day::Entity::delete_many().filter(day::Column::Day.is_in(days)).exec(db).await?;
    insert_all(db, rows.iter().map(stored).collect()).await?;
    Ok(())
}

fn stored((day, kind, name): &TableRow) -> day::Model {
    day::Model { day: Text(*day), year: i32::from(day.year()), kind: Text(*kind), name: name.clone() }
}
