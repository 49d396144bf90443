//! Summing an activity up: who came and for how long, and the points for it, in one deed.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    activity::{ActivityRefusal, RecordState, Stretch, TakingPart, check_hours},
    ids::{ActivityId, MembershipId, SignUpId},
    place::{Level, PlaceCode},
};
use platform::{
    act::{Act, Op},
    db::column::{Int, Text},
    error::{OrRefuse as _, Problem, Stop},
};

use super::{
    actions::{keep, permitted},
    hours,
    records::store::{self as records, record},
    store::{self, activity, person},
};
use crate::{
    people::{self, Person},
    places,
    points::{self, Proposal, Source},
};

/// Who came, and for how long in hundredths of an hour.
pub type Came = BTreeMap<MembershipId, i64>;

/// What is written down of an activity.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// Who came.
    pub came: Came,
    /// What was done.
    pub text: String,
    /// How many residents were served.
    pub residents: Option<i32>,
    /// How many of owners' committees came, members or not.
    pub owners: Option<i32>,
    /// How many building stewards came, members or not.
    pub stewards: Option<i32>,
}

/// What summing up came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SummedUp {
    /// Points entries proposed.
    pub proposed: usize,
    /// Hours of the one who sums up, which wait for somebody else to confirm them (R-DUTY-02).
    pub own: usize,
}

/// Sums up; also what was held on paper and never published.
///
/// # Errors
/// Refusals before it has begun, or at the hours that cannot be; [`Stop::Missing`] for members of other places.
pub async fn sum_up_activity(op: &Op, id: ActivityId, told: Summary) -> Result<SummedUp, Stop> {
    let mut act = op.act().await?;
    let row = permitted(&act, id).await?;
    // Whoever else enters hours of the county waits here, so that none overlap unseen.
    if let Some(county) = row.place.0.at(Level::County) {
        places::lock(act.db(), &county).await?;
    }
    let state = row.rule().sum_up(act.now()).or_refuse()?;
    let heads = [told.residents, told.owners, told.stewards];
    if told.came.is_empty() && heads.iter().all(|heads| heads.unwrap_or(0) == 0) {
        return Err(ActivityRefusal::NobodyCame).or_refuse();
    }
    let ids: Vec<MembershipId> = told.came.keys().copied().collect();
    let persons = people::persons_of(act.db(), ids.iter().copied()).await?;
    let branches = branches_of(&act, &row, &ids).await?;
    check(&act, &row, &told.came, &persons).await?;
    // Nobody confirms their own hours: they wait like service done singly.
    let officer = act.officer()?;
    let is_own = |id: &MembershipId| row.counts_hours && persons.get(id).is_some_and(|person| person.is(officer));
    let own: BTreeSet<MembershipId> = ids.iter().copied().filter(is_own).collect();
    note_people(&act, &row, &told.came, &own).await?;
    let mut summed = SummedUp { proposed: 0, own: own.len() };
    for (branch, members) in branches {
        let (own, others): (Vec<_>, Vec<_>) = members.into_iter().partition(|member| own.contains(member));
        enter_own(&act, &row, &branch, &own, &told.came).await?;
        summed.proposed += propose(&mut act, &row, &branch, &others, &told.came).await?;
    }
    let row = activity::Model {
        state: Text(state),
        summary: told.text,
        residents: told.residents,
        owners: told.owners,
        stewards: told.stewards,
        signed: act.signature(),
        ..row
    };
    keep(&mut act, row).await?;
    act.commit().await?;
    Ok(summed)
}

/// Enters the hours of who sums up as a record that somebody else confirms.
async fn enter_own(
    act: &Act<'_>,
    row: &activity::Model,
    branch: &PlaceCode,
    own: &[MembershipId],
    came: &Came,
) -> Result<(), Stop> {
    let record = |member: &MembershipId| record::Model {
        id: Text(act.new_id()),
        branch: Text(branch.clone()),
        membership_id: Text(*member),
        title: row.title.clone(),
        venue: row.venue.clone(),
        starts_at: row.starts_at,
        hours: came.get(member).copied().unwrap_or(0),
        state: Text(RecordState::Entered),
        enterer: act.account().map(Text),
        entered_by: act.signature(),
        decided_by: String::new(),
        reason: String::new(),
        activity_id: Some(row.id),
        version: 0,
    };
    records::insert(act.db(), own.iter().map(record).collect()).await
}

