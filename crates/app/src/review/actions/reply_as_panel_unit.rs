//! A panel unit answers on many applications with one form (R-SEL-11).

use domain::{
    ids::{ApplicationId, SeasonId, SubmissionId},
    permission::Deed,
    selection::{
        application::{ActingLevel, Step},
        review::{PanelReplyRefusal, Verdict, check_panel_reply},
    },
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{Problem, Stop},
};

use crate::{
    review::{
        queries::applications_of,
        store::{self, panel_reply},
    },
    selection,
};

/// One answer of the form.
#[derive(Debug, Clone)]
pub struct PanelAnswer {
    /// On which application.
    pub application: ApplicationId,
    /// The version on the screen (R-SEL-04).
    pub seen: SubmissionId,
    /// What is answered.
    pub verdict: Verdict,
    /// Why; needed when it is against.
    pub reason: String,
}

/// Keeps the answers of the acting office's unit: all of them or none. An answer that is as before is left alone.
///
/// # Errors
/// Refusals at `reason.<application>` and `verdict.<application>`; a refusal when the unit is not on this season's panel.
pub async fn reply_as_panel_unit(op: &Op, season: SeasonId, answers: &[PanelAnswer]) -> Result<usize, Stop> {
    let mut act = op.act().await?;
    let season = selection::season(act.db(), season).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::ReplyAsPanelUnit, &season.county.0)?;
    let unit = act.officer()?.office.organ.clone();
    let parameters = selection::parameters_of(act.db(), &season).await?;
    if !parameters.panel_units.contains(&unit) {
        return Err(Stop::refused(format!(
            "“{unit}”不在{}年度评选组成员单位名单里，不能填写意见；请与县委组织部联系核对名单。",
            season.year
        )));
    }
    let applications = applications_of(act.db(), &season).await?;
    let known: Vec<_> =
        store::replies(act.db(), season.id.0).await?.into_iter().filter(|reply| reply.unit == unit).collect();
    let mut problems = Vec::new();
    let mut kept = 0;
    for answer in answers {
        let application = applications.iter().find(|application| application.id == answer.application);
        let application = application.ok_or(Stop::Missing)?;
        let before = known.iter().find(|reply| reply.application_id.0 == answer.application);
        if before.is_some_and(|before| before.verdict.0 == answer.verdict && before.reason == answer.reason) {
            continue;
        }
        match check_panel_reply(application.stage, answer.verdict, &answer.reason) {
            Ok(()) => {}
            Err(refusal) => {
                let field = if refusal == PanelReplyRefusal::NoReason { "reason" } else { "verdict" };
                problems.push(Problem::at(format!("{field}.{}", answer.application), refusal.to_string()));
                continue;
            }
        }
        if application.submission.is_none_or(|submission| submission.id != answer.seen) {
            return Err(Stop::Conflict);
        }
        let step =
            Step { now: act.now(), account: act.officer()?.account, level: ActingLevel::County, seen: answer.seen };
        match application.clone().examine(step) {
            Ok(examined) if examined.hands != application.hands => {
                selection::save_application(act.db(), &examined).await?;
            }
            Ok(_) => {}
            Err(refusal) => {
                problems.push(Problem::at(format!("verdict.{}", answer.application), refusal.to_string()));
                continue;
            }
        }
        keep(&mut act, season.id.0, &unit, answer, before, &application.branch).await?;
        kept += 1;
    }
    if !problems.is_empty() {
        return Err(Stop::Refused(problems));
    }
    if kept == 0 {
        return Err(Stop::refused("没有新的意见需要保存；请先逐项选择“同意”“不同意”或“无意见”。"));
    }
    act.commit().await?;
    Ok(kept)
}

async fn keep(
    act: &mut Act<'_>,
    season: SeasonId,
    unit: &str,
    answer: &PanelAnswer,
    before: Option<&panel_reply::Model>,
    branch: &domain::place::PlaceCode,
) -> Result<(), Stop> {
    let row = panel_reply::Model {
        id: before.map_or_else(|| Text(act.new_id()), |before| before.id),
        season_id: Text(season),
        application_id: Text(answer.application),
        submission_id: Text(answer.seen),
        unit: unit.to_owned(),
        verdict: Text(answer.verdict),
        reason: answer.reason.clone(),
        office_id: Text(act.officer()?.office.id),
        replied_at: Int(act.now()),
        version: before.map_or(0, |before| before.version),
    };
    store::put_reply(act.db(), row, before.map(|before| before.version)).await?;
    let body = serde_json::json!({ "unit": unit, "verdict": answer.verdict, "submission": answer.seen });
    act.record(Deed::ReplyAsPanelUnit, &Subject::new("application", answer.application, branch), body).await
}
