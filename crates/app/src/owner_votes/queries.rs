//! What pages, the portal and other modules read of polls. Names come masked, and no page learns a telephone number.

use std::collections::BTreeMap;

use domain::{
    clock::Instant,
    ids::{BallotId, PollId, PollOwnerId},
    owners::{Choice, Nature, PollState, Reckoning, VoteOutcome, mask_names, reckon},
    permission::Deed,
    place::PlaceCode,
};
use platform::{act::Op, error::Stop, shell::TimelineEntry};
use sea_orm::ConnectionTrait;

use super::{
    actions::{PollDraft, ballot_choice},
    progress::{Progress, Typed, progress, typed},
    store::{
        ballot, call, code,
        poll::{self, Shown, row},
        register::{self, owner, unit},
    },
};
use crate::{audit_log, places};

/// A poll in a list.
#[derive(Debug, Clone)]
pub struct PollLine {
    /// The row.
    pub row: row::Model,
    /// Where it stands now.
    pub state: PollState,
    /// The branch.
    pub place: String,
    /// The compound.
    pub compound: String,
}

pub(super) async fn lines(
    db: &impl ConnectionTrait,
    rows: Vec<row::Model>,
    now: Instant,
) -> Result<Vec<PollLine>, Stop> {
    let mut branches: Vec<PlaceCode> = rows.iter().map(|row| row.place.0.clone()).collect();
    branches.sort();
    branches.dedup();
    let names = places::names(db, branches.iter().cloned().collect()).await?;
    let compounds = places::compounds_of(db, &branches).await?;
    let line = |row: row::Model| {
        let compound = compounds.iter().find(|compound| compound.id == row.compound_id);
        PollLine {
            state: row.poll().state_at(now),
            place: names.get(row.place.0.as_str()).cloned().unwrap_or_default(),
            compound: compound.map(|compound| compound.name.clone()).unwrap_or_default(),
            row,
        }
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Polls at or under `place`, the newest first, with how many there are.
///
/// # Errors
/// As the permission table says.
pub async fn polls(
    op: &Op,
    place: &PlaceCode,
    shown: Shown,
    offset: u64,
    most: u64,
) -> Result<(Vec<PollLine>, u64), Stop> {
    op.permit(Deed::ViewPoll, place)?;
    let db = op.reader();
    let rows = poll::page_of(db, place, shown, offset, most).await?;
    Ok((lines(db, rows, op.now()).await?, poll::count(db, place, shown).await?))
}

/// What an officer reads of one poll.
#[derive(Debug, Clone)]
pub struct PollFile {
    /// As in lists.
    pub line: PollLine,
    /// The register before it is frozen.
    pub typed: Option<Typed>,
    /// How far the voting is, once the register is frozen.
    pub progress: Option<Progress>,
    /// The count, once there is one.
    pub reckoning: Vec<Reckoning>,
    /// Owners to be called back, and how many were.
    pub calls: (usize, usize),
    /// The poll that this one repeats.
    pub former: Option<(PollId, String)>,
    /// The polls that repeat this one.
    pub repeated_by: Vec<(PollId, String)>,
    /// What happened, the newest first.
    pub history: Vec<TimelineEntry>,
}

/// The poll `id`, if the office in use may do `deed` there.
pub(super) async fn line_for(op: &Op, id: PollId, deed: Deed) -> Result<PollLine, Stop> {
    let row = poll::poll(op.reader(), id).await?.ok_or(Stop::Missing)?;
    op.permit(deed, &row.place.0)?;
    lines(op.reader(), vec![row], op.now()).await?.pop().ok_or(Stop::Missing)
}

/// The poll `id`.
///
/// # Errors
/// As the permission table says.
pub async fn poll_file(op: &Op, id: PollId) -> Result<PollFile, Stop> {
    let db = op.reader();
    let line = line_for(op, id, Deed::ViewPoll).await?;
    let row = &line.row;
    let is_prepared = line.state == PollState::Prepared;
    let titled = |row: row::Model| (row.id.0, format!("{}（{}）", row.title, row.poll().state_at(op.now()).label()));
    let former = match row.former_id {
        Some(former) => poll::poll(db, former.0).await?.map(titled),
        None => None,
    };
    let calls = call::of_poll(db, id).await?;
    Ok(PollFile {
        typed: if is_prepared { Some(typed(op, row).await?) } else { None },
        progress: if is_prepared { None } else { Some(progress(db, row).await?) },
        reckoning: reckoning(row).map(|(lines, _)| lines).unwrap_or_default(),
        calls: (calls.len(), calls.iter().filter(|call| call.result.is_some()).count()),
        former,
        repeated_by: poll::repeating(db, id).await?.into_iter().map(titled).collect(),
        history: audit_log::history(db, &id.to_string()).await?,
        line,
    })
}

/// The count of a poll line by line; `None` before there is one.
#[must_use]
pub fn reckoning(row: &row::Model) -> Option<(Vec<Reckoning>, VoteOutcome)> {
    row.outcome?;
    reckon(row.matter.0.majority(), row.vote()).ok()
}

/// A unit in a register's list.
#[derive(Debug, Clone)]
pub struct UnitLine {
    /// The row.
    pub row: unit::Model,
    /// The owner, masked.
    pub owner: String,
    /// Whether there is a telephone number.
    pub has_phone: bool,
}

/// The units of a poll, in the order of the register.
///
/// # Errors
/// As the permission table says.
pub async fn register_of(op: &Op, id: PollId) -> Result<(PollLine, Vec<UnitLine>), Stop> {
    let line = line_for(op, id, Deed::ViewPollOwners).await?;
    let mut units = Vec::new();
    for row in register::units(op.reader(), id).await? {
        let names = op.floor.keys.open(&row.names_sealed)?;
        units.push(UnitLine { owner: mask_names(&names, row.kind.0), has_phone: row.phone_sealed.is_some(), row });
    }
    Ok((line, units))
}

/// An owner in a list.
#[derive(Debug, Clone)]
pub struct OwnerLine {
    /// The row.
    pub row: owner::Model,
    /// The names, masked.
    pub owner: String,
    /// Where their units are.
    pub addresses: String,
    /// The buildings of these.
    pub buildings: Vec<String>,
    /// The ballot that counts.
    pub ballot: Option<BallotLine>,
}

/// A ballot as pages show it.
#[derive(Debug, Clone)]
pub struct BallotLine {
    /// The row.
    pub row: ballot::row::Model,
    /// What it says, where that may be shown.
    pub choice: Option<Choice>,
}

fn ballot_line(op: &Op, poll: &row::Model, row: ballot::row::Model) -> Result<BallotLine, Stop> {
    // Of a secret poll nobody reads a ballot again, whoever entered it.
    let choice = match poll.nature.0 {
        Nature::Named => Some(ballot_choice(&op.floor.keys, &row)?),
        Nature::Secret => None,
    };
    Ok(BallotLine { row, choice })
}

/// The owners of a poll by their numbers; empty before the register is frozen.
///
/// # Errors
/// As the permission table says.
pub async fn owners_of_poll(op: &Op, id: PollId) -> Result<(PollLine, Vec<OwnerLine>), Stop> {
    let line = line_for(op, id, Deed::ViewPollOwners).await?;
    let db = op.reader();
    let mut units: BTreeMap<PollOwnerId, Vec<unit::Model>> = BTreeMap::new();
    for unit in register::units(db, id).await? {
        if let Some(owner) = unit.owner_id {
            units.entry(owner.0).or_default().push(unit);
        }
    }
    let mut ballots: BTreeMap<BallotId, ballot::row::Model> =
        ballot::of_poll(db, id).await?.into_iter().map(|ballot| (ballot.id.0, ballot)).collect();
    // Before it is counted a list of what everybody voted would be the count.
    let is_counted = line.row.outcome.is_some();
    let shown = |ballot| {
        let ballot = ballot_line(op, &line.row, ballot)?;
        Ok::<_, Stop>(BallotLine { choice: ballot.choice.filter(|_| is_counted), ..ballot })
    };
    let mut owners = Vec::new();
    for row in register::owners(db, id).await? {
        let own = units.remove(&row.id.0).unwrap_or_default();
        let standing = row.ballot_id.and_then(|id| ballots.remove(&id.0));
        let mut buildings: Vec<String> = own.iter().map(|unit| unit.building.clone()).collect();
        buildings.dedup();
        owners.push(OwnerLine {
            owner: mask_names(&op.floor.keys.open(&row.names_sealed)?, row.kind.0),
            addresses: own.iter().map(unit::Model::address).collect::<Vec<_>>().join("、"),
            buildings,
            ballot: standing.map(shown).transpose()?,
            row,
        });
    }
    Ok((line, owners))
}

/// One owner with units and ballots.
#[derive(Debug, Clone)]
pub struct OwnerFile {
    /// The poll.
    pub poll: PollLine,
    /// The row.
    pub row: owner::Model,
    /// The names, masked.
    pub owner: String,
    /// The units.
    pub units: Vec<unit::Model>,
    /// All ballots, the oldest first.
    pub ballots: Vec<BallotLine>,
    /// The code that was given out to vote over the net.
    pub code: Option<code::row::Model>,
}

/// The owner `owner` of the poll `id`.
///
/// # Errors
/// As the permission table says.
pub async fn owner_file(op: &Op, id: PollId, owner: PollOwnerId) -> Result<OwnerFile, Stop> {
    let poll = line_for(op, id, Deed::ViewPollOwners).await?;
    let db = op.reader();
    let row = register::owner(db, owner).await?.filter(|owner| owner.poll_id.0 == id).ok_or(Stop::Missing)?;
    let ballots = ballot::of_owner(db, id, owner).await?;
    let ballots = ballots.into_iter().map(|ballot| ballot_line(op, &poll.row, ballot)).collect::<Result<_, _>>()?;
    Ok(OwnerFile {
        owner: mask_names(&op.floor.keys.open(&row.names_sealed)?, row.kind.0),
        units: register::units_of(db, owner).await?,
        code: code::of_owner(db, owner).await?,
        row,
        ballots,
        poll,
    })
}

/// An owner to be called back.
#[derive(Debug, Clone)]
pub struct CallLine {
    /// The row.
    pub row: call::row::Model,
    /// The owner.
    pub owner: OwnerLine,
}

/// The owners to be called back, by their numbers.
///
/// # Errors
/// As the permission table says.
pub async fn calls_of(op: &Op, id: PollId) -> Result<(PollLine, Vec<CallLine>), Stop> {
    let (line, owners) = owners_of_poll(op, id).await?;
    let mut owners: BTreeMap<PollOwnerId, OwnerLine> =
        owners.into_iter().map(|owner| (owner.row.id.0, owner)).collect();
    let calls = call::of_poll(op.reader(), id).await?.into_iter();
    let calls = calls.filter_map(|row| Some(CallLine { owner: owners.remove(&row.owner_id.0)?, row })).collect();
    Ok((line, calls))
}

/// The scan of a ballot: its hash and its name.
///
/// # Errors
/// As the permission table says; [`Stop::Missing`] when there is none.
pub async fn scan_of(op: &Op, id: PollId, ballot: BallotId) -> Result<(String, String), Stop> {
    line_for(op, id, Deed::ViewPollOwners).await?;
    let kept = ballot::ballot(op.reader(), ballot).await?.filter(|kept| kept.poll_id.0 == id).ok_or(Stop::Missing)?;
    Ok((kept.blob_hash.ok_or(Stop::Missing)?, kept.file_name))
}

/// Whose ballot it is.
pub(super) async fn owner_of_ballot(op: &Op, id: PollId, ballot: BallotId) -> Result<PollOwnerId, Stop> {
    let kept = ballot::ballot(op.reader(), ballot).await?.filter(|kept| kept.poll_id.0 == id);
    Ok(kept.ok_or(Stop::Missing)?.owner_id.0)
}

/// What is typed of a poll, and the version it was read with.
///
/// # Errors
/// As the permission table says.
pub async fn poll_draft(op: &Op, id: PollId) -> Result<(PollDraft, i32), Stop> {
    let row = line_for(op, id, Deed::PreparePoll).await?.row;
    Ok((PollDraft::of(&row), row.version))
}
