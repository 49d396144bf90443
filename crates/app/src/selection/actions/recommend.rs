//! The street's recommendation: ranked, within the quota, submitted together (推荐上报).

use std::collections::BTreeSet;

use domain::{
    ids::{ApplicationId, RecommendationId, SeasonId, SubmissionId},
    permission::{Deed, OfficeKind},
    place::{Level, PlaceCode},
    selection::application::{ActingLevel, Recommendation},
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

/// Submits the street's recommendation of a season, all together and once (R-SEL-08, R-SEL-10).
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
    let snapshot = season::streets_of(act.db(), season_id).await?;
    let quota = snapshot.iter().find(|it| it.street.0 == *street).ok_or(Stop::Missing)?.seats;
    check(&act, &ranked, met_on, record)?;
    ranked.sort_by_key(|it| it.rank);
    let quota = u32::try_from(quota).unwrap_or(0);
    for it in &ranked {
        recommend_one(&mut act, season_id, street, it, quota).await?;
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

fn check(act: &Act<'_>, ranked: &[Ranked], met_on: Date, record: &str) -> Result<(), Stop> {
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
    let account = step.account;
    let recusals = street::recusals_of(act.db(), ranked.application).await?;
    if recusals.iter().any(|recusal| recusal.account_id.0 == account) {
        let name = queries::place_name(act.db(), &branch).await?;
        return Err(Stop::refused(format!("您已对{name}申请回避，推荐名单请由其他同志提交。")));
    }
    let place = Recommendation { rank: ranked.rank, quota };
    let moved = in_season.row.to_application().recommend(step, place, in_season.window()?).or_refuse()?;
    application::save(act.db(), &moved).await?;
    application::save_figure(act.db(), moved.id, row::Column::StreetRank, ranked.rank.into()).await?;
    let words = ranked.reason.trim().to_owned();
    let (step, details) = (OpinionStep::Recommendation, vec![format!("排名第 {}", ranked.rank)]);
    add_opinion(act, &moved, NewOpinion { step, is_favourable: true, words, details }).await?;
    let words = "本支部已被街道推荐参加县级“红旗小区”评选。";
    messages::tell(act, OfficeKind::BranchSecretary, &branch, words, &urls::application(moved.id)).await?;
    let body = serde_json::json!({ "rank": ranked.rank, "submission": ranked.seen });
    act.record(Deed::RecommendApplications, &Subject::new("application", moved.id, &branch), body).await
}
