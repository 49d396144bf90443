//! Table of resolutions.

use platform::schema::{id, index, place};
use sea_orm_migration::{
    prelude::*,
    schema::{integer, string, string_null, text},
};

/// Migration of the resolutions.
pub struct M0020Resolutions;

impl MigrationName for M0020Resolutions {
    fn name(&self) -> &'static str {
        "m0020_resolutions"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0020Resolutions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let resolutions = Table::create()
            .table("resolutions")
            .col(id())
            .col(place(manager, "branch"))
            .col(string("meeting_id"))
            .col(string("title"))
            .col(text("text"))
            .col(string("kind"))
            .col(integer("eligible"))
            .col(integer("present"))
            .col(integer("yes"))
            .col(string("result"))
            .col(string("decided_on"))
            .foreign_key(
                ForeignKey::create()
                    .from("resolutions", "branch")
                    .to("places", "code")
                    .on_update(ForeignKeyAction::Cascade),
            )
            .take();
        manager.create_table(resolutions).await?;
        manager.create_index(index("resolutions", "resolutions_meeting", &["meeting_id", "id"], false)).await?;
        manager.create_index(index("resolutions", "resolutions_branch", &["branch", "decided_on", "id"], false)).await
    }
}

/// Migration that keeps what a resolution was about and what kind of meeting passed it.
pub struct M0050ResolutionMatters;

impl MigrationName for M0050ResolutionMatters {
    fn name(&self) -> &'static str {
        "m0050_resolution_matters"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0050ResolutionMatters {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["matter", "meeting_kind"] {
            manager.alter_table(Table::alter().table("resolutions").add_column(string_null(column)).take()).await?;
        }
        // In a new database there is nothing to look up, and no meetings yet to look it up in.
        if manager.has_table("meeting_topics").await? {
            manager.get_connection().execute_unprepared(OF_TOPICS).await?;
        }
        Ok(())
    }
}

/// What resolutions were about, and in what meeting, as the meetings tell.
const OF_TOPICS: &str = "UPDATE resolutions SET \
    matter = (SELECT matter FROM meeting_topics WHERE resolution_id = resolutions.id), \
    meeting_kind = (SELECT kind FROM meetings WHERE meetings.id = resolutions.meeting_id)";
