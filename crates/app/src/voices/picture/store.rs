//! Counts of voices.

use domain::{
    clock::Instant,
    place::PlaceCode,
    voice::{Answer, Desk, Handled, Satisfaction, Solved, Standing, Tally, VoiceChannel, VoiceState, VoiceTopic},
};
use platform::{
    db::{
        column::{Int, Text},
        within_by_others,
    },
    error::Stop,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, ExprTrait as _, FromQueryResult, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, Select,
    sea_query::{CaseStatement, Expr, SimpleExpr},
};

use crate::voices::store::voice::{row, states, under};

/// Voices that were received from the first moment and before the second.
pub type Span = (Instant, Instant);

fn received(place: &PlaceCode, (from, until): Span) -> Select<row::Entity> {
    under(place)
        .filter(row::Column::ReceivedAt.gte(Int(from)))
        .filter(row::Column::ReceivedAt.lt(Int(until)))
        .filter(row::Column::State.ne(Text(VoiceState::OutOfScope)))
        .filter(row::Column::SplitFrom.is_null())
}

/// The open ones, each once: a piece is part of its whole.
fn open(place: &PlaceCode) -> Select<row::Entity> {
    under(place).filter(row::Column::State.is_in(states(true))).filter(row::Column::SplitFrom.is_null())
}

/// Voices of one place that stand alike.
#[derive(FromQueryResult)]
struct Alike {
    place: Text<PlaceCode>,
    state: Text<VoiceState>,
    was_late: bool,
    is_prompt: Option<bool>,
    solved: Option<Text<Solved>>,
    satisfaction: Option<Text<Satisfaction>>,
    has_voicer: bool,
    count: i64,
}

/// What is known of the voices of a place.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sums {
    /// How many came that did not belong elsewhere.
    pub received: u64,
    /// What the three rates are counted from.
    pub tally: Tally,
    /// How they were seen to.
    pub handled: Handled,
}

impl Sums {
    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            received: self.received + other.received,
            tally: self.tally.and(other.tally),
            handled: self.handled.and(other.handled),
        }
    }
}

fn has_voicer() -> SimpleExpr {
    row::Column::VoicerNameSealed.is_not_null().or(row::Column::VoicerPhoneSealed.is_not_null())
}

// R-VOI-07
/// What the voices received in `span` at or under `place`, of one topic where it is told, come to, by place and by how they stand; what belongs elsewhere is not
/// among them.
pub async fn sums(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    span: Span,
    now: Instant,
    about: Option<VoiceTopic>,
) -> Result<Vec<(PlaceCode, Sums)>, Stop> {
    let received = || match about {
        Some(topic) => received(place, span).filter(row::Column::Topic.eq(Text(topic))),
        None => received(place, span),
    };
    let alike = received()
        .select_only()
        .columns([row::Column::Place, row::Column::State, row::Column::WasLate, row::Column::IsPrompt])
        .columns([row::Column::Solved, row::Column::Satisfaction])
        .column_as(has_voicer(), "has_voicer")
        .column_as(row::Column::Id.count(), "count")
        .group_by(row::Column::Place)
        .group_by(row::Column::State)
        .group_by(row::Column::WasLate)
        .group_by(row::Column::IsPrompt)
        .group_by(row::Column::Solved)
        .group_by(row::Column::Satisfaction)
        .group_by(has_voicer());
    let mut found: Vec<(PlaceCode, Sums)> = alike.into_model::<Alike>().all(db).await?.into_iter().map(sum).collect();
    // What is late now has not been handed up yet.
    let late: Vec<(Text<PlaceCode>, i64)> = received()
        .filter(row::Column::State.is_in(states(true)))
        .filter(row::Column::WasLate.eq(false))
        .filter(row::Column::DueAt.lte(Int(now)))
        .select_only()
        .column(row::Column::Place)
        .column_as(row::Column::Id.count(), "count")
        .group_by(row::Column::Place)
        .into_tuple()
        .all(db)
        .await?;
    found.extend(late.into_iter().map(|(place, count)| {
        let handled = Handled { due: counted(count), ..Handled::default() };
        (place.0, Sums { handled, ..Sums::default() })
    }));
    Ok(found)
}

