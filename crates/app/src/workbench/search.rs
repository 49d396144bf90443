//! Search over branches, their committees, members and applications within the office's reach.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::Response;
use domain::{
    permission::Deed,
    place::{Level, PlaceCode},
};
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

/// How many branches' applications are asked for; more than these are no answer to a reader.
const MOST_BRANCHES: usize = 500;

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
    committees: Vec<Hit>,
    persons: Vec<Hit>,
    applications: Vec<Hit>,
}

impl SearchPage {
    fn is_empty(&self) -> bool {
        [&self.branches, &self.committees, &self.persons, &self.applications].iter().all(|hits| hits.is_empty())
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
        committees: Vec::new(),
        persons: Vec::new(),
        applications: Vec::new(),
    };
    if !asked.is_empty() {
        let names = selection::place_names(desk.op.reader(), &reach).await?;
        if desk.op.can(Deed::ViewPlace, &reach) {
            branches(&desk, &reach, &names, &mut found).await?;
            committees(&desk, &reach, &names, &mut found).await?;
        }
        if desk.op.can(Deed::ViewMembers, &reach) {
            members(&desk, &reach, &names, &mut found).await?;
        }
        if desk.op.can(Deed::ViewApplication, &reach) {
            applications(&desk, &reach, &names, &mut found).await?;
        }
    }
    page(&found)
}

type Names = BTreeMap<PlaceCode, String>;

fn name_of(names: &Names, code: &PlaceCode) -> String {
    names.get(code).cloned().unwrap_or_default()
}

async fn branches(desk: &Desk, reach: &PlaceCode, names: &Names, found: &mut SearchPage) -> Result<(), Stop> {
    let above = |code: &PlaceCode| code.parent().map(|parent| name_of(names, &parent)).unwrap_or_default();
    for branch in places::find_branches(desk.op.reader(), reach, &found.asked, SHOWN).await? {
        let code = &branch.place.code.0;
        let hit = Hit { label: branch.place.name.clone(), note: above(code), href: places::urls::place(code) };
        found.branches.push(hit);
    }
    Ok(())
}

/// Who holds a post stands on the branch's page, in a roll or not.
async fn committees(desk: &Desk, reach: &PlaceCode, names: &Names, found: &mut SearchPage) -> Result<(), Stop> {
    for (post, person) in people::find_committee(desk.op.reader(), reach, &found.asked, SHOWN).await? {
        let note = format!("{}，{}", name_of(names, &post.branch.0), post.post.0.label());
        found.committees.push(Hit { label: person.name, note, href: places::urls::place(&post.branch.0) });
    }
    Ok(())
}

/// Rolls are for those who keep them; whoever may see a place need not learn who is a Party member there.
async fn members(desk: &Desk, reach: &PlaceCode, names: &Names, found: &mut SearchPage) -> Result<(), Stop> {
    for (membership, person) in people::find_members(desk.op.reader(), reach, &found.asked, SHOWN).await? {
        let (note, href) = (name_of(names, &membership.branch.0), people::urls::member(membership.id.0));
        found.persons.push(Hit { label: person.name, note, href });
    }
    Ok(())
}

async fn applications(desk: &Desk, reach: &PlaceCode, names: &Names, found: &mut SearchPage) -> Result<(), Stop> {
    let db = desk.op.reader();
    let Some(county) = reach.at(Level::County) else { return Ok(()) };
    let is_meant = |(code, name): &(&PlaceCode, &String)| {
        code.level() == Level::Branch && code.is_within(reach) && name.contains(&found.asked)
    };
    let branches: Vec<PlaceCode> =
        names.iter().filter(is_meant).take(MOST_BRANCHES).map(|(code, _)| code.clone()).collect();
    let seasons = selection::seasons_of(db, &county).await?;
    for row in selection::applications_of_branches(db, &branches, SHOWN).await? {
        let Some(season) = seasons.iter().find(|season| season.id == row.season_id) else { continue };
        let note = format!("{}年度，{}", season.year, row.stage.0.label());
        let href = selection_urls::application(row.id.0);
        found.applications.push(Hit { label: name_of(names, &row.branch.0), note, href });
    }
    Ok(())
}
