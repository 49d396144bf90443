//! The deeds of the points: catalogue, entries, appeals, unit scores, the year.

mod appeal;
mod catalogue;
mod correct;
mod decide;
mod propose;
mod reverse;
mod take_back;
mod unit_score;
mod year;

use domain::{
    ids::MembershipId,
    place::{Level, PlaceCode},
    points::{Decider, EntryState, Points},
};
use platform::{
    act::Act,
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

pub use appeal::{NewAppeal, appeal_points, decide_appeal};
pub use catalogue::{
    Adoption, adopt_catalogue, check_catalogue, draft_catalogue, give_back_catalogue, save_catalogue, submit_catalogue,
};
pub use correct::{NewCorrection, approve_correction, correct_points_year, reject_correction};
pub use decide::{approve_entries, reject_entries};
pub use propose::{NewEntry, Proposal, Source, propose_by_hand, propose_for};
pub use reverse::reverse_entry;
pub use take_back::{Followed, take_back_for};
pub use unit_score::{NewUnitScore, enter_unit_scores, import_unit_scores, keep_unit_table};
pub(in crate::points) use unit_score::{plan_unit_table, scored_members, unit_names};
pub use year::{JOBS, close_points_year, order_settlement, report_points_year};

use super::store::{entry, year as years};
use crate::people::{self, Membership, Person};

/// Where the county's year of `branch` stands; a year that nobody has begun to close is open.
async fn year_of(act: &Act<'_>, place: &PlaceCode, year: i32) -> Result<years::row::Model, Stop> {
    let county = place.at(Level::County).ok_or(Stop::Missing)?;
    Ok(years::year(act.db(), &county, year).await?.unwrap_or_else(|| years::row::Model::open(county, year)))
}

/// The year as the rules and the calendar count it.
fn rule_year(year: i32) -> i16 {
    i16::try_from(year).unwrap_or(i16::MAX)
}

/// What changes a year while it is being settled would be lost. A settlement that was given up holds nobody up.
async fn must_not_be_under_way(act: &Act<'_>, year: &years::row::Model) -> Result<(), Stop> {
    if years::is_settling(act.db(), year).await? {
        return Err(Stop::refused("这一年度的积分正在结算，请等结算完成后再办理。"));
    }
    Ok(())
}

/// The same, and what is settled already changes only by a correction.
async fn must_not_be_settling(act: &Act<'_>, year: &years::row::Model) -> Result<(), Stop> {
    must_not_be_under_way(act, year).await?;
    year.state.0.must_be_unsettled(rule_year(year.year)).or_refuse()
}

/// A member of the branch, with the person.
async fn member(act: &Act<'_>, id: MembershipId) -> Result<(Membership, Person), Stop> {
    people::membership(act.db(), id).await?.ok_or(Stop::Missing)
}

/// Who decides, and whether it would be for themselves: known by the account, or by a name of the same branch.
fn decider(act: &Act<'_>, beneficiary: &Person) -> Result<Decider, Stop> {
    let officer = act.officer()?;
    Ok(Decider { account: officer.account, is_beneficiary: beneficiary.is(officer) })
}

/// The entry that takes `old` back, in effect only when somebody else approves it.
fn reversal(act: &Act<'_>, old: &entry::row::Model, source_kind: &str, reason: &str) -> entry::row::Model {
    entry::row::Model {
        id: Text(act.new_id()),
        points: Int(-old.points.0),
        fine: Int(-old.fine.0),
        quantity: -old.quantity,
        source_kind: source_kind.to_owned(),
        note: reason.to_owned(),
        state: Text(EntryState::Proposed),
        proposer: act.account().map(Text),
        proposed_by: act.signature(),
        proposed_at: Int(act.now()),
        decider: None,
        decided_by: String::new(),
        decided_at: None,
        reason: String::new(),
        reverses: Some(old.id),
        is_reversed: false,
        version: 0,
        ..old.clone()
    }
}

/// The same entry in effect now, decided by whoever acts.
fn in_effect(act: &Act<'_>, row: entry::row::Model) -> entry::row::Model {
    entry::row::Model {
        state: Text(EntryState::Approved),
        decider: act.account().map(Text),
        decided_by: act.signature(),
        decided_at: Some(Int(act.now())),
        ..row
    }
}

/// The same entry with other points, on its own and reversing nothing.
fn with_points(act: &Act<'_>, row: &entry::row::Model, points: Points) -> entry::row::Model {
    let (id, fine) = (Text(act.new_id()), Int(points.into()));
    entry::row::Model { id, points: Int(points), fine, reverses: None, is_reversed: false, ..row.clone() }
}
