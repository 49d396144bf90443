//! Importing a branch's own list: the form, the preview, and writing what was previewed.

use std::collections::{HashMap, HashSet};

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    ids::PersonId,
    members::MemberState,
    permission::Deed,
    place::{Level, PlaceCode},
};
use office::sheet::{CellValue, SheetColumn, SheetTable};
use platform::{
    act::Op,
    error::{Problem, Stop},
    files,
    forms::Form,
    pages::{done, page, refused, workbook},
    shell::{Crumb, Problems, Shell},
};

use super::find_branch;
use crate::{
    desk::Desk,
    members::{
        import::{self, Grounds, Plan},
        urls,
    },
    people::{self, write_roll},
    places,
};

/// Problems shown at most.
const TOLD: usize = 100;

#[derive(Template)]
#[template(path = "members/import.html")]
struct ImportPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    problems: Problems,
    branch: PlaceCode,
    name: String,
    plan: Option<Plan>,
    errors: usize,
    hash: String,
}

impl ImportPage {
    fn at(&self, path: &str) -> String {
        urls::of_place(path, &self.branch)
    }
}

async fn import_page(
    desk: &Desk,
    (branch, name): (PlaceCode, String),
    mut plan: Option<Plan>,
    hash: String,
    problems: Problems,
) -> Result<ImportPage, Stop> {
    let errors = plan.as_ref().map_or(0, |plan| plan.errors.len());
    if let Some(plan) = &mut plan {
        plan.errors.truncate(TOLD);
        plan.warnings.truncate(TOLD);
    }
    Ok(ImportPage {
        shell: desk.shell("导入支部名册").await?,
        crumbs: vec![Crumb { label: "党员名册".to_owned(), href: people::urls::members(&branch) }],
        problems,
        branch,
        name,
        plan,
        errors,
        hash,
    })
}

async fn find(desk: &Desk, place: &str) -> Result<(PlaceCode, String), Stop> {
    let found = find_branch(desk, Deed::ImportMembers, place).await?;
    Ok((found.place.code.0, found.place.name))
}

/// The form.
pub async fn show(desk: Desk, Path(place): Path<String>) -> Result<Response, Stop> {
    let here = find(&desk, &place).await?;
    page(&import_page(&desk, here, None, String::new(), Problems::default()).await?)
}

/// The table to be filled in, with the roll as it is; numbers stay out, and an empty cell leaves them as they are.
pub async fn table(desk: Desk, Path(place): Path<String>) -> Result<Response, Stop> {
    let (branch, name) = find(&desk, &place).await?;
    let county = branch.at(Level::County).ok_or(Stop::Missing)?;
    let units = places::units_under(desk.op.reader(), &county).await?;
    let units: HashMap<PlaceCode, String> = units.into_iter().map(|place| (place.code.0, place.name)).collect();
    let row = |(line, person): (people::Membership, people::Person)| {
        vec![
            person.name.into(),
            person.gender.map(|gender| gender.0.label()).into(),
            CellValue::Empty,
            line.kind.0.label().into(),
            line.affiliation.0.label().into(),
            line.service.0.label().into(),
            line.unit.as_ref().and_then(|unit| units.get(&unit.0).cloned()).into(),
            line.building.clone().into(),
            line.speciality.clone().into(),
            line.compound.clone().into(),
            line.available_time.clone().into(),
            line.registered_on.map(|day| day.0).into(),
            line.number().into(),
        ]
    };
    let rows = people::living_under(desk.op.reader(), &branch).await?.into_iter().map(row).collect();
    let table = SheetTable {
        name: "党员名册".to_owned(),
        title: Some(format!("{name}党员名册")),
        note: Some(
            "空着的单元格保持原样；联系电话只在新增或更正时填写；名册编号用来区分同名的同志，请不要改动，新增的留空。"
                .to_owned(),
        ),
        columns: vec![
            SheetColumn::text("姓名", 12.0),
            SheetColumn::text("性别", 6.0),
            SheetColumn::text("联系电话", 16.0),
            SheetColumn::text("党员类型", 10.0),
            SheetColumn::text("组织关系", 18.0),
            SheetColumn::text("身份", 10.0),
            SheetColumn::text("单位党支部", 28.0),
            SheetColumn::text("居住楼栋", 10.0),
            SheetColumn::text("特长", 14.0),
            SheetColumn::text("居住小区", 20.0),
            SheetColumn::text("可服务时间", 18.0),
            SheetColumn::date("报到日期"),
            SheetColumn::text("名册编号", 12.0),
        ],
        rows,
        totals: None,
    };
    workbook(&format!("{name}党员名册"), &[table])
}

