//! The veto check and the panel's preliminary opinion on one application.

use domain::{
    ids::{ApplicationId, SubmissionId},
    permission::{Deed, OfficeKind},
    place::Level,
    selection::{
        application::{ActingLevel, Application, OpinionDue, Stage, Step},
        parameters::Parameters,
        review::Verdict,
    },
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Problem, Stop},
};

use crate::{
    messages,
    review::{
        store::{self, panel_reply, veto_finding},
        urls,
    },
    selection::{self, NewOpinion, content::OpinionStep},
};

/// What the check of one veto item found.
#[derive(Debug, Clone)]
pub struct VetoCheck {
    /// `V1` … of the season's parameters.
    pub code: String,
    /// Whether it is upheld.
    pub is_upheld: bool,
    /// What was looked at.
    pub note: String,
    /// The document that upholds it.
    pub source_document: String,
}

async fn with_panel(act: &Act<'_>, id: ApplicationId, deed: Deed) -> Result<(Application, Parameters), Stop> {
    let found = selection::in_season(act.db(), id).await?;
    act.permit(deed, &found.row.branch.0)?;
    Ok((found.row.to_application(), found.parameters))
}

/// Keeps what the check of the season's veto items found (一票否决核查), each of them, until the preliminary opinion.
///
/// # Errors
/// Refusals when the application is not with the panel, or at `source.<code>` when an item is upheld without a document
/// (R-SEL-15: an upheld finding, never a mere complaint).
pub async fn check_veto(op: &Op, id: ApplicationId, checks: &[VetoCheck]) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let (application, parameters) = with_panel(&act, id, Deed::CheckVeto).await?;
    if application.stage != Stage::Recommended {
        let stage = application.stage.label();
        return Err(Stop::refused(format!("这份申报现在的状态是“{stage}”，一票否决核查已不能填写或修改。")));
    }
    let seen = application.submission.ok_or(Stop::Conflict)?.id;
    let step = Step { now: act.now(), account: act.officer()?.account, level: ActingLevel::County, seen };
    let application = application.examine(step).or_refuse()?;
    let before = store::findings_on(act.db(), id).await?;
    let mut problems = Vec::new();
    for item in &parameters.vetoes {
        let Some(check) = checks.iter().find(|check| check.code == item.code) else {
            problems.push(Problem::at(format!("veto.{}", item.code), format!("请核查“{}”并选择结果。", item.name)));
            continue;
        };
        if check.is_upheld && check.source_document.trim().is_empty() {
            let field = format!("source.{}", item.code);
            problems.push(Problem::at(field, "查实的要填写认定文件的名称或文号，不能只凭举报。"));
        }
    }
    if !problems.is_empty() {
        return Err(Stop::Refused(problems));
    }
    for check in checks.iter().filter(|check| parameters.vetoes.iter().any(|item| item.code == check.code)) {
        let known = before.iter().find(|known| known.code == check.code);
        let row = veto_finding::Model {
            id: known.map_or_else(|| Text(act.new_id()), |known| known.id),
            season_id: Text(application.season),
            application_id: Text(id),
            code: check.code.clone(),
            is_upheld: check.is_upheld,
            note: check.note.clone(),
            source_document: check.source_document.clone(),
            office_id: Text(act.officer()?.office.id),
            found_at: Int(act.now()),
            version: known.map_or(0, |known| known.version),
        };
        store::put_finding(act.db(), row, known.map(|known| known.version)).await?;
    }
    selection::save_application(act.db(), &application).await?;
    let upheld: Vec<&str> = checks.iter().filter(|check| check.is_upheld).map(|check| check.code.as_str()).collect();
    let subject = Subject::new("application", id, &application.branch);
    act.record(Deed::CheckVeto, &subject, serde_json::json!({ "upheld": upheld })).await?;
    act.commit().await
}

/// The panel's word on one application.
#[derive(Debug, Clone)]
pub struct PreliminaryOpinion {
    /// The version on the screen (R-SEL-04).
    pub seen: SubmissionId,
    /// Whether the panel is in favour.
    pub is_passed: bool,
    /// Why; needed when it is against.
    pub reason: String,
    /// Why it comes after its deadline; nothing before it (R-SEL-12).
    pub late_reason: String,
}

impl PreliminaryOpinion {
    /// What everybody reads: the reason, and why it came late if it did.
    fn words(&self, is_late: bool) -> String {
        if is_late {
            format!("{}（逾期提出，原因：{}）", self.reason, self.late_reason)
        } else {
            self.reason.clone()
        }
    }
}

