//! The street's recommendation: ranked, within the quota, submitted together (推荐上报).

use std::collections::BTreeSet;

use domain::{
    clock::chinese_date,
    ids::{ApplicationId, RecommendationId, SeasonId, SubmissionId},
    permission::{Deed, OfficeKind},
    place::{Level, PlaceCode},
    selection::application::{ActingLevel, Recommendation, Stage},
};
use jiff::civil::Date;
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use super::opinion::{NewOpinion, add_opinion, signature, step};
use crate::{
    messages,
    selection::{
        content::OpinionStep,
        queries,
        store::{
            application::{self, row},
            season,
            street::{self, recommendation},
        },
        urls,
    },
};

/// One application in the street's ranking.
#[derive(Debug, Clone)]
pub struct Ranked {
    /// Which.
    pub application: ApplicationId,
    /// The version on the screen.
    pub seen: SubmissionId,
    /// 1 for the best.
    pub rank: u32,
    /// Why it is recommended.
    pub reason: String,
}

/// Submits the street's recommendation of a season, all together and once (R-SEL-08, R-SEL-10). Whoever was screened in
/// and left without a rank is told so.
///
/// # Errors
/// A refusal when nothing is ranked, ranks repeat or leave gaps, the quota or the deadline is passed, or it was
/// submitted before.
pub async fn recommend_applications(
    op: &Op,
    season_id: SeasonId,
    street: &PlaceCode,
    met_on: Date,
    record: &str,
    mut ranked: Vec<Ranked>,
) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let season = season::season(act.db(), season_id).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::RecommendApplications, street)?;
    if street::recommendations_of(act.db(), season_id).await?.iter().any(|it| it.street.0 == *street) {
        return Err(Stop::refused("本街道已经提交过推荐，不能重复提交。"));
    }
    let parameters = queries::parameters_of(act.db(), &season).await?;
    let snapshot = season::streets_of(act.db(), season_id).await?;
    let quota = snapshot.iter().find(|it| it.street.0 == *street).ok_or(Stop::Missing)?.seats;
    check(&act, &ranked, season.opened_at.0.date(), met_on, record)?;
    ranked.sort_by_key(|it| it.rank);
    let quota = u32::try_from(quota).unwrap_or(0);
    for it in &ranked {
        recommend_one(&mut act, season_id, street, it, quota).await?;
    }
    // Where the season allows substitution (R-SEL-16), the others wait in case a place is freed.
    if !parameters.substitution_before_decision {
        leave_out_others(&mut act, season_id, street, quota).await?;
    }
    let id: RecommendationId = act.new_id();
    let row = recommendation::Model {
        id: Text(id),
        season_id: Text(season_id),
        street: Text(street.clone()),
        met_on: Text(met_on),
        record: record.trim().to_owned(),
        submitted_at: Int(act.now()),
        signed: signature(&act)?,
    };
    street::insert_recommendation(act.db(), row).await?;
    let name = queries::place_name(act.db(), street).await?;
    let words = format!("{name}已上报推荐名单，共 {} 个小区党支部。", ranked.len());
    let link = urls::season(season_id);
    if let Some(county) = street.at(Level::County) {
        messages::tell(&act, OfficeKind::CountyOrgDept, &county, &words, &link).await?;
        messages::tell(&act, OfficeKind::PanelUnit, &county, &words, &link).await?;
    }
    let body =
        serde_json::json!({ "season": season_id, "year": season.year, "recommended": ranked.len(), "quota": quota });
    act.record(Deed::RecommendApplications, &Subject::new("recommendation", id, street), body).await?;
    act.commit().await
}

