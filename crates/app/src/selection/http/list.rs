//! The applications of a season within the office's reach.

use std::collections::{BTreeMap, BTreeSet};

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
    forms::{Form, QueryForm},
    pages::{done, page, workbook},
    shell::{Chip, Pager, Shell, SortLink},
};

use super::{filter::Filter, parse};
use crate::{
    desk::Desk,
    selection::{
        self, Season,
        actions::start_application,
        store::listed::{Listed, Sort, Wanted},
        urls,
    },
};

/// Rows on a page.
const PAGE: u64 = 50;
/// Most rows of an export, more than a sheet holds.
const MOST: u64 = 1_000_000;

/// One application with the names around it.
#[derive(Debug, Clone)]
pub struct Line {
    pub row: Listed,
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
    communities: Vec<Chip>,
    sorts: Vec<SortLink>,
    years: Vec<Chip>,
    export: String,
    total: u64,
    start: Start,
}

/// What a branch without an application is told.
enum Start {
    /// Nothing: it has one, or takes no part, or the reader is no branch.
    Silent,
    /// It may begin in this season.
    Offered(String),
    /// The deadline has passed, in words.
    Over(String),
}

impl ListPage {
    fn start_action(&self) -> &'static str {
        urls::START
    }
}

/// What the list was asked for, and the seasons there are.
struct Asked {
    season: Option<Season>,
    seasons: Vec<Season>,
    filter: Filter,
}

async fn ask(desk: &Desk, query: &Form) -> Result<Asked, Stop> {
    let own = desk.officer.office.place.clone();
    desk.op.permit(Deed::ViewApplication, &own)?;
    let county = own.at(Level::County).ok_or(Stop::Missing)?;
    let seasons = selection::seasons_of(desk.op.reader(), &county).await?;
    let mut filter = Filter::read(query, &own);
    let season = seasons.iter().find(|season| filter.year.is_none_or(|year| season.year == year)).cloned();
    filter.year = season.as_ref().map(|season| season.year);
    Ok(Asked { season, seasons, filter })
}

impl Asked {
    fn wanted(&self) -> Option<Wanted> {
        let Filter { place, stage, sort, is_descending, .. } = self.filter.clone();
        self.season.as_ref().map(|season| Wanted { season: season.id.0, place, stage, sort, is_descending })
    }

    /// Rows of the list with the names around them.
    async fn lines(
        &self,
        desk: &Desk,
        names: &BTreeMap<PlaceCode, String>,
        from: u64,
        most: u64,
    ) -> Result<Vec<Line>, Stop> {
        let Some(wanted) = self.wanted() else { return Ok(Vec::new()) };
        let rows = wanted.rows(desk.op.reader(), from, most).await?;
        let name = |code: Option<PlaceCode>| code.and_then(|code| names.get(&code).cloned()).unwrap_or_default();
        let line = |row: Listed| Line {
            branch: name(Some(row.branch.0.clone())),
            community: name(row.branch.0.at(Level::Community)),
            street: name(row.branch.0.at(Level::Street)),
            row,
        };
        Ok(rows.into_iter().map(line).collect())
    }
}

/// The list, with filters that live in the address.
pub async fn list(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let asked = ask(&desk, &query).await?;
    let db = desk.op.reader();
    let names = selection::place_names(db, &desk.officer.office.place).await?;
    let filter = &asked.filter;
    let counts = match &asked.season {
        Some(season) => selection::stages(db, season.id.0, &filter.place).await?,
        None => BTreeMap::new(),
    };
    let total =
        counts.iter().filter(|(stage, _)| filter.stage.is_none_or(|wanted| wanted == **stage)).map(|it| it.1).sum();
    let from = filter.from.min(total);
    let start = own_start(&desk, &asked).await?;
    let (places, communities) = place_chips(&desk.officer.office.place, filter, &names);
    page(&ListPage {
        shell: desk.shell("申报列表").await?,
        lines: asked.lines(&desk, &names, from, PAGE).await?,
        pager: Pager::of(from, PAGE, total, |row| filter.from(row)),
        stages: stage_chips(filter, &counts),
        places,
        communities,
        sorts: Sort::ALL.iter().map(|sort| filter.heading(*sort)).collect(),
        years: year_chips(&asked),
        export: Filter { from: 0, ..filter.clone() }.address(urls::APPLICATIONS_EXPORT),
        total,
        start,
        season: asked.season,
    })
}

/// The stages at which something stands, with how many, and the one that was asked for.
fn stage_chips(filter: &Filter, counts: &BTreeMap<Stage, u64>) -> Vec<Chip> {
    let chip = |stage: Option<Stage>, label: &str, count: u64| Chip {
        label: format!("{label}（{count}）"),
        href: filter.at_stage(stage),
        is_on: filter.stage == stage,
    };
    let count = |stage: &Stage| counts.get(stage).copied().unwrap_or(0);
    let shown = Stage::ALL.iter().filter(|stage| count(stage) > 0 || filter.stage == Some(**stage));
    let all = chip(None, "全部", counts.values().sum());
    std::iter::once(all).chain(shown.map(|stage| chip(Some(*stage), stage.label(), count(stage)))).collect()
}

