//! What pages, the portal and other modules read of voices. Who spoke is no part of any of it.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    clock::{Instant, chinese_date},
    ids::{VoiceId, VoicePhotoId},
    permission::Deed,
    place::PlaceCode,
    selection::query_code::QueryCode,
    voice::{Desk, VoiceState, VoiceStep},
};
use platform::{act::Op, db::column::Text, error::Stop, shell::TimelineEntry};
use sea_orm::ConnectionTrait;

use super::{
    calls::store as call,
    store::{
        entry, photo, piece, same,
        voice::{self, VoiceFilter, row},
    },
    texts::store as text,
};
use crate::places;

/// Days for which neighbours see what is settled.
const SHOWN_DAYS: i64 = 30;
/// Voices that one may be merged with.
const ALIKE: u64 = 30;
/// Lines of the neighbours' list.
const SHOWN: u64 = 100;

/// The names of the desks over a place.
#[derive(Debug, Clone, Default)]
pub struct Desks(BTreeMap<PlaceCode, String>);

impl Desks {
    /// Those over these places.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn over(db: &impl ConnectionTrait, codes: impl Iterator<Item = &PlaceCode>) -> Result<Self, Stop> {
        let line = |code: &PlaceCode| Desk::ALL.iter().filter_map(|desk| code.at(desk.level())).collect::<Vec<_>>();
        let codes: BTreeSet<PlaceCode> = codes.flat_map(line).collect();
        let named = |(code, name): (String, String)| Some((code.parse().ok()?, name));
        Ok(Self(places::names(db, codes).await?.into_iter().filter_map(named).collect()))
    }

    /// Who sits at `desk` over `place`, as people say it.
    #[must_use]
    pub fn name(&self, place: &PlaceCode, desk: Desk) -> String {
        let name = place.at(desk.level()).and_then(|code| self.0.get(&code));
        name.cloned().unwrap_or_else(|| desk.label().to_owned())
    }

    /// The name of `place` itself.
    #[must_use]
    pub fn of(&self, place: &PlaceCode) -> String {
        self.0.get(place).cloned().unwrap_or_default()
    }
}

/// A voice in an officer's list.
#[derive(Debug, Clone)]
pub struct VoiceLine {
    /// The row.
    pub row: row::Model,
    /// The branch, or the community for a report.
    pub place: String,
    /// At which desk it lies.
    pub desk: String,
}

/// Voices at or under `place`, the newest first.
///
/// # Errors
/// As the permission table says.
pub async fn voices(
    op: &Op,
    place: &PlaceCode,
    filter: &VoiceFilter,
    offset: u64,
    most: u64,
) -> Result<Vec<VoiceLine>, Stop> {
    op.permit(Deed::ViewVoice, place)?;
    let rows = voice::page_of(op.reader(), place, filter, offset, most).await?;
    lines(op.reader(), rows).await
}

/// Rows with the names around them.
pub(super) async fn lines(db: &impl ConnectionTrait, rows: Vec<row::Model>) -> Result<Vec<VoiceLine>, Stop> {
    let desks = Desks::over(db, rows.iter().map(|row| &row.place.0)).await?;
    let line =
        |row: row::Model| VoiceLine { place: desks.of(&row.place.0), desk: desks.name(&row.place.0, row.desk.0), row };
    Ok(rows.into_iter().map(line).collect())
}

/// How many voices stand where.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// By state and desk, those that are over left out.
    pub by_state: Vec<(VoiceState, Desk, u64)>,
    /// Open ones past their deadline.
    pub late: u64,
}

impl Counts {
    /// Those of which `is_meant` says yes.
    #[must_use]
    pub fn of(&self, is_meant: impl Fn(VoiceState, Desk) -> bool) -> u64 {
        self.by_state.iter().filter(|(state, desk, _)| is_meant(*state, *desk)).map(|(.., count)| count).sum()
    }
}

/// How many voices at or under `place` stand where.
///
/// # Errors
/// When the database cannot be read.
pub async fn counts(op: &Op, place: &PlaceCode, filter: &VoiceFilter) -> Result<Counts, Stop> {
    let db = op.reader();
    let by_state = voice::counts(db, place, filter).await?;
    Ok(Counts { by_state, late: voice::late(db, place, filter, op.now()).await? })
}

/// What an officer reads of one voice.
#[derive(Debug, Clone)]
pub struct VoiceFile {
    /// As in lists.
    pub line: VoiceLine,
    /// The names of the desks over it.
    pub desks: Desks,
    /// The compound, where it is known.
    pub compound: String,
    /// What happened, the newest first.
    pub history: Vec<TimelineEntry>,
    /// Its photos, the oldest first.
    pub photos: Vec<photo::row::Model>,
    /// Those about the same that follow it, the oldest first.
    pub followers: Vec<row::Model>,
    /// Who was called in, the oldest first.
    pub calls: Vec<call::row::Model>,
    /// The pieces that were split off, in their order.
    pub pieces: Vec<row::Model>,
    /// What was sent to the telephone of who spoke, the newest first.
    pub texts: Vec<text::row::Model>,
}

