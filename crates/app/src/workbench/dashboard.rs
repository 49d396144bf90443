//! The season at a glance: how far the applications are, streets and communities compared, what is late.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use domain::{
    clock::chinese_date,
    permission::Deed,
    place::{Level, PlaceCode},
    selection::application::Stage,
};
use platform::{
    error::Stop,
    pages::page,
    shell::{Chart, ChartKind, Series, Shell},
};

use crate::{
    desk::Desk,
    selection::{self, Application, Phase, funnel, phases, urls as selection_urls},
};

/// A place below the office's, with its numbers.
struct Row {
    name: String,
    submitted: u64,
    community: u64,
    street: u64,
    recommended: u64,
}

#[derive(Template)]
#[template(path = "workbench/dashboard.html")]
struct DashboardPage {
    shell: Shell,
    year: i32,
    season: String,
    submitted: u64,
    waiting: u64,
    late: usize,
    days_left: String,
    funnel: Chart,
    compared: Chart,
    rows: Vec<Row>,
    phases: Vec<(Phase, bool)>,
}

#[derive(Template)]
#[template(path = "workbench/no_season.html")]
struct NoSeasonPage {
    shell: Shell,
}

/// The current season within the office's reach.
pub async fn dashboard(desk: Desk) -> Result<Response, Stop> {
    let reach = desk.officer.office.place.clone();
    desk.op.permit(Deed::ViewApplication, &reach)?;
    let db = desk.op.reader();
    let Some(season) = selection::current_season(db, &reach).await? else {
        return page(&NoSeasonPage { shell: desk.shell("评选总览").await? });
    };
    let parameters = selection::parameters_of(db, &season).await?;
    let applications = selection::applications_under(db, season.id.0, &reach, &[]).await?;
    let names = selection::place_names(db, &reach).await?;
    let mut stages: BTreeMap<Stage, u64> = BTreeMap::new();
    for application in &applications {
        *stages.entry(application.stage.0).or_default() += 1;
    }
    let now = desk.op.now();
    let phases: Vec<(Phase, bool)> = phases(&parameters, season.opened_at.0, &stages)
        .into_iter()
        .map(|phase| {
            let is_late = phase.is_late(now);
            (phase, is_late)
        })
        .collect();
    let rows = compare(&applications, &names);
    let days_left = parameters.recommend_deadline().map_or_else(String::new, |until| {
        let left = (until.as_micros() - now.as_micros()).div_euclid(domain::clock::DAY);
        if left < 0 {
            format!("已于{}截止", chinese_date(until.plus_micros(-1).date()))
        } else {
            format!("{left} 天")
        }
    });
    page(&DashboardPage {
        shell: desk.shell("评选总览").await?,
        year: season.year,
        season: selection_urls::season(season.id.0),
        submitted: stages.iter().filter(|(stage, _)| stage.steps_done() > 0).map(|(_, count)| count).sum(),
        waiting: phases.iter().map(|(phase, _)| phase.waiting).sum(),
        late: phases.iter().filter(|(_, is_late)| *is_late).count(),
        days_left,
        funnel: funnel_chart(&stages),
        compared: compared_chart(&rows),
        rows,
        phases,
    })
}

/// The communities in reach, each with how many of its applications have got so far.
fn compare(applications: &[Application], names: &BTreeMap<PlaceCode, String>) -> Vec<Row> {
    let mut groups: BTreeMap<PlaceCode, Row> = BTreeMap::new();
    for application in applications {
        let Some(place) = application.branch.0.at(Level::Community) else { continue };
        let name = names.get(&place).cloned().unwrap_or_else(|| place.to_string());
        let empty = Row { name, submitted: 0, community: 0, street: 0, recommended: 0 };
        let row = groups.entry(place).or_insert(empty);
        let steps = application.stage.0.steps_done();
        row.submitted += u64::from(steps >= 1);
        row.community += u64::from(steps >= 2);
        row.street += u64::from(steps >= 3 || application.stage.0 == Stage::Screened);
        row.recommended += u64::from(application.street_rank > 0);
    }
    groups.into_values().collect()
}

fn funnel_chart(stages: &BTreeMap<Stage, u64>) -> Chart {
    let (labels, values): (Vec<String>, Vec<i64>) =
        funnel(stages).into_iter().map(|(label, count)| (label.to_owned(), number(count))).unzip();
    let series = vec![Series { name: "数量".to_owned(), values }];
    Chart { kind: ChartKind::Funnel, title: "申报走到了哪一步".to_owned(), labels, series }
}

fn compared_chart(rows: &[Row]) -> Chart {
    let series = |name: &str, value: fn(&Row) -> u64| Series {
        name: name.to_owned(),
        values: rows.iter().map(|row| number(value(row))).collect(),
    };
    Chart {
        kind: ChartKind::Bar,
        title: "各社区进展".to_owned(),
        labels: rows.iter().map(|row| row.name.clone()).collect(),
        series: vec![
            series("已提交", |row| row.submitted),
            series("社区通过", |row| row.community),
            series("初选通过", |row| row.street),
            series("已推荐", |row| row.recommended),
        ],
    }
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
