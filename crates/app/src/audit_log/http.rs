//! The auditor's page.

use axum::response::Response;
use domain::{clock::Instant, permission::Deed};
use office::sheet::{CellValue, SheetColumn, SheetTable};
use platform::{
    act::Op,
    error::Stop,
    forms::{Form, QueryForm},
    pages::{page, workbook},
    shell::{Pager, Problems},
};

use super::{
    pages::{Asked, ListPage},
    queries::{Filter, events},
    urls,
};
use crate::{
    desk::Desk,
    identity,
    places::{self, Place},
};

/// Rows on a page.
const PAGE: u64 = 50;
/// Rows of an export.
const EXPORT: u64 = 50_000;

/// Events by place, person, thing and time.
pub async fn list(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let within = desk.officer.office.place.clone();
    desk.op.permit(Deed::ViewAudit, &within)?;
    let places = places::every_place_under(desk.op.reader(), &within).await?;
    let (filter, problems) = match read(&desk.op, &query, &places).await {
        Ok(filter) => (filter, Problems::default()),
        Err(Stop::Refused(problems)) => (Filter::default(), Problems(problems)),
        Err(stop) => return Err(stop),
    };
    let offset = query.value("from_row").parse().unwrap_or(0);
    let (lines, total) = events(desk.op.reader(), &within, &filter, offset, PAGE).await?;
    let asked = asked(&query);
    let pager = Pager::of(offset, PAGE, total, |row| asked.address(urls::AUDIT, row));
    let export = asked.address(urls::AUDIT_EXPORT, 0);
    let places = places.iter().map(places::offered).collect();
    page(&ListPage { shell: desk.shell("操作记录").await?, problems, lines, pager, asked, export, places })
}

/// The same as an Excel table.
pub async fn export(op: Op, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let within = op.actor.officer()?.office.place.clone();
    op.permit(Deed::ViewAudit, &within)?;
    let filter = read(&op, &query, &places::every_place_under(op.reader(), &within).await?).await?;
    let (lines, _) = events(op.reader(), &within, &filter, 0, EXPORT).await?;
    let row = |line: super::queries::Line| {
        let (kind, body) = (line.kind().to_owned(), line.body().join("；"));
        let event = line.event;
        let texts = [
            event.at.0.to_string(),
            line.deed.to_owned(),
            line.who,
            line.place,
            kind,
            event.subject,
            body,
            event.body,
            event.hash,
        ];
        texts.into_iter().map(CellValue::Text).collect()
    };
    let table = SheetTable {
        name: "操作记录".to_owned(),
        title: Some("操作记录".to_owned()),
        note: None,
        columns: vec![
            SheetColumn::text("时间", 18.0),
            SheetColumn::text("事项", 16.0),
            SheetColumn::text("办理人", 28.0),
            SheetColumn::text("地点", 18.0),
            SheetColumn::text("对象类型", 14.0),
            SheetColumn::text("对象编号", 38.0),
            SheetColumn::text("内容", 50.0),
            SheetColumn::text("记录原文", 50.0),
            SheetColumn::text("校验值", 66.0),
        ],
        rows: lines.into_iter().map(row).collect(),
        totals: None,
    };
    workbook("操作记录", &[table])
}

async fn read(op: &Op, query: &Form, places: &[Place]) -> Result<Filter, Stop> {
    let mut reading = query.read();
    let mut filter = Filter { subject: reading.text("subject", "对象编号", 40), ..Filter::default() };
    filter.deed = query.value("deed").parse().ok();
    filter.from = reading.date_if_any("from", "从").map(Instant::start_of);
    filter.until = reading.date_if_any("until", "到").map(Instant::end_of);
    let (place, person) = (reading.text("place", "地点", 80), reading.text("account", "人员", 60));
    reading.finish()?;
    let within = &op.actor.officer()?.office.place;
    if !place.is_empty() {
        filter.place = Some(places::place_meant(places, None, &place)?);
    }
    if !person.is_empty() {
        filter.account = Some(identity::account_meant(op, within, &person).await?);
    }
    Ok(filter)
}

fn asked(query: &Form) -> Asked {
    let value = |name| query.value(name).to_owned();
    Asked {
        place: value("place"),
        account: value("account"),
        subject: value("subject"),
        deed: value("deed"),
        from: value("from"),
        until: value("until"),
    }
}
