//! The yearly reports: a member to unit and community, a community to a unit, prefilled from the records (R-DUTY-03).

use domain::{
    ids::MembershipId,
    permission::{Deed, OfficeKind},
    place::{Level, PlaceCode},
    service::{Figures, ReportKind, ReportState},
};
use jiff::civil::date;
use platform::{
    act::{Act, Op, Subject},
    db::column::{Document, Text},
    error::{OrRefuse as _, Stop},
};
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{
    posts::must_be_ones,
    store::{self, report},
    urls,
    versions::{self, version},
    wishes::fulfilled_wishes,
};
use crate::{activities::served_in_year, meetings, messages, people, places, units};

/// What the records say of a member's year.
///
/// # Errors
/// When the database cannot be read.
pub async fn figures_of_member(
    db: &impl ConnectionTrait,
    branch: &PlaceCode,
    member: MembershipId,
    year: i16,
) -> Result<Figures, Stop> {
    figures_of(db, branch, &[member], year).await
}

/// What the records say of these members of one branch or community.
async fn figures_of(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    members: &[MembershipId],
    year: i16,
) -> Result<Figures, Stop> {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let mut figures = Figures { members: count(members.len()), ..Figures::default() };
    let served = served_in_year(db, place, year).await?;
    for one in members.iter().filter_map(|member| served.get(member)) {
        figures.activities += one.activities + one.records;
        figures.hours += one.hours;
    }
    let attended = meetings::attended_in_year(db, place, year).await?;
    figures.meetings = members.iter().filter_map(|member| attended.get(member)).sum();
    let is_ones = |id: Option<Text<MembershipId>>| id.is_some_and(|Text(id)| members.contains(&id));
    let wishes = fulfilled_wishes(db, place, year).await?;
    figures.wishes = count(wishes.iter().filter(|wish| is_ones(wish.membership_id)).count());
    let held = store::claims_within(db, place, date(year, 1, 1), date(year, 12, 31)).await?;
    figures.posts = count(held.iter().filter(|claim| is_ones(Some(claim.membership_id))).count());
    Ok(figures)
}

/// The members of a community who work in a unit, and what the records say of them.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn figures_of_unit(
    db: &impl ConnectionTrait,
    community: &PlaceCode,
    unit: &PlaceCode,
    year: i16,
) -> Result<(Vec<(people::Membership, people::Person)>, Figures), Stop> {
    let mut members = people::members_of_unit(db, unit).await?;
    members.retain(|(line, _)| line.branch.0.is_within(community));
    let ids: Vec<MembershipId> = members.iter().map(|(line, _)| line.id.0).collect();
    let figures = figures_of(db, community, &ids, year).await?;
    Ok((members, figures))
}

/// A report as a form tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReport {
    /// What was done.
    pub body: String,
    /// What comes next.
    pub plan: String,
    /// Whether it is sent with it.
    pub is_sent: bool,
}

/// Writes a member's report, and sends it to unit and community; a member writes the own one only.
///
/// # Errors
/// Refusals once it was sent; [`Stop::Missing`] for members out of reach.
pub async fn write_report(op: &Op, member: MembershipId, year: i16, new: NewReport) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let (line, _) = people::membership(act.db(), member).await?.ok_or(Stop::Missing)?;
    let branch = line.branch.0;
    must_be_ones(&act, Deed::WriteDutyReport, &branch, member).await?;
    let figures = figures_of(act.db(), &branch, &[member], year).await?;
    let is_sent = new.is_sent;
    let key = Key { kind: ReportKind::Member, year, place: &branch, subject: member.to_string() };
    write(&mut act, Deed::WriteDutyReport, key, new, figures).await?;
    if is_sent {
        if let Some(community) = branch.at(Level::Community) {
            let link = urls::of_year(urls::REPORTS_OF, &branch, year);
            messages::tell(&act, OfficeKind::CommunityOfficer, &community, "收到一份党员双报告。", &link).await?;
        }
        if let Some(unit) = line.unit.and_then(|unit| unit.0.at(Level::Unit)) {
            let words = "本单位一名在职党员报送了年度双报告。";
            let link = units::urls::of_reports(units::urls::REPORTS, &unit, year);
            messages::tell(&act, OfficeKind::UnitContact, &unit, words, &link).await?;
        }
    }
    act.commit().await
}

/// Writes a community's feedback to a unit, and sends it.
///
/// # Errors
/// Refusals once it was sent.
pub async fn give_feedback(
    op: &Op,
    community: &PlaceCode,
    unit: &PlaceCode,
    year: i16,
    new: NewReport,
) -> Result<(), Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::GiveFeedback, community)?;
    places::place(act.db(), unit).await?.ok_or(Stop::Missing)?;
    let (_, figures) = figures_of_unit(act.db(), community, unit, year).await?;
    let is_sent = new.is_sent;
    let key = Key { kind: ReportKind::Feedback, year, place: community, subject: unit.to_string() };
    write(&mut act, Deed::GiveFeedback, key, new, figures).await?;
    if is_sent {
        let words = "收到一个社区对本单位在职党员的年度反馈。";
        let link = units::urls::of_reports(units::urls::REPORTS, unit, year);
        messages::tell(&act, OfficeKind::UnitContact, unit, words, &link).await?;
    }
    act.commit().await
}

