//! The street's deeds on one application: assess, stand back, screen, return, decline (街道审核).

use domain::{
    ids::{ApplicationId, AssessmentId, SubmissionId},
    permission::{Deed, OfficeKind},
    place::Level,
    selection::{
        application::{ActingLevel, Application},
        score::{self, Scores},
    },
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Document, Int, Text},
    error::{OrRefuse as _, Problem, Stop},
};

use super::opinion::{NewOpinion, add_opinion, step};
use crate::{
    messages,
    selection::{
        content::OpinionStep,
        queries::{self, InSeason},
        store::{
            application::{self, row},
            street::{self, assessment, recusal},
        },
        urls,
    },
};

/// One assessor's sheet.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The version on the screen.
    pub seen: SubmissionId,
    /// Points by item, in hundredths.
    pub scores: Scores,
    /// What was seen; photos are never asked for.
    pub notes: String,
}

/// Keeps one assessor's sheet; the same assessor may correct it until the screening.
///
/// # Errors
/// Every score out of range at its field; a refusal for whoever stands back.
pub async fn assess_application(op: &Op, id: ApplicationId, sheet: Assessment) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let in_season = queries::in_season(act.db(), id).await?;
    let branch = in_season.row.branch.0.clone();
    act.permit(Deed::AssessApplication, &branch)?;
    must_not_stand_back(&act, id).await?;
    let problems = score::problems(&in_season.parameters, &sheet.scores);
    if !problems.is_empty() {
        let at_field = problems.iter().map(|it| Problem::at(format!("score.{}", it.code()), format!("{it}。")));
        return Err(Stop::Refused(at_field.collect()));
    }
    let step = step(&act, ActingLevel::Street, sheet.seen)?;
    let moved = in_season.row.to_application().assess(step, in_season.window()?).or_refuse()?;
    let total = score::total(&sheet.scores);
    let row = assessment::Model {
        id: Text(act.new_id::<AssessmentId>()),
        application_id: Text(id),
        submission_id: Text(sheet.seen),
        account_id: Text(step.account),
        signed: act.signature(),
        scores: Document(sheet.scores),
        total: i32::try_from(total).unwrap_or(i32::MAX),
        notes: sheet.notes,
        given_at: Int(act.now()),
    };
    street::put_assessment(act.db(), row).await?;
    application::save(act.db(), &moved).await?;
    keep_average(&act, &in_season, sheet.seen).await?;
    let body = serde_json::json!({ "submission": sheet.seen, "total": total });
    act.record(Deed::AssessApplication, &Subject::new("application", id, &branch), body).await?;
    act.commit().await
}

async fn keep_average(act: &Act<'_>, in_season: &InSeason, seen: SubmissionId) -> Result<(), Stop> {
    let visit = queries::site_visit(act.db(), &in_season.parameters, in_season.row.id.0, seen).await?;
    let average = visit.summary.map_or(0, |summary| summary.average);
    application::save_figure(act.db(), in_season.row.id.0, row::Column::StreetAverage, average).await
}

async fn must_not_stand_back(act: &Act<'_>, id: ApplicationId) -> Result<(), Stop> {
    let account = act.officer()?.account;
    let stands_back = street::recusals_of(act.db(), id).await?.iter().any(|recusal| recusal.account_id.0 == account);
    if stands_back {
        return Err(Stop::refused("您已对这份申报申请回避，不能再参与评估和推荐，请由其他同志办理。"));
    }
    Ok(())
}

/// Declares a relation to the branch: whoever declared it takes no further part, and what they have assessed before does not
/// count any more (回避). When the rest is too few for a screening that has been made, it is to be made again.
///
/// # Errors
/// A refusal at `relation` when it is empty; a refusal when this person stands back already.
pub async fn declare_relation(op: &Op, id: ApplicationId, relation: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let in_season = queries::in_season(act.db(), id).await?;
    let row = &in_season.row;
    act.permit(Deed::DeclareRelation, &row.branch.0)?;
    if relation.trim().is_empty() {
        return Err(Stop::refused_at("relation", "请写明与该小区支部的关系，例如亲属、居住、任职。"));
    }
    must_not_stand_back(&act, id).await?;
    let account = act.officer()?.account;
    let recusal = recusal::Model {
        application_id: Text(id),
        account_id: Text(account),
        signed: act.signature(),
        relation: relation.trim().to_owned(),
        declared_at: Int(act.now()),
    };
    street::insert_recusal(act.db(), recusal).await?;
    if let Some(Text(seen)) = row.submission_id {
        keep_average(&act, &in_season, seen).await?;
        screen_again(&act, &in_season, seen).await?;
        if row.street_rank > 0 {
            tell_county(&act, row).await?;
        }
    }
    let subject = Subject::new("application", id, &row.branch.0);
    act.record(Deed::DeclareRelation, &subject, serde_json::json!({ "account": account })).await?;
    act.commit().await
}

