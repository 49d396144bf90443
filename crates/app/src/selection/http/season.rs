//! The seasons, and one season with its timeline and its quotas.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    ids::{ParametersId, SeasonId},
    permission::Deed,
    place::{Level, PlaceCode},
    selection::{application::Stage, parameters::Parameters, quota::Seats},
};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, page, refused, workbook},
    shell::{Chart, ChartKind, Problems, Series, Shell},
};

use super::{parameters_version::basis, parse};
use crate::{
    calendar,
    desk::Desk,
    selection::{
        self, ParametersVersion, Season, SeasonStreet,
        actions::open_season,
        sheets,
        timeline::{Phase, deadline_hint, phases},
        urls,
    },
};

#[derive(Template)]
#[template(path = "selection/seasons.html")]
struct SeasonsPage {
    shell: Shell,
    problems: Problems,
    seasons: Vec<Season>,
    versions: Vec<ParametersVersion>,
    can_edit: bool,
    can_open: bool,
    reason: String,
    this_year: i32,
}

impl SeasonsPage {
    fn season(&self, season: &Season) -> String {
        urls::season(season.id.0)
    }

    fn edit(&self, year: &i32) -> String {
        urls::edit_parameters(*year)
    }

    fn edit_next(&self) -> String {
        urls::edit_parameters(self.next_year())
    }

    fn version(&self, version: &ParametersVersion) -> String {
        urls::parameters_version(version.id.0)
    }

    /// The versions of a year before `newest`, the latest first.
    fn earlier(&self, newest: &ParametersVersion) -> Vec<&ParametersVersion> {
        self.versions.iter().filter(|it| it.year == newest.year && it.version < newest.version).collect()
    }

    fn open(&self, version: &ParametersVersion) -> String {
        urls::open(version.id.0)
    }

    fn is_open(&self, year: &i32) -> bool {
        self.seasons.iter().any(|season| season.year == *year)
    }

    /// The newest version of each year.
    fn newest(&self) -> Vec<&ParametersVersion> {
        let mut newest: Vec<&ParametersVersion> = Vec::new();
        for version in &self.versions {
            if !newest.iter().any(|other| other.year == version.year) {
                newest.push(version);
            }
        }
        newest
    }

    /// Next year's parameters are made from the newest there are, or from the programme.
    fn next_year(&self) -> i32 {
        self.versions.first().map_or(self.this_year, |version| version.year + 1)
    }
}

fn county_of(desk: &Desk) -> Result<PlaceCode, Stop> {
    desk.officer.office.place.at(Level::County).ok_or(Stop::Missing)
}

async fn seasons_page(desk: &Desk, problems: Problems, reason: String) -> Result<SeasonsPage, Stop> {
    let county = county_of(desk)?;
    let db = desk.op.reader();
    Ok(SeasonsPage {
        shell: desk.shell("评选").await?,
        problems,
        seasons: selection::seasons_of(db, &county).await?,
        versions: selection::parameter_versions(db, &county).await?,
        can_edit: desk.op.can(Deed::EditParameters, &county),
        can_open: desk.op.can(Deed::OpenSeason, &county),
        reason,
        this_year: i32::from(desk.op.now().date().year()),
    })
}

/// Every season of the county, and what may be opened next.
pub async fn list(desk: Desk) -> Result<Response, Stop> {
    desk.op.permit(Deed::ViewSeason, &county_of(&desk)?)?;
    page(&seasons_page(&desk, Problems::default(), String::new()).await?)
}

/// The same as an Excel table.
pub async fn export_list(desk: Desk) -> Result<Response, Stop> {
    let county = county_of(&desk)?;
    desk.op.permit(Deed::ViewSeason, &county)?;
    workbook("历年评选", &[sheets::seasons(&selection::seasons_of(desk.op.reader(), &county).await?)])
}

/// Opens a season.
pub async fn open(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id: ParametersId = parse(&id)?;
    let reason = form.value("reason").trim().to_owned();
    match open_season(&desk.op, id, &reason).await {
        Ok(season) => Ok(done(&urls::season(season), "评选已启动，各街道名额已按当前支部数算好。")),
        Err(Stop::Refused(problems)) => refused(&seasons_page(&desk, Problems(problems), reason).await?),
        Err(stop) => Err(stop),
    }
}

#[derive(Template)]
#[template(path = "selection/season.html")]
struct SeasonPage {
    shell: Shell,
    season: Season,
    /// Which version of the year's parameters it is run by.
    version: i32,
    parameters: Parameters,
    phases: Vec<Phase>,
    seats: Vec<(String, Seats, String)>,
    streets: Vec<SeasonStreet>,
    funnel: Chart,
    hint: String,
    /// Not every office that sees the season sees applications.
    sees_applications: bool,
}

