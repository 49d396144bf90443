//! Requests around work units.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    clock::chinese_date,
    members::UnitState,
    permission::Deed,
    place::{Level, PlaceCode},
};
use office::sheet::{CellValue, SheetColumn, SheetTable};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, page, refused, workbook},
    shell::{Crumb, Problems, Shell},
};

use super::{
    actions::{add_unit, add_unit_branch, change_unit, register_unit},
    store::{self, registration},
    urls,
};
use crate::{
    branches::masked,
    desk::Desk,
    people::{self, Membership, Person},
    places::{self, Place},
};

/// A unit of the list.
struct Line {
    place: Place,
    branches: usize,
    members: usize,
    communities: usize,
}

#[derive(Template)]
#[template(path = "units/list.html")]
struct ListPage {
    shell: Shell,
    problems: Problems,
    lines: Vec<Line>,
    can_edit: bool,
    form: Form,
}

impl ListPage {
    fn href(&self, line: &Line) -> String {
        urls::of_unit(urls::UNIT, &line.place.code.0)
    }
}

/// The units of one's county, or on to one's own.
pub async fn list(desk: Desk) -> Result<Response, Stop> {
    let place = desk.officer.office.place.clone();
    desk.op.permit(Deed::ViewUnit, &place)?;
    match place.at(Level::Unit) {
        Some(unit) => Ok(Redirect::to(&urls::of_unit(urls::UNIT, &unit)).into_response()),
        None => page(&list_page(&desk, &place, Problems::default(), Form::default()).await?),
    }
}

async fn list_page(desk: &Desk, county: &PlaceCode, problems: Problems, form: Form) -> Result<ListPage, Stop> {
    let lines = lines(desk, county).await?;
    let can_edit = desk.op.can(Deed::EditUnit, county);
    Ok(ListPage { shell: desk.shell("单位党组织").await?, problems, lines, can_edit, form })
}

async fn lines(desk: &Desk, county: &PlaceCode) -> Result<Vec<Line>, Stop> {
    let db = desk.op.reader();
    let units = places::units_under(db, county).await?;
    let mut members: BTreeMap<PlaceCode, usize> = BTreeMap::new();
    for (line, _) in people::members_of_unit(db, county).await? {
        if let Some(unit) = line.unit.and_then(|unit| unit.0.at(Level::Unit)) {
            *members.entry(unit).or_default() += 1;
        }
    }
    let reports = store::registrations_of(db, county).await?;
    let line = |place: &Place| Line {
        branches: units
            .iter()
            .filter(|it| it.level.0 == Level::UnitBranch && it.code.0.is_within(&place.code.0))
            .count(),
        members: members.get(&place.code.0).copied().unwrap_or(0),
        communities: reports
            .iter()
            .filter(|row| row.unit.0 == place.code.0 && row.state.0 == UnitState::Confirmed)
            .count(),
        place: place.clone(),
    };
    Ok(units.iter().filter(|place| place.level.0 == Level::Unit).map(line).collect())
}

/// The units of one's county as an Excel table, or on to the members of one's own.
pub async fn export_list(desk: Desk) -> Result<Response, Stop> {
    let place = desk.officer.office.place.clone();
    desk.op.permit(Deed::ViewUnit, &place)?;
    if let Some(unit) = place.at(Level::Unit) {
        return Ok(Redirect::to(&urls::of_unit(urls::MEMBERS, &unit)).into_response());
    }
    let row = |line: Line| -> Vec<CellValue> {
        let state = if line.place.is_active { "在用" } else { "已停用" };
        vec![
            line.place.name.into(),
            CellValue::from(line.branches),
            CellValue::from(line.members),
            CellValue::from(line.communities),
            state.into(),
        ]
    };
    let lines = lines(&desk, &place).await?;
    let table = SheetTable {
        name: "单位党组织".to_owned(),
        title: Some("单位党组织".to_owned()),
        columns: vec![
            SheetColumn::text("单位", 36.0),
            SheetColumn::count("党支部"),
            SheetColumn::count("在小区报到的党员"),
            SheetColumn::count("报到的社区"),
            SheetColumn::centred("状态"),
        ],
        rows: lines.into_iter().map(row).collect(),
        ..SheetTable::default()
    };
    workbook("单位党组织", &[table])
}