/// The voice `id`.
///
/// # Errors
/// As the permission table says.
pub async fn voice(op: &Op, id: VoiceId) -> Result<VoiceFile, Stop> {
    let db = op.reader();
    let row = voice::voice(db, id).await?.ok_or(Stop::Missing)?;
    op.permit(Deed::ViewVoice, &row.place.0)?;
    let desks = Desks::over(db, std::iter::once(&row.place.0)).await?;
    let compound = compound_of(db, &row).await?;
    let entries = entry::of_voice(db, id).await?;
    let told = |entry: entry::row::Model| TimelineEntry {
        at: entry.at.0.to_string(),
        who: if entry.signed.is_empty() { "反映人".to_owned() } else { entry.signed },
        what: entry.step.0.label().to_owned(),
        note: entry.words,
    };
    let history = entries.into_iter().rev().map(told).collect();
    let line = lines(db, vec![row]).await?.pop().ok_or(Stop::Missing)?;
    let photos = photo::of_voice(db, id).await?;
    let followers = same::followers(db, std::iter::once(id)).await?;
    let calls = call::of_voice(db, id).await?;
    let pieces = piece::of_voice(db, id).await?;
    let texts = text::of_voice(db, id).await?;
    Ok(VoiceFile { line, desks, compound, history, photos, followers, calls, pieces, texts })
}

/// What is worked on at the place of `row` and may be the same, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn alike(op: &Op, row: &row::Model) -> Result<Vec<row::Model>, Stop> {
    same::alike(op.reader(), row, ALIKE).await
}

async fn compound_of(db: &impl ConnectionTrait, row: &row::Model) -> Result<String, Stop> {
    let Some(id) = row.compound_id else { return Ok(String::new()) };
    // A report lies at the community, its compound at one of the branches there.
    let known = places::compounds_under(db, &row.place.0).await?;
    Ok(known.into_iter().find(|compound| compound.id == id).map(|compound| compound.name).unwrap_or_default())
}

