//! The org department's pages of the panel's work: the list, and one application with its answers, veto check and opinion.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    ids::ApplicationId,
    permission::Deed,
    selection::{application::Stage, parameters::Parameters, review::Verdict, score::points},
};
use platform::{
    error::{Problem, Stop},
    forms::Form,
    pages::{done, page, refused},
    shell::{Problems, Shell},
};

use super::{
    PanelReply, VetoFinding,
    actions::{PreliminaryOpinion, VetoCheck, check_veto, give_preliminary_opinion},
    panel::deadline_words,
    queries::{Candidate, PanelReplies, VetoFindings, candidates},
    season::{Entry, season_of},
    urls,
};
use crate::{
    desk::Desk,
    selection::{self, Season},
};

/// Characters of a note or a reason.
const NOTE: usize = 500;
/// Characters of why the panel is late.
const LATE: usize = 200;

#[derive(Template)]
#[template(path = "review/preliminary.html")]
struct ListPage {
    shell: Shell,
    season: Season,
    deadline: String,
    candidates: Vec<Candidate>,
    replies: PanelReplies,
    findings: VetoFindings,
    parameters: Parameters,
}

impl ListPage {
    fn count(&self, stage: Stage) -> usize {
        self.candidates.iter().filter(|candidate| candidate.application.stage == stage).count()
    }

    fn waiting(&self) -> usize {
        self.count(Stage::Recommended)
    }

    fn passed(&self) -> usize {
        self.candidates.len() - self.waiting() - self.count(Stage::PanelRejected)
    }

    fn rejected(&self) -> usize {
        self.count(Stage::PanelRejected)
    }

    fn page(&self, id: &ApplicationId) -> String {
        urls::application(*id)
    }

    fn sheet(&self) -> String {
        urls::panel_sheet(self.season.id.0)
    }

    fn next(&self) -> String {
        urls::consultations(self.season.id.0)
    }

    fn replies(&self, id: &ApplicationId) -> String {
        let units = &self.parameters.panel_units;
        let against = self.replies.count(*id, Verdict::Disagree);
        let words = format!("{}/{}", self.replies.answered(*id, units), units.len());
        if against > 0 { format!("{words}，不同意 {against}") } else { words }
    }

    fn veto(&self, id: &ApplicationId) -> String {
        self.findings.words(*id, &self.parameters)
    }

    fn score(&self, candidate: &Candidate) -> String {
        points(candidate.standing.score)
    }

    fn tone(&self, candidate: &Candidate) -> &'static str {
        match candidate.application.stage {
            Stage::Recommended => "warn",
            stage if stage.has_failed() => "bad",
            _ => "good",
        }
    }
}

/// The preliminary opinions of the latest season.
pub async fn latest(desk: Desk) -> Result<Response, Stop> {
    let entry = Entry {
        deed: Deed::GivePreliminaryOpinion,
        title: "初步意见",
        hint: "街道推荐上报以后，在这里做一票否决核查、提出初步意见。",
    };
    entry.to_latest(&desk, urls::preliminary).await
}

/// The applications before the panel.
pub async fn list(desk: Desk, Path(season): Path<String>) -> Result<Response, Stop> {
    let season = season_of(&desk.op, &season, Deed::GivePreliminaryOpinion).await?;
    let db = desk.op.reader();
    let parameters = selection::parameters_of(db, &season).await?;
    page(&ListPage {
        shell: desk.shell(format!("{}年度初步意见", season.year)).await?,
        deadline: deadline_words(&parameters),
        candidates: candidates(db, &season).await?,
        replies: PanelReplies::of(db, season.id.0).await?,
        findings: VetoFindings::of(db, season.id.0).await?,
        parameters,
        season,
    })
}

#[derive(Template)]
#[template(path = "review/application.html")]
struct ApplicationPage {
    shell: Shell,
    problems: Problems,
    form: Form,
    season: Season,
    deadline: String,
    candidate: Candidate,
    replies: PanelReplies,
    findings: VetoFindings,
    parameters: Parameters,
    can_check: bool,
    can_opine: bool,
    is_late: bool,
}

impl ApplicationPage {
    fn list(&self) -> String {
        urls::preliminary(self.season.id.0)
    }

    fn id(&self) -> ApplicationId {
        self.candidate.application.id
    }

    fn form_page(&self) -> String {
        selection::urls::application(self.id())
    }

    fn veto_action(&self) -> String {
        urls::veto(self.id())
    }

    fn opinion_action(&self) -> String {
        urls::opinion(self.id())
    }

    fn seen(&self) -> String {
        self.candidate.application.submission.map(|submission| submission.id.to_string()).unwrap_or_default()
    }

    fn reply(&self, unit: &str) -> Option<&PanelReply> {
        self.replies.by(self.id(), unit)
    }

    fn finding(&self, code: &str) -> Option<&VetoFinding> {
        self.findings.on(self.id(), code)
    }

    /// `yes`, `no` or nothing: what was typed, or else what was kept.
    fn result(&self, code: &str) -> String {
        let typed = self.form.value(&format!("veto.{code}"));
        if !typed.is_empty() {
            return typed.to_owned();
        }
        let kept = self.finding(code).map(|finding| if finding.is_upheld { "yes" } else { "no" });
        kept.unwrap_or_default().to_owned()
    }

    fn typed(&self, field: &str, kept: &str) -> String {
        let typed = self.form.value(field);
        if typed.is_empty() { kept.to_owned() } else { typed.to_owned() }
    }

