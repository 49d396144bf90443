//! Tables of deliberation. Columns that end in `_sealed` hold what nobody reads in the database.

use platform::schema::{id, index, place};
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, boolean, integer, string, string_null, text, text_null},
};

/// Migration of the module.
pub struct M0068Deliberations;

impl MigrationName for M0068Deliberations {
    fn name(&self) -> &'static str {
        "m0068_deliberations"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0068Deliberations {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(deliberations(manager)).await?;
        for table in [views(), sessions(), seats(), milestones(), entries()] {
            manager.create_table(table).await?;
        }
        for (table, name, columns, is_unique) in [
            ("deliberations", "deliberations_number", &["place", "year", "number"][..], true),
            ("deliberations", "deliberations_state", &["state", "place"], false),
            ("deliberation_views", "deliberation_views_of", &["deliberation_id", "id"], false),
            ("deliberation_sessions", "deliberation_sessions_of", &["deliberation_id", "number"], true),
            ("deliberation_milestones", "deliberation_milestones_of", &["deliberation_id", "reached_on", "id"], false),
            ("deliberation_entries", "deliberation_entries_of", &["deliberation_id", "id"], false),
        ] {
            manager.create_index(index(table, name, columns, is_unique)).await?;
        }
        Ok(())
    }
}

/// Migration that lets residents rate what was done, and says where the account of the money is.
pub struct M0082Ratings;

impl MigrationName for M0082Ratings {
    fn name(&self) -> &'static str {
        "m0082_deliberation_ratings"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0082Ratings {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in
            [big_integer_null("rates_from"), string_null("rates_until"), string("accounts").default("").take()]
        {
            manager.alter_table(Table::alter().table("deliberations").add_column(column).take()).await?;
        }
        manager.create_table(ratings()).await?;
        let columns = ["deliberation_id", "at"];
        manager.create_index(index("deliberation_ratings", "deliberation_ratings_of", &columns, false)).await
    }
}

/// Migration of the photos of how decisions are carried out.
pub struct M0085MilestonePhotos;

impl MigrationName for M0085MilestonePhotos {
    fn name(&self) -> &'static str {
        "m0085_milestone_photos"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0085MilestonePhotos {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let photos = Table::create()
            .table("milestone_photos")
            .col(id())
            .col(string("deliberation_id"))
            .col(string("milestone_id"))
            .col(string("blob_hash"))
            .col(boolean("is_public"))
            .col(integer("version"))
            .foreign_key(&mut of_thread("milestone_photos"))
            .foreign_key(
                ForeignKey::create().from("milestone_photos", "milestone_id").to("deliberation_milestones", "id"),
            )
            .foreign_key(ForeignKey::create().from("milestone_photos", "blob_hash").to("blobs", "hash"))
            .take();
        manager.create_table(photos).await?;
        manager.create_index(index("milestone_photos", "milestone_photos_of", &["deliberation_id", "id"], false)).await
    }
}

/// Migration of the signed minutes.
pub struct M0087SignedMinutes;

impl MigrationName for M0087SignedMinutes {
    fn name(&self) -> &'static str {
        "m0087_signed_minutes"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0087SignedMinutes {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [string_null("scan_hash"), string("scan_name").default("").take()] {
            manager.alter_table(Table::alter().table("deliberation_sessions").add_column(column).take()).await?;
        }
        Ok(())
    }
}

fn ratings() -> TableCreateStatement {
    Table::create()
        .table("deliberation_ratings")
        .col(id())
        .col(string("deliberation_id"))
        .col(big_integer("at"))
        .col(string("channel"))
        .col(string("said"))
        .col(text("words"))
        .foreign_key(&mut of_thread("deliberation_ratings"))
        .take()
}

fn deliberations(manager: &SchemaManager<'_>) -> TableCreateStatement {
    // A branch that moves takes its matters along.
    let mut to_place = ForeignKey::create()
        .from("deliberations", "place")
        .to("places", "code")
        .on_update(ForeignKeyAction::Cascade)
        .take();
    let to = |column: &'static str, table: &'static str| {
        ForeignKey::create().from("deliberations", column).to(table, "id").take()
    };
    Table::create()
        .table("deliberations")
        .col(id())
        .col(place(manager, "place"))
        .col(string("compound_id"))
        .col(integer("year"))
        .col(integer("number"))
        .col(string("topic"))
        .col(string("origin"))
        .col(string_null("vote"))
        .col(string_null("voice_id"))
        .col(string("title"))
        .col(text("text"))
        .col(big_integer("raised_at"))
        .col(string("state"))
        .col(big_integer("state_since"))
        .col(string_null("collects_from"))
        .col(string_null("collects_until"))
        .col(string_null("resolution_id"))
        .col(string_null("session_on"))
        .col(string("session_time"))
        .col(string("venue"))
        .col(integer("sessions"))
        .col(string_null("poll_id"))
        .col(text("decision"))
        .col(string_null("published_on"))
        .col(string("accepted_by"))
        .col(string_null("accepted_on"))
        .col(integer("version"))
        .foreign_key(&mut to_place)
        .foreign_key(&mut to("compound_id", "compounds"))
        .foreign_key(&mut to("voice_id", "voices"))
        .foreign_key(&mut to("resolution_id", "resolutions"))
        .foreign_key(&mut to("poll_id", "owner_polls"))
        .take()
}

fn of_thread(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, "deliberation_id").to("deliberations", "id").take()
}

fn views() -> TableCreateStatement {
    Table::create()
        .table("deliberation_views")
        .col(id())
        .col(string("deliberation_id"))
        .col(big_integer("at"))
        .col(string("channel"))
        .col(text("words"))
        .col(text_null("name_sealed"))
        .foreign_key(&mut of_thread("deliberation_views"))
        .take()
}

fn sessions() -> TableCreateStatement {
    Table::create()
        .table("deliberation_sessions")
        .col(id())
        .col(string("deliberation_id"))
        .col(integer("number"))
        .col(string("held_on"))
        .col(string("venue"))
        .col(boolean("is_agreed"))
        .col(text("result"))
        .col(text("dissent"))
        .col(string("next_owner"))
        .col(text("people_sealed"))
        .col(string("signed"))
        .foreign_key(&mut of_thread("deliberation_sessions"))
        .take()
}

fn seats() -> TableCreateStatement {
    Table::create()
        .table("deliberation_seats")
        .col(string("session_id"))
        .col(string("party"))
        .col(integer("present"))
        .col(string("stance"))
        .col(text("words"))
        .primary_key(Index::create().col("session_id").col("party"))
        .foreign_key(ForeignKey::create().from("deliberation_seats", "session_id").to("deliberation_sessions", "id"))
        .take()
}

fn milestones() -> TableCreateStatement {
    Table::create()
        .table("deliberation_milestones")
        .col(id())
        .col(string("deliberation_id"))
        .col(string("reached_on"))
        .col(text("words"))
        .col(big_integer_null("amount"))
        .col(string("signed"))
        .foreign_key(&mut of_thread("deliberation_milestones"))
        .take()
}

fn entries() -> TableCreateStatement {
    Table::create()
        .table("deliberation_entries")
        .col(id())
        .col(string("deliberation_id"))
        .col(big_integer("at"))
        .col(string("step"))
        .col(string("signed"))
        .col(text("words"))
        .foreign_key(&mut of_thread("deliberation_entries"))
        .take()
}
