//! Another time, place or number for an activity that members know of.

use domain::{activity::TakingPart, ids::ActivityId, points::Points};
use platform::{
    act::Op,
    error::{OrRefuse as _, Stop},
};

use super::{
    actions::{self, WhenAndWhere},
    store::{self, activity},
    telling,
};

/// Moves a published activity, and tells those who knew of it. Who waits gets the places that come about. Answers whether time or
/// place are others now.
///
/// # Errors
/// Refusals once it has begun, for a time that is past, for fewer places than are taken, and when nothing would change.
pub async fn reschedule_activity(op: &Op, id: ActivityId, version: i32, told: WhenAndWhere) -> Result<bool, Stop> {
    let mut act = op.act().await?;
    let old = actions::permitted(&act, id).await?;
    let people = store::people_of(act.db(), id).await?;
    let signed = people.iter().filter(|it| it.state.0 == TakingPart::Signed).count();
    let capacity = told.capacity.and_then(|capacity| u32::try_from(capacity).ok());
    let taken = u32::try_from(signed).unwrap_or(u32::MAX);
    old.rule().reschedule(told.starts_at, capacity, taken, act.now()).or_refuse()?;
    let row = told.onto(activity::Model { version, ..old.clone() });
    if row == (activity::Model { version, ..old.clone() }) {
        return Err(Stop::refused_at("date", "时间、地点和名额都没有改动。"));
    }
    let free =
        row.capacity.map_or(usize::MAX, |capacity| usize::try_from(capacity).unwrap_or(0).saturating_sub(signed));
    for next in people.into_iter().filter(|it| it.state.0 == TakingPart::Waiting).take(free) {
        actions::promote(&act, &row, next).await?;
    }
    let is_moved = (row.starts_at, row.hours, &row.venue) != (old.starts_at, old.hours, &old.venue);
    if is_moved {
        let hours = Points(row.hours).short();
        let words = format!(
            "“{}”（原定{}）改为：{}，{hours} 小时，{}。",
            row.title, old.starts_at.0, row.starts_at.0, row.venue
        );
        telling::tell_concerned(&act, &row, &words).await?;
    }
    if is_moved {
        actions::keep_moved(&mut act, row).await?;
    } else {
        actions::keep(&mut act, row).await?;
    }
    act.commit().await?;
    Ok(is_moved)
}