/// Keeps the list and shows what it would do.
pub async fn preview(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let here = find(&desk, &place).await?;
    let Some(file) = form.files.iter().find(|file| file.field == "file") else {
        let problems = Problems(vec![Problem::at("file", "请选择支部名册（.xlsx）。")]);
        return refused(&import_page(&desk, here, None, String::new(), problems).await?);
    };
    let plan = planned(&desk.op, &here.0, file.bytes.to_vec()).await?;
    if !plan.errors.is_empty() {
        return refused(&import_page(&desk, here, Some(plan), String::new(), Problems::default()).await?);
    }
    let hash = people::keep_list(&desk.op, &here.0, file.bytes.clone()).await?;
    page(&import_page(&desk, here, Some(plan), hash, Problems::default()).await?)
}

/// Reads and plans in a thread of its own: a list takes a moment, and other requests shall not wait for it.
async fn planned(op: &Op, branch: &PlaceCode, bytes: Vec<u8>) -> Result<Plan, Stop> {
    let (db, county) = (op.reader(), branch.at(Level::County).ok_or(Stop::Missing)?);
    let all = people::living_under(db, &county).await?;
    let (roll, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(line, _)| line.branch.0 == *branch);
    let confirmed = others.iter().filter(|(line, _)| line.state.0 == MemberState::Confirmed);
    let confirmed_elsewhere: HashSet<PersonId> = confirmed.map(|(_, person)| person.id.0).collect();
    let compounds = places::compounds_of(db, std::slice::from_ref(branch)).await?;
    let compounds: Vec<String> = compounds.into_iter().map(|compound| compound.name).collect();
    let elsewhere: HashSet<(String, String)> =
        others.into_iter().filter_map(|(_, person)| Some((person.name, person.phone_index?))).collect();
    let units = places::units_under(db, &county).await?.into_iter();
    let units: HashMap<String, PlaceCode> = units
        .filter(|place| place.level.0 == Level::UnitBranch)
        .flat_map(|place| {
            [(places::unit_of_branch_name(&place.name), place.code.0.clone()), (place.name, place.code.0)]
        })
        .collect();
    let (keys, today) = (op.floor.keys.clone(), op.now().date());
    let planned = tokio::task::spawn_blocking(move || {
        let grounds = Grounds {
            roll: &roll,
            elsewhere: &elsewhere,
            confirmed_elsewhere: &confirmed_elsewhere,
            compounds: &compounds,
            units: &units,
            today,
            keys: &keys,
        };
        import::plan(&bytes, &grounds)
    });
    planned.await.map_err(|error| Stop::Fault(error.into()))
}

/// Writes what was previewed: the whole list, or nothing.
pub async fn confirm(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let here = find(&desk, &place).await?;
    let bytes = match files::fetch(&desk.op.floor, form.value("hash")).await {
        Ok((_, bytes)) => bytes,
        Err(Stop::Missing) => {
            let problems = Problems(vec![Problem::at("file", "预览的文件已经不在了，请重新上传。")]);
            return refused(&import_page(&desk, here, None, String::new(), problems).await?);
        }
        Err(stop) => return Err(stop),
    };
    let plan = planned(&desk.op, &here.0, bytes.to_vec()).await?;
    if !plan.errors.is_empty() {
        return refused(&import_page(&desk, here, Some(plan), String::new(), Problems::default()).await?);
    }
    let words = format!("名册已导入：新增 {} 人，更正 {} 人。", plan.added.len(), plan.changed.len());
    match write_roll(&desk.op, &here.0, plan.changes.clone()).await {
        Ok(()) => Ok(done(&people::urls::members(&here.0), &words)),
        Err(Stop::Refused(problems)) => {
            refused(&import_page(&desk, here, None, String::new(), Problems(problems)).await?)
        }
        Err(stop) => Err(stop),
    }
}
