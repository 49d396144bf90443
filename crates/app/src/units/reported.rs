//! The units that reported to a community.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{clock::chinese_date, ids::UnitRegistrationId, members::UnitState, permission::Deed};
use office::sheet::{CellValue, SheetColumn, SheetTable};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, page, refused, workbook},
    shell::{Crumb, Problems, Shell, TimelineEntry},
};

use super::{
    actions::{confirm_unit, end_unit_registration},
    http::{steps, tone},
    store::{self, registration},
    urls,
};
use crate::{audit_log, desk::Desk, places};

#[derive(Template)]
#[template(path = "units/reported.html")]
struct ReportedPage {
    shell: Shell,
    problems: Problems,
    rows: Vec<(registration::Model, String)>,
    /// The one whose form was refused, with what was typed.
    acted: Option<UnitRegistrationId>,
    reason: String,
}

impl ReportedPage {
    fn on(&self, row: &registration::Model) -> String {
        chinese_date(row.reported_on.0)
    }

    fn tone(&self, row: &registration::Model) -> &'static str {
        tone(row.state.0)
    }

    fn steps(&self, row: &registration::Model) -> String {
        steps(row)
    }

    fn is_acted(&self, row: &registration::Model) -> bool {
        self.acted == Some(row.id.0)
    }

    fn typed(&self, row: &registration::Model) -> &str {
        if self.is_acted(row) { &self.reason } else { "" }
    }

    fn is_waiting(&self, row: &registration::Model) -> bool {
        row.state.0 == UnitState::Reported
    }

    fn is_over(&self, row: &registration::Model) -> bool {
        row.state.0 == UnitState::Ended
    }

    fn at(&self, path: &str, row: &registration::Model) -> String {
        urls::of_registration(path, row.id.0)
    }
}

/// What reported to one's community, with the units' names.
async fn rows(desk: &Desk) -> Result<Vec<(registration::Model, String)>, Stop> {
    let place = &desk.officer.office.place;
    desk.op.permit(Deed::ConfirmUnit, place)?;
    let rows = store::reported_to(desk.op.reader(), place).await?;
    let names = places::names(desk.op.reader(), rows.iter().map(|row| row.unit.0.clone()).collect()).await?;
    let named = |row: registration::Model| {
        let name = names.get(row.unit.0.as_str()).cloned().unwrap_or_default();
        (row, name)
    };
    Ok(rows.into_iter().map(named).collect())
}

/// The same as an Excel table.
pub async fn export(desk: Desk) -> Result<Response, Stop> {
    let row = |(row, unit): (registration::Model, String)| -> Vec<CellValue> {
        vec![unit.into(), row.reported_on.0.into(), row.contact.into(), row.offer.into(), row.state.0.label().into()]
    };
    let table = SheetTable {
        name: "单位报到".to_owned(),
        title: Some("单位报到".to_owned()),
        columns: vec![
            SheetColumn::text("单位", 36.0),
            SheetColumn::date("报到日期"),
            SheetColumn::text("联系人", 20.0),
            SheetColumn::text("资源和服务", 50.0),
            SheetColumn::centred("状态"),
        ],
        rows: rows(&desk).await?.into_iter().map(row).collect(),
        ..SheetTable::default()
    };
    workbook("单位报到", &[table])
}

async fn reported_page(
    desk: &Desk,
    problems: Problems,
    acted: Option<UnitRegistrationId>,
    reason: String,
) -> Result<ReportedPage, Stop> {
    let rows = rows(desk).await?;
    Ok(ReportedPage { shell: desk.shell("单位报到").await?, problems, rows, acted, reason })
}

/// The units that reported to one's community.
pub async fn reported(desk: Desk) -> Result<Response, Stop> {
    page(&reported_page(&desk, Problems::default(), None, String::new()).await?)
}

async fn find_report(desk: &Desk, id: &str) -> Result<UnitRegistrationId, Stop> {
    let id: UnitRegistrationId = id.parse().map_err(|_| Stop::Missing)?;
    let row = store::registration(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::ConfirmUnit, &row.community.0)?;
    Ok(id)
}

async fn settled(
    desk: &Desk,
    id: UnitRegistrationId,
    outcome: Result<(), Stop>,
    reason: String,
    words: &str,
) -> Result<Response, Stop> {
    match outcome {
        Ok(()) => Ok(done(urls::REPORTED, words)),
        Err(Stop::Refused(problems)) => refused(&reported_page(desk, Problems(problems), Some(id), reason).await?),
        Err(stop) => Err(stop),
    }
}

/// Confirms one.
pub async fn confirm(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = find_report(&desk, &id).await?;
    settled(&desk, id, confirm_unit(&desk.op, id).await, String::new(), "已确认单位报到。").await
}

/// Ends one.
pub async fn end(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = find_report(&desk, &id).await?;
    let reason: String = form.value("reason").chars().take(200).collect();
    let outcome = end_unit_registration(&desk.op, id, &reason).await;
    settled(&desk, id, outcome, reason, "已结束单位报到。").await
}

#[derive(Template)]
#[template(path = "units/registration.html")]
struct RegistrationPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    row: registration::Model,
    unit: String,
    history: Vec<TimelineEntry>,
}

impl RegistrationPage {
    fn on(&self) -> String {
        chinese_date(self.row.reported_on.0)
    }

    fn steps(&self) -> String {
        steps(&self.row)
    }
}

/// One report with its history.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id = find_report(&desk, &id).await?;
    let db = desk.op.reader();
    let row = store::registration(db, id).await?.ok_or(Stop::Missing)?;
    let unit = places::place(db, &row.unit.0).await?.ok_or(Stop::Missing)?.name;
    page(&RegistrationPage {
        shell: desk.shell(format!("{unit}报到")).await?,
        crumbs: vec![Crumb { label: "单位报到".to_owned(), href: urls::REPORTED.to_owned() }],
        history: audit_log::history(db, &id.to_string()).await?,
        row,
        unit,
    })
}
