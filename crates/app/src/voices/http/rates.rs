//! How it went in a year: the three rates, each with what it is counted from.

use askama::Template;
use axum::response::Response;
use platform::{
    error::Stop,
    forms::{Query, QueryForm},
    pages::{page, workbook},
    shell::{Chip, Crumb, Shell},
};

use crate::{
    desk::{Desk, asked_year, years},
    voices::{
        queries::{PlaceTally, tallies_of_year},
        sheets::rates_sheet,
        urls,
    },
};

#[derive(Template)]
#[template(path = "voices/rates.html")]
struct RatesPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    year: i16,
    years: Vec<Chip>,
    sheet: String,
    places: Vec<PlaceTally>,
    whole: PlaceTally,
}

fn address(path: &str, year: i16) -> String {
    Query::at(path).with("year", &year.to_string()).address()
}

/// The rates of the places right under one's own.
pub async fn show(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let year = asked_year(desk.op.now(), &query);
    let (places, whole) = tallies_of_year(&desk.op, &desk.officer.office.place, year).await?;
    page(&RatesPage {
        shell: desk.shell("诉求办理情况").await?,
        crumbs: vec![Crumb { label: "社情民意".to_owned(), href: urls::VOICES.to_owned() }],
        year,
        years: years(desk.op.now(), year, |year| address(urls::RATES, year)),
        sheet: address(urls::RATES_SHEET, year),
        places,
        whole,
    })
}

/// The same as an Excel table.
pub async fn sheet(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let year = asked_year(desk.op.now(), &query);
    let (mut places, whole) = tallies_of_year(&desk.op, &desk.officer.office.place, year).await?;
    places.push(whole);
    let title = format!("{year}年诉求办理情况");
    workbook(&title, &[rates_sheet(&title, &places)])
}
