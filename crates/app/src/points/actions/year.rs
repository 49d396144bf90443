//! The county's year: closed, settled by a job, reported; and corrections that settle it again (R-PTS-08).

use domain::{
    clock::Instant,
    ids::{JobId, MembershipId},
    permission::{Deed, OfficeKind},
    place::{Level, PlaceCode},
    points::YearState,
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
    jobs::{JobKind, Running},
};
use serde::{Deserialize, Serialize};

use super::{must_not_be_settling, rule_year, year_of};
use crate::{
    messages,
    people::Membership,
    places,
    points::{
        settle::{county_of, settle_under, settled, settled_lines, workings_under},
        store::{
            appeal, entry, settlement,
            year::{self as years, row},
        },
        urls,
    },
};

/// The job that settles a year.
pub const JOBS: &[JobKind] = &[JobKind { name: SETTLE, every_minutes: None, run: settle_year }];

const SETTLE: &str = "settle_points_year";

/// What the job is ordered with.
#[derive(Debug, Serialize, Deserialize)]
struct Order {
    county: PlaceCode,
    year: i32,
}

/// No new entries from here on; what waits is decided, and units give their scores.
///
/// # Errors
/// Refusals before the year is over, or when it was closed before.
pub async fn close_points_year(op: &Op, county: &PlaceCode, year: i32) -> Result<(), Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::ClosePointsYear, county)?;
    let row = year_of(&act, county, year).await?;
    let state = row.state.0.close(rule_year(year), act.now().date()).or_refuse()?;
    let row = row::Model { state: Text(state), ..row };
    record(&mut act, Deed::ClosePointsYear, &row, "").await?;
    years::insert(act.db(), row).await?;
    act.commit().await
}

/// Orders the job that settles the year, once nothing waits.
///
/// # Errors
/// Refusals while entries or appeals wait, or while the year is being settled. A settlement that was given up may be ordered anew.
pub async fn order_settlement(op: &Op, county: &PlaceCode, year: i32) -> Result<(), Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::ClosePointsYear, county)?;
    let row = year_of(&act, county, year).await?;
    must_be_ready(&act, &row).await?;
    must_not_be_settling(&act, &row).await?;
    let order = Order { county: county.clone(), year };
    let order = serde_json::to_string(&order).map_err(anyhow::Error::from)?;
    let job: JobId = act.order_job(SETTLE, &order).await?;
    let row = row::Model { job_id: Some(Text(job)), branches_done: 0, branches: 0, settled_by: act.signature(), ..row };
    record(&mut act, Deed::ClosePointsYear, &row, "ordered").await?;
    years::save(act.db(), row).await?;
    act.commit().await
}

/// Whether the year is closing and nothing in it waits.
async fn must_be_ready(act: &Act<'_>, row: &row::Model) -> Result<YearState, Stop> {
    let waiting = entry::waiting_under(act.db(), &row.county.0, row.year).await?.values().sum();
    let appeals = appeal::waiting_under(act.db(), &row.county.0).await?;
    let of_year = entry::entries(act.db(), &appeals.iter().map(|it| it.entry_id.0).collect::<Vec<_>>()).await?;
    let appealed = of_year.iter().filter(|entry| entry.year == row.year).count() as u64;
    row.state.0.settle(rule_year(row.year), waiting, appealed).or_refuse()
}

/// Settles community by community, each in a deed of its own so that progress is seen and what breaks off is taken up
/// again; nothing counts before the last deed says so. Run twice, it finds the same to the last digit.
fn settle_year(op: Op, order: String) -> Running {
    Box::pin(async move {
        let Order { county, year } = serde_json::from_str(&order).map_err(anyhow::Error::from)?;
        let branches = places::branches_under(op.reader(), &county).await?;
        let mut communities: Vec<PlaceCode> =
            branches.iter().filter_map(|branch| branch.place.code.0.at(Level::Community)).collect();
        communities.dedup();
        let total = i32::try_from(communities.len()).unwrap_or(i32::MAX);
        for (done, community) in (1..).zip(&communities) {
            let mut act = op.act().await?;
            let Some(row) = ordered(&act, &county, year).await? else { return Ok(()) };
            let members = settle_under(act.db(), community, year, act.now()).await?;
            let body = serde_json::json!({ "year": year, "members": members });
            act.record(
                Deed::ClosePointsYear,
                &Subject::new("points_year", format!("{county}:{year}"), community),
                body,
            )
            .await?;
            years::save(act.db(), row::Model { branches_done: done, branches: total, ..row }).await?;
            act.commit().await?;
        }
        finish(&op, &county, year).await
    })
}

/// The year, while a settlement of it is ordered.
async fn ordered(act: &Act<'_>, county: &PlaceCode, year: i32) -> Result<Option<row::Model>, Stop> {
    let row = year_of(act, county, year).await?;
    Ok((row.state.0 == YearState::Closing && row.job_id.is_some()).then_some(row))
}

