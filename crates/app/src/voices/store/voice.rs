//! Voices. Who spoke is sealed.

use domain::{
    clock::Instant,
    ids::{CompoundId, OfficeId, VoiceId, VoiceIssueId},
    place::PlaceCode,
    voice::{Answer, Desk, Satisfaction, Solved, Term, Voice, VoiceChannel, VoiceKind, VoiceState, VoiceTopic},
};
use jiff::civil::Date;
use platform::{
    db::{
        self,
        column::{Int, Text},
        holds, insert_all, save_read, within, within_by_others,
    },
    error::Stop,
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, Select,
};

use super::photo;

/// Voices.
pub mod row {
    use super::{
        CompoundId, Date, Desk, Instant, Int, OfficeId, PlaceCode, Satisfaction, Solved, Term, Text, VoiceChannel,
        VoiceId, VoiceIssueId, VoiceKind, VoiceState, VoiceTopic,
    };
    use sea_orm::entity::prelude::*;

    /// A voice as it is kept (诉求).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "voices")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<VoiceId>,
        /// The branch; the community for a report.
        pub place: Text<PlaceCode>,
        pub compound_id: Option<Text<CompoundId>>,
        /// Where in the compound, such as `3栋2单元电梯口`.
        pub spot: String,
        pub kind: Text<VoiceKind>,
        pub topic: Text<VoiceTopic>,
        pub channel: Text<VoiceChannel>,
        pub text: String,
        pub voicer_name_sealed: Option<String>,
        pub voicer_phone_sealed: Option<String>,
        /// Keyed hash of the code; the code itself is kept nowhere.
        pub code_index: String,
        /// The office that entered it for somebody.
        pub entered_by: Option<Text<OfficeId>>,
        pub received_at: Int<Instant>,
        pub term: Text<Term>,
        pub state: Text<VoiceState>,
        pub state_since: Int<Instant>,
        pub desk: Text<Desk>,
        pub first_desk: Text<Desk>,
        pub dispatcher: Option<Text<Desk>>,
        pub counted_from: Int<Instant>,
        pub extra: i32,
        pub is_extended: bool,
        pub hands: i32,
        pub reopenings: i32,
        pub is_prompt: Option<bool>,
        /// Whether it was ever handed up for being late.
        pub was_late: bool,
        pub review_on: Option<Text<Date>>,
        pub solved: Option<Text<Solved>>,
        pub satisfaction: Option<Text<Satisfaction>>,
        /// Until when the step that waits is due, as counted at the last step; `None` also where a year has no table.
        pub due_at: Option<Int<Instant>>,
        /// The issue it belongs to, when the same comes again and again.
        pub issue_id: Option<Text<VoiceIssueId>>,
        /// The voice about the same that it follows.
        pub merged_into: Option<Text<VoiceId>>,
        /// The voice that it is a piece of.
        pub split_from: Option<Text<VoiceId>>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

impl row::Model {
    /// The voice as the rules know it.
    #[must_use]
    pub fn voice(&self) -> Voice {
        let count = |number: i32| u8::try_from(number).unwrap_or(u8::MAX);
        let answer = self.solved.zip(self.satisfaction);
        Voice {
            id: self.id.0,
            place: self.place.0.clone(),
            is_piece: self.split_from.is_some(),
            kind: self.kind.0,
            channel: self.channel.0,
            term: self.term.0,
            received_at: self.received_at.0,
            state: self.state.0,
            state_since: self.state_since.0,
            desk: self.desk.0,
            first_desk: self.first_desk.0,
            dispatcher: self.dispatcher.map(|desk| desk.0),
            counted_from: self.counted_from.0,
            extra: u16::try_from(self.extra).unwrap_or(0),
            is_extended: self.is_extended,
            hands: count(self.hands),
            reopenings: count(self.reopenings),
            is_prompt: self.is_prompt,
            was_late: self.was_late,
            review_on: self.review_on.map(|day| day.0),
            answer: answer.map(|(solved, satisfaction)| Answer { solved: solved.0, satisfaction: satisfaction.0 }),
            version: self.version,
        }
    }

    /// Takes over where the rules say it stands now, and until when what waits is due.
    #[must_use]
    pub fn moved(self, voice: &Voice, due: Option<Instant>) -> Self {
        Self {
            term: Text(voice.term),
            state: Text(voice.state),
            state_since: Int(voice.state_since),
            desk: Text(voice.desk),
            dispatcher: voice.dispatcher.map(Text),
            counted_from: Int(voice.counted_from),
            extra: voice.extra.into(),
            is_extended: voice.is_extended,
            hands: voice.hands.into(),
            reopenings: voice.reopenings.into(),
            is_prompt: voice.is_prompt,
            was_late: voice.was_late,
            review_on: voice.review_on.map(Text),
            solved: voice.answer.map(|answer| Text(answer.solved)),
            satisfaction: voice.answer.map(|answer| Text(answer.satisfaction)),
            due_at: due.map(Int),
            ..self
        }
    }

