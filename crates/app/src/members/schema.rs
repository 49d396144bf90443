//! The table of the duplicates.

use platform::schema::{id, index};
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, boolean, string},
};

/// Migration of the duplicates.
pub struct M0034Duplicates;

impl MigrationName for M0034Duplicates {
    fn name(&self) -> &'static str {
        "m0034_duplicates"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0034Duplicates {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let duplicates = Table::create()
            .table("duplicates")
            .col(id())
            .col(string("first_id"))
            .col(string("second_id"))
            .col(boolean("is_same"))
            .col(string("signed"))
            .col(big_integer("settled_at"))
            .foreign_key(ForeignKey::create().from("duplicates", "first_id").to("memberships", "id"))
            .foreign_key(ForeignKey::create().from("duplicates", "second_id").to("memberships", "id"))
            .take();
        manager.create_table(duplicates).await?;
        manager.create_index(index("duplicates", "duplicates_pair", &["first_id", "second_id"], true)).await
    }
}
