//! The deeds: a branch comes under another community, is dissolved, or is restored.

use domain::{
    clock::Instant,
    organisation::{BranchStanding, check_dissolution, check_move, check_restoration},
    permission::{Deed, OfficeKind},
    place::{Level, PlaceCode},
    selection::application::{Desk, Stage},
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};
use sea_orm::ConnectionTrait;

use crate::{
    identity, messages, notices,
    places::{self, BranchOfTree, Move, urls},
    selection,
};

/// Moves a branch to another community; everything kept of it follows to its new code, and the record keeps the old one
/// (R-ORG-01). Answers with the new code.
///
/// # Errors
/// Refusals at `community` and `reason`, and while its application is dealt with; [`Stop::Conflict`] when somebody else
/// changed the branch meanwhile.
pub async fn move_branch(op: &Op, from: &PlaceCode, community: &PlaceCode, reason: &str) -> Result<PlaceCode, Stop> {
    let mut act = op.act().await?;
    let found = loaded(&act, from, Deed::MoveBranch).await?;
    check_move(from, community, standing(act.db(), &found, act.now()).await?, reason).or_refuse()?;
    let target = places::place(act.db(), community).await?;
    if target.is_none_or(|target| !target.is_active) {
        return Err(Stop::refused_at("community", "没有这个社区，请重新选择。"));
    }
    let name = &found.place.name;
    let neighbours = places::places_under(act.db(), community).await?;
    if neighbours.iter().any(|other| other.name == *name && other.level.0 == Level::Branch) {
        return Err(Stop::refused_at("community", format!("这个社区已经有“{name}”，请先改支部名称再调整隶属。")));
    }
    let to = places::next_branch_code(act.db(), community).await?;
    let to = to.ok_or_else(|| Stop::refused_at("community", "这个社区的支部编号已经用完，请与系统管理员联系。"))?;
    let step = Move {
        from_code: Text(from.clone()),
        to_code: Text(to.clone()),
        moved_at: Int(act.now()),
        reason: reason.trim().to_owned(),
        signed: signed(&act)?,
    };
    places::move_branch_place(act.db(), &found.place, step).await?;
    identity::follow_move(act.db(), from, &to).await?;
    messages::follow_move(act.db(), from, &to).await?;
    selection::follow_move(act.db(), from, &to).await?;
    notices::follow_move(act.db(), from, &to).await?;
    let words = format!("{name}的隶属已调整，原因：{}", reason.trim());
    tell_lines(&act, &[from, &to], &words, &urls::place(&to)).await?;
    let body = serde_json::json!({ "from": from, "to": to, "reason": reason.trim() });
    act.record(Deed::MoveBranch, &Subject::new("branch", &to, &to), body).await?;
    act.commit().await?;
    Ok(to)
}

/// Dissolves a branch: it takes part in no new season; an open one goes on as it was (R-SEL-06).
///
/// # Errors
/// Refusals when it was dissolved before, or without a reason.
pub async fn dissolve_branch(op: &Op, branch: &PlaceCode, reason: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let found = loaded(&act, branch, Deed::DissolveBranch).await?;
    check_dissolution(standing(act.db(), &found, act.now()).await?, reason).or_refuse()?;
    let words = format!("{}已撤销，原因：{}", found.place.name, reason.trim());
    places::set_active(act.db(), found.place, false).await?;
    tell_lines(&act, &[branch], &words, &urls::place(branch)).await?;
    let body = serde_json::json!({ "reason": reason.trim() });
    act.record(Deed::DissolveBranch, &Subject::new("branch", branch, branch), body).await?;
    act.commit().await
}

/// Restores a branch that was dissolved by mistake.
///
/// # Errors
/// Refusals when it is not dissolved, or without a reason.
pub async fn restore_branch(op: &Op, branch: &PlaceCode, reason: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let found = loaded(&act, branch, Deed::RestoreBranch).await?;
    check_restoration(standing(act.db(), &found, act.now()).await?, reason).or_refuse()?;
    let words = format!("{}已恢复，原因：{}", found.place.name, reason.trim());
    places::set_active(act.db(), found.place, true).await?;
    tell_lines(&act, &[branch], &words, &urls::place(branch)).await?;
    let body = serde_json::json!({ "reason": reason.trim() });
    act.record(Deed::RestoreBranch, &Subject::new("branch", branch, branch), body).await?;
    act.commit().await
}

/// The branch, held until the deed ends, and its county before it: imports and whoever starts an application wait.
async fn loaded(act: &Act<'_>, branch: &PlaceCode, deed: Deed) -> Result<BranchOfTree, Stop> {
    act.permit(deed, branch)?;
    let county = branch.at(Level::County).ok_or_else(|| Stop::fault("a branch lies in no county"))?;
    places::lock(act.db(), &county).await?;
    places::lock(act.db(), branch).await?;
    let found = places::branch(act.db(), branch).await?.ok_or(Stop::Missing)?;
    Ok(found)
}

fn signed(act: &Act<'_>) -> Result<String, Stop> {
    let officer = act.officer()?;
    Ok(format!("{} {}", officer.office.title, officer.name))
}

/// How a branch stands at `now`, for the rules and for the page that offers the deeds.
pub(super) async fn standing(
    db: &impl ConnectionTrait,
    found: &BranchOfTree,
    now: Instant,
) -> Result<BranchStanding, Stop> {
    let branch = &found.branch.place.0;
    let is_applying = match selection::current_season(db, branch).await? {
        None => false,
        Some(season) => {
            let closes = selection::parameters_of(db, &season).await?.recommend_deadline();
            // A draft that nobody can submit any more waits for nothing.
            let is_under_way = |stage: Stage| match stage {
                Stage::Draft => closes.is_some_and(|closes| now < closes),
                stage => stage.desk() != Desk::Nobody,
            };
            let rows = selection::applications_under(db, season.id.0, branch, &[]).await?;
            rows.iter().any(|row| is_under_way(row.stage.0))
        }
    };
    Ok(BranchStanding { is_active: found.place.is_active, is_applying })
}

/// Tells the branch, and the communities and streets it lies and lay in, each once.
async fn tell_lines(act: &Act<'_>, branches: &[&PlaceCode], words: &str, link: &str) -> Result<(), Stop> {
    let mut told: Vec<(OfficeKind, PlaceCode)> = Vec::new();
    for branch in branches {
        for (kind, level) in [
            (OfficeKind::BranchSecretary, Level::Branch),
            (OfficeKind::CommunityOfficer, Level::Community),
            (OfficeKind::StreetOfficer, Level::Street),
        ] {
            let Some(place) = branch.at(level) else { continue };
            if !told.contains(&(kind, place.clone())) {
                messages::tell(act, kind, &place, words, link).await?;
                told.push((kind, place));
            }
        }
    }
    Ok(())
}
