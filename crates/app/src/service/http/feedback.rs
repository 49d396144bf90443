//! A community's yearly feedback to a unit.

use axum::{extract::Path, response::Response};
use domain::{
    permission::Deed,
    place::{Level, PlaceCode},
    service::{Figures, ReportKind, ReportState},
};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, letter, page, refused},
    shell::{Crumb, Problems},
};

use super::{
    find_place,
    reports::{ReportPage, content, is_sent, parse_year, read, versions},
};
use crate::{
    desk::Desk,
    places,
    service::{
        letters,
        reports::{correct_feedback, figures_of_unit, give_feedback},
        store::{self, report},
        urls,
    },
};

/// A unit and a community, and what was fed back.
struct Told {
    unit: PlaceCode,
    unit_name: String,
    community: places::Place,
    year: i16,
    row: Option<report::Model>,
    figures: Figures,
}

async fn find_feedback(desk: &Desk, year: &str, unit: &str, place: &str) -> Result<Told, Stop> {
    let year = parse_year(year)?;
    let community = find_place(desk, Deed::GiveFeedback, place).await?;
    let unit: PlaceCode = unit.parse().map_err(|_| Stop::Missing)?;
    let code = &community.code.0;
    if unit.level() != Level::Unit || unit.at(Level::County) != code.at(Level::County) {
        return Err(Stop::Missing);
    }
    let db = desk.op.reader();
    let found = places::place(db, &unit).await?.ok_or(Stop::Missing)?;
    let row = store::report(db, ReportKind::Feedback, year, code, unit.as_str()).await?;
    let figures = match row.as_ref().filter(|row| row.state.0 == ReportState::Sent) {
        Some(row) => row.figures.0,
        None => figures_of_unit(db, code, &unit, year).await?.1,
    };
    Ok(Told { unit, unit_name: found.name, community, year, row, figures })
}

async fn feedback_page(desk: &Desk, told: Told, form: Form, problems: Problems) -> Result<ReportPage, Stop> {
    let (code, year) = (&told.community.code.0, told.year);
    let title = format!("对{}{year}年度的反馈", told.unit_name);
    Ok(ReportPage {
        shell: desk.shell(title.clone()).await?,
        crumbs: vec![Crumb { label: format!("{year}年双报告"), href: urls::of_year(urls::REPORTS_OF, code, year) }],
        problems,
        title,
        first: format!("在本社区报到的在职党员 {} 名，合计{}。", told.figures.members, letters::words(&told.figures)),
        kind: ReportKind::Feedback,
        action: urls::of_feedback(urls::FEEDBACK, code, &told.unit, year),
        letter: urls::of_feedback(urls::FEEDBACK_LETTER, code, &told.unit, year),
        back: is_sent(told.row.as_ref()).then(|| urls::of_feedback(urls::FEEDBACK_CORRECT, code, &told.unit, year)),
        versions: versions(desk, told.row.as_ref()).await?,
        row: told.row,
        form,
    })
}

/// A community's feedback, prefilled.
pub async fn feedback(desk: Desk, Path((year, unit, place)): Path<(String, String, String)>) -> Result<Response, Stop> {
    let told = find_feedback(&desk, &year, &unit, &place).await?;
    page(&feedback_page(&desk, told, Form::default(), Problems::default()).await?)
}

/// Writes it.
pub async fn write_feedback(
    desk: Desk,
    Path((year, unit, place)): Path<(String, String, String)>,
    form: Form,
) -> Result<Response, Stop> {
    let told = find_feedback(&desk, &year, &unit, &place).await?;
    let code = told.community.code.0.clone();
    let outcome = match read(&form) {
        Ok(new) => give_feedback(&desk.op, &code, &told.unit, told.year, new).await,
        Err(stop) => Err(stop),
    };
    match outcome {
        Ok(()) => Ok(done(&urls::of_feedback(urls::FEEDBACK, &code, &told.unit, told.year), "反馈已保存。")),
        Err(Stop::Refused(problems)) => refused(&feedback_page(&desk, told, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

/// Takes a sent one up again, to correct it.
pub async fn correct(desk: Desk, Path((year, unit, place)): Path<(String, String, String)>) -> Result<Response, Stop> {
    let told = find_feedback(&desk, &year, &unit, &place).await?;
    let code = told.community.code.0.clone();
    match correct_feedback(&desk.op, &code, &told.unit, told.year).await {
        Ok(()) => {
            let to = urls::of_feedback(urls::FEEDBACK, &code, &told.unit, told.year);
            Ok(done(&to, "可以更正了。重新报送以前，单位看到的仍是原来的版本。"))
        }
        Err(Stop::Refused(problems)) => {
            refused(&feedback_page(&desk, told, Form::default(), Problems(problems)).await?)
        }
        Err(stop) => Err(stop),
    }
}

/// The feedback as a Word document.
pub async fn feedback_letter(
    desk: Desk,
    Path((year, unit, place)): Path<(String, String, String)>,
) -> Result<Response, Stop> {
    let told = find_feedback(&desk, &year, &unit, &place).await?;
    let content = content(told.year, &told.figures, told.row.as_ref());
    let drawn = letters::feedback(&told.community.name, &told.unit_name, &content);
    letter(&format!("对{}{}年度的反馈", told.unit_name, told.year), &drawn)
}
