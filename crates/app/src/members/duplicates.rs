//! Lines of two rolls that may be one member, and settling it. Nobody is merged: of two lines of one member, one ends.

use std::collections::BTreeMap;

use domain::{
    ids::MembershipId,
    members::{MemberState, Registration},
    permission::Deed,
    place::PlaceCode,
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use super::{
    departures::depart,
    store::{self, duplicate},
};
use crate::people::{self, Departure, Membership, Person};

/// Two lines, and why they look alike.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The one that was entered first.
    pub first: (Membership, Person),
    /// The other.
    pub second: (Membership, Person),
    /// In words.
    pub why: &'static str,
}

/// The pairs at or under `place` that may be one member and that nobody has settled: the same telephone and name, or the same
/// name with the same unit. One of the two lines may lie elsewhere only where the office sees both.
///
/// # Errors
/// When the database cannot be read.
pub async fn possible_duplicates(op: &Op, place: &PlaceCode) -> Result<Vec<Pair>, Stop> {
    let members = people::namesakes_under(op.reader(), place).await?;
    let mut by_name: BTreeMap<String, Vec<(Membership, Person)>> = BTreeMap::new();
    for member in members {
        by_name.entry(member.1.name.clone()).or_default().push(member);
    }
    let mut pairs = Vec::new();
    for mut same in by_name.into_values() {
        same.sort_by_key(|(line, _)| line.id);
        for (index, first) in same.iter().enumerate() {
            for second in same.iter().skip(index + 1) {
                if let Some(why) = likeness(first, second) {
                    pairs.push(Pair { first: first.clone(), second: second.clone(), why });
                }
            }
        }
    }
    let firsts: Vec<MembershipId> = pairs.iter().map(|pair| pair.first.0.id.0).collect();
    let settled = store::settled(op.reader(), &firsts).await?;
    // Two lines of one member that both live again wait again: the other one came back after it had ended.
    let is_open = |pair: &Pair| settled.get(&(pair.first.0.id.0, pair.second.0.id.0)).is_none_or(|row| row.is_same);
    pairs.retain(is_open);
    Ok(pairs)
}

fn likeness(first: &(Membership, Person), second: &(Membership, Person)) -> Option<&'static str> {
    let ((one_line, one), (two_line, two)) = (first, second);
    let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
    if one.id == two.id {
        Some("同一名同志在两个支部")
    } else if same(&one.phone_index, &two.phone_index) {
        Some("姓名和电话都相同")
    } else if one_line.unit.is_some() && one_line.unit == two_line.unit {
        Some("姓名和单位都相同")
    } else if same(&one.birth_month, &two.birth_month) {
        Some("姓名和出生年月都相同")
    } else {
        None
    }
}

/// What somebody found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// Two people.
    Different,
    /// One: this line goes on, the other ends.
    Keep(MembershipId),
}

/// Settles whether two lines are one member.
///
/// # Errors
/// [`Stop::Missing`] for lines out of reach or a line to keep that is neither; [`Stop::Conflict`] when it was settled before.
pub async fn settle_duplicate(
    op: &Op,
    first: MembershipId,
    second: MembershipId,
    settlement: Settlement,
) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let (first, second) = (first.min(second), first.max(second));
    let mut lines = Vec::new();
    for id in [first, second] {
        let found = people::membership(act.db(), id).await?.ok_or(Stop::Missing)?;
        act.permit(Deed::SettleDuplicate, &found.0.branch.0)?;
        lines.push(found);
    }
    // Two lines that nothing speaks for being one are not one by anybody's word.
    let [one, two] = lines.as_slice() else { return Err(Stop::Missing) };
    if first == second {
        return Err(Stop::Missing);
    }
    if one.1.name != two.1.name || likeness(one, two).is_none() {
        return Err(Stop::refused("这两条登记没有相同的姓名和电话、单位或出生年月，不是疑似重复，不能在这里核对。"));
    }
    let lines = [one.0.clone(), two.0.clone()];
    let known = store::settled(act.db(), &[first]).await?.remove(&(first, second));
    let both_live = lines.iter().all(|line| line.state.0.is_living());
    if !both_live || known.as_ref().is_some_and(|row| !row.is_same) {
        return Err(Stop::Conflict);
    }
    let is_same = match settlement {
        Settlement::Different => false,
        Settlement::Keep(kept) => {
            let kept = lines.iter().find(|line| line.id.0 == kept).ok_or(Stop::Missing)?;
            let other = lines.iter().find(|line| line.id != kept.id).ok_or(Stop::Missing)?;
            if kept.state.0 == MemberState::Reported && other.state.0 == MemberState::Confirmed {
                return Err(Stop::refused("要保留的那条还没有确认报到，请保留已经确认的那条。"));
            }
            join(&mut act, kept, other).await?;
            true
        }
    };
    let row = duplicate::Model {
        id: known.as_ref().map_or_else(|| Text(act.new_id()), |row| row.id),
        first_id: Text(first),
        second_id: Text(second),
        is_same,
        signed: act.signature(),
        settled_at: Int(act.now()),
    };
    match known {
        Some(_) => store::save(act.db(), row).await?,
        None => store::insert(act.db(), row).await?,
    }
    let (place, body) = (lines[0].branch.0.clone(), serde_json::json!({ "other": second, "is_same": is_same }));
    act.record(Deed::SettleDuplicate, &Subject::new("membership", first, &place), body).await?;
    act.commit().await
}

