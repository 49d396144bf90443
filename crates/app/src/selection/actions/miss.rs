//! What had not come through when a street's list went, or the time for it: it is not recommended, and its branch is told.

use std::collections::BTreeSet;

use domain::{
    ids::SeasonId,
    permission::{Deed, OfficeKind},
    place::{Level, PlaceCode},
    selection::application::Stage,
};
use platform::{
    act::{Act, Op, Subject},
    error::{OrRefuse as _, Stop},
};
use sea_orm::ConnectionTrait;

use super::opinion::{NewOpinion, add_opinion};
use crate::{
    messages,
    selection::{
        Application,
        content::OpinionStep,
        queries,
        store::{application, street},
        urls,
    },
};

/// Where an application lies that the street has not screened in yet, or that came back to its branch.
pub(super) const BEHIND: &[Stage] = &[Stage::Draft, Stage::Submitted, Stage::CommunityPassed];

// R-SEL-09
/// Ends what still lies with a community or a street though the season takes no more recommendations, street by street; answers
/// with how many. Where the season allows substitution, what was screened in waits as long as a place may be freed.
///
/// # Errors
/// When the database cannot be read or written.
pub async fn close_recommendations(op: &Op, season: SeasonId) -> Result<usize, Stop> {
    let db = op.reader();
    let (season, parameters) = queries::season_with_parameters(db, season).await?;
    if !queries::window(&parameters)?.is_over(op.now()) {
        return Ok(0);
    }
    let may_substitute =
        parameters.substitution_before_decision && parameters.preliminary_deadline().is_some_and(|at| op.now() < at);
    let all = [BEHIND, &[Stage::Screened]].concat();
    let rows = under_way(db, season.id.0, &season.county.0, &all).await?;
    let streets: BTreeSet<PlaceCode> = rows.iter().filter_map(|row| row.branch.0.at(Level::Street)).collect();
    let mut closed = 0;
    for place in streets {
        let has_list = street::recommendation_of(db, season.id.0, &place).await?.is_some();
        let stages = if has_list && may_substitute { BEHIND } else { &all[..] };
        let mut act = op.act().await?;
        let count = leave_behind(&mut act, season.id.0, &place, (stages, has_list)).await?;
        if count == 0 {
            continue;
        }
        let name = queries::place_name(act.db(), &place).await?;
        let words = if has_list {
            format!("{name}有 {count} 份申报到期没有办完或没有递补，已登记为“街道未推荐”。")
        } else {
            format!("推荐已截止，{name}还有 {count} 份申报没有推荐上报，已登记为“街道未推荐”。")
        };
        let link = urls::season(season.id.0);
        messages::tell(&act, OfficeKind::StreetOfficer, &place, &words, &link).await?;
        messages::tell(&act, OfficeKind::CountyOrgDept, &season.county.0, &words, &link).await?;
        act.commit().await?;
        closed += count;
    }
    Ok(closed)
}

/// Not recommended, because of where they lay when the street's list went or the time for it, which tells one that had a list from
/// one that has none; answers with how many.
pub(super) async fn leave_behind(
    act: &mut Act<'_>,
    season: SeasonId,
    street: &PlaceCode,
    (stages, has_list): (&[Stage], bool),
) -> Result<usize, Stop> {
    let rows = under_way(act.db(), season, street, stages).await?;
    let count = rows.len();
    for row in rows {
        let words = missed_at(&row, has_list);
        let moved = row.to_application().miss(act.now()).or_refuse()?;
        application::save(act.db(), &moved).await?;
        let (step, details) = (OpinionStep::Missed, Vec::new());
        add_opinion(act, &moved, NewOpinion { step, is_favourable: false, words: words.to_owned(), details }).await?;
        let link = urls::application(moved.id);
        messages::tell_branch(act, &moved.branch, "本支部的“红旗小区”申报未列入推荐，原因见申报页面。", &link).await?;
        if let Some(community) = moved.branch.at(Level::Community).filter(|_| row.stage.0 == Stage::Submitted) {
            let news = "街道推荐已上报或已截止，一份申报没有完成社区把关，未列入推荐。";
            messages::tell(act, OfficeKind::CommunityOfficer, &community, news, &link).await?;
        }
        let body = serde_json::json!({ "to": moved.stage, "reason": words });
        act.record(Deed::RecommendApplications, &Subject::new("application", moved.id, &moved.branch), body).await?;
    }
    Ok(count)
}

/// What a street's list would leave behind: submitted, and not screened in so far.
///
/// # Errors
/// When the database cannot be read.
pub async fn behind(db: &impl ConnectionTrait, season: SeasonId, street: &PlaceCode) -> Result<Vec<Application>, Stop> {
    under_way(db, season, street, BEHIND).await
}

/// Drafts that were never submitted, which a street's list would leave without a way.
///
/// # Errors
/// When the database cannot be read.
pub async fn unsubmitted(
    db: &impl ConnectionTrait,
    season: SeasonId,
    street: &PlaceCode,
) -> Result<Vec<Application>, Stop> {
    let mut rows = application::applications_under(db, season, street, &[Stage::Draft]).await?;
    rows.retain(|row| row.submission_id.is_none());
    Ok(rows)
}

/// Tells the branches of such drafts that the street's list has gone.
pub(super) async fn tell_unsubmitted(act: &Act<'_>, season: SeasonId, street: &PlaceCode) -> Result<(), Stop> {
    for row in unsubmitted(act.db(), season, street).await? {
        let words = "街道已上报推荐名单，本支部的申报草稿没有提交，本年度不再办理。";
        messages::tell_branch(act, &row.branch.0, words, &urls::application(row.id.0)).await?;
    }
    Ok(())
}

async fn under_way(
    db: &impl ConnectionTrait,
    season: SeasonId,
    place: &PlaceCode,
    stages: &[Stage],
) -> Result<Vec<Application>, Stop> {
    let mut rows = application::applications_under(db, season, place, stages).await?;
    // A draft that was never submitted is nothing to decide on.
    rows.retain(|row| row.submission_id.is_some());
    Ok(rows)
}

fn missed_at(row: &Application, has_list: bool) -> &'static str {
    match row.stage.0 {
        Stage::Draft => "街道推荐上报或截止时，这份申报退回修改后还没有重新提交，未列入推荐。",
        Stage::Submitted => "街道推荐上报或截止时，这份申报还没有完成社区把关，未列入推荐。",
        Stage::CommunityPassed => "街道推荐上报或截止时，这份申报还没有完成街道初选，未列入推荐。",
        _ if has_list => "递补期限已过，没有空出名额，未列入推荐。",
        _ => "到推荐截止时间，街道没有推荐上报这份申报。",
    }
}
