//! Computing the years of members: from the approved entries and the units' scores to a result, with its working.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use domain::{
    clock::Instant,
    ids::{MembershipId, PersonId, SettlementId},
    organisation::{Affiliation, Service},
    place::{Level, PlaceCode},
    points::{Annual, Item, ItemCode, Points, PointsKind, Tally, UnitScore, annual, base_for, tally, with_larger_caps},
};
use jiff::civil::{Date, date};
use platform::{
    db::column::{Document, Int, Text},
    error::Stop,
};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::{
    queries::Catalogues,
    store::{
        entry,
        settlement::{self, row},
        unit_score,
    },
};
use crate::people::{self, Membership};

/// What a member's year is made of, before it is settled or as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Working {
    /// Where the year comes from.
    pub kind: PointsKind,
    /// The compound's side.
    pub tally: Tally,
    /// The unit's side, once it is there.
    pub unit: Option<UnitScore>,
}

impl Working {
    /// The year's result as it would be now (R-PTS-01…04).
    #[must_use]
    pub fn result(&self) -> Annual {
        annual(self.kind, self.tally.compound(), self.unit)
    }
}

/// Where a member's year comes from.
#[must_use]
pub const fn kind_of(member: &Membership) -> PointsKind {
    match (member.affiliation.0, member.service.0) {
        (Affiliation::Mobile, _) => PointsKind::Mobile,
        (_, Service::InService) => PointsKind::InService,
        (_, Service::NonService) => PointsKind::NonService,
    }
}

/// The workings of every member at or under `place` who is in a roll at the end of the year, by member.
///
/// What somebody earned in a branch they have left counts where they are now.
///
/// # Errors
/// When the database cannot be read.
pub async fn workings_under(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    year: i32,
) -> Result<Vec<(Membership, Working)>, Stop> {
    let span = Span::of(year);
    let mut members = people::memberships_under(db, place).await?;
    members.retain(|member| member.is_in_roll_on(span.last));
    let mut sums = entry::sums_under(db, place, year).await?;
    let persons: Vec<PersonId> = members.iter().map(|member| member.person_id.0).collect();
    let units = unit_score::scores_of(db, &persons, year).await?;
    let histories = histories(db, &persons, year).await?;
    let elsewhere = histories.values().flat_map(|history| history.branches.iter().cloned());
    let catalogues = Catalogues::in_year(db, place, elsewhere.collect::<BTreeSet<_>>(), span.year).await?;
    let none = History::default();
    Ok(members
        .into_iter()
        .map(|member| {
            let history = histories.get(&member.person_id.0).unwrap_or(&none);
            let own = sums.remove(&member.id.0).unwrap_or_default();
            let items = history.items(&member.branch.0, &catalogues);
            let working = working(&member, &items, history, own, units.get(&member.person_id.0), span.year);
            (member, working)
        })
        .collect())
}

/// A year with its two ends.
#[derive(Debug, Clone, Copy)]
struct Span {
    year: i16,
    first: Date,
    last: Date,
}

impl Span {
    fn of(year: i32) -> Self {
        let year = i16::try_from(year).unwrap_or(i16::MAX);
        Self { year, first: date(year, 1, 1), last: date(year, 12, 31) }
    }
}

/// What a person brings along into the line that the year is settled on.
#[derive(Debug, Default)]
struct History {
    /// The first day of reporting of the lines that lasted into the year; the inner `None` is from before there were records.
    since: Option<Option<Date>>,
    /// What was earned in the year in lines that are in no roll at its end.
    sums: entry::ItemSums,
    /// The branches of those lines.
    branches: BTreeSet<PlaceCode>,
}

impl History {
    /// The items of the year with their caps: the branch's own, and those of the branches the person has left.
    fn items<'c>(&self, branch: &PlaceCode, catalogues: &'c BTreeMap<PlaceCode, Vec<Item>>) -> Cow<'c, [Item]> {
        let own = catalogues.get(branch).map_or(&[][..], Vec::as_slice);
        let mut left = self.branches.iter().filter(|left| *left != branch).peekable();
        if left.peek().is_none() {
            return Cow::Borrowed(own);
        }
        let mut items = Vec::new();
        for left in left {
            with_larger_caps(&mut items, catalogues.get(left).map_or(&[][..], Vec::as_slice));
        }
        with_larger_caps(&mut items, own);
        Cow::Owned(items)
    }
}

