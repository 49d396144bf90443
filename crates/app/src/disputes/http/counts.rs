//! What a year came to, by counts alone.

use askama::Template;
use axum::response::Response;
use domain::voice::Rate;
use platform::{
    error::Stop,
    forms::{Query, QueryForm},
    pages::{page, workbook},
    shell::{Chip, Crumb, Shell},
};

use crate::{
    desk::{Desk, asked_year, years},
    disputes::{
        queries::{PlaceTally, tallies_of_year},
        sheets::counts_sheet,
        urls,
    },
};

#[derive(Template)]
#[template(path = "disputes/counts.html")]
struct CountsPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    year: i16,
    years: Vec<Chip>,
    sheet: String,
    places: Vec<PlaceTally>,
    whole: PlaceTally,
}

impl CountsPage {
    /// `75.00%`.
    fn rate(&self, line: &PlaceTally) -> Rate {
        Rate { part: line.tally.handled.into(), whole: line.tally.due.into() }
    }
}

fn address(path: &str, year: i16) -> String {
    Query::at(path).with("year", &year.to_string()).address()
}

/// The counts of the places right under one's own.
pub async fn show(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let year = asked_year(desk.op.now(), &query);
    let (places, whole) = tallies_of_year(&desk.op, &desk.officer.office.place, year).await?;
    page(&CountsPage {
        shell: desk.shell("矛盾纠纷办理情况").await?,
        crumbs: vec![Crumb { label: "矛盾调解".to_owned(), href: urls::DISPUTES.to_owned() }],
        year,
        years: years(desk.op.now(), year, |year| address(urls::COUNTS, year)),
        sheet: address(urls::COUNTS_SHEET, year),
        places,
        whole,
    })
}

/// The same as an Excel table.
pub async fn sheet(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let year = asked_year(desk.op.now(), &query);
    let (mut places, whole) = tallies_of_year(&desk.op, &desk.officer.office.place, year).await?;
    places.push(whole);
    let title = format!("{year}年矛盾纠纷办理情况");
    workbook(&title, &[counts_sheet(&title, &places)])
}
