//! What verifiers are to be reminded of: objections to acknowledge, to verify and to answer (R-NOT-05).

use domain::{permission::OfficeKind, place::PlaceCode, selection::objection::ObjectionState};
use platform::error::Stop;
use sea_orm::ConnectionTrait;

use super::{queries::lines, store, urls};
use crate::messages::Due;

/// Working days before the last day of a verification; an acknowledgement has one working day and is told on it.
const BEFORE_FINDING: u16 = 3;

/// At most so many at once; the others follow when these are settled.
const MOST: u64 = 200;

/// The objections of `county` that wait for a step with a deadline.
///
/// # Errors
/// When the database cannot be read.
pub async fn dues(db: &impl ConnectionTrait, county: &PlaceCode) -> Result<Vec<Due>, Stop> {
    let open: Vec<_> = ObjectionState::ALL.iter().copied().filter(|state| state.is_open()).collect();
    let (rows, _) = store::objections_under(db, county, &open, 0, MOST).await?;
    let due = |line: super::ObjectionLine| {
        let (step, ahead) = match line.row.state.0 {
            ObjectionState::Received => ("受理", 0),
            ObjectionState::Acknowledged | ObjectionState::Verifying => ("核实", BEFORE_FINDING),
            _ => ("答复", BEFORE_FINDING),
        };
        Some(Due {
            of: format!("objection {} {step}", line.row.id.0),
            kind: OfficeKind::Verifier,
            place: county.clone(),
            until: line.due?,
            ahead,
            words: format!("有一件关于{}的异议待{step}", line.against),
            late: "请尽快办理",
            link: urls::objection(line.row.id.0),
        })
    };
    Ok(lines(db, rows).await?.into_iter().filter_map(due).collect())
}
