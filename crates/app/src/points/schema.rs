//! Tables of the dual points.

use platform::schema::{id, index, place};
use sea_orm::ConnectionTrait as _;
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, boolean, integer, string, string_null, text},
};

/// Migration of the dual points.
pub struct M0023Points;

impl MigrationName for M0023Points {
    fn name(&self) -> &'static str {
        "m0023_points"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0023Points {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(catalogues(manager)).await?;
        manager
            .create_index(index("points_catalogues", "points_catalogues_number", &["place", "number"], true))
            .await?;
        manager.create_table(entries(manager)).await?;
        // What a year is settled from is read from this index alone.
        let sums = ["year", "branch", "state", "membership_id", "item", "points"];
        manager.create_index(index("points_entries", "points_entries_sums", &sums, false)).await?;
        manager
            .create_index(index("points_entries", "points_entries_member", &["membership_id", "year", "id"], false))
            .await?;
        manager.create_index(index("points_entries", "points_entries_source", &["source_id"], false)).await?;
        manager.create_index(index("points_entries", "points_entries_reversed", &["reverses"], true)).await?;
        manager.create_table(appeals(manager)).await?;
        manager.create_index(index("points_appeals", "points_appeals_entry", &["entry_id"], true)).await?;
        manager.create_index(index("points_appeals", "points_appeals_branch", &["branch", "state"], false)).await?;
        manager.create_table(unit_scores(manager)).await?;
        manager.create_index(index("unit_scores", "unit_scores_person", &["year", "person_id"], true)).await?;
        manager.create_index(index("unit_scores", "unit_scores_unit", &["year", "unit"], false)).await?;
        manager.create_table(years(manager)).await?;
        manager.create_table(settlements(manager)).await?;
        let revision = ["membership_id", "year", "revision"];
        manager.create_index(index("points_settlements", "points_settlements_member", &revision, true)).await?;
        let current = ["year", "branch", "is_current"];
        manager.create_index(index("points_settlements", "points_settlements_branch", &current, false)).await
    }
}

/// Migration that sums entries in millionths of a point, and lets an entry be reversed after a reversal was rejected.
pub struct M0045FinePoints;

impl MigrationName for M0045FinePoints {
    fn name(&self) -> &'static str {
        "m0045_fine_points"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0045FinePoints {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let fine = big_integer("fine").default(0).take();
        manager.alter_table(Table::alter().table("points_entries").add_column(fine).take()).await?;
        manager.get_connection().execute_unprepared("UPDATE points_entries SET fine = points * 10000").await?;
        for name in ["points_entries_sums", "points_entries_reversed"] {
            manager.drop_index(Index::drop().name(name).table("points_entries").to_owned()).await?;
        }
        let sums = ["year", "branch", "state", "membership_id", "item", "fine"];
        manager.create_index(index("points_entries", "points_entries_sums", &sums, false)).await?;
        manager.create_index(index("points_entries", "points_entries_reversed", &["reverses"], false)).await
    }
}

/// Migration that keeps with a settlement where caps took something away, so that its working can be shown.
pub struct M0046CappedItems;

impl MigrationName for M0046CappedItems {
    fn name(&self) -> &'static str {
        "m0046_capped_items"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0046CappedItems {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let capped = text("capped").default("[]").take();
        manager.alter_table(Table::alter().table("points_settlements").add_column(capped).take()).await
    }
}

/// Migration of the corrections of settled years, which one officer tells and another decides.
pub struct M0081PointsCorrections;

impl MigrationName for M0081PointsCorrections {
    fn name(&self) -> &'static str {
        "m0081_points_corrections"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0081PointsCorrections {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(corrections(manager)).await?;
        let of_member = index("points_corrections", "points_corrections_member", &["membership_id", "year"], false);
        manager.create_index(of_member).await?;
        let waiting = index("points_corrections", "points_corrections_branch", &["branch", "state"], false);
        manager.create_index(waiting).await
    }
}

fn corrections(manager: &SchemaManager<'_>) -> TableCreateStatement {
    Table::create()
        .table("points_corrections")
        .col(id())
        .col(place(manager, "branch"))
        .col(string("membership_id"))
        .col(integer("year"))
        .col(string("item"))
        .col(big_integer("points"))
        .col(string("occurred_on"))
        .col(string("document"))
        .col(string_null("notified_on"))
        .col(text("reason"))
        .col(string("state"))
        .col(string_null("proposer"))
        .col(string("proposed_by"))
        .col(big_integer("proposed_at"))
        .col(string("decided_by"))
        .col(big_integer_null("decided_at"))
        .col(text("answer"))
        .col(integer("version"))
        .foreign_key(&mut to_place("points_corrections", "branch"))
        .foreign_key(&mut to_membership("points_corrections"))
        .take()
}