impl SeasonPage {
    fn basis(&self) -> String {
        let reason = &self.season.reason_without_basis;
        match basis(&self.parameters) {
            Some(basis) if reason.is_empty() => basis,
            Some(basis) => format!("启动时依据已过期：{basis}，启动理由：{reason}"),
            None => format!("无评选依据，启动理由：{reason}"),
        }
    }

    fn version_page(&self) -> String {
        urls::parameters_version(self.season.parameters_id.0)
    }

    fn all_branches(&self) -> i32 {
        self.streets.iter().map(|street| street.branches).sum()
    }

    fn all_seats(&self) -> i32 {
        self.streets.iter().map(|street| street.seats).sum()
    }

    fn summary(&self) -> String {
        urls::summary(self.season.id.0)
    }

    fn sheet(&self) -> String {
        urls::quotas_export(self.season.id.0)
    }

    fn applications(&self) -> &'static str {
        urls::APPLICATIONS
    }
}

/// One season: who does what until when, how many seats each street has and why, and how far the applications are.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: SeasonId = parse(&id)?;
    let db = desk.op.reader();
    let (season, parameters) = selection::season_with_parameters(db, id).await?;
    let county = season.county.0.clone();
    desk.op.permit(Deed::ViewSeason, &county)?;
    let names = selection::place_names(db, &county).await?;
    let policy = parameters.quota_policy;
    let name = |code: &PlaceCode| names.get(code).cloned().unwrap_or_else(|| code.to_string());
    let seats = selection::seats(db, id, &parameters).await?;
    let seats = seats.into_iter().map(|it| (name(&it.street), it.clone(), it.working(policy))).collect();
    let stages = selection::stages(db, id, &county).await?;
    let funnel = funnel_chart("申报走到了哪一步", &stages);
    let shell = desk.shell(format!("{}年度评选", season.year)).await?;
    let streets = selection::streets_of(db, id).await?;
    let phases = phases(&parameters, season.opened_at.0, &stages, desk.op.now());
    let hint = deadline_hint(&parameters, &calendar::load(db).await?);
    let sees_applications = desk.op.can(Deed::ViewApplication, &desk.officer.office.place);
    let version = selection::parameters_by_id(db, season.parameters_id.0).await?.map_or(0, |version| version.version);
    page(&SeasonPage { shell, season, version, parameters, phases, seats, streets, funnel, hint, sees_applications })
}

/// The seats of each street with their working, and the phases, as Excel tables.
pub async fn export(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: SeasonId = parse(&id)?;
    let db = desk.op.reader();
    let (season, parameters) = selection::season_with_parameters(db, id).await?;
    let county = season.county.0.clone();
    desk.op.permit(Deed::ViewSeason, &county)?;
    let names = selection::place_names(db, &county).await?;
    let seats = selection::seats(db, id, &parameters).await?;
    let stages = selection::stages(db, id, &county).await?;
    let phases = phases(&parameters, season.opened_at.0, &stages, desk.op.now());
    let name = format!("{}年度评选名额和安排", season.year);
    workbook(&name, &[sheets::quotas(&season, &seats, &names, parameters.quota_policy), sheets::phases(&phases)])
}

/// How many applications have got at least so far.
#[must_use]
pub fn funnel(stages: &std::collections::BTreeMap<Stage, u64>) -> Vec<(&'static str, u64)> {
    let at_least =
        |steps: u8| stages.iter().filter(|(stage, _)| stage.steps_done() >= steps).map(|(_, count)| count).sum();
    vec![
        ("已提交", at_least(1)),
        ("社区通过", at_least(2)),
        ("街道推荐", at_least(3)),
        ("评选组通过", at_least(4)),
        ("常委会审定", at_least(5)),
        ("公示", at_least(6)),
        ("认定", stages.iter().filter(|(stage, _)| stage.is_award()).map(|(_, count)| count).sum()),
    ]
}

/// The funnel as a picture with its table.
#[must_use]
pub fn funnel_chart(title: impl Into<String>, stages: &std::collections::BTreeMap<Stage, u64>) -> Chart {
    let count = |count| i64::try_from(count).unwrap_or(i64::MAX);
    let (labels, values) =
        funnel(stages).into_iter().map(|(label, reached)| (label.to_owned(), count(reached))).unzip();
    let series = vec![Series { name: "小区党支部（个）".to_owned(), values }];
    Chart { kind: ChartKind::Funnel, title: title.into(), labels, series }
}
