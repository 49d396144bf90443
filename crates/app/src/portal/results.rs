//! Results by year: which compounds won, and which awards were taken back.

use std::collections::BTreeSet;

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::clock::chinese_date;
use platform::{
    error::Stop,
    shell::{Chip, PortalShell},
};

use super::{
    frame::{Reader, Scope, Whose, public_page},
    urls,
};
use crate::notices::{self, Award};

#[derive(Template)]
#[template(path = "portal/results.html")]
struct ResultsPage {
    shell: PortalShell,
    scope: Scope,
    year: i32,
    years: Vec<Chip>,
    awards: Vec<Award>,
}

impl ResultsPage {
    fn href(&self, award: &Award) -> String {
        self.scope.at(&urls::branch(&award.place.0))
    }

    fn state(&self, award: &Award) -> String {
        state(award)
    }

    fn revocation(&self, award: &Award) -> String {
        revocation(award)
    }

    fn tone(&self, award: &Award) -> &'static str {
        if award.revoked_at.is_some() { "bad" } else { "good" }
    }

    fn standing(&self) -> usize {
        self.awards.iter().filter(|award| award.revoked_at.is_none()).count()
    }
}

/// How an award stands, in words.
#[must_use]
pub fn state(award: &Award) -> String {
    match award.revoked_at {
        Some(at) => format!("已于{}撤销", chinese_date(at.0.date())),
        None => format!("{}认定", chinese_date(award.confirmed_at.0.date())),
    }
}

/// Why an award was taken back (R-SEL-19); empty while it stands.
#[must_use]
pub fn revocation(award: &Award) -> String {
    if award.revocation_reason.is_empty() {
        String::new()
    } else {
        format!("撤销原因：{}", award.revocation_reason)
    }
}

#[derive(Template)]
#[template(path = "portal/no_results.html")]
struct NoResultsPage {
    shell: PortalShell,
}

/// On to the latest year.
pub async fn latest(reader: Reader) -> Result<Response, Stop> {
    let county = match reader.whose().await? {
        Whose::County(county) => county,
        Whose::Choice(page) => return Ok(page),
    };
    let awards = notices::awards(reader.op.reader(), &county.code.0, None).await?;
    match awards.iter().map(|award| award.year).max() {
        Some(year) => Ok(Redirect::to(&reader.scope.at(&urls::results_of(year))).into_response()),
        None => public_page(&NoResultsPage { shell: reader.shell("评选结果") }),
    }
}

/// The results of a year.
pub async fn show(reader: Reader, Path(year): Path<String>) -> Result<Response, Stop> {
    let year: i32 = year.parse().map_err(|_| Stop::Missing)?;
    let county = match reader.whose().await? {
        Whose::County(county) => county,
        Whose::Choice(page) => return Ok(page),
    };
    let mut awards = notices::awards(reader.op.reader(), &county.code.0, None).await?;
    let years: BTreeSet<i32> = awards.iter().map(|award| award.year).collect();
    if !years.contains(&year) {
        return Err(Stop::Missing);
    }
    awards.retain(|award| award.year == year);
    let scope = &reader.scope;
    let chip = |known: &i32| Chip {
        label: format!("{known}年度"),
        href: scope.at(&urls::results_of(*known)),
        is_on: *known == year,
    };
    let years = years.iter().rev().map(chip).collect();
    let shell = reader.shell(format!("{year}年度评选结果"));
    public_page(&ResultsPage { shell, scope: reader.scope, year, years, awards })
}
