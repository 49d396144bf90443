//! The forms for buildings, and their Excel table.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    ids::{BuildingId, CompoundId},
    money::Fen,
    permission::Deed,
    place::PlaceCode,
};
use office::{
    sheet::{CellValue, ColumnKind, SheetColumn, SheetTable},
    table::parse_phone,
};
use platform::{
    error::Stop,
    forms::{Form, Reading},
    pages::{done, page, refused, workbook},
    shell::{Crumb, Problems, Shell},
};

use super::{edit::version, list, masked};
use crate::{
    desk::Desk,
    places::{self, Building, BuildingParticulars, urls},
};

/// The largest count that a form takes.
const MOST: i64 = 100_000;

#[derive(Template)]
#[template(path = "branches/building.html")]
struct BuildingPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    problems: Problems,
    form: Form,
    compounds: Vec<(String, String)>,
    /// The number as it is known, masked.
    phone: String,
    /// Where it is taken away; `None` while it is new.
    drop: Option<String>,
    back: String,
}

impl BuildingPage {
    fn phone_hint(&self) -> String {
        match self.phone.as_str() {
            "" => "手机号，或带区号的座机；加密保存".to_owned(),
            known => format!("已登记 {known}；不改的留空"),
        }
    }
}

/// Which building a page is about.
enum Subject {
    New(PlaceCode),
    Known(Box<Building>),
}

impl Subject {
    fn branch(&self) -> &PlaceCode {
        match self {
            Self::New(branch) => branch,
            Self::Known(building) => &building.branch.0,
        }
    }
}

async fn building_page(desk: &Desk, subject: &Subject, form: Form, problems: Problems) -> Result<BuildingPage, Stop> {
    let db = desk.op.reader();
    let line = places::ancestors(db, subject.branch()).await?;
    let compounds = places::compounds_under(db, subject.branch()).await?;
    let (title, phone, drop) = match subject {
        Subject::New(_) => ("添加楼栋", String::new(), None),
        Subject::Known(building) => (
            "修改楼栋",
            masked(&desk.op, building.steward_phone_sealed.as_deref()),
            Some(urls::drop_building(building.id.0)),
        ),
    };
    Ok(BuildingPage {
        shell: desk.shell(title).await?,
        crumbs: list::crumbs(&line, desk),
        problems,
        form,
        compounds: compounds.into_iter().map(|compound| (compound.id.0.to_string(), compound.name)).collect(),
        phone,
        drop,
        back: urls::place(subject.branch()),
    })
}

fn filled_in(building: &Building) -> Form {
    Form::of([
        ("version", building.version.to_string()),
        ("compound", building.compound_id.0.to_string()),
        ("name", building.name.clone()),
        ("stairwells", building.stairwells.to_string()),
        ("households", building.households.to_string()),
        ("exclusive_area", Fen(building.exclusive_area).to_string().replace(',', "")),
        ("steward", building.steward.clone()),
        ("hub_household", building.hub_household.clone()),
    ])
}

async fn find_branch(desk: &Desk, place: &str) -> Result<Subject, Stop> {
    let code: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    places::branch(desk.op.reader(), &code).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::EditBuildings, &code)?;
    Ok(Subject::New(code))
}

async fn find_building(desk: &Desk, id: &str) -> Result<Box<Building>, Stop> {
    let id: BuildingId = id.parse().map_err(|_| Stop::Missing)?;
    let building = places::building(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::EditBuildings, &building.branch.0)?;
    Ok(Box::new(building))
}

/// The form for a new building.
pub async fn show_new(desk: Desk, Path(place): Path<String>) -> Result<Response, Stop> {
    let subject = find_branch(&desk, &place).await?;
    page(&building_page(&desk, &subject, Form::default(), Problems::default()).await?)
}