/// What whoever has the code learns: everything but who spoke and what officers note for themselves.
#[derive(Debug, Clone)]
pub struct Followed {
    /// 类型.
    pub kind: &'static str,
    /// 事项.
    pub topic: &'static str,
    /// What was said.
    pub text: String,
    /// Where.
    pub spot: String,
    /// Compound, or branch where it is not known.
    pub place: String,
    /// When it came.
    pub received_at: Instant,
    /// How it stands.
    pub state: VoiceState,
    /// Since when.
    pub state_since: Instant,
    /// At which desk.
    pub desk: String,
    /// Until when the step that waits is due.
    pub due: Option<Instant>,
    /// Whether something is asked that was not answered yet.
    pub question: Option<String>,
    /// What happened, the newest first.
    pub history: Vec<TimelineEntry>,
    /// How many photos came with it.
    pub sent_photos: usize,
    /// Photos that an officer has shown.
    pub photos: Vec<VoicePhotoId>,
    /// Whether it waits for what the resident says of it.
    pub can_rate: bool,
    /// Whether it may be worked on again.
    pub can_reopen: bool,
    /// How the one about the same stands that it follows.
    pub merged: Option<Leader>,
    /// What it was split into, each with what it is about.
    pub pieces: Vec<(&'static str, Leader)>,
}

/// What is known of a voice to who follows it with one about the same, or of a piece: how it stands, and nothing that was said.
#[derive(Debug, Clone)]
pub struct Leader {
    /// How it stands.
    pub state: VoiceState,
    /// Since when.
    pub state_since: Instant,
    /// At which desk.
    pub desk: String,
}

/// The voice that was given `code`; `None` when there is none.
///
/// # Errors
/// When the database cannot be read.
pub async fn voice_by_code(op: &Op, code: &QueryCode) -> Result<Option<Followed>, Stop> {
    let db = op.reader();
    let index = op.floor.keys.index(code.letters());
    let Some(row) = voice::by_index(db, &index).await? else { return Ok(None) };
    let desks = Desks::over(db, std::iter::once(&row.place.0)).await?;
    let compound = compound_of(db, &row).await?;
    let mut entries = entry::of_voice(db, row.id.0).await?;
    entries.retain(|entry| !entry.step.0.is_inside());
    let ends = |step| matches!(step, VoiceStep::Asked | VoiceStep::Added | VoiceStep::Finished | VoiceStep::Reopened);
    let spoken = entries.iter().rfind(|entry| ends(entry.step.0));
    let question = spoken.filter(|entry| entry.step.0 == VoiceStep::Asked).map(|entry| entry.words.clone());
    let told = |entry: entry::row::Model| TimelineEntry {
        at: entry.at.0.to_string(),
        // Which desk, and no officer's name.
        who: match entry.desk {
            Some(desk) => desks.name(&row.place.0, desk.0),
            None if entry.signed.is_empty() => "反映人".to_owned(),
            None => entry.signed,
        },
        what: entry.step.0.label().to_owned(),
        note: entry.words,
    };
    let voice = row.voice();
    let photos = photo::of_voice(db, row.id.0).await?;
    let leader = match row.merged_into {
        Some(Text(leader)) => voice::voice(db, leader).await?,
        None => None,
    };
    let stands = |row: &row::Model| Leader {
        state: row.state.0,
        state_since: row.state_since.0,
        desk: desks.name(&row.place.0, row.desk.0),
    };
    let pieces = piece::of_voice(db, row.id.0).await?;
    Ok(Some(Followed {
        merged: leader.as_ref().map(stands),
        pieces: pieces.iter().map(|piece| (piece.topic.0.label(), stands(piece))).collect(),
        kind: voice.kind.label(),
        topic: row.topic.0.label(),
        place: if compound.is_empty() { desks.of(&row.place.0) } else { compound },
        received_at: voice.received_at,
        state: voice.state,
        state_since: voice.state_since,
        desk: desks.name(&row.place.0, voice.desk),
        due: row.due_at.map(|due| due.0),
        question,
        history: entries.into_iter().rev().map(told).collect(),
        sent_photos: photos.iter().filter(|photo| photo.desk.is_none()).count(),
        photos: photos.iter().filter(|photo| photo.is_public).map(|photo| photo.id.0).collect(),
        can_rate: voice.state == VoiceState::Done,
        can_reopen: voice.reopen("重办", op.now()).is_ok(),
        text: row.text,
        spot: row.spot,
    }))
}

/// What neighbours may know of a voice: neither what was said, nor where exactly, nor by whom.
#[derive(Debug, Clone)]
pub struct PublicVoice {
    /// The voice.
    pub id: VoiceId,
    /// How many have said it, those that follow it included.
    pub voicers: usize,
    /// 事项.
    pub topic: &'static str,
    /// The day it came.
    pub received_on: String,
    /// How it stands.
    pub state: VoiceState,
    /// At which desk.
    pub desk: String,
    /// The day since when it stands so.
    pub since: String,
    /// Photos that an officer has shown.
    pub photos: Vec<VoicePhotoId>,
}

/// What is open at a branch's compounds, and what was settled in the last month, the newest first. Reports are not among
/// them.
///
/// # Errors
/// When the database cannot be read.
pub async fn public_voices(op: &Op, branch: &PlaceCode) -> Result<Vec<PublicVoice>, Stop> {
    let db = op.reader();
    let rows = voice::of_branch(db, branch, op.now().plus_days(-SHOWN_DAYS), SHOWN).await?;
    let shown = photo::public_of(db, rows.iter().map(|row| row.id.0)).await?;
    let photos_of = |voice| shown.iter().filter(|it| it.voice_id == voice).map(|it| it.id.0).collect();
    let followers = same::followers(db, rows.iter().map(|row| row.id.0)).await?;
    let following = |id| followers.iter().filter(|it| it.merged_into == Some(id)).count();
    let line = |line: VoiceLine| PublicVoice {
        id: line.row.id.0,
        voicers: 1 + following(line.row.id),
        photos: photos_of(line.row.id),
        topic: line.row.topic.0.label(),
        received_on: chinese_date(line.row.received_at.0.date()),
        state: line.row.state.0,
        desk: line.desk,
        since: chinese_date(line.row.state_since.0.date()),
    };
    Ok(lines(db, rows).await?.into_iter().map(line).collect())
}

/// What is worked on already, as many as are shown before one speaks.
const SAME: usize = 10;

/// What a branch works on now, the newest first, for who is about to say the same.
///
/// # Errors
/// When the database cannot be read.
pub async fn open_voices(op: &Op, branch: &PlaceCode) -> Result<Vec<PublicVoice>, Stop> {
    let mut open = public_voices(op, branch).await?;
    open.retain(|voice| voice.state.is_open());
    open.truncate(SAME);
    Ok(open)
}

/// The same with its words, for the officer who enters one.
///
/// # Errors
/// As the permission table says.
pub async fn worked_on(op: &Op, branch: &PlaceCode) -> Result<Vec<row::Model>, Stop> {
    op.permit(Deed::ViewVoice, branch)?;
    let mut rows = voice::of_branch(op.reader(), branch, op.now(), SHOWN).await?;
    rows.retain(|row| row.state.0.is_open());
    rows.truncate(SAME);
    Ok(rows)
}
