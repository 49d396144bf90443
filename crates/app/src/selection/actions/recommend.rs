//! The street's recommendation: ranked, within the quota, submitted together (推荐上报).

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    clock::chinese_date,
    ids::{AccountId, ApplicationId, RecommendationId, SeasonId, SubmissionId},
    permission::{Deed, OfficeKind},
    place::{Level, PlaceCode},
    selection::application::{ActingLevel, Recommendation, Stage, StepRefusal},
};
use jiff::civil::Date;
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};
use sea_orm::ConnectionTrait;

use super::{
    miss::{BEHIND, leave_behind, tell_unsubmitted},
    opinion::{NewOpinion, add_opinion, step},
};
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

/// A street's list as its committee has decided it.
#[derive(Debug, Clone)]
pub struct NewList {
    /// The day of the meeting.
    pub met_on: Date,
    /// What the meeting said.
    pub record: String,
    /// Who is recommended; empty when nobody was screened in.
    pub ranked: Vec<Ranked>,
    /// Why others are not, where the meeting said so.
    pub reasons: BTreeMap<ApplicationId, String>,
    /// Everything that the list decides on or ends, as it was shown and confirmed; `None` where nobody has been shown it.
    pub known: Option<String>,
}

impl NewList {
    /// Whether the list may be reported, by a street of `quota` seats where `screened` applications were screened in.
    ///
    /// # Errors
    /// Refusals at their fields when nothing is ranked though there is something to rank, ranks repeat or leave gaps, the quota is
    /// passed, or the meeting was in the future or before the season.
    pub fn check(&self, screened: usize, quota: u32, opened_on: Date, today: Date) -> Result<(), Stop> {
        if self.ranked.is_empty() && screened > 0 {
            let words = "请至少为一个支部填写推荐排名；都不推荐的，先逐份登记“不予推荐”，再上报没有推荐。";
            return Err(Stop::refused_at("rank", words));
        }
        let ranks: BTreeSet<u32> = self.ranked.iter().map(|it| it.rank).collect();
        let wanted: BTreeSet<u32> = (1..=u32::try_from(self.ranked.len()).unwrap_or(u32::MAX)).collect();
        if ranks != wanted {
            return Err(Stop::refused_at("rank", "推荐排名应从 1 起依次填写，不能重复，也不能跳号。"));
        }
        if let Some(rank) = ranks.last().copied().filter(|rank| *rank > quota) {
            return Err(StepRefusal::OverQuota { rank, quota }).or_refuse();
        }
        if self.record.trim().is_empty() {
            return Err(Stop::refused_at("record", "请填写党工委会议研究情况。"));
        }
        if self.met_on > today {
            return Err(Stop::refused_at("met_on", "会议日期不能晚于今天。"));
        }
        if self.met_on < opened_on {
            let opened_on = chinese_date(opened_on);
            return Err(Stop::refused_at("met_on", format!("本年度评选{opened_on}启动，会议日期不能早于这一天。")));
        }
        Ok(())
    }
}

/// Submits the street's recommendation of a season, all together and once (R-SEL-08, R-SEL-10). Whoever was screened in
/// and left without a rank is told so, and so is whoever had not come so far; a street where nobody has says that it recommends
/// nobody.
///
/// # Errors
/// As [`NewList::check`]; a refusal when the deadline is passed or it was submitted before.
pub async fn recommend_applications(
    op: &Op,
    season_id: SeasonId,
    street: &PlaceCode,
    mut list: NewList,
) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let season = season::season(act.db(), season_id).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::RecommendApplications, street)?;
    if street::recommendation_of(act.db(), season_id, street).await?.is_some() {
        return Err(Stop::refused("本街道已经提交过推荐，不能重复提交。"));
    }
    let parameters = queries::parameters_of(act.db(), &season).await?;
    let quota = queries::seats_of(act.db(), season_id, street).await?;
    queries::window(&parameters)?.check(act.now()).or_refuse()?;
    must_not_stand_back_from_any(act.db(), season_id, street, act.officer()?.account).await?;
    let screened = application::applications_under(act.db(), season_id, street, &[Stage::Screened]).await?;
    let is_known = |now: &str| list.known.as_deref().is_none_or(|known| known == now);
    if !is_known(&known(act.db(), season_id, street).await?) {
        return Err(Stop::refused("核对以后，有申报又有了变化，请按下面最新的情况重新核对、上报。"));
    }
    list.check(screened.len(), quota, season.opened_at.0.date(), act.now().date())?;
    list.ranked.sort_by_key(|it| it.rank);
    for it in &list.ranked {
        recommend_one(&mut act, season_id, street, it, quota).await?;
    }
    // Where the season allows substitution (R-SEL-16), the others wait in case a place is freed.
    if parameters.substitution_before_decision {
        let waiting = application::applications_under(act.db(), season_id, street, &[Stage::Screened]).await?;
        keep_reasons(&act, &waiting, &list.reasons).await?;
    } else {
        leave_out_others(&mut act, season_id, street, (quota, &list.reasons)).await?;
    }
    leave_behind(&mut act, season_id, street, (BEHIND, false)).await?;
    tell_unsubmitted(&act, season_id, street).await?;
    let id: RecommendationId = act.new_id();
    let row = recommendation::Model {
        id: Text(id),
        season_id: Text(season_id),
        street: Text(street.clone()),
        met_on: Text(list.met_on),
        record: list.record.trim().to_owned(),
        submitted_at: Int(act.now()),
        signed: act.signature(),
    };
    street::insert_recommendation(act.db(), row).await?;
    let name = queries::place_name(act.db(), street).await?;
    let words = match list.ranked.len() {
        0 => format!("{name}已上报：本年度没有推荐的小区党支部。"),
        count => format!("{name}已上报推荐名单，共 {count} 个小区党支部。"),
    };
    let link = urls::season(season_id);
    if let Some(county) = street.at(Level::County) {
        messages::tell(&act, OfficeKind::CountyOrgDept, &county, &words, &link).await?;
        messages::tell(&act, OfficeKind::PanelUnit, &county, &words, &link).await?;
    }
    let body = serde_json::json!({ "season": season_id, "year": season.year, "recommended": list.ranked.len(), "quota": quota });
    act.record(Deed::RecommendApplications, &Subject::new("recommendation", id, street), body).await?;
    act.commit().await
}

