//! What pages and other modules read of deliberation.

use std::collections::BTreeMap;

use domain::{
    clock::chinese_date,
    deliberation::{Party, Ratings, Stance},
    ids::{DeliberationId, DeliberationSessionId},
    meeting::{Matter, MeetingKind},
    permission::Deed,
    place::PlaceCode,
};
use platform::{act::Op, error::Stop, shell::TimelineEntry};
use sea_orm::ConnectionTrait;

use super::{
    actions::{People, opened},
    store::{
        parts::{self, milestone, rating, seat, session, view},
        photo,
        thread::{self, ThreadFilter, row},
    },
};
use crate::{
    owner_votes::{PollFact, poll_fact, polls_on},
    places,
    resolutions::{self, Resolution},
};

/// A thread in a list.
#[derive(Debug, Clone)]
pub struct ThreadLine {
    /// The row.
    pub row: row::Model,
    /// The branch.
    pub place: String,
    /// The compound.
    pub compound: String,
}

/// Rows with the names around them.
pub(super) async fn lines(db: &impl ConnectionTrait, rows: Vec<row::Model>) -> Result<Vec<ThreadLine>, Stop> {
    let mut branches: Vec<PlaceCode> = rows.iter().map(|row| row.place.0.clone()).collect();
    branches.sort();
    branches.dedup();
    let names = places::names(db, branches.iter().cloned().collect()).await?;
    let compounds = places::compounds_of(db, &branches).await?;
    let line = |row: row::Model| ThreadLine {
        place: names.get(row.place.0.as_str()).cloned().unwrap_or_default(),
        compound: compounds
            .iter()
            .find(|compound| compound.id == row.compound_id)
            .map(|compound| compound.name.clone())
            .unwrap_or_default(),
        row,
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Threads at or under `place`, the newest first.
///
/// # Errors
/// As the permission table says.
pub async fn threads(
    op: &Op,
    place: &PlaceCode,
    filter: &ThreadFilter,
    offset: u64,
    most: u64,
) -> Result<Vec<ThreadLine>, Stop> {
    op.permit(Deed::ViewDeliberation, place)?;
    let rows = thread::page_of(op.reader(), place, filter, offset, most).await?;
    lines(op.reader(), rows).await
}

/// How many threads at or under `place` the filter finds.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(op: &Op, place: &PlaceCode, filter: &ThreadFilter) -> Result<u64, Stop> {
    thread::count(op.reader(), place, filter).await
}

/// A party in a session, as it is read.
pub struct SeatTold {
    /// The row.
    pub row: seat::Model,
    /// Who came; `None` for whoever sees how many, no more.
    pub names: Option<String>,
}

/// A session as it is read.
pub struct SessionTold {
    /// The row.
    pub row: session::Model,
    /// Who chaired and came; `None` for whoever sees how many, no more.
    pub people: Option<People>,
    /// The four parties, in their order.
    pub seats: Vec<SeatTold>,
}

impl SessionTold {
    /// Who sat together, the branch by its own name.
    fn parties(&self, branch: &str) -> String {
        let there = self.seats.iter().filter(|seat| seat.row.stance.0 != Stance::Absent);
        let name = |seat: &SeatTold| match seat.row.party.0 {
            Party::Branch => branch.to_owned(),
            party => party.label().to_owned(),
        };
        there.map(name).collect::<Vec<_>>().join("、")
    }

    /// The day in words.
    #[must_use]
    pub fn held_on(&self) -> String {
        chinese_date(self.row.held_on.0)
    }
}

impl SeatTold {
    /// `赞成`, with how many came.
    #[must_use]
    pub fn stance(&self) -> String {
        match self.row.stance.0 {
            Stance::Absent => Stance::Absent.label().to_owned(),
            stance => format!("{}（{} 人到会）", stance.label(), self.row.present),
        }
    }
}

/// One thread as its page shows it.
pub struct ThreadFile {
    /// As in lists.
    pub line: ThreadLine,
    /// The views, the oldest first; never who gave them.
    pub views: Vec<view::Model>,
    /// The branch's opinion.
    pub resolution: Option<Resolution>,
    /// The sessions, the first first.
    pub sessions: Vec<SessionTold>,
    /// The owners' vote.
    pub poll: Option<PollFact>,
    /// How it is carried out.
    pub milestones: Vec<milestone::Model>,
    /// The photos of it.
    pub photos: Vec<photo::row::Model>,
    /// What residents say of what was done.
    pub ratings: Vec<rating::Model>,
    /// What happened, the newest first.
    pub history: Vec<TimelineEntry>,
}

/// The thread `id`.
///
/// # Errors
/// As the permission table says.
pub async fn thread_file(op: &Op, id: DeliberationId) -> Result<ThreadFile, Stop> {
    let db = op.reader();
    let row = thread::thread(db, id).await?.ok_or(Stop::Missing)?;
    op.permit(Deed::ViewDeliberation, &row.place.0)?;
    let resolution = match row.resolution_id {
        Some(resolution) => resolutions::resolution(db, resolution.0).await?,
        None => None,
    };
    let poll = match row.poll_id {
        Some(poll) => poll_fact(db, poll.0, op.now()).await?,
        None => None,
    };
    let entry = |entry: parts::entry::Model| TimelineEntry {
        at: entry.at.0.to_string(),
        who: entry.signed,
        what: entry.step.0.label().to_owned(),
        note: entry.words,
    };
    Ok(ThreadFile {
        views: parts::views_of(db, id).await?,
        sessions: sessions_told(op, &row).await?,
        milestones: parts::milestones_of(db, id).await?,
        photos: photo::of_thread(db, id).await?,
        ratings: ratings(db, &row).await?,
        history: parts::entries_of(db, id).await?.into_iter().rev().map(entry).collect(),
        line: lines(db, vec![row]).await?.pop().ok_or(Stop::Missing)?,
        resolution,
        poll,
    })
}

/// What residents say of what was done, of the last time it was accepted.
pub(super) async fn ratings(db: &impl ConnectionTrait, row: &row::Model) -> Result<Vec<rating::Model>, Stop> {
    match row.rates_from {
        Some(from) => parts::ratings_of(db, row.id.0, from.0).await,
        None => Ok(Vec::new()),
    }
}

/// They counted.
pub(super) fn counted(ratings: &[rating::Model]) -> Ratings {
    ratings.iter().map(|rating| rating.said.0).fold(Ratings::default(), Ratings::and)
}

async fn sessions_told(op: &Op, row: &row::Model) -> Result<Vec<SessionTold>, Stop> {
    let db = op.reader();
    let may_read = op.can(Deed::ReadMinutes, &row.place.0);
    let sessions = parts::sessions_of(db, row.id.0).await?;
    let mut seats: BTreeMap<DeliberationSessionId, Vec<seat::Model>> = BTreeMap::new();
    for seat in parts::seats_of(db, sessions.iter().map(|session| session.id.0)).await? {
        seats.entry(seat.session_id.0).or_default().push(seat);
    }
    let mut told = Vec::new();
    for session in sessions {
        let people = if may_read { Some(opened(&op.floor.keys, &session.people_sealed)?) } else { None };
        let mut taken = seats.remove(&session.id.0).unwrap_or_default();
        taken.sort_by_key(|seat| Party::ALL.iter().position(|party| *party == seat.party.0));
        let seat =
            |row: seat::Model| SeatTold { names: people.as_ref().map(|people: &People| people.of(row.party.0)), row };
        let seats = taken.into_iter().map(seat).collect();
        told.push(SessionTold { row: session, people, seats });
    }
    Ok(told)
}

// R-DEL-01
/// Whether a resolution can be a branch's opinion on a matter: its general meeting passed it on a matter of the compound, or one
/// of no special kind.
pub(super) fn is_opinion(resolution: &Resolution) -> bool {
    let is_of_kind = resolution.matter.is_some_and(|matter| matches!(matter.0, Matter::Compound | Matter::Opinion));
    let is_general = resolution.meeting_kind.is_some_and(|kind| kind.0 == MeetingKind::General);
    resolution.has_passed() && is_of_kind && is_general
}

/// The resolutions that may be the branch's opinion on a thread, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn opinions_for(db: &impl ConnectionTrait, row: &row::Model) -> Result<Vec<Resolution>, Stop> {
    let mut passed = resolutions::passed_resolutions(db, &row.place.0).await?;
    let from = row.collects_from.map(|day| day.0);
    passed.retain(|resolution| is_opinion(resolution) && from.is_none_or(|from| resolution.decided_on.0 >= from));
    Ok(passed)
}

