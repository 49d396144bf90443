//! The official division codes, and how a county is taken from them.

use domain::place::{Level, PlaceCode};
use sea_orm::{
    ConnectionTrait, DbErr,
    sea_query::{Expr, ExprTrait as _, Query},
};

/// The county that every installation begins with: 新平彝族傣族自治县.
pub const COUNTY: &str = "530427";

/// The divisions of the province in 2023, by the National Bureau of Statistics: `code,name`.
const TABLE: &str = include_str!("../../../../data/divisions-yunnan-2023.csv");

/// Rows of one insert.
const CHUNK: usize = 500;

/// Lays a county with its streets and communities into the tree. What is already there stays as it is.
///
/// # Errors
/// When the table holds no such county, or the database cannot be written.
pub async fn install_county(db: &impl ConnectionTrait, county: &str) -> Result<usize, DbErr> {
    let divisions = divisions_of(county);
    if divisions.is_empty() {
        return Err(DbErr::Custom(format!("the table of divisions has no county {county}")));
    }
    let known = known_codes(db, county).await?;
    let missing: Vec<(PlaceCode, String)> =
        divisions.into_iter().filter(|(code, _)| !known.contains(&code.to_string())).collect();
    // Written without the entity, so that this migration keeps its meaning when the entity grows.
    for chunk in missing.chunks(CHUNK) {
        let mut insert = Query::insert();
        insert.into_table("places").columns(["code", "name", "level", "is_active", "version"]);
        for (code, name) in chunk {
            let values =
                [code.as_str().into(), name.as_str().into(), code.level().code().into(), true.into(), 0.into()];
            insert.values(values).map_err(|error| DbErr::Custom(error.to_string()))?;
        }
        db.execute(&insert).await?;
    }
    Ok(missing.len())
}

async fn known_codes(db: &impl ConnectionTrait, county: &str) -> Result<Vec<String>, DbErr> {
    let find = Query::select()
        .column("code")
        .from("places")
        .and_where(Expr::col("code").gte(county))
        .and_where(Expr::col("code").lt(format!("{county}:")))
        .take();
    db.query_all(&find).await?.iter().map(|row| row.try_get("", "code")).collect()
}

/// The county itself, its streets and its communities.
fn divisions_of(county: &str) -> Vec<(PlaceCode, String)> {
    let of_line = |line: &str| {
        let (code, name) = line.trim_end().split_once(',')?;
        let code: PlaceCode = code.parse().ok()?;
        Some((code, common_name(name)))
    };
    let in_county = TABLE.lines().filter(|line| line.starts_with(county));
    in_county.filter_map(of_line).filter(|(code, _)| code.level() <= Level::Community).collect()
}

/// The name people use for a community or village: `五桂社区居民委员会` is `五桂社区`, `丁苴村委会` is `丁苴村`.
#[must_use]
pub fn common_name(official: &str) -> String {
    const ENDINGS: [(&str, &str); 4] = [("居民委员会", ""), ("居委会", ""), ("村民委员会", "村"), ("村委会", "村")];
    ENDINGS
        .iter()
        .find_map(|(ending, kept)| official.strip_suffix(ending).map(|name| format!("{name}{kept}")))
        .unwrap_or_else(|| official.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_county_has_its_streets_and_communities() {
        let divisions = divisions_of(COUNTY);
        let count = |level| divisions.iter().filter(|(code, _)| code.level() == level).count();
        assert_eq!((count(Level::County), count(Level::Street)), (1, 12));
        assert!(divisions.iter().any(|(code, name)| code.as_str() == "530427001001" && name == "五桂社区"));
        assert!(divisions.iter().any(|(code, name)| code.as_str() == "530427002" && name == "古城街道"));
        assert_eq!(common_name("丁苴村委会"), "丁苴村");
        assert!(divisions_of("999999").is_empty());
    }
}
