//! A street recommends its next one for one that the panel rejected (递补, R-SEL-16), where the season allows it.

use std::collections::BTreeMap;

use domain::{
    clock::Instant,
    ids::{ApplicationId, SeasonId, SubmissionId},
    permission::{Deed, OfficeKind},
    place::{Level, PlaceCode},
    selection::{
        application::{ActingLevel, Stage, Step, Substitution},
        parameters::Parameters,
        score::RankKey,
    },
};
use platform::{
    act::{Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};
use sea_orm::ConnectionTrait;

use crate::{
    messages,
    review::{
        store::{self, substitution},
        urls,
    },
    selection::{self, Application, NewOpinion, Season, content::OpinionStep},
};

/// What a street has to fill, and with whom.
#[derive(Debug, Clone)]
pub struct Vacancies {
    /// Rejected by the panel, and not replaced yet; by rank.
    pub freed: Vec<Application>,
    /// Screened in and not recommended, the best first.
    pub waiting: Vec<Application>,
    /// The last rank that the street has given.
    pub last_rank: i32,
    /// Whether the standing committee has decided.
    pub is_decided: bool,
}

/// The vacancies of `street` in a season.
///
/// # Errors
/// When the database cannot be read.
pub async fn vacancies(
    db: &impl ConnectionTrait,
    season: &Season,
    parameters: &Parameters,
    street: &PlaceCode,
) -> Result<Vacancies, Stop> {
    let rows = selection::applications_under(db, season.id.0, street, &[]).await?;
    let filled = store::substitutions(db, season.id.0).await?;
    let last_rank = rows.iter().map(|row| row.street_rank).max().unwrap_or(0);
    let is_freed = |row: &&Application| {
        row.stage.0 == Stage::PanelRejected && !filled.iter().any(|filled| filled.replaced_id == row.id)
    };
    let mut freed: Vec<Application> = rows.iter().filter(is_freed).cloned().collect();
    freed.sort_by_key(|row| row.street_rank);
    let waiting =
        ranked(db, parameters, rows.into_iter().filter(|row| row.stage.0 == Stage::Screened).collect()).await?;
    let is_decided = store::decision(db, season.id.0).await?.is_some();
    Ok(Vacancies { freed, waiting, last_rank, is_decided })
}

/// By average score and the tie rule (`domain.md` §6); a street has few left over, so each is read by itself.
async fn ranked(
    db: &impl ConnectionTrait,
    parameters: &Parameters,
    rows: Vec<Application>,
) -> Result<Vec<Application>, Stop> {
    let ids: Vec<SubmissionId> = rows.iter().filter_map(|row| row.submission_id.map(|id| id.0)).collect();
    let submissions = selection::submissions_by_id(db, ids).await?;
    let submitted: BTreeMap<SubmissionId, Instant> =
        submissions.into_iter().map(|submission| (submission.id.0, submission.submitted_at.0)).collect();
    let mut keyed = Vec::new();
    for row in rows {
        let Some(seen) = row.submission_id.map(|id| id.0) else { continue };
        let visit = selection::site_visit(db, parameters, row.id.0, seen).await?;
        let (Some(summary), Some(at)) = (visit.summary, submitted.get(&seen)) else { continue };
        keyed.push((RankKey::new(parameters, &summary, *at), row));
    }
    keyed.sort_by(|(one, first), (two, second)| (one, &first.branch).cmp(&(two, &second.branch)));
    Ok(keyed.into_iter().map(|(_, row)| row).collect())
}

/// Recommends the street's next application in the place of the first that the panel rejected.
///
/// # Errors
/// Refusals where the season does not allow it, no place is freed, it is not the next, or it is too late.
pub async fn substitute_application(
    op: &Op,
    id: ApplicationId,
    seen: SubmissionId,
    reason: &str,
) -> Result<SeasonId, Stop> {
    let mut act = op.act().await?;
    let found = selection::in_season(act.db(), id).await?;
    let street = found.row.branch.0.at(Level::Street).ok_or_else(|| Stop::fault("a branch lies in no street"))?;
    act.permit(Deed::RecommendApplications, &street)?;
    if reason.trim().is_empty() {
        return Err(Stop::refused_at("reason", "请填写递补推荐的理由。"));
    }
    let vacancies = vacancies(act.db(), &found.season, &found.parameters, &street).await?;
    let substitution = Substitution {
        is_allowed: found.parameters.substitution_before_decision,
        is_decided: vacancies.is_decided,
        freed: u32::try_from(vacancies.freed.len()).unwrap_or(u32::MAX),
        is_next: vacancies.waiting.first().is_some_and(|next| next.id.0 == id),
    };
    let deadline = found.parameters.preliminary_deadline();
    let deadline =
        deadline.ok_or_else(|| Stop::fault("a season in use has no deadline for the preliminary opinion"))?;
    let step = Step { now: act.now(), account: act.officer()?.account, level: ActingLevel::Street, seen };
    let moved = found.row.to_application().substitute(step, substitution, deadline).or_refuse()?;
    let replaced = vacancies.freed.first().map(|freed| freed.id).ok_or(Stop::Conflict)?;
    selection::save_application(act.db(), &moved).await?;
    selection::save_rank(act.db(), id, vacancies.last_rank.saturating_add(1)).await?;
    let row = substitution::Model {
        application_id: Text(id),
        replaced_id: replaced,
        season_id: found.season.id,
        office_id: Text(act.officer()?.office.id),
        substituted_at: Int(act.now()),
    };
    store::insert_substitution(act.db(), row).await?;
    let opinion = NewOpinion {
        step: OpinionStep::Recommendation,
        is_favourable: true,
        words: reason.trim().to_owned(),
        details: vec!["递补推荐".to_owned()],
    };
    selection::add_opinion(&act, &moved, opinion).await?;
    if let Some(county) = street.at(Level::County) {
        let words = "有一份申报由街道递补推荐，请评选组审查";
        messages::tell(&act, OfficeKind::CountyOrgDept, &county, words, &urls::application(id)).await?;
        messages::tell(&act, OfficeKind::PanelUnit, &county, words, &urls::panel(found.season.id.0)).await?;
    }
    let body = serde_json::json!({ "replaces": replaced.0, "submission": seen, "stage": moved.stage });
    act.record(Deed::RecommendApplications, &Subject::new("application", id, &moved.branch), body).await?;
    act.commit().await?;
    Ok(found.season.id.0)
}
