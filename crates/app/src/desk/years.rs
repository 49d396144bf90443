//! The years that pages by year offer: this one and the two before.

use domain::clock::Instant;
use platform::{forms::Form, shell::Chip};

/// How many are offered.
const YEARS: i16 = 3;

/// The `year` that a query asks for, where it is offered; this year otherwise.
#[must_use]
pub fn asked_year(now: Instant, query: &Form) -> i16 {
    let this_year = now.date().year();
    let offered = (this_year - (YEARS - 1))..=this_year;
    query.value("year").parse().ok().filter(|year| offered.contains(year)).unwrap_or(this_year)
}

/// The years offered, the newest first, with the chosen one marked.
pub fn years(now: Instant, chosen: i16, href: impl Fn(i16) -> String) -> Vec<Chip> {
    let this_year = now.date().year();
    let chip = |year: i16| Chip { label: format!("{year}年"), href: href(year), is_on: year == chosen };
    (0..YEARS).map(|back| chip(this_year - back)).collect()
}
