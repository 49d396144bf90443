//! The polls under one's place.

use askama::Template;
use axum::response::Response;
use domain::permission::Deed;
use platform::{
    error::Stop,
    forms::{Form, Query, QueryForm},
    pages::{page, workbook},
    shell::{Chip, Pager, Shell},
};

use crate::{
    desk::Desk,
    owner_votes::{
        pages::{days_words, outcome_tone, tone},
        queries::{PollLine, polls},
        sheets::polls_sheet,
        store::poll::Shown,
        urls,
    },
};

/// Rows on a page.
const PAGE: u64 = 30;
/// Rows of an export.
const EXPORT: u64 = 20_000;

/// The filters, by what stands in the address.
const SHOWN: &[(&str, &str, Shown)] =
    &[("alive", "在办", Shown::Alive), ("over", "已结束", Shown::Over), ("all", "全部", Shown::All)];

fn asked(query: &Form) -> (&'static str, Shown) {
    let found = SHOWN.iter().find(|(code, ..)| *code == query.value("show"));
    found.map_or(("alive", Shown::Alive), |(code, _, shown)| (code, *shown))
}

fn address(path: &str, shown: &str, from: u64) -> String {
    let from = if from == 0 { String::new() } else { from.to_string() };
    Query::at(path).with("show", shown).with("from", &from).address()
}

#[derive(Template)]
#[template(path = "owner_votes/list.html")]
struct ListPage {
    shell: Shell,
    lines: Vec<PollLine>,
    chips: Vec<Chip>,
    pager: Pager,
    sheet: String,
    can_prepare: bool,
}

impl ListPage {
    fn href(&self, line: &PollLine) -> String {
        urls::of_poll(urls::POLL, line.row.id.0)
    }

    fn new_href(&self) -> &'static str {
        urls::NEW
    }

    fn days(&self, line: &PollLine) -> String {
        days_words(&line.row)
    }

    fn tone(&self, line: &PollLine) -> &'static str {
        tone(line.state)
    }

    fn outcome(&self, line: &PollLine) -> Option<(&'static str, &'static str)> {
        line.row.outcome.map(|outcome| (outcome_tone(outcome.0), outcome.0.label()))
    }
}

/// The list.
pub async fn list(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let place = desk.officer.office.place.clone();
    let (code, shown) = asked(&query);
    let offset = u64::from(query.value("from").parse::<u32>().unwrap_or(0));
    let (lines, total) = polls(&desk.op, &place, shown, offset, PAGE).await?;
    let chip = |(offered, label, _): &(&str, &str, Shown)| Chip {
        label: (*label).to_owned(),
        href: address(urls::POLLS, offered, 0),
        is_on: *offered == code,
    };
    page(&ListPage {
        shell: desk.shell("业主表决").await?,
        lines,
        chips: SHOWN.iter().map(chip).collect(),
        pager: Pager::of(offset, PAGE, total, |row| address(urls::POLLS, code, row)),
        sheet: address(urls::SHEET, code, 0),
        can_prepare: desk.op.can(Deed::PreparePoll, &place),
    })
}

/// The list as an Excel table.
pub async fn sheet(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let (lines, _) = polls(&desk.op, &desk.officer.office.place, asked(&query).1, 0, EXPORT).await?;
    workbook("业主表决登记表", &[polls_sheet("业主表决登记表", &lines)])
}
