//! Many rows in few statements.

use domain::place::PlaceCode;
use sea_orm::{
    ActiveModelTrait, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter as _,
    sea_query::Expr,
};

/// Rows of one insert; both databases limit the number of values in a statement.
const CHUNK: usize = 500;

/// Inserts every row as it is, in chunks.
///
/// # Errors
/// When the database refuses.
pub async fn insert_all<M, A>(db: &impl ConnectionTrait, rows: Vec<M>) -> Result<(), DbErr>
where
    M: IntoActiveModel<A>,
    A: ActiveModelTrait,
{
    let mut rows = rows.into_iter().map(|row| row.into_active_model().reset_all()).peekable();
    while rows.peek().is_some() {
        let chunk: Vec<A> = rows.by_ref().take(CHUNK).collect();
        A::Entity::insert_many(chunk).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Lets every row whose `column` names a place follow it to its new code.
///
/// # Errors
/// When the database refuses.
pub async fn follow_place<E: EntityTrait>(
    db: &impl ConnectionTrait,
    column: E::Column,
    from: &PlaceCode,
    to: &PlaceCode,
) -> Result<(), DbErr> {
    let moved = E::update_many().col_expr(column, Expr::value(to.as_str())).filter(column.eq(from.as_str()));
    moved.exec(db).await.map(drop)
}
