//! Requests around the activities.

mod deeds;
mod list;
mod plan;
mod show;

use axum::response::Response;
use domain::{ids::ActivityId, permission::Deed};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, refused},
    shell::Problems,
};

use super::{
    store::{self, activity},
    urls,
};
use crate::desk::Desk;

pub use deeds::{attend, cancel, correct, publish, reschedule, sign, sign_off, sum_up};
pub use list::{export, list, own};
pub use plan::{change, plan, show_edit, show_new};
pub use show::{sheet, show};

fn parse(text: &str) -> Result<ActivityId, Stop> {
    text.parse().map_err(|_| Stop::Missing)
}

/// The activity `id`, once `deed` on it is permitted.
async fn find(desk: &Desk, deed: Deed, id: ActivityId) -> Result<activity::Model, Stop> {
    let row = store::activity(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(deed, &row.place.0)?;
    Ok(row)
}

/// On to the activity's page with words, or the page again with what is amiss.
async fn answer(
    desk: &Desk,
    id: ActivityId,
    outcome: Result<(), Stop>,
    form: Form,
    words: &str,
) -> Result<Response, Stop> {
    match outcome {
        Ok(()) => Ok(done(&urls::of_activity(urls::ACTIVITY, id), words)),
        Err(Stop::Refused(problems)) => refused(&show::activity_page(desk, id, Problems(problems), form, "").await?),
        Err(stop) => Err(stop),
    }
}
