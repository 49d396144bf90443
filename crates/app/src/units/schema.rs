//! The table of the units' reports.

use platform::schema::{id, index, place};
use sea_orm_migration::{
    prelude::*,
    schema::{integer, string, string_null, text},
};

/// Migration of the module.
pub struct M0038UnitRegistrations;

impl MigrationName for M0038UnitRegistrations {
    fn name(&self) -> &'static str {
        "m0038_unit_registrations"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0038UnitRegistrations {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let to_place = |column: &'static str| {
            ForeignKey::create()
                .from("unit_registrations", column)
                .to("places", "code")
                .on_update(ForeignKeyAction::Cascade)
                .take()
        };
        let registrations = Table::create()
            .table("unit_registrations")
            .col(id())
            .col(place(manager, "unit"))
            .col(place(manager, "community"))
            .col(string("state"))
            .col(string("contact"))
            .col(text("offer"))
            .col(string("reported_on"))
            .col(string_null("confirmed_on"))
            .col(string_null("ended_on"))
            .col(string("signed"))
            .col(integer("version"))
            .foreign_key(&mut to_place("unit"))
            .foreign_key(&mut to_place("community"))
            .take();
        manager.create_table(registrations).await?;
        let by_unit = ["unit", "state"];
        manager.create_index(index("unit_registrations", "unit_registrations_unit", &by_unit, false)).await?;
        let by_community = ["community", "state"];
        manager.create_index(index("unit_registrations", "unit_registrations_community", &by_community, false)).await
    }
}

/// Migration that keeps why a report ended.
pub struct M0057UnitEndings;

impl MigrationName for M0057UnitEndings {
    fn name(&self) -> &'static str {
        "m0057_unit_endings"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0057UnitEndings {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = string("ended_reason").default("").take();
        manager.alter_table(Table::alter().table("unit_registrations").add_column(column).take()).await
    }
}