/// One of two lines of a member ends, and becomes the kept person's: points and hours of the year are summed by person, and
/// nobody loses what they earned under the other line.
async fn join(act: &mut Act<'_>, kept: &Membership, other: &Membership) -> Result<(), Stop> {
    if other.state.0.is_living() {
        let reason = "与另一条登记是同一人，按核对结果保留另一条".to_owned();
        let departure = Departure { on: act.now().date(), reason };
        let rule = Registration { state: other.state.0, registered_on: None };
        rule.end(MemberState::Ended, departure.on, departure.on, &departure.reason).or_refuse()?;
        depart(act, other.id.0, MemberState::Ended, departure).await?;
    }
    if other.person_id != kept.person_id {
        people::become_of(act, other.id.0, kept.person_id.0).await?;
        let subject = Subject::new("membership", other.id.0, &other.branch.0);
        let body = serde_json::json!({ "step": "joined", "person": kept.person_id.0, "was": other.person_id.0 });
        act.record(Deed::SettleDuplicate, &subject, body).await?;
    }
    Ok(())
}

/// Takes back that two lines are two people; they wait to be settled again.
///
/// # Errors
/// [`Stop::Missing`] for lines out of reach; [`Stop::Conflict`] when it was not settled so.
pub async fn reopen_duplicate(op: &Op, first: MembershipId, second: MembershipId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let (first, second) = (first.min(second), first.max(second));
    let mut place = None;
    for id in [first, second] {
        let (line, _) = people::membership(act.db(), id).await?.ok_or(Stop::Missing)?;
        act.permit(Deed::SettleDuplicate, &line.branch.0)?;
        place.get_or_insert(line.branch.0);
    }
    let known = store::settled(act.db(), &[first]).await?.remove(&(first, second));
    let (Some(row), Some(place)) = (known.filter(|row| !row.is_same), place) else { return Err(Stop::Conflict) };
    store::remove(act.db(), row.id.0).await?;
    let body = serde_json::json!({ "other": second, "step": "reopened" });
    act.record(Deed::SettleDuplicate, &Subject::new("membership", first, &place), body).await?;
    act.commit().await
}

/// A settled pair, for who looks back.
#[derive(Debug, Clone)]
pub struct Settled {
    /// The two lines.
    pub lines: [(Membership, Person); 2],
    /// What was found, by whom and when.
    pub row: duplicate::Model,
}

/// What was settled about lines at or under `place`, the latest first; of a long list, the latest part.
///
/// # Errors
/// When the database cannot be read.
pub async fn settled_duplicates(op: &Op, place: &PlaceCode, most: u64) -> Result<Vec<Settled>, Stop> {
    let mut settled = Vec::new();
    for row in store::latest_under(op.reader(), place, most).await? {
        let first = people::membership(op.reader(), row.first_id.0).await?;
        let second = people::membership(op.reader(), row.second_id.0).await?;
        if let (Some(first), Some(second)) = (first, second) {
            settled.push(Settled { lines: [first, second], row });
        }
    }
    Ok(settled)
}
