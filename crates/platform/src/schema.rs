//! The floor's own tables: audit record, sessions, jobs, files, settings.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, integer, string, string_null, text},
};

/// Adds the primary text key `id` that most tables share.
#[must_use]
pub fn id() -> ColumnDef {
    let mut column = string("id");
    column.primary_key();
    column.take()
}

/// A text column with a place's code, compared bytewise on every database so that `[code, code:)` is its subtree.
#[must_use]
pub fn place(manager: &SchemaManager<'_>, name: &'static str) -> ColumnDef {
    let mut column = string(name);
    if manager.get_database_backend() == sea_orm::DbBackend::Postgres {
        column.extra("COLLATE \"C\"");
    }
    column.take()
}

/// Migration of the first release.
#[derive(Debug)]
pub struct M0001Floor;

impl MigrationName for M0001Floor {
    fn name(&self) -> &'static str {
        "m0001_floor"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0001Floor {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let events = Table::create()
            .table("audit_events")
            .col(id())
            .col(string("chain"))
            .col(big_integer("seq"))
            .col(big_integer("at"))
            .col(string("account"))
            .col(string("office"))
            .col(place(manager, "place"))
            .col(string("action"))
            .col(string("subject_kind"))
            .col(string("subject"))
            .col(text("body"))
            .col(string("hash"))
            .take();
        manager.create_table(events).await?;
        for (name, columns, is_unique) in [
            ("audit_events_chain", &["chain", "seq"][..], true),
            ("audit_events_subject", &["subject", "seq"], false),
            ("audit_events_place", &["place", "at"], false),
            ("audit_events_account", &["account", "at"], false),
        ] {
            manager.create_index(index("audit_events", name, columns, is_unique)).await?;
        }
        let heads = Table::create()
            .table("audit_heads")
            .col(string("chain").primary_key())
            .col(big_integer("seq"))
            .col(string("hash"))
            .take();
        manager.create_table(heads).await?;
        let sessions =
            Table::create().table("sessions").col(id()).col(text("data")).col(big_integer("expires_at")).take();
        manager.create_table(sessions).await?;
        manager.create_index(index("sessions", "sessions_expiry", &["expires_at"], false)).await?;
        let jobs = Table::create()
            .table("jobs")
            .col(id())
            .col(string("kind"))
            .col(text("input"))
            .col(string("state"))
            .col(big_integer("run_at"))
            .col(integer("attempts"))
            .col(integer("progress"))
            .col(big_integer_null("taken_until"))
            .col(text("outcome"))
            .take();
        manager.create_table(jobs).await?;
        manager.create_index(index("jobs", "jobs_due", &["state", "run_at"], false)).await?;
        let blobs = Table::create()
            .table("blobs")
            .col(string("hash").primary_key())
            .col(string("kind"))
            .col(big_integer("size"))
            .col(big_integer("stored_at"))
            .take();
        manager.create_table(blobs).await?;
        let settings =
            Table::create().table("settings").col(string("name").primary_key()).col(string_null("value")).take();
        manager.create_table(settings).await
    }
}

/// An index named by hand, so that it has the same name on every database.
#[must_use]
pub fn index(
    table: &'static str,
    name: &'static str,
    columns: &[&'static str],
    is_unique: bool,
) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    if is_unique {
        index.unique();
    }
    index.take()
}
