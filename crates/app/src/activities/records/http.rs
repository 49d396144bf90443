//! Requests around the hours of service.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    ids::{MembershipId, ServiceRecordId},
    permission::Deed,
    place::{Level, PlaceCode},
    points::Points,
};
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, page, refused, workbook},
    shell::{Chip, Problems, Shell},
};

use super::{
    actions::{NewRecord, confirm_service, record_service, reject_service, withdraw_service},
    store::{self, record},
};
use crate::{
    activities::{
        hours::{Served, served_in_year},
        urls,
    },
    desk::{Desk, years},
    people, places, points,
};

/// A line of the page: a member of a branch, or a branch of a place.
struct Line {
    name: String,
    /// Members who served; 1 for a member's own line.
    members: usize,
    served: Served,
    href: Option<String>,
}

#[derive(Template)]
#[template(path = "activities/records/hours.html")]
struct HoursPage {
    shell: Shell,
    problems: Problems,
    place: PlaceCode,
    name: String,
    year: i16,
    years: Vec<Chip>,
    is_branch: bool,
    lines: Vec<Line>,
    waiting: Vec<(record::Model, String)>,
    /// What may be withdrawn: identifier and words.
    confirmed: Vec<(String, String)>,
    members: Vec<(String, String)>,
    chosen: Vec<String>,
    form: Form,
    can_record: bool,
}

impl HoursPage {
    fn at(&self, path: &str) -> String {
        urls::of_year(path, &self.place, self.year)
    }

    fn hours(&self, hours: &i64) -> String {
        Points(*hours).short()
    }

    fn total(&self) -> String {
        Points(self.lines.iter().map(|line| line.served.hours).sum()).short()
    }

    fn served(&self) -> usize {
        self.lines.iter().map(|line| line.members).sum()
    }

    fn when(&self, row: &record::Model) -> String {
        row.starts_at.0.to_string()
    }

    fn is_ticked(&self, row: &record::Model) -> bool {
        self.form.values("record").any(|id| id == row.id.0.to_string())
    }

    fn is_entering(&self) -> bool {
        ["title", "date", "time", "hours", "member"].iter().any(|field| !self.problems.of(field).is_empty())
            || !self.form.value("title").is_empty()
    }
}

fn parse(place: &str, year: &str) -> Result<(PlaceCode, i16), Stop> {
    let place = place.parse().map_err(|_| Stop::Missing)?;
    let year = year.parse().ok().filter(|year| (2000..=2100).contains(year)).ok_or(Stop::Missing)?;
    Ok((place, year))
}

/// On to the hours of one's own place.
pub async fn own(desk: Desk) -> Result<Response, Stop> {
    let place = &desk.officer.office.place;
    desk.op.permit(Deed::ConfirmService, place)?;
    let year = desk.op.now().date().year();
    Ok(Redirect::to(&urls::of_year(urls::HOURS_OF, place, year)).into_response())
}

/// A branch's hours by name, or those of the branches under a place.
pub async fn show(desk: Desk, Path((year, place)): Path<(String, String)>) -> Result<Response, Stop> {
    let (place, year) = parse(&place, &year)?;
    page(&hours_page(&desk, &place, year, Problems::default(), Form::default()).await?)
}

