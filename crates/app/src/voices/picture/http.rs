//! How it went in a year.

use askama::Template;
use axum::response::Response;
use domain::{clock::Instant, permission::Deed, place::PlaceCode};
use platform::{
    error::Stop,
    forms::{Form, Query, QueryForm},
    pages::{page, workbook},
    shell::{Chart, Chip, Crumb, Shell},
};

use super::{
    queries::{Called, Compound, PlaceTally, Tile, Waiting, picture, tallies_of_year},
    sheets::rates_sheet,
};
use crate::{
    desk::{Desk, asked_year, years},
    places,
    voices::urls,
};

#[derive(Template)]
#[template(path = "voices/picture/show.html")]
struct PicturePage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    name: String,
    year: i16,
    years: Vec<Chip>,
    sheet: String,
    lines: Vec<PlaceTally>,
    whole: PlaceTally,
    course: Chart,
    channels: Chart,
    waiting: Vec<Waiting>,
    calls: Vec<Called>,
    compounds: Vec<Compound>,
    /// The place that is looked at, which its own line does not lead to.
    place: PlaceCode,
    now: Instant,
}

impl PicturePage {
    fn href(&self, line: &PlaceTally) -> Option<String> {
        let code = line.code.as_ref().filter(|code| **code != self.place)?;
        Some(urls::picture(code, self.year))
    }

    fn days(&self, waiting: &Waiting) -> i64 {
        self.now.days_since(waiting.since)
    }

    fn tone(&self, tile: &Tile) -> &'static str {
        match (tile.open, tile.late) {
            (0, _) => "good",
            (_, 0) => "warn",
            _ => "bad",
        }
    }
}

/// The place that is asked for, or the office's own; both must be seen.
fn asked_place(desk: &Desk, query: &Form) -> Result<PlaceCode, Stop> {
    let own = &desk.officer.office.place;
    let place = match query.value("place") {
        "" => own.clone(),
        code => code.parse().map_err(|_| Stop::Missing)?,
    };
    desk.op.permit(Deed::ViewVoice, &place)?;
    Ok(place)
}

/// The picture of one's own place, or of one below.
pub async fn show(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let (place, year) = (asked_place(&desk, &query)?, asked_year(desk.op.now(), &query));
    let here = places::place(desk.op.reader(), &place).await?;
    let (lines, whole) = tallies_of_year(&desk.op, &place, year).await?;
    let seen = picture(&desk.op, &place, year).await?;
    let address = |year: i16| urls::picture(&place, year);
    page(&PicturePage {
        shell: desk.shell("诉求办理情况").await?,
        crumbs: vec![Crumb { label: "社情民意".to_owned(), href: urls::VOICES.to_owned() }],
        name: here.map(|here| here.name).unwrap_or_default(),
        years: years(desk.op.now(), year, address),
        sheet: Query::at(urls::RATES_SHEET).with("place", place.as_str()).with("year", &year.to_string()).address(),
        year,
        lines,
        whole,
        course: seen.course,
        channels: seen.channels,
        waiting: seen.waiting,
        calls: seen.calls,
        compounds: seen.compounds,
        now: desk.op.now(),
        place,
    })
}

/// The same as Excel tables.
pub async fn sheet(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let (place, year) = (asked_place(&desk, &query)?, asked_year(desk.op.now(), &query));
    let (mut lines, whole) = tallies_of_year(&desk.op, &place, year).await?;
    lines.push(whole);
    let seen = picture(&desk.op, &place, year).await?;
    let title = format!("{year}年诉求办理情况");
    workbook(&title, &[rates_sheet(&title, &lines), seen.course.sheet(), seen.channels.sheet()])
}
