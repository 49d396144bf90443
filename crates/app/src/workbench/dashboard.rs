//! The season at a glance: how far the applications are, streets and communities compared, what is late.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::{
    clock::{Instant, chinese_date},
    ids::ApplicationId,
    permission::Deed,
    place::{Level, PlaceCode},
    selection::{application::Stage, parameters::Parameters},
};
use office::sheet::{SheetColumn, SheetTable};
use platform::{
    error::Stop,
    pages::{page, workbook},
    shell::{Chart, ChartKind, Series, Shell},
};

use super::urls;
use crate::{
    calendar,
    desk::Desk,
    selection::{
        self, Application, Phase, Season, content::OpinionStep, due_of, funnel_chart, phases_at, urls as selection_urls,
    },
};

/// How many late applications are listed.
const LATE_SHOWN: usize = 50;

/// How far the applications of one place are.
#[derive(Default)]
struct Reached {
    submitted: i64,
    community: i64,
    screened: i64,
    recommended: i64,
}

impl Reached {
    fn add(&mut self, application: &Application, was_screened: bool) {
        let (stage, steps) = (application.stage.0, application.stage.0.steps_done());
        self.submitted += i64::from(steps >= 1);
        self.community += i64::from(steps >= 2);
        self.screened += i64::from(steps >= 3 || stage == Stage::Screened || was_screened);
        self.recommended += i64::from(application.street_rank > 0);
    }
}

/// An application that waits beyond its deadline.
struct Late {
    name: String,
    href: String,
    stage: &'static str,
    due: String,
}

/// The current season within an office's reach, as far as one look goes.
pub struct Glance {
    /// Its year.
    pub year: i32,
    /// Applications that were submitted.
    pub submitted: u64,
    /// Applications that wait at some desk.
    pub waiting: u64,
    /// Days until branches may no longer submit nor streets recommend, in words.
    pub days_left: String,
    /// That deadline.
    pub deadline: String,
    /// Applications that wait beyond their deadline.
    pub late: usize,
    /// For a branch, how its own application stands.
    pub own: Option<Own>,
}

/// A branch's own application.
pub struct Own {
    /// Its stage in words.
    pub stage: &'static str,
    /// Since when, in words.
    pub since: String,
    /// Its page.
    pub href: String,
}

/// What the page and the glance are made of.
struct Picture {
    season: Season,
    parameters: Parameters,
    applications: Vec<Application>,
    /// Those that the street screened in and did not recommend.
    screened: BTreeSet<ApplicationId>,
    names: BTreeMap<PlaceCode, String>,
    stages: BTreeMap<Stage, u64>,
    phases: Vec<Phase>,
    late: Vec<Late>,
}

impl Picture {
    fn glance(&self, reach: &PlaceCode, now: Instant) -> Glance {
        Glance {
            year: self.season.year,
            submitted: self.stages.iter().filter(|(stage, _)| stage.steps_done() > 0).map(|(_, count)| count).sum(),
            waiting: self.phases.iter().map(|phase| phase.waiting).sum(),
            days_left: days_left(&self.parameters, now),
            deadline: last_day(&self.parameters),
            late: self.late.len(),
            own: self.applications.first().filter(|_| reach.level() == Level::Branch).map(|row| Own {
                stage: row.words(),
                since: chinese_date(row.stage_since.0.date()),
                href: selection_urls::application(row.id.0),
            }),
        }
    }
}

#[derive(Template)]
#[template(path = "workbench/dashboard.html")]
struct DashboardPage {
    shell: Shell,
    season: String,
    glance: Glance,
    funnel: Chart,
    compared: Vec<Chart>,
    phases: Vec<Phase>,
    late: Vec<Late>,
}

impl DashboardPage {
    fn listed(&self) -> impl Iterator<Item = &Late> {
        self.late.iter().take(LATE_SHOWN)
    }
}

/// The current season within the office's reach.
pub async fn dashboard(desk: Desk) -> Result<Response, Stop> {
    let reach = desk.officer.office.place.clone();
    desk.op.permit(Deed::ViewApplication, &reach)?;
    let Some(picture) = picture(&desk, &reach).await? else {
        return selection::no_season(&desk, "评选总览", "县委组织部启动年度评选后，这里会显示申报进展。").await;
    };
    page(&DashboardPage {
        shell: desk.shell("评选总览").await?,
        season: selection_urls::season(picture.season.id.0),
        glance: picture.glance(&reach, desk.op.now()),
        funnel: funnel_chart("申报走到了哪一步", &picture.stages),
        compared: compare(&reach, &picture),
        phases: picture.phases,
        late: picture.late,
    })
}

/// The numbers of every picture, who is late, and the phases, as Excel tables.
pub async fn export(desk: Desk) -> Result<Response, Stop> {
    let reach = desk.officer.office.place.clone();
    desk.op.permit(Deed::ViewApplication, &reach)?;
    let Some(picture) = picture(&desk, &reach).await? else {
        return Ok(Redirect::to(urls::DASHBOARD).into_response());
    };
    let mut tables = vec![funnel_chart("申报走到了哪一步", &picture.stages).sheet()];
    tables.extend(compare(&reach, &picture).iter().map(Chart::sheet));
    tables.extend([late_sheet(&picture.late), selection::phases_sheet(&picture.phases)]);
    workbook(&format!("{}年度评选总览", picture.season.year), &tables)
}

