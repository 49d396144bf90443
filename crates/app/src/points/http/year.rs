//! The county's year: closing, settling with progress, reporting, and all reports in one archive.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    clock::chinese_date,
    permission::Deed,
    place::{Level, PlaceCode},
    points::{YearState, closes_by},
};
use office::{archive::write_archive, letter::write_letter, sheet::write_workbook};
use platform::{
    db::column::Int,
    error::Stop,
    forms::Form,
    pages::{done, download, page, refused},
    shell::{Chip, Problems, Shell, Step, StepState, TimelineEntry},
};

use super::{parse_year, this_year, year_chips};
use crate::{
    audit_log,
    desk::Desk,
    people, places,
    points::{
        actions::{close_points_year, order_settlement, report_points_year},
        letters,
        queries::{self, MemberYear},
        sheets,
        store::{
            appeal, entry, settlement, unit_score,
            year::{self, row},
        },
        urls,
    },
};

#[derive(Template)]
#[template(path = "points/year.html")]
struct YearPage {
    shell: Shell,
    problems: Problems,
    row: row::Model,
    years: Vec<Chip>,
    steps: Vec<Step>,
    waiting: u64,
    /// The branches whose entries wait, those with the most first.
    owing: Vec<(String, u64)>,
    appeals: usize,
    members: usize,
    given: usize,
    settled: usize,
    pending: usize,
    due: String,
    history: Vec<TimelineEntry>,
    /// Whether it is being settled.
    is_running: bool,
    /// Whether a settlement was given up, so that it has to be ordered anew.
    was_given_up: bool,
    /// Whether the year is over, so that it may be closed.
    is_over: bool,
    /// Whether scores are pressed for (R-PTS-03).
    is_late: bool,
}

impl YearPage {
    fn at(&self, path: &str) -> String {
        urls::of_year(path, self.row.year)
    }

    fn is_at(&self, code: &str) -> bool {
        self.row.state.0.code() == code
    }

    fn of_members(&self) -> String {
        format!("/ {} 人", self.members)
    }

    fn due_words(&self) -> String {
        format!("{}前报送", self.due)
    }

    fn pending_words(&self) -> String {
        format!("其中等待单位积分 {} 人", self.pending)
    }
}

/// On to last year, which is the one to close.
pub async fn newest(desk: Desk) -> Result<Response, Stop> {
    desk.op.permit(Deed::ClosePointsYear, &desk.officer.office.place)?;
    let year = if desk.op.now().date().month() <= 6 { this_year(&desk) - 1 } else { this_year(&desk) };
    Ok(Redirect::to(&urls::year(year)).into_response())
}

fn county(desk: &Desk) -> Result<PlaceCode, Stop> {
    let county = desk.officer.office.place.at(Level::County).ok_or(Stop::Missing)?;
    desk.op.permit(Deed::ClosePointsYear, &county)?;
    Ok(county)
}

/// The page.
pub async fn show(desk: Desk, Path(year): Path<String>) -> Result<Response, Stop> {
    let (county, year) = (county(&desk)?, parse_year(&year, &desk)?);
    page(&year_page(&desk, county, year, Problems::default()).await?)
}

async fn year_page(desk: &Desk, county: PlaceCode, number: i32, problems: Problems) -> Result<YearPage, Stop> {
    let db = desk.op.reader();
    let row = year::year(db, &county, number).await?.unwrap_or_else(|| row::Model::open(county.clone(), number));
    let closes = closes_by(i16::try_from(number).unwrap_or(i16::MAX));
    let members = people::members_of_unit(db, &county).await?;
    let scores = unit_score::scores_under(db, &county, number).await?;
    let settled =
        if row.state.0.is_settled() { settlement::current_under(db, &county, number).await? } else { Vec::new() };
    let is_running = year::is_settling(db, &row).await?;
    let waiting = entry::waiting_under(db, &county, number).await?;
    let names = places::names(db, waiting.keys().cloned().collect()).await?;
    let name = |branch: &PlaceCode| names.get(branch.as_str()).cloned().unwrap_or_default();
    let mut owing: Vec<(String, u64)> = waiting.iter().map(|(branch, count)| (name(branch), *count)).collect();
    owing.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Ok(YearPage {
        shell: desk.shell(format!("{number}年度积分结算")).await?,
        problems,
        years: year_chips(desk, number, urls::year),
        steps: steps(&row),
        waiting: waiting.values().sum(),
        owing,
        appeals: appeal::waiting_under(db, &county).await?.len(),
        given: members.iter().filter(|(member, _)| scores.contains_key(&member.person_id.0)).count(),
        members: members.len(),
        pending: settled.iter().filter(|row| row.result.is_none()).count(),
        settled: settled.len(),
        due: chinese_date(closes),
        is_over: i32::from(desk.op.now().date().year()) > number,
        is_late: !row.state.0.is_settled() && desk.op.now().date() > closes,
        is_running,
        was_given_up: row.state.0 == YearState::Closing && row.job_id.is_some() && !is_running,
        history: audit_log::history(db, &format!("{county}:{number}")).await?,
        row,
    })
}

