//! The application form of a branch: prefilled from the ledger, saved as one types, submitted before the deadline.

use askama::Template;
use axum::{
    Json,
    extract::Path,
    http::StatusCode,
    response::{IntoResponse as _, Response},
};
use domain::{
    clock::chinese_date,
    ids::ApplicationId,
    organisation::Grade,
    permission::Deed,
    selection::{application::Stage, parameters::Parameters, score},
};
use platform::{
    error::{Problem, Stop},
    forms::Form,
    pages::{done, page, refused},
    shell::{AttachmentLink, Problems, Shell},
};

use super::{parse, seen};
use crate::{
    branches::options,
    calendar,
    desk::Desk,
    selection::{
        self, InSeason,
        actions::{Draft, resume_application, save_draft, submit_application, withdraw_application},
        content::{Content, ContentRefusal, LONGEST_DEEDS, LONGEST_EVIDENCE},
        deadline_hint,
        evidence::{self, Evidence},
        urls,
    },
};

#[derive(Template)]
#[template(path = "selection/draft.html")]
struct DraftPage {
    shell: Shell,
    problems: Problems,
    id: ApplicationId,
    year: i32,
    parameters: Parameters,
    facts: Vec<(String, String)>,
    content: Content,
    /// What was typed and refused, as it was typed.
    typed: Option<Form>,
    /// The version of the stored draft.
    version: i32,
    /// Whether what is stored is not what is shown, because somebody else has saved meanwhile.
    is_overtaken: bool,
    files: Vec<(String, AttachmentLink, String)>,
    returned: Option<String>,
    hint: String,
    /// What the year's records say.
    evidence: Vec<Evidence>,
    /// The item a refused file was meant for.
    item: String,
}

impl DraftPage {
    fn part(&self, part: &str) -> String {
        urls::part(self.id, part)
    }

    fn until(&self) -> String {
        let until = self.parameters.recommend_deadline();
        until.map(|until| chinese_date(until.plus_micros(-1).date())).unwrap_or_default()
    }

    fn score(&self, code: &String) -> String {
        let kept = || self.content.score_of(code.as_str());
        self.typed.as_ref().map_or_else(kept, |typed| typed.value(&format!("score.{code}")).to_owned())
    }

    fn evidence(&self, code: &String) -> Option<&Evidence> {
        self.evidence.iter().find(|item| item.code == *code)
    }

    fn counted(&self, evidence: &Evidence) -> String {
        score::points(evidence.points)
    }

    fn is_declared(&self, code: &String) -> bool {
        self.content.declared.contains(code)
    }

    fn explained(&self, code: &String) -> &str {
        self.content.explained.get(code).map_or("", String::as_str)
    }

    /// What was refused at a field named after an item.
    fn problem(&self, prefix: &str, code: &String) -> &str {
        self.problems.of(&format!("{prefix}.{code}"))
    }

    fn total(&self) -> String {
        score::points(score::total(&self.content.scores))
    }

    fn items(&self) -> Vec<(String, String)> {
        let whole = std::iter::once((String::new(), "整份申报".to_owned()));
        let items =
            self.parameters.items.iter().map(|item| (item.code.clone(), format!("{} {}", item.code, item.name)));
        whole.chain(items).collect()
    }

    fn appraisal(&self) -> &str {
        self.content.appraisal.map_or("", Grade::code)
    }

    fn appraisals(&self) -> Vec<(String, String)> {
        options!(Grade)
    }

    const DEEDS: usize = LONGEST_DEEDS;
    const EVIDENCE: usize = LONGEST_EVIDENCE;
}

/// The form again, with a file that was refused.
pub async fn refused_file(
    desk: &Desk,
    in_season: InSeason,
    item: String,
    problems: Vec<Problem>,
) -> Result<Response, Stop> {
    if in_season.row.stage.0 != Stage::Draft {
        let id = in_season.row.id.0;
        return super::application::refused_page(desk, id, problems, Form::default()).await;
    }
    let content = in_season.row.draft.0.clone();
    let page = draft_page(desk, in_season, content, Problems(problems)).await?;
    refused(&DraftPage { item, ..page })
}

