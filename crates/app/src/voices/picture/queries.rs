//! The picture of a place, from counts.

use std::collections::BTreeMap;

use domain::{
    clock::Instant,
    permission::Deed,
    place::{Level, PlaceCode},
    voice::{CallState, Callee, Desk, Handled, Rate, Solved, VoiceChannel, VoiceTopic, building_of},
};
use jiff::{ToSpan as _, civil::date};
use platform::{
    act::Op,
    error::Stop,
    shell::{Chart, ChartKind, Series},
};
use sea_orm::ConnectionTrait;

use super::store::{self, Span, Sums};
use crate::{
    places,
    voices::{
        calls::{self, store::row::Model as Call},
        queries::Desks,
        store::voice::{self, VoiceFilter, row},
    },
};

/// Desks that are listed where things wait.
const DESKS: usize = 10;
/// Open voices of a compound that its buildings are coloured by.
const OPEN: u64 = 2_000;

/// How a place did in a year.
#[derive(Debug, Clone, Default)]
pub struct PlaceTally {
    /// Its code; `None` for all together.
    pub code: Option<PlaceCode>,
    /// Its name.
    pub place: String,
    /// The counts.
    pub sums: Sums,
}

fn year(year: i16) -> Span {
    (Instant::start_of(date(year, 1, 1)), Instant::end_of(date(year, 12, 31)))
}

/// How the places right under `place` did in a year, in the order of the tree, and all together.
///
/// # Errors
/// As the permission table says.
pub async fn tallies_of_year(op: &Op, place: &PlaceCode, of: i16) -> Result<(Vec<PlaceTally>, PlaceTally), Stop> {
    op.permit(Deed::ViewVoice, place)?;
    let below = Desk::ALL.iter().rfind(|desk| desk.level().length() > place.level().length());
    let mut places: BTreeMap<PlaceCode, Sums> = BTreeMap::new();
    let mut whole = Sums::default();
    for (code, sums) in store::sums(op.reader(), place, year(of), op.now(), None).await? {
        // A report lies at the community itself.
        let code = below.and_then(|desk| code.at(desk.level())).unwrap_or(code);
        let sum = places.entry(code).or_default();
        *sum = sum.and(sums);
        whole = whole.and(sums);
    }
    let names = places::names(op.reader(), places.keys().cloned().collect()).await?;
    let named = |(code, sums): (PlaceCode, Sums)| PlaceTally {
        place: names.get(code.as_str()).cloned().unwrap_or_default(),
        code: Some(code),
        sums,
    };
    let whole = PlaceTally { code: None, place: "合计".to_owned(), sums: whole };
    Ok((places.into_iter().map(named).collect(), whole))
}

/// How the voices of a branch's compounds were seen to in a year: counts for its score sheet (B4).
///
/// # Errors
/// When the database cannot be read.
pub async fn handled_of_branch(
    db: &impl ConnectionTrait,
    branch: &PlaceCode,
    of: i16,
    now: Instant,
) -> Result<Handled, Stop> {
    let sums = store::sums(db, branch, year(of), now, None).await?;
    Ok(sums.into_iter().map(|(_, sums)| sums.handled).fold(Handled::default(), Handled::and))
}

/// How what concerns property companies was seen to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AboutProperty {
    /// The voices about property service.
    pub handled: Handled,
    /// How often a property company was called in for whatever it was, and has answered or should have.
    pub called: u64,
    /// Of those, answered in time.
    pub answered: u64,
}

/// How what concerns the property companies of a branch was seen to in a year: counts for their appraisal.
///
/// # Errors
/// When the database cannot be read.
pub async fn about_property(
    db: &impl ConnectionTrait,
    branch: &PlaceCode,
    of: i16,
    now: Instant,
) -> Result<AboutProperty, Stop> {
    let sums = store::sums(db, branch, year(of), now, Some(VoiceTopic::Property)).await?;
    let calls = calls::store::of_span(db, branch, year(of)).await?;
    let prompt = promptness(of_callee(&calls, Callee::PropertyCompany), now);
    let handled = sums.into_iter().map(|(_, sums)| sums.handled).fold(Handled::default(), Handled::and);
    Ok(AboutProperty { handled, called: prompt.whole, answered: prompt.part })
}

/// The calls of one kind of callee that were not withdrawn.
fn of_callee(calls: &[Call], callee: Callee) -> impl Iterator<Item = &Call> {
    calls.iter().filter(move |it| it.callee.0 == callee && it.state.0 != CallState::Withdrawn)
}

/// How many were answered in time, of those that were or should have been answered by now.
fn promptness<'a>(calls: impl Iterator<Item = &'a Call>, now: Instant) -> Rate {
    let (mut prompt, mut late) = (0, 0);
    for call in calls {
        late += u64::from(call.is_late(now));
        prompt += u64::from(call.state.0 == CallState::Answered && !call.is_late(now));
    }
    Rate { part: prompt, whole: prompt + late }
}

