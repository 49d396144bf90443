//! What everybody may read of polls: never who voted, nor what.

use domain::{
    ids::PollId,
    owners::{PollState, Reckoning, VoteOutcome},
    place::PlaceCode,
};
use platform::{act::Op, error::Stop};

use super::{
    queries::{PollLine, lines, reckoning},
    store::poll::{self, Shown},
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
