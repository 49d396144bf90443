//! What else the budget line pays for (R-FUND-02): training, the selection itself, rewards, visits. Entered, never guessed.

use std::collections::BTreeMap;

use domain::{
    ids::SeasonId,
    money::Fen,
    permission::Deed,
    selection::funds::{BudgetItem, check_plan},
};
use platform::{
    act::{Op, Subject},
    db::{
        column::{Int, Text},
        insert_all,
    },
    error::{OrRefuse as _, Stop},
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};

use super::store;
use crate::{places, selection};

mod row {
    use super::{BudgetItem, Fen, Int, SeasonId, Text};
    use sea_orm::entity::prelude::*;

    /// What a season's line pays for one item.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "budget_plans")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub season_id: Text<SeasonId>,
        #[sea_orm(primary_key, auto_increment = false)]
        pub item: Text<BudgetItem>,
        pub amount: Int<Fen>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Amounts by item; what is not entered is nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan(pub BTreeMap<BudgetItem, Fen>);

impl Plan {
    /// All items together.
    #[must_use]
    pub fn total(&self) -> Fen {
        self.0.values().copied().sum()
    }

    /// What is entered for `item`.
    #[must_use]
    pub fn of(&self, item: BudgetItem) -> Fen {
        self.0.get(&item).copied().unwrap_or_default()
    }
}

/// The plan of a season.
pub(super) async fn plan_of(db: &impl ConnectionTrait, season: SeasonId) -> Result<Plan, Stop> {
    let rows = row::Entity::find().filter(row::Column::SeasonId.eq(Text(season))).all(db).await?;
    Ok(Plan(rows.into_iter().map(|row| (row.item.0, row.amount.0)).collect()))
}

/// Enters the other items of a season's budget line, all at once.
///
/// # Errors
/// A refusal when they and what is promised to winners are more than the line.
pub async fn plan_budget(op: &Op, season: SeasonId, plan: Plan) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let (season, parameters) = selection::season_with_parameters(act.db(), season).await?;
    let county = season.county.0.clone();
    act.permit(Deed::PlanBudget, &county)?;
    places::lock(act.db(), &county).await?;
    let committed = store::committed(&store::commitments_under(act.db(), season.id.0, &county).await?);
    check_plan(committed, plan.total(), parameters.budget).or_refuse_at("plan")?;
    row::Entity::delete_many().filter(row::Column::SeasonId.eq(season.id)).exec(act.db()).await?;
    let rows: Vec<row::Model> = plan
        .0
        .iter()
        .map(|(item, amount)| row::Model { season_id: season.id, item: Text(*item), amount: Int(*amount) })
        .collect();
    insert_all(act.db(), rows).await?;
    let body = serde_json::json!({ "plan": plan.0 });
    act.record(Deed::PlanBudget, &Subject::new("season", season.id.0, &county), body).await?;
    act.commit().await
}