    /// Whether somebody can be called.
    #[must_use]
    pub const fn has_voicer(&self) -> bool {
        self.voicer_name_sealed.is_some() || self.voicer_phone_sealed.is_some()
    }
}

/// Which voices are asked for; what is empty is not asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VoiceFilter {
    /// In one of these states.
    pub states: Vec<VoiceState>,
    /// At this desk.
    pub desk: Option<Desk>,
    /// What somebody wants.
    pub kind: Option<VoiceKind>,
    /// Due before this moment.
    pub due_before: Option<Instant>,
    /// Words that all stand in what was said, or where.
    pub words: Vec<String>,
}

impl VoiceFilter {
    /// Whether most of a place's voices are asked for: what is over is ever more.
    fn is_wide(&self) -> bool {
        let has_over = self.states.is_empty() || self.states.contains(&VoiceState::Closed);
        has_over && self.desk.is_none() && self.due_before.is_none()
    }

    fn select(&self, place: &PlaceCode) -> Select<row::Entity> {
        self.narrow(under(place))
    }

    fn narrow(&self, mut select: Select<row::Entity>) -> Select<row::Entity> {
        if !self.states.is_empty() {
            select = select.filter(row::Column::State.is_in(self.states.iter().map(|state| Text(*state))));
        }
        if let Some(desk) = self.desk {
            select = select.filter(row::Column::Desk.eq(Text(desk)));
        }
        if let Some(kind) = self.kind {
            select = select.filter(row::Column::Kind.eq(Text(kind)));
        }
        if let Some(due) = self.due_before {
            select = select.filter(row::Column::DueAt.lte(Int(due)));
        }
        for word in &self.words {
            select =
                select.filter(Condition::any().add(holds(row::Column::Text, word)).add(holds(row::Column::Spot, word)));
        }
        select
    }
}

pub(in crate::voices) fn under(place: &PlaceCode) -> Select<row::Entity> {
    row::Entity::find().filter(within(row::Column::Place, place))
}

pub(in crate::voices) fn states(is_open: bool) -> impl Iterator<Item = Text<VoiceState>> {
    VoiceState::ALL.iter().filter(move |state| state.is_open() == is_open).map(|state| Text(*state))
}

/// The voice `id`.
pub async fn voice(db: &impl ConnectionTrait, id: VoiceId) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(id)).one(db).await?)
}

/// The voice whose code has this keyed hash.
pub async fn by_index(db: &impl ConnectionTrait, code_index: &str) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find().filter(row::Column::CodeIndex.eq(code_index)).one(db).await?)
}

/// Voices at or under `place`, the newest first.
pub async fn page_of(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    filter: &VoiceFilter,
    offset: u64,
    most: u64,
) -> Result<Vec<row::Model>, Stop> {
    // The newest of a county or street are found by their time, and those of a branch at its place.
    let select = if filter.is_wide() {
        filter.narrow(row::Entity::find().filter(within_by_others(db, row::Column::Place, place)))
    } else {
        filter.select(place)
    };
    let found = select.order_by_desc(row::Column::ReceivedAt).order_by_desc(row::Column::Id).offset(offset).limit(most);
    Ok(found.all(db).await?)
}

/// How many there are of each state at each desk, at or under `place`. Those that are over are not counted: there are ever
/// more of them.
pub async fn counts(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    filter: &VoiceFilter,
) -> Result<Vec<(VoiceState, Desk, u64)>, Stop> {
    let alive = states(true).chain([VoiceState::Done, VoiceState::CalledBack].map(Text));
    let found: Vec<(Text<VoiceState>, Text<Desk>, i64)> = filter
        .select(place)
        .filter(row::Column::State.is_in(alive))
        .select_only()
        .column(row::Column::State)
        .column(row::Column::Desk)
        .column_as(row::Column::Id.count(), "count")
        .group_by(row::Column::State)
        .group_by(row::Column::Desk)
        .into_tuple()
        .all(db)
        .await?;
    let count = |(state, desk, count): (Text<VoiceState>, Text<Desk>, i64)| {
        (state.0, desk.0, u64::try_from(count).unwrap_or(0))
    };
    Ok(found.into_iter().map(count).collect())
}

