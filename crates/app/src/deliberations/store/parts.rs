//! What belongs to a thread: views, sessions with their seats, milestones, and its history.

use domain::{
    clock::Instant,
    deliberation::{DeliberationStep, Party, Stance, ViewChannel},
    ids::{
        DeliberationEntryId, DeliberationId, DeliberationRatingId, DeliberationSessionId, DeliberationViewId,
        MilestoneId,
    },
    money::Fen,
    place::PlaceCode,
    voice::Satisfaction,
};
use jiff::civil::{Date, date};
use platform::{
    db::{
        column::{Int, Text},
        insert_all,
    },
    error::Stop,
};
use sea_orm::{
    ActiveModelTrait as _,
    ActiveValue::{Set, Unchanged},
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, JoinType, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, RelationTrait as _,
    sea_query::{Expr, SelectStatement},
};

use super::thread::row;

/// Views.
pub mod view {
    use super::{DeliberationId, DeliberationViewId, Instant, Int, Text, ViewChannel};
    use sea_orm::entity::prelude::*;

    /// What a resident thinks of a matter (居民意见); who it was is sealed, and may be nobody.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "deliberation_views")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<DeliberationViewId>,
        pub deliberation_id: Text<DeliberationId>,
        pub at: Int<Instant>,
        pub channel: Text<ViewChannel>,
        pub words: String,
        pub name_sealed: Option<String>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Sessions.
pub mod session {
    use super::{Date, DeliberationId, DeliberationSessionId, Text};
    use sea_orm::entity::prelude::*;

    /// A session of the parties (议事会); who sat in it is sealed.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "deliberation_sessions")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<DeliberationSessionId>,
        pub deliberation_id: Text<DeliberationId>,
        pub number: i32,
        pub held_on: Text<Date>,
        pub venue: String,
        pub is_agreed: bool,
        pub result: String,
        pub dissent: String,
        /// Who does the next step.
        pub next_owner: String,
        /// The chair and the names of each party.
        pub people_sealed: String,
        pub signed: String,
        /// The minutes as the parties signed them.
        pub scan_hash: Option<String>,
        pub scan_name: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        /// The thread it belongs to.
        #[sea_orm(belongs_to = "super::row::Entity", from = "Column::DeliberationId", to = "super::row::Column::Id")]
        Thread,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// Seats.
pub mod seat {
    use super::{DeliberationSessionId, Party, Stance, Text};
    use sea_orm::entity::prelude::*;

    /// A party in a session, with what it says.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "deliberation_seats")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub session_id: Text<DeliberationSessionId>,
        #[sea_orm(primary_key, auto_increment = false)]
        pub party: Text<Party>,
        /// How many of it came.
        pub present: i32,
        pub stance: Text<Stance>,
        pub words: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Milestones.
pub mod milestone {
    use super::{Date, DeliberationId, Fen, Int, MilestoneId, Text};
    use sea_orm::entity::prelude::*;

    /// How the carrying out went on a day (实施进展).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "deliberation_milestones")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<MilestoneId>,
        pub deliberation_id: Text<DeliberationId>,
        pub reached_on: Text<Date>,
        pub words: String,
        /// What was spent, as others told; nothing of it is kept here.
        pub amount: Option<Int<Fen>>,
        pub signed: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Ratings.
pub mod rating {
    use super::{DeliberationId, DeliberationRatingId, Instant, Int, Satisfaction, Text, ViewChannel};
    use sea_orm::entity::prelude::*;

    /// What a resident says of what was done (居民评价); nobody is asked who they are.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "deliberation_ratings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<DeliberationRatingId>,
        pub deliberation_id: Text<DeliberationId>,
        pub at: Int<Instant>,
        pub channel: Text<ViewChannel>,
        pub said: Text<Satisfaction>,
        pub words: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The history.
pub mod entry {
    use super::{DeliberationEntryId, DeliberationId, DeliberationStep, Instant, Int, Text};
    use sea_orm::entity::prelude::*;

