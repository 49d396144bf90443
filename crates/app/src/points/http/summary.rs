//! Points of what lies above a branch: counts and distributions, no names (R-PTS-10).

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use domain::{
    place::{Level, PlaceCode},
    points::{Annual, Points, YearState},
};
use platform::{
    db::column::Int,
    error::Stop,
    pages::{page, workbook},
    shell::{Chart, Chip, Shell},
};

use super::{distribution, year_chips};
use crate::{
    desk::Desk,
    places,
    points::{
        queries,
        settle::workings_under,
        sheets,
        store::{entry, settlement},
        urls,
    },
};

#[derive(Template)]
#[template(path = "points/summary.html")]
struct SummaryPage {
    shell: Shell,
    name: String,
    year: i32,
    state: YearState,
    years: Vec<Chip>,
    rows: Vec<Row>,
    chart: Chart,
    catalogue: Option<String>,
    sheet: String,
}

/// One place below.
#[derive(Default)]
pub struct Row {
    pub name: String,
    href: String,
    pub members: usize,
    /// Whose unit has given nothing yet.
    pub pending: usize,
    /// 60 points or more (R-PTS-11).
    pub meets: usize,
    pub waiting: u64,
}

impl SummaryPage {
    fn total(&self, of: impl Fn(&Row) -> usize) -> usize {
        self.rows.iter().map(of).sum()
    }

    fn members(&self) -> usize {
        self.total(|row| row.members)
    }

    fn pending(&self) -> usize {
        self.total(|row| row.pending)
    }

    fn meets(&self) -> usize {
        self.total(|row| row.meets)
    }
}

/// The counts below a place, and the distribution.
struct Looked {
    state: YearState,
    rows: Vec<Row>,
    chart: Chart,
}

async fn look(desk: &Desk, place: &PlaceCode, year: i32) -> Result<Looked, Stop> {
    let db = desk.op.reader();
    let state = queries::state_of(db, place, year).await?;
    let below = match place.level() {
        Level::County => Level::Street,
        Level::Street => Level::Community,
        _ => Level::Branch,
    };
    // Settled years are read as they were settled, open ones computed as they stand.
    let results: Vec<(PlaceCode, Points, Annual)> = if state.is_settled() {
        let settled = settlement::current_under(db, place, year).await?;
        let result = |row: &settlement::row::Model| {
            row.result.map_or(Annual::PendingUnit, |Int(points)| Annual::Settled(points))
        };
        settled.into_iter().map(|row| (row.branch.0.clone(), row.compound.0, result(&row))).collect()
    } else {
        let workings = workings_under(db, place, year).await?;
        workings.into_iter().map(|(member, it)| (member.branch.0, it.tally.compound(), it.result())).collect()
    };
    let mut rows: BTreeMap<PlaceCode, Row> = BTreeMap::new();
    for (branch, _, result) in &results {
        let Some(at) = branch.at(below) else { continue };
        let row = rows.entry(at).or_default();
        row.members += 1;
        match result {
            Annual::PendingUnit => row.pending += 1,
            Annual::Settled(points) if *points >= Points::whole(60) => row.meets += 1,
            Annual::Settled(_) => {}
        }
    }
    for (branch, waiting) in entry::waiting_under(db, place, year).await? {
        if let Some(at) = branch.at(below) {
            rows.entry(at).or_default().waiting += waiting;
        }
    }
    let names = places::names(db, rows.keys().cloned().collect()).await?;
    let named = |(code, row): (PlaceCode, Row)| Row {
        name: names.get(code.as_str()).cloned().unwrap_or_default(),
        href: urls::branch(&code, year),
        ..row
    };
    let chart = distribution(results.iter().map(|(.., result)| *result));
    Ok(Looked { state, rows: rows.into_iter().map(named).collect(), chart })
}

/// The page.
pub async fn show(desk: Desk, place: PlaceCode, year: i32) -> Result<Response, Stop> {
    let here = places::place(desk.op.reader(), &place).await?.ok_or(Stop::Missing)?;
    let Looked { state, rows, chart } = look(&desk, &place, year).await?;
    page(&SummaryPage {
        shell: desk.shell(format!("{}{year}年度党员积分", here.name)).await?,
        name: here.name,
        state,
        years: year_chips(&desk, year, |year| urls::branch(&place, year)),
        rows,
        chart,
        sheet: urls::of_place(urls::PLACE_EXPORT, &place, year),
        catalogue: (place.level() == Level::County).then(|| urls::of_place(urls::CATALOGUES, &place, year)),
        year,
    })
}

/// The same as an Excel table.
pub async fn export(desk: &Desk, place: &PlaceCode, year: i32) -> Result<Response, Stop> {
    let here = places::place(desk.op.reader(), place).await?.ok_or(Stop::Missing)?;
    let Looked { rows, chart, .. } = look(desk, place, year).await?;
    let name = format!("{}{year}年度党员积分", here.name);
    workbook(&name, &[sheets::summary_sheet(&name, &rows), chart.sheet()])
}
