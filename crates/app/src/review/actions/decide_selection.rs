//! The standing committee decides (审定): every application of the season in one deed.

use domain::{
    ids::{ApplicationId, DecisionId, SeasonId, SubmissionId},
    permission::{Deed, OfficeKind},
    selection::application::{ActingLevel, Application, Approvals, Stage, Step},
};
use jiff::civil::Date;
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Problem, Stop},
};

use super::consultation::closed;
use crate::{
    messages,
    review::{
        queries::applications_of,
        store::{self, decision},
        urls,
    },
    selection::{self, NewOpinion, content::OpinionStep},
};

/// The committee's word on one application.
#[derive(Debug, Clone)]
pub struct Resolution {
    /// Which.
    pub application: ApplicationId,
    /// The version on the screen (R-SEL-04).
    pub seen: SubmissionId,
    /// Whether it is approved.
    pub is_approved: bool,
    /// Why not; needed when it is not approved.
    pub reason: String,
}

/// The meeting and what it resolved.
#[derive(Debug, Clone)]
pub struct Meeting {
    /// The day of the meeting.
    pub meeting_on: Date,
    /// Number of the minutes (会议纪要文号).
    pub minutes_number: String,
    /// One for every application that the panel passed.
    pub resolutions: Vec<Resolution>,
}

/// Records the standing committee's decision: all applications in one deed, never more than the county's places
/// (R-SEL-14), and not before every consultation is closed (R-SEL-13).
///
/// # Errors
/// Refusals at the fields, and in words when opinions are still out or there are too many; [`Stop::Conflict`] when an
/// application was changed, withdrawn or decided since the page was read.
pub async fn decide_selection(op: &Op, season: SeasonId, meeting: Meeting) -> Result<DecisionId, Stop> {
    let mut act = op.act().await?;
    let season = selection::season(act.db(), season).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::DecideSelection, &season.county.0)?;
    let consultations = store::consultations(act.db(), season.id.0).await?;
    closed(&consultations).or_refuse()?;
    check_meeting(&act, &meeting, consultations.first().map(|row| row.sent_at.0.date()))?;
    let applications = applications_of(act.db(), &season).await?;
    let before: Vec<Application> =
        applications.into_iter().filter(|application| application.stage == Stage::PanelPassed).collect();
    let is_same = before.len() == meeting.resolutions.len()
        && meeting.resolutions.iter().all(|word| before.iter().any(|application| application.id == word.application));
    if !is_same || store::decision(act.db(), season.id.0).await?.is_some() {
        return Err(Stop::Conflict);
    }
    let seats = selection::parameters_of(act.db(), &season).await?.seats;
    let approved = meeting.resolutions.iter().filter(|word| word.is_approved).count();
    let approvals = Approvals { approved: u32::try_from(approved).unwrap_or(u32::MAX), seats };
    let id: DecisionId = act.new_id();
    let minutes = format!("会议纪要：{}", meeting.minutes_number.trim());
    for application in before {
        let word = meeting.resolutions.iter().find(|word| word.application == application.id);
        resolve(&mut act, id, application, word.ok_or(Stop::Conflict)?, approvals, &minutes).await?;
    }
    let row = decision::Model {
        id: Text(id),
        season_id: Text(season.id.0),
        place: Text(season.county.0.clone()),
        meeting_on: Text(meeting.meeting_on),
        minutes_number: meeting.minutes_number,
        approved: i32::try_from(approved).unwrap_or(i32::MAX),
        office_id: Text(act.officer()?.office.id),
        decided_at: Int(act.now()),
    };
    store::insert_decision(act.db(), row).await?;
    let words = format!("县委常委会已审定，{approved} 个小区通过，请拟制公示");
    messages::tell(&act, OfficeKind::CountyOrgDept, &season.county.0, &words, &urls::decision(season.id.0)).await?;
    let body = serde_json::json!({ "season": season.id.0, "meeting_on": meeting.meeting_on, "approved": approved });
    act.record(Deed::DecideSelection, &Subject::new("decision", id, &season.county.0), body).await?;
    act.commit().await?;
    Ok(id)
}

fn check_meeting(act: &Act<'_>, meeting: &Meeting, sent_on: Option<Date>) -> Result<(), Stop> {
    let mut problems = Vec::new();
    if meeting.minutes_number.trim().is_empty() {
        problems.push(Problem::at("minutes_number", "请填写会议纪要文号。"));
    }
    if meeting.meeting_on > act.now().date() {
        problems.push(Problem::at("meeting_on", "会议日期不能晚于今天，请在会议召开以后登记。"));
    }
    if sent_on.is_some_and(|sent_on| meeting.meeting_on < sent_on) {
        problems.push(Problem::at("meeting_on", "会议日期不能早于征求意见发出的日期，请核对。"));
    }
    for word in &meeting.resolutions {
        if !word.is_approved && word.reason.trim().is_empty() {
            problems.push(Problem::at(format!("reason.{}", word.application), "未通过的要写明理由。"));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Stop::Refused(problems)) }
}

async fn resolve(
    act: &mut Act<'_>,
    decision_id: DecisionId,
    application: Application,
    word: &Resolution,
    approvals: Approvals,
    minutes: &str,
) -> Result<(), Stop> {
    let step = Step { now: act.now(), account: act.officer()?.account, level: ActingLevel::County, seen: word.seen };
    let resolved = if word.is_approved { Ok(()) } else { Err(word.reason.as_str()) };
    let moved = application.decide(step, approvals, resolved).or_refuse()?;
    selection::save_application(act.db(), &moved).await?;
    let opinion = NewOpinion {
        step: OpinionStep::Decision,
        is_favourable: word.is_approved,
        words: word.reason.clone(),
        details: vec![minutes.to_owned()],
    };
    selection::add_opinion(act, &moved, opinion).await?;
    let words = if word.is_approved {
        "县委常委会已审定，本支部的“红旗小区”申报通过，等待公示。".to_owned()
    } else {
        format!("县委常委会审定未通过。理由：{}", word.reason)
    };
    messages::tell_branch(act, &moved.branch, &words, &selection::urls::application(moved.id)).await?;
    let body = serde_json::json!({ "decision": decision_id, "is_approved": word.is_approved, "stage": moved.stage });
    act.record(Deed::DecideSelection, &Subject::new("application", moved.id, &moved.branch), body).await
}
