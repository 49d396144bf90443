//! Summing an activity up: who came and for how long, and the points for it, in one deed.

use std::collections::BTreeMap;

use domain::{
    activity::{Stretch, TakingPart, check_hours},
    ids::{ActivityId, MembershipId, SignUpId},
    place::PlaceCode,
};
use platform::{
    act::{Act, Op},
    db::column::{Int, Text},
    error::{OrRefuse as _, Problem, Stop},
};

use super::{
    actions::{keep, permitted},
    hours,
    store::{self, activity, person},
};
use crate::{
    people::{self, Person},
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
}

/// Sums up. Answers how many points entries were proposed.
///
/// # Errors
/// Refusals before it has begun, or at the hours that cannot be; [`Stop::Missing`] for members of other places.
pub async fn sum_up_activity(op: &Op, id: ActivityId, told: Summary) -> Result<usize, Stop> {
    let mut act = op.act().await?;
    let row = permitted(&act, id).await?;
    let state = row.rule().sum_up(act.now()).or_refuse()?;
    let ids: Vec<MembershipId> = told.came.keys().copied().collect();
    let persons = people::persons_of(act.db(), ids.iter().copied()).await?;
    let branches = branches_of(&act, &row, &ids).await?;
    check(&act, &row, &told.came, &persons).await?;
    note_people(&act, &row, &told.came).await?;
    let mut proposed = 0;
    for (branch, members) in branches {
        proposed += propose(&mut act, &row, &branch, &members, &told.came).await?;
    }
    let signed = act.signature();
    let row = activity::Model { state: Text(state), summary: told.text, residents: told.residents, signed, ..row };
    keep(&mut act, row).await?;
    act.commit().await?;
    Ok(proposed)
}

/// Those who came by their branch; all of them must lie in the activity's place.
async fn branches_of(
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

/// Notes who came, signed up or not, and who of those signed up stayed away.
async fn note_people(act: &Act<'_>, row: &activity::Model, came: &Came) -> Result<(), Stop> {
    let mut left: Came = came.clone();
    for person in store::people_of(act.db(), row.id.0).await? {
        let hours = left.remove(&person.membership_id.0);
        let state = match (hours, person.state.0) {
            (Some(_), _) => TakingPart::Came,
            (None, TakingPart::Signed) => TakingPart::Absent,
            (None, other) => other,
        };
        store::save_person(act.db(), person::Model { state: Text(state), hours, ..person }).await?;
    }
    let new = left.into_iter().map(|(member, hours)| person::Model {
        id: Text(act.new_id::<SignUpId>()),
        activity_id: row.id,
        membership_id: Text(member),
        state: Text(TakingPart::Came),
        hours: Some(hours),
        signed_at: Int(act.now()),
    });
    store::insert_people(act.db(), new.collect()).await
}

async fn propose(
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
    let source = Source { kind: "activity", id: row.id.0.to_string() };
    points::propose_for(act, branch, source, members.iter().filter_map(proposal).collect()).await
}
