//! The page of the calendar.

use askama::Template;
use axum::response::Response;
use domain::{clock::chinese_date, permission::Deed};
use platform::{
    error::{Problem, Stop},
    forms::Form,
    pages::{done, page, refused, workbook},
    shell::{Problems, Shell},
};

use super::{
    actions, read,
    store::{self, day, year},
    urls,
};
use crate::desk::Desk;

#[derive(Template)]
#[template(path = "calendar/show.html")]
struct CalendarPage {
    shell: Shell,
    problems: Problems,
    form: Form,
    years: Vec<year::Model>,
    days: Vec<day::Model>,
    can_import: bool,
}

impl CalendarPage {
    fn days_of<'a>(&'a self, year: &'a i32) -> impl Iterator<Item = &'a day::Model> {
        self.days.iter().filter(move |day| day.year == *year)
    }

    fn date(&self, day: &day::Model) -> String {
        chinese_date(day.day.0)
    }

    fn template(&self) -> &'static str {
        urls::TEMPLATE
    }
}

async fn calendar_page(desk: &Desk, form: Form, problems: Problems) -> Result<CalendarPage, Stop> {
    let db = desk.op.reader();
    Ok(CalendarPage {
        shell: desk.shell("节假日表").await?,
        problems,
        form,
        years: store::years(db).await?,
        days: store::days(db).await?,
        can_import: desk.op.can(Deed::ImportCalendar, &desk.officer.office.place),
    })
}

/// The tables of all years.
pub async fn show(desk: Desk) -> Result<Response, Stop> {
    desk.op.permit(Deed::ViewSeason, &desk.officer.office.place)?;
    page(&calendar_page(&desk, Form::default(), Problems::default()).await?)
}

/// A sheet for next year, to be filled in.
pub async fn template(desk: Desk) -> Result<Response, Stop> {
    desk.op.permit(Deed::ViewSeason, &desk.officer.office.place)?;
    let year = desk.op.now().date().year().saturating_add(1);
    workbook(&format!("{year}年节假日表模板"), &[read::template(year)])
}

/// Imports a table.
pub async fn import(desk: Desk, form: Form) -> Result<Response, Stop> {
    let place = desk.officer.office.place.clone();
    desk.op.permit(Deed::ImportCalendar, &place)?;
    let imported = match told(&form) {
        Ok((source, rows)) => actions::import_calendar(&desk.op, &place, &source, rows).await,
        Err(stop) => Err(stop),
    };
    match imported {
        Ok(years) => {
            let years: Vec<String> = years.iter().map(|year| format!("{year} 年")).collect();
            let words = if years.is_empty() { "个别日期".to_owned() } else { years.join("、") };
            Ok(done(urls::CALENDAR, &format!("已导入{words}的节假日安排，工作日从现在起按它计算。")))
        }
        Err(Stop::Refused(problems)) => refused(&calendar_page(&desk, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

fn told(form: &Form) -> Result<(String, Vec<domain::calendar::TableRow>), Stop> {
    let mut reading = form.read();
    let source = reading.required("source", "依据的文件", 100);
    let file = form.files.iter().find(|file| file.field == "file");
    let rows = match file.map(|file| read::read_table(&file.bytes)) {
        None => Err(vec![Problem::at("file", "请选择节假日表文件（.xlsx 或 .csv）。")]),
        Some(Err(Stop::Refused(problems))) => Err(problems),
        Some(Err(stop)) => return Err(stop),
        Some(Ok(rows)) => Ok(rows),
    };
    match (reading.finish(), rows) {
        (Ok(()), Ok(rows)) => Ok((source, rows)),
        (Ok(()), Err(problems)) => Err(Stop::Refused(problems)),
        (Err(Stop::Refused(mut all)), rows) => {
            all.extend(rows.err().into_iter().flatten());
            Err(Stop::Refused(all))
        }
        (Err(stop), _) => Err(stop),
    }
}