/// Adds a building.
pub async fn add(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let subject = find_branch(&desk, &place).await?;
    let added = match told(&form) {
        Ok(particulars) => places::add_building(&desk.op, subject.branch(), particulars).await,
        Err(stop) => Err(stop),
    };
    match added {
        Ok(()) => Ok(done(&urls::place(subject.branch()), "楼栋已添加。")),
        Err(Stop::Refused(problems)) => refused(&building_page(&desk, &subject, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

/// The form for a building that is known.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let building = find_building(&desk, &id).await?;
    let form = filled_in(&building);
    page(&building_page(&desk, &Subject::Known(building), form, Problems::default()).await?)
}

/// Changes a building.
pub async fn save(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let building = find_building(&desk, &id).await?;
    let saved = match told(&form) {
        Ok(particulars) => places::edit_building(&desk.op, building.id.0, particulars).await,
        Err(stop) => Err(stop),
    };
    match saved {
        Ok(branch) => Ok(done(&urls::place(&branch), "楼栋资料已保存。")),
        Err(Stop::Refused(problems)) => {
            refused(&building_page(&desk, &Subject::Known(building), form, Problems(problems)).await?)
        }
        Err(stop) => Err(stop),
    }
}

/// Takes a building away, as it stood on the page.
pub async fn drop(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let building = find_building(&desk, &id).await?;
    let seen = form.value("version").parse().unwrap_or(building.version);
    let branch = places::drop_building(&desk.op, building.id.0, seen).await?;
    Ok(done(&urls::place(&branch), "楼栋已删除。"))
}

fn told(form: &Form) -> Result<BuildingParticulars, Stop> {
    let mut reading = form.read();
    let compound = reading.choice::<CompoundId>("compound", "小区");
    let name = reading.required("name", "楼栋", 30);
    let mut count = |field, label| {
        let count = reading.count_if_any(field, label, 0..=MOST).unwrap_or_default();
        i32::try_from(count).unwrap_or_default()
    };
    let (stairwells, households) = (count("stairwells", "单元数"), count("households", "户数"));
    let exclusive_area = reading.hundredths_if_any("exclusive_area", "总专有面积").unwrap_or_default();
    let steward = reading.text("steward", "楼栋长", 30);
    let steward_phone = phone(&mut reading, form, "steward_phone", "楼栋长电话");
    let hub_household = reading.text("hub_household", "党员中心户", 30);
    let compound = reading.finish_with(compound)?;
    Ok(BuildingParticulars {
        compound,
        name,
        stairwells,
        households,
        exclusive_area,
        steward,
        steward_phone,
        hub_household,
        version: version(form),
    })
}

/// A telephone number; a blank leaves the one that is known.
pub fn phone(reading: &mut Reading<'_>, form: &Form, field: &str, label: &str) -> Option<String> {
    parse_phone(label, form.value(field)).unwrap_or_else(|message| {
        reading.note(field, message);
        None
    })
}

/// The buildings of a branch as an Excel table, numbers masked.
pub async fn export(desk: Desk, Path(place): Path<String>) -> Result<Response, Stop> {
    let code: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    let db = desk.op.reader();
    let found = places::branch(db, &code).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::ViewPlace, &code)?;
    let compounds = places::compounds_under(db, &code).await?;
    let can_reveal = desk.op.can(Deed::RevealPhone, &code);
    let row = |building: Building| {
        let compound = compounds.iter().find(|compound| compound.id == building.compound_id);
        let phone = masked(&desk.op, building.steward_phone_sealed.as_deref().filter(|_| can_reveal));
        vec![
            compound.map(|compound| compound.name.clone()).into(),
            building.name.into(),
            CellValue::Count(i64::from(building.stairwells)),
            CellValue::Count(i64::from(building.households)),
            CellValue::Hundredths(building.exclusive_area),
            building.steward.into(),
            phone.into(),
            building.hub_household.into(),
        ]
    };
    let rows = places::buildings_under(db, &code).await?.into_iter().map(row).collect();
    let title = format!("{}楼栋", found.place.name);
    let table = SheetTable {
        name: "楼栋".to_owned(),
        title: Some(title.clone()),
        note: None,
        columns: vec![
            SheetColumn::text("小区", 18.0),
            SheetColumn::text("楼栋", 12.0),
            SheetColumn::new("单元数", 9.0, ColumnKind::Count),
            SheetColumn::new("户数", 9.0, ColumnKind::Count),
            SheetColumn::new("总专有面积（㎡）", 16.0, ColumnKind::Decimal),
            SheetColumn::text("楼栋长", 12.0),
            SheetColumn::text("楼栋长电话", 16.0),
            SheetColumn::text("党员中心户", 12.0),
        ],
        rows,
        totals: None,
    };
    workbook(&title, &[table])
}
