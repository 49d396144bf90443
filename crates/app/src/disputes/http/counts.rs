//! What a year came to, by counts alone.

use askama::Template;
use axum::response::Response;
use domain::voice::Rate;
use platform::{
    error::Stop,
    forms::{Form, Query, QueryForm},
    pages::{page, workbook},
    shell::{Chip, Crumb, Shell},
};

use crate::{
    desk::Desk,
    disputes::{
        queries::{PlaceTally, tallies_of_year},
        sheets::counts_sheet,
        urls,
    },
};

/// Years that are offered.
const YEARS: i16 = 3;

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

    /// `75.00%（3/4）`.
    fn handled(&self, line: &PlaceTally) -> String {
        let rate = self.rate(line);
        if rate.whole == 0 { rate.to_string() } else { format!("{rate}（{}/{}）", rate.part, rate.whole) }
    }
}

/// The years offered, and the one asked for.
fn years(desk: &Desk, query: &Form) -> (Vec<i16>, i16) {
    let this_year = desk.op.now().date().year();
    let offered: Vec<i16> = (0..YEARS).map(|back| this_year - back).collect();
    let asked = query.value("year").parse().ok().filter(|year| offered.contains(year));
    (offered, asked.unwrap_or(this_year))
}

fn address(path: &str, year: i16) -> String {
    Query::at(path).with("year", &year.to_string()).address()
}

/// The counts of the places right under one's own.
pub async fn show(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let (offered, year) = years(&desk, &query);
    let (places, whole) = tallies_of_year(&desk.op, &desk.officer.office.place, year).await?;
    let chip = |offered: i16| Chip {
        label: format!("{offered}年"),
        href: address(urls::COUNTS, offered),
        is_on: offered == year,
    };
    page(&CountsPage {
        shell: desk.shell("矛盾纠纷办理情况").await?,
        crumbs: vec![Crumb { label: "矛盾调解".to_owned(), href: urls::DISPUTES.to_owned() }],
        year,
        years: offered.into_iter().map(chip).collect(),
        sheet: address(urls::COUNTS_SHEET, year),
        places,
        whole,
    })
}

/// The same as an Excel table.
pub async fn sheet(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let (_, year) = years(&desk, &query);
    let (mut places, whole) = tallies_of_year(&desk.op, &desk.officer.office.place, year).await?;
    places.push(whole);
    let title = format!("{year}年矛盾纠纷办理情况");
    workbook(&title, &[counts_sheet(&title, &places)])
}
