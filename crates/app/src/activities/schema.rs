//! Tables of the activities.

use platform::schema::{id, index, place};
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, integer, integer_null, string, string_null, text},
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
