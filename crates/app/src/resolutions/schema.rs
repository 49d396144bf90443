//! Table of resolutions.

use platform::schema::{id, index, place};
use sea_orm_migration::{
    prelude::*,
    schema::{integer, string, text},
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