/// The polls that may decide on a thread, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn polls_for(op: &Op, row: &row::Model) -> Result<Vec<PollFact>, Stop> {
    match row.vote {
        Some(matter) => polls_on(op.reader(), &row.place.0, row.compound_id.0, matter.0, op.now()).await,
        None => Ok(Vec::new()),
    }
}

/// How many sessions a branch held in a year: a count for its score sheet (B5).
///
/// # Errors
/// When the database cannot be read.
pub async fn sessions_of_branch(db: &impl ConnectionTrait, branch: &PlaceCode, year: i16) -> Result<u64, Stop> {
    parts::sessions_in_year(db, branch, year).await
}

/// What a decision begins with: all that was agreed on is known already, so nobody types it twice.
#[must_use]
pub fn drafted(file: &ThreadFile) -> String {
    let Some(session) = file.sessions.last() else { return String::new() };
    let ThreadLine { row, place, compound } = &file.line;
    let opinion = file.resolution.as_ref().map(|resolution| {
        let day = chinese_date(resolution.decided_on.0);
        format!("{day}支部党员大会通过意见，")
    });
    let vote = file.poll.as_ref().filter(|poll| poll.outcome.is_some()).map(|poll| {
        let day = poll.published_on.map(chinese_date).unwrap_or_default();
        format!("，{day}公布的业主表决“{}”{}", poll.title, poll.words())
    });
    format!(
        "关于“{}”，经征集居民意见、{}{}在红色议事厅由{}共同商议{}，{compound}决定如下：\n{}\n下一步由{}负责落实，进展在小区公布。",
        row.title,
        opinion.unwrap_or_default(),
        session.held_on(),
        session.parties(place),
        vote.unwrap_or_default(),
        session.row.result,
        session.row.next_owner,
    )
}