fn sum(alike: Alike) -> (PlaceCode, Sums) {
    let count = counted(alike.count);
    let answer = alike.solved.zip(alike.satisfaction);
    let answer = answer.map(|(solved, satisfaction)| Answer { solved: solved.0, satisfaction: satisfaction.0 });
    let standing = Standing {
        state: alike.state.0,
        was_late: alike.was_late,
        is_answered: answer.is_some(),
        has_voicer: alike.has_voicer,
    };
    let sums = Sums {
        received: count,
        tally: Tally::of(alike.is_prompt, answer, count),
        handled: Handled::of(standing, count),
    };
    (alike.place.0, sums)
}

fn counted(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// How many of the voices received in `span` at or under `place` came which way.
pub async fn channels(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    span: Span,
) -> Result<Vec<(VoiceChannel, u64)>, Stop> {
    let found: Vec<(Text<VoiceChannel>, i64)> = received(place, span)
        .select_only()
        .column(row::Column::Channel)
        .column_as(row::Column::Id.count(), "count")
        .group_by(row::Column::Channel)
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().map(|(channel, count)| (channel.0, counted(count))).collect())
}

/// How many of the voices received in each of `spans` there are, and how many of them are done.
pub async fn course(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    whole: Span,
    spans: &[Span],
) -> Result<Vec<(u64, u64)>, Stop> {
    let is_done = || row::Column::State.is_in([VoiceState::Done, VoiceState::CalledBack, VoiceState::Closed].map(Text));
    let mut select = received(place, whole).filter(row::Column::State.ne(Text(VoiceState::Merged))).select_only();
    for (from, until) in spans {
        let is_in = || row::Column::ReceivedAt.gte(Int(*from)).and(row::Column::ReceivedAt.lt(Int(*until)));
        for which in [is_in(), is_in().and(is_done())] {
            let one: SimpleExpr = CaseStatement::new().case(which, Expr::value(1)).into();
            select = select.expr(one.count());
        }
    }
    let Some(found) = db.query_one(&select.into_query()).await? else { return Ok(Vec::new()) };
    let count = |index: usize| Ok::<_, Stop>(counted(found.try_get_by_index(index)?));
    (0..spans.len()).map(|span| Ok((count(span * 2)?, count(span * 2 + 1)?))).collect()
}

/// The open ones of a branch or community at a desk: how many, and since when the oldest stands as it stands.
pub type Waiting = (Text<PlaceCode>, Text<Desk>, i64, Int<Instant>);

/// Where the open ones at or under `place` wait.
pub async fn waiting(db: &impl ConnectionTrait, place: &PlaceCode) -> Result<Vec<Waiting>, Stop> {
    let found = row::Entity::find()
        .filter(row::Column::State.is_in(states(true)))
        .filter(within_by_others(db, row::Column::Place, place))
        .select_only()
        .column(row::Column::Place)
        .column(row::Column::Desk)
        .column_as(Expr::value(1).count(), "count")
        .column_as(row::Column::StateSince.min(), "oldest")
        .group_by(row::Column::Place)
        .group_by(row::Column::Desk);
    Ok(found.into_tuple().all(db).await?)
}

/// How many are open at or under `place`, and since when the oldest stands as it stands.
pub async fn standing(db: &impl ConnectionTrait, place: &PlaceCode) -> Result<(u64, Option<Instant>), Stop> {
    let found: Option<(i64, Option<Int<Instant>>)> = open(place)
        .select_only()
        .column_as(Expr::value(1).count(), "count")
        .column_as(row::Column::StateSince.min(), "oldest")
        .into_tuple()
        .one(db)
        .await?;
    Ok(found.map_or((0, None), |(count, oldest)| (counted(count), oldest.map(|oldest| oldest.0))))
}

/// The open ones of a branch, the oldest first.
pub async fn open_of(db: &impl ConnectionTrait, branch: &PlaceCode, most: u64) -> Result<Vec<row::Model>, Stop> {
    Ok(open(branch).order_by_asc(row::Column::ReceivedAt).order_by_asc(row::Column::Id).limit(most).all(db).await?)
}
