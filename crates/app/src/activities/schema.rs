//! Tables of the activities.

use domain::activity::ActivityKind;
use platform::schema::{id, index, place};
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, boolean, integer, integer_null, string, string_null, text},
};

/// Migration of the activities.
pub struct M0033Activities;

impl MigrationName for M0033Activities {
    fn name(&self) -> &'static str {
        "m0033_activities"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0033Activities {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let activities = Table::create()
            .table("activities")
            .col(id())
            .col(place(manager, "place"))
            .col(string("kind"))
            .col(string("title"))
            .col(text("text"))
            .col(big_integer("starts_at"))
            .col(big_integer("hours"))
            .col(string("venue"))
            .col(integer_null("capacity"))
            .col(big_integer("sign_up_until"))
            .col(string("audience"))
            .col(string("state"))
            .col(text("summary"))
            .col(integer_null("residents"))
            .col(text("reason"))
            .col(string("signed"))
            .col(integer("version"))
            .foreign_key(
                ForeignKey::create()
                    .from("activities", "place")
                    .to("places", "code")
                    .on_update(ForeignKeyAction::Cascade),
            )
            .take();
        manager.create_table(activities).await?;
        manager.create_index(index("activities", "activities_place", &["place", "starts_at"], false)).await?;
        let people = Table::create()
            .table("activity_people")
            .col(id())
            .col(string("activity_id"))
            .col(string("membership_id"))
            .col(string("state"))
            .col(big_integer_null("hours"))
            .col(big_integer("signed_at"))
            .foreign_key(ForeignKey::create().from("activity_people", "activity_id").to("activities", "id"))
            .foreign_key(ForeignKey::create().from("activity_people", "membership_id").to("memberships", "id"))
            .take();
        manager.create_table(people).await?;
        let unique = ["activity_id", "membership_id"];
        manager.create_index(index("activity_people", "activity_people_once", &unique, true)).await?;
        manager
            .create_index(index("activity_people", "activity_people_member", &["membership_id", "state"], false))
            .await
    }
}

/// Migration of service that members did singly.
pub struct M0035ServiceRecords;

impl MigrationName for M0035ServiceRecords {
    fn name(&self) -> &'static str {
        "m0035_service_records"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0035ServiceRecords {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let records = Table::create()
            .table("service_records")
            .col(id())
            .col(place(manager, "branch"))
            .col(string("membership_id"))
            .col(string("title"))
            .col(string("venue"))
            .col(big_integer("starts_at"))
            .col(big_integer("hours"))
            .col(string("state"))
            .col(string_null("enterer"))
            .col(string("entered_by"))
            .col(string("decided_by"))
            .col(string("reason"))
            .col(integer("version"))
            .foreign_key(
                ForeignKey::create()
                    .from("service_records", "branch")
                    .to("places", "code")
                    .on_update(ForeignKeyAction::Cascade),
            )
            .foreign_key(ForeignKey::create().from("service_records", "membership_id").to("memberships", "id"))
            .take();
        manager.create_table(records).await?;
        let by_branch = ["branch", "starts_at"];
        manager.create_index(index("service_records", "service_records_branch", &by_branch, false)).await?;
        let by_member = ["membership_id", "starts_at"];
        manager.create_index(index("service_records", "service_records_member", &by_member, false)).await
    }
}

/// Migration of for whom activities are and who came besides members, of which hours count as service, and of who came off the
/// waiting list.
pub struct M0052Audiences;

impl MigrationName for M0052Audiences {
    fn name(&self) -> &'static str {
        "m0052_audiences"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0052Audiences {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            ("activities", text("audiences").default("[]").take()),
            ("activities", integer_null("owners")),
            ("activities", integer_null("stewards")),
            ("activities", boolean("counts_hours").default(false).take()),
            ("activity_people", big_integer_null("promoted_at")),
            ("service_records", string_null("activity_id")),
        ];
        for (table, column) in columns {
            manager.alter_table(Table::alter().table(table).add_column(column).take()).await?;
        }
        let serving = ActivityKind::ALL.iter().filter(|kind| kind.counts_hours(false)).map(|kind| kind.code());
        let counting = Query::update()
            .table("activities")
            .value("counts_hours", true)
            .and_where(Expr::col("kind").is_in(serving))
            .take();
        manager.execute(counting).await
    }
}

/// Migration of the calendars that places have opened to calendar programs.
pub struct M0053CalendarFeeds;

impl MigrationName for M0053CalendarFeeds {
    fn name(&self) -> &'static str {
        "m0053_calendar_feeds"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0053CalendarFeeds {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut code = place(manager, "place");
        let feeds = Table::create()
            .table("calendar_feeds")
            .col(code.primary_key())
            .col(integer("revision"))
            .col(boolean("is_open"))
            .foreign_key(
                ForeignKey::create()
                    .from("calendar_feeds", "place")
                    .to("places", "code")
                    .on_update(ForeignKeyAction::Cascade),
            )
            .take();
        manager.create_table(feeds).await
    }
}