async fn hours_page(
    desk: &Desk,
    place: &PlaceCode,
    year: i16,
    problems: Problems,
    form: Form,
) -> Result<HoursPage, Stop> {
    desk.op.permit(Deed::ConfirmService, place)?;
    let db = desk.op.reader();
    let here = places::place(db, place).await?.ok_or(Stop::Missing)?;
    let is_branch = place.level() == Level::Branch;
    let roll = if is_branch { people::living_under(db, place).await? } else { Vec::new() };
    let waiting = if is_branch { store::waiting_of(db, place).await? } else { Vec::new() };
    let confirmed = if is_branch { store::confirmed_of(db, place, year).await? } else { Vec::new() };
    let names = people::persons_of(db, waiting.iter().chain(&confirmed).map(|row| row.membership_id.0)).await?;
    let name = |row: &record::Model| names.get(&row.membership_id.0).map(|it| it.name.clone()).unwrap_or_default();
    let words = |row: &record::Model| {
        let hours = Points(row.hours).short();
        format!("{} {} {} {hours} 小时", name(row), row.starts_at.0, row.title)
    };
    Ok(HoursPage {
        confirmed: confirmed.iter().map(|row| (row.id.0.to_string(), words(row))).collect(),
        shell: desk.shell(format!("{}的服务时长", here.name)).await?,
        problems,
        years: years(desk.op.now(), year, |year| urls::of_year(urls::HOURS_OF, place, year)),
        lines: lines(desk, place, year).await?,
        waiting: waiting.into_iter().map(|row| (row.clone(), name(&row))).collect(),
        members: people::choices(roll),
        chosen: form.values("member").map(str::to_owned).collect(),
        can_record: is_branch && desk.op.can(Deed::RecordService, place),
        name: here.name,
        place: place.clone(),
        year,
        is_branch,
        form,
    })
}

/// Members alphabetically, never by hours; or branches by code.
async fn lines(desk: &Desk, place: &PlaceCode, year: i16) -> Result<Vec<Line>, Stop> {
    let db = desk.op.reader();
    let served = served_in_year(db, place, year).await?;
    if place.level() == Level::Branch {
        let persons = people::persons_of(db, served.keys().copied()).await?;
        let line = |(member, served): (MembershipId, Served)| Line {
            name: persons.get(&member).map(|person| person.name.clone()).unwrap_or_default(),
            members: 1,
            served,
            href: None,
        };
        let mut lines: Vec<Line> = served.into_iter().map(line).collect();
        lines.sort_by_cached_key(|line| people::by_sound(&line.name));
        return Ok(lines);
    }
    let mut of_branch: BTreeMap<PlaceCode, (usize, Served)> = BTreeMap::new();
    for line in people::memberships_under(db, place).await? {
        let Some(one) = served.get(&line.id.0) else { continue };
        let (members, sum) = of_branch.entry(line.branch.0).or_default();
        *members += 1;
        sum.activities += one.activities;
        sum.records += one.records;
        sum.hours += one.hours;
    }
    let branches = places::branches_under(db, place).await?.into_iter().filter(|found| found.place.is_active);
    Ok(branches
        .map(|found| {
            let code = found.place.code.0;
            let (members, served) = of_branch.remove(&code).unwrap_or_default();
            Line { name: found.place.name, members, served, href: Some(urls::of_year(urls::HOURS_OF, &code, year)) }
        })
        .collect())
}

/// The same as an Excel table.
pub async fn export(desk: Desk, Path((year, place)): Path<(String, String)>) -> Result<Response, Stop> {
    let (place, year) = parse(&place, &year)?;
    desk.op.permit(Deed::ConfirmService, &place)?;
    let here = places::place(desk.op.reader(), &place).await?.ok_or(Stop::Missing)?;
    let is_branch = place.level() == Level::Branch;
    let row = |line: Line| {
        vec![
            line.name.into(),
            CellValue::Count(line.members.try_into().unwrap_or(i64::MAX)),
            CellValue::Count(line.served.activities.into()),
            CellValue::Count(line.served.records.into()),
            CellValue::Hundredths(line.served.hours),
        ]
    };
    let title = format!("{}{year}年服务时长", here.name);
    let count = |label| SheetColumn::new(label, 12.0, ColumnKind::Count);
    let first = if is_branch { "姓名" } else { "小区党支部" };
    let table = SheetTable {
        name: "服务时长".to_owned(),
        title: Some(title.clone()),
        note: None,
        columns: vec![
            SheetColumn::text(first, 26.0),
            count("参加人数"),
            count("参加活动"),
            count("单独服务"),
            SheetColumn::new("服务时长（小时）", 16.0, ColumnKind::Decimal),
        ],
        rows: lines(&desk, &place, year).await?.into_iter().map(row).collect(),
        totals: None,
    };
    workbook(&title, &[table])
}