/// Enters a unit.
pub async fn add(desk: Desk, form: Form) -> Result<Response, Stop> {
    let county = desk.officer.office.place.at(Level::County).ok_or(Stop::Missing)?;
    desk.op.permit(Deed::EditUnit, &desk.officer.office.place)?;
    let mut reading = form.read();
    let name = reading.required("name", "单位名称", 40);
    let branch = reading.text("branch", "党支部名称", 40);
    let outcome = match reading.finish() {
        Ok(()) => add_unit(&desk.op, &county, &name, &branch).await,
        Err(stop) => Err(stop),
    };
    match outcome {
        Ok(unit) => Ok(done(&urls::of_unit(urls::UNIT, &unit), "单位已登记。")),
        Err(Stop::Refused(problems)) => refused(&list_page(&desk, &county, Problems(problems), form).await?),
        Err(stop) => Err(stop),
    }
}

#[derive(Template)]
#[template(path = "units/show.html")]
struct UnitPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    problems: Problems,
    place: Place,
    branches: Vec<Place>,
    members: Vec<(Membership, Person, String, String)>,
    reports: Vec<(registration::Model, String)>,
    communities: Vec<(String, String)>,
    can_edit: bool,
    can_register: bool,
    year: i16,
    form: Form,
}

impl UnitPage {
    fn at(&self, path: &str) -> String {
        urls::of_unit(path, &self.place.code.0)
    }

    /// Whether the form that changes the unit was refused.
    fn is_changing(&self) -> bool {
        self.problems.any() && self.form.values("unit_name").next().is_some()
    }

    fn is_closing(&self) -> bool {
        if self.is_changing() { self.form.is_ticked("is_closed") } else { !self.place.is_active }
    }

    fn received(&self) -> String {
        urls::of_reports(urls::REPORTS, &self.place.code.0, self.year)
    }

    fn name(&self) -> &str {
        match self.form.value("unit_name") {
            "" => &self.place.name,
            typed => typed,
        }
    }

    fn on(&self, row: &registration::Model) -> String {
        chinese_date(row.reported_on.0)
    }

    fn tone(&self, row: &registration::Model) -> &'static str {
        tone(row.state.0)
    }

    fn steps(&self, row: &registration::Model) -> String {
        steps(row)
    }
}

/// What became of a report after it was made, in words.
pub(super) fn steps(row: &registration::Model) -> String {
    let confirmed = row.confirmed_on.map(|date| format!("{}确认", chinese_date(date.0)));
    let ended = row.ended_on.map(|date| format!("{}结束：{}", chinese_date(date.0), row.ended_reason));
    [confirmed, ended].into_iter().flatten().collect::<Vec<_>>().join("，")
}

pub(super) const fn tone(state: UnitState) -> &'static str {
    match state {
        UnitState::Reported => "warn",
        UnitState::Confirmed => "good",
        UnitState::Ended => "calm",
    }
}

async fn find(desk: &Desk, deed: Deed, unit: &str) -> Result<Place, Stop> {
    let code: PlaceCode = unit.parse().map_err(|_| Stop::Missing)?;
    desk.op.permit(deed, &code)?;
    let found = places::place(desk.op.reader(), &code).await?;
    found.filter(|place| place.level.0 == Level::Unit).ok_or(Stop::Missing)
}

async fn unit_page(desk: &Desk, place: Place, problems: Problems, form: Form) -> Result<UnitPage, Stop> {
    let (db, code) = (desk.op.reader(), place.code.0.clone());
    let members = people::members_of_unit(db, &code).await?;
    let names = places::names(db, members.iter().map(|(line, _)| line.branch.0.clone()).collect()).await?;
    let line = |(line, person): (Membership, Person)| {
        let branch = names.get(line.branch.0.as_str()).cloned().unwrap_or_default();
        let phone = masked(&desk.op, person.phone_sealed.as_deref());
        (line, person, branch, phone)
    };
    let reports = store::registrations_of(db, &code).await?;
    let told = places::names(db, reports.iter().map(|row| row.community.0.clone()).collect()).await?;
    let named = |row: registration::Model| {
        let name = told.get(row.community.0.as_str()).cloned().unwrap_or_default();
        (row, name)
    };
    let county = code.at(Level::County).ok_or(Stop::Missing)?;
    let is_county = desk.officer.office.place == county;
    let communities = places::divisions_under(db, &county).await?.into_iter();
    let branches = places::units_under(db, &code).await?.into_iter();
    Ok(UnitPage {
        shell: desk.shell(place.name.clone()).await?,
        crumbs: if is_county {
            vec![Crumb { label: "单位党组织".to_owned(), href: urls::UNITS.to_owned() }]
        } else {
            Vec::new()
        },
        problems,
        branches: branches.filter(|it| it.level.0 == Level::UnitBranch).collect(),
        members: members.into_iter().map(line).collect(),
        reports: reports.into_iter().map(named).collect(),
        communities: communities
            .filter(|it| it.level.0 == Level::Community)
            .map(|it| (it.code.0.to_string(), it.name))
            .collect(),
        can_edit: desk.op.can(Deed::EditUnit, &code),
        can_register: place.is_active && desk.op.can(Deed::RegisterUnit, &code),
        year: desk.op.now().date().year(),
        place,
        form,
    })
}