/// A branch that has not applied yet is offered to begin, as long as there is time.
async fn own_start(desk: &Desk, asked: &Asked) -> Result<Start, Stop> {
    let (Some(season), office) = (&asked.season, &desk.officer.office) else { return Ok(Start::Silent) };
    if !matches!(office.kind, OfficeKind::BranchSecretary | OfficeKind::BranchCommittee) {
        return Ok(Start::Silent);
    }
    let db = desk.op.reader();
    let has_none = selection::applications_under(db, season.id.0, &office.place, &[]).await?.is_empty();
    if !has_none || !selection::is_in_snapshot(db, season.id.0, &office.place).await? {
        return Ok(Start::Silent);
    }
    let parameters = selection::parameters_of(db, season).await?;
    let window = selection::window_at(db, season.id.0, &parameters, &office.place).await?;
    Ok(match window.must_not_be_over(desk.op.now()) {
        Ok(()) => Start::Offered(season.id.0.to_string()),
        Err(over) => Start::Over(format!("本支部没有申报。{over}。")),
    })
}

/// The places below one's own to choose from and, at the county, the communities of the street that is chosen.
fn place_chips(own: &PlaceCode, filter: &Filter, names: &BTreeMap<PlaceCode, String>) -> (Vec<Chip>, Vec<Chip>) {
    match own.level() {
        Level::County => {
            let street = filter.place.at(Level::Street);
            let below = street.map(|street| chips_below(&street, filter, names)).unwrap_or_default();
            (chips_below(own, filter, names), below)
        }
        Level::Street => (chips_below(own, filter, names), Vec::new()),
        Level::Community | Level::Branch | Level::Unit | Level::UnitBranch => (Vec::new(), Vec::new()),
    }
}

fn chips_below(place: &PlaceCode, filter: &Filter, names: &BTreeMap<PlaceCode, String>) -> Vec<Chip> {
    let level = if place.level() == Level::County { Level::Street } else { Level::Community };
    // Only places that have branches at all.
    let in_use: BTreeSet<PlaceCode> = names
        .keys()
        .filter(|code| code.level() == Level::Branch && code.is_within(place))
        .filter_map(|code| code.at(level))
        .collect();
    let chosen = filter.place.at(level);
    let chip = |label: String, at: &PlaceCode, is_on| Chip { label, href: filter.at_place(at), is_on };
    let mut chips = vec![chip("全部".to_owned(), place, chosen.is_none())];
    chips.extend(in_use.iter().map(|at| {
        let name = names.get(at).cloned().unwrap_or_default();
        chip(name, at, chosen.as_ref() == Some(at))
    }));
    chips
}

fn year_chips(asked: &Asked) -> Vec<Chip> {
    let chip = |season: &Season| Chip {
        label: format!("{}年", season.year),
        href: asked.filter.in_year(season.year),
        is_on: asked.filter.year == Some(season.year),
    };
    asked.seasons.iter().map(chip).collect()
}

/// The list as an Excel table.
pub async fn export(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let asked = ask(&desk, &query).await?;
    let names = selection::place_names(desk.op.reader(), &desk.officer.office.place).await?;
    let lines = asked.lines(&desk, &names, 0, MOST).await?;
    let decimal = |label| SheetColumn::new(label, 12.0, ColumnKind::Decimal);
    let score = |value: i32, is_there: bool| {
        if is_there { CellValue::Hundredths(value.into()) } else { CellValue::Empty }
    };
    let row = |line: Line| {
        vec![
            CellValue::Text(line.street),
            CellValue::Text(line.community),
            CellValue::Text(line.branch),
            CellValue::Text(line.row.words().to_owned()),
            CellValue::Text(line.row.stage.0.desk().label().to_owned()),
            CellValue::Text(line.row.stage_since.0.to_string()),
            score(line.row.self_total, line.row.submission_number > 0),
            score(line.row.street_average, line.row.street_average > 0),
            if line.row.street_rank > 0 { CellValue::Count(line.row.street_rank.into()) } else { CellValue::Empty },
        ]
    };
    let table = SheetTable {
        name: "申报列表".to_owned(),
        title: Some(format!("{}年度“红旗小区”申报列表", asked.filter.year.unwrap_or_default())),
        note: None,
        columns: vec![
            SheetColumn::text("街道", 14.0),
            SheetColumn::text("社区", 14.0),
            SheetColumn::text("小区党支部", 28.0),
            SheetColumn::text("状态", 24.0),
            SheetColumn::text("现由谁办理", 14.0),
            SheetColumn::text("自何时起", 20.0),
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
