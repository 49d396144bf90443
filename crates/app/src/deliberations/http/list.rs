//! The threads under one's place, or under the one in the address.

use askama::Template;
use axum::response::Response;
use domain::{clock::Instant, deliberation::DeliberationState, permission::Deed, place::PlaceCode};
use platform::{
    error::Stop,
    forms::{Form, Query, QueryForm},
    pages::{page, workbook},
    shell::{Chip, Pager, Shell},
};

use crate::{
    deliberations::{
        pages::{since_words, tone},
        queries::{ThreadLine, count, threads},
        sheets::threads_sheet,
        store::thread::{ThreadFilter, states},
        urls,
    },
    desk::{Desk, asked_year, years},
};

/// Rows on a page.
const PAGE: u64 = 50;
/// Rows of an export.
const EXPORT: u64 = 50_000;

/// The filters, by what stands in the address.
const SHOWN: &[(&str, &str)] = &[("open", "未办结"), ("over", "已办结"), ("all", "全部")];

/// What the list was asked for.
struct Asked {
    place: PlaceCode,
    /// Whether the place is not one's own.
    is_elsewhere: bool,
    shown: &'static str,
    year: i16,
}

impl Asked {
    /// A place in the address is for whoever follows a count to its records.
    fn of(desk: &Desk, query: &Form) -> Result<Self, Stop> {
        let own = &desk.officer.office.place;
        let place = match query.value("place") {
            "" => own.clone(),
            typed => typed.parse().map_err(|_| Stop::Missing)?,
        };
        desk.op.permit(Deed::ViewDeliberation, &place)?;
        let asked = SHOWN.iter().find(|(code, _)| *code == query.value("show")).map(|(code, _)| *code);
        let first = if query.value("year").is_empty() { "open" } else { "all" };
        let year = asked_year(desk.op.now(), query);
        Ok(Self { is_elsewhere: place != *own, place, shown: asked.unwrap_or(first), year })
    }

    fn filter(&self) -> ThreadFilter {
        // What is open is shown whatever its year.
        match self.shown {
            "open" => ThreadFilter { states: states(DeliberationState::is_open), year: None },
            "over" => ThreadFilter { states: states(|state| !state.is_open()), year: Some(self.year) },
            _ => ThreadFilter { states: Vec::new(), year: Some(self.year) },
        }
    }

    fn address(&self, path: &str, shown: &str, year: i16, from: u64) -> String {
        let from = if from == 0 { String::new() } else { from.to_string() };
        let place = if self.is_elsewhere { self.place.as_str() } else { "" };
        let year = if shown == "open" { String::new() } else { year.to_string() };
        Query::at(path).with("show", shown).with("year", &year).with("place", place).with("from", &from).address()
    }

    fn chips(&self) -> Vec<Chip> {
        let chip = |(code, label): &(&str, &str)| Chip {
            label: (*label).to_owned(),
            href: self.address(urls::DELIBERATIONS, code, self.year, 0),
            is_on: *code == self.shown,
        };
        SHOWN.iter().map(chip).collect()
    }
}

#[derive(Template)]
#[template(path = "deliberations/list.html")]
struct ListPage {
    shell: Shell,
    lines: Vec<ThreadLine>,
    chips: Vec<Chip>,
    years: Vec<Chip>,
    pager: Pager,
    sheet: String,
    can_raise: bool,
    now: Instant,
    /// The public page of the branch, for a branch's own list.
    hall: Option<String>,
}

impl ListPage {
    fn href(&self, line: &ThreadLine) -> String {
        urls::thread(line.row.id.0)
    }

    fn since(&self, line: &ThreadLine) -> String {
        since_words(&line.row.thread())
    }

    fn label(&self, line: &ThreadLine) -> &'static str {
        line.row.thread().label(self.now)
    }

    fn tone(&self, line: &ThreadLine) -> &'static str {
        tone(line.row.state.0)
    }

    fn raise(&self) -> &'static str {
        urls::NEW
    }
}

/// The list.
pub async fn list(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let asked = Asked::of(&desk, &query)?;
    let filter = asked.filter();
    let offset = u64::from(query.value("from").parse::<u32>().unwrap_or(0));
    let total = count(&desk.op, &asked.place, &filter).await?;
    let lines = threads(&desk.op, &asked.place, &filter, offset, PAGE).await?;
    let can_raise = !asked.is_elsewhere && desk.op.can(Deed::RaiseDeliberation, &asked.place);
    let by_year = |year| asked.address(urls::DELIBERATIONS, asked.shown, year, 0);
    page(&ListPage {
        lines,
        chips: asked.chips(),
        years: if asked.shown == "open" { Vec::new() } else { years(desk.op.now(), asked.year, by_year) },
        pager: Pager::of(offset, PAGE, total, |from| asked.address(urls::DELIBERATIONS, asked.shown, asked.year, from)),
        sheet: asked.address(urls::SHEET, asked.shown, asked.year, 0),
        can_raise,
        now: desk.op.now(),
        hall: can_raise.then(|| urls::public_at(&asked.place)),
        shell: desk.shell("议事").await?,
    })
}

/// The list as an Excel table.
pub async fn sheet(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let asked = Asked::of(&desk, &query)?;
    let lines = threads(&desk.op, &asked.place, &asked.filter(), 0, EXPORT).await?;
    workbook("红色议事厅议题登记表", &[threads_sheet("红色议事厅议题登记表", &lines)])
}
