//! What other modules may know of a poll: what it is about, where it stands, and its result once that is published.

use domain::{
    clock::Instant,
    ids::{CompoundId, PollId},
    owners::{Matter, PollState, VoteOutcome},
    place::PlaceCode,
};
use jiff::civil::Date;
use platform::error::Stop;
use sea_orm::ConnectionTrait;

use super::store::poll::{self, Shown, row};

/// A poll as other modules know it.
#[derive(Debug, Clone)]
pub struct PollFact {
    /// Identifier.
    pub id: PollId,
    /// What it is called.
    pub title: String,
    /// Whose owners vote.
    pub compound: CompoundId,
    /// What is voted on.
    pub matter: Matter,
    /// Where it stands now.
    pub state: PollState,
    /// What it came to, once that is published.
    pub outcome: Option<VoteOutcome>,
    /// The day the result was published.
    pub published_on: Option<Date>,
}

impl PollFact {
    fn of(row: row::Model, now: Instant) -> Self {
        let state = row.poll().state_at(now);
        let is_published = matches!(state, PollState::ResultPublished | PollState::Filed);
        Self {
            id: row.id.0,
            compound: row.compound_id.0,
            matter: row.matter.0,
            outcome: row.outcome.map(|outcome| outcome.0).filter(|_| is_published),
            published_on: row.published_on.map(|day| day.0),
            title: row.title,
            state,
        }
    }

    /// Where it stands in words, with its result once that is published.
    #[must_use]
    pub fn words(&self) -> &'static str {
        self.outcome.map_or(self.state.label(), VoteOutcome::label)
    }
}

/// The poll `id`.
///
/// # Errors
/// When the database cannot be read.
pub async fn poll_fact(db: &impl ConnectionTrait, id: PollId, now: Instant) -> Result<Option<PollFact>, Stop> {
    Ok(poll::poll(db, id).await?.map(|row| PollFact::of(row, now)))
}

/// Polls of a branch's compound on `matter` that were not called off, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn polls_on(
    db: &impl ConnectionTrait,
    branch: &PlaceCode,
    compound: CompoundId,
    matter: Matter,
    now: Instant,
) -> Result<Vec<PollFact>, Stop> {
    let rows = poll::page_of(db, branch, Shown::All, 0, MOST).await?;
    let facts = rows.into_iter().map(|row| PollFact::of(row, now));
    let is_meant =
        |fact: &PollFact| fact.compound == compound && fact.matter == matter && fact.state != PollState::Cancelled;
    Ok(facts.filter(is_meant).collect())
}

/// Polls looked through at most.
const MOST: u64 = 200;
