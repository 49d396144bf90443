//! What everybody may read of deliberation: never who gave a view, what was said in it, or who sat in a session.

use domain::{
    clock::chinese_date,
    deliberation::{DeliberationState, DeliberationStep, Ratings},
    ids::{DeliberationId, PollId},
    place::PlaceCode,
};
use platform::{act::Op, error::Stop};

use super::{
    pages::since_words,
    queries::{ThreadLine, counted, lines, ratings},
    store::{
        parts::{self, milestone},
        photo,
        thread::{self, ThreadFilter, states},
    },
};

/// A matter in the public list.
#[derive(Debug, Clone)]
pub struct PublicMatter {
    /// Identifier.
    pub id: DeliberationId,
    /// What it is called.
    pub title: String,
    /// The compound.
    pub compound: String,
    /// Where it stands.
    pub state: DeliberationState,
    /// That in words.
    pub label: &'static str,
    /// Since when, in words.
    pub since: String,
    /// What comes next, in words.
    pub next: &'static str,
    /// Whether views are collected now.
    pub hears: bool,
}

/// One matter as everybody reads it.
#[derive(Debug, Clone)]
pub struct PublicThread {
    /// As in lists.
    pub matter: PublicMatter,
    /// As inside.
    pub line: ThreadLine,
    /// How many views there are.
    pub views: u64,
    /// The owners' vote.
    pub poll: Option<PollId>,
    /// How the decision is carried out; empty before it is published.
    pub milestones: Vec<milestone::Model>,
    /// The photos of it that residents may see.
    pub photos: Vec<photo::row::Model>,
    /// What residents said of what was done; `None` before they were asked, and while they are.
    pub ratings: Option<Ratings>,
    /// Whether they are asked now.
    pub is_rated: bool,
    /// Why it was given up; empty where it was not.
    pub ended: String,
}

/// Matters on a public list.
const MOST: u64 = 50;

fn matter(op: &Op, line: &ThreadLine) -> PublicMatter {
    let thread = line.row.thread();
    PublicMatter {
        id: line.row.id.0,
        title: line.row.title.clone(),
        compound: line.compound.clone(),
        state: thread.state,
        label: thread.label(op.now()),
        since: since_words(&thread),
        next: thread.state.next_for_residents(),
        hears: thread.hears(op.now()),
    }
}

/// The matters of a branch that were taken up, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn public_matters(op: &Op, branch: &PlaceCode) -> Result<Vec<PublicMatter>, Stop> {
    let filter = ThreadFilter { states: states(DeliberationState::is_public), year: None };
    let rows = thread::page_of(op.reader(), branch, &filter, 0, MOST).await?;
    Ok(lines(op.reader(), rows).await?.iter().map(|line| matter(op, line)).collect())
}

/// One matter that was taken up.
///
/// # Errors
/// [`Stop::Missing`] when there is none.
pub async fn public_thread(op: &Op, id: DeliberationId) -> Result<PublicThread, Stop> {
    let db = op.reader();
    let row = thread::thread(db, id).await?.filter(|row| row.state.0.is_public()).ok_or(Stop::Missing)?;
    let state = row.state.0;
    let ratings = ratings(db, &row).await?;
    let is_rated = row.thread().is_rated(op.now());
    let line = lines(db, vec![row]).await?.pop().ok_or(Stop::Missing)?;
    let ended = if state == DeliberationState::Ended {
        let entries = parts::entries_of(db, id).await?;
        let last = entries.into_iter().rev().find(|entry| entry.step.0 == DeliberationStep::Ended);
        last.map(|entry| entry.words).unwrap_or_default()
    } else {
        String::new()
    };
    let mut photos = if state.is_published() { photo::of_thread(db, id).await? } else { Vec::new() };
    photos.retain(|photo| photo.is_public);
    Ok(PublicThread {
        photos,
        matter: matter(op, &line),
        views: parts::count_views(db, id).await?,
        poll: line.row.poll_id.map(|poll| poll.0),
        milestones: if state.is_published() { parts::milestones_of(db, id).await? } else { Vec::new() },
        // From one look to the next nobody learns what a neighbour said just now.
        ratings: (line.row.rates_from.is_some() && !is_rated).then_some(counted(&ratings)),
        is_rated,
        ended,
        line,
    })
}

impl PublicThread {
    /// When and where the parties sit together next, or sat last, in words; empty before it is announced.
    #[must_use]
    pub fn session(&self) -> String {
        let row = &self.line.row;
        let words = |day| format!("{}{}，{}", chinese_date(day), row.session_time, row.venue);
        row.session_on.map(|day| words(day.0)).unwrap_or_default()
    }
}
