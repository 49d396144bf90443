//! The tree with search: where one is, what lies below, and the branches there.

use std::collections::BTreeMap;

use askama::Template;
use axum::response::{IntoResponse as _, Redirect, Response};
use domain::{
    organisation::{BranchKind, OwnersCommittee},
    permission::Deed,
    place::{Level, PlaceCode},
};
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};
use platform::{
    error::Stop,
    forms::{Form, Query, QueryForm},
    pages::{page, workbook},
    shell::{Chip, Crumb, Pager, Shell},
};

use super::{
    options,
    standing::{Standing, standings},
};
use crate::{
    desk::Desk,
    people,
    places::{self, BranchFilter, BranchOfTree, Place, urls},
};

/// Rows on a page.
const PAGE: u64 = 50;
/// Rows of an export.
const EXPORT: u64 = 20_000;

#[derive(Template)]
#[template(path = "branches/list.html")]
struct ListPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    here: Place,
    below: Vec<Chip>,
    asked: BranchFilter,
    rows: Vec<Row>,
    pager: Pager,
    export: String,
    members: Option<String>,
}

/// One branch of the list.
struct Row {
    found: BranchOfTree,
    street: String,
    community: String,
    standing: Standing,
}

impl ListPage {
    fn href(&self, row: &Row) -> String {
        urls::place(&row.found.branch.place.0)
    }

    fn warnings(&self, row: &Row) -> String {
        format!("{} 项", row.standing.warnings.len())
    }

    fn kinds(&self) -> Vec<(String, String)> {
        options!(BranchKind)
    }

    fn owners(&self) -> Vec<(String, String)> {
        options!(OwnersCommittee)
    }

    fn kind(&self) -> &'static str {
        self.asked.kind.map_or("", BranchKind::code)
    }

    fn owners_committee(&self) -> &'static str {
        self.asked.owners_committee.map_or("", OwnersCommittee::code)
    }
}

/// One's own part of the tree; one's own branch's page for those who have one.
pub async fn own(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let own = desk.officer.office.place.clone();
    desk.op.permit(Deed::ViewPlace, &own)?;
    if own.level() == Level::Branch {
        return Ok(Redirect::to(&urls::place(&own)).into_response());
    }
    show(desk, &own, &query).await
}

/// The branches at or under `here` that the office may see.
pub(super) async fn show(desk: Desk, here: &PlaceCode, query: &Form) -> Result<Response, Stop> {
    desk.op.permit(Deed::ViewPlace, here)?;
    let db = desk.op.reader();
    let scope = scope(&desk, here);
    let asked = asked(query);
    let offset = query.value("from").parse().unwrap_or(0);
    let (branches, total) = places::branches(db, &scope, &asked, offset, PAGE).await?;
    let line = places::ancestors(db, here).await?;
    let place = line.last().filter(|place| place.code.0 == *here).cloned().ok_or(Stop::Missing)?;
    let under = places::places_under(db, &scope).await?;
    let rows = rows(&desk, branches, &names(&under)).await?;
    let address = |base: &str, row: u64| address(base, &asked, row);
    let own_page = urls::place(here);
    let pager = Pager::of(offset, PAGE, total, |row| address(&own_page, row));
    let export = Query::at(address(urls::EXPORT, 0)).with("within", here.as_str()).address();
    let can_see_members = desk.op.can(Deed::ViewMembers, here);
    let members = can_see_members.then(|| people::urls::members(here));
    let crumbs = crumbs(&line, &desk);
    let shell = desk.shell(place.name.clone()).await?;
    page(&ListPage { shell, crumbs, below: below(&under, here), here: place, asked, rows, pager, export, members })
}

/// Those who sit further down see of a larger place only their own part.
pub(super) fn scope(desk: &Desk, here: &PlaceCode) -> PlaceCode {
    let own = &desk.officer.office.place;
    if own.is_within(here) { own.clone() } else { here.clone() }
}

fn asked(query: &Form) -> BranchFilter {
    BranchFilter {
        words: query.value("q").trim().chars().take(60).collect(),
        kind: query.value("kind").parse().ok(),
        owners_committee: query.value("owners").parse().ok(),
        ..BranchFilter::default()
    }
}

fn address(base: &str, asked: &BranchFilter, row: u64) -> String {
    Query::at(base)
        .with("q", &asked.words)
        .with("kind", asked.kind.map_or("", BranchKind::code))
        .with("owners", asked.owners_committee.map_or("", OwnersCommittee::code))
        .with("from", &if row == 0 { String::new() } else { row.to_string() })
        .address()
}