    fn note(&self, code: &str) -> String {
        self.typed(&format!("note.{code}"), self.finding(code).map_or("", |finding| &finding.note))
    }

    fn source(&self, code: &str) -> String {
        self.typed(&format!("source.{code}"), self.finding(code).map_or("", |finding| &finding.source_document))
    }

    fn upheld(&self) -> String {
        self.findings.upheld(self.id())
    }

    fn is_checked(&self) -> bool {
        self.findings.is_complete(self.id(), &self.parameters)
    }

    fn standing(&self) -> String {
        let standing = self.candidate.standing;
        let (score, own) = (points(standing.score), points(standing.self_score));
        format!("街道评估 {score} 分，街道排名第 {}，自评 {own} 分", standing.rank)
    }
}

fn application_id(text: &str) -> Result<ApplicationId, Stop> {
    text.parse().map_err(|_| Stop::Missing)
}

async fn application_page(
    desk: &Desk,
    id: ApplicationId,
    form: Form,
    problems: Problems,
) -> Result<ApplicationPage, Stop> {
    let db = desk.op.reader();
    let application = selection::application(db, id).await?.ok_or(Stop::Missing)?.to_application();
    // Other units' answers are the org department's business, not that of every office that may read the application.
    desk.op.permit(Deed::GivePreliminaryOpinion, &application.branch)?;
    let season = selection::season(db, application.season).await?.ok_or(Stop::Missing)?;
    let parameters = selection::parameters_of(db, &season).await?;
    let candidate = candidates(db, &season).await?.into_iter().find(|candidate| candidate.application.id == id);
    let candidate = candidate.ok_or(Stop::Missing)?;
    let is_open = application.stage == Stage::Recommended;
    let is_late = parameters.preliminary_deadline().is_some_and(|deadline| desk.op.now() >= deadline);
    Ok(ApplicationPage {
        shell: desk.shell(candidate.branch.clone()).await?,
        problems,
        form,
        deadline: deadline_words(&parameters),
        can_check: is_open && desk.op.can(Deed::CheckVeto, &application.branch),
        can_opine: is_open && desk.op.can(Deed::GivePreliminaryOpinion, &application.branch),
        is_late,
        replies: PanelReplies::of(db, season.id.0).await?,
        findings: VetoFindings::of(db, season.id.0).await?,
        candidate,
        parameters,
        season,
    })
}

/// One application before the panel.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    page(&application_page(&desk, application_id(&id)?, Form::default(), Problems::default()).await?)
}

/// Keeps the veto check.
pub async fn veto(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = application_id(&id)?;
    permitted(&desk, id, Deed::CheckVeto).await?;
    let kept = match read_checks(&form) {
        Ok(checks) => check_veto(&desk.op, id, &checks).await,
        Err(stop) => Err(stop),
    };
    match kept {
        Ok(()) => Ok(done(&urls::application(id), "一票否决核查结果已保存。")),
        Err(Stop::Refused(problems)) => refused(&application_page(&desk, id, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

fn read_checks(form: &Form) -> Result<Vec<VetoCheck>, Stop> {
    let mut checks = Vec::new();
    let mut problems = Vec::new();
    let rest = form.value("rest");
    for code in form.values("item") {
        let result = match form.value(&format!("veto.{code}")) {
            "" => rest,
            chosen => chosen,
        };
        let (note, source) = (form.value(&format!("note.{code}")).trim(), form.value(&format!("source.{code}")).trim());
        for (field, text) in [("note", note), ("source", source)] {
            if text.chars().count() > NOTE {
                problems.push(Problem::at(format!("{field}.{code}"), format!("最多 {NOTE} 个字，请精简。")));
            }
        }
        if matches!(result, "yes" | "no") {
            let (note, source_document) = (note.to_owned(), source.to_owned());
            checks.push(VetoCheck { code: code.to_owned(), is_upheld: result == "yes", note, source_document });
        }
    }
    if problems.is_empty() { Ok(checks) } else { Err(Stop::Refused(problems)) }
}

async fn permitted(desk: &Desk, id: ApplicationId, deed: Deed) -> Result<(), Stop> {
    let application = selection::application(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(deed, &application.branch.0)
}

/// Gives the preliminary opinion.
pub async fn opinion(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id = application_id(&id)?;
    permitted(&desk, id, Deed::GivePreliminaryOpinion).await?;
    let given = match read_opinion(&form) {
        Ok(opinion) => give_preliminary_opinion(&desk.op, id, opinion).await,
        Err(stop) => Err(stop),
    };
    match given {
        Ok(()) => Ok(done(&urls::application(id), "初步意见已提出。")),
        Err(Stop::Refused(problems)) => refused(&application_page(&desk, id, form, Problems(problems)).await?),
        Err(stop) => Err(stop),
    }
}

fn read_opinion(form: &Form) -> Result<PreliminaryOpinion, Stop> {
    let mut reading = form.read();
    let reason = reading.text("reason", "理由", NOTE);
    let late_reason = reading.text("late_reason", "逾期原因", LATE);
    let is_passed = match form.value("opinion") {
        "pass" => true,
        "reject" => false,
        _ => {
            reading.note("opinion", "请选择“通过”或“不通过”。");
            false
        }
    };
    reading.finish()?;
    let seen = form.value("seen").parse().map_err(|_| Stop::Conflict)?;
    Ok(PreliminaryOpinion { seen, is_passed, reason, late_reason })
}
