//! What work units score their members: typed in, or imported from the unit's own table with a preview.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    permission::Deed,
    place::{Level, PlaceCode},
    points::{Points, UnitScore, YearState},
};
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};
use platform::{
    act::Op,
    error::{OrRefuse as _, Problem, Stop},
    files,
    forms::{Form, half_width},
    pages::{done, page, refused, workbook},
    shell::{Chip, Problems, Shell},
};

use super::{parse_place, parse_year, this_year, year_chips};
use crate::{
    desk::Desk,
    people::{Membership, Person},
    places,
    points::{
        actions::{NewUnitScore, enter_unit_scores, plan_unit_table, scored_members, unit_names},
        import::Plan,
        queries,
        store::unit_score,
        urls,
    },
};

/// Problems of a table that a page shows; it may have thousands.
const TOLD: usize = 200;

#[derive(Template)]
#[template(path = "points/unit_scores.html")]
struct UnitScoresPage {
    shell: Shell,
    problems: Problems,
    unit: PlaceCode,
    name: String,
    year: i32,
    state: YearState,
    years: Vec<Chip>,
    /// Units with how many members they have and have scored, where there are several.
    units: Vec<(String, String, usize, usize)>,
    /// The members of one unit, with what is typed or entered.
    lines: Vec<Line>,
    given: usize,
    members: usize,
    reason: String,
}

struct Line {
    id: String,
    name: String,
    branch: String,
    score: String,
    max: String,
    note: String,
    /// Whether there is a score already, which an empty field takes back.
    is_given: bool,
}

impl UnitScoresPage {
    fn at(&self, path: &str) -> String {
        urls::of_unit(path, &self.unit, self.year)
    }
}

/// On to the scores of one's own unit, or of one's own county.
pub async fn own(desk: Desk) -> Result<Response, Stop> {
    let place = &desk.officer.office.place;
    desk.op.permit(Deed::EnterUnitScores, place)?;
    // Scores are given at the turn of the year: until the spring they are still about the last one.
    let today = desk.op.now().date();
    let year = if today.month() <= 3 { this_year(&desk) - 1 } else { this_year(&desk) };
    Ok(Redirect::to(&urls::unit_scores(place, year)).into_response())
}

/// A unit, or the county, in a year, once entering scores for it is permitted.
pub(super) async fn find(desk: &Desk, unit: &str, year: &str) -> Result<(PlaceCode, String, i32), Stop> {
    let (unit, year) = (parse_place(unit)?, parse_year(year, desk)?);
    desk.op.permit(Deed::EnterUnitScores, &unit)?;
    match unit.level() {
        Level::County | Level::Unit | Level::UnitBranch => {}
        Level::Street | Level::Community | Level::Branch => return Err(Stop::Missing),
    }
    let name = places::place(desk.op.reader(), &unit).await?.map(|place| place.name);
    // A contact of a unit that nobody has named yet sees an empty list.
    Ok((unit.clone(), name.unwrap_or_else(|| "本单位".to_owned()), year))
}

/// The page.
pub async fn show(desk: Desk, Path((year, unit)): Path<(String, String)>) -> Result<Response, Stop> {
    let (unit, name, year) = find(&desk, &unit, &year).await?;
    page(&scores_page(&desk, unit, name, year, Problems::default(), &Form::default()).await?)
}

async fn scores_page(
    desk: &Desk,
    unit: PlaceCode,
    name: String,
    year: i32,
    problems: Problems,
    typed: &Form,
) -> Result<UnitScoresPage, Stop> {
    let db = desk.op.reader();
    let members = scored_members(db, &unit).await?;
    let scores = unit_score::scores_under(db, &unit, year).await?;
    let is_one = unit.level() != Level::County;
    let mut units = Vec::new();
    if !is_one {
        for place in places::units_under(db, &unit).await?.into_iter().filter(|place| place.level.0 == Level::Unit) {
            let own: Vec<_> = members.iter().filter(|(member, _)| is_of(member, &place.code.0)).collect();
            let given = own.iter().filter(|(member, _)| scores.contains_key(&member.person_id.0)).count();
            units.push((place.name, urls::unit_scores(&place.code.0, year), own.len(), given));
        }
    }
    let names = if is_one { branch_names(&desk.op, &members).await? } else { BTreeMap::new() };
    let given = members.iter().filter(|(member, _)| scores.contains_key(&member.person_id.0)).count();
    let line =
        |(member, person): &(Membership, Person)| line(member, person, &names, scores.get(&member.person_id.0), typed);
    Ok(UnitScoresPage {
        shell: desk.shell(format!("{name}{year}年度单位积分")).await?,
        problems,
        state: queries::state_of(db, &unit, year).await?,
        years: year_chips(desk, year, |year| urls::unit_scores(&unit, year)),
        units,
        given,
        members: members.len(),
        lines: if is_one { members.iter().map(line).collect() } else { Vec::new() },
        reason: typed.value("reason").to_owned(),
        unit,
        name,
        year,
    })
}

