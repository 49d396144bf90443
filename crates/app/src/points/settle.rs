//! Computing the years of members: from the approved entries and the units' scores to a result, with its working.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    clock::Instant,
    ids::{MembershipId, PersonId, SettlementId},
    organisation::{Affiliation, Service},
    place::{Level, PlaceCode},
    points::{Annual, Item, ItemCode, Points, PointsKind, Tally, UnitScore, annual, base_for, tally},
};
use jiff::civil::date;
use platform::{
    db::column::{Int, Text},
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
    let last_day = date(i16::try_from(year).unwrap_or(i16::MAX), 12, 31);
    let mut members = people::memberships_under(db, place).await?;
    members.retain(|member| member.is_in_roll_on(last_day));
    let mut sums = entry::sums_under(db, place, year).await?;
    let persons: Vec<PersonId> = members.iter().map(|member| member.person_id.0).collect();
    let units = unit_score::scores_of(db, &persons, year).await?;
    let catalogues = Catalogues::under(db, place, last_day).await?;
    let earlier = earlier_sums(db, &members, year).await?;
    Ok(members
        .into_iter()
        .map(|member| {
            let mut own = sums.remove(&member.id.0).unwrap_or_default();
            for (item, points) in earlier.get(&member.person_id.0).into_iter().flatten() {
                let sum = own.entry(item.clone()).or_default();
                *sum = *sum + *points;
            }
            let items = catalogues.get(&member.branch.0).map_or(&[][..], Vec::as_slice);
            let working = working(&member, items, &own, units.get(&member.person_id.0), year);
            (member, working)
        })
        .collect())
}

/// What persons earned in the year under memberships that have ended, wherever those were.
async fn earlier_sums(
    db: &impl ConnectionTrait,
    members: &[Membership],
    year: i32,
) -> Result<BTreeMap<PersonId, BTreeMap<ItemCode, Points>>, Stop> {
    let here: BTreeSet<MembershipId> = members.iter().map(|member| member.id.0).collect();
    let persons: Vec<PersonId> = members.iter().map(|member| member.person_id.0).collect();
    let mut left = people::memberships_of_persons(db, &persons).await?;
    left.retain(|member| !here.contains(&member.id.0));
    let ids: Vec<MembershipId> = left.iter().map(|member| member.id.0).collect();
    let mut sums = entry::sums_of(db, &ids, year).await?;
    let mut earlier: BTreeMap<PersonId, BTreeMap<ItemCode, Points>> = BTreeMap::new();
    for left in left {
        for (item, points) in sums.remove(&left.id.0).unwrap_or_default() {
            let sum = earlier.entry(left.person_id.0).or_default().entry(item).or_default();
            *sum = *sum + points;
        }
    }
    Ok(earlier)
}

fn working(
    member: &Membership,
    items: &[Item],
    sums: &BTreeMap<ItemCode, Points>,
    unit: Option<&unit_score::row::Model>,
    year: i32,
) -> Working {
    let base = items.iter().find(|item| item.code.as_str() == "P01").map_or(Points::whole(60), |item| item.points);
    let base = base_for(base, member.registered_on.map(|Text(date)| date), i16::try_from(year).unwrap_or(i16::MAX));
    let kind = kind_of(member);
    let unit = unit.filter(|_| !kind.is_single_source()).map(unit_score::row::Model::rule);
    Working { kind, tally: tally(base, items, sums), unit }
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
    let tally = working.tally;
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

/// The county that a place's year belongs to.
pub(super) fn county_of(place: &PlaceCode) -> Result<PlaceCode, Stop> {
    place.at(Level::County).ok_or(Stop::Missing)
}