async fn draft_page(desk: &Desk, in_season: InSeason, content: Content, problems: Problems) -> Result<DraftPage, Stop> {
    let db = desk.op.reader();
    let id = in_season.row.id.0;
    let files = selection::attachments_of(db, id).await?;
    let file = |it: selection::Attachment| {
        let link = super::files::link(&it);
        (it.item.clone(), link, urls::detach(it.id.0))
    };
    let opinions = selection::opinions_of(db, id).await?;
    let returned = opinions.last().filter(|opinion| !opinion.is_favourable);
    let returned = returned.map(|opinion| format!("{}（{}）", opinion.words, opinion.signed));
    let year = i16::try_from(in_season.season.year).unwrap_or(i16::MAX);
    let evidence = evidence::evidence(&desk.op, &in_season.row.branch.0, year, &in_season.parameters).await?;
    Ok(DraftPage {
        shell: desk.shell("填写申报表").await?,
        id,
        year: in_season.season.year,
        hint: deadline_hint(&in_season.parameters, &calendar::load(db).await?),
        facts: selection::facts(db, &in_season.row.branch.0).await?,
        parameters: in_season.parameters,
        content: if problems.any() { content } else { evidence::prefilled(content, &evidence) },
        problems,
        typed: None,
        version: in_season.row.draft_version,
        is_overtaken: false,
        files: files.into_iter().map(file).collect(),
        returned,
        evidence,
        item: String::new(),
    })
}

/// The form.
pub async fn edit(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let in_season = seen(&desk.op, &id).await?;
    desk.op.permit(Deed::DraftApplication, &in_season.row.branch.0)?;
    if in_season.row.stage.0 != Stage::Draft {
        return Ok(done(&urls::application(in_season.row.id.0), "申报已经提交，不能再修改。"));
    }
    if let Err(over) = in_season.window()?.must_not_be_over(desk.op.now()) {
        return Ok(done(&urls::application(in_season.row.id.0), &format!("{over}。")));
    }
    let content = in_season.row.draft.0.clone();
    page(&draft_page(&desk, in_season, content, Problems::default()).await?)
}

/// What was typed, complete or not; scores that cannot be read are told and left out.
fn read(form: &Form, parameters: &Parameters) -> (Content, Vec<Problem>) {
    let mut reading = form.read();
    let mut content = Content {
        deeds: reading.text("deeds", "主要做法与成效", LONGEST_DEEDS),
        opinion: reading.text("opinion", "支部意见", LONGEST_EVIDENCE),
        contact: reading.text("contact", "联系人", 40),
        appraisal: form.value("appraisal").parse().ok(),
        ..Content::default()
    };
    for item in &parameters.items {
        let (field, code) = (format!("score.{}", item.code), item.code.clone());
        if let Some(score) = reading.hundredths_if_any(&field, &format!("{} 自评分", item.code)) {
            content.scores.insert(code.clone(), score);
        }
        let words = reading.text(&format!("evidence.{code}"), &format!("{code} 佐证说明"), LONGEST_EVIDENCE);
        if !words.is_empty() {
            content.evidence.insert(code, words);
        }
    }
    for veto in &parameters.vetoes {
        if form.is_ticked(&format!("veto.{}", veto.code)) {
            content.declared.push(veto.code.clone());
        }
        let words =
            reading.text(&format!("explain.{}", veto.code), &format!("{} 情况说明", veto.code), LONGEST_EVIDENCE);
        if !words.is_empty() {
            content.explained.insert(veto.code.clone(), words);
        }
    }
    let problems = match reading.finish() {
        Err(Stop::Refused(problems)) => problems,
        Ok(()) | Err(_) => Vec::new(),
    };
    (content, problems)
}

/// Keeps what was typed so far: by the button, or as one types (the new version then, and the page says when).
pub async fn save(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let in_season = seen(&desk.op, &id).await?;
    desk.op.permit(Deed::DraftApplication, &in_season.row.branch.0)?;
    let (content, problems) = read(&form, &in_season.parameters);
    if form.is_ticked("autosave") {
        return autosave(&desk, in_season, content, problems, version(&form)).await;
    }
    let draft = Draft { content: content.clone(), read: version(&form) };
    let saved = match problems.is_empty() {
        true => save_draft(&desk.op, in_season.row.id.0, draft).await,
        false => Err(Stop::Refused(problems)),
    };
    match saved {
        Ok(_) => Ok(done(&urls::part(in_season.row.id.0, "edit"), "草稿已保存，可以随时回来继续填写。")),
        Err(Stop::Refused(problems)) => again(&desk, in_season, content, problems, form).await,
        Err(Stop::Conflict) => overtaken(&desk, &id, content, form).await,
        Err(stop) => Err(stop),
    }
}

