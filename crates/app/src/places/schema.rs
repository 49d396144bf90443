//! Tables of places, and the county they begin with.

use platform::schema::{id, index, place};
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, boolean, integer, string, string_null, text},
};

use super::divisions;

/// Migration of the first release.
pub struct M0003Places;

impl MigrationName for M0003Places {
    fn name(&self) -> &'static str {
        "m0003_places"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0003Places {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut code = place(manager, "code");
        let places = Table::create()
            .table("places")
            .col(code.primary_key())
            .col(string("name"))
            .col(string("level"))
            .col(boolean("is_active"))
            .col(integer("version"))
            .take();
        manager.create_table(places).await?;
        manager.create_index(index("places", "places_level", &["level", "code"], false)).await?;
        manager.create_table(branches(manager)).await?;
        manager.create_table(compounds(manager)).await?;
        manager.create_index(index("compounds", "compounds_branch", &["branch", "name"], true)).await?;
        manager.create_table(buildings(manager)).await?;
        manager.create_index(index("buildings", "buildings_compound", &["compound_id", "name"], true)).await?;
        manager.create_index(index("buildings", "buildings_branch", &["branch", "id"], false)).await?;
        divisions::install_county(manager.get_connection(), divisions::COUNTY).await.map(drop)
    }
}

/// Migration that keeps where branches have moved.
pub struct M0017Moves;

impl MigrationName for M0017Moves {
    fn name(&self) -> &'static str {
        "m0017_moves"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0017Moves {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut from = place(manager, "from_code");
        let moves = Table::create()
            .table("place_moves")
            .col(from.primary_key())
            .col(place(manager, "to_code"))
            .col(big_integer("moved_at"))
            .col(text("reason"))
            .col(string("signed"))
            .take();
        manager.create_table(moves).await?;
        manager.create_index(index("place_moves", "place_moves_to", &["to_code"], true)).await
    }
}

/// Migration that adds what the application form asks beyond the ledger (`domain.md` §7).
pub struct M0062Particulars;

impl MigrationName for M0062Particulars {
    fn name(&self) -> &'static str {
        "m0062_particulars"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0062Particulars {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut columns = [
            string("owners_term").default("").take(),
            integer("owners_members").default(0).take(),
            integer("owners_party").default(0).take(),
            string("company_terms").default("").take(),
            string("grid_workers").default("").take(),
        ];
        for column in &mut columns {
            manager.alter_table(Table::alter().table("branches").add_column(column).take()).await?;
        }
        Ok(())
    }
}

fn branches(manager: &SchemaManager<'_>) -> TableCreateStatement {
    let mut own = place(manager, "place");
    Table::create()
        .table("branches")
        .col(own.primary_key())
        .col(string("kind"))
        .col(string_null("founded_on"))
        .col(integer("buildings"))
        .col(integer("stairwells"))
        .col(integer("households"))
        .col(integer("residents"))
        .col(string("owners_committee"))
        .col(string("property_company"))
        .col(integer("grids"))
        .col(big_integer_null("venue_area"))
        .col(text("brand"))
        .col(boolean("has_posted_duties"))
        .col(integer("version"))
        .foreign_key(&mut to_place("branches", "place"))
        .take()
}

fn compounds(manager: &SchemaManager<'_>) -> TableCreateStatement {
    Table::create()
        .table("compounds")
        .col(id())
        .col(place(manager, "branch"))
        .col(string("name"))
        .col(integer("position"))
        .col(integer("version"))
        .foreign_key(&mut to_place("compounds", "branch"))
        .take()
}

fn buildings(manager: &SchemaManager<'_>) -> TableCreateStatement {
    let mut to_compound = ForeignKey::create().from("buildings", "compound_id").to("compounds", "id").take();
    Table::create()
        .table("buildings")
        .col(id())
        .col(place(manager, "branch"))
        .col(string("compound_id"))
        .col(string("name"))
        .col(integer("stairwells"))
        .col(integer("households"))
        .col(big_integer("exclusive_area"))
        .col(string("steward"))
        .col(string_null("steward_phone_sealed"))
        .col(string_null("steward_phone_index"))
        .col(string("hub_household"))
        .col(integer("version"))
        .foreign_key(&mut to_place("buildings", "branch"))
        .foreign_key(&mut to_compound)
        .take()
}

/// References to a place follow a re-code.
fn to_place(table: &'static str, column: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, column).to("places", "code").on_update(ForeignKeyAction::Cascade).take()
}
