//! Tables of the selection.

use platform::schema::{id, index, place};
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, boolean, integer, string, string_null, text},
};

/// Migration of the first release.
pub struct M0010Selection;

impl MigrationName for M0010Selection {
    fn name(&self) -> &'static str {
        "m0010_selection"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0010Selection {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        seasons(manager).await?;
        applications(manager).await?;
        street(manager).await?;
        attachments(manager).await
    }
}

async fn seasons(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let parameters = Table::create()
        .table("season_parameters")
        .col(id())
        .col(place(manager, "county"))
        .col(integer("year"))
        .col(integer("version"))
        .col(text("document"))
        .col(big_integer("made_at"))
        .col(string_null("office_id"))
        .take();
    manager.create_table(parameters).await?;
    let unique = ["county", "year", "version"];
    manager.create_index(index("season_parameters", "season_parameters_version", &unique, true)).await?;
    let seasons = Table::create()
        .table("seasons")
        .col(id())
        .col(place(manager, "county"))
        .col(integer("year"))
        .col(string("parameters_id"))
        .col(big_integer("opened_at"))
        .col(text("reason_without_basis"))
        .col(integer("version"))
        .foreign_key(ForeignKey::create().from("seasons", "parameters_id").to("season_parameters", "id"))
        .take();
    manager.create_table(seasons).await?;
    manager.create_index(index("seasons", "seasons_year", &["county", "year"], true)).await?;
    let branches = Table::create()
        .table("season_branches")
        .col(string("season_id"))
        .col(place(manager, "branch"))
        .primary_key(Index::create().col("season_id").col("branch"))
        .foreign_key(ForeignKey::create().from("season_branches", "season_id").to("seasons", "id"))
        .take();
    manager.create_table(branches).await?;
    let streets = Table::create()
        .table("season_streets")
        .col(string("season_id"))
        .col(place(manager, "street"))
        .col(integer("branches"))
        .col(integer("seats"))
        .primary_key(Index::create().col("season_id").col("street"))
        .foreign_key(ForeignKey::create().from("season_streets", "season_id").to("seasons", "id"))
        .take();
    manager.create_table(streets).await
}

async fn applications(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let applications = Table::create()
        .table("applications")
        .col(id())
        .col(string("season_id"))
        .col(place(manager, "branch"))
        .col(string("stage"))
        .col(big_integer("stage_since"))
        .col(string_null("submission_id"))
        .col(integer("submission_number"))
        .col(text("hands"))
        .col(text("draft"))
        .col(integer("self_total"))
        .col(integer("street_average"))
        .col(integer("street_rank"))
        .col(integer("version"))
        .foreign_key(ForeignKey::create().from("applications", "season_id").to("seasons", "id"))
        .take();
    manager.create_table(applications).await?;
    manager.create_index(index("applications", "applications_branch", &["season_id", "branch"], true)).await?;
    manager.create_index(index("applications", "applications_stage", &["season_id", "stage", "branch"], false)).await?;
    let submissions = Table::create()
        .table("submissions")
        .col(id())
        .col(string("application_id"))
        .col(integer("number"))
        .col(text("content"))
        .col(integer("self_total"))
        .col(big_integer("submitted_at"))
        .col(string_null("office_id"))
        .foreign_key(ForeignKey::create().from("submissions", "application_id").to("applications", "id"))
        .take();
    manager.create_table(submissions).await?;
    manager.create_index(index("submissions", "submissions_number", &["application_id", "number"], true)).await?;
    let opinions = Table::create()
        .table("opinions")
        .col(id())
        .col(string("application_id"))
        .col(string("submission_id"))
        .col(string("step"))
        .col(boolean("is_favourable"))
        .col(text("words"))
        .col(text("details"))
        .col(string_null("office_id"))
        .col(string("signed"))
        .col(big_integer("given_at"))
        .foreign_key(ForeignKey::create().from("opinions", "application_id").to("applications", "id"))
        .take();
    manager.create_table(opinions).await?;
    manager.create_index(index("opinions", "opinions_application", &["application_id", "id"], false)).await
}

async fn street(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let assessments = Table::create()
        .table("assessments")
        .col(id())
        .col(string("application_id"))
        .col(string("submission_id"))
        .col(string("account_id"))
        .col(string("signed"))
        .col(text("scores"))
        .col(integer("total"))
        .col(text("notes"))
        .col(big_integer("given_at"))
        .foreign_key(ForeignKey::create().from("assessments", "application_id").to("applications", "id"))
        .take();
    manager.create_table(assessments).await?;
    let unique = ["application_id", "submission_id", "account_id"];
    manager.create_index(index("assessments", "assessments_assessor", &unique, true)).await?;
    let recusals = Table::create()
        .table("recusals")
        .col(string("application_id"))
        .col(string("account_id"))
        .col(string("signed"))
        .col(text("relation"))
        .col(big_integer("declared_at"))
        .primary_key(Index::create().col("application_id").col("account_id"))
        .foreign_key(ForeignKey::create().from("recusals", "application_id").to("applications", "id"))
        .take();
    manager.create_table(recusals).await?;
    let recommendations = Table::create()
        .table("recommendations")
        .col(id())
        .col(string("season_id"))
        .col(place(manager, "street"))
        .col(string("met_on"))
        .col(text("record"))
        .col(big_integer("submitted_at"))
        .col(string("signed"))
        .foreign_key(ForeignKey::create().from("recommendations", "season_id").to("seasons", "id"))
        .take();
    manager.create_table(recommendations).await?;
    manager.create_index(index("recommendations", "recommendations_street", &["season_id", "street"], true)).await
}

async fn attachments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let attachments = Table::create()
        .table("attachments")
        .col(id())
        .col(string("application_id"))
        .col(string("item"))
        .col(string("blob_hash"))
        .col(string("file_name"))
        .col(string("kind"))
        .col(big_integer("size"))
        .col(big_integer("attached_at"))
        .col(big_integer_null("detached_at"))
        .foreign_key(ForeignKey::create().from("attachments", "application_id").to("applications", "id"))
        .take();
    manager.create_table(attachments).await?;
    manager.create_index(index("attachments", "attachments_application", &["application_id", "id"], false)).await
}

/// Migration that counts how often a draft was saved.
pub struct M0040DraftVersions;

impl MigrationName for M0040DraftVersions {
    fn name(&self) -> &'static str {
        "m0040_draft_versions"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0040DraftVersions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let version = integer("draft_version").default(0).take();
        manager.alter_table(Table::alter().table("applications").add_column(version).take()).await
    }
}

/// Migration that keeps who attached a file.
pub struct M0015Attached;

impl MigrationName for M0015Attached {
    fn name(&self) -> &'static str {
        "m0015_attached"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0015Attached {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let signed = Table::alter().table("attachments").add_column(string("signed").default("")).take();
        manager.alter_table(signed).await
    }
}
