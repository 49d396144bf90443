//! The community's deed: pass on or return (社区把关).

use domain::{
    ids::{ApplicationId, SubmissionId},
    permission::{Deed, OfficeKind},
    place::Level,
    selection::application::ActingLevel,
};
use platform::{
    act::{Op, Subject},
    error::{OrRefuse as _, Stop},
};

use super::opinion::{NewOpinion, add_opinion, step};
use crate::{
    messages,
    selection::{
        content::OpinionStep,
        queries::{self, InSeason},
        store::application,
        urls,
    },
};

/// What the community found.
#[derive(Debug, Clone)]
pub struct CommunityCheck {
    /// The version on the screen.
    pub seen: SubmissionId,
    /// Whether it goes on to the street.
    pub is_passed: bool,
    /// Materials that were ticked.
    pub materials: Vec<String>,
    /// The opinion; the reason when it is returned.
    pub words: String,
}

/// Passes the application on to the street, or returns it to the branch with a reason.
///
/// # Errors
/// A refusal at `reason` or `materials`, or of the rule.
pub async fn check_application(op: &Op, id: ApplicationId, check: CommunityCheck) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let in_season = queries::in_season(act.db(), id).await?;
    let InSeason { row, parameters, .. } = &in_season;
    let branch = row.branch.0.clone();
    act.permit(Deed::CheckApplication, &branch)?;
    let step = step(&act, ActingLevel::Community, check.seen)?;
    let (application, window) = (row.to_application(), in_season.window()?);
    let moved = if check.is_passed {
        let all = parameters.materials.iter().all(|material| check.materials.contains(material));
        application.pass_community_check(step, all, window)
    } else {
        application.return_to_branch(step, &check.words, window)
    };
    let moved = moved.or_refuse()?;
    application::save(act.db(), &moved).await?;
    let opinion = NewOpinion {
        step: OpinionStep::Community,
        is_favourable: check.is_passed,
        words: check.words.clone(),
        details: check.materials,
    };
    add_opinion(&act, &moved, opinion).await?;
    let name = queries::place_name(act.db(), &branch).await?;
    let link = urls::application(id);
    if check.is_passed {
        if let Some(street) = branch.at(Level::Street) {
            let words = format!("{name}的申报已通过社区把关，请组织实地评估。");
            messages::tell(&act, OfficeKind::StreetOfficer, &street, &words, &link).await?;
        }
        let words = "本支部的“红旗小区”申报已通过社区把关。";
        messages::tell_branch(&act, &branch, words, &link).await?;
    } else {
        let words = "本支部的“红旗小区”申报被社区退回，请按意见修改后重新提交。";
        messages::tell_branch(&act, &branch, words, &link).await?;
    }
    let reason = if check.is_passed { "" } else { check.words.trim() };
    let body = serde_json::json!({ "is_passed": check.is_passed, "submission": check.seen, "reason": reason });
    act.record(Deed::CheckApplication, &Subject::new("application", id, &branch), body).await?;
    act.commit().await
}
