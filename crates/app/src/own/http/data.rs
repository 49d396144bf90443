//! The own data: see, ask for correction, take away; and the branch's answers (R-PRI-05).

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{clock::chinese_date, ids::CorrectionId, money::Fen, permission::Deed, points::Points};
use office::sheet::{CellValue, SheetTable};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, page, refused},
    shell::{Problems, Shell},
};

use super::{parse, shown};
use crate::{
    desk::Desk,
    own::{
        corrections::{answer_correction, ask_correction},
        kept,
        queries::own_line,
        store::{self, correction},
        urls,
    },
    people,
};

#[derive(Template)]
#[template(path = "own/data.html")]
struct DataPage {
    shell: Shell,
    problems: Problems,
    facts: Vec<(&'static str, String)>,
    /// The same tables as in the workbook.
    tables: Vec<SheetTable>,
    form: Form,
}

impl DataPage {
    /// The cells of a row with their columns' labels.
    fn cells<'a>(&self, table: &'a SheetTable, row: &'a [CellValue]) -> Vec<(&'a str, String)> {
        let labelled = table.columns.iter().zip(row).map(|(column, cell)| (column.label.as_str(), words(cell)));
        labelled.collect()
    }
}

/// A cell in words.
fn words(cell: &CellValue) -> String {
    match cell {
        CellValue::Empty => String::new(),
        CellValue::Text(text) => text.clone(),
        CellValue::Count(count) => count.to_string(),
        CellValue::Fen(fen) => Fen(*fen).to_string(),
        CellValue::Hundredths(hundredths) => Points(*hundredths).short(),
        CellValue::Date(date) => chinese_date(*date),
    }
}

async fn data_page(desk: &Desk, form: Form, problems: Problems) -> Result<DataPage, Stop> {
    desk.op.permit(Deed::ViewOwnRecord, &desk.officer.office.place)?;
    let (line, person) = own_line(desk).await?;
    Ok(DataPage {
        shell: desk.shell("我的资料").await?,
        problems,
        facts: kept::facts(desk, &line, &person).await?,
        tables: kept::tables(desk, &person).await?,
        form,
    })
}

/// The page.
pub async fn show(desk: Desk) -> Result<Response, Stop> {
    shown(&desk, data_page(&desk, Form::default(), Problems::default()).await).await
}

/// Asks for a correction.
pub async fn correct(desk: Desk, form: Form) -> Result<Response, Stop> {
    desk.op.permit(Deed::ViewOwnRecord, &desk.officer.office.place)?;
    let (line, _) = own_line(&desk).await?;
    let mut reading = form.read();
    let body = reading.required("body", "要更正的内容", 500);
    let outcome = match reading.finish() {
        Ok(()) => ask_correction(&desk.op, line.id.0, body).await,
        Err(stop) => Err(stop),
    };
    match outcome {
        Ok(()) => Ok(done(urls::DATA, "已提交，由支部核对后更正。")),
        Err(Stop::Refused(problems)) => refused(&data_page(&desk, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

#[derive(Template)]
#[template(path = "own/corrections.html")]
struct CorrectionsPage {
    shell: Shell,
    problems: Problems,
    rows: Vec<(correction::Model, String)>,
    /// The one whose answer was refused.
    answered: Option<CorrectionId>,
    form: Form,
}

impl CorrectionsPage {
    fn is_answered(&self, row: &correction::Model) -> bool {
        self.answered == Some(row.id.0)
    }

    fn typed(&self, row: &correction::Model) -> &str {
        if self.is_answered(row) { self.form.value("answer") } else { "" }
    }

    fn asked(&self, row: &correction::Model) -> String {
        chinese_date(row.asked_at.0.date())
    }

    fn answer(&self, row: &correction::Model) -> String {
        urls::answer(row.id.0)
    }

    fn member(&self, row: &correction::Model) -> String {
        people::urls::member(row.membership_id.0)
    }
}

async fn corrections_page(
    desk: &Desk,
    answered: Option<CorrectionId>,
    form: Form,
    problems: Problems,
) -> Result<CorrectionsPage, Stop> {
    let place = &desk.officer.office.place;
    desk.op.permit(Deed::EditMembers, place)?;
    let rows = store::waiting_under(desk.op.reader(), place).await?;
    let persons = people::persons_of(desk.op.reader(), rows.iter().map(|row| row.membership_id.0)).await?;
    let name =
        |row: &correction::Model| persons.get(&row.membership_id.0).map(|it| it.name.clone()).unwrap_or_default();
    let rows = rows.into_iter().map(|row| (row.clone(), name(&row))).collect();
    Ok(CorrectionsPage { shell: desk.shell("更正申请").await?, problems, rows, answered, form })
}

/// What members asked to be corrected.
pub async fn list(desk: Desk) -> Result<Response, Stop> {
    page(&corrections_page(&desk, None, Form::default(), Problems::default()).await?)
}

/// Answers.
pub async fn answer(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id: CorrectionId = parse(&id)?;
    let row = store::correction(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::EditMembers, &row.branch.0)?;
    let words: String = form.value("answer").chars().take(300).collect();
    match answer_correction(&desk.op, id, form.value("is_done") == "yes", &words).await {
        Ok(()) => Ok(done(urls::CORRECTIONS, "已答复，本人会看到。")),
        Err(Stop::Refused(problems)) => refused(&corrections_page(&desk, Some(id), form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}
