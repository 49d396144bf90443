//! The applications of a season within the office's reach.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use domain::{
    ids::SeasonId,
    permission::{Deed, OfficeKind},
    place::{Level, PlaceCode},
    selection::{application::Stage, score::points},
};
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};
use platform::{
    error::Stop,
    forms::{Form, Query, QueryForm},
    pages::{done, page, workbook},
    shell::{Chip, Pager, Shell},
};

use super::parse;
use crate::{
    desk::Desk,
    selection::{self, Application, Season, actions::start_application, urls},
};

/// Rows on a page.
const PAGE: usize = 50;

/// One application with the names around it.
#[derive(Debug, Clone)]
pub struct Line {
    pub row: Application,
    pub branch: String,
    pub community: String,
    pub street: String,
}

impl Line {
    fn href(&self) -> String {
        urls::application(self.row.id.0)
    }

    fn self_total(&self) -> String {
        if self.row.submission_number == 0 { String::new() } else { points(self.row.self_total.into()) }
    }

    fn street_average(&self) -> String {
        if self.row.street_average == 0 { String::new() } else { points(self.row.street_average.into()) }
    }

    fn tone(&self) -> &'static str {
        match self.row.stage.0 {
            stage if stage.is_award() => "good",
            stage if stage.has_failed() => "bad",
            Stage::Draft => "calm",
            _ => "info",
        }
    }
}

#[derive(Template)]
#[template(path = "selection/list.html")]
struct ListPage {
    shell: Shell,
    season: Option<Season>,
    lines: Vec<Line>,
    pager: Pager,
    stages: Vec<Chip>,
    places: Vec<Chip>,
    years: Vec<Chip>,
    export: String,
    total: usize,
    start: Option<String>,
}

impl ListPage {
    fn start_action(&self) -> &'static str {
        urls::START
    }
}

/// What the list was asked for.
struct Asked {
    season: Option<Season>,
    seasons: Vec<Season>,
    place: PlaceCode,
    stage: Option<Stage>,
}

impl Asked {
    fn address(&self, base: &str, year: i32, place: &PlaceCode, stage: Option<Stage>, from: usize) -> String {
        let from = if from == 0 { String::new() } else { from.to_string() };
        Query::at(base)
            .with("year", &year.to_string())
            .with("place", place.as_str())
            .with("stage", stage.map_or("", Stage::code))
            .with("from", &from)
            .address()
    }

    fn year(&self) -> i32 {
        self.season.as_ref().map_or(0, |season| season.year)
    }
}

async fn ask(desk: &Desk, query: &Form) -> Result<Asked, Stop> {
    let own = desk.officer.office.place.clone();
    desk.op.permit(Deed::ViewApplication, &own)?;
    let county = own.at(Level::County).ok_or(Stop::Missing)?;
    let seasons = selection::seasons_of(desk.op.reader(), &county).await?;
    let wanted = query.value("year").parse::<i32>().ok();
    let season = seasons.iter().find(|season| wanted.is_none_or(|year| season.year == year)).cloned();
    let place = query.value("place").parse().ok().filter(|place: &PlaceCode| place.is_within(&own)).unwrap_or(own);
    Ok(Asked { season, seasons, place, stage: query.value("stage").parse().ok() })
}

async fn lines(desk: &Desk, asked: &Asked) -> Result<(Vec<Line>, BTreeMap<PlaceCode, String>), Stop> {
    let db = desk.op.reader();
    let names = selection::place_names(db, &desk.officer.office.place).await?;
    let Some(season) = &asked.season else { return Ok((Vec::new(), names)) };
    let stages: Vec<Stage> = asked.stage.into_iter().collect();
    let rows = selection::applications_under(db, season.id.0, &asked.place, &stages).await?;
    let name = |code: Option<PlaceCode>| code.and_then(|code| names.get(&code).cloned()).unwrap_or_default();
    let line = |row: Application| Line {
        branch: name(Some(row.branch.0.clone())),
        community: name(row.branch.0.at(Level::Community)),
        street: name(row.branch.0.at(Level::Street)),
        row,
    };
    Ok((rows.into_iter().map(line).collect(), names))
}

