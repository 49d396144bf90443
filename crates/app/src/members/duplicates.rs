//! Lines of two rolls that may be one member, and settling it. Nobody is merged: of two lines of one member, one ends.

use std::collections::BTreeMap;

use domain::{
    ids::MembershipId,
    members::{MemberState, Registration},
    permission::Deed,
    place::PlaceCode,
};
use platform::{
    act::{Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use super::store::{self, duplicate};
use crate::people::{self, Membership, Person};

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
    let members = people::living_under(op.reader(), place).await?;
    let mut by_name: BTreeMap<String, Vec<(Membership, Person)>> = BTreeMap::new();
    for member in members {
        by_name.entry(member.1.name.clone()).or_default().push(member);
    }
    let mut pairs = Vec::new();
    for mut same in by_name.into_values().filter(|same| same.len() > 1) {
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
    pairs.retain(|pair| !settled.contains(&(pair.first.0.id.0, pair.second.0.id.0)));
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
        let (line, _) = people::membership(act.db(), id).await?.ok_or(Stop::Missing)?;
        act.permit(Deed::SettleDuplicate, &line.branch.0)?;
        lines.push(line);
    }
    if first == second || store::settled(act.db(), &[first]).await?.contains(&(first, second)) {
        return Err(Stop::Conflict);
    }
    let (mut is_same, today) = (false, act.now().date());
    if let Settlement::Keep(kept) = settlement {
        is_same = true;
        let at = lines.iter().position(|line| line.id.0 != kept).ok_or(Stop::Missing)?;
        if kept != first && kept != second {
            return Err(Stop::Missing);
        }
        let line = lines.swap_remove(at);
        let rule = Registration { state: line.state.0, registered_on: None };
        let next = rule.end(MemberState::Ended, today, today, "重复登记").or_refuse()?;
        let reason = "与另一条登记是同一人，按核对结果保留另一条".to_owned();
        let ended = Membership { state: Text(next.state), ended_on: Some(Text(today)), ended_reason: reason, ..line };
        people::write_changes(&act, people::PeopleChanges { changed_memberships: vec![ended], ..Default::default() })
            .await?;
    }
    let row = duplicate::Model {
        id: Text(act.new_id()),
        first_id: Text(first),
        second_id: Text(second),
        is_same,
        signed: act.signature(),
        settled_at: Int(act.now()),
    };
    store::insert(act.db(), row).await?;
    let (place, body) = (lines[0].branch.0.clone(), serde_json::json!({ "other": second, "is_same": is_same }));
    act.record(Deed::SettleDuplicate, &Subject::new("membership", first, &place), body).await?;
    act.commit().await
}