/// What was screened in and not ranked is not recommended: the meeting has been held, and nothing is left lying.
async fn leave_out_others(
    act: &mut Act<'_>,
    season: SeasonId,
    street: &PlaceCode,
    (quota, reasons): (u32, &BTreeMap<ApplicationId, String>),
) -> Result<(), Stop> {
    for row in application::applications_under(act.db(), season, street, &[Stage::Screened]).await? {
        let Some(seen) = row.submission_id else { continue };
        let words = reasons.get(&row.id.0).cloned().unwrap_or_else(|| not_listed(quota));
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

/// Who waits for a place to be freed reads why the list went without them.
async fn keep_reasons(
    act: &Act<'_>,
    waiting: &[row::Model],
    reasons: &BTreeMap<ApplicationId, String>,
) -> Result<(), Stop> {
    for row in waiting {
        let Some(reason) = reasons.get(&row.id.0) else { continue };
        let words = format!("未列入推荐名单，等待递补：{reason}");
        let new = NewOpinion { step: OpinionStep::Recommendation, is_favourable: false, words, details: Vec::new() };
        add_opinion(act, &row.to_application(), new).await?;
    }
    Ok(())
}

/// Everything that a street's list decides on or ends, at its versions: what was confirmed is what goes.
///
/// # Errors
/// When the database cannot be read.
pub async fn known(db: &impl ConnectionTrait, season: SeasonId, street: &PlaceCode) -> Result<String, Stop> {
    let stages = [BEHIND, &[Stage::Screened]].concat();
    let rows = application::applications_under(db, season, street, &stages).await?;
    let one = |row: &row::Model| format!("{}.{}.{}", row.id.0, row.stage.0, row.submission_number);
    Ok(rows.iter().map(one).collect::<Vec<_>>().join(" "))
}

/// What a branch is told that was not listed, where the meeting gave no other reason.
pub fn not_listed(quota: u32) -> String {
    format!("党工委会议研究，本街道推荐名额 {quota} 个，本次未列入推荐。")
}

/// Whoever declared a relation to one of the branches does not submit the street's list, whether that branch is on it or ends by it.
///
/// # Errors
/// A refusal in words; when the database cannot be read.
pub async fn must_not_stand_back_from_any(
    db: &impl ConnectionTrait,
    season: SeasonId,
    street: &PlaceCode,
    account: AccountId,
) -> Result<(), Stop> {
    let stages = [BEHIND, &[Stage::Screened]].concat();
    let rows = application::applications_under(db, season, street, &stages).await?;
    let recusals = street::recusals_of_many(db, rows.iter().map(|row| row.id.0).collect()).await?;
    let own = recusals.iter().find(|recusal| recusal.account_id.0 == account);
    let Some(row) = own.and_then(|own| rows.iter().find(|row| row.id == own.application_id)) else { return Ok(()) };
    let name = queries::place_name(db, &row.branch.0).await?;
    Err(Stop::refused(format!("您已对{name}申请回避，推荐名单请由其他同志提交。")))
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
