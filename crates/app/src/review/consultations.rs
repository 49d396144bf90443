//! The page of consultations: send them, and keep each answer.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::{Instant, chinese_date},
    ids::ConsultationId,
    permission::Deed,
    selection::{application::Stage, review::ConsultationReply},
};
use jiff::civil::Date;
use office::sheet::{CellValue, ColumnKind, SheetColumn, SheetTable};
use platform::{
    act::Op,
    db::column::Text,
    error::Stop,
    forms::Form,
    pages::{done, page, refused, workbook},
    shell::{Problems, Shell},
};

use super::{
    Consultation,
    actions::{ConsultationResult, record_consultation, send_consultation},
    queries::{applications_of, reply_words, season_consultations, season_decision, still_out},
    season::{Entry, season_of},
    store, urls,
};
use crate::{
    desk::Desk,
    selection::{self, Season},
};

/// Characters of an opinion.
const OPINION: usize = 1_000;

#[derive(Template)]
#[template(path = "review/consultations.html")]
struct ConsultationsPage {
    shell: Shell,
    problems: Problems,
    form: Form,
    season: Season,
    consulted: Vec<String>,
    days: u16,
    consultations: Vec<Consultation>,
    /// How many applications the panel passed.
    passed: usize,
    can_send: bool,
    can_record: bool,
    now: Instant,
    /// The consultation whose form was refused; empty when none was.
    refused: String,
}

impl ConsultationsPage {
    fn send(&self) -> String {
        urls::consultations(self.season.id.0)
    }

    fn sheet(&self) -> String {
        urls::consultations_sheet(self.season.id.0)
    }

    fn next(&self) -> String {
        urls::decision(self.season.id.0)
    }

    fn record(&self, id: &Text<ConsultationId>) -> String {
        urls::consultation(id.0)
    }

    fn out(&self) -> usize {
        still_out(&self.consultations)
    }

    fn words(&self, row: &Consultation) -> &'static str {
        reply_words(row)
    }

    fn tone(&self, row: &Consultation) -> &'static str {
        match row.reply {
            Some(Text(ConsultationReply::NoComment)) => "good",
            Some(Text(ConsultationReply::Comment)) => "warn",
            Some(Text(ConsultationReply::Silent)) => "calm",
            None if self.is_due(row) => "bad",
            None => "info",
        }
    }

    fn is_due(&self, row: &Consultation) -> bool {
        self.now >= Instant::end_of(row.due_on.0)
    }

    fn date(&self, date: &Text<Date>) -> String {
        chinese_date(date.0)
    }

    fn day_of(&self, row: &Consultation) -> String {
        row.replied_on.map(|Text(day)| chinese_date(day)).unwrap_or_default()
    }

    fn is_refused(&self, row: &Consultation) -> bool {
        self.refused == row.id.0.to_string()
    }

    /// The problems of the form of `row` alone; many forms stand on this page.
    fn problems_of(&self, row: &Consultation) -> Problems {
        if self.is_refused(row) { self.problems.clone() } else { Problems::default() }
    }

    /// Every form has its own ids; the one that was refused has those that its problems lead to.
    fn field_id(&self, row: &Consultation, field: &str) -> String {
        if self.is_refused(row) { format!("f-{field}") } else { format!("{field}-{}", row.id.0) }
    }

    fn value(&self, row: &Consultation, field: &str, kept: &str) -> String {
        if self.is_refused(row) { self.form.value(field).to_owned() } else { kept.to_owned() }
    }

    fn reply(&self, row: &Consultation) -> String {
        self.value(row, "reply", row.reply.map_or("", |Text(reply)| reply.code()))
    }

    fn text(&self, row: &Consultation) -> String {
        self.value(row, "reply_text", &row.reply_text)
    }

    fn replied_on(&self, row: &Consultation) -> String {
        self.value(row, "replied_on", &row.replied_on.map(|Text(day)| day.to_string()).unwrap_or_default())
    }

    fn replies(&self) -> &'static [ConsultationReply] {
        ConsultationReply::ALL
    }
}