/// The street has recommended by an average that is another now; the county learns of it and weighs it.
async fn tell_county(act: &Act<'_>, row: &row::Model) -> Result<(), Stop> {
    let Some(county) = row.branch.0.at(Level::County) else { return Ok(()) };
    let name = queries::place_name(act.db(), &row.branch.0).await?;
    let now = application::application(act.db(), row.id.0).await?.ok_or(Stop::Missing)?.street_average;
    let (before, now) = (score::points(row.street_average.into()), score::points(now.into()));
    let words = format!("{name}推荐上报以后，有评估人员申请回避，街道评分由 {before} 分变为 {now} 分，请评选组核实。");
    messages::tell(act, OfficeKind::CountyOrgDept, &county, &words, &urls::application(row.id.0)).await
}

/// Takes a screening back that rests on too few sheets now, and tells the street.
async fn screen_again(act: &Act<'_>, in_season: &InSeason, seen: SubmissionId) -> Result<(), Stop> {
    let InSeason { row, parameters, .. } = in_season;
    let visit = queries::site_visit(act.db(), parameters, row.id.0, seen).await?;
    let have = u32::try_from(visit.sheets.len()).unwrap_or(u32::MAX);
    let moved = row.to_application().lose_assessor(act.now(), have, parameters.assessors);
    if moved.stage == row.stage.0 {
        return Ok(());
    }
    application::save(act.db(), &moved).await?;
    let Some(street) = row.branch.0.at(Level::Street) else { return Ok(()) };
    let name = queries::place_name(act.db(), &row.branch.0).await?;
    let words =
        format!("有评估人员对{name}申请回避，有效的实地评估不足 {} 人，请补充评估后重新初选。", parameters.assessors);
    messages::tell(act, OfficeKind::StreetOfficer, &street, &words, &urls::application(row.id.0)).await
}

/// Screens the application in, once enough assessors have been there (初选筛查).
///
/// # Errors
/// A refusal with too few assessments.
pub async fn screen_application(op: &Op, id: ApplicationId, seen: SubmissionId, words: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let in_season = queries::in_season(act.db(), id).await?;
    let InSeason { row, parameters, .. } = &in_season;
    act.permit(Deed::ScreenApplication, &row.branch.0)?;
    must_not_stand_back(&act, id).await?;
    let step = step(&act, ActingLevel::Street, seen)?;
    let visit = queries::site_visit(act.db(), parameters, id, seen).await?;
    let have = u32::try_from(visit.sheets.len()).unwrap_or(u32::MAX);
    let moved = row.to_application().screen_in(step, have, parameters.assessors, in_season.window()?).or_refuse()?;
    finish(&mut act, &moved, Deed::ScreenApplication, OpinionStep::Screening, true, words).await?;
    let news = "本支部的“红旗小区”申报已通过街道初选，等待推荐上报。";
    messages::tell_branch(&act, &row.branch.0, news, &urls::application(id)).await?;
    act.commit().await
}

/// Returns the application to the branch with a reason.
///
/// # Errors
/// A refusal at `reason`.
pub async fn return_from_street(op: &Op, id: ApplicationId, seen: SubmissionId, reason: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let in_season = queries::in_season(act.db(), id).await?;
    let row = &in_season.row;
    act.permit(Deed::ScreenApplication, &row.branch.0)?;
    must_not_stand_back(&act, id).await?;
    let step = step(&act, ActingLevel::Street, seen)?;
    let moved = row.to_application().return_to_branch(step, reason, in_season.window()?).or_refuse()?;
    finish(&mut act, &moved, Deed::ScreenApplication, OpinionStep::Screening, false, reason).await?;
    let words = "本支部的“红旗小区”申报被街道退回，请按意见修改后重新提交。";
    messages::tell_branch(&act, &row.branch.0, words, &urls::application(id)).await?;
    act.commit().await
}

/// Does not recommend the application, with a reason.
///
/// # Errors
/// A refusal at `reason`.
pub async fn decline_application(op: &Op, id: ApplicationId, seen: SubmissionId, reason: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let InSeason { row, .. } = queries::in_season(act.db(), id).await?;
    act.permit(Deed::ScreenApplication, &row.branch.0)?;
    must_not_stand_back(&act, id).await?;
    let step = step(&act, ActingLevel::Street, seen)?;
    let moved = row.to_application().decline(step, reason).or_refuse()?;
    finish(&mut act, &moved, Deed::ScreenApplication, OpinionStep::Screening, false, reason).await?;
    let words = "本支部的“红旗小区”申报未获街道推荐，理由见申报页面。";
    messages::tell_branch(&act, &row.branch.0, words, &urls::application(id)).await?;
    act.commit().await
}

async fn finish(
    act: &mut Act<'_>,
    moved: &Application,
    deed: Deed,
    step: OpinionStep,
    is_favourable: bool,
    words: &str,
) -> Result<(), Stop> {
    application::save(act.db(), moved).await?;
    let words = words.trim().to_owned();
    let reason = if is_favourable { String::new() } else { words.clone() };
    add_opinion(act, moved, NewOpinion { step, is_favourable, words, details: Vec::new() }).await?;
    let body = serde_json::json!({ "to": moved.stage, "reason": reason });
    act.record(deed, &Subject::new("application", moved.id, &moved.branch), body).await
}