/// The histories of those who have more than one line, or whose one line does not tell everything. Whether a line counts is
/// asked of the line itself, never of what else is being settled, so that a branch settled alone comes to the same.
async fn histories(
    db: &impl ConnectionTrait,
    persons: &[PersonId],
    year: i32,
) -> Result<BTreeMap<PersonId, History>, Stop> {
    let span = Span::of(year);
    let mut lines = people::memberships_of_persons(db, persons).await?;
    lines.retain(Membership::was_confirmed);
    let left: Vec<MembershipId> =
        lines.iter().filter(|line| !line.is_in_roll_on(span.last)).map(|line| line.id.0).collect();
    let mut sums = entry::sums_of(db, &left, year).await?;
    let mut histories: BTreeMap<PersonId, History> = BTreeMap::new();
    for line in lines {
        let history = histories.entry(line.person_id.0).or_default();
        if line.ended_on.is_none_or(|Text(ended)| ended >= span.first) {
            let on = line.registered_on.map(|Text(day)| day);
            history.since = Some(history.since.map_or(on, |since| since.min(on)));
        }
        if let Some(earned) = sums.remove(&line.id.0) {
            for (item, points) in earned {
                let sum = history.sums.entry(item).or_default();
                *sum = *sum + points;
            }
            history.branches.insert(line.branch.0);
        }
    }
    Ok(histories)
}

fn working(
    member: &Membership,
    items: &[Item],
    history: &History,
    mut sums: entry::ItemSums,
    unit: Option<&unit_score::row::Model>,
    year: i16,
) -> Working {
    for (item, points) in &history.sums {
        let sum = sums.entry(item.clone()).or_default();
        *sum = *sum + *points;
    }
    let sums: BTreeMap<ItemCode, Points> = sums.into_iter().map(|(item, points)| (item, points.rounded())).collect();
    let base = items.iter().find(|item| item.code.as_str() == "P01").map_or(Points::whole(60), |item| item.points);
    let since = history.since.unwrap_or_else(|| member.registered_on.map(|Text(date)| date));
    let base = base_for(base, since, year);
    let kind = kind_of(member);
    let unit = unit.filter(|_| !kind.is_single_source()).map(unit_score::row::Model::rule);
    Working { kind, tally: tally(base, items, &sums), unit }
}

/// A settlement's row.
pub(super) fn settled(
    member: &Membership,
    working: &Working,
    year: i32,
    revision: i32,
    reason: &str,
    now: Instant,
) -> row::Model {
    let tally = &working.tally;
    row::Model {
        id: Text(SettlementId::from(Uuid::now_v7())),
        branch: member.branch.clone(),
        membership_id: member.id,
        year,
        revision,
        is_current: true,
        kind: Text(working.kind),
        base: Int(tally.base),
        bonus: Int(tally.bonus),
        deduction: Int(tally.deduction),
        ceiling: tally.ceiling.map(Int),
        capped: Document(tally.capped.clone()),
        compound: Int(tally.compound()),
        unit_score: working.unit.map(|unit| Int(unit.score)),
        unit_max: working.unit.map(|unit| Int(unit.max)),
        result: match working.result() {
            Annual::Settled(points) => Some(Int(points)),
            Annual::PendingUnit => None,
        },
        reason: reason.to_owned(),
        settled_at: Int(now),
    }
}

/// Settles everybody at or under `place` for the first time, in place of what a closing that was not finished left there.
///
/// # Errors
/// When the database refuses.
pub(super) async fn settle_under(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    year: i32,
    now: Instant,
) -> Result<usize, Stop> {
    let workings = workings_under(db, place, year).await?;
    let rows: Vec<row::Model> =
        workings.iter().map(|(member, working)| settled(member, working, year, 1, "", now)).collect();
    settlement::forget(db, place, year).await?;
    let count = rows.len();
    settlement::insert(db, rows).await?;
    Ok(count)
}

/// The lines on which the year of these members is settled, by branch: of all lines of the person, the one that was in a roll
/// at the end of the year.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn settled_lines(
    db: &impl ConnectionTrait,
    members: &[MembershipId],
    year: i32,
) -> Result<BTreeMap<PlaceCode, BTreeSet<MembershipId>>, Stop> {
    let persons = people::persons_of(db, members.iter().copied()).await?;
    let persons: Vec<PersonId> = persons.values().map(|person| person.id.0).collect();
    let last = Span::of(year).last;
    let mut lines: BTreeMap<PlaceCode, BTreeSet<MembershipId>> = BTreeMap::new();
    for line in people::memberships_of_persons(db, &persons).await? {
        if line.is_in_roll_on(last) {
            lines.entry(line.branch.0).or_default().insert(line.id.0);
        }
    }
    Ok(lines)
}

/// The county that a place's year belongs to.
pub(super) fn county_of(place: &PlaceCode) -> Result<PlaceCode, Stop> {
    place.at(Level::County).ok_or(Stop::Missing)
}
