//! Asking for what lies at or under a place.

use domain::place::{Level, PlaceCode};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, ExprTrait as _,
    sea_query::{BinOper, Expr, SimpleExpr},
};

/// Whether the place in `column` is `place` or lies under it; codes of one subtree stand together in an index. Nothing lies under
/// a branch, and an equality leaves the rest of an index in order.
pub fn within(column: impl ColumnTrait, place: &PlaceCode) -> SimpleExpr {
    match place.level() {
        Level::Branch | Level::UnitBranch => column.eq(place.as_str()),
        _ => column.gte(place.as_str()).and(column.lt(place.subtree_end())),
    }
}

/// The same for a query that is better served by another index than that of the places: the newest of a county are found at
/// once by their time, while its places are as many as the table has rows. PostgreSQL knows that from its statistics; SQLite
/// takes the range for narrow, and must not see the column. Communities and branches are narrow.
pub fn within_by_others(db: &impl ConnectionTrait, column: impl ColumnTrait, place: &PlaceCode) -> SimpleExpr {
    let is_wide = matches!(place.level(), Level::County | Level::Street);
    if !is_wide || db.get_database_backend() != DbBackend::Sqlite {
        return within(column, place);
    }
    let concealed = || Expr::col(column.as_column_ref()).binary(BinOper::Custom("||"), "");
    concealed().gte(place.as_str()).and(concealed().lt(place.subtree_end()))
}
