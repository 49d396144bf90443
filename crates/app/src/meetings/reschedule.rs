//! Another time or place for a meeting that members know of. Its topics stay as they were told (R-MTG-07).

use domain::{clock::Instant, ids::MeetingId, permission::Deed};
use platform::{
    act::{Op, Subject},
    db::column::Int,
    error::{OrRefuse as _, Stop},
};

use super::{
    actions,
    store::{self, meeting},
};

/// Moves an announced meeting, and tells who is called.
///
/// # Errors
/// Refusals once it has begun, for a time that is past, and when nothing would change; [`Stop::Conflict`] when somebody else
/// changed it meanwhile.
pub async fn reschedule_meeting(
    op: &Op,
    id: MeetingId,
    version: i32,
    starts_at: Instant,
    venue: String,
) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let old = actions::permitted(&act, id).await?;
    let moved = old.rule().reschedule(starts_at, act.now()).or_refuse()?;
    if (old.starts_at.0, &old.venue) == (starts_at, &venue) {
        return Err(Stop::refused_at("date", "时间和地点都没有改动。"));
    }
    let words = format!("{}（原定{}）改为：{}，{venue}，请准时参加。", old.title, old.starts_at.0, starts_at);
    let row = meeting::Model { starts_at: Int(moved.starts_at), venue, version, ..old };
    actions::tell_called(&act, &row, &words).await?;
    let body = serde_json::json!({ "kind": row.kind.0, "state": row.state.0, "step": "moved" });
    act.record(Deed::EditMeeting, &Subject::new("meeting", row.id.0, &row.branch.0), body).await?;
    store::save(act.db(), row).await?;
    act.commit().await
}