/// Which report is meant.
struct Key<'k> {
    kind: ReportKind,
    year: i16,
    place: &'k PlaceCode,
    subject: String,
}

async fn write(act: &mut Act<'_>, deed: Deed, key: Key<'_>, new: NewReport, figures: Figures) -> Result<(), Stop> {
    if key.year > act.now().date().year() {
        return Err(Stop::refused("还没有到这一年，不能填写这一年的报告。"));
    }
    let known = store::report(act.db(), key.kind, key.year, key.place, &key.subject).await?;
    let old = known.as_ref().map_or(ReportState::Draft, |row| row.state.0);
    let state = old.write(new.is_sent).or_refuse()?;
    let row = report::Model {
        id: known.as_ref().map_or_else(|| Text(act.new_id()), |row| row.id),
        kind: Text(key.kind),
        year: key.year.into(),
        place: Text(key.place.clone()),
        subject: key.subject,
        state: Text(state),
        body: new.body,
        plan: new.plan,
        figures: Document(figures),
        signed: act.signature(),
        sent_on: (state == ReportState::Sent).then(|| Text(act.now().date())),
        version: known.as_ref().map_or(0, |row| row.version),
    };
    let body = json!({ "kind": key.kind, "year": key.year, "state": state });
    act.record(deed, &Subject::new("duty_report", row.id.0, key.place), body).await?;
    let sent = row.clone();
    match known {
        Some(_) => store::save_report(act.db(), row).await?,
        None => store::insert_report(act.db(), row).await?,
    }
    keep_version(act, sent).await
}

/// What is sent stays as it was sent, whatever becomes of the report later.
async fn keep_version(act: &Act<'_>, sent: report::Model) -> Result<(), Stop> {
    let Some(sent_on) = sent.sent_on else { return Ok(()) };
    let last = versions::versions_of(act.db(), sent.id.0).await?.first().map_or(0, |version| version.number);
    let row = version::Model {
        id: Text(act.new_id()),
        report_id: sent.id,
        number: last + 1,
        body: sent.body,
        plan: sent.plan,
        figures: sent.figures,
        signed: sent.signed,
        sent_on,
    };
    versions::insert(act.db(), row).await
}

/// A community takes a feedback that it sent up again, to correct it; the unit goes on reading what was sent until then.
///
/// # Errors
/// Refusals when it was not sent; [`Stop::Missing`] when there is none.
pub async fn correct_feedback(op: &Op, community: &PlaceCode, unit: &PlaceCode, year: i16) -> Result<(), Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::GiveFeedback, community)?;
    let row = store::report(act.db(), ReportKind::Feedback, year, community, unit.as_str()).await?;
    let row = row.ok_or(Stop::Missing)?;
    let state = row.state.0.give_back().or_refuse()?;
    let body = json!({ "kind": row.kind.0, "year": year, "state": state });
    act.record(Deed::GiveFeedback, &Subject::new("duty_report", row.id.0, community), body).await?;
    store::save_report(act.db(), report::Model { state: Text(state), sent_on: None, ..row }).await?;
    act.commit().await
}

/// Gives a sent report back to be corrected.
///
/// # Errors
/// Refusals when it was not sent; [`Stop::Missing`] when there is none.
pub async fn give_report_back(op: &Op, member: MembershipId, year: i16) -> Result<PlaceCode, Stop> {
    let mut act = op.act().await?;
    let (line, _) = people::membership(act.db(), member).await?.ok_or(Stop::Missing)?;
    let branch = line.branch.0;
    act.permit(Deed::ConfirmRegistration, &branch)?;
    let row = store::report(act.db(), ReportKind::Member, year, &branch, &member.to_string()).await?;
    let row = row.ok_or(Stop::Missing)?;
    let state = row.state.0.give_back().or_refuse()?;
    let body = json!({ "kind": row.kind.0, "year": year, "state": state });
    act.record(Deed::ConfirmRegistration, &Subject::new("duty_report", row.id.0, &branch), body).await?;
    store::save_report(act.db(), report::Model { state: Text(state), sent_on: None, ..row }).await?;
    act.commit().await?;
    Ok(branch)
}

/// A member's report of a year.
///
/// # Errors
/// When the database cannot be read.
pub async fn report_of_member(
    db: &impl ConnectionTrait,
    branch: &PlaceCode,
    member: MembershipId,
    year: i16,
) -> Result<Option<report::Model>, Stop> {
    store::report(db, ReportKind::Member, year, branch, &member.to_string()).await
}