/// Gives the panel's preliminary opinion (初步意见), before its deadline, or later with the reason (R-SEL-12).
///
/// # Errors
/// Refusals when units have not answered, the veto check is missing, a veto is upheld, or a rejection or a late opinion has
/// no reason, or a unit that is against is passed over without a word.
pub async fn give_preliminary_opinion(op: &Op, id: ApplicationId, opinion: PreliminaryOpinion) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let (application, parameters) = with_panel(&act, id, Deed::GivePreliminaryOpinion).await?;
    let findings = store::findings_on(act.db(), id).await?;
    let mut replies = store::replies(act.db(), application.season).await?;
    replies.retain(|reply| reply.application_id.0 == id);
    must_be_heard(&replies, &parameters, &findings)?;
    must_be_explained(&replies, &opinion)?;
    let upheld = findings.iter().find(|finding| finding.is_upheld).map(|finding| finding.code.as_str());
    let deadline = parameters.preliminary_deadline();
    let deadline =
        deadline.ok_or_else(|| Stop::fault("a season in use has no deadline for the preliminary opinion"))?;
    let step = Step { now: act.now(), account: act.officer()?.account, level: ActingLevel::County, seen: opinion.seen };
    let word = if opinion.is_passed { Ok(()) } else { Err(opinion.reason.as_str()) };
    let due = OpinionDue { at: deadline, late_reason: &opinion.late_reason };
    let moved = application.give_preliminary_opinion(step, due, upheld, word).or_refuse()?;
    let words = opinion.words(step.now >= deadline);
    selection::save_application(act.db(), &moved).await?;
    let kept = NewOpinion {
        step: OpinionStep::Preliminary,
        is_favourable: opinion.is_passed,
        words: words.clone(),
        details: Vec::new(),
    };
    selection::add_opinion(&act, &moved, kept).await?;
    let body = serde_json::json!({ "is_passed": opinion.is_passed, "stage": moved.stage, "submission": opinion.seen });
    act.record(Deed::GivePreliminaryOpinion, &Subject::new("application", id, &moved.branch), body).await?;
    if opinion.is_passed {
        let words = "本支部的“红旗小区”申报已通过评选组审查，等待征求意见和县委常委会审定。";
        messages::tell_branch(&act, &moved.branch, words, &selection::urls::application(id)).await?;
    } else {
        let words = format!("评选组初步意见：不通过。理由：{words}");
        let link = selection::urls::application(id);
        messages::tell_branch(&act, &moved.branch, &words, &link).await?;
        if let Some(street) = moved.branch.at(Level::Street) {
            let words = format!("{}：{words}", selection::place_name(act.db(), &moved.branch).await?);
            // R-SEL-16: where the season allows it, the street is led to its next one.
            let link =
                if parameters.substitution_before_decision { urls::substitution(moved.season, &street) } else { link };
            messages::tell(&act, OfficeKind::StreetOfficer, &street, &words, &link).await?;
        }
    }
    act.commit().await
}

// R-SEL-11
/// Who passes over a unit that is against says what the panel found of it.
fn must_be_explained(replies: &[panel_reply::Model], opinion: &PreliminaryOpinion) -> Result<(), Stop> {
    if !opinion.is_passed || !opinion.reason.trim().is_empty() {
        return Ok(());
    }
    let against = replies.iter().filter(|reply| reply.verdict.0 == Verdict::Disagree);
    let against: Vec<&str> = against.map(|reply| reply.unit.as_str()).collect();
    if against.is_empty() {
        return Ok(());
    }
    let words = format!("{}不同意，提出“通过”的意见要写明对其意见的研究情况。", against.join("、"));
    Err(Stop::refused_at("reason", words))
}

/// R-SEL-02: no part of the panel's work is skipped. Every unit has answered and every veto item was checked.
fn must_be_heard(
    replies: &[panel_reply::Model],
    parameters: &Parameters,
    findings: &[veto_finding::Model],
) -> Result<(), Stop> {
    let has_answered = |unit: &&String| replies.iter().any(|reply| reply.unit == **unit);
    let silent: Vec<&str> =
        parameters.panel_units.iter().filter(|unit| !has_answered(unit)).map(String::as_str).collect();
    if !silent.is_empty() {
        let units = silent.join("、");
        return Err(Stop::refused(format!(
            "这些评选组成员单位还没有填写意见：{units}。请先联系其填写，再提出初步意见。"
        )));
    }
    let is_checked = |code: &str| findings.iter().any(|finding| finding.code == code);
    if parameters.vetoes.iter().any(|item| !is_checked(&item.code)) {
        return Err(Stop::refused("一票否决核查还没有做完，请先逐项核查，再提出初步意见。"));
    }
    Ok(())
}
