//! The members at or under a place, numbers masked.

use std::collections::BTreeMap;

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::chinese_date,
    organisation::{Affiliation, MemberKind, Service},
    permission::Deed,
    place::{Level, PlaceCode},
};
use office::sheet::{ColumnKind, SheetColumn, SheetTable};
use platform::{
    error::Stop,
    forms::{Form, Query, QueryForm},
    pages::{page, workbook},
    shell::{Crumb, Pager, Shell},
};

use super::{list, masked, options};
use crate::{
    desk::Desk,
    people::{self, MemberFilter, Membership, Person},
    places::{self, Place},
};

/// Rows on a page.
const PAGE: u64 = 50;
/// Rows of an export.
const EXPORT: u64 = 50_000;

#[derive(Template)]
#[template(path = "branches/members.html")]
struct MembersPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    here: Place,
    asked: MemberFilter,
    rows: Vec<Row>,
    pager: Pager,
    export: String,
}

struct Row {
    membership: Membership,
    person: Person,
    branch: String,
    unit: String,
    phone: String,
}

impl MembersPage {
    fn is_branch(&self) -> bool {
        self.here.level.0 == Level::Branch
    }

    fn kinds(&self) -> Vec<(String, String)> {
        options!(MemberKind)
    }

    fn affiliations(&self) -> Vec<(String, String)> {
        options!(Affiliation)
    }

    fn services(&self) -> Vec<(String, String)> {
        options!(Service)
    }

    fn kind(&self) -> &'static str {
        self.asked.kind.map_or("", MemberKind::code)
    }

    fn affiliation(&self) -> &'static str {
        self.asked.affiliation.map_or("", Affiliation::code)
    }

    fn service(&self) -> &'static str {
        self.asked.service.map_or("", Service::code)
    }

    fn registered(&self, row: &Row) -> String {
        row.membership.registered_on.map(|date| chinese_date(date.0)).unwrap_or_default()
    }

    fn reveal(&self, row: &Row) -> String {
        people::urls::reveal_member(row.membership.id.0)
    }
}

fn asked(query: &Form) -> MemberFilter {
    MemberFilter {
        name: query.value("q").trim().chars().take(30).collect(),
        kind: query.value("kind").parse().ok(),
        affiliation: query.value("affiliation").parse().ok(),
        service: query.value("service").parse().ok(),
    }
}

fn address(base: &str, asked: &MemberFilter, row: u64) -> String {
    Query::at(base)
        .with("q", &asked.name)
        .with("kind", asked.kind.map_or("", MemberKind::code))
        .with("affiliation", asked.affiliation.map_or("", Affiliation::code))
        .with("service", asked.service.map_or("", Service::code))
        .with("from", &if row == 0 { String::new() } else { row.to_string() })
        .address()
}

async fn read(
    desk: &Desk,
    here: &PlaceCode,
    asked: &MemberFilter,
    offset: u64,
    most: u64,
) -> Result<(Vec<Row>, u64), Stop> {
    let db = desk.op.reader();
    let (members, total) = people::members(db, here, asked, offset, most).await?;
    let branches: BTreeMap<PlaceCode, String> =
        places::places_under(db, here).await?.into_iter().map(|place| (place.code.0, place.name)).collect();
    let county = here.at(Level::County).ok_or(Stop::Missing)?;
    let units: BTreeMap<PlaceCode, String> =
        places::units_under(db, &county).await?.into_iter().map(|place| (place.code.0, place.name)).collect();
    let row = |(membership, person): (Membership, Person)| Row {
        unit: membership.unit.as_ref().and_then(|unit| units.get(&unit.0)).cloned().unwrap_or_default(),
        branch: branches.get(&membership.branch.0).cloned().unwrap_or_default(),
        phone: masked(&desk.op, person.phone_sealed.as_deref()),
        membership,
        person,
    };
    Ok((members.into_iter().map(row).collect(), total))
}

async fn find(desk: &Desk, place: &str) -> Result<(Vec<Place>, Place), Stop> {
    let code: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    desk.op.permit(Deed::ViewMembers, &code)?;
    let line = places::ancestors(desk.op.reader(), &code).await?;
    let here = line.last().filter(|place| place.code.0 == code).cloned().ok_or(Stop::Missing)?;
    Ok((line, here))
}

/// The list.
pub async fn list(desk: Desk, Path(place): Path<String>, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let (line, here) = find(&desk, &place).await?;
    let asked = asked(&query);
    let offset = query.value("from").parse().unwrap_or(0);
    let code = &here.code.0;
    let (rows, total) = read(&desk, code, &asked, offset, PAGE).await?;
    let pager = Pager::of(offset, PAGE, total, |row| address(&people::urls::members(code), &asked, row));
    let export = address(&people::urls::members_export(code), &asked, 0);
    let shell = desk.shell(format!("{}党员名册", here.name)).await?;
    page(&MembersPage { shell, crumbs: list::crumbs(&line, &desk), here, asked, rows, pager, export })
}

/// The same as an Excel table, numbers masked.
pub async fn export(desk: Desk, Path(place): Path<String>, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let (_, here) = find(&desk, &place).await?;
    let (rows, _) = read(&desk, &here.code.0, &asked(&query), 0, EXPORT).await?;
    let row = |row: Row| {
        let member = row.membership;
        vec![
            row.branch.into(),
            row.person.name.into(),
            row.person.gender.map(|gender| gender.0.label()).into(),
            member.kind.0.label().into(),
            member.affiliation.0.label().into(),
            member.service.0.label().into(),
            row.unit.into(),
            member.building.into(),
            member.speciality.into(),
            member.claimed_post.into(),
            member.registered_on.map(|date| date.0).into(),
            row.phone.into(),
        ]
    };
    let text = |label, width| SheetColumn::new(label, width, ColumnKind::Text);
    let title = format!("{}党员名册", here.name);
    let table = SheetTable {
        name: "党员名册".to_owned(),
        title: Some(title.clone()),
        note: None,
        columns: vec![
            text("小区党支部", 26.0),
            text("姓名", 12.0),
            text("性别", 6.0),
            text("党员类型", 10.0),
            text("组织关系", 18.0),
            text("身份", 10.0),
            text("单位党支部", 26.0),
            text("居住楼栋", 10.0),
            text("特长", 14.0),
            text("认领岗位", 14.0),
            SheetColumn::new("报到日期", 14.0, ColumnKind::Date),
            text("联系电话", 16.0),
        ],
        rows: rows.into_iter().map(row).collect(),
        totals: None,
    };
    workbook(&title, &[table])
}
