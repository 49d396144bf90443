//! Asking for what lies at or under a place.

use domain::place::PlaceCode;
use sea_orm::{ColumnTrait, ExprTrait as _, sea_query::SimpleExpr};

/// Whether the place in `column` is `place` or lies under it; codes of one subtree stand together in an index.
pub fn within(column: impl ColumnTrait, place: &PlaceCode) -> SimpleExpr {
    column.gte(place.as_str()).and(column.lt(place.subtree_end()))
}
