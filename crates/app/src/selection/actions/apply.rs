//! The branch's deeds: draft, submit, withdraw, take up again (申报).

use domain::{
    ids::{ApplicationId, SeasonId, SubmissionId},
    permission::{Deed, OfficeKind},
    place::{Level, PlaceCode},
    selection::{
        application::{Application, Desk, Stage},
        score,
    },
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Document, Int, Text},
    error::{OrRefuse as _, Stop},
};

use super::opinion::{NewOpinion, add_opinion, hand_of};
use crate::{
    messages, places,
    selection::{
        content::{Content, ContentRefusal, OpinionStep},
        facts,
        queries::{self, InSeason},
        store::{
            application::{self, row, submission},
            season,
        },
        urls,
    },
};

/// Starts the branch's application in a season, or answers with the one it has (R-SEL-03).
///
/// # Errors
/// A refusal when the branch is not in the season's snapshot, or when the deadline has passed.
pub async fn start_application(op: &Op, id: SeasonId, branch: &PlaceCode) -> Result<ApplicationId, Stop> {
    let mut act = op.act().await?;
    let (season, parameters) = queries::season_with_parameters(act.db(), id).await?;
    act.permit(Deed::DraftApplication, branch)?;
    // A branch that is being moved is moved first, and has no application here any more.
    places::lock(act.db(), branch).await?;
    if let Some(found) = application::application_of(act.db(), id, branch).await? {
        return Ok(found.id.0);
    }
    if !season::is_in_snapshot(act.db(), id, branch).await? {
        return Err(Stop::refused(format!("{}年度评选启动时，本支部不在名册中，不能申报。", season.year)));
    }
    queries::window_at(act.db(), id, &parameters, branch).await?.must_not_be_over(act.now()).or_refuse()?;
    let new = Application::draft(act.new_id(), id, branch.clone(), act.now());
    let row = row::Model {
        id: Text(new.id),
        season_id: Text(id),
        branch: Text(branch.clone()),
        stage: Text(new.stage),
        stage_since: Int(new.stage_since),
        submission_id: None,
        submission_number: 0,
        hands: Document(Vec::new()),
        draft: Document(Content::default()),
        draft_version: 0,
        self_total: 0,
        street_average: 0,
        street_rank: 0,
        version: new.version,
    };
    application::insert(act.db(), row).await?;
    let body = serde_json::json!({ "season": id });
    act.record(Deed::DraftApplication, &Subject::new("application", new.id, branch), body).await?;
    act.commit().await?;
    Ok(new.id)
}

/// What somebody typed, and the version of the draft they typed it over.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What was typed.
    pub content: Content,
    /// The draft's version on the screen.
    pub read: i32,
}

/// Keeps a draft as it is, complete or not; answers with its version.
///
/// # Errors
/// Scores outside their range at their field; [`Stop::Conflict`] when it is no draft any more, or somebody else has saved it since it was read.
pub async fn save_draft(op: &Op, id: ApplicationId, draft: Draft) -> Result<i32, Stop> {
    let mut act = op.act().await?;
    let InSeason { row, parameters, .. } = queries::in_season(act.db(), id).await?;
    act.permit(Deed::DraftApplication, &row.branch.0)?;
    let impossible = draft.content.impossible(&parameters);
    if !impossible.is_empty() {
        return Err(Stop::Refused(impossible.iter().map(ContentRefusal::problem).collect()));
    }
    if row.stage.0 == Stage::Draft && row.draft.0 == draft.content {
        return Ok(row.draft_version);
    }
    application::save_draft(act.db(), id, &draft.content, draft.read).await?;
    let subject = Subject::new("application", id, &row.branch.0);
    act.record(Deed::DraftApplication, &subject, serde_json::json!({})).await?;
    act.commit().await?;
    Ok(draft.read + 1)
}