/// How many voices came which way.
#[derive(Debug, Clone, Default)]
pub struct Channels(Vec<(VoiceChannel, u64)>);

impl Channels {
    /// How many came by `channel`.
    #[must_use]
    pub fn of(&self, channel: VoiceChannel) -> u64 {
        self.0.iter().filter(|(it, _)| *it == channel).map(|(_, count)| count).sum()
    }

    fn chart(&self) -> Chart {
        let count = |channel: &VoiceChannel| i64::try_from(self.of(*channel)).unwrap_or(i64::MAX);
        Chart {
            kind: ChartKind::Bar,
            title: "从哪里来".to_owned(),
            labels: VoiceChannel::ALL.iter().map(|channel| channel.label().to_owned()).collect(),
            series: vec![Series { name: "收到".to_owned(), values: VoiceChannel::ALL.iter().map(count).collect() }],
        }
    }
}

/// How the voices of a branch's compounds came in a year: counts for its score sheet (B3).
///
/// # Errors
/// When the database cannot be read.
pub async fn channels_of_branch(db: &impl ConnectionTrait, branch: &PlaceCode, of: i16) -> Result<Channels, Stop> {
    Ok(Channels(store::channels(db, branch, year(of)).await?))
}

/// A desk at which open ones wait.
pub struct Waiting {
    /// Its name.
    pub desk: String,
    /// How many.
    pub count: u64,
    /// Since when the oldest stands as it stands.
    pub since: Instant,
}

/// How one kind of those who are called in answered in a year (R-VOI-08: both sides are looked at).
pub struct Called {
    /// Who.
    pub callee: &'static str,
    /// How often they were called; what was withdrawn is not counted.
    pub count: u64,
    /// Answered in time ÷ answered, or late.
    pub prompt: Rate,
    /// Done ÷ answered.
    pub solved: Rate,
    /// Called rightly, as they see it ÷ answered.
    pub theirs: Rate,
}

/// A building, coloured by what is open there.
pub struct Tile {
    /// Its name.
    pub name: String,
    /// How many are open.
    pub open: u64,
    /// Of those, late.
    pub late: u64,
}

/// A compound.
pub struct Compound {
    /// Its name.
    pub name: String,
    /// The buildings, in the order of the ledger, and what is elsewhere in it.
    pub tiles: Vec<Tile>,
}

/// What the page of a place shows beside the rates.
pub struct Picture {
    /// The year's months: what came, and what of it is done.
    pub course: Chart,
    /// How voices came.
    pub channels: Chart,
    /// Where the open ones wait, the longest first.
    pub waiting: Vec<Waiting>,
    /// How those who were called in answered.
    pub calls: Vec<Called>,
    /// Of a branch, its compounds.
    pub compounds: Vec<Compound>,
}

/// The picture of `place` in a year.
///
/// # Errors
/// As the permission table says.
pub async fn picture(op: &Op, place: &PlaceCode, of: i16) -> Result<Picture, Stop> {
    op.permit(Deed::ViewVoice, place)?;
    let db = op.reader();
    Ok(Picture {
        course: course(op, place, of).await?,
        channels: Channels(store::channels(db, place, year(of)).await?).chart(),
        waiting: waiting(op, place).await?,
        calls: called(op, place, of).await?,
        compounds: if place.level() == Level::Branch { compounds(op, place).await? } else { Vec::new() },
    })
}

async fn course(op: &Op, place: &PlaceCode, of: i16) -> Result<Chart, Stop> {
    let first = |month: i8| date(of, month, 1);
    let month =
        |number: i8| (Instant::start_of(first(number)), Instant::start_of(first(number).saturating_add(1.month())));
    let months: Vec<Span> = (1..=12).map(month).take_while(|(from, _)| *from <= op.now()).collect();
    let found = store::course(op.reader(), place, year(of), &months).await?;
    let values =
        |of: fn(&(u64, u64)) -> u64| found.iter().map(|it| i64::try_from(of(it)).unwrap_or(i64::MAX)).collect();
    Ok(Chart {
        kind: ChartKind::Line,
        title: "各月收到和办结".to_owned(),
        labels: (1..=months.len()).map(|month| format!("{month}月")).collect(),
        series: vec![
            Series { name: "收到".to_owned(), values: values(|(received, _)| *received) },
            Series { name: "其中已办结".to_owned(), values: values(|(_, done)| *done) },
        ],
    })
}

