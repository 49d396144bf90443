//! Search over branches, persons and applications within the office's reach.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use domain::{permission::Deed, place::PlaceCode};
use platform::{error::Stop, forms::QueryForm, pages::page, shell::Shell};

use crate::{
    desk::Desk,
    people, places,
    selection::{self, urls as selection_urls},
};

/// How many of each kind are shown.
const SHOWN: u64 = 20;
/// Most characters that are searched for.
const LONGEST: usize = 60;

/// One thing that was found.
struct Hit {
    label: String,
    note: String,
    href: String,
}

#[derive(Template)]
#[template(path = "workbench/search.html")]
struct SearchPage {
    shell: Shell,
    asked: String,
    branches: Vec<Hit>,
    persons: Vec<Hit>,
    applications: Vec<Hit>,
}

impl SearchPage {
    fn is_empty(&self) -> bool {
        self.branches.is_empty() && self.persons.is_empty() && self.applications.is_empty()
    }
}

/// What holds the words that were typed.
pub async fn search(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let reach = desk.officer.office.place.clone();
    desk.op.permit(Deed::UseDesk, &reach)?;
    let asked: String = query.value("q").trim().chars().take(LONGEST).collect();
    let mut found = SearchPage {
        shell: desk.shell("搜索").await?,
        asked: asked.clone(),
        branches: Vec::new(),
        persons: Vec::new(),
        applications: Vec::new(),
    };
    if !asked.is_empty() {
        let names = selection::place_names(desk.op.reader(), &reach).await?;
        if desk.op.can(Deed::ViewPlace, &reach) {
            branches(&desk, &reach, &names, &mut found).await?;
        }
        if desk.op.can(Deed::ViewApplication, &reach) {
            applications(&desk, &reach, &names, &mut found).await?;
        }
    }
    page(&found)
}

async fn branches(
    desk: &Desk,
    reach: &PlaceCode,
    names: &BTreeMap<PlaceCode, String>,
    found: &mut SearchPage,
) -> Result<(), Stop> {
    let db = desk.op.reader();
    let above = |code: &PlaceCode| code.parent().and_then(|parent| names.get(&parent).cloned()).unwrap_or_default();
    for branch in places::find_branches(db, reach, &found.asked, SHOWN).await? {
        let code = &branch.place.code.0;
        let hit = Hit { label: branch.place.name.clone(), note: above(code), href: places::urls::place(code) };
        found.branches.push(hit);
    }
    for (membership, person) in people::find_members(db, reach, &found.asked, SHOWN).await? {
        let code = &membership.branch.0;
        let note = names.get(code).cloned().unwrap_or_default();
        found.persons.push(Hit { label: person.name, note, href: places::urls::place(code) });
    }
    Ok(())
}

async fn applications(
    desk: &Desk,
    reach: &PlaceCode,
    names: &BTreeMap<PlaceCode, String>,
    found: &mut SearchPage,
) -> Result<(), Stop> {
    let db = desk.op.reader();
    let Some(season) = selection::current_season(db, reach).await? else { return Ok(()) };
    for row in selection::applications_under(db, season.id.0, reach, &[]).await? {
        let name = names.get(&row.branch.0).cloned().unwrap_or_default();
        if name.contains(&found.asked) && found.applications.len() < usize::try_from(SHOWN).unwrap_or(usize::MAX) {
            let note = format!("{}年度，{}", season.year, row.stage.0.label());
            found.applications.push(Hit { label: name, note, href: selection_urls::application(row.id.0) });
        }
    }
    Ok(())
}
