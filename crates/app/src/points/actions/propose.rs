//! Proposing entries: from a record of another module in that module's own deed, or by hand.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ids::MembershipId,
    permission::Deed,
    place::PlaceCode,
    points::{EntryState, FinePoints, Grounds, Item, ItemCode, check_grounds, check_quantity},
};
use jiff::civil::Date;
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use super::{rule_year, year_of};
use crate::{
    people,
    points::{
        queries::Catalogues,
        store::entry::{self, row},
    },
};

/// The record that an entry comes from, for the link behind each line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// `activity`, `meeting`, `service`, `wish` or `post`.
    pub kind: &'static str,
    /// Its identifier.
    pub id: String,
}

/// One member's share in a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Who gets the points.
    pub membership: MembershipId,
    /// For what.
    pub item: ItemCode,
    /// How much of the item's unit, in hundredths: 100 for once, 350 for three and a half hours.
    pub quantity: i64,
    /// The day it was done.
    pub occurred_on: Date,
    /// What it was, such as the activity's title.
    pub note: String,
}

/// Proposes points for a record, in the deed that confirms the record. What the branch's catalogue does not name on that
/// day gives nothing, and so does a branch without a catalogue in effect (R-PTS-05). A year that takes no entries any more
/// (R-PTS-08) keeps nobody from writing the record itself down: nothing is proposed, and the record of this deed says so.
/// Answers how many were proposed.
///
/// # Errors
/// When the database refuses.
pub async fn propose_for(
    act: &mut Act<'_>,
    branch: &PlaceCode,
    source: Source,
    proposals: Vec<Proposal>,
) -> Result<usize, Stop> {
    let catalogues = Catalogues::of_branch(act.db(), branch).await?;
    let mut rows: Vec<row::Model> = proposals
        .into_iter()
        .filter_map(|it| {
            let item = catalogues.item_on(it.occurred_on, &it.item)?;
            let points = item.points_for(it.quantity);
            (points != FinePoints::ZERO).then(|| proposed(act, branch, &source, it, points))
        })
        .collect();
    if rows.is_empty() {
        return Ok(0);
    }
    let mut years: BTreeMap<i32, usize> = BTreeMap::new();
    for row in &rows {
        *years.entry(row.year).or_default() += 1;
    }
    let mut closed: Vec<i32> = Vec::new();
    for year in years.keys() {
        if year_of(act, branch, *year).await?.state.0.must_take_entries(rule_year(*year)).is_err() {
            closed.push(*year);
        }
    }
    rows.retain(|row| !closed.contains(&row.year));
    years.retain(|year, _| !closed.contains(year));
    let count = rows.len();
    entry::insert(act.db(), rows).await?;
    let body = serde_json::json!({ "source": source.kind, "entries": years, "closed": closed });
    act.record(Deed::ProposePoints, &Subject::new("points_source", &source.id, branch), body).await?;
    Ok(count)
}

/// An entry from `source` that waits, proposed by whoever acts.
pub(super) fn proposed(
    act: &Act<'_>,
    branch: &PlaceCode,
    source: &Source,
    it: Proposal,
    points: FinePoints,
) -> row::Model {
    row::Model {
        id: Text(act.new_id()),
        branch: Text(branch.clone()),
        membership_id: Text(it.membership),
        year: it.occurred_on.year().into(),
        item: Text(it.item),
        points: Int(points.rounded()),
        fine: Int(points),
        quantity: it.quantity,
        occurred_on: Text(it.occurred_on),
        source_kind: source.kind.to_owned(),
        source_id: source.id.clone(),
        note: it.note,
        document: String::new(),
        notified_on: None,
        state: Text(EntryState::Proposed),
        proposer: act.account().map(Text),
        proposed_by: act.signature(),
        proposed_at: Int(act.now()),
        decider: None,
        decided_by: String::new(),
        decided_at: None,
        reason: String::new(),
        reverses: None,
        is_reversed: false,
        version: 0,
    }
}

