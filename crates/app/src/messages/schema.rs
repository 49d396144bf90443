//! Tables of messages.

use platform::schema::{id, index, place};
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, string, string_null, text},
};

/// Migration of the first release.
pub struct M0003Messages;

impl MigrationName for M0003Messages {
    fn name(&self) -> &'static str {
        "m0003_messages"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0003Messages {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let messages = Table::create()
            .table("messages")
            .col(id())
            .col(string("kind"))
            .col(place(manager, "place"))
            .col(text("words"))
            .col(string("link"))
            .col(big_integer("told_at"))
            .take();
        manager.create_table(messages).await?;
        manager.create_index(index("messages", "messages_address", &["kind", "place", "id"], false)).await?;
        let marks = Table::create()
            .table("message_marks")
            .col(string("office_id").primary_key())
            .col(string("seen_until"))
            .take();
        manager.create_table(marks).await
    }
}

/// Migration of messages to one person.
pub struct M0079OwnMessages;

impl MigrationName for M0079OwnMessages {
    fn name(&self) -> &'static str {
        "m0079_own_messages"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0079OwnMessages {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = string_null("account_id");
        manager.alter_table(Table::alter().table("messages").add_column(column).take()).await?;
        manager.create_index(index("messages", "messages_own", &["account_id", "id"], false)).await
    }
}

/// Migration of the reminders.
pub struct M0014Reminders;

impl MigrationName for M0014Reminders {
    fn name(&self) -> &'static str {
        "m0014_reminders"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0014Reminders {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let reminders = Table::create()
            .table("reminders")
            .col(string("key").primary_key())
            .col(place(manager, "place"))
            .col(big_integer("told_at"))
            .take();
        manager.create_table(reminders).await
    }
}