fn check(act: &Act<'_>, ranked: &[Ranked], opened_on: Date, met_on: Date, record: &str) -> Result<(), Stop> {
    if ranked.is_empty() {
        return Err(Stop::refused("请至少为一个支部填写推荐排名。"));
    }
    let ranks: BTreeSet<u32> = ranked.iter().map(|it| it.rank).collect();
    let wanted: BTreeSet<u32> = (1..=u32::try_from(ranked.len()).unwrap_or(u32::MAX)).collect();
    if ranks != wanted {
        return Err(Stop::refused_at("rank", "推荐排名应从 1 起依次填写，不能重复，也不能跳号。"));
    }
    if record.trim().is_empty() {
        return Err(Stop::refused_at("record", "请填写党工委会议研究情况。"));
    }
    if met_on > act.now().date() {
        return Err(Stop::refused_at("met_on", "会议日期不能晚于今天。"));
    }
    if met_on < opened_on {
        let opened_on = chinese_date(opened_on);
        return Err(Stop::refused_at("met_on", format!("本年度评选{opened_on}启动，会议日期不能早于这一天。")));
    }
    Ok(())
}

/// What was screened in and not ranked is not recommended: the meeting has been held, and nothing is left lying.
async fn leave_out_others(act: &mut Act<'_>, season: SeasonId, street: &PlaceCode, quota: u32) -> Result<(), Stop> {
    let words = format!("党工委会议研究，本街道推荐名额 {quota} 个，本次未列入推荐。");
    for row in application::applications_under(act.db(), season, street, &[Stage::Screened]).await? {
        let Some(seen) = row.submission_id else { continue };
        must_not_stand_back(act, row.id.0, &row.branch.0).await?;
        let step = step(act, ActingLevel::Street, seen.0)?;
        let moved = row.to_application().decline(step, &words).or_refuse()?;
        application::save(act.db(), &moved).await?;
        let step = OpinionStep::Recommendation;
        let opinion = NewOpinion { step, is_favourable: false, words: words.clone(), details: Vec::new() };
        add_opinion(act, &moved, opinion).await?;
        let news = "本支部的“红旗小区”申报未列入街道推荐名单，理由见申报页面。";
        messages::tell_branch(act, &moved.branch, news, &urls::application(moved.id)).await?;
        let body = serde_json::json!({ "to": moved.stage, "reason": &words });
        act.record(Deed::RecommendApplications, &Subject::new("application", moved.id, &moved.branch), body).await?;
    }
    Ok(())
}

/// Whoever declared a relation to one of the branches does not submit the street's list.
async fn must_not_stand_back(act: &Act<'_>, id: ApplicationId, branch: &PlaceCode) -> Result<(), Stop> {
    let account = act.officer()?.account;
    let recusals = street::recusals_of(act.db(), id).await?;
    if recusals.iter().any(|recusal| recusal.account_id.0 == account) {
        let name = queries::place_name(act.db(), branch).await?;
        return Err(Stop::refused(format!("您已对{name}申请回避，推荐名单请由其他同志提交。")));
    }
    Ok(())
}

async fn recommend_one(
    act: &mut Act<'_>,
    season: SeasonId,
    street: &PlaceCode,
    ranked: &Ranked,
    quota: u32,
) -> Result<(), Stop> {
    let in_season = queries::in_season(act.db(), ranked.application).await?;
    let branch = in_season.row.branch.0.clone();
    if in_season.row.season_id.0 != season || !branch.is_within(street) {
        return Err(Stop::Missing);
    }
    let step = step(act, ActingLevel::Street, ranked.seen)?;
    must_not_stand_back(act, ranked.application, &branch).await?;
    let place = Recommendation { rank: ranked.rank, quota };
    let moved = in_season.row.to_application().recommend(step, place, in_season.window()?).or_refuse()?;
    application::save(act.db(), &moved).await?;
    application::save_figure(act.db(), moved.id, row::Column::StreetRank, ranked.rank.into()).await?;
    let words = ranked.reason.trim().to_owned();
    let (step, details) = (OpinionStep::Recommendation, vec![format!("排名第 {}", ranked.rank)]);
    add_opinion(act, &moved, NewOpinion { step, is_favourable: true, words, details }).await?;
    let words = "本支部已被街道推荐参加县级“红旗小区”评选。";
    messages::tell_branch(act, &branch, words, &urls::application(moved.id)).await?;
    let body = serde_json::json!({ "rank": ranked.rank, "submission": ranked.seen });
    act.record(Deed::RecommendApplications, &Subject::new("application", moved.id, &branch), body).await
}
