//! The application form with the opinions of all levels as a Word document (申报表, `domain.md` §7).

use axum::{extract::Path, response::Response};
use domain::{
    ids::ApplicationId,
    organisation::Grade,
    permission::Deed,
    selection::{application::Stage, parameters::Parameters, score::points},
};
use office::letter::{Block, FormCell, FormRow, Letter, LetterForm};
use platform::{act::Op, error::Stop, forms::QueryForm, pages::letter};

use super::{
    Attachment, Opinion, Submission,
    content::{Content, OpinionStep},
    queries,
    store::{application::submissions_of, attachment::attachments_at, opinion::opinions_of},
};

/// Widths of label and value, twice, in millimetres: 156 together, the width of the text by GB/T 9704.
const WIDTHS: [u32; 4] = [28, 50, 28, 50];
/// Height of an opinion's box, in millimetres.
const OPINION: u32 = 34;

/// The form of the version asked for (`?version=2`), or of the latest, for those who may see the application.
pub async fn form(op: Op, Path(id): Path<String>, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let id: ApplicationId = id.parse().map_err(|_| Stop::Missing)?;
    let found = queries::in_season(op.reader(), id).await?;
    op.permit(Deed::ViewApplication, &found.row.branch.0)?;
    let latest = found.row.submission_number;
    let wanted = match query.value("version") {
        "" => latest,
        number => number.parse().map_err(|_| Stop::Missing)?,
    };
    let versions = submissions_of(op.reader(), id).await?;
    let submission = versions.into_iter().find(|version| version.number == wanted).ok_or(Stop::Missing)?;
    // R-SEL-04: what was said to another version is not said to this one.
    let mut opinions = opinions_of(op.reader(), id).await?;
    opinions.retain(|opinion| opinion.submission_id == submission.id);
    let name = queries::place_name(op.reader(), &found.row.branch.0).await?;
    let year = found.season.year;
    let version = if wanted == latest { String::new() } else { format!("（第{wanted}次提交）") };
    let files = attachments_at(op.reader(), id, submission.submitted_at.0).await?;
    let form = application_form(year, &found.parameters, &submission, (&opinions, &files), found.row.stage.0);
    letter(&format!("{name}{year}年度申报表{version}"), &form)
}

/// The form: the ledger's facts, the self-score, the deeds, the declarations, and a box for each level's opinion.
#[must_use]
pub fn application_form(
    year: i32,
    parameters: &Parameters,
    submission: &Submission,
    (opinions, files): (&[Opinion], &[Attachment]),
    stage: Stage,
) -> Letter {
    let content = &submission.content.0;
    let mut rows = facts(content);
    rows.push(wide("自评分", format!("{} 分。{}", points(submission.self_total.into()), scores(parameters, content))));
    rows.push(wide("书记上一年度考核", content.appraisal.map_or("", Grade::label).to_owned()));
    rows.push(wide("主要做法与成效", content.deeds.clone()).splitting());
    rows.push(wide("否决情形承诺", declared(parameters, content)).splitting());
    rows.push(wide("附件", listed(files)).splitting());
    rows.push(opinion_row("支部意见", &content.opinion, &content.contact, submission.submitted_at.0.date()));
    for (label, steps) in [
        ("社区党总支意见", &[OpinionStep::Community][..]),
        ("街道党工委意见", &[OpinionStep::Recommendation, OpinionStep::Missed, OpinionStep::Screening]),
        ("评选组意见", &[OpinionStep::Preliminary]),
        ("县委意见", &[OpinionStep::Decision]),
    ] {
        let of_level = |opinion: &&Opinion| steps.contains(&opinion.step.0);
        // The street's last word is its list; a screening in favour is not yet one.
        let is_last = |opinion: &&Opinion| opinion.step.0 != OpinionStep::Screening || !opinion.is_favourable;
        rows.push(opinion_box(label, opinions.iter().rev().filter(is_last).find(of_level), stage));
    }
    Letter {
        letterhead: None,
        document_number: None,
        title: format!("{year}年度县级“红旗小区”申报表"),
        addressee: None,
        blocks: vec![Block::Form(LetterForm { widths_mm: WIDTHS.to_vec(), rows })],
        issuers: Vec::new(),
        date: None,
    }
}

/// Two facts in a row.
fn facts(content: &Content) -> Vec<FormRow> {
    let pair = |facts: &[(String, String)]| {
        let mut cells = Vec::new();
        for (label, value) in facts {
            cells.push(FormCell::label(label.clone()));
            cells.push(FormCell::value(value.clone()));
        }
        if facts.len() == 1 {
            cells.push(FormCell::value("").over_columns(2));
        }
        FormRow::new(cells)
    };
    content.facts.chunks(2).map(pair).collect()
}

fn wide(label: &str, text: String) -> FormRow {
    FormRow::new(vec![FormCell::label(label), FormCell::text(text).over_columns(3)])
}

fn scores(parameters: &Parameters, content: &Content) -> String {
    let scored: Vec<String> =
        parameters.items.iter().map(|item| format!("{} {}", item.code, content.score_of(&item.code))).collect();
    scored.join("，")
}

fn declared(parameters: &Parameters, content: &Content) -> String {
    let line = |veto: &domain::selection::parameters::VetoItem| match content.explained.get(&veto.code) {
        Some(words) => format!("{} {}：{words}", veto.code, veto.name),
        None => format!("{} {}：无此情形", veto.code, veto.name),
    };
    parameters.vetoes.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The files by name, each with the item that it belongs to.
fn listed(files: &[Attachment]) -> String {
    let line = |(index, file): (usize, &Attachment)| {
        let item = if file.item.is_empty() { String::new() } else { format!("（{}）", file.item) };
        format!("{}．{}{item}", index + 1, file.file_name)
    };
    if files.is_empty() { "无".to_owned() } else { files.iter().enumerate().map(line).collect::<Vec<_>>().join("\n") }
}

fn opinion_row(label: &str, words: &str, signed: &str, on: jiff::civil::Date) -> FormRow {
    let cell = FormCell::opinion(words, signed, Some(on)).over_columns(3);
    FormRow::new(vec![FormCell::label(label), cell]).with_height(OPINION)
}

/// An opinion in its box; an empty box to be signed on paper when it has not been given.
fn opinion_box(label: &str, opinion: Option<&Opinion>, stage: Stage) -> FormRow {
    match opinion {
        Some(opinion) => {
            let verdict = match (opinion.is_favourable, opinion.step.0) {
                (true, _) => "同意。",
                (false, OpinionStep::Missed) => "",
                (false, OpinionStep::Screening) if stage == Stage::NotRecommended => "不予推荐。",
                (false, OpinionStep::Community | OpinionStep::Screening) => "退回支部。",
                (false, _) => "不同意。",
            };
            opinion_row(label, &format!("{verdict}{}", opinion.words), &opinion.signed, opinion.given_at.0.date())
        }
        None => {
            let cell = FormCell::opinion("", "", None).over_columns(3);
            FormRow::new(vec![FormCell::label(label), cell]).with_height(OPINION)
        }
    }
}