/// Submits the draft as a version that later opinions bind to (R-SEL-04).
///
/// # Errors
/// Everything the draft lacks at its field; a refusal outside the window (R-SEL-09); [`Stop::Conflict`] when somebody else
/// has saved the draft since it was read.
pub async fn submit_application(op: &Op, id: ApplicationId, draft: Draft) -> Result<(), Stop> {
    let Draft { content: draft, read } = draft;
    let mut act = op.act().await?;
    let in_season = queries::in_season(act.db(), id).await?;
    let branch = in_season.row.branch.0.clone();
    act.permit(Deed::SubmitApplication, &branch)?;
    let problems = draft.problems(&in_season.parameters);
    if !problems.is_empty() {
        return Err(Stop::Refused(problems.iter().map(ContentRefusal::problem).collect()));
    }
    let window = in_season.window()?;
    let submission: SubmissionId = act.new_id();
    let account = act.officer()?.account;
    let moved = in_season.row.to_application().submit(submission, account, act.now(), window).or_refuse()?;
    let total = i32::try_from(score::total(&draft.scores)).unwrap_or(i32::MAX);
    let content = Content { facts: facts::of(&act, &branch).await?, ..draft.clone() };
    if in_season.row.draft.0 != draft {
        application::save_draft(act.db(), id, &draft, read).await?;
    }
    keep_version(&act, &moved, submission, content, total).await?;
    application::save(act.db(), &moved).await?;
    application::save_figure(act.db(), id, row::Column::SelfTotal, total.into()).await?;
    tell_community(&act, &branch, id).await?;
    let number = moved.submission.map_or(0, |submission| submission.number);
    let body = serde_json::json!({ "submission": submission, "number": number, "self_total": total });
    act.record(Deed::SubmitApplication, &Subject::new("application", id, &branch), body).await?;
    act.commit().await
}

async fn keep_version(
    act: &Act<'_>,
    moved: &Application,
    id: SubmissionId,
    content: Content,
    total: i32,
) -> Result<(), Stop> {
    let version = submission::Model {
        id: Text(id),
        application_id: Text(moved.id),
        number: moved.submission.map_or(0, |submission| submission.number),
        content: Document(content),
        self_total: total,
        submitted_at: Int(act.now()),
        office_id: act.office_id().map(Text),
    };
    application::insert_submission(act.db(), version).await
}

async fn tell_community(act: &Act<'_>, branch: &PlaceCode, id: ApplicationId) -> Result<(), Stop> {
    let Some(community) = branch.at(Level::Community) else { return Ok(()) };
    let name = queries::place_name(act.db(), branch).await?;
    let words = format!("{name}提交了“红旗小区”申报，请核查。");
    messages::tell(act, OfficeKind::CommunityOfficer, &community, &words, &urls::application(id)).await
}

/// Withdraws the application, which is possible until the standing committee has decided.
///
/// # Errors
/// A refusal without a reason, or after the decision.
pub async fn withdraw_application(op: &Op, id: ApplicationId, reason: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let InSeason { row, .. } = queries::in_season(act.db(), id).await?;
    act.permit(Deed::WithdrawApplication, &row.branch.0)?;
    let moved = row.to_application().withdraw(hand_of(&act)?, reason).or_refuse()?;
    application::save(act.db(), &moved).await?;
    if moved.submission.is_some() {
        let (step, words) = (OpinionStep::Withdrawal, reason.trim().to_owned());
        add_opinion(&act, &moved, NewOpinion { step, is_favourable: false, words, details: Vec::new() }).await?;
    }
    tell_desk(&act, &row).await?;
    let body = serde_json::json!({ "from": row.stage.0, "reason": reason.trim() });
    act.record(Deed::WithdrawApplication, &Subject::new("application", id, &row.branch.0), body).await?;
    act.commit().await
}

/// Tells the desk the application lay at that there is nothing left to do.
async fn tell_desk(act: &Act<'_>, row: &row::Model) -> Result<(), Stop> {
    let branch = &row.branch.0;
    let (kind, level) = match row.stage.0.desk() {
        Desk::Community => (OfficeKind::CommunityOfficer, Level::Community),
        Desk::Street => (OfficeKind::StreetOfficer, Level::Street),
        Desk::Panel | Desk::StandingCommittee | Desk::OrgDept => (OfficeKind::CountyOrgDept, Level::County),
        Desk::Branch | Desk::Nobody => return Ok(()),
    };
    let Some(place) = branch.at(level) else { return Ok(()) };
    let words = format!("{}撤回了“红旗小区”申报。", queries::place_name(act.db(), branch).await?);
    messages::tell(act, kind, &place, &words, &urls::application(row.id.0)).await
}

/// Takes a withdrawn application up again as a draft, while the branch may still submit.
///
/// # Errors
/// A refusal outside the window.
pub async fn resume_application(op: &Op, id: ApplicationId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let in_season = queries::in_season(act.db(), id).await?;
    let branch = in_season.row.branch.0.clone();
    act.permit(Deed::DraftApplication, &branch)?;
    let moved = in_season.row.to_application().resume(hand_of(&act)?, in_season.window()?).or_refuse()?;
    application::save(act.db(), &moved).await?;
    let body = serde_json::json!({ "resumed": true });
    act.record(Deed::DraftApplication, &Subject::new("application", id, &branch), body).await?;
    act.commit().await
}
