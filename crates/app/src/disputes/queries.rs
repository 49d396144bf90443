//! What pages and other modules read of mediation. Others get counts and states, and never a word of what is said.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    clock::Instant,
    dispute::{DisputeRefusal, DisputeState, DisputeTally, ItemOutcome, must_be_free},
    ids::{AgreementItemId, DisputeId},
    permission::Deed,
    place::{Level, PlaceCode},
    voice::Desk,
};
use platform::{act::Op, actor::Officer, error::Stop, shell::TimelineEntry};
use sea_orm::ConnectionTrait;

use super::{
    sealed::{self, Party, Terms, Told},
    store::{
        dispute::{self, DisputeFilter, row},
        parts,
    },
};
use crate::{places, voices::Desks};

/// What an officer may do with a file, whatever the table of permissions says of their kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Whether it lies at their desk.
    pub is_here: bool,
    /// Whether they read what it holds.
    pub can_read: bool,
    /// Why they may not mediate, where they may not.
    pub barred: Option<DisputeRefusal>,
}

impl Standing {
    /// Of an officer with a file between `parties`.
    pub(super) fn of(officer: &Officer, row: &row::Model, parties: &[Party], stands_back: bool) -> Self {
        let (file, desk) = (row.dispute(), Desk::at(officer.office.place.level()));
        let names = parties.iter().map(|party| party.name.as_str());
        let barred = must_be_free(&officer.name, stands_back, names).err();
        Self {
            is_here: desk == Some(file.desk),
            can_read: barred.is_none() && file.is_read_at(desk, row.is_confidential),
            barred,
        }
    }
}

/// A file in a list.
#[derive(Debug, Clone)]
pub struct DisputeLine {
    /// The row.
    pub row: row::Model,
    /// The branch or the community.
    pub place: String,
    /// Which desk mediates.
    pub desk: String,
    /// The parties, masked; `None` for whoever sees where it stands and no more.
    pub parties: Option<String>,
}

impl DisputeLine {
    /// The kind, for whoever reads the file.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        if self.parties.is_some() { self.row.kind.0.label() } else { "—" }
    }
}

/// Files at or under `place`, the newest first.
///
/// # Errors
/// As the permission table says.
pub async fn disputes(
    op: &Op,
    place: &PlaceCode,
    filter: &DisputeFilter,
    offset: u64,
    most: u64,
) -> Result<Vec<DisputeLine>, Stop> {
    op.permit(Deed::ViewDispute, place)?;
    let rows = dispute::page_of(op.reader(), place, filter, offset, most).await?;
    lines(op, rows).await
}

/// How many files at or under `place` the filter finds.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(op: &Op, place: &PlaceCode, filter: &DisputeFilter) -> Result<u64, Stop> {
    dispute::count(op.reader(), place, filter).await
}

/// Rows with the names around them, and of the parties what the officer may see.
pub(super) async fn lines(op: &Op, rows: Vec<row::Model>) -> Result<Vec<DisputeLine>, Stop> {
    let (db, officer) = (op.reader(), op.actor.officer()?);
    let desks = Desks::over(db, rows.iter().map(|row| &row.place.0)).await?;
    let recusals = parts::recusals_of(db, rows.iter().map(|row| row.id.0).collect()).await?;
    let own = recusals.into_iter().filter(|it| it.account_id.0 == officer.account).map(|it| it.dispute_id.0);
    let own: BTreeSet<DisputeId> = own.collect();
    let line = |row: row::Model| {
        let parties: Vec<Party> = sealed::open(&op.floor.keys, &row.parties_sealed)?;
        let standing = Standing::of(officer, &row, &parties, own.contains(&row.id.0));
        Ok(DisputeLine {
            place: desks.of(&row.place.0),
            desk: desks.name(&row.place.0, row.desk.0),
            parties: standing.can_read.then(|| sealed::masked(&parties)),
            row,
        })
    };
    rows.into_iter().map(line).collect()
}

/// A session as it is read.
pub struct SessionTold {
    /// The number, from 1.
    pub number: i32,
    /// The day in words.
    pub held_on: String,
    /// What it came to.
    pub told: Told,
    /// Who kept it.
    pub signed: String,
}

/// Something agreed on, as it is read.
pub struct ItemTold {
    /// The row.
    pub row: parts::item::Model,
    /// What is to be done.
    pub text: String,
}

/// What a file holds, for whoever may read it.
pub struct Content {
    /// The parties; pages show them masked.
    pub parties: Vec<Party>,
    /// What it is about.
    pub matter: String,
    /// The sessions, the first first.
    pub sessions: Vec<SessionTold>,
    /// What was agreed on.
    pub terms: Option<Terms>,
    /// What is to be done of it.
    pub items: Vec<ItemTold>,
}

/// One file as its page shows it.
pub struct DisputeFile {
    /// As in lists.
    pub line: DisputeLine,
    /// What the officer may do with it.
    pub standing: Standing,
    /// What it holds; `None` for whoever sees where it stands and no more.
    pub content: Option<Content>,
    /// What happened, the newest first; without words for whoever may not read them.
    pub history: Vec<TimelineEntry>,
    /// Who stands back, by office and name.
    pub standing_back: Vec<String>,
}

