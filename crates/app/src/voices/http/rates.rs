//! How it went in a year: the three rates, each with what it is counted from.

use askama::Template;
use axum::response::Response;
use domain::voice::Rate;
use platform::{
    error::Stop,
    forms::{Query, QueryForm},
    pages::page,
    shell::{Chip, Crumb, Shell},
};

use crate::{
    desk::Desk,
    voices::{
        queries::{PlaceTally, tallies_of_year},
        urls,
    },
};

/// Years that are offered.
const YEARS: i16 = 3;

#[derive(Template)]
#[template(path = "voices/rates.html")]
struct RatesPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    year: i16,
    years: Vec<Chip>,
    places: Vec<PlaceTally>,
    whole: PlaceTally,
}

impl RatesPage {
    /// `66.67%（2/3）`.
    fn words(&self, rate: Rate) -> String {
        if rate.whole == 0 { rate.to_string() } else { format!("{rate}（{}/{}）", rate.part, rate.whole) }
    }
}

/// The rates of the places right under one's own.
pub async fn show(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let this_year = desk.op.now().date().year();
    let offered = || (0..YEARS).map(|back| this_year - back);
    let asked = query.value("year").parse().ok().filter(|year| offered().any(|offered| offered == *year));
    let year = asked.unwrap_or(this_year);
    let (places, whole) = tallies_of_year(&desk.op, &desk.officer.office.place, year).await?;
    let chip = |offered: i16| Chip {
        label: format!("{offered}年"),
        href: Query::at(urls::RATES).with("year", &offered.to_string()).address(),
        is_on: offered == year,
    };
    page(&RatesPage {
        shell: desk.shell("诉求办理情况").await?,
        crumbs: vec![Crumb { label: "社情民意".to_owned(), href: urls::VOICES.to_owned() }],
        year,
        years: offered().map(chip).collect(),
        places,
        whole,
    })
}
