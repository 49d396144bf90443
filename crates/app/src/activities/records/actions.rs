//! Entering, confirming and rejecting records.

use domain::{
    activity::{ActivityKind, Confirmer, RecordState, Stretch, check_record},
    clock::Instant,
    ids::{MembershipId, ServiceRecordId},
    members::MemberState,
    permission::{Deed, OfficeKind},
    place::{Level, PlaceCode},
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};
use serde_json::json;

use super::store::{self, record};
use crate::{
    activities::{hours::stretches_of, store::activity},
    people::{self, Membership},
    places,
    points::{self, Proposal, Source},
};

/// Service as a form tells it, the same for each of the chosen members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRecord {
    /// Who served.
    pub members: Vec<MembershipId>,
    /// What was done.
    pub title: String,
    /// Where.
    pub venue: String,
    /// When it began.
    pub starts_at: Instant,
    /// Hundredths of an hour.
    pub hours: i64,
}

/// Enters service; a member does so for themselves only. Somebody else confirms.
///
/// # Errors
/// [`domain::activity::RecordRefusal`] with the name of the member concerned; [`Stop::Missing`] for members out of reach.
pub async fn record_service(op: &Op, branch: &PlaceCode, new: NewRecord) -> Result<usize, Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::RecordService, branch)?;
    if new.members.is_empty() {
        return Err(Stop::refused_at("member", "请勾选参加服务的党员。"));
    }
    // Whoever else enters hours of the branch waits here, so that none overlap unseen.
    if let Some(county) = branch.at(Level::County) {
        places::lock(act.db(), &county).await?;
    }
    let known = people::living_under(act.db(), branch).await?;
    let officer = act.officer()?;
    let is_member = officer.office.kind == OfficeKind::Member;
    let recorded = stretches_of(act.db(), &new.members, new.starts_at.date()).await?;
    let mut rows = Vec::with_capacity(new.members.len());
    for id in &new.members {
        let is_meant =
            |line: &Membership| line.id.0 == *id && line.branch.0 == *branch && line.state.0 == MemberState::Confirmed;
        let found = known.iter().find(|(line, _)| is_meant(line));
        let (_, person) = found.ok_or(Stop::Missing)?;
        if is_member && person.account_id != Some(Text(officer.account)) {
            return Err(Stop::Missing);
        }
        let stretch = Stretch { from: new.starts_at, hours: new.hours, title: new.title.clone() };
        let others = recorded.get(id).map_or(&[][..], Vec::as_slice);
        check_record(&person.name, &stretch, others, act.now()).or_refuse()?;
        rows.push(record::Model {
            id: Text(act.new_id()),
            branch: Text(branch.clone()),
            membership_id: Text(*id),
            title: new.title.clone(),
            venue: new.venue.clone(),
            starts_at: Int(new.starts_at),
            hours: new.hours,
            state: Text(RecordState::Entered),
            enterer: act.account().map(Text),
            entered_by: act.signature(),
            decided_by: String::new(),
            reason: String::new(),
            activity_id: None,
            version: 0,
        });
    }
    let count = rows.len();
    store::insert(act.db(), rows).await?;
    let body = json!({ "records": count, "hours": new.hours });
    act.record(Deed::RecordService, &Subject::new("branch", branch, branch), body).await?;
    act.commit().await?;
    Ok(count)
}

/// Confirms records, and proposes the points for them. Answers how many entries were proposed.
///
/// # Errors
/// Refusals for records that were decided, or that are one's own.
pub async fn confirm_service(op: &Op, branch: &PlaceCode, ids: &[ServiceRecordId]) -> Result<usize, Stop> {
    let mut act = op.act().await?;
    let mut proposed = 0;
    for (row, confirmer) in permitted(&act, branch, ids).await? {
        let state = row.rule().confirm(confirmer).or_refuse()?;
        let kind = match row.activity_id {
            Some(Text(id)) => activity(act.db(), id).await?.map_or(ActivityKind::Service, |row| row.kind.0),
            None => ActivityKind::Service,
        };
        if let Some(item) = kind.item() {
            let proposal = Proposal {
                membership: row.membership_id.0,
                item,
                quantity: kind.quantity(row.hours),
                occurred_on: row.starts_at.0.date(),
                note: row.title.clone(),
            };
            proposed += points::propose_for(&mut act, branch, source(&row), vec![proposal]).await?;
        }
        decide(&mut act, record::Model { state: Text(state), ..row }).await?;
    }
    act.commit().await?;
    Ok(proposed)
}

/// Does not confirm records, with a reason that the member reads.
///
/// # Errors
/// Refusals for records that were decided, that are one's own, or without a reason.
pub async fn reject_service(op: &Op, branch: &PlaceCode, ids: &[ServiceRecordId], reason: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    for (row, confirmer) in permitted(&act, branch, ids).await? {
        let state = row.rule().reject(confirmer, reason).or_refuse()?;
        decide(&mut act, record::Model { state: Text(state), reason: reason.trim().to_owned(), ..row }).await?;
    }
    act.commit().await
}

/// Withdraws a confirmed record: its hours count no more, and what it gave is taken back, which waits for somebody else. Answers
/// whether the year still takes entries; if not, the community corrects its results.
///
/// # Errors
/// Refusals for records that are not confirmed, for one's own service, or without a reason.
pub async fn withdraw_service(op: &Op, branch: &PlaceCode, id: ServiceRecordId, reason: &str) -> Result<bool, Stop> {
    let mut act = op.act().await?;
    let (row, confirmer) = permitted(&act, branch, &[id]).await?.pop().ok_or(Stop::Missing)?;
    let state = row.rule().withdraw(confirmer, reason).or_refuse()?;
    let of = (row.membership_id.0, row.starts_at.0.date());
    let words = format!("撤销服务记录：{}", reason.trim());
    let is_open = points::take_back_for(&mut act, branch, &source(&row), of, &words).await?;
    decide(&mut act, record::Model { state: Text(state), reason: reason.trim().to_owned(), ..row }).await?;
    act.commit().await?;
    Ok(is_open)
}

/// What its points come from.
fn source(row: &record::Model) -> Source {
    Source { kind: "service", id: row.id.0.to_string() }
}

async fn permitted(
    act: &Act<'_>,
    branch: &PlaceCode,
    ids: &[ServiceRecordId],
) -> Result<Vec<(record::Model, Confirmer)>, Stop> {
    act.permit(Deed::ConfirmService, branch)?;
    if ids.is_empty() {
        return Err(Stop::refused_at("record", "请勾选服务记录。"));
    }
    let rows = store::records(act.db(), branch, ids).await?;
    if rows.len() != ids.len() {
        return Err(Stop::Missing);
    }
    let (account, officer) = (act.account(), act.officer()?);
    let persons = people::persons_of(act.db(), rows.iter().map(|row| row.membership_id.0)).await?;
    let is_server = |row: &record::Model| persons.get(&row.membership_id.0).is_some_and(|person| person.is(officer));
    Ok(rows.into_iter().map(|row| (row.clone(), Confirmer { account, is_server: is_server(&row) })).collect())
}

async fn decide(act: &mut Act<'_>, row: record::Model) -> Result<(), Stop> {
    let body = json!({ "state": row.state.0 });
    act.record(Deed::ConfirmService, &Subject::new("service_record", row.id.0, &row.branch.0), body).await?;
    let decided_by = act.signature();
    store::save(act.db(), record::Model { decided_by, ..row }).await
}