/// The list, with filters that live in the address.
pub async fn list(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let asked = ask(&desk, &query).await?;
    let (lines, names) = lines(&desk, &asked).await?;
    let total = lines.len();
    let from = query.value("from").parse().unwrap_or(0_usize).min(total);
    let year = asked.year();
    let address = |stage, from| asked.address(urls::APPLICATIONS, year, &asked.place, stage, from);
    let pager = Pager::of(from as u64, PAGE as u64, total as u64, |row| {
        address(asked.stage, usize::try_from(row).unwrap_or(usize::MAX))
    });
    let all = Chip { label: "全部".into(), href: address(None, 0), is_on: asked.stage.is_none() };
    let chip = |stage: &Stage| Chip {
        label: stage.label().to_owned(),
        href: address(Some(*stage), 0),
        is_on: asked.stage == Some(*stage),
    };
    let start = own_start(&desk, &asked).await?;
    page(&ListPage {
        shell: desk.shell("申报列表").await?,
        lines: lines.into_iter().skip(from).take(PAGE).collect(),
        pager,
        stages: std::iter::once(all).chain(Stage::ALL.iter().map(chip)).collect(),
        places: place_chips(&desk, &asked, &names),
        years: year_chips(&asked),
        export: asked.address(urls::APPLICATIONS_EXPORT, year, &asked.place, asked.stage, 0),
        total,
        start,
        season: asked.season,
    })
}

/// A branch that has not applied yet is offered to begin.
async fn own_start(desk: &Desk, asked: &Asked) -> Result<Option<String>, Stop> {
    let (Some(season), office) = (&asked.season, &desk.officer.office) else { return Ok(None) };
    if !matches!(office.kind, OfficeKind::BranchSecretary | OfficeKind::BranchCommittee) {
        return Ok(None);
    }
    let db = desk.op.reader();
    let has_none = selection::applications_under(db, season.id.0, &office.place, &[]).await?.is_empty();
    let may = has_none && selection::is_in_snapshot(db, season.id.0, &office.place).await?;
    Ok(may.then(|| season.id.0.to_string()))
}

fn place_chips(desk: &Desk, asked: &Asked, names: &BTreeMap<PlaceCode, String>) -> Vec<Chip> {
    let own = &desk.officer.office.place;
    let below = match own.level() {
        Level::County => Level::Street,
        Level::Street => Level::Community,
        Level::Community | Level::Branch => return Vec::new(),
    };
    let wanted = asked.place.at(below);
    let chip = |label: String, place: &PlaceCode, is_on| Chip {
        label,
        href: asked.address(urls::APPLICATIONS, asked.year(), place, asked.stage, 0),
        is_on,
    };
    let in_use: std::collections::BTreeSet<PlaceCode> =
        names.keys().filter(|code| code.level() == Level::Branch).filter_map(|code| code.at(below)).collect();
    let mut chips = vec![chip("全部".to_owned(), own, asked.place == *own)];
    chips.extend(in_use.iter().map(|place| {
        let name = names.get(place).cloned().unwrap_or_default();
        chip(name, place, wanted.as_ref() == Some(place))
    }));
    chips
}

fn year_chips(asked: &Asked) -> Vec<Chip> {
    let chip = |season: &Season| Chip {
        label: format!("{}年", season.year),
        href: asked.address(urls::APPLICATIONS, season.year, &asked.place, asked.stage, 0),
        is_on: season.year == asked.year(),
    };
    asked.seasons.iter().map(chip).collect()
}

/// The list as an Excel table.
pub async fn export(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let asked = ask(&desk, &query).await?;
    let (lines, _) = lines(&desk, &asked).await?;
    let text = |label, width| SheetColumn::new(label, width, ColumnKind::Text);
    let decimal = |label| SheetColumn::new(label, 12.0, ColumnKind::Decimal);
    let score = |value: i32, is_there: bool| {
        if is_there { CellValue::Hundredths(value.into()) } else { CellValue::Empty }
    };
    let row = |line: Line| {
        vec![
            CellValue::Text(line.street),
            CellValue::Text(line.community),
            CellValue::Text(line.branch),
            CellValue::Text(line.row.stage.0.label().to_owned()),
            CellValue::Text(line.row.stage.0.desk().label().to_owned()),
            CellValue::Text(line.row.stage_since.0.to_string()),
            score(line.row.self_total, line.row.submission_number > 0),
            score(line.row.street_average, line.row.street_average > 0),
            CellValue::Count(line.row.street_rank.into()),
        ]
    };
    let table = SheetTable {
        name: "申报列表".to_owned(),
        title: Some(format!("{}年度“红旗小区”申报列表", asked.year())),
        note: None,
        columns: vec![
            text("街道", 14.0),
            text("社区", 14.0),
            text("小区党支部", 28.0),
            text("状态", 24.0),
            text("现由谁办理", 14.0),
            text("自何时起", 20.0),
            decimal("自评分"),
            decimal("街道评分"),
            SheetColumn::new("街道排名", 10.0, ColumnKind::Count),
        ],
        rows: lines.into_iter().map(row).collect(),
        totals: None,
    };
    workbook("申报列表", &[table])
}

/// Starts the branch's application.
pub async fn start(desk: Desk, form: Form) -> Result<Response, Stop> {
    let season: SeasonId = parse(form.value("season"))?;
    let id = start_application(&desk.op, season, &desk.officer.office.place).await?;
    Ok(done(&urls::part(id, "edit"), "已按台账填好支部情况，请填写自评和做法。"))
}
