//! The directory of branches and their compounds: where to learn from the good ones.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    clock::chinese_date,
    place::{Level, PlaceCode},
};
use platform::{
    db::column::Text,
    error::Stop,
    forms::{Query, QueryForm},
    shell::{Crumb, Pager, PortalShell, Problems},
};
use sea_orm::ConnectionTrait;

use super::{
    frame::{Reader, Scope, Whose, public_page},
    results::{revocation, state},
    urls,
};
use crate::{
    deliberations,
    notices::{self, Award},
    owner_votes, people,
    places::{self, Branch, BranchFilter, BranchOfTree, Compound, Place},
    property, voices,
};

/// Rows on a page.
const PAGE: u64 = 50;
/// Most characters of the words that are looked for.
const LONGEST_WORDS: usize = 40;

/// One branch of the directory.
pub struct Line {
    pub href: String,
    pub branch: String,
    pub compounds: String,
    pub community: String,
    pub brand: String,
    /// `2021、2022年度红旗小区`; empty when there is none.
    pub awards: String,
}

#[derive(Template)]
#[template(path = "portal/directory.html")]
struct DirectoryPage {
    shell: PortalShell,
    scope: Scope,
    problems: Problems,
    county: String,
    words: String,
    within: String,
    is_awarded: bool,
    divisions: Vec<(String, String)>,
    lines: Vec<Line>,
    pager: Pager,
}

/// The directory, by place and words.
pub async fn list(reader: Reader, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let db = reader.op.reader();
    let county = match reader.whose().await? {
        Whose::County(county) => county,
        Whose::Choice(page) => return Ok(page),
    };
    let divisions = divisions_with_branches(places::places_under(db, &county.code.0).await?);
    let words: String = query.value("words").trim().chars().take(LONGEST_WORDS).collect();
    let within: Option<PlaceCode> = query.value("within").parse().ok();
    let within = within.filter(|within| within.is_within(&county.code.0));
    let offset = query.value("from_row").parse().unwrap_or(0);
    let under = within.clone().unwrap_or_else(|| county.code.0.clone());
    let awards = years_of_awards(notices::awards(db, &county.code.0, None).await?);
    let is_awarded = query.is_ticked("awarded");
    let among = is_awarded.then(|| awards.keys().cloned().collect());
    let filter = BranchFilter { words: words.clone(), is_active: true, among, ..BranchFilter::default() };
    let (branches, total) = places::branches(db, &under, &filter, offset, PAGE).await?;
    let compounds = compound_names(db, &branches).await?;
    let lines =
        branches.into_iter().map(|branch| line(branch, &reader.scope, &compounds, &divisions, &awards)).collect();
    let within = within.map(String::from).unwrap_or_default();
    let address = |row: u64| {
        let row = if row == 0 { String::new() } else { row.to_string() };
        let awarded = if is_awarded { "yes" } else { "" };
        let query = Query::at(urls::DIRECTORY).with("county", reader.scope.code());
        let query = query.with("words", &words).with("within", &within);
        query.with("awarded", awarded).with("from_row", &row).address()
    };
    let pager = Pager::of(offset, PAGE, total, address);
    public_page(&DirectoryPage {
        shell: reader.shell("小区名录"),
        scope: reader.scope.clone(),
        problems: Problems::default(),
        county: county.name,
        divisions: choices(&divisions),
        lines,
        pager,
        words,
        within,
        is_awarded,
    })
}

/// The streets and communities that have branches; villages without one would only make the list longer.
fn divisions_with_branches(places: Vec<Place>) -> Vec<Place> {
    let (branches, divisions): (Vec<Place>, Vec<Place>) =
        places.into_iter().partition(|place| place.level.0 == Level::Branch);
    let above = branches.iter().filter(|branch| branch.is_active);
    let above: BTreeSet<PlaceCode> =
        above.flat_map(|it| [it.code.0.at(Level::Street), it.code.0.at(Level::Community)]).flatten().collect();
    divisions.into_iter().filter(|division| above.contains(&division.code.0)).collect()
}

/// Streets with their communities below them, to be chosen from.
fn choices(divisions: &[Place]) -> Vec<(String, String)> {
    let choice = |place: &Place| {
        let indent = if place.level.0 == Level::Community { "　" } else { "" };
        (place.code.0.to_string(), format!("{indent}{}", place.name))
    };
    divisions.iter().map(choice).collect()
}

/// The names of the compounds of `branches`, `、` between them.
pub async fn compound_names(
    db: &impl ConnectionTrait,
    branches: &[BranchOfTree],
) -> Result<BTreeMap<PlaceCode, String>, Stop> {
    let codes: Vec<PlaceCode> = branches.iter().map(|branch| branch.place.code.0.clone()).collect();
    let mut names: BTreeMap<PlaceCode, String> = BTreeMap::new();
    for compound in places::compounds_of(db, &codes).await? {
        let names = names.entry(compound.branch.0).or_default();
        if !names.is_empty() {
            names.push('、');
        }
        names.push_str(&compound.name);
    }
    Ok(names)
}

