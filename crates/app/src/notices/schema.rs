//! Tables of notices, objections and awards.

use platform::schema::{id, index, place};
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, boolean, integer, string, string_null, text, text_null},
};

/// Migration of the first release.
pub struct M0012Notices;

impl MigrationName for M0012Notices {
    fn name(&self) -> &'static str {
        "m0012_notices"
    }
}

fn points_to(from: &'static str, column: &'static str, to: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(from, column).to(to, "id").take()
}

#[async_trait::async_trait]
impl MigrationTrait for M0012Notices {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(notices(manager)).await?;
        manager.create_table(entries(manager)).await?;
        manager.create_table(objections(manager)).await?;
        manager.create_table(circulars(manager)).await?;
        manager.create_table(awards(manager)).await?;
        for (table, name, columns, is_unique) in [
            // The versions of one notice are numbered once each, whoever writes them.
            ("notices", "notices_chain", &["chain", "number"][..], true),
            ("notices", "notices_season", &["season_id", "kind", "id"], false),
            ("notices", "notices_place", &["place", "published_at"], false),
            ("notice_entries", "notice_entries_application", &["application_id"], false),
            ("objections", "objections_code", &["code_index"], true),
            ("objections", "objections_chain", &["chain", "application_id"], false),
            ("objections", "objections_place", &["place", "state", "received_at"], false),
            ("circulars", "circulars_number", &["place", "number"], true),
            ("circulars", "circulars_season", &["season_id", "id"], false),
            ("awards", "awards_year", &["year", "place"], false),
            ("awards", "awards_place", &["place", "year"], false),
        ] {
            manager.create_index(index(table, name, columns, is_unique)).await?;
        }
        Ok(())
    }
}

fn notices(manager: &SchemaManager<'_>) -> TableCreateStatement {
    Table::create()
        .table("notices")
        .col(id())
        .col(string("season_id"))
        .col(place(manager, "place"))
        .col(string("kind"))
        .col(string("chain"))
        .col(integer("number"))
        .col(string_null("supersedes"))
        .col(string("title"))
        .col(text("content"))
        .col(integer("working_days"))
        .col(big_integer_null("published_at"))
        .col(string_null("published_on"))
        .col(string_null("ends_on"))
        .col(big_integer_null("superseded_at"))
        .col(text("correction_reason"))
        .col(text("extensions"))
        .col(string("office_id"))
        .col(integer("version"))
        .foreign_key(&mut points_to("notices", "season_id", "seasons"))
        .foreign_key(&mut points_to("notices", "supersedes", "notices"))
        .foreign_key(&mut points_to("notices", "office_id", "offices"))
        .take()
}

fn entries(manager: &SchemaManager<'_>) -> TableCreateStatement {
    Table::create()
        .table("notice_entries")
        .col(string("notice_id"))
        .col(string("application_id"))
        .col(integer("position"))
        .col(place(manager, "place"))
        .col(string("street"))
        .col(string("community"))
        .col(string("branch"))
        .col(text("compounds"))
        .primary_key(Index::create().col("notice_id").col("application_id"))
        .foreign_key(&mut points_to("notice_entries", "notice_id", "notices"))
        .foreign_key(&mut points_to("notice_entries", "application_id", "applications"))
        .take()
}

fn objections(manager: &SchemaManager<'_>) -> TableCreateStatement {
    Table::create()
        .table("objections")
        .col(id())
        .col(string("notice_id"))
        .col(string("chain"))
        .col(place(manager, "place"))
        .col(string_null("application_id"))
        .col(place(manager, "against").null().take())
        .col(string("channel"))
        .col(boolean("is_named"))
        .col(text_null("reporter_name_sealed"))
        .col(text_null("reporter_contact_sealed"))
        .col(text("text_sealed"))
        .col(string("code_index"))
        .col(big_integer("received_at"))
        .col(string_null("entered_by"))
        .col(string("state"))
        .col(big_integer("state_since"))
        .col(big_integer_null("acknowledged_at"))
        .col(string_null("verifier"))
        .col(string_null("finding"))
        .col(text_null("grounds_sealed"))
        .col(text_null("answer_sealed"))
        .col(big_integer_null("replied_at"))
        .col(integer("version"))
        .foreign_key(&mut points_to("objections", "notice_id", "notices"))
        .foreign_key(&mut points_to("objections", "application_id", "applications"))
        .foreign_key(&mut points_to("objections", "entered_by", "offices"))
        .foreign_key(&mut points_to("objections", "verifier", "offices"))
        .take()
}

fn circulars(manager: &SchemaManager<'_>) -> TableCreateStatement {
    Table::create()
        .table("circulars")
        .col(id())
        .col(string("season_id"))
        .col(place(manager, "place"))
        .col(string("number"))
        .col(string("issued_on"))
        .col(string("office_id"))
        .col(big_integer("recorded_at"))
        .foreign_key(&mut points_to("circulars", "season_id", "seasons"))
        .foreign_key(&mut points_to("circulars", "office_id", "offices"))
        .take()
}

fn awards(manager: &SchemaManager<'_>) -> TableCreateStatement {
    Table::create()
        .table("awards")
        .col(string("application_id").primary_key())
        .col(string("season_id"))
        .col(integer("year"))
        .col(place(manager, "place"))
        .col(string("street"))
        .col(string("community"))
        .col(string("branch"))
        .col(text("compounds"))
        .col(string("notice_id"))
        .col(big_integer("confirmed_at"))
        .col(string("office_id"))
        .col(string_null("circular_id"))
        .col(big_integer_null("revoked_at"))
        .col(text("revocation_reason"))
        .col(string("source_document"))
        .col(string_null("revocation_notice_id"))
        .col(integer("version"))
        .foreign_key(&mut points_to("awards", "application_id", "applications"))
        .foreign_key(&mut points_to("awards", "season_id", "seasons"))
        .foreign_key(&mut points_to("awards", "notice_id", "notices"))
        .foreign_key(&mut points_to("awards", "circular_id", "circulars"))
        .foreign_key(&mut points_to("awards", "revocation_notice_id", "notices"))
        .foreign_key(&mut points_to("awards", "office_id", "offices"))
        .take()
}
