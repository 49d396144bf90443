//! Where branches have moved: a branch that comes under another community has another code (R-ORG-01).
//!
//! Owns the table `place_moves`. The code that was left stays in the tree as a place without a branch, so that it is never
//! given away again and everything the record says of it can still be read.

use domain::{
    clock::Instant,
    place::{Level, PlaceCode},
};
use platform::{
    act::one_row,
    db::{
        column::{Int, Text},
        insert_all,
    },
    error::Stop,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _,
    sea_query::{Expr, ExprTrait as _},
};

use super::{queries::places_under, store::place};

/// The last running number of a community's branches.
const LAST_NUMBER: u32 = 9_999;

/// How many moves of one branch are followed; there are never more than a few.
const MOST_MOVES: usize = 50;

mod row {
    use super::{Instant, Int, PlaceCode, Text};
    use sea_orm::entity::prelude::*;

    /// A branch's move from one code to another (调整隶属).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "place_moves")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub from_code: Text<PlaceCode>,
        pub to_code: Text<PlaceCode>,
        pub moved_at: Int<Instant>,
        pub reason: String,
        /// Office and name, as they were then.
        pub signed: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub use row::Model as Move;

/// The codes that a branch had before, the latest first, each with the move that ended it.
///
/// # Errors
/// When the database cannot be read.
pub async fn former_codes(db: &impl ConnectionTrait, code: &PlaceCode) -> Result<Vec<Move>, Stop> {
    let mut moves: Vec<Move> = Vec::new();
    let mut now = code.clone();
    while moves.len() < MOST_MOVES {
        let Some(found) = row::Entity::find().filter(row::Column::ToCode.eq(Text(now))).one(db).await? else { break };
        now = found.from_code.0.clone();
        moves.push(found);
    }
    Ok(moves)
}

/// The code of today of a branch that had `code` once; `None` when nothing moved from there.
///
/// # Errors
/// When the database cannot be read.
pub async fn moved_to(db: &impl ConnectionTrait, code: &PlaceCode) -> Result<Option<PlaceCode>, Stop> {
    let mut now = None;
    for _ in 0..MOST_MOVES {
        let from = now.clone().unwrap_or_else(|| code.clone());
        match row::Entity::find_by_id(Text(from)).one(db).await? {
            Some(found) => now = Some(found.to_code.0),
            None => break,
        }
    }
    Ok(now)
}

/// The next free code in a community; `None` when all are used up. Whoever takes it holds the county ([`super::lock`]).
///
/// # Errors
/// When the database cannot be read.
pub async fn next_branch_code(db: &impl ConnectionTrait, community: &PlaceCode) -> Result<Option<PlaceCode>, Stop> {
    let number =
        |place: &place::Model| -> Option<u32> { place.code.0.as_str().get(Level::Community.length()..)?.parse().ok() };
    let last = places_under(db, community).await?.iter().filter_map(number).max().unwrap_or(0);
    if last >= LAST_NUMBER {
        return Ok(None);
    }
    Ok(format!("{community}{:04}", last + 1).parse().ok())
}

/// Gives a branch another code and keeps the move; what refers to the place by a foreign key follows.
///
/// # Errors
/// [`Stop::Conflict`] when somebody else changed the place since it was read.
pub async fn move_branch_place(db: &impl ConnectionTrait, place: &place::Model, step: Move) -> Result<(), Stop> {
    let moved = place::Entity::update_many()
        .col_expr(place::Column::Code, Expr::value(step.to_code.0.as_str()))
        .col_expr(place::Column::Version, Expr::col(place::Column::Version).add(1))
        .filter(place::Column::Code.eq(place.code.clone()))
        .filter(place::Column::Version.eq(place.version))
        .exec(db)
        .await?;
    one_row(moved.rows_affected)?;
    let left = place::Model { name: format!("{}（原代码）", place.name), is_active: false, ..place.clone() };
    insert_all(db, vec![left]).await?;
    insert_all(db, vec![step]).await?;
    Ok(())
}

/// Makes a branch active or not, by the version that was read.
///
/// # Errors
/// [`Stop::Conflict`] when somebody else changed the place since it was read.
pub async fn set_active(db: &impl ConnectionTrait, place: place::Model, is_active: bool) -> Result<(), Stop> {
    super::store::save_place(db, place::Model { is_active, ..place }).await
}