fn steps(row: &row::Model) -> Vec<Step> {
    let reached = match row.state.0 {
        YearState::Open => 0,
        YearState::Closing => 1,
        YearState::Settled => 2,
        YearState::Reported => 4,
    };
    let settled = row.settled_at.map(|Int(at)| format!("{}，{}", row.settled_by, chinese_date(at.date())));
    let reported = row.reported_at.map(|Int(at)| chinese_date(at.date()));
    let notes = [String::new(), String::new(), settled.unwrap_or_default(), reported.unwrap_or_default()];
    let step = |(index, (label, note)): (usize, (&str, String))| Step {
        label: label.to_owned(),
        state: match index {
            _ if index < reached => StepState::Done,
            _ if index == reached => StepState::Now,
            _ => StepState::Ahead,
        },
        note,
    };
    ["计分", "截止、补齐单位积分", "结算", "反馈单位和支部"].into_iter().zip(notes).enumerate().map(step).collect()
}

/// No new entries from here on.
pub async fn close(desk: Desk, Path(year): Path<String>, _: Form) -> Result<Response, Stop> {
    let (county, year) = (county(&desk)?, parse_year(&year, &desk)?);
    let outcome = close_points_year(&desk.op, &county, year).await;
    answer(&desk, county, year, outcome, "已截止计分。单位积分补齐、待审核和申诉办完以后就可以结算。").await
}

/// Orders the settlement.
pub async fn settle(desk: Desk, Path(year): Path<String>, _: Form) -> Result<Response, Stop> {
    let (county, year) = (county(&desk)?, parse_year(&year, &desk)?);
    let outcome = order_settlement(&desk.op, &county, year).await;
    answer(&desk, county, year, outcome, "已开始结算，通常几秒钟完成，刷新本页可以看到进度。").await
}

/// Tells units and branches.
pub async fn report(desk: Desk, Path(year): Path<String>, _: Form) -> Result<Response, Stop> {
    let (county, year) = (county(&desk)?, parse_year(&year, &desk)?);
    let outcome = report_points_year(&desk.op, &county, year).await;
    answer(&desk, county, year, outcome, "已通知各单位和各支部查看报告。").await
}

async fn answer(
    desk: &Desk,
    county: PlaceCode,
    year: i32,
    outcome: Result<(), Stop>,
    words: &str,
) -> Result<Response, Stop> {
    match outcome {
        Ok(()) => Ok(done(&urls::year(year), words)),
        Err(Stop::Refused(problems)) => refused(&year_page(desk, county, year, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

/// The reports to every unit and branch, as Excel and as Word, in one archive.
pub async fn archive(desk: Desk, Path(year): Path<String>) -> Result<Response, Stop> {
    let (county, year) = (county(&desk)?, parse_year(&year, &desk)?);
    let db = desk.op.reader();
    if !queries::state_of(db, &county, year).await?.is_settled() {
        return Err(Stop::refused("这一年度还没有结算，结算以后才有报告。"));
    }
    let members = queries::members_in_year(db, &county, year).await?;
    let mut reports: BTreeMap<PlaceCode, (String, Vec<MemberYear>)> = BTreeMap::new();
    let names = places::places_under(db, &county).await?.into_iter().chain(places::units_under(db, &county).await?);
    let names: BTreeMap<PlaceCode, String> = names.map(|place| (place.code.0, place.name)).collect();
    for member in members {
        let unit = member.membership.unit.as_ref().map(|unit| unit.0.clone());
        for code in [Some(member.membership.branch.0.clone()), unit].into_iter().flatten() {
            let name = names.get(&code).cloned().unwrap_or_default();
            reports.entry(code).or_insert_with(|| (name, Vec::new())).1.push(member.clone());
        }
    }
    let today = desk.op.now().date();
    let written = tokio::task::spawn_blocking(move || write_reports(&reports, year, today));
    let bytes = written.await.map_err(|error| Stop::Fault(error.into()))??;
    Ok(download(&format!("{year}年度党员积分报告.zip"), "application/zip", bytes))
}

fn write_reports(
    reports: &BTreeMap<PlaceCode, (String, Vec<MemberYear>)>,
    year: i32,
    today: jiff::civil::Date,
) -> Result<Vec<u8>, Stop> {
    let mut files = Vec::with_capacity(reports.len() * 2);
    for (code, (name, members)) in reports {
        let is_unit = code.level().is_unit();
        let folder = if is_unit { "单位" } else { "小区党支部" };
        let title = format!("{name}{year}年度党员积分");
        let letter = if is_unit {
            letters::unit_report(name, year, members, today)
        } else {
            letters::branch_report(name, year, members, today)
        };
        let table =
            write_workbook(&[sheets::branch_sheet(&title, members)]).map_err(|error| Stop::Fault(error.into()))?;
        let letter = write_letter(&letter).map_err(|error| Stop::Fault(error.into()))?;
        // The code keeps the names of two branches of one name apart.
        files.push((format!("{folder}/{code} {name}.xlsx"), table));
        files.push((format!("{folder}/{code} {name}.docx"), letter));
    }
    write_archive(files).map_err(|error| Stop::Fault(error.into()))
}