/// Settled, if still nothing waits; otherwise the county is told to order it again when what came in between is decided.
async fn finish(op: &Op, county: &PlaceCode, year: i32) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let Some(row) = ordered(&act, county, year).await? else { return Ok(()) };
    let state = match must_be_ready(&act, &row).await {
        Ok(state) => state,
        Err(Stop::Refused(problems)) => {
            let why: String = problems.into_iter().map(|problem| problem.message).collect();
            return break_off(act, row, &why).await;
        }
        Err(stop) => return Err(stop),
    };
    let row = row::Model { state: Text(state), settled_at: Some(Int(act.now())), job_id: None, ..row };
    record(&mut act, Deed::ClosePointsYear, &row, "settled").await?;
    years::save(act.db(), row).await?;
    let words = format!("{year}年度积分已结算，请查看结果并反馈单位。");
    messages::tell(&act, OfficeKind::CountyOrgDept, county, &words, &urls::year(year)).await?;
    act.commit().await
}

async fn break_off(mut act: Act<'_>, row: row::Model, why: &str) -> Result<(), Stop> {
    let (county, year) = (row.county.0.clone(), row.year);
    let row = row::Model { job_id: None, ..row };
    record(&mut act, Deed::ClosePointsYear, &row, "broken_off").await?;
    years::save(act.db(), row).await?;
    let words = format!("{year}年度积分没有结算完成：{why}。办完以后请重新结算。");
    messages::tell(&act, OfficeKind::CountyOrgDept, &county, &words, &urls::year(year)).await?;
    act.commit().await
}

/// Tells every unit and branch that its report is there.
///
/// # Errors
/// Refusals when the year is not settled.
pub async fn report_points_year(op: &Op, county: &PlaceCode, year: i32) -> Result<(), Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::ClosePointsYear, county)?;
    let row = year_of(&act, county, year).await?;
    let state = row.state.0.report(rule_year(year)).or_refuse()?;
    let words = format!("{year}年度党员积分已结算，请查看并下载报告。");
    for unit in places::units_under(act.db(), county).await? {
        if unit.level.0 == Level::Unit {
            messages::tell(&act, OfficeKind::UnitContact, &unit.code.0, &words, &urls::unit_scores(&unit.code.0, year))
                .await?;
        }
    }
    for branch in places::branches_under(act.db(), county).await? {
        let code = branch.place.code.0;
        messages::tell(&act, OfficeKind::BranchSecretary, &code, &words, &urls::branch(&code, year)).await?;
    }
    let row = row::Model { state: Text(state), reported_at: Some(Int(act.now())), ..row };
    record(&mut act, Deed::ClosePointsYear, &row, "reported").await?;
    years::save(act.db(), row).await?;
    act.commit().await
}

/// Once branch and unit have the year's reports in their hands, they learn that a result is another now.
pub(super) async fn tell_of_change(act: &Act<'_>, standing: &row::Model, member: &Membership) -> Result<(), Stop> {
    if standing.state.0 != YearState::Reported {
        return Ok(());
    }
    let (branch, year) = (&member.branch.0, standing.year);
    let words = format!("{year}年度积分有一名党员的结果已更正，请重新查看、下载报告。");
    messages::tell(act, OfficeKind::BranchSecretary, branch, &words, &urls::branch(branch, year)).await?;
    if let Some(unit) = member.unit.as_ref().and_then(|unit| unit.0.at(Level::Unit)) {
        messages::tell(act, OfficeKind::UnitContact, &unit, &words, &urls::unit_scores(&unit, year)).await?;
    }
    Ok(())
}

/// Settles these members again, each on the line that their year was settled on, which for who has moved since is another
/// than that of an old entry; what held before stays as an earlier revision. Answers how many there were.
pub(super) async fn settle_again(
    act: &Act<'_>,
    members: &[MembershipId],
    year: i32,
    reason: &str,
) -> Result<usize, Stop> {
    let now: Instant = act.now();
    let mut rows = Vec::with_capacity(members.len());
    for (branch, lines) in settled_lines(act.db(), members, year).await? {
        let workings = workings_under(act.db(), &branch, year).await?;
        for (member, working) in workings.iter().filter(|(member, _)| lines.contains(&member.id.0)) {
            let newest = settlement::of_member(act.db(), member.id.0, year).await?;
            let revision = newest.first().map_or(1, |row| row.revision.saturating_add(1));
            rows.push(settled(member, working, year, revision, reason, now));
        }
    }
    let count = rows.len();
    settlement::replace(act.db(), year, rows).await?;
    Ok(count)
}

async fn record(act: &mut Act<'_>, deed: Deed, row: &row::Model, step: &str) -> Result<(), Stop> {
    let body = serde_json::json!({ "year": row.year, "state": row.state.0, "step": step });
    let county = county_of(&row.county.0)?;
    act.record(deed, &Subject::new("points_year", format!("{county}:{}", row.year), &county), body).await
}
