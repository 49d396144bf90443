//! Tables of the calendar, and the years known at the first release.

use domain::calendar::Calendar;
use platform::schema::index;
use sea_orm::ConnectionTrait as _;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer_null, integer, string},
};

/// 2021 to 2026, taken from the State Council's notices.
const TABLE: &str = include_str!("../../../../data/cn-holidays-2021-2026.csv");

/// Migration of the first release.
pub struct M0006Calendar;

impl MigrationName for M0006Calendar {
    fn name(&self) -> &'static str {
        "m0006_calendar"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0006Calendar {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let years = Table::create()
            .table("calendar_years")
            .col(integer("year").primary_key())
            .col(string("source"))
            .col(integer("revision"))
            .col(big_integer_null("imported_at"))
            .take();
        manager.create_table(years).await?;
        let days = Table::create()
            .table("calendar_days")
            .col(string("day").primary_key())
            .col(integer("year"))
            .col(string("kind"))
            .col(string("name"))
            .foreign_key(ForeignKey::create().from("calendar_days", "year").to("calendar_years", "year"))
            .take();
        manager.create_table(days).await?;
        manager.create_index(index("calendar_days", "calendar_days_year", &["year", "day"], false)).await?;
        seed(manager).await
    }
}

async fn seed(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let wrong = |error: &dyn std::fmt::Display| DbErr::Custom(format!("the table of holidays cannot be read: {error}"));
    let rows = Calendar::parse_csv(TABLE).map_err(|error| wrong(&error))?;
    let mut years: Vec<i16> = rows.iter().map(|(day, ..)| day.year()).collect();
    years.dedup();
    let mut insert = Query::insert();
    insert.into_table("calendar_years").columns(["year", "source", "revision", "imported_at"]);
    for year in years {
        let source = format!("国务院办公厅关于{year}年部分节假日安排的通知");
        let values = [i32::from(year).into(), source.into(), 1.into(), Option::<i64>::None.into()];
        insert.values(values).map_err(|error| wrong(&error))?;
    }
    manager.get_connection().execute(&insert).await?;
    let mut insert = Query::insert();
    insert.into_table("calendar_days").columns(["day", "year", "kind", "name"]);
    for (day, kind, name) in rows {
        let values = [day.to_string().into(), i32::from(day.year()).into(), kind.code().into(), name.into()];
        insert.values(values).map_err(|error| wrong(&error))?;
    }
    manager.get_connection().execute(&insert).await.map(drop)
}