    /// One step of a thread (议事过程).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "deliberation_entries")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<DeliberationEntryId>,
        pub deliberation_id: Text<DeliberationId>,
        pub at: Int<Instant>,
        pub step: Text<DeliberationStep>,
        pub signed: String,
        pub words: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// The views on a matter, the oldest first.
pub async fn views_of(db: &impl ConnectionTrait, id: DeliberationId) -> Result<Vec<view::Model>, Stop> {
    let found = view::Entity::find().filter(view::Column::DeliberationId.eq(Text(id)));
    Ok(found.order_by_asc(view::Column::At).order_by_asc(view::Column::Id).all(db).await?)
}

/// The matters with views of which it is known who gave them.
pub(super) fn named() -> SelectStatement {
    let named = view::Entity::find().filter(view::Column::NameSealed.is_not_null());
    named.select_only().column(view::Column::DeliberationId).into_query()
}

/// Forgets who gave the views on a matter.
pub async fn forget_givers(db: &impl ConnectionTrait, id: DeliberationId) -> Result<(), Stop> {
    view::Entity::update_many()
        .col_expr(view::Column::NameSealed, Expr::null())
        .filter(view::Column::DeliberationId.eq(Text(id)))
        .exec(db)
        .await?;
    Ok(())
}

/// How many views there are on a matter.
pub async fn count_views(db: &impl ConnectionTrait, id: DeliberationId) -> Result<u64, Stop> {
    Ok(view::Entity::find().filter(view::Column::DeliberationId.eq(Text(id))).count(db).await?)
}

/// What residents say of what was done since `from`, the oldest first.
pub async fn ratings_of(
    db: &impl ConnectionTrait,
    id: DeliberationId,
    from: Instant,
) -> Result<Vec<rating::Model>, Stop> {
    let found = rating::Entity::find()
        .filter(rating::Column::DeliberationId.eq(Text(id)))
        .filter(rating::Column::At.gte(Int(from)))
        .order_by_asc(rating::Column::At)
        .order_by_asc(rating::Column::Id);
    Ok(found.all(db).await?)
}

/// The sessions on a matter, the first first.
pub async fn sessions_of(db: &impl ConnectionTrait, id: DeliberationId) -> Result<Vec<session::Model>, Stop> {
    let found = session::Entity::find().filter(session::Column::DeliberationId.eq(Text(id)));
    Ok(found.order_by_asc(session::Column::Number).all(db).await?)
}

/// How many sessions a branch held in `year`.
pub async fn sessions_in_year(db: &impl ConnectionTrait, branch: &PlaceCode, year: i16) -> Result<u64, Stop> {
    let found = session::Entity::find()
        .join(JoinType::InnerJoin, session::Relation::Thread.def())
        .filter(row::Column::Place.eq(branch.as_str()))
        .filter(session::Column::HeldOn.gte(Text(date(year, 1, 1))))
        .filter(session::Column::HeldOn.lte(Text(date(year, 12, 31))));
    Ok(found.count(db).await?)
}

/// The seats of these sessions.
pub async fn seats_of(
    db: &impl ConnectionTrait,
    sessions: impl Iterator<Item = DeliberationSessionId>,
) -> Result<Vec<seat::Model>, Stop> {
    let found = seat::Entity::find().filter(seat::Column::SessionId.is_in(sessions.map(Text)));
    Ok(found.order_by_asc(seat::Column::SessionId).order_by_asc(seat::Column::Party).all(db).await?)
}

/// How a decision was carried out, the first first.
pub async fn milestones_of(db: &impl ConnectionTrait, id: DeliberationId) -> Result<Vec<milestone::Model>, Stop> {
    let found = milestone::Entity::find().filter(milestone::Column::DeliberationId.eq(Text(id)));
    Ok(found.order_by_asc(milestone::Column::ReachedOn).order_by_asc(milestone::Column::Id).all(db).await?)
}

/// The history of a thread, the oldest first.
pub async fn entries_of(db: &impl ConnectionTrait, id: DeliberationId) -> Result<Vec<entry::Model>, Stop> {
    let found = entry::Entity::find().filter(entry::Column::DeliberationId.eq(Text(id)));
    Ok(found.order_by_asc(entry::Column::At).order_by_asc(entry::Column::Id).all(db).await?)
}

/// Keeps a view.
pub async fn insert_view(db: &impl ConnectionTrait, row: view::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Keeps a rating.
pub async fn insert_rating(db: &impl ConnectionTrait, row: rating::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Keeps a session with its seats.
pub async fn insert_session(
    db: &impl ConnectionTrait,
    row: session::Model,
    seats: Vec<seat::Model>,
) -> Result<(), Stop> {
    insert_all(db, vec![row]).await?;
    Ok(insert_all(db, seats).await?)
}

/// Keeps the minutes of a session as they were signed.
pub async fn save_scan(
    db: &impl ConnectionTrait,
    id: DeliberationSessionId,
    hash: String,
    name: String,
) -> Result<(), Stop> {
    let scan = session::ActiveModel {
        id: Unchanged(Text(id)),
        scan_hash: Set(Some(hash)),
        scan_name: Set(name),
        ..Default::default()
    };
    scan.update(db).await?;
    Ok(())
}

/// Keeps a milestone.
pub async fn insert_milestone(db: &impl ConnectionTrait, row: milestone::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Keeps a line of the history.
pub async fn insert_entry(db: &impl ConnectionTrait, row: entry::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}
