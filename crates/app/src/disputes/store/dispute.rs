//! Mediation files.

use domain::{
    clock::Instant,
    dispute::{AgreementForm, Dispute, DisputeKind, DisputeOrigin, DisputeState},
    ids::{DisputeId, VoiceId},
    place::PlaceCode,
    voice::Desk,
};
use jiff::civil::Date;
use platform::{
    db::{
        column::{Int, Text},
        insert_all, save_read, within,
    },
    error::Stop,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};

/// Files.
pub mod row {
    use super::{
        AgreementForm, Date, Desk, DisputeId, DisputeKind, DisputeOrigin, DisputeState, Instant, Int, PlaceCode, Text,
        VoiceId,
    };
    use sea_orm::entity::prelude::*;

    /// A mediation file as it is kept (调解卷).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "disputes")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<DisputeId>,
        /// The branch or the community.
        pub place: Text<PlaceCode>,
        /// With the place and the number what people call it by: `〔2022〕第3号`.
        pub year: i32,
        pub number: i32,
        pub kind: Text<DisputeKind>,
        pub origin: Text<DisputeOrigin>,
        /// The voice it was taken up from.
        pub voice_id: Option<Text<VoiceId>>,
        /// Whether the parties want it kept from everybody but who mediates; they do unless they say otherwise.
        pub is_confidential: bool,
        pub parties_sealed: String,
        pub matter_sealed: String,
        pub opened_at: Int<Instant>,
        pub state: Text<DisputeState>,
        pub state_since: Int<Instant>,
        pub desk: Text<Desk>,
        pub sessions: i32,
        pub accepted_at: Option<Int<Instant>>,
        pub ended_at: Option<Int<Instant>>,
        pub agreed_on: Option<Text<Date>>,
        pub agreement_form: Option<Text<AgreementForm>>,
        pub agreement_sealed: Option<String>,
        pub upward: i32,
        pub perform_by: Option<Text<Date>>,
        /// Until when the step that waits is due, as counted at the last step; `None` also where a year has no table.
        pub due_at: Option<Int<Instant>>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl row::Model {
    /// The file as the rules know it.
    #[must_use]
    pub fn dispute(&self) -> Dispute {
        let count = |number: i32| u32::try_from(number).unwrap_or(0);
        Dispute {
            id: self.id.0,
            place: self.place.0.clone(),
            state: self.state.0,
            state_since: self.state_since.0,
            desk: self.desk.0,
            sessions: count(self.sessions),
            accepted_at: self.accepted_at.map(|at| at.0),
            ended_at: self.ended_at.map(|at| at.0),
            agreed_on: self.agreed_on.map(|day| day.0),
            upward: count(self.upward),
            perform_by: self.perform_by.map(|day| day.0),
            version: self.version,
        }
    }

    /// Takes over where the rules say it stands now, and until when what waits is due.
    #[must_use]
    pub fn moved(self, dispute: &Dispute, due: Option<Instant>) -> Self {
        let count = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
        Self {
            state: Text(dispute.state),
            state_since: Int(dispute.state_since),
            desk: Text(dispute.desk),
            sessions: count(dispute.sessions),
            accepted_at: dispute.accepted_at.map(Int),
            ended_at: dispute.ended_at.map(Int),
            agreed_on: dispute.agreed_on.map(Text),
            upward: count(dispute.upward),
            perform_by: dispute.perform_by.map(Text),
            due_at: due.map(Int),
            ..self
        }
    }

    /// `〔2022〕第3号`.
    #[must_use]
    pub fn called(&self) -> String {
        format!("〔{}〕第{}号", self.year, self.number)
    }
}

/// Which files are asked for; what is empty is not asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DisputeFilter {
    /// In one of these states.
    pub states: Vec<DisputeState>,
    /// At this desk.
    pub desk: Option<Desk>,
    /// Due before this moment.
    pub due_before: Option<Instant>,
}

impl DisputeFilter {
    fn select(&self, place: &PlaceCode) -> Select<row::Entity> {
        let mut select = under(place);
        if !self.states.is_empty() {
            select = select.filter(row::Column::State.is_in(self.states.iter().map(|state| Text(*state))));
        }
        if let Some(desk) = self.desk {
            select = select.filter(row::Column::Desk.eq(Text(desk)));
        }
        if let Some(due) = self.due_before {
            select = select.filter(row::Column::DueAt.lte(Int(due)));
        }
        select
    }
}

fn under(place: &PlaceCode) -> Select<row::Entity> {
    row::Entity::find().filter(within(row::Column::Place, place))
}

/// The states in which a desk has yet to do something.
fn open_states() -> impl Iterator<Item = Text<DisputeState>> {
    DisputeState::ALL.iter().filter(|state| state.is_open()).map(|state| Text(*state))
}

/// The file `id`.
pub async fn dispute(db: &impl ConnectionTrait, id: DisputeId) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(id)).one(db).await?)
}

/// Files at or under `place`, the newest first.
pub async fn page_of(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    filter: &DisputeFilter,
    offset: u64,
    most: u64,
) -> Result<Vec<row::Model>, Stop> {
    let found = filter
        .select(place)
        .order_by_desc(row::Column::OpenedAt)
        .order_by_desc(row::Column::Id)
        .offset(offset)
        .limit(most);
    Ok(found.all(db).await?)
}

/// How many files at or under `place` the filter finds.
pub async fn count(db: &impl ConnectionTrait, place: &PlaceCode, filter: &DisputeFilter) -> Result<u64, Stop> {
    Ok(filter.select(place).count(db).await?)
}

/// Files at or under `place` that wait at `desk`, the most urgent first.
pub async fn waiting_at(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    desk: Desk,
    most: u64,
) -> Result<Vec<row::Model>, Stop> {
    let found = under(place)
        .filter(row::Column::Desk.eq(Text(desk)))
        .filter(row::Column::State.is_in(open_states()))
        .order_by_asc(row::Column::DueAt)
        .order_by_asc(row::Column::Id)
        .limit(most);
    Ok(found.all(db).await?)
}

/// Open files at or under `place` that are due until `until`.
pub async fn due_until(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    until: Instant,
    most: u64,
) -> Result<Vec<row::Model>, Stop> {
    let found = under(place)
        .filter(row::Column::State.is_in(open_states()))
        .filter(row::Column::DueAt.lte(Int(until)))
        .order_by_asc(row::Column::DueAt)
        .order_by_asc(row::Column::Id)
        .limit(most);
    Ok(found.all(db).await?)
}

/// Files at or under `place` that were opened in `year`, by place and number.
pub async fn of_year(db: &impl ConnectionTrait, place: &PlaceCode, year: i16) -> Result<Vec<row::Model>, Stop> {
    let found = under(place)
        .filter(row::Column::Year.eq(i32::from(year)))
        .order_by_asc(row::Column::Place)
        .order_by_asc(row::Column::Number);
    Ok(found.all(db).await?)
}

/// The next number of a place in a year. Whoever is overtaken meets the unique index and is told to try again.
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

/// Keeps a new file.
pub async fn insert(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Saves a step by the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    save_read(db, row::Column::Version, row).await
}
