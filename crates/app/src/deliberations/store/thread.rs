//! Threads.

use domain::{
    clock::Instant,
    deliberation::{Deliberation, DeliberationOrigin, DeliberationState, DeliberationTopic},
    ids::{CompoundId, DeliberationId, PollId, ResolutionId, VoiceId},
    owners::Matter,
    place::PlaceCode,
};
use jiff::civil::Date;
use platform::{
    db::{
        column::{Int, Text},
        ids, insert_all, save_read, within,
    },
    error::Stop,
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select,
};

use super::parts::named;

/// Threads.
pub mod row {
    use super::{
        CompoundId, Date, DeliberationId, DeliberationOrigin, DeliberationState, DeliberationTopic, Instant, Int,
        Matter, PlaceCode, PollId, ResolutionId, Text, VoiceId,
    };
    use sea_orm::entity::prelude::*;

    /// A matter as it is kept (议题).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "deliberations")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<DeliberationId>,
        /// The branch.
        pub place: Text<PlaceCode>,
        pub compound_id: Text<CompoundId>,
        /// With the place and the number what people call it by: `〔2022〕第3号`.
        pub year: i32,
        pub number: i32,
        pub topic: Text<DeliberationTopic>,
        pub origin: Text<DeliberationOrigin>,
        /// Which matter of art. 278 it is, if any.
        pub vote: Option<Text<Matter>>,
        /// The voice it was taken up from; who spoke stays with the voice.
        pub voice_id: Option<Text<VoiceId>>,
        pub title: String,
        pub text: String,
        pub raised_at: Int<Instant>,
        pub state: Text<DeliberationState>,
        pub state_since: Int<Instant>,
        pub collects_from: Option<Text<Date>>,
        pub collects_until: Option<Text<Date>>,
        /// The branch's opinion.
        pub resolution_id: Option<Text<ResolutionId>>,
        /// The session announced last, its time of day and its place; empty before.
        pub session_on: Option<Text<Date>>,
        pub session_time: String,
        pub venue: String,
        pub sessions: i32,
        /// The owners' vote it waits for, or went on with.
        pub poll_id: Option<Text<PollId>>,
        /// What was published; empty before.
        pub decision: String,
        pub published_on: Option<Text<Date>>,
        /// Who accepted what was done; empty before.
        pub accepted_by: String,
        pub accepted_on: Option<Text<Date>>,
        /// Since when and until when residents rate what was done.
        pub rates_from: Option<Int<Instant>>,
        pub rates_until: Option<Text<Date>>,
        /// Where the account of the money spent can be read: an address, or a place in the compound; may be empty.
        pub accounts: String,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl row::Model {
    /// The thread as the rules know it.
    #[must_use]
    pub fn thread(&self) -> Deliberation {
        Deliberation {
            state: self.state.0,
            state_since: self.state_since.0,
            vote: self.vote.map(|matter| matter.0),
            collects_from: self.collects_from.map(|day| day.0),
            collects_until: self.collects_until.map(|day| day.0),
            session_on: self.session_on.map(|day| day.0),
            sessions: u32::try_from(self.sessions).unwrap_or(0),
            published_on: self.published_on.map(|day| day.0),
            rates_from: self.rates_from.map(|at| at.0),
            rates_until: self.rates_until.map(|day| day.0),
        }
    }

    /// Takes over where the rules say it stands now.
    #[must_use]
    pub fn moved(self, thread: &Deliberation) -> Self {
        Self {
            state: Text(thread.state),
            state_since: Int(thread.state_since),
            collects_from: thread.collects_from.map(Text),
            collects_until: thread.collects_until.map(Text),
            session_on: thread.session_on.map(Text),
            sessions: i32::try_from(thread.sessions).unwrap_or(i32::MAX),
            published_on: thread.published_on.map(Text),
            rates_from: thread.rates_from.map(Int),
            rates_until: thread.rates_until.map(Text),
            ..self
        }
    }

    /// `〔2022〕第3号`.
    #[must_use]
    pub fn called(&self) -> String {
        format!("〔{}〕第{}号", self.year, self.number)
    }
}

/// Which threads are asked for; what is empty is not asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThreadFilter {
    /// In one of these states.
    pub states: Vec<DeliberationState>,
    /// Raised in this year.
    pub year: Option<i16>,
}

impl ThreadFilter {
    fn select(&self, place: &PlaceCode) -> Select<row::Entity> {
        let mut select = under(place);
        if !self.states.is_empty() {
            select = select.filter(row::Column::State.is_in(self.states.iter().map(|state| Text(*state))));
        }
        if let Some(year) = self.year {
            select = select.filter(row::Column::Year.eq(i32::from(year)));
        }
        select
    }
}

fn under(place: &PlaceCode) -> Select<row::Entity> {
    row::Entity::find().filter(within(row::Column::Place, place))
}

/// The states with `claim`.
#[must_use]
pub fn states(claim: fn(DeliberationState) -> bool) -> Vec<DeliberationState> {
    DeliberationState::ALL.iter().copied().filter(|state| claim(*state)).collect()
}

/// The thread `id`.
pub async fn thread(db: &impl ConnectionTrait, id: DeliberationId) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(id)).one(db).await?)
}

/// Threads at or under `place`, the newest first.
pub async fn page_of(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    filter: &ThreadFilter,
    offset: u64,
    most: u64,
) -> Result<Vec<row::Model>, Stop> {
    let found = filter
        .select(place)
        .order_by_desc(row::Column::RaisedAt)
        .order_by_desc(row::Column::Id)
        .offset(offset)
        .limit(most);
    Ok(found.all(db).await?)
}

/// How many threads at or under `place` the filter finds.
pub async fn count(db: &impl ConnectionTrait, place: &PlaceCode, filter: &ThreadFilter) -> Result<u64, Stop> {
    Ok(filter.select(place).count(db).await?)
}

/// Matters that have been over since `before` and still tell who gave views, the oldest first.
pub async fn to_forget(db: &impl ConnectionTrait, before: Instant, most: u64) -> Result<Vec<DeliberationId>, Stop> {
    let over = states(|state| !state.is_open()).into_iter().map(Text);
    let quiet = Condition::all()
        .add(row::Column::State.is_in(over))
        .add(row::Column::StateSince.lte(Int(before)))
        .add(row::Column::Id.in_subquery(named()));
    Ok(ids::<row::Entity, _>(db, row::Column::Id, quiet, most).await?)
}

/// The next number of a branch in a year. Whoever is overtaken meets the unique index and is told to try again.
pub async fn next_number(db: &impl ConnectionTrait, place: &PlaceCode, year: i32) -> Result<i32, Stop> {
    let last: Option<Option<i32>> = row::Entity::find()
        .select_only()
        .column_as(row::Column::Number.max(), "last")
        .filter(row::Column::Place.eq(place.as_str()))
        .filter(row::Column::Year.eq(year))
        .into_tuple()
        .one(db)
        .await?;
    Ok(last.flatten().unwrap_or(0) + 1)
}

/// Keeps a new thread.
pub async fn insert(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Saves a step by the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    save_read(db, row::Column::Version, row).await
}
