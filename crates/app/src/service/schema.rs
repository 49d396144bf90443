//! Tables of posts, wishes and reports.

use platform::schema::{id, index, place};
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, integer, integer_null, string, string_null, text},
};

/// Migration of the module.
pub struct M0036Service;

impl MigrationName for M0036Service {
    fn name(&self) -> &'static str {
        "m0036_service"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0036Service {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        posts(manager).await?;
        wishes(manager).await?;
        reports(manager).await
    }
}

async fn posts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let posts = Table::create()
        .table("service_posts")
        .col(id())
        .col(place(manager, "branch"))
        .col(string("kind"))
        .col(string("title"))
        .col(text("duty"))
        .col(integer_null("places"))
        .col(string("state"))
        .col(integer("version"))
        .foreign_key(&mut to_place("service_posts", "branch"))
        .take();
    manager.create_table(posts).await?;
    manager.create_index(index("service_posts", "service_posts_branch", &["branch", "id"], false)).await?;
    let claims = Table::create()
        .table("post_claims")
        .col(id())
        .col(string("post_id"))
        .col(place(manager, "branch"))
        .col(string("membership_id"))
        .col(string("state"))
        .col(string("claimed_on"))
        .col(integer("halves"))
        .col(string_null("left_on"))
        .col(integer("version"))
        .foreign_key(&mut to_place("post_claims", "branch"))
        .foreign_key(ForeignKey::create().from("post_claims", "post_id").to("service_posts", "id"))
        .foreign_key(ForeignKey::create().from("post_claims", "membership_id").to("memberships", "id"))
        .take();
    manager.create_table(claims).await?;
    manager.create_index(index("post_claims", "post_claims_branch", &["branch", "state"], false)).await?;
    manager.create_index(index("post_claims", "post_claims_member", &["membership_id", "state"], false)).await
}

/// Migration that keeps every report as it was sent.
pub struct M0055ReportVersions;

impl MigrationName for M0055ReportVersions {
    fn name(&self) -> &'static str {
        "m0055_report_versions"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0055ReportVersions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let versions = Table::create()
            .table("report_versions")
            .col(id())
            .col(string("report_id"))
            .col(integer("number"))
            .col(text("body"))
            .col(text("plan"))
            .col(text("figures"))
            .col(string("signed"))
            .col(string("sent_on"))
            .foreign_key(ForeignKey::create().from("report_versions", "report_id").to("duty_reports", "id"))
            .take();
        manager.create_table(versions).await?;
        let once = ["report_id", "number"];
        manager.create_index(index("report_versions", "report_versions_once", &once, true)).await?;
        // What was sent before is the first version of its report; the report's own identifier serves it.
        let kept = "INSERT INTO report_versions (id, report_id, number, body, plan, figures, signed, sent_on) \
                    SELECT id, id, 1, body, plan, figures, signed, sent_on FROM duty_reports WHERE sent_on IS NOT NULL";
        manager.get_connection().execute_unprepared(kept).await?;
        // Why a wish that was told to be done was not.
        let column = text("undone").default("").take();
        manager.alter_table(Table::alter().table("wishes").add_column(column).take()).await
    }
}

async fn wishes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let wishes = Table::create()
        .table("wishes")
        .col(id())
        .col(place(manager, "branch"))
        .col(string("title"))
        .col(text("body"))
        .col(string_null("asker_sealed"))
        .col(string("code_hash"))
        .col(string("state"))
        .col(big_integer("published_at"))
        .col(string_null("membership_id"))
        .col(string_null("done_on"))
        .col(text("note"))
        .col(string("confirmed_by"))
        .col(string_null("confirmed_on"))
        .col(text("reason"))
        .col(integer("version"))
        .foreign_key(&mut to_place("wishes", "branch"))
        .foreign_key(ForeignKey::create().from("wishes", "membership_id").to("memberships", "id"))
        .take();
    manager.create_table(wishes).await?;
    manager.create_index(index("wishes", "wishes_branch", &["branch", "state"], false)).await?;
    manager.create_index(index("wishes", "wishes_member", &["membership_id"], false)).await?;
    manager.create_index(index("wishes", "wishes_code", &["code_hash"], true)).await
}

async fn reports(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let reports = Table::create()
        .table("duty_reports")
        .col(id())
        .col(string("kind"))
        .col(integer("year"))
        .col(place(manager, "place"))
        .col(string("subject"))
        .col(string("state"))
        .col(text("body"))
        .col(text("plan"))
        .col(text("figures"))
        .col(string("signed"))
        .col(string_null("sent_on"))
        .col(integer("version"))
        .foreign_key(&mut to_place("duty_reports", "place"))
        .take();
    manager.create_table(reports).await?;
    let once = ["kind", "year", "place", "subject"];
    manager.create_index(index("duty_reports", "duty_reports_once", &once, true)).await
}

/// References to a place follow a re-code.
fn to_place(table: &'static str, column: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, column).to("places", "code").on_update(ForeignKeyAction::Cascade).take()
}
