//! What everybody may read of polls, and what other modules ask: never who voted, nor what.

use domain::{
    clock::Instant,
    ids::PollId,
    owners::{PollState, Reckoning, VoteOutcome},
    place::PlaceCode,
};
use jiff::civil::Date;
use platform::{act::Op, error::Stop};
use sea_orm::ConnectionTrait;

use super::{
    queries::{PollLine, lines, reckoning},
    store::poll::{self, Shown, row},
};

/// What everybody may know of a poll that was announced: never who voted, nor what.
#[derive(Debug, Clone)]
pub struct PublicPoll {
    /// As in lists.
    pub line: PollLine,
    /// The result, once it is published: the count line by line, and what it came to.
    pub result: Option<(Vec<Reckoning>, VoteOutcome)>,
}

fn public(line: PollLine) -> Option<PublicPoll> {
    line.row.announced_at?;
    let is_published = matches!(line.state, PollState::ResultPublished | PollState::Filed);
    let result = reckoning(&line.row).filter(|_| is_published);
    // What is counted and not published yet is nobody's business.
    let state = if line.state == PollState::Tallied { PollState::Closed } else { line.state };
    Some(PublicPoll { line: PollLine { state, ..line }, result })
}

/// Polls of a branch's compounds that were announced, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn public_polls(op: &Op, branch: &PlaceCode) -> Result<Vec<PublicPoll>, Stop> {
    let rows = poll::page_of(op.reader(), branch, Shown::All, 0, MOST_PUBLIC).await?;
    Ok(lines(op.reader(), rows, op.now()).await?.into_iter().filter_map(public).collect())
}

/// Polls on a public list.
const MOST_PUBLIC: u64 = 50;

/// One poll that was announced.
///
/// # Errors
/// [`Stop::Missing`] when there is none.
pub async fn public_poll(op: &Op, id: PollId) -> Result<PublicPoll, Stop> {
    let row = poll::poll(op.reader(), id).await?.ok_or(Stop::Missing)?;
    let line = lines(op.reader(), vec![row], op.now()).await?.pop().ok_or(Stop::Missing)?;
    public(line).ok_or(Stop::Missing)
}

/// How a poll stands, for matters that wait for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollStanding {
    /// Its title.
    pub title: String,
    /// The branch.
    pub place: PlaceCode,
    /// Where it stands now.
    pub state: PollState,
    /// What it came to, once it is counted.
    pub outcome: Option<VoteOutcome>,
    /// The first day of voting.
    pub opens_on: Date,
    /// The last day of voting.
    pub closes_on: Date,
    /// The day its result was published.
    pub published_on: Option<Date>,
}

/// How the poll `id` stands at `now`; `None` when there is none.
///
/// # Errors
/// When the database cannot be read.
pub async fn poll_standing(db: &impl ConnectionTrait, id: PollId, now: Instant) -> Result<Option<PollStanding>, Stop> {
    let standing = |row: row::Model| PollStanding {
        state: row.poll().state_at(now),
        title: row.title,
        place: row.place.0,
        outcome: row.outcome.map(|outcome| outcome.0),
        opens_on: row.opens_on.0,
        closes_on: row.closes_on.0,
        published_on: row.published_on.map(|day| day.0),
    };
    Ok(poll::poll(db, id).await?.map(standing))
}
