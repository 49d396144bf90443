//! Polls.

use domain::{
    clock::Instant,
    ids::{CompoundId, PollId},
    owners::{Matter, Nature, OwnerVote, Parking, Poll, PollState, Side, VoteOutcome},
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

use super::register::with_phones;

/// Polls.
pub mod row {
    use super::{
        CompoundId, Date, Instant, Int, Matter, Nature, Parking, PlaceCode, PollId, PollState, Text, VoteOutcome,
    };
    use sea_orm::entity::prelude::*;

    /// A poll of owners as it is kept (业主共同决定表决). Areas are hundredths of a square metre.
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "owner_polls")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<PollId>,
        /// The branch.
        pub place: Text<PlaceCode>,
        pub compound_id: Text<CompoundId>,
        pub title: String,
        pub matter: Text<Matter>,
        /// What exactly is voted on.
        pub text: String,
        /// Who calls the owners to vote, such as the owners' committee (召集人).
        pub convener: String,
        pub nature: Text<Nature>,
        pub parking: Text<Parking>,
        pub declared_area: i64,
        pub opens_on: Text<Date>,
        pub closes_on: Text<Date>,
        /// Never open or closed: the clock says that.
        pub state: Text<PollState>,
        /// Why it was sent back or called off; else empty.
        pub reason: String,
        pub announced_at: Option<Int<Instant>>,
        /// What the frozen register adds up to; 0 before.
        pub total_area: i64,
        pub total_persons: i64,
        /// The count; 0 before.
        pub part_area: i64,
        pub part_persons: i64,
        pub yes_area: i64,
        pub yes_persons: i64,
        pub no_area: i64,
        pub no_persons: i64,
        pub outcome: Option<Text<VoteOutcome>>,
        pub published_on: Option<Text<Date>>,
        pub filed_on: Option<Text<Date>>,
        pub filed_with: String,
        /// The poll that did not pass and is repeated by this one.
        pub former_id: Option<Text<PollId>>,
        /// What the owners to be called back were drawn by.
        pub seed: Option<String>,
        /// A register that was previewed and not yet taken over, sealed as a whole.
        pub preview_sealed: Option<String>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A number from a column, which is never below nothing.
pub fn natural(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// A number for a column.
pub fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn side(area: i64, persons: i64) -> Side {
    Side { area: natural(area), persons: natural(persons) }
}

impl row::Model {
    /// The poll as the rules know it.
    #[must_use]
    pub fn poll(&self) -> Poll {
        Poll {
            matter: self.matter.0,
            nature: self.nature.0,
            parking: self.parking.0,
            declared_area: natural(self.declared_area),
            opens_on: self.opens_on.0,
            closes_on: self.closes_on.0,
            state: self.state.0,
            published_on: self.published_on.map(|day| day.0),
        }
    }

    /// Takes over where the rules say it stands now.
    #[must_use]
    pub fn moved(self, poll: &Poll) -> Self {
        Self { state: Text(poll.state), published_on: poll.published_on.map(Text), ..self }
    }

    /// The frozen register.
    #[must_use]
    pub fn total(&self) -> Side {
        side(self.total_area, self.total_persons)
    }

    /// The count.
    #[must_use]
    pub fn vote(&self) -> OwnerVote {
        OwnerVote {
            total: self.total(),
            part: side(self.part_area, self.part_persons),
            yes: side(self.yes_area, self.yes_persons),
        }
    }

    /// Who was against it.
    #[must_use]
    pub fn no(&self) -> Side {
        side(self.no_area, self.no_persons)
    }

    /// Who took part and was neither for nor against it.
    #[must_use]
    pub fn abstained(&self) -> Side {
        let taken = |part: i64, yes: i64, no: i64| part - yes - no;
        side(
            taken(self.part_area, self.yes_area, self.no_area),
            taken(self.part_persons, self.yes_persons, self.no_persons),
        )
    }
}

/// Which polls are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// Those that are under way.
    #[default]
    Alive,
    /// Those that are filed or called off.
    Over,
    /// All.
    All,
}

fn under(place: &PlaceCode, shown: Shown) -> Select<row::Entity> {
    let over = [PollState::Filed, PollState::Cancelled].map(Text);
    let select = row::Entity::find().filter(within(row::Column::Place, place));
    match shown {
        Shown::Alive => select.filter(row::Column::State.is_not_in(over)),
        Shown::Over => select.filter(row::Column::State.is_in(over)),
        Shown::All => select,
    }
}

/// The poll `id`.
pub async fn poll(db: &impl ConnectionTrait, id: PollId) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(id)).one(db).await?)
}

/// Polls at or under `place`, the newest first.
pub async fn page_of(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    shown: Shown,
    offset: u64,
    most: u64,
) -> Result<Vec<row::Model>, Stop> {
    Ok(under(place, shown).order_by_desc(row::Column::Id).offset(offset).limit(most).all(db).await?)
}

/// How many there are.
pub async fn count(db: &impl ConnectionTrait, place: &PlaceCode, shown: Shown) -> Result<u64, Stop> {
    Ok(under(place, shown).count(db).await?)
}

/// Polls whose last day of voting was before `before` and whose register still has telephones, the oldest first.
pub async fn to_forget(db: &impl ConnectionTrait, before: Date, most: u64) -> Result<Vec<PollId>, Stop> {
    let telephones =
        Condition::any().add(row::Column::Id.in_subquery(with_phones())).add(row::Column::PreviewSealed.is_not_null());
    let over = Condition::all().add(row::Column::ClosesOn.lt(Text(before))).add(telephones);
    Ok(ids::<row::Entity, _>(db, row::Column::Id, over, most).await?)
}

/// The polls that repeat `former`.
pub async fn repeating(db: &impl ConnectionTrait, former: PollId) -> Result<Vec<row::Model>, Stop> {
    let found = row::Entity::find().filter(row::Column::FormerId.eq(Text(former))).order_by_asc(row::Column::Id);
    Ok(found.all(db).await?)
}

/// Keeps a new one.
pub async fn insert(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Saves it by the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    save_read(db, row::Column::Version, row).await
}