fn is_of(member: &Membership, unit: &PlaceCode) -> bool {
    member.unit.as_ref().is_some_and(|code| code.0.is_within(unit))
}

async fn branch_names(op: &Op, members: &[(Membership, Person)]) -> Result<BTreeMap<String, String>, Stop> {
    places::names(op.reader(), members.iter().map(|(member, _)| member.branch.0.clone()).collect()).await
}

fn line(
    member: &Membership,
    person: &Person,
    names: &BTreeMap<String, String>,
    known: Option<&unit_score::row::Model>,
    typed: &Form,
) -> Line {
    let id = member.id.0.to_string();
    let is_typed = typed.with_prefix("max.").any(|(sent, _)| sent == id);
    let value = |field: &str, otherwise: Option<String>| match typed.value(&format!("{field}.{id}")) {
        "" if !is_typed => otherwise.unwrap_or_default(),
        typed => typed.to_owned(),
    };
    Line {
        name: person.name.clone(),
        branch: names.get(member.branch.0.as_str()).cloned().unwrap_or_default(),
        score: value("score", known.map(|row| row.score.0.short())),
        max: value("max", Some(known.map_or_else(|| "100".to_owned(), |row| row.max.0.short()))),
        note: value("note", known.map(|row| row.note.clone())),
        is_given: known.is_some(),
        id,
    }
}

/// Enters what was typed.
pub async fn enter(desk: Desk, Path((year, unit)): Path<(String, String)>, form: Form) -> Result<Response, Stop> {
    let (unit, name, year) = find(&desk, &unit, &year).await?;
    let outcome = match read(&form) {
        Ok(told) => enter_unit_scores(&desk.op, &unit, year, told, form.value("reason")).await,
        Err(stop) => Err(stop),
    };
    match outcome {
        Ok(count) => Ok(done(&urls::unit_scores(&unit, year), &format!("已登记 {count} 名党员的单位积分。"))),
        Err(Stop::Refused(problems)) => {
            refused(&scores_page(&desk, unit, name, year, Problems(problems), &form).await?)
        }
        Err(stop) => Err(stop),
    }
}

fn read(form: &Form) -> Result<Vec<NewUnitScore>, Stop> {
    let mut told = Vec::new();
    let mut problems = Vec::new();
    for (id, score) in form.with_prefix("score.") {
        let membership = id.parse().map_err(|_| Stop::Missing)?;
        if score.trim().is_empty() {
            // What was given and is empty now is taken back; what was not, is not given yet.
            if form.is_ticked(&format!("given.{id}")) {
                told.push(NewUnitScore { membership, score: None, note: String::new() });
            }
            continue;
        }
        let score: Result<Points, _> = half_width(score.trim()).parse();
        let max: Result<Points, _> = half_width(form.value(&format!("max.{id}")).trim()).parse();
        let checked = match (score, max) {
            (Ok(score), Ok(max)) => UnitScore::told(score, max).or_refuse_at(&format!("score.{id}")),
            _ => Err(Stop::refused_at(format!("score.{id}"), "请填写得分和满分，最多两位小数。")),
        };
        match checked {
            Ok(score) => {
                let note = form.value(&format!("note.{id}")).trim().chars().take(200).collect();
                told.push(NewUnitScore { membership, score: Some(score), note });
            }
            Err(Stop::Refused(found)) => problems.extend(found),
            Err(stop) => return Err(stop),
        }
    }
    if problems.is_empty() { Ok(told) } else { Err(Stop::Refused(problems)) }
}