/// Keeps all that can be kept while one types: where something is wrong, what was stored before stays, and the page tells it
/// beside the field.
async fn autosave(
    desk: &Desk,
    in_season: InSeason,
    mut content: Content,
    mut problems: Vec<Problem>,
    read: i32,
) -> Result<Response, Stop> {
    let impossible = content.impossible(&in_season.parameters);
    problems.extend(impossible.iter().map(ContentRefusal::problem));
    for problem in &problems {
        content.put_back(&problem.field, &in_season.row.draft.0);
    }
    let version = save_draft(&desk.op, in_season.row.id.0, Draft { content, read }).await?;
    let told = |problem: &Problem| serde_json::json!({ "field": problem.field, "words": problem.message });
    let problems: Vec<_> = problems.iter().map(told).collect();
    Ok(Json(serde_json::json!({ "version": version, "problems": problems })).into_response())
}

/// The version of the draft that was typed over; a form that tells none was drawn before the first saving.
fn version(form: &Form) -> i32 {
    form.value("version").parse().unwrap_or(0)
}

/// The form with all that was typed and what is wrong with it.
async fn again(
    desk: &Desk,
    in_season: InSeason,
    content: Content,
    problems: Vec<Problem>,
    form: Form,
) -> Result<Response, Stop> {
    let page = draft_page(desk, in_season, content, Problems(problems)).await?;
    let version = version(&form);
    refused(&DraftPage { typed: Some(form), version, ..page })
}

/// The form with all that was typed, after somebody else has saved the same draft. Sending it again writes over theirs, so it
/// is not sent by itself while one types.
async fn overtaken(desk: &Desk, id: &str, content: Content, form: Form) -> Result<Response, Stop> {
    let in_season = seen(&desk.op, id).await?;
    if in_season.row.stage.0 != Stage::Draft {
        return Err(Stop::Conflict);
    }
    let words = "在您填写的同时，本支部另一位同志保存了这份申报表，您这次填写的还没有保存，仍在本页。请在新窗口打开本表核对对方填写的内容，合并后再保存；再次保存或提交将以本页内容为准。";
    let page = draft_page(desk, in_season, content, Problems(vec![Problem::whole(words)])).await?;
    let mut response = platform::pages::page(&DraftPage { typed: Some(form), is_overtaken: true, ..page })?;
    *response.status_mut() = StatusCode::CONFLICT;
    Ok(response)
}

/// Submits the form.
pub async fn submit(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let in_season = seen(&desk.op, &id).await?;
    desk.op.permit(Deed::SubmitApplication, &in_season.row.branch.0)?;
    let (content, problems) = read(&form, &in_season.parameters);
    let submitted = if problems.is_empty() {
        let draft = Draft { content: content.clone(), read: version(&form) };
        submit_application(&desk.op, in_season.row.id.0, draft).await
    } else {
        Err(Stop::Refused(problems))
    };
    match submitted {
        Ok(()) => Ok(done(&urls::application(in_season.row.id.0), "申报已提交给社区党总支。")),
        Err(Stop::Refused(problems)) => again(&desk, in_season, content, problems, form).await,
        Err(Stop::Conflict) => overtaken(&desk, &id, content, form).await,
        Err(stop) => Err(stop),
    }
}

/// Withdraws the application.
pub async fn withdraw(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id: ApplicationId = parse(&id)?;
    let mut reading = form.read();
    let reason = reading.text("reason", "撤回理由", LONGEST_EVIDENCE);
    let withdrawn = match reading.finish() {
        Ok(()) => withdraw_application(&desk.op, id, &reason).await,
        Err(stop) => seen(&desk.op, &id.to_string()).await.and(Err(stop)),
    };
    match withdrawn {
        Ok(()) => Ok(done(&urls::application(id), "申报已撤回。")),
        Err(Stop::Refused(problems)) => super::application::refused_page(&desk, id, problems, form).await,
        Err(stop) => Err(stop),
    }
}

/// Takes a withdrawn application up again.
pub async fn resume(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: ApplicationId = parse(&id)?;
    match resume_application(&desk.op, id).await {
        Ok(()) => Ok(done(&urls::part(id, "edit"), "申报已恢复为草稿。")),
        Err(Stop::Refused(problems)) => super::application::refused_page(&desk, id, problems, Form::default()).await,
        Err(stop) => Err(stop),
    }
}
