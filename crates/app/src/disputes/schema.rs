//! Tables of mediation. Columns that end in `_sealed` hold what nobody reads in the database.

use platform::schema::{id, index, place};
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, boolean, integer, string, string_null, text, text_null},
};

/// Migration of the module.
pub struct M0063Disputes;

impl MigrationName for M0063Disputes {
    fn name(&self) -> &'static str {
        "m0063_disputes"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0063Disputes {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(disputes(manager)).await?;
        for table in [sessions(), items(), entries(), recusals()] {
            manager.create_table(table).await?;
        }
        for (table, name, columns, is_unique) in [
            ("disputes", "disputes_number", &["place", "year", "number"][..], true),
            ("disputes", "disputes_desk", &["desk", "state", "place"], false),
            ("disputes", "disputes_due", &["state", "due_at"], false),
            ("dispute_sessions", "dispute_sessions_dispute", &["dispute_id", "number"], true),
            ("dispute_items", "dispute_items_dispute", &["dispute_id", "number"], true),
            ("dispute_entries", "dispute_entries_dispute", &["dispute_id", "id"], false),
        ] {
            manager.create_index(index(table, name, columns, is_unique)).await?;
        }
        Ok(())
    }
}

fn disputes(manager: &SchemaManager<'_>) -> TableCreateStatement {
    // A branch that moves takes its files along.
    let mut to_place =
        ForeignKey::create().from("disputes", "place").to("places", "code").on_update(ForeignKeyAction::Cascade).take();
    Table::create()
        .table("disputes")
        .col(id())
        .col(place(manager, "place"))
        .col(integer("year"))
        .col(integer("number"))
        .col(string("kind"))
        .col(string("origin"))
        .col(string_null("voice_id"))
        .col(boolean("is_confidential"))
        .col(text("parties_sealed"))
        .col(text("matter_sealed"))
        .col(big_integer("opened_at"))
        .col(string("state"))
        .col(big_integer("state_since"))
        .col(string("desk"))
        .col(integer("sessions"))
        .col(big_integer_null("accepted_at"))
        .col(big_integer_null("ended_at"))
        .col(string_null("agreed_on"))
        .col(string_null("agreement_form"))
        .col(text_null("agreement_sealed"))
        .col(integer("upward"))
        .col(string_null("perform_by"))
        .col(big_integer_null("due_at"))
        .col(integer("version"))
        .foreign_key(&mut to_place)
        .foreign_key(ForeignKey::create().from("disputes", "voice_id").to("voices", "id"))
        .take()
}

fn sessions() -> TableCreateStatement {
    Table::create()
        .table("dispute_sessions")
        .col(id())
        .col(string("dispute_id"))
        .col(integer("number"))
        .col(string("held_on"))
        .col(text("told_sealed"))
        .col(string("signed"))
        .foreign_key(ForeignKey::create().from("dispute_sessions", "dispute_id").to("disputes", "id"))
        .take()
}

fn items() -> TableCreateStatement {
    Table::create()
        .table("dispute_items")
        .col(id())
        .col(string("dispute_id"))
        .col(integer("number"))
        .col(text("text_sealed"))
        .col(string("due_on"))
        .col(string("outcome"))
        .col(integer("version"))
        .foreign_key(ForeignKey::create().from("dispute_items", "dispute_id").to("disputes", "id"))
        .take()
}

fn entries() -> TableCreateStatement {
    Table::create()
        .table("dispute_entries")
        .col(id())
        .col(string("dispute_id"))
        .col(big_integer("at"))
        .col(string("step"))
        .col(string("desk"))
        .col(string("signed"))
        .col(text_null("words_sealed"))
        .foreign_key(ForeignKey::create().from("dispute_entries", "dispute_id").to("disputes", "id"))
        .take()
}

fn recusals() -> TableCreateStatement {
    Table::create()
        .table("dispute_recusals")
        .col(string("dispute_id"))
        .col(string("account_id"))
        .col(string("signed"))
        .col(text("relation_sealed"))
        .col(big_integer("declared_at"))
        .primary_key(Index::create().col("dispute_id").col("account_id"))
        .foreign_key(ForeignKey::create().from("dispute_recusals", "dispute_id").to("disputes", "id"))
        .foreign_key(ForeignKey::create().from("dispute_recusals", "account_id").to("accounts", "id"))
        .take()
}