/// The table to be filled in.
pub async fn table(desk: Desk, Path((year, unit)): Path<(String, String)>) -> Result<Response, Stop> {
    let (unit, name, year) = find(&desk, &unit, &year).await?;
    let members = scored_members(desk.op.reader(), &unit).await?;
    let units = unit_names(&desk.op, &unit).await?;
    let scores = unit_score::scores_under(desk.op.reader(), &unit, year).await?;
    let row = |(member, person): &(Membership, Person)| {
        let known = scores.get(&member.person_id.0);
        let unit = member.unit.as_ref().and_then(|code| units.get(&code.0)).cloned().unwrap_or_default();
        vec![
            unit.into(),
            person.name.as_str().into(),
            CellValue::Empty,
            known.map_or(CellValue::Hundredths(10_000), |row| CellValue::Hundredths(row.max.0.0)),
            known.map_or(CellValue::Empty, |row| CellValue::Hundredths(row.score.0.0)),
            known.map_or(CellValue::Empty, |row| row.note.as_str().into()),
        ]
    };
    let title = format!("{name}{year}年度在职党员单位党支部积分");
    let table = SheetTable {
        name: "单位党支部积分".to_owned(),
        title: Some(title.clone()),
        note: None,
        columns: vec![
            SheetColumn::text("单位党支部", 30.0),
            SheetColumn::text("姓名", 12.0),
            SheetColumn::text("联系电话", 16.0),
            SheetColumn::new("满分", 10.0, ColumnKind::Decimal),
            SheetColumn::new("得分", 10.0, ColumnKind::Decimal),
            SheetColumn::text("备注", 24.0),
        ],
        rows: members.iter().map(row).collect(),
        totals: None,
    };
    workbook(&title, &[table])
}

#[derive(Template)]
#[template(path = "points/unit_import.html")]
struct ImportPage {
    shell: Shell,
    problems: Problems,
    unit: PlaceCode,
    name: String,
    year: i32,
    plan: Plan,
    errors: usize,
    hash: String,
    is_settled: bool,
    reason: String,
}

impl ImportPage {
    fn at(&self, path: &str) -> String {
        urls::of_unit(path, &self.unit, self.year)
    }
}

/// Keeps the table and shows what it would do.
pub async fn preview(desk: Desk, Path((year, unit)): Path<(String, String)>, form: Form) -> Result<Response, Stop> {
    let (unit, name, year) = find(&desk, &unit, &year).await?;
    let Some(file) = form.files.iter().find(|file| file.field == "file") else {
        let problems = Problems(vec![Problem::at("file", "请选择单位积分表（.xlsx）。")]);
        return refused(&scores_page(&desk, unit, name, year, problems, &form).await?);
    };
    let plan = plan_unit_table(&desk.op, &unit, file.bytes.to_vec()).await?;
    let hash = if plan.errors.is_empty() {
        crate::points::actions::keep_unit_table(&desk.op, &unit, file.bytes.clone()).await?
    } else {
        String::new()
    };
    import_page(&desk, (unit, name, year), plan, hash, Problems::default(), "").await
}

async fn import_page(
    desk: &Desk,
    (unit, name, year): (PlaceCode, String, i32),
    mut plan: Plan,
    hash: String,
    problems: Problems,
    reason: &str,
) -> Result<Response, Stop> {
    let (errors, has_problems) = (plan.errors.len(), problems.any() || !plan.errors.is_empty());
    plan.errors.truncate(TOLD);
    let drawn = ImportPage {
        shell: desk.shell(format!("{name}{year}年度单位积分导入预览")).await?,
        problems,
        is_settled: queries::state_of(desk.op.reader(), &unit, year).await?.is_settled(),
        unit,
        name,
        year,
        plan,
        errors,
        hash,
        reason: reason.to_owned(),
    };
    if has_problems { refused(&drawn) } else { page(&drawn) }
}

/// Imports what was previewed: all matched rows, or none.
pub async fn confirm(desk: Desk, Path((year, unit)): Path<(String, String)>, form: Form) -> Result<Response, Stop> {
    let (unit, name, year) = find(&desk, &unit, &year).await?;
    let bytes = match files::fetch(&desk.op.floor, form.value("hash")).await {
        Ok((_, bytes)) => bytes,
        Err(Stop::Missing) => {
            let problems = Problems(vec![Problem::at("file", "预览的文件已经不在了，请重新上传。")]);
            return refused(&scores_page(&desk, unit, name, year, problems, &form).await?);
        }
        Err(stop) => return Err(stop),
    };
    let plan = plan_unit_table(&desk.op, &unit, bytes.to_vec()).await?;
    let (told, reason) = (plan.matched.clone(), form.value("reason").to_owned());
    match enter_unit_scores(&desk.op, &unit, year, told, &reason).await {
        Ok(count) => {
            let words = format!("已登记 {count} 名党员的单位积分；{} 行没有匹配，没有登记。", plan.unmatched.len());
            Ok(done(&urls::unit_scores(&unit, year), &words))
        }
        Err(Stop::Refused(problems)) => {
            let hash = form.value("hash").to_owned();
            import_page(&desk, (unit, name, year), plan, hash, Problems(problems), &reason).await
        }
        Err(stop) => Err(stop),
    }
}
