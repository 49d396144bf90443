//! Tables of the members' own pages.

use platform::schema::{id, index, place};
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, integer, string, string_null, text},
};

/// Migration of the module.
pub struct M0037Own;

impl MigrationName for M0037Own {
    fn name(&self) -> &'static str {
        "m0037_own"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0037Own {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let links = Table::create()
            .table("sign_in_links")
            .col(id())
            .col(string("kind"))
            .col(string("person_id"))
            .col(string("hash"))
            .col(big_integer("made_at"))
            .col(big_integer("expires_at"))
            .col(integer("tries"))
            .col(big_integer_null("used_at"))
            .foreign_key(ForeignKey::create().from("sign_in_links", "person_id").to("persons", "id"))
            .take();
        manager.create_table(links).await?;
        manager.create_index(index("sign_in_links", "sign_in_links_person", &["person_id", "made_at"], false)).await?;
        manager.create_index(index("sign_in_links", "sign_in_links_hash", &["hash"], false)).await?;
        let corrections = Table::create()
            .table("corrections")
            .col(id())
            .col(place(manager, "branch"))
            .col(string("membership_id"))
            .col(text("body"))
            .col(string("state"))
            .col(big_integer("asked_at"))
            .col(text("answer"))
            .col(string("answered_by"))
            .col(integer("version"))
            .foreign_key(
                ForeignKey::create()
                    .from("corrections", "branch")
                    .to("places", "code")
                    .on_update(ForeignKeyAction::Cascade),
            )
            .foreign_key(ForeignKey::create().from("corrections", "membership_id").to("memberships", "id"))
            .take();
        manager.create_table(corrections).await?;
        manager.create_index(index("corrections", "corrections_branch", &["branch", "state"], false)).await?;
        manager.create_index(index("corrections", "corrections_member", &["membership_id"], false)).await
    }
}

/// Migration that ties a code or link to the line of the roll it was made for.
pub struct M0080LinksOfLines;

impl MigrationName for M0080LinksOfLines {
    fn name(&self) -> &'static str {
        "m0080_links_of_lines"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0080LinksOfLines {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = string_null("membership_id");
        manager.alter_table(Table::alter().table("sign_in_links").add_column(column).take()).await
    }
}
