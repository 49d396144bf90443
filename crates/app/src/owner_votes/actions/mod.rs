//! The deeds on polls.

mod ballots;
mod calls;
mod conclude;
mod forget;
mod online;
mod prepare;
mod register;
mod steps;

pub(super) use ballots::choice_of as ballot_choice;
pub use ballots::{OwnerTold, record_ballot, reveal_owner, strike_ballot, unit_sold, withdraw_ballot};
pub use calls::{draw_calls, record_call};
pub use conclude::{file_poll, publish_poll, tally_poll};
pub use forget::forget_owner_phones;
pub use online::{OnlineBallot, SlipForm, cast_ballot, issue_code, issued_mark, may_cast};
pub use prepare::{PollDraft, edit_poll, prepare_poll, repeat_poll};
pub use register::{MOST_UNITS, add_unit, confirm_register, drop_unit, preview_register};
pub use steps::{announce_poll, cancel_poll, freeze_poll, return_poll};

use domain::{
    ids::{BallotId, PollId, PollOwnerId},
    owners::{BallotState, CallResult},
    permission::Deed,
};
use platform::{
    act::{Act, Subject},
    error::Stop,
};

use super::store::poll::{self, row};

/// The poll `id`, if it may be done to it.
async fn loaded(act: &Act<'_>, id: PollId, deed: Deed) -> Result<row::Model, Stop> {
    let row = poll::poll(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(deed, &row.place.0)?;
    Ok(row)
}

/// Neither owners nor what they voted belong into the record.
async fn record(act: &mut Act<'_>, deed: Deed, row: &row::Model) -> Result<(), Stop> {
    let state = row.poll().state_at(act.now());
    let body = serde_json::json!({ "state": state });
    act.record(deed, &Subject::new("owner_poll", row.id.0, &row.place.0), body).await
}

/// A ballot has its own history: the poll's would be nothing but ballots.
async fn record_of_ballot(
    act: &mut Act<'_>,
    deed: Deed,
    row: &row::Model,
    ballot: BallotId,
    state: BallotState,
) -> Result<(), Stop> {
    let body = serde_json::json!({ "state": state });
    act.record(deed, &Subject::new("ballot", ballot, &row.place.0), body).await
}

/// The same of an owner.
async fn record_of_owner(
    act: &mut Act<'_>,
    deed: Deed,
    row: &row::Model,
    owner: PollOwnerId,
    outcome: Option<CallResult>,
) -> Result<(), Stop> {
    let body = serde_json::json!({ "outcome": outcome });
    act.record(deed, &Subject::new("poll_owner", owner, &row.place.0), body).await
}
