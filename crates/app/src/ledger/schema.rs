//! Table of imports.

use platform::schema::{id, index, place};
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, integer, string, text},
};

/// Migration of the first release.
pub struct M0005Ledger;

impl MigrationName for M0005Ledger {
    fn name(&self) -> &'static str {
        "m0005_ledger"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0005Ledger {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let imports = Table::create()
            .table("imports")
            .col(id())
            .col(place(manager, "place"))
            .col(string("file_name"))
            .col(string("hash"))
            .col(string("uploaded_by"))
            .col(big_integer("uploaded_at"))
            .col(big_integer_null("done_at"))
            .col(text("outcome"))
            .col(integer("version"))
            .foreign_key(ForeignKey::create().from("imports", "hash").to("blobs", "hash"))
            .take();
        manager.create_table(imports).await?;
        manager.create_index(index("imports", "imports_place", &["place", "id"], false)).await
    }
}
