//! Many rows in few statements, and one row by the version that was read.

use domain::place::PlaceCode;
use sea_orm::{
    ActiveModelTrait, ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, Iterable as _,
    ModelTrait, PrimaryKeyToColumn as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, TryGetable,
    sea_query::{Expr, ExprTrait as _},
};

use super::column::Text;
use crate::{act::one_row, error::Stop};

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

/// Saves a row whole by the version that was read, and counts the version up; `version` is the column that holds it.
///
/// # Errors
/// [`Stop::Conflict`] when somebody saved it meanwhile; when the database refuses.
pub async fn save_read<M>(
    db: &impl ConnectionTrait,
    version: <M::Entity as EntityTrait>::Column,
    row: M,
) -> Result<(), Stop>
where
    M: ModelTrait + IntoActiveModel<<M::Entity as EntityTrait>::ActiveModel>,
{
    let mut update = M::Entity::update_many().filter(version.eq(row.get(version)));
    for key in <M::Entity as EntityTrait>::PrimaryKey::iter() {
        let key = key.into_column();
        update = update.filter(key.eq(row.get(key)));
    }
    let mut changed = row.into_active_model().reset_all();
    changed.not_set(version);
    let saved = update.set(changed).col_expr(version, Expr::col(version).add(1)).exec(db).await?;
    one_row(saved.rows_affected)
}

/// The identifiers of what `which` finds, at most `most`, the oldest first: what a job takes one by one.
///
/// # Errors
/// When the database refuses.
pub async fn ids<E, I>(db: &impl ConnectionTrait, id: E::Column, which: Condition, most: u64) -> Result<Vec<I>, DbErr>
where
    E: EntityTrait,
    Text<I>: TryGetable,
{
    let found: Vec<Text<I>> =
        E::find().select_only().column(id).filter(which).order_by_asc(id).limit(most).into_tuple().all(db).await?;
    Ok(found.into_iter().map(|id| id.0).collect())
}
