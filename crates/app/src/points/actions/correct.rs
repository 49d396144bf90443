//! What is set right in a settled year: told by one officer on a document, decided by another (R-PTS-06, R-PTS-08).

use domain::{
    ids::{MembershipId, PointsCorrectionId},
    permission::{Deed, OfficeKind},
    place::{Level, PlaceCode},
    points::{Correction, CorrectionState, Grounds, ItemCode, Points, check_correction},
};
use jiff::civil::Date;
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use super::{
    decider, in_effect, member, must_not_be_under_way,
    propose::{Proposal, Source, item_on, proposed},
    rule_year,
    year::{settle_again, tell_of_change},
    year_of,
};
use crate::{
    messages, people,
    points::{
        settle::settled_lines,
        store::{
            correction::{self, row},
            entry,
        },
        urls,
    },
};

/// What a settled year lacked or had too much, as a form tells it.
#[derive(Debug, Clone)]
pub struct NewCorrection {
    /// Whose.
    pub membership: MembershipId,
    /// For what.
    pub item: ItemCode,
    /// More, or less when negative.
    pub points: Points,
    /// The day it is about.
    pub occurred_on: Date,
    /// Name and number of the document behind it.
    pub document: String,
    /// When the member was told, if it takes something away.
    pub notified_on: Option<Date>,
    /// Why.
    pub reason: String,
}

/// Tells what a settled year lacked or had too much. Nothing changes before somebody else has decided.
///
/// # Errors
/// Refusals when the year is not settled, for the officer's own year, without a reason, document or notice, for a day of
/// another year or an item that was not in effect on it, and when more would be taken back than there is.
pub async fn correct_points_year(op: &Op, year: i32, told: NewCorrection) -> Result<PointsCorrectionId, Stop> {
    let mut act = op.act().await?;
    let (member, person) = member(&act, told.membership).await?;
    let branch = member.branch.0.clone();
    act.permit(Deed::CorrectPointsYear, &branch)?;
    let standing = year_of(&act, &branch, year).await?;
    standing.state.0.correct(rule_year(year), &told.reason).or_refuse()?;
    let state = Correction::propose(decider(&act, &person)?).or_refuse()?;
    let row = row::Model {
        id: Text(act.new_id()),
        branch: Text(branch.clone()),
        membership_id: Text(told.membership),
        year,
        item: Text(told.item),
        points: Int(told.points),
        occurred_on: Text(told.occurred_on),
        document: told.document.trim().to_owned(),
        notified_on: told.notified_on.map(Text),
        reason: told.reason.trim().to_owned(),
        state: Text(state),
        proposer: act.account().map(Text),
        proposed_by: act.signature(),
        proposed_at: Int(act.now()),
        decided_by: String::new(),
        decided_at: None,
        answer: String::new(),
        version: 0,
    };
    must_be_grounded(&act, &row).await?;
    must_have_a_year(&act, &row).await?;
    let same = |it: &row::Model| {
        let told = (&it.item, it.points, it.occurred_on, &it.document);
        it.state.0 == CorrectionState::Proposed && told == (&row.item, row.points, row.occurred_on, &row.document)
    };
    if correction::of_member(act.db(), told.membership, year).await?.iter().any(same) {
        return Err(Stop::refused("同样的更正已经提出，正在等待审核，不用再提。"));
    }
    let id = row.id.0;
    record(&mut act, Deed::CorrectPointsYear, &row).await?;
    let words = format!("有一件{year}年度积分更正待审核，请社区另一名同志或街道党工委审核。");
    for (kind, level) in [(OfficeKind::CommunityOfficer, Level::Community), (OfficeKind::StreetOfficer, Level::Street)]
    {
        if let Some(place) = branch.at(level) {
            messages::tell(&act, kind, &place, &words, &urls::correction(id)).await?;
        }
    }
    correction::insert(act.db(), row).await?;
    act.commit().await?;
    Ok(id)
}

async fn must_have_a_year(act: &Act<'_>, row: &row::Model) -> Result<(), Stop> {
    if settled_lines(act.db(), &[row.membership_id.0], row.year).await?.is_empty() {
        return Err(Stop::refused(format!("这名同志{}年底不在名册里，没有可更正的年度积分。", row.year)));
    }
    Ok(())
}

async fn must_be_grounded(act: &Act<'_>, row: &row::Model) -> Result<(), Stop> {
    let (member, year) = (row.membership_id.0, row.year);
    if i32::from(row.occurred_on.0.year()) != year {
        return Err(Stop::refused_at("occurred_on", format!("发生日期应在{year}年内，请核对。")));
    }
    if row.points() == Points::ZERO {
        return Err(Stop::refused_at("points", "更正的分值不能是 0。"));
    }
    let mut sums = entry::sums_of(act.db(), &[member], year).await?;
    let sum = sums.remove(&member).and_then(|mut sums| sums.remove(&row.item.0)).unwrap_or_default();
    let notified_on = row.notified_on.map(|Text(day)| day);
    let grounds = Grounds { item: &row.item.0, document: &row.document, notified_on };
    let item = item_on(act, &row.branch.0, row.occurred_on.0, &row.item.0).await?;
    check_correction(grounds, row.points(), sum.rounded(), item.cap, act.now().date()).or_refuse()
}