/// One unit.
pub async fn show(desk: Desk, Path(unit): Path<String>) -> Result<Response, Stop> {
    let place = find(&desk, Deed::ViewUnit, &unit).await?;
    page(&unit_page(&desk, place, Problems::default(), Form::default()).await?)
}

async fn answer(
    desk: &Desk,
    place: Place,
    outcome: Result<(), Stop>,
    form: Form,
    words: &str,
) -> Result<Response, Stop> {
    match outcome {
        Ok(()) => Ok(done(&urls::of_unit(urls::UNIT, &place.code.0), words)),
        Err(Stop::Refused(problems)) => refused(&unit_page(desk, place, Problems(problems), form).await?),
        Err(stop) => Err(stop),
    }
}

/// Renames it, or takes it out of use.
pub async fn change(desk: Desk, Path(unit): Path<String>, form: Form) -> Result<Response, Stop> {
    let place = find(&desk, Deed::EditUnit, &unit).await?;
    let mut reading = form.read();
    let name = reading.required("unit_name", "单位名称", 40);
    let outcome = match reading.finish() {
        Ok(()) => change_unit(&desk.op, &place.code.0, &name, !form.is_ticked("is_closed")).await,
        Err(stop) => Err(stop),
    };
    answer(&desk, place, outcome, form, "已保存。").await
}

/// Enters another branch.
pub async fn add_branch(desk: Desk, Path(unit): Path<String>, form: Form) -> Result<Response, Stop> {
    let place = find(&desk, Deed::EditUnit, &unit).await?;
    let mut reading = form.read();
    let name = reading.required("name", "党支部名称", 40);
    let outcome = match reading.finish() {
        Ok(()) => add_unit_branch(&desk.op, &place.code.0, &name).await,
        Err(stop) => Err(stop),
    };
    answer(&desk, place, outcome, form, "党支部已登记。").await
}

/// Reports it to a community.
pub async fn register(desk: Desk, Path(unit): Path<String>, form: Form) -> Result<Response, Stop> {
    let place = find(&desk, Deed::RegisterUnit, &unit).await?;
    let mut reading = form.read();
    let community = reading.choice::<PlaceCode>("community", "社区");
    let contact = reading.required("contact", "联系人", 40);
    let offer = reading.text("offer", "可以提供的资源和服务", 300);
    let outcome = match (reading.finish(), community) {
        (Ok(()), Some(community)) => register_unit(&desk.op, &place.code.0, &community, contact, offer).await,
        (Ok(()), None) => Err(Stop::fault("a form without a problem is complete")),
        (Err(stop), _) => Err(stop),
    };
    answer(&desk, place, outcome, form, "已报到，等社区确认。").await
}

/// The unit's members as an Excel table, numbers masked.
pub async fn export(desk: Desk, Path(unit): Path<String>) -> Result<Response, Stop> {
    let place = find(&desk, Deed::ViewUnit, &unit).await?;
    let drawn = unit_page(&desk, place, Problems::default(), Form::default()).await?;
    let row = |(line, person, branch, phone): (Membership, Person, String, String)| {
        vec![
            person.name.into(),
            line.kind.0.label().into(),
            branch.into(),
            line.state.0.label().into(),
            line.registered_on.map(|date| date.0).into(),
            phone.into(),
        ]
    };
    let title = format!("{}在职党员报到情况", drawn.place.name);
    let table = SheetTable {
        name: "在职党员".to_owned(),
        title: Some(title.clone()),
        note: None,
        columns: vec![
            SheetColumn::text("姓名", 12.0),
            SheetColumn::text("党员类型", 12.0),
            SheetColumn::text("小区党支部", 28.0),
            SheetColumn::text("报到状态", 14.0),
            SheetColumn::date("报到日期"),
            SheetColumn::text("联系电话", 16.0),
        ],
        rows: drawn.members.into_iter().map(row).collect(),
        totals: None,
    };
    workbook(&title, &[table])
}