/// How many open ones are late at `now`, at or under `place`.
pub async fn late(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    filter: &VoiceFilter,
    now: Instant,
) -> Result<u64, Stop> {
    let late =
        filter.select(place).filter(row::Column::State.is_in(states(true))).filter(row::Column::DueAt.lte(Int(now)));
    Ok(late.count(db).await?)
}

/// Voices at or under `place` that wait at `desk`, the most urgent first.
pub async fn waiting_at(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    desk: Desk,
    most: u64,
) -> Result<Vec<row::Model>, Stop> {
    let waits = states(true).chain([Text(VoiceState::Done)]);
    let found = under(place)
        .filter(row::Column::Desk.eq(Text(desk)))
        .filter(row::Column::State.is_in(waits))
        .order_by_asc(row::Column::DueAt)
        .order_by_asc(row::Column::Id)
        .limit(most);
    Ok(found.all(db).await?)
}

/// What a branch's neighbours may know of: what is open, and what was settled since `since`, the newest first.
pub async fn of_branch(
    db: &impl ConnectionTrait,
    branch: &PlaceCode,
    since: Instant,
    most: u64,
) -> Result<Vec<row::Model>, Stop> {
    let recent =
        Condition::any().add(row::Column::State.is_in(states(true))).add(row::Column::StateSince.gte(Int(since)));
    let found = row::Entity::find()
        .filter(row::Column::Place.eq(branch.as_str()))
        .filter(row::Column::State.ne(Text(VoiceState::Merged)))
        .filter(row::Column::SplitFrom.is_null())
        .filter(recent)
        .order_by_desc(row::Column::ReceivedAt)
        .order_by_desc(row::Column::Id)
        .limit(most);
    Ok(found.all(db).await?)
}

/// Open voices below the county that are late at `now`, the oldest first.
pub async fn late_below_county(db: &impl ConnectionTrait, now: Instant, most: u64) -> Result<Vec<VoiceId>, Stop> {
    ids(db, below_county().add(row::Column::DueAt.lte(Int(now))), most).await
}

/// Open voices below the county whose deadline could not be counted at their last step, the oldest first.
pub async fn undated_below_county(db: &impl ConnectionTrait, most: u64) -> Result<Vec<VoiceId>, Stop> {
    ids(db, below_county().add(row::Column::DueAt.is_null()), most).await
}

fn below_county() -> Condition {
    Condition::all().add(row::Column::State.is_in(states(true))).add(row::Column::Desk.ne(Text(Desk::County)))
}

/// Voices in one of `states` since before a moment.
fn quiet(states: &[VoiceState], before: Instant) -> Condition {
    let states = states.iter().map(|state| Text(*state));
    Condition::all().add(row::Column::State.is_in(states)).add(row::Column::StateSince.lte(Int(before)))
}

/// Voices that are done and nobody has said more of since `before`, the oldest first.
pub async fn to_close(db: &impl ConnectionTrait, before: Instant, most: u64) -> Result<Vec<VoiceId>, Stop> {
    ids(db, quiet(&[VoiceState::Done, VoiceState::CalledBack], before), most).await
}

/// Voices that have been over since `before` and still tell who spoke, or have photos that only officers saw, the oldest first.
pub async fn to_forget(db: &impl ConnectionTrait, before: Instant, most: u64) -> Result<Vec<VoiceId>, Stop> {
    let sealed = Condition::any()
        .add(row::Column::VoicerNameSealed.is_not_null())
        .add(row::Column::VoicerPhoneSealed.is_not_null())
        .add(row::Column::Id.in_subquery(photo::hidden()));
    ids(db, quiet(&[VoiceState::Merged, VoiceState::Closed, VoiceState::OutOfScope], before).add(sealed), most).await
}

async fn ids(db: &impl ConnectionTrait, which: Condition, most: u64) -> Result<Vec<VoiceId>, Stop> {
    Ok(db::ids::<row::Entity, _>(db, row::Column::Id, which, most).await?)
}

/// Open voices at or under `place` that are due until `until`.
pub async fn due_until(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    until: Instant,
    most: u64,
) -> Result<Vec<row::Model>, Stop> {
    let found = under(place)
        .filter(row::Column::State.is_in(states(true)))
        .filter(row::Column::DueAt.lte(Int(until)))
        .order_by_asc(row::Column::DueAt)
        .order_by_asc(row::Column::Id)
        .limit(most);
    Ok(found.all(db).await?)
}

/// Keeps a new voice.
pub async fn insert(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    Ok(insert_all(db, vec![row]).await?)
}

/// Saves a step by the version that was read.
pub async fn save(db: &impl ConnectionTrait, row: row::Model) -> Result<(), Stop> {
    save_read(db, row::Column::Version, row).await
}
