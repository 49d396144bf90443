//! Tables of the money.

use platform::schema::{id, index, place};
use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, integer, string, string_null, text},
};

/// Migration of the first release.
pub struct M0013Funds;

impl MigrationName for M0013Funds {
    fn name(&self) -> &'static str {
        "m0013_funds"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for M0013Funds {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let commitments = Table::create()
            .table("commitments")
            .col(id())
            .col(string("season_id"))
            .col(string("application_id"))
            .col(place(manager, "branch"))
            .col(integer("attempt"))
            .col(big_integer("amount"))
            .col(string("payee"))
            .col(string("state"))
            .col(big_integer("state_since"))
            .col(string("preparer"))
            .col(string("prepared_by"))
            .col(big_integer("prepared_at"))
            .col(string_null("approver"))
            .col(string("approved_by"))
            .col(big_integer_null("approved_at"))
            .col(string("minutes"))
            .col(string_null("payer"))
            .col(string("paid_by"))
            .col(big_integer_null("payment_recorded_at"))
            .col(string("voucher"))
            .col(string_null("paid_on"))
            .col(string("receipt_voucher"))
            .col(string_null("received_on"))
            .col(string("recovery_voucher"))
            .col(text("reason"))
            .col(integer("version"))
            .foreign_key(ForeignKey::create().from("commitments", "season_id").to("seasons", "id"))
            .foreign_key(ForeignKey::create().from("commitments", "application_id").to("applications", "id"))
            .foreign_key(
                ForeignKey::create()
                    .from("commitments", "branch")
                    .to("places", "code")
                    .on_update(ForeignKeyAction::Cascade),
            )
            .take();
        manager.create_table(commitments).await?;
        let plans = Table::create()
            .table("budget_plans")
            .col(string("season_id"))
            .col(string("item"))
            .col(big_integer("amount"))
            .primary_key(Index::create().col("season_id").col("item"))
            .foreign_key(ForeignKey::create().from("budget_plans", "season_id").to("seasons", "id"))
            .take();
        manager.create_table(plans).await?;
        // Two people who prepare the same branch at once write the same attempt, and one of them is told.
        let unique = ["season_id", "branch", "attempt"];
        manager.create_index(index("commitments", "commitments_branch", &unique, true)).await?;
        manager.create_index(index("commitments", "commitments_place", &["branch", "state"], false)).await?;
        manager.create_index(index("commitments", "commitments_application", &["application_id"], false)).await
    }
}
