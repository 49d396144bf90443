//! Tables of accounts and offices.

use platform::schema::{id, index, place};
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, boolean, integer, string, string_null},
};

/// Where an account was opened, so that it is found before it has an office.
pub struct M0072AccountHome;

impl MigrationName for M0072AccountHome {
    fn name(&self) -> &'static str {
        "m0072_account_home"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0072AccountHome {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = string_null("home");
        manager.alter_table(Table::alter().table("accounts").add_column(column).take()).await
    }
}

/// Migration of the first release.
pub struct M0002Identity;

impl MigrationName for M0002Identity {
    fn name(&self) -> &'static str {
        "m0002_identity"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0002Identity {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let accounts = Table::create()
            .table("accounts")
            .col(id())
            .col(string("login"))
            .col(string("name"))
            .col(string_null("phone_sealed"))
            .col(string_null("phone_index"))
            .col(string("password_hash"))
            .col(boolean("is_first_password"))
            .col(string_null("totp_sealed"))
            .col(big_integer("totp_step"))
            .col(integer("failures"))
            .col(big_integer_null("locked_until"))
            .col(integer("epoch"))
            .col(boolean("is_closed"))
            .col(integer("version"))
            .take();
        manager.create_table(accounts).await?;
        manager.create_index(index("accounts", "accounts_login", &["login"], true)).await?;
        manager.create_index(index("accounts", "accounts_phone", &["phone_index"], true)).await?;
        let offices = Table::create()
            .table("offices")
            .col(id())
            .col(string("account_id"))
            .col(string("kind"))
            .col(string("organ"))
            .col(string("title"))
            .col(place(manager, "place"))
            .col(string("starts_on"))
            .col(string("ends_on"))
            .col(big_integer_null("ended_at"))
            .foreign_key(ForeignKey::create().from("offices", "account_id").to("accounts", "id"))
            .take();
        manager.create_table(offices).await?;
        manager.create_index(index("offices", "offices_account", &["account_id", "id"], false)).await?;
        manager.create_index(index("offices", "offices_place", &["place", "kind"], false)).await
    }
}
