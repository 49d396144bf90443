//! Tables of the supervision of property companies.

use platform::schema::{id, index, place};
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, integer, string, string_null, text},
};

/// Migration of the module.
pub struct M0083PropertyService;

impl MigrationName for M0083PropertyService {
    fn name(&self) -> &'static str {
        "m0083_property_service"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0083PropertyService {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [contracts(manager), checks(), appraisals(manager), sayings()] {
            manager.create_table(table).await?;
        }
        for (table, name, columns, is_unique) in [
            ("property_contracts", "property_contracts_of", &["branch", "id"][..], false),
            ("property_checks", "property_checks_of", &["contract_id", "checked_on", "id"], false),
            ("property_appraisals", "property_appraisals_year", &["branch", "year"], true),
            ("property_sayings", "property_sayings_of", &["appraisal_id", "id"], false),
        ] {
            manager.create_index(index(table, name, columns, is_unique)).await?;
        }
        Ok(())
    }
}

/// A branch that moves takes its company along.
fn to_place(table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().from(table, "branch").to("places", "code").on_update(ForeignKeyAction::Cascade).take()
}

fn contracts(manager: &SchemaManager<'_>) -> TableCreateStatement {
    Table::create()
        .table("property_contracts")
        .col(id())
        .col(place(manager, "branch"))
        .col(string("company"))
        .col(string("starts_on"))
        .col(string("ends_on"))
        .col(text("duties"))
        .col(string("signed"))
        .col(big_integer("recorded_at"))
        .foreign_key(&mut to_place("property_contracts"))
        .take()
}

fn checks() -> TableCreateStatement {
    Table::create()
        .table("property_checks")
        .col(id())
        .col(string("contract_id"))
        .col(integer("duty"))
        .col(string("checked_on"))
        .col(string("result"))
        .col(text("words"))
        .col(string("signed"))
        .foreign_key(ForeignKey::create().from("property_checks", "contract_id").to("property_contracts", "id"))
        .take()
}

fn appraisals(manager: &SchemaManager<'_>) -> TableCreateStatement {
    Table::create()
        .table("property_appraisals")
        .col(id())
        .col(place(manager, "branch"))
        .col(integer("year"))
        .col(string("company"))
        .col(string("state"))
        .col(string("rates_until"))
        .col(string_null("branch_grade"))
        .col(text("branch_words"))
        .col(string_null("committee_grade"))
        .col(text("committee_words"))
        .col(text("figures"))
        .col(string("signed"))
        .col(big_integer_null("published_at"))
        .col(integer("version"))
        .foreign_key(&mut to_place("property_appraisals"))
        .take()
}

fn sayings() -> TableCreateStatement {
    Table::create()
        .table("property_sayings")
        .col(id())
        .col(string("appraisal_id"))
        .col(big_integer("at"))
        .col(string("channel"))
        .col(string("said"))
        .col(text("words"))
        .foreign_key(ForeignKey::create().from("property_sayings", "appraisal_id").to("property_appraisals", "id"))
        .take()
}