fn catalogues(manager: &SchemaManager<'_>) -> TableCreateStatement {
    Table::create()
        .table("points_catalogues")
        .col(id())
        .col(place(manager, "place"))
        .col(integer("number"))
        .col(string("state"))
        .col(text("items"))
        .col(string("drafted_by"))
        .col(big_integer("drafted_at"))
        .col(string("checked_by"))
        .col(string_null("checked_on"))
        .col(text("reason"))
        .col(string_null("resolution_id"))
        .col(string_null("effective_from"))
        .col(integer("version"))
        .foreign_key(&mut to_place("points_catalogues", "place"))
        .take()
}

fn entries(manager: &SchemaManager<'_>) -> TableCreateStatement {
    Table::create()
        .table("points_entries")
        .col(id())
        .col(place(manager, "branch"))
        .col(string("membership_id"))
        .col(integer("year"))
        .col(string("item"))
        .col(big_integer("points"))
        .col(big_integer("quantity"))
        .col(string("occurred_on"))
        .col(string("source_kind"))
        .col(string("source_id"))
        .col(text("note"))
        .col(string("document"))
        .col(string_null("notified_on"))
        .col(string("state"))
        .col(string_null("proposer"))
        .col(string("proposed_by"))
        .col(big_integer("proposed_at"))
        .col(string_null("decider"))
        .col(string("decided_by"))
        .col(big_integer_null("decided_at"))
        .col(text("reason"))
        .col(string_null("reverses"))
        .col(boolean("is_reversed"))
        .col(integer("version"))
        .foreign_key(&mut to_place("points_entries", "branch"))
        .foreign_key(&mut to_membership("points_entries"))
        .take()
}

fn appeals(manager: &SchemaManager<'_>) -> TableCreateStatement {
    Table::create()
        .table("points_appeals")
        .col(id())
        .col(string("entry_id"))
        .col(place(manager, "branch"))
        .col(string("membership_id"))
        .col(text("text"))
        .col(string("filed_by"))
        .col(big_integer("filed_at"))
        .col(string("state"))
        .col(text("answer"))
        .col(string("decided_by"))
        .col(big_integer_null("decided_at"))
        .col(integer("version"))
        .foreign_key(ForeignKey::create().from("points_appeals", "entry_id").to("points_entries", "id"))
        .foreign_key(&mut to_place("points_appeals", "branch"))
        .take()
}

fn unit_scores(manager: &SchemaManager<'_>) -> TableCreateStatement {
    Table::create()
        .table("unit_scores")
        .col(id())
        .col(place(manager, "unit"))
        .col(string("person_id"))
        .col(integer("year"))
        .col(big_integer("score"))
        .col(big_integer("max"))
        .col(text("note"))
        .col(string("entered_by"))
        .col(big_integer("entered_at"))
        .col(integer("version"))
        .foreign_key(&mut to_place("unit_scores", "unit"))
        .foreign_key(ForeignKey::create().from("unit_scores", "person_id").to("persons", "id"))
        .take()
}

fn years(manager: &SchemaManager<'_>) -> TableCreateStatement {
    Table::create()
        .table("points_years")
        .col(place(manager, "county"))
        .col(integer("year"))
        .col(string("state"))
        .col(string_null("job_id"))
        .col(integer("branches_done"))
        .col(integer("branches"))
        .col(string("settled_by"))
        .col(big_integer_null("settled_at"))
        .col(big_integer_null("reported_at"))
        .col(integer("version"))
        .primary_key(Index::create().col("county").col("year"))
        .foreign_key(&mut to_place("points_years", "county"))
        .take()
}

fn settlements(manager: &SchemaManager<'_>) -> TableCreateStatement {
    Table::create()
        .table("points_settlements")
        .col(id())
        .col(place(manager, "branch"))
        .col(string("membership_id"))
        .col(integer("year"))
        .col(integer("revision"))
        .col(boolean("is_current"))
        .col(string("kind"))
        .col(big_integer("base"))
        .col(big_integer("bonus"))
        .col(big_integer("deduction"))
        .col(big_integer_null("ceiling"))
        .col(big_integer("compound"))
        .col(big_integer_null("unit_score"))
        .col(big_integer_null("unit_max"))
        .col(big_integer_null("result"))
        .col(text("reason"))
        .col(big_integer("settled_at"))
        .foreign_key(&mut to_place("points_settlements", "branch"))
        .foreign_key(&mut to_membership("points_settlements"))
        .take()
}

fn to_membership(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, "membership_id").to("memberships", "id").take()
}

/// References to a place follow a re-code.
fn to_place(table: &'static str, column: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, column).to("places", "code").on_update(ForeignKeyAction::Cascade).take()
}