/// The file `id`.
///
/// # Errors
/// As the permission table says.
pub async fn dispute(op: &Op, id: DisputeId) -> Result<DisputeFile, Stop> {
    let db = op.reader();
    let row = dispute::dispute(db, id).await?.ok_or(Stop::Missing)?;
    op.permit(Deed::ViewDispute, &row.place.0)?;
    let officer = op.actor.officer()?;
    let recusals = parts::recusals_of(db, vec![id]).await?;
    let stands_back = recusals.iter().any(|it| it.account_id.0 == officer.account);
    let parties: Vec<Party> = sealed::open(&op.floor.keys, &row.parties_sealed)?;
    let standing = Standing::of(officer, &row, &parties, stands_back);
    let content = if standing.can_read { Some(content(op, &row, parties).await?) } else { None };
    let mut history = Vec::new();
    for entry in parts::entries_of(db, id).await?.into_iter().rev() {
        let words = entry.words_sealed.as_deref().filter(|_| standing.can_read);
        history.push(TimelineEntry {
            at: entry.at.0.to_string(),
            who: entry.signed,
            what: entry.step.0.label().to_owned(),
            note: words.map(|sealed| sealed::open(&op.floor.keys, sealed)).transpose()?.unwrap_or_default(),
        });
    }
    let line = lines(op, vec![row]).await?.pop().ok_or(Stop::Missing)?;
    let standing_back = recusals.into_iter().map(|it| it.signed).collect();
    Ok(DisputeFile { line, standing, content, history, standing_back })
}

async fn content(op: &Op, row: &row::Model, parties: Vec<Party>) -> Result<Content, Stop> {
    let (db, keys, id) = (op.reader(), &op.floor.keys, row.id.0);
    let session = |row: parts::session::Model| -> Result<SessionTold, Stop> {
        Ok(SessionTold {
            number: row.number,
            held_on: domain::clock::chinese_date(row.held_on.0),
            told: sealed::open(keys, &row.told_sealed)?,
            signed: row.signed,
        })
    };
    Ok(Content {
        parties,
        matter: sealed::open(keys, &row.matter_sealed)?,
        sessions: parts::sessions_of(db, id).await?.into_iter().map(session).collect::<Result<_, Stop>>()?,
        terms: row.agreement_sealed.as_deref().map(|sealed| sealed::open(keys, sealed)).transpose()?,
        items: items(op, db, id).await?,
    })
}

/// What was agreed on in a file, opened.
pub(super) async fn items(op: &Op, db: &impl ConnectionTrait, id: DisputeId) -> Result<Vec<ItemTold>, Stop> {
    let told = |row: parts::item::Model| -> Result<ItemTold, Stop> {
        Ok(ItemTold { text: sealed::open(&op.floor.keys, &row.text_sealed)?, row })
    };
    parts::items_of(db, id).await?.into_iter().map(told).collect()
}

/// What of a file's agreement nobody has looked at yet.
///
/// # Errors
/// As the permission table says.
pub async fn items_to_check(op: &Op, id: DisputeId) -> Result<Vec<AgreementItemId>, Stop> {
    let row = dispute::dispute(op.reader(), id).await?.ok_or(Stop::Missing)?;
    op.permit(Deed::CheckPerformance, &row.place.0)?;
    let items = parts::items_of(op.reader(), id).await?;
    Ok(items.into_iter().filter(|item| item.outcome.0 == ItemOutcome::Open).map(|item| item.id.0).collect())
}

/// How a place did in a year, by counts alone.
#[derive(Debug, Clone, Default)]
pub struct PlaceTally {
    /// Its name.
    pub place: String,
    /// The counts.
    pub tally: DisputeTally,
}

fn tally(row: &row::Model, now: Instant) -> DisputeTally {
    let is_late = row.state.0 == DisputeState::Mediating && row.due_at.is_some_and(|due| due.0 <= now);
    DisputeTally::of(&row.dispute(), is_late)
}

/// What the files of a branch come to in a year: counts for its score sheet (C2).
///
/// # Errors
/// When the database cannot be read.
pub async fn tally_of_branch(
    db: &impl ConnectionTrait,
    branch: &PlaceCode,
    year: i16,
    now: Instant,
) -> Result<DisputeTally, Stop> {
    let rows = dispute::of_year(db, branch, year).await?;
    Ok(rows.iter().map(|row| tally(row, now)).fold(DisputeTally::default(), DisputeTally::and))
}

/// How the places right under `place` did in a year, in the order of the tree, and all together.
///
/// # Errors
/// As the permission table says.
pub async fn tallies_of_year(op: &Op, place: &PlaceCode, year: i16) -> Result<(Vec<PlaceTally>, PlaceTally), Stop> {
    op.permit(Deed::ViewDispute, place)?;
    let below = Desk::ALL.iter().rfind(|desk| desk.level().length() > place.level().length());
    let mut places: BTreeMap<PlaceCode, DisputeTally> = BTreeMap::new();
    let mut whole = DisputeTally::default();
    for row in dispute::of_year(op.reader(), place, year).await? {
        let tally = tally(&row, op.now());
        // A community's own lies at the community itself.
        let code = below.and_then(|desk| row.place.0.at(desk.level())).unwrap_or_else(|| row.place.0.clone());
        let sum = places.entry(code).or_default();
        *sum = sum.and(tally);
        whole = whole.and(tally);
    }
    let names = places::names(op.reader(), places.keys().cloned().collect()).await?;
    let named = |(code, tally): (PlaceCode, DisputeTally)| {
        let name = names.get(code.as_str()).cloned().unwrap_or_default();
        let is_own = place.level() == Level::Community && code == *place;
        PlaceTally { place: if is_own { format!("{name}（社区层面）") } else { name }, tally }
    };
    let whole = PlaceTally { place: "合计".to_owned(), tally: whole };
    Ok((places.into_iter().map(named).collect(), whole))
}