async fn consultations_page(
    desk: &Desk,
    season: Season,
    form: Form,
    problems: Problems,
    refused: &str,
) -> Result<ConsultationsPage, Stop> {
    let db = desk.op.reader();
    let parameters = selection::parameters_of(db, &season).await?;
    let consultations = season_consultations(db, season.id.0).await?;
    let applications = applications_of(db, &season).await?;
    let is_decided = season_decision(db, season.id.0).await?.is_some();
    Ok(ConsultationsPage {
        shell: desk.shell(format!("{}年度征求意见", season.year)).await?,
        problems,
        form,
        passed: applications.iter().filter(|application| application.stage == Stage::PanelPassed).count(),
        can_send: consultations.is_empty() && desk.op.can(Deed::SendConsultation, &season.county.0),
        can_record: !is_decided && desk.op.can(Deed::RecordConsultation, &season.county.0),
        consulted: parameters.consulted,
        days: parameters.consultation_days,
        consultations,
        now: desk.op.now(),
        refused: refused.to_owned(),
        season,
    })
}

/// The consultations of the latest season.
pub async fn latest(desk: Desk) -> Result<Response, Stop> {
    let entry = Entry {
        deed: Deed::RecordConsultation,
        title: "征求意见",
        hint: "初步意见提出以后，在这里发出征求意见、登记回复。",
    };
    entry.to_latest(&desk, urls::consultations).await
}

/// The consultations of a season.
pub async fn show(desk: Desk, Path(season): Path<String>) -> Result<Response, Stop> {
    let season = season_of(&desk.op, &season, Deed::RecordConsultation).await?;
    page(&consultations_page(&desk, season, Form::default(), Problems::default(), "").await?)
}

/// Sends them.
pub async fn send(desk: Desk, Path(season): Path<String>) -> Result<Response, Stop> {
    let season = season_of(&desk.op, &season, Deed::SendConsultation).await?;
    match send_consultation(&desk.op, season.id.0).await {
        Ok(count) => Ok(done(&urls::consultations(season.id.0), &format!("已登记向 {count} 个对象发出征求意见。"))),
        Err(Stop::Refused(problems)) => {
            refused(&consultations_page(&desk, season, Form::default(), Problems(problems), "").await?)
        }
        Err(stop) => Err(stop),
    }
}

/// Keeps an answer.
pub async fn record(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id: ConsultationId = id.parse().map_err(|_| Stop::Missing)?;
    let row = store::consultation(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::RecordConsultation, &row.place.0)?;
    let kept = match read_result(&form) {
        Ok(result) => record_consultation(&desk.op, id, result).await,
        Err(stop) => Err(stop),
    };
    match kept {
        Ok(season) => Ok(done(&urls::consultations(season), &format!("已登记“{}”的意见。", row.consultee))),
        Err(Stop::Refused(problems)) => {
            let season = selection::season(desk.op.reader(), row.season_id.0).await?.ok_or(Stop::Missing)?;
            let problems = Problems(problems);
            refused(&consultations_page(&desk, season, form, problems, &id.to_string()).await?)
        }
        Err(stop) => Err(stop),
    }
}

fn read_result(form: &Form) -> Result<ConsultationResult, Stop> {
    let mut reading = form.read();
    let reply = reading.choice::<ConsultationReply>("reply", "结果");
    let text = reading.text("reply_text", "意见内容", OPINION);
    let replied_on = reading.date_if_any("replied_on", "回复日期");
    let reply = reading.finish_with(reply)?;
    Ok(ConsultationResult { reply, text, replied_on })
}

/// The consultations as an Excel table.
pub async fn sheet(op: Op, Path(season): Path<String>) -> Result<Response, Stop> {
    let season = season_of(&op, &season, Deed::RecordConsultation).await?;
    let rows = season_consultations(op.reader(), season.id.0).await?;
    let row = |row: Consultation| -> Vec<CellValue> {
        vec![
            CellValue::Count(i64::from(row.position)),
            row.consultee.as_str().into(),
            row.department.as_str().into(),
            row.sent_at.0.date().into(),
            row.due_on.0.into(),
            reply_words(&row).into(),
            row.reply_text.as_str().into(),
            row.replied_on.map(|Text(day)| day).into(),
        ]
    };
    let title = format!("{}年度红旗小区评选征求意见登记表", season.year);
    let table = SheetTable {
        name: "征求意见".to_owned(),
        title: Some(title.clone()),
        note: None,
        columns: vec![
            SheetColumn::new("序号", 6.0, ColumnKind::Centred),
            SheetColumn::text("征求对象", 30.0),
            SheetColumn::text("所在部门", 20.0),
            SheetColumn::date("发出日期"),
            SheetColumn::date("截止日期"),
            SheetColumn::new("结果", 10.0, ColumnKind::Centred),
            SheetColumn::text("意见内容", 40.0),
            SheetColumn::date("回复日期"),
        ],
        rows: rows.into_iter().map(row).collect(),
        totals: None,
    };
    workbook(&title, &[table])
}