fn late_sheet(late: &[Late]) -> SheetTable {
    let row = |one: &Late| vec![one.name.as_str().into(), one.stage.into(), one.due.as_str().into()];
    SheetTable {
        name: "逾期未办".to_owned(),
        title: Some("逾期未办".to_owned()),
        columns: vec![
            SheetColumn::text("小区党支部", 36.0),
            SheetColumn::text("现在哪一步", 20.0),
            SheetColumn::text("应办结日期", 18.0),
        ],
        rows: late.iter().map(row).collect(),
        ..SheetTable::default()
    }
}

/// One look at the current season, for an office that may see applications.
///
/// # Errors
/// When the database cannot be read.
pub async fn glance(desk: &Desk) -> Result<Option<Glance>, Stop> {
    let reach = &desk.officer.office.place;
    if !desk.op.can(Deed::ViewApplication, reach) {
        return Ok(None);
    }
    Ok(picture(desk, reach).await?.map(|picture| picture.glance(reach, desk.op.now())))
}

async fn picture(desk: &Desk, reach: &PlaceCode) -> Result<Option<Picture>, Stop> {
    let (db, now) = (desk.op.reader(), desk.op.now());
    let Some(season) = selection::current_season(db, reach).await? else { return Ok(None) };
    let parameters = selection::parameters_of(db, &season).await?;
    let applications = selection::applications_under(db, season.id.0, reach, &[]).await?;
    let names = selection::place_names(db, reach).await?;
    let calendar = calendar::load(db).await?;
    let mut stages: BTreeMap<Stage, u64> = BTreeMap::new();
    for application in &applications {
        *stages.entry(application.stage.0).or_default() += 1;
    }
    let all = match reach.at(Level::County) {
        Some(county) if county != *reach => selection::stages(db, season.id.0, &county).await?,
        Some(_) | None => stages.clone(),
    };
    let phases = phases_at(&parameters, season.opened_at.0, (&all, &stages), now);
    let due = |row: &Application| due_of(row.stage.0, row.stage_since.0, &parameters, &calendar);
    let late = late(&applications, &names, now, due);
    let left = applications.iter().filter(|row| row.stage.0 == Stage::NotRecommended).map(|row| row.id.0).collect();
    let screenings = selection::opinions_at(db, OpinionStep::Screening, left).await?;
    let screened = screenings.iter().filter(|it| it.is_favourable).map(|it| it.application_id.0).collect();
    Ok(Some(Picture { season, parameters, applications, screened, names, stages, phases, late }))
}

fn days_left(parameters: &Parameters, now: Instant) -> String {
    parameters.recommend_deadline().map_or_else(String::new, |until| {
        let left = until.days_since(now);
        if left < 0 { "已截止".to_owned() } else { format!("{left} 天") }
    })
}

/// 24:00 of a day is the moment the next one begins.
fn last_day(parameters: &Parameters) -> String {
    parameters.recommend_deadline().map(|until| chinese_date(until.plus_micros(-1).date())).unwrap_or_default()
}

/// Streets as bars and communities as squares, as far as `reach` has several of them.
fn compare(reach: &PlaceCode, picture: &Picture) -> Vec<Chart> {
    let levels = [
        (Level::Street, ChartKind::Bar, "各街道进展"),
        (Level::Community, ChartKind::Heat, "各社区进展"),
        (Level::Branch, ChartKind::Heat, "各小区党支部进展"),
    ];
    let below = |(level, ..): &(Level, ChartKind, &str)| *level > reach.level();
    let chart = |(level, kind, title): (Level, ChartKind, &str)| compared(level, kind, title, picture);
    levels.into_iter().filter(below).take(2).map(chart).filter(|chart| chart.labels.len() > 1).collect()
}

fn compared(level: Level, kind: ChartKind, title: &str, picture: &Picture) -> Chart {
    let Picture { applications, screened, names, .. } = picture;
    let mut places: BTreeMap<PlaceCode, Reached> = BTreeMap::new();
    for application in applications {
        let Some(place) = application.branch.0.at(level) else { continue };
        places.entry(place).or_default().add(application, screened.contains(&application.id.0));
    }
    let name = |place: &PlaceCode| names.get(place).cloned().unwrap_or_else(|| place.to_string());
    let series = |name: &str, value: fn(&Reached) -> i64| Series {
        name: name.to_owned(),
        values: places.values().map(value).collect(),
    };
    Chart {
        kind,
        title: title.to_owned(),
        labels: places.keys().map(name).collect(),
        series: vec![
            series("已提交", |reached| reached.submitted),
            series("社区通过", |reached| reached.community),
            series("初选通过", |reached| reached.screened),
            series("已推荐", |reached| reached.recommended),
        ],
    }
}

/// What waits at a desk beyond its deadline, the longest overdue first. A draft that missed the deadline waits for nothing.
fn late(
    applications: &[Application],
    names: &BTreeMap<PlaceCode, String>,
    now: Instant,
    due: impl Fn(&Application) -> Option<Instant>,
) -> Vec<Late> {
    let mut late: Vec<(Instant, &Application)> = applications
        .iter()
        .filter(|row| row.stage.0 != Stage::Draft)
        .filter_map(|row| due(row).filter(|due| *due <= now).map(|due| (due, row)))
        .collect();
    late.sort_by_key(|(due, row)| (*due, row.branch.0.clone()));
    let line = |(due, row): (Instant, &Application)| Late {
        name: names.get(&row.branch.0).cloned().unwrap_or_default(),
        href: selection_urls::application(row.id.0),
        stage: row.stage.0.label(),
        due: chinese_date(due.plus_micros(-1).date()),
    };
    late.into_iter().map(line).collect()
}