async fn called(op: &Op, place: &PlaceCode, of: i16) -> Result<Vec<Called>, Stop> {
    let calls = calls::store::of_span(op.reader(), place, year(of)).await?;
    let kind = |callee: &Callee| {
        let of_kind = || of_callee(&calls, *callee);
        let count = |is_meant: &dyn Fn(&Call) -> bool| of_kind().filter(|it| is_meant(it)).count() as u64;
        let answered = count(&|it| it.state.0 == CallState::Answered);
        let of_answered = |part| Rate { part, whole: answered };
        Called {
            callee: callee.label(),
            count: of_kind().count() as u64,
            prompt: promptness(of_kind(), op.now()),
            solved: of_answered(count(&|it| it.solved.is_some_and(|solved| solved.0 == Solved::Yes))),
            theirs: of_answered(count(&|it| it.is_theirs == Some(true))),
        }
    };
    Ok(Callee::ALL.iter().map(kind).filter(|line| line.count > 0).collect())
}

async fn waiting(op: &Op, place: &PlaceCode) -> Result<Vec<Waiting>, Stop> {
    let mut desks: BTreeMap<PlaceCode, (Desk, u64, Instant)> = BTreeMap::new();
    for (at, desk, count, since) in store::waiting(op.reader(), place).await? {
        let Some(code) = at.0.at(desk.0.level()) else { continue };
        let count = u64::try_from(count).unwrap_or(0);
        let (_, sum, oldest) = desks.entry(code).or_insert((desk.0, 0, since.0));
        *sum += count;
        *oldest = since.0.min(*oldest);
    }
    let mut desks: Vec<_> = desks.into_iter().collect();
    desks.sort_by_key(|(code, (_, _, oldest))| (*oldest, code.clone()));
    desks.truncate(DESKS);
    let names = Desks::over(op.reader(), desks.iter().map(|(code, _)| code)).await?;
    let named = |(code, (desk, count, since)): (PlaceCode, (Desk, u64, Instant))| Waiting {
        desk: names.name(&code, desk),
        count,
        since,
    };
    Ok(desks.into_iter().map(named).collect())
}

/// Colours the buildings by the words of the open ones; what names none is listed as elsewhere.
async fn compounds(op: &Op, branch: &PlaceCode) -> Result<Vec<Compound>, Stop> {
    let (db, now) = (op.reader(), op.now());
    let open = store::open_of(db, branch, OPEN).await?;
    let buildings = places::buildings_under(db, branch).await?;
    let compounds = places::compounds_under(db, branch).await?;
    let only = if let [only] = compounds.as_slice() { Some(only.id) } else { None };
    let of = |id: Option<_>| open.iter().filter(move |voice| voice.compound_id.or(only) == id);
    let compound = |compound: places::Compound| {
        let names = buildings.iter().filter(|it| it.compound_id == compound.id).map(|it| it.name.as_str());
        let tiles = coloured(of(Some(compound.id)), &names.collect::<Vec<_>>(), "小区其他地方", now);
        Compound { name: compound.name, tiles }
    };
    let mut seen: Vec<Compound> = compounds.into_iter().map(compound).collect();
    if of(None).next().is_some() {
        seen.push(Compound {
            name: "没有写明小区".to_owned(), tiles: coloured(of(None), &[], "本支部各小区", now)
        });
    }
    Ok(seen)
}

fn coloured<'a>(
    voices: impl Iterator<Item = &'a row::Model>,
    names: &[&str],
    elsewhere: &str,
    now: Instant,
) -> Vec<Tile> {
    let tile = |name: &str| Tile { name: name.to_owned(), open: 0, late: 0 };
    let mut tiles: Vec<Tile> = names.iter().map(|name| tile(name)).collect();
    let mut rest = tile(elsewhere);
    for voice in voices {
        let named = building_of(&voice.spot, names.iter().copied());
        let tile = tiles.iter_mut().find(|tile| Some(tile.name.as_str()) == named).unwrap_or(&mut rest);
        tile.open += 1;
        tile.late += u64::from(voice.due_at.is_some_and(|due| due.0 <= now));
    }
    tiles.push(rest);
    tiles
}

/// What is open under an office's place, for its first page.
#[derive(Debug, Clone, Copy, Default)]
pub struct Glance {
    /// Open.
    pub open: u64,
    /// Of those, late.
    pub late: u64,
    /// Since when the oldest of them stands as it stands.
    pub oldest: Option<Instant>,
}

/// What is open at or under `place`.
///
/// # Errors
/// As the permission table says.
pub async fn glance(op: &Op, place: &PlaceCode) -> Result<Glance, Stop> {
    op.permit(Deed::ViewVoice, place)?;
    let (open, oldest) = store::standing(op.reader(), place).await?;
    Ok(Glance { open, late: voice::late(op.reader(), place, &VoiceFilter::default(), op.now()).await?, oldest })
}
