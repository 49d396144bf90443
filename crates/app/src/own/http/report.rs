//! The own yearly report (双报告).

use askama::Template;
use axum::response::Response;
use domain::{permission::Deed, service::ReportState};
use platform::{
    error::{Problem, Stop},
    forms::{Form, QueryForm},
    pages::{done, refused},
    shell::{Chip, Problems, Shell},
};

use super::shown;
use crate::{
    desk::Desk,
    own::{queries::own_line, urls},
    service::{DutyReport, figures_of_member, figures_words, read_report, report_of_member, write_report},
};

#[derive(Template)]
#[template(path = "own/report.html")]
struct ReportPage {
    shell: Shell,
    problems: Problems,
    year: i16,
    years: Vec<Chip>,
    figures: String,
    row: Option<DutyReport>,
    form: Form,
}

impl ReportPage {
    fn is_sent(&self) -> bool {
        self.row.as_ref().is_some_and(|row| row.state.0 == ReportState::Sent)
    }

    /// What was typed, also where that is nothing, or else what is kept; once it is sent, what was sent.
    fn typed<'a>(&'a self, field: &'a str, kept: fn(&'a DutyReport) -> &'a str) -> &'a str {
        match (&self.row, self.form.values(field).next()) {
            (Some(row), typed) if typed.is_none() || self.is_sent() => kept(row),
            (_, typed) => typed.unwrap_or_default(),
        }
    }

    fn body(&self) -> &str {
        self.typed("body", |row| &row.body)
    }

    fn plan(&self) -> &str {
        self.typed("plan", |row| &row.plan)
    }
}

/// This year or the last one: a report is often written when the year is over.
fn chosen_year(desk: &Desk, form: &Form) -> i16 {
    let this = desk.op.now().date().year();
    form.value("year").parse().ok().filter(|year| (this - 1..=this).contains(year)).unwrap_or(this)
}

async fn report_page(desk: &Desk, form: Form, problems: Problems) -> Result<ReportPage, Stop> {
    desk.op.permit(Deed::ViewOwnRecord, &desk.officer.office.place)?;
    let (line, _) = own_line(desk).await?;
    let (db, branch, id) = (desk.op.reader(), &line.branch.0, line.id.0);
    let (this, year) = (desk.op.now().date().year(), chosen_year(desk, &form));
    let row = report_of_member(db, branch, id, year).await?;
    let figures = match row.as_ref().filter(|row| row.state.0 == ReportState::Sent) {
        Some(row) => row.figures.0,
        None => figures_of_member(db, branch, id, year).await?,
    };
    let shell = desk.shell("我的双报告").await?;
    let chip = |of: i16| Chip { label: format!("{of}年"), href: urls::report_of(of), is_on: of == year };
    let years = vec![chip(this), chip(this - 1)];
    Ok(ReportPage { shell, problems, year, years, figures: figures_words(&figures), row, form })
}

/// The page.
pub async fn show(desk: Desk, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let asked = Form::of([("year", query.value("year").to_owned())]);
    shown(&desk, report_page(&desk, asked, Problems::default()).await).await
}

/// Writes it, and perhaps sends it.
pub async fn write(desk: Desk, form: Form) -> Result<Response, Stop> {
    desk.op.permit(Deed::ViewOwnRecord, &desk.officer.office.place)?;
    let (line, _) = own_line(&desk).await?;
    let year = chosen_year(&desk, &form);
    if !["", year.to_string().as_str()].contains(&form.value("year").trim()) {
        let words = format!("只能写 {} 年或 {year} 年的报告，请重新选择年度。", year - 1);
        let problems = Problems(vec![Problem::whole(words)]);
        return refused(&report_page(&desk, form, problems).await?);
    }
    let outcome = match read_report(&form) {
        Ok(new) => write_report(&desk.op, line.id.0, year, new).await,
        Err(stop) => Err(stop),
    };
    match outcome {
        Ok(()) if !form.value("send").is_empty() => Ok(done(&urls::report_of(year), "报告已报送。")),
        Ok(()) => Ok(done(&urls::report_of(year), "报告已保存，还没有报送。")),
        Err(Stop::Refused(problems)) => refused(&report_page(&desk, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}
