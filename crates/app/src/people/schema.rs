//! Tables of people.

use platform::schema::{id, index, place};
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer_null, boolean, integer, string, string_null},
};

/// Migration of the first release.
pub struct M0004People;

impl MigrationName for M0004People {
    fn name(&self) -> &'static str {
        "m0004_people"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0004People {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let persons = Table::create()
            .table("persons")
            .col(id())
            .col(place(manager, "home"))
            .col(string("name"))
            .col(string_null("gender"))
            .col(string_null("birth_month"))
            .col(string_null("phone_sealed"))
            .col(string_null("phone_index"))
            .col(integer("version"))
            .foreign_key(&mut to_place("persons", "home"))
            .take();
        manager.create_table(persons).await?;
        manager.create_index(index("persons", "persons_home", &["home", "id"], false)).await?;
        manager.create_index(index("persons", "persons_phone", &["phone_index"], false)).await?;
        manager.create_table(committee_posts(manager)).await?;
        manager.create_index(index("committee_posts", "committee_posts_branch", &["branch", "id"], false)).await?;
        manager.create_index(index("committee_posts", "committee_posts_person", &["person_id"], false)).await?;
        manager.create_table(memberships(manager)).await?;
        manager.create_index(index("memberships", "memberships_person", &["branch", "person_id"], true)).await?;
        manager.create_index(index("memberships", "memberships_of_person", &["person_id"], false)).await
    }
}

fn committee_posts(manager: &SchemaManager<'_>) -> TableCreateStatement {
    Table::create()
        .table("committee_posts")
        .col(id())
        .col(place(manager, "branch"))
        .col(string("person_id"))
        .col(string("post"))
        .col(string("service"))
        .col(string("work_unit"))
        .col(string_null("since"))
        .col(string_null("until"))
        .col(integer("version"))
        .foreign_key(&mut to_place("committee_posts", "branch"))
        .foreign_key(ForeignKey::create().from("committee_posts", "person_id").to("persons", "id"))
        .take()
}

fn memberships(manager: &SchemaManager<'_>) -> TableCreateStatement {
    Table::create()
        .table("memberships")
        .col(id())
        .col(place(manager, "branch"))
        .col(string("person_id"))
        .col(string("kind"))
        .col(string("affiliation"))
        .col(string("service"))
        .col(string("unit_branch"))
        .col(string("building"))
        .col(string("speciality"))
        .col(string("claimed_post"))
        .col(string_null("registered_on"))
        .col(integer("version"))
        .foreign_key(&mut to_place("memberships", "branch"))
        .foreign_key(ForeignKey::create().from("memberships", "person_id").to("persons", "id"))
        .take()
}

/// Migration that keeps how long a term is.
pub struct M0016Terms;

impl MigrationName for M0016Terms {
    fn name(&self) -> &'static str {
        "m0016_terms"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0016Terms {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let years = integer("term_years").default(domain::organisation::USUAL_TERM_YEARS).take();
        manager.alter_table(Table::alter().table("committee_posts").add_column(years).take()).await
    }
}

/// Migration that keeps which account a person signs in with.
pub struct M0018PersonAccounts;

impl MigrationName for M0018PersonAccounts {
    fn name(&self) -> &'static str {
        "m0018_person_accounts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0018PersonAccounts {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.alter_table(Table::alter().table("persons").add_column(string_null("account_id")).take()).await?;
        manager.create_index(index("persons", "persons_account", &["account_id"], false)).await
    }
}

/// Migration that makes work units places of their own, and gives each line of the roll its life.
pub struct M0027Registrations;

impl MigrationName for M0027Registrations {
    fn name(&self) -> &'static str {
        "m0027_registrations"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0027Registrations {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut unit = string_null("unit");
        if manager.get_database_backend() == sea_orm::DbBackend::Postgres {
            unit.extra("COLLATE \"C\"");
        }
        let columns = [
            unit.take(),
            string("state").default("confirmed").take(),
            boolean("is_without_vote").default(false).take(),
            string_null("verified_on"),
            string_null("ended_on"),
            string("ended_reason").default("").take(),
        ];
        for column in columns {
            manager.alter_table(Table::alter().table("memberships").add_column(column).take()).await?;
        }
        super::units::make_units_of_texts(manager.get_connection()).await?;
        manager.alter_table(Table::alter().table("memberships").drop_column("unit_branch").take()).await?;
        manager.create_index(index("memberships", "memberships_unit", &["unit", "id"], false)).await
    }
}

/// Migration that keeps earlier times in a roll, and what R-DUTY-01 asks for besides: the compound and the time to serve.
pub struct M0056Stays;

impl MigrationName for M0056Stays {
    fn name(&self) -> &'static str {
        "m0056_stays"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0056Stays {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let stays = Table::create()
            .table("membership_stays")
            .col(id())
            .col(string("membership_id"))
            .col(string_null("registered_on"))
            .col(string_null("ended_on"))
            .col(string("state"))
            .col(string("reason"))
            .foreign_key(ForeignKey::create().from("membership_stays", "membership_id").to("memberships", "id"))
            .take();
        manager.create_table(stays).await?;
        manager.create_index(index("membership_stays", "membership_stays_of", &["membership_id"], false)).await?;
        for name in ["compound", "available_time"] {
            let column = string(name).default("").take();
            manager.alter_table(Table::alter().table("memberships").add_column(column).take()).await?;
        }
        Ok(())
    }
}

/// Migration of the groups that members meet in.
pub struct M0075PartyGroups;

impl MigrationName for M0075PartyGroups {
    fn name(&self) -> &'static str {
        "m0075_party_groups"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0075PartyGroups {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = big_integer_null("party_group");
        manager.alter_table(Table::alter().table("memberships").add_column(column).take()).await
    }
}

/// References to a place follow a re-code.
fn to_place(table: &'static str, column: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, column).to("places", "code").on_update(ForeignKeyAction::Cascade).take()
}