/// An entry that somebody enters by hand, the same for each of the chosen members.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// Who gets or loses the points.
    pub members: Vec<MembershipId>,
    /// For what.
    pub item: ItemCode,
    /// How much of the item's unit, in hundredths.
    pub quantity: i64,
    /// The day it happened.
    pub occurred_on: Date,
    /// What it was.
    pub note: String,
    /// Name and number of the document, for deductions.
    pub document: String,
    /// When the member was told beforehand, for deductions.
    pub notified_on: Option<Date>,
}

/// Proposes entries by hand.
///
/// # Errors
/// Refusals at their fields: nobody chosen, no catalogue or no such item on the day, a closed year, a day to come, a deduction
/// without its document or notice.
pub async fn propose_by_hand(op: &Op, branch: &PlaceCode, new: NewEntry) -> Result<usize, Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::ProposePoints, branch)?;
    let today = act.now().date();
    if new.occurred_on > today {
        return Err(Stop::refused_at("occurred_on", "发生日期不能晚于今天，请核对。"));
    }
    let item = item_on(&act, branch, new.occurred_on, &new.item).await?;
    let grounds = Grounds { item: &new.item, document: &new.document, notified_on: new.notified_on };
    check_grounds(grounds, today).or_refuse()?;
    let points = item.points_for(new.quantity);
    if points == FinePoints::ZERO {
        return Err(Stop::refused_at("quantity", "按这个数量算出来是 0 分，请核对数量。"));
    }
    // Ticked twice is ticked once.
    let members: BTreeSet<MembershipId> = new.members.iter().copied().collect();
    if members.is_empty() {
        return Err(Stop::refused_at("member", "请勾选要计分的党员。"));
    }
    let year = i32::from(new.occurred_on.year());
    year_of(&act, branch, year).await?.state.0.must_take_entries(new.occurred_on.year()).or_refuse_at("occurred_on")?;
    let mut day = entry::quantities_on(act.db(), branch, &new.item, new.occurred_on).await?;
    for member in &members {
        let given = day.remove(member).unwrap_or_default();
        check_quantity(&item, given.saturating_add(new.quantity)).or_refuse()?;
    }
    let known = people::memberships_under(act.db(), branch).await?;
    let source = Source { kind: "manual", id: String::new() };
    let mut rows = Vec::with_capacity(members.len());
    for membership in &members {
        let line = known.iter().find(|row| row.id.0 == *membership && row.branch.0 == *branch).ok_or(Stop::Missing)?;
        if !line.is_in_roll_on(new.occurred_on) {
            return Err(Stop::refused_at("occurred_on", "有党员在这一天不在本支部名册里，请核对日期和党员。"));
        }
        let proposal = Proposal {
            membership: *membership,
            item: new.item.clone(),
            quantity: new.quantity,
            occurred_on: new.occurred_on,
            note: new.note.clone(),
        };
        let (document, notified_on) = (new.document.trim().to_owned(), new.notified_on.map(Text));
        rows.push(row::Model { document, notified_on, ..proposed(&act, branch, &source, proposal, points) });
    }
    let count = rows.len();
    entry::insert(act.db(), rows).await?;
    let body = serde_json::json!({ "item": new.item, "points": points.rounded(), "entries": count, "year": year });
    act.record(Deed::ProposePoints, &Subject::new("branch", branch, branch), body).await?;
    act.commit().await?;
    Ok(count)
}

/// The item as it was in effect in the branch on `day`.
pub(super) async fn item_on(act: &Act<'_>, branch: &PlaceCode, day: Date, code: &ItemCode) -> Result<Item, Stop> {
    let catalogues = Catalogues::of_branch(act.db(), branch).await?;
    if catalogues.on(day).is_none() {
        return Err(Stop::refused_at(
            "occurred_on",
            "这一天本支部还没有生效的积分明细，不能计分；积分明细不溯及既往。",
        ));
    }
    let item = catalogues.item_on(day, code).cloned();
    item.ok_or_else(|| Stop::refused_at("item", "当天生效的积分明细里没有这一项，请重新选择。"))
}