fn names(places: &[Place]) -> BTreeMap<PlaceCode, String> {
    places.iter().map(|place| (place.code.0.clone(), place.name.clone())).collect()
}

async fn rows(desk: &Desk, branches: Vec<BranchOfTree>, names: &BTreeMap<PlaceCode, String>) -> Result<Vec<Row>, Stop> {
    let mut standings = standings(desk.op.reader(), &branches, desk.op.now().date()).await?;
    let row = |found: BranchOfTree| Row {
        street: found.branch.place.0.at(Level::Street).and_then(|code| names.get(&code).cloned()).unwrap_or_default(),
        community: found.branch.place.0.parent().and_then(|code| names.get(&code).cloned()).unwrap_or_default(),
        standing: standings.remove(&found.branch.place.0).unwrap_or_default(),
        found,
    };
    Ok(branches.into_iter().map(row).collect())
}

/// The way from the county to here, as far as the office may go it.
pub fn crumbs(line: &[Place], desk: &Desk) -> Vec<Crumb> {
    let seen = line.iter().filter(|place| desk.op.can(Deed::ViewPlace, &place.code.0));
    seen.map(|place| Crumb { label: place.name.clone(), href: urls::place(&place.code.0) }).collect()
}

/// The places one level down that have branches, each with their number.
fn below(under: &[Place], here: &PlaceCode) -> Vec<Chip> {
    let children =
        under.iter().filter(|place| place.code.0.parent().as_ref() == Some(here) && place.level.0 != Level::Branch);
    let chip = |child: &Place| {
        let branches = under
            .iter()
            .filter(|place| place.level.0 == Level::Branch && place.code.0.is_within(&child.code.0))
            .count();
        let label = format!("{}（{branches}）", child.name);
        (branches > 0).then(|| Chip { label, href: urls::place(&child.code.0), is_on: false })
    };
    children.filter_map(chip).collect()
}

/// The branches found, as an Excel table.
pub async fn export(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let own = desk.officer.office.place.clone();
    let here: PlaceCode = query.value("within").parse().unwrap_or(own);
    desk.op.permit(Deed::ViewPlace, &here)?;
    let db = desk.op.reader();
    let scope = scope(&desk, &here);
    let (branches, _) = places::branches(db, &scope, &asked(&query), 0, EXPORT).await?;
    let mut names_here = names(&places::ancestors(db, &scope).await?);
    if scope.level() != Level::Branch {
        names_here.extend(names(&places::places_under(db, &scope).await?));
    }
    let rows = rows(&desk, branches, &names_here).await?;
    workbook("小区党支部一览", &[table(&rows)])
}

fn table(rows: &[Row]) -> SheetTable {
    let count = |label| SheetColumn::new(label, 9.0, ColumnKind::Count);
    let row = |row: &Row| {
        let (branch, standing) = (&row.found.branch, &row.standing);
        let warnings: Vec<String> = standing.warnings.iter().map(ToString::to_string).collect();
        vec![
            row.street.clone().into(),
            row.community.clone().into(),
            row.found.place.name.clone().into(),
            branch.kind.0.label().into(),
            standing.compound_names().into(),
            CellValue::Count(i64::from(standing.structure.buildings)),
            CellValue::Count(i64::from(branch.households)),
            CellValue::Count(i64::from(standing.counts.all)),
            standing.secretary().into(),
            branch.owners_committee.0.label().into(),
            branch.property_company.clone().into(),
            branch.brand.clone().into(),
            CellValue::Text(format!("{}%", standing.structure.percent())),
            warnings.join("\n").into(),
        ]
    };
    SheetTable {
        name: "小区党支部".to_owned(),
        title: Some("小区党支部一览".to_owned()),
        note: None,
        columns: vec![
            SheetColumn::text("街道", 14.0),
            SheetColumn::text("社区", 14.0),
            SheetColumn::text("小区党支部", 26.0),
            SheetColumn::text("类型", 10.0),
            SheetColumn::text("覆盖小区", 24.0),
            count("楼栋数"),
            count("户数"),
            count("党员数"),
            SheetColumn::text("书记", 10.0),
            SheetColumn::text("业主委员会", 14.0),
            SheetColumn::text("物业服务企业", 26.0),
            SheetColumn::text("服务品牌", 18.0),
            SheetColumn::text("组织体系完整度", 14.0),
            SheetColumn::text("提醒", 50.0),
        ],
        rows: rows.iter().map(row).collect(),
        totals: None,
    }
}
