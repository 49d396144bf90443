//! Setting an entry right: by another that takes it back, never by changing it (R-PTS-06).

use domain::{ids::PointsEntryId, permission::Deed};
use platform::{
    act::{Op, Subject},
    error::{OrRefuse as _, Stop},
};

use super::{must_not_be_settling, reversal, year_of};
use crate::points::store::entry;

/// Proposes the reversing entry; it takes effect when somebody else approves it.
///
/// # Errors
/// Refusals without a reason, when the entry is not in effect, was reversed or a reversal waits, or when its year is settled.
pub async fn reverse_entry(op: &Op, id: PointsEntryId, reason: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let old = entry::entry(act.db(), id).await?.ok_or(Stop::Missing)?;
    let branch = old.branch.0.clone();
    act.permit(Deed::ProposePoints, &branch)?;
    if reason.trim().is_empty() {
        return Err(Stop::refused_at("reason", "请写明冲正的原因，本人会看到。"));
    }
    let waiting = entry::reversals_that_wait(act.db(), id).await?.len();
    old.rule().must_take_a_reversal(waiting).or_refuse()?;
    must_not_be_settling(&act, &year_of(&act, &branch, old.year).await?).await?;
    let row = reversal(&act, &old, "reversal", reason.trim());
    let body = serde_json::json!({ "reverses": id, "points": row.points.0 });
    act.record(Deed::ProposePoints, &Subject::new("points_entry", row.id.0, &branch), body).await?;
    entry::insert(act.db(), vec![row]).await?;
    act.commit().await
}
