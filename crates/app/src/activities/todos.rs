//! Activities that are over and not summed up.

use domain::{
    activity::ActivityState,
    clock::Instant,
    permission::{Deed, OfficeKind},
};
use platform::{act::Op, error::Stop};

use super::{queries::bounds, store, urls};
use crate::desk::{Todo, Todos};

/// How many days there are to sum an activity up.
const DAYS: i64 = 10;

/// What waits on the office in use.
pub fn todos(op: &Op) -> Todos<'_> {
    Box::pin(async move {
        let office = &op.actor.officer()?.office;
        if office.kind == OfficeKind::Member || !op.can(Deed::EditActivity, &office.place) {
            return Ok(Vec::new());
        }
        own(op).await
    })
}

async fn own(op: &Op) -> Result<Vec<Todo>, Stop> {
    let place = &op.actor.officer()?.office.place;
    // Last year's are not forgotten on New Year's Day.
    let (from, _) = bounds(op.now().date().year().saturating_sub(1));
    let rows = store::activities(op.reader(), place, Vec::new(), from, op.now()).await?;
    let is_open = |state: ActivityState| matches!(state, ActivityState::Planned | ActivityState::Published);
    let waits = |row: &&super::Activity| row.place.0 == *place && is_open(row.state.0);
    Ok(rows
        .iter()
        .filter(waits)
        .map(|row| Todo {
            title: format!("总结“{}”并登记参加人员", row.title),
            place: String::new(),
            due: Some(Instant::end_of(row.starts_at.0.plus_days(DAYS).date())),
            href: urls::of_activity(urls::ACTIVITY, row.id.0),
        })
        .collect())
}