/// Years in which a branch was awarded, the latest first; awards that were taken back are left out.
fn years_of_awards(awards: Vec<Award>) -> BTreeMap<PlaceCode, Vec<i32>> {
    let mut years: BTreeMap<PlaceCode, Vec<i32>> = BTreeMap::new();
    for award in awards.into_iter().filter(|award| award.revoked_at.is_none()) {
        years.entry(award.place.0).or_default().push(award.year);
    }
    years
}

fn award_words(years: &[i32]) -> String {
    let years: Vec<String> = years.iter().map(i32::to_string).collect();
    if years.is_empty() { String::new() } else { format!("{}年度红旗小区", years.join("、")) }
}

fn line(
    branch: BranchOfTree,
    scope: &Scope,
    compounds: &BTreeMap<PlaceCode, String>,
    divisions: &[Place],
    awards: &BTreeMap<PlaceCode, Vec<i32>>,
) -> Line {
    let code = branch.place.code.0;
    let community = divisions.iter().find(|place| Some(&place.code.0) == code.parent().as_ref());
    Line {
        href: scope.at(&urls::branch(&code)),
        compounds: compounds.get(&code).cloned().unwrap_or_default(),
        branch: branch.place.name,
        community: community.map(|place| place.name.clone()).unwrap_or_default(),
        brand: branch.branch.brand,
        awards: awards.get(&code).map(|years| award_words(years)).unwrap_or_default(),
    }
}

#[derive(Template)]
#[template(path = "portal/branch.html")]
struct BranchPage {
    shell: PortalShell,
    crumbs: Vec<Crumb>,
    name: String,
    line: String,
    brand: String,
    is_dissolved: bool,
    /// Where its residents speak, and see how it goes.
    speak: String,
    neighbours: String,
    /// What its owners vote on.
    polls: String,
    /// What it deliberates on.
    hall: String,
    /// What its property company promised, and how it keeps it.
    company: String,
    awards: Vec<String>,
    facts: Vec<(&'static str, String)>,
    committee: Vec<(&'static str, String)>,
}

/// One branch, for everyone: no telephone, no member, of persons the committee alone (R-NOT-08).
pub async fn show(reader: Reader, Path(code): Path<String>) -> Result<Response, Stop> {
    let db = reader.op.reader();
    let code: PlaceCode = code.parse().map_err(|_| Stop::Missing)?;
    let Some(found) = places::branch(db, &code).await? else {
        let to = places::moved_to(db, &code).await?.ok_or(Stop::Missing)?;
        return Ok(Redirect::to(&reader.scope.at(&urls::branch(&to))).into_response());
    };
    let is_dissolved = !found.place.is_active;
    let line = places::ancestors(db, &code).await?;
    let compounds = places::compounds_of(db, std::slice::from_ref(&code)).await?;
    let committee = people::committee_of(db, &code).await?;
    let awards = notices::awards_of_branch(db, &code).await?;
    let above = line.iter().filter(|place| matches!(place.level.0, Level::Street | Level::Community));
    public_page(&BranchPage {
        shell: reader.shell(&found.place.name),
        crumbs: vec![Crumb { label: "小区名录".to_owned(), href: reader.scope.at(urls::DIRECTORY) }],
        line: above.map(|place| place.name.as_str()).collect::<Vec<_>>().join(" "),
        name: found.place.name,
        awards: awards.iter().map(award_line).collect(),
        facts: facts(&found.branch, compounds),
        is_dissolved,
        speak: reader.scope.at(&voices::urls::speak_at(&code)),
        neighbours: reader.scope.at(&voices::urls::neighbours(&code)),
        hall: reader.scope.at(&deliberations::urls::public_at(&code)),
        company: reader.scope.at(&property::urls::public(&code)),
        polls: reader.scope.at(&owner_votes::urls::public_at(&code)),
        brand: found.branch.brand,
        committee: committee.into_iter().map(|(post, person)| (post.post.0.label(), person.name)).collect(),
    })
}

/// An award as its branch's page tells it, with the reason where it was taken back.
fn award_line(award: &Award) -> String {
    let line = format!("{}年度红旗小区，{}", award.year, state(award));
    let reason = revocation(award);
    if reason.is_empty() { line } else { format!("{line}（{reason}）") }
}

fn facts(branch: &Branch, compounds: Vec<Compound>) -> Vec<(&'static str, String)> {
    let names: Vec<String> = compounds.into_iter().map(|compound| compound.name).collect();
    let mut facts = vec![("覆盖小区", names.join("、")), ("支部类别", branch.kind.0.label().to_owned())];
    facts.extend(branch.founded_on.map(|Text(founded)| ("成立日期", chinese_date(founded))));
    facts.push(("户数", format!("{} 户", branch.households)));
    facts.push(("楼栋", format!("{} 栋", branch.buildings)));
    facts.push(("业主委员会", branch.owners_committee.0.label().to_owned()));
    facts.push(("物业服务企业", branch.property_company.clone()));
    facts.retain(|(_, value)| !value.is_empty());
    facts
}
