//! Work units as older ledgers told them: a text in each line of the roll. They become places of their own.

use std::collections::BTreeMap;

use domain::place::{Level, PlaceCode};
use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, FromQueryResult, Statement},
};

use crate::places::unit_of_branch_name;

#[derive(FromQueryResult)]
struct Told {
    county: String,
    name: String,
}

/// Makes the units and their branches that the texts name, and points the lines at them.
pub(super) async fn make_units_of_texts(db: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
    let backend = db.get_database_backend();
    let select = "SELECT DISTINCT SUBSTR(branch, 1, 6) AS county, unit_branch AS name FROM memberships \
                  WHERE unit_branch <> '' ORDER BY 1, 2";
    let told = Told::find_by_statement(Statement::from_string(backend, select)).all(db).await?;
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    for Told { county, name } in told {
        let number = numbers.entry(county.clone()).or_default();
        *number += 1;
        let unit = county.parse::<PlaceCode>().ok().and_then(|county| county.unit(*number));
        let branch = unit.as_ref().and_then(|unit| unit.unit(1));
        let (Some(unit), Some(branch)) = (unit, branch) else { continue };
        for (code, name, level) in
            [(&unit, unit_of_branch_name(&name), Level::Unit), (&branch, name.clone(), Level::UnitBranch)]
        {
            let row = Query::insert()
                .into_table("places")
                .columns(["code", "name", "level", "is_active", "version"])
                .values_panic([code.as_str().into(), name.into(), level.code().into(), true.into(), 0.into()])
                .take();
            db.execute(&row).await?;
        }
        let point = Query::update()
            .table("memberships")
            .value("unit", branch.as_str())
            .and_where(Expr::col("unit_branch").eq(name))
            .and_where(Expr::col("branch").gte(county.as_str()))
            .and_where(Expr::col("branch").lt(format!("{county}:")))
            .take();
        db.execute(&point).await?;
    }
    Ok(())
}
