//! Tables of polls of owners.

use platform::schema::{id, index, place};
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, boolean, integer, string, string_null, text, text_null},
};

/// Migration of the module.
pub struct M0064OwnerPolls;

impl MigrationName for M0064OwnerPolls {
    fn name(&self) -> &'static str {
        "m0064_owner_polls"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0064OwnerPolls {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [polls(manager), owners(), units(), ballots(), calls()] {
            manager.create_table(table).await?;
        }
        for (table, name, columns, is_unique) in [
            ("owner_polls", "owner_polls_place", &["place", "id"][..], false),
            ("owner_polls", "owner_polls_state", &["state", "place"], false),
            ("poll_owners", "poll_owners_number", &["poll_id", "number"], true),
            ("poll_units", "poll_units_address", &["poll_id", "building", "room"], true),
            ("poll_ballots", "poll_ballots_owner", &["poll_id", "owner_id", "id"], false),
            ("poll_calls", "poll_calls_owner", &["poll_id", "owner_id"], true),
        ] {
            manager.create_index(index(table, name, columns, is_unique)).await?;
        }
        Ok(())
    }
}

/// Migration of the codes that vote over the net.
pub struct M0084PollCodes;

impl MigrationName for M0084PollCodes {
    fn name(&self) -> &'static str {
        "m0084_poll_codes"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0084PollCodes {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let codes = Table::create()
            .table("poll_codes")
            .col(string("owner_id").primary_key())
            .col(string("poll_id"))
            .col(string("code_index"))
            .col(string("proof"))
            .col(big_integer("issued_at"))
            .col(string("signed"))
            .col(big_integer_null("ended_at"))
            .foreign_key(ForeignKey::create().from("poll_codes", "poll_id").to("owner_polls", "id"))
            .foreign_key(ForeignKey::create().from("poll_codes", "owner_id").to("poll_owners", "id"))
            .take();
        manager.create_table(codes).await?;
        manager.create_index(index("poll_codes", "poll_codes_index", &["code_index"], true)).await?;
        // The key of the form by which a ballot came over the net.
        let column = string_null("once_index");
        manager.alter_table(Table::alter().table("poll_ballots").add_column(column).take()).await
    }
}

fn polls(manager: &SchemaManager<'_>) -> TableCreateStatement {
    // A branch that moves takes its polls along.
    let mut to_place = ForeignKey::create()
        .from("owner_polls", "place")
        .to("places", "code")
        .on_update(ForeignKeyAction::Cascade)
        .take();
    Table::create()
        .table("owner_polls")
        .col(id())
        .col(place(manager, "place"))
        .col(string("compound_id"))
        .col(text("title"))
        .col(string("matter"))
        .col(text("text"))
        .col(string("convener"))
        .col(string("nature"))
        .col(string("parking"))
        .col(big_integer("declared_area"))
        .col(string("opens_on"))
        .col(string("closes_on"))
        .col(string("state"))
        .col(text("reason"))
        .col(big_integer_null("announced_at"))
        .col(big_integer("total_area"))
        .col(big_integer("total_persons"))
        .col(big_integer("part_area"))
        .col(big_integer("part_persons"))
        .col(big_integer("yes_area"))
        .col(big_integer("yes_persons"))
        .col(big_integer("no_area"))
        .col(big_integer("no_persons"))
        .col(string_null("outcome"))
        .col(string_null("published_on"))
        .col(string_null("filed_on"))
        .col(string("filed_with"))
        .col(string_null("former_id"))
        .col(string_null("seed"))
        .col(text_null("preview_sealed"))
        .col(integer("version"))
        .foreign_key(&mut to_place)
        .foreign_key(ForeignKey::create().from("owner_polls", "compound_id").to("compounds", "id"))
        .foreign_key(ForeignKey::create().from("owner_polls", "former_id").to("owner_polls", "id"))
        .take()
}

fn owners() -> TableCreateStatement {
    Table::create()
        .table("poll_owners")
        .col(id())
        .col(string("poll_id"))
        .col(integer("number"))
        .col(string("kind"))
        .col(text("names_sealed"))
        .col(text_null("phone_sealed"))
        .col(big_integer("area"))
        .col(boolean("is_sold"))
        .col(string_null("ballot_id"))
        .col(integer("version"))
        .foreign_key(ForeignKey::create().from("poll_owners", "poll_id").to("owner_polls", "id"))
        .take()
}

fn units() -> TableCreateStatement {
    Table::create()
        .table("poll_units")
        .col(id())
        .col(string("poll_id"))
        .col(string_null("owner_id"))
        .col(integer("position"))
        .col(string("building"))
        .col(string("room"))
        .col(string("usage"))
        .col(big_integer("area"))
        .col(string("kind"))
        .col(text("names_sealed"))
        .col(text_null("phone_sealed"))
        .col(string("key"))
        .col(string_null("sold_on"))
        .foreign_key(ForeignKey::create().from("poll_units", "poll_id").to("owner_polls", "id"))
        .foreign_key(ForeignKey::create().from("poll_units", "owner_id").to("poll_owners", "id"))
        .take()
}

fn ballots() -> TableCreateStatement {
    Table::create()
        .table("poll_ballots")
        .col(id())
        .col(string("poll_id"))
        .col(string("owner_id"))
        .col(text("choice_sealed"))
        .col(string("channel"))
        .col(string("cast_on"))
        .col(string("collector"))
        .col(string("witness"))
        .col(big_integer("recorded_at"))
        .col(string("signed"))
        .col(string("state"))
        .col(text("reason"))
        .col(string_null("blob_hash"))
        .col(string("file_name"))
        .col(integer("version"))
        .foreign_key(ForeignKey::create().from("poll_ballots", "poll_id").to("owner_polls", "id"))
        .foreign_key(ForeignKey::create().from("poll_ballots", "owner_id").to("poll_owners", "id"))
        .take()
}

fn calls() -> TableCreateStatement {
    Table::create()
        .table("poll_calls")
        .col(id())
        .col(string("poll_id"))
        .col(string("owner_id"))
        .col(string("ballot_id"))
        .col(integer("number"))
        .col(string_null("result"))
        .col(text("note"))
        .col(big_integer_null("called_at"))
        .col(string("signed"))
        .col(integer("version"))
        .foreign_key(ForeignKey::create().from("poll_calls", "poll_id").to("owner_polls", "id"))
        .foreign_key(ForeignKey::create().from("poll_calls", "owner_id").to("poll_owners", "id"))
        .foreign_key(ForeignKey::create().from("poll_calls", "ballot_id").to("poll_ballots", "id"))
        .take()
}