/// The correction `id`, once deciding it is permitted, with its rule and who decides.
async fn waiting(act: &Act<'_>, id: PointsCorrectionId) -> Result<row::Model, Stop> {
    let row = correction::correction(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::DecideCorrection, &row.branch.0)?;
    Ok(row)
}

/// Puts a correction into effect: an entry in effect at once, and the member settled again. What held before stays as an
/// earlier revision.
///
/// # Errors
/// Refusals for who told it or gains by it, when it was decided before, while the year is being settled, and when it would not
/// fit any more what the member has.
pub async fn approve_correction(op: &Op, id: PointsCorrectionId) -> Result<(), Stop> {
    let act = op.act().await?;
    let row = waiting(&act, id).await?;
    let (line, person) = member(&act, row.membership_id.0).await?;
    let state = row.rule().approve(decider(&act, &person)?).or_refuse()?;
    let year = row.year;
    let standing = year_of(&act, &row.branch.0, year).await?;
    must_not_be_under_way(&act, &standing).await?;
    must_be_grounded(&act, &row).await.map_err(no_more)?;
    let given = in_effect(&act, entry_of(&act, &row));
    entry::insert(act.db(), vec![given]).await?;
    must_have_a_year(&act, &row).await?;
    settle_again(&act, &[row.membership_id.0], year, &row.reason).await?;
    tell_of_change(&act, &standing, &line).await?;
    let words = format!("您的{year}年度积分已更正：{}。", row.reason);
    people::tell(&act, &[(line, person)], &words, urls::OWN).await?;
    if let Some(community) = row.branch.0.at(Level::Community) {
        let words = format!("一件{year}年度积分更正已审核同意，并重新结算。");
        messages::tell(&act, OfficeKind::CommunityOfficer, &community, &words, &urls::correction(id)).await?;
    }
    decided(act, row::Model { state: Text(state), ..row }).await
}

/// What cannot be corrected so any more is nothing that who decides could mend at a field.
fn no_more(stop: Stop) -> Stop {
    match stop {
        Stop::Refused(problems) => {
            let why: String = problems.into_iter().map(|problem| problem.message).collect();
            Stop::refused(format!("按现在的计分已经不能这样更正，请不予更正并写明原因：{why}"))
        }
        other => other,
    }
}

/// Leaves the year as it is.
///
/// # Errors
/// Refusals for who told it or gains by it, when it was decided before, and without a reason.
pub async fn reject_correction(op: &Op, id: PointsCorrectionId, reason: &str) -> Result<(), Stop> {
    let act = op.act().await?;
    let row = waiting(&act, id).await?;
    let (_, person) = member(&act, row.membership_id.0).await?;
    let state = row.rule().reject(decider(&act, &person)?, reason).or_refuse()?;
    if let Some(community) = row.branch.0.at(Level::Community) {
        let words = format!("一件{}年度积分更正没有通过：{}。", row.year, reason.trim());
        messages::tell(&act, OfficeKind::CommunityOfficer, &community, &words, &urls::correction(id)).await?;
    }
    decided(act, row::Model { state: Text(state), answer: reason.trim().to_owned(), ..row }).await
}

async fn decided(mut act: Act<'_>, row: row::Model) -> Result<(), Stop> {
    let row = row::Model { decided_by: act.signature(), decided_at: Some(Int(act.now())), ..row };
    record(&mut act, Deed::DecideCorrection, &row).await?;
    correction::save(act.db(), row).await?;
    act.commit().await
}

/// The entry that a correction becomes.
fn entry_of(act: &Act<'_>, told: &row::Model) -> entry::row::Model {
    let source = Source { kind: "correction", id: told.id.0.to_string() };
    let proposal = Proposal {
        membership: told.membership_id.0,
        item: told.item.0.clone(),
        quantity: 100,
        occurred_on: told.occurred_on.0,
        note: told.reason.clone(),
    };
    entry::row::Model {
        document: told.document.clone(),
        notified_on: told.notified_on,
        proposer: told.proposer,
        proposed_by: told.proposed_by.clone(),
        proposed_at: told.proposed_at,
        ..proposed(act, &told.branch.0, &source, proposal, told.points().into())
    }
}

async fn record(act: &mut Act<'_>, deed: Deed, row: &row::Model) -> Result<(), Stop> {
    let body = serde_json::json!({
        "state": row.state.0, "item": row.item.0, "points": row.points.0, "year": row.year, "membership": row.membership_id.0,
    });
    let branch: &PlaceCode = &row.branch.0;
    act.record(deed, &Subject::new("points_correction", row.id.0, branch), body).await
}