/// Service as a form tells it: `member`, `title`, `venue`, `date`, `time`, `hours`.
///
/// # Errors
/// Refusals at their fields.
pub fn read(form: &Form) -> Result<NewRecord, Stop> {
    let members: Result<Vec<MembershipId>, Stop> =
        form.values("member").map(|id| id.parse().map_err(|_| Stop::Missing)).collect();
    let mut reading = form.read();
    let title = reading.required("title", "服务内容", 60);
    let venue = reading.text("venue", "地点", 60);
    let starts_at = reading.moment(("date", "服务日期"), ("time", "开始时间"));
    let hours = reading.hundredths_if_any("hours", "服务时长");
    if hours.is_none() && form.value("hours").trim().is_empty() {
        reading.note("hours", "请填写“服务时长”，例如 2 或 1.5。");
    }
    reading.finish()?;
    match (starts_at, hours) {
        (Some(starts_at), Some(hours)) => Ok(NewRecord { members: members?, title, venue, starts_at, hours }),
        _ => Err(Stop::fault("a form without a problem is complete")),
    }
}

async fn answer(desk: &Desk, place: &PlaceCode, outcome: Result<String, Stop>, form: Form) -> Result<Response, Stop> {
    let year = desk.op.now().date().year();
    match outcome {
        Ok(words) => Ok(done(&urls::of_year(urls::HOURS_OF, place, year), &words)),
        Err(Stop::Refused(problems)) => refused(&hours_page(desk, place, year, Problems(problems), form).await?),
        Err(stop) => Err(stop),
    }
}

/// Enters service.
pub async fn enter(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let place: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    desk.op.permit(Deed::ConfirmService, &place)?;
    let outcome = match read(&form) {
        Ok(new) => record_service(&desk.op, &place, new).await,
        Err(stop) => Err(stop),
    };
    answer(&desk, &place, outcome.map(|count| format!("已登记 {count} 人的服务，由支部另一名同志确认。")), form).await
}

fn chosen(form: &Form) -> Result<Vec<ServiceRecordId>, Stop> {
    form.values("record").map(|id| id.parse().map_err(|_| Stop::Missing)).collect()
}

/// Confirms records.
pub async fn confirm(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let place: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    desk.op.permit(Deed::ConfirmService, &place)?;
    let ids = chosen(&form)?;
    let outcome = match confirm_service(&desk.op, &place, &ids).await {
        Ok(count) => {
            let db = desk.op.reader();
            let first = store::records(db, &place, &ids).await?.into_iter().map(|row| row.starts_at.0.date()).min();
            let day = first.unwrap_or(desk.op.now().date());
            Ok(format!("已确认。{}", points::proposed_words(db, &place, day, count).await?))
        }
        Err(stop) => Err(stop),
    };
    answer(&desk, &place, outcome, form).await
}

/// Does not confirm records.
pub async fn reject(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let place: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    desk.op.permit(Deed::ConfirmService, &place)?;
    let reason: String = form.value("reason").chars().take(200).collect();
    let outcome = reject_service(&desk.op, &place, &chosen(&form)?, &reason).await;
    answer(&desk, &place, outcome.map(|()| "已退回，本人会看到原因。".to_owned()), form).await
}

/// Withdraws one that was confirmed.
pub async fn withdraw(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let place: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    desk.op.permit(Deed::ConfirmService, &place)?;
    let mut reading = form.read();
    let reason = reading.text("why", "撤销原因", 200);
    if form.value("withdrawn").is_empty() {
        reading.note("withdrawn", "请选择要撤销的服务记录。");
    }
    let outcome = match reading.finish() {
        Ok(()) => {
            let id: ServiceRecordId = form.value("withdrawn").parse().map_err(|_| Stop::Missing)?;
            withdraw_service(&desk.op, &place, id, &reason).await
        }
        Err(stop) => Err(stop),
    };
    let words = |is_open| match is_open {
        true => "服务记录已撤销，时长不再计算；对应的积分由支部另一名同志确认冲回。需要的请重新登记。",
        false => "服务记录已撤销，时长不再计算；这一年的积分已经结算，需要的请社区更正。",
    };
    answer(&desk, &place, outcome.map(|is_open| words(is_open).to_owned()), form).await
}
