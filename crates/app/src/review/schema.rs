//! Tables of the county's review.

use platform::schema::{id, index, place};
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, boolean, integer, string, string_null, text},
};

/// Migration of the first release.
pub struct M0011Review;

impl MigrationName for M0011Review {
    fn name(&self) -> &'static str {
        "m0011_review"
    }
}

/// Migration of the first release: who came in for whom.
pub struct M0013Substitutions;

impl MigrationName for M0013Substitutions {
    fn name(&self) -> &'static str {
        "m0013_substitutions"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0013Substitutions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let substitutions = Table::create()
            .table("substitutions")
            .col(string("application_id").primary_key())
            .col(string("replaced_id"))
            .col(string("season_id"))
            .col(string("office_id"))
            .col(big_integer("substituted_at"))
            .foreign_key(&mut points_to("substitutions", "application_id", "applications"))
            .foreign_key(&mut points_to("substitutions", "replaced_id", "applications"))
            .foreign_key(&mut points_to("substitutions", "season_id", "seasons"))
            .foreign_key(&mut points_to("substitutions", "office_id", "offices"))
            .take();
        manager.create_table(substitutions).await?;
        // A place is filled once.
        let columns = &["replaced_id"];
        manager.create_index(index("substitutions", "substitutions_replaced", columns, true)).await?;
        manager.create_index(index("substitutions", "substitutions_season", &["season_id"], false)).await
    }
}

fn points_to(from: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(from, column).to(to, "id").take()
}

#[async_trait::async_trait]
impl MigrationTrait for M0011Review {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let replies = Table::create()
            .table("panel_replies")
            .col(id())
            .col(string("season_id"))
            .col(string("application_id"))
            .col(string("submission_id"))
            .col(string("unit"))
            .col(string("verdict"))
            .col(text("reason"))
            .col(string("office_id"))
            .col(big_integer("replied_at"))
            .col(integer("version"))
            .foreign_key(&mut points_to("panel_replies", "season_id", "seasons"))
            .foreign_key(&mut points_to("panel_replies", "application_id", "applications"))
            .foreign_key(&mut points_to("panel_replies", "submission_id", "submissions"))
            .foreign_key(&mut points_to("panel_replies", "office_id", "offices"))
            .take();
        manager.create_table(replies).await?;
        let findings = Table::create()
            .table("veto_findings")
            .col(id())
            .col(string("season_id"))
            .col(string("application_id"))
            .col(string("code"))
            .col(boolean("is_upheld"))
            .col(text("note"))
            .col(string("source_document"))
            .col(string("office_id"))
            .col(big_integer("found_at"))
            .col(integer("version"))
            .foreign_key(&mut points_to("veto_findings", "season_id", "seasons"))
            .foreign_key(&mut points_to("veto_findings", "application_id", "applications"))
            .foreign_key(&mut points_to("veto_findings", "office_id", "offices"))
            .take();
        manager.create_table(findings).await?;
        let consultations = Table::create()
            .table("consultations")
            .col(id())
            .col(string("season_id"))
            .col(place(manager, "place"))
            .col(integer("position"))
            .col(string("consultee"))
            .col(string("department"))
            .col(big_integer("sent_at"))
            .col(string("due_on"))
            .col(string_null("reply"))
            .col(text("reply_text"))
            .col(string_null("replied_on"))
            .col(string("office_id"))
            .col(integer("version"))
            .foreign_key(&mut points_to("consultations", "season_id", "seasons"))
            .foreign_key(&mut points_to("consultations", "office_id", "offices"))
            .take();
        manager.create_table(consultations).await?;
        let decisions = Table::create()
            .table("decisions")
            .col(id())
            .col(string("season_id"))
            .col(place(manager, "place"))
            .col(string("meeting_on"))
            .col(string("minutes_number"))
            .col(integer("approved"))
            .col(string("office_id"))
            .col(big_integer("decided_at"))
            .foreign_key(&mut points_to("decisions", "season_id", "seasons"))
            .foreign_key(&mut points_to("decisions", "office_id", "offices"))
            .take();
        manager.create_table(decisions).await?;
        for (table, name, columns, is_unique) in [
            // One answer of a unit, and one finding of an item, for each application.
            ("panel_replies", "panel_replies_unit", &["application_id", "unit"][..], true),
            ("panel_replies", "panel_replies_season", &["season_id", "unit", "application_id"], false),
            ("veto_findings", "veto_findings_code", &["application_id", "code"], true),
            ("veto_findings", "veto_findings_season", &["season_id", "application_id"], false),
            ("consultations", "consultations_consultee", &["season_id", "consultee"], true),
            // The committee decides a season once, in one deed.
            ("decisions", "decisions_season", &["season_id"], true),
        ] {
            manager.create_index(index(table, name, columns, is_unique)).await?;
        }
        Ok(())
    }
}