/// Those who came by their branch; all of them must lie in the activity's place.
pub(super) async fn branches_of(
    act: &Act<'_>,
    row: &activity::Model,
    ids: &[MembershipId],
) -> Result<BTreeMap<PlaceCode, Vec<MembershipId>>, Stop> {
    let mut branches: BTreeMap<PlaceCode, Vec<MembershipId>> = BTreeMap::new();
    for member in people::memberships_under(act.db(), &row.place.0).await? {
        if ids.contains(&member.id.0) {
            branches.entry(member.branch.0).or_default().push(member.id.0);
        }
    }
    if branches.values().map(Vec::len).sum::<usize>() == ids.len() { Ok(branches) } else { Err(Stop::Missing) }
}

/// All hours that cannot be are told at once, each at its field.
async fn check(
    act: &Act<'_>,
    row: &activity::Model,
    came: &Came,
    persons: &BTreeMap<MembershipId, Person>,
) -> Result<(), Stop> {
    let ids: Vec<MembershipId> = came.keys().copied().collect();
    let recorded = hours::stretches_of(act.db(), &ids, row.starts_at.0.date()).await?;
    let mut problems = Vec::new();
    for (member, hours) in came {
        let name = persons.get(member).map_or("", |person| person.name.as_str());
        let new = Stretch { from: row.starts_at.0, hours: *hours, title: row.title.clone() };
        let others = recorded.get(member).map_or(&[][..], Vec::as_slice);
        if let Err(refusal) = check_hours(name, &new, others) {
            problems.push(Problem::at(format!("hours.{member}"), format!("{refusal}。")));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Stop::Refused(problems)) }
}

/// Notes who came, signed up or not, and who of those signed up stayed away. The hours of those in `own` are in their records.
async fn note_people(
    act: &Act<'_>,
    row: &activity::Model,
    came: &Came,
    own: &BTreeSet<MembershipId>,
) -> Result<(), Stop> {
    let mut left: Came = came.clone();
    let of_activity = |member: MembershipId, hours: Option<i64>| hours.filter(|_| !own.contains(&member));
    for person in store::people_of(act.db(), row.id.0).await? {
        let hours = left.remove(&person.membership_id.0);
        let state = match (hours, person.state.0) {
            (Some(_), _) => TakingPart::Came,
            (None, TakingPart::Signed) => TakingPart::Absent,
            (None, other) => other,
        };
        let hours = of_activity(person.membership_id.0, hours);
        store::save_person(act.db(), person::Model { state: Text(state), hours, ..person }).await?;
    }
    let new = left.into_iter().map(|(member, hours)| person::Model {
        id: Text(act.new_id::<SignUpId>()),
        activity_id: row.id,
        membership_id: Text(member),
        state: Text(TakingPart::Came),
        hours: of_activity(member, Some(hours)),
        signed_at: Int(act.now()),
        promoted_at: None,
    });
    store::insert_people(act.db(), new.collect()).await
}

/// The record that the points of an activity come from.
pub(super) fn source(row: &activity::Model) -> Source {
    Source { kind: "activity", id: row.id.0.to_string() }
}

pub(super) async fn propose(
    act: &mut Act<'_>,
    row: &activity::Model,
    branch: &PlaceCode,
    members: &[MembershipId],
    came: &Came,
) -> Result<usize, Stop> {
    let Some(item) = row.kind.0.item() else { return Ok(0) };
    let proposal = |member: &MembershipId| {
        let hours = came.get(member).copied()?;
        Some(Proposal {
            membership: *member,
            item: item.clone(),
            quantity: row.kind.0.quantity(hours),
            occurred_on: row.starts_at.0.date(),
            note: row.title.clone(),
        })
    };
    points::propose_for(act, branch, source(row), members.iter().filter_map(proposal).collect()).await
}
