//! Requests around the meetings.

mod convene;
mod deeds;
mod list;
mod show;

use axum::response::Response;
use domain::{ids::MeetingId, permission::Deed};
use platform::{
    error::Stop,
    forms::Form,
    pages::{done, refused},
    shell::Problems,
};

use super::{
    store::{self, meeting},
    urls,
};
use crate::desk::Desk;

pub use convene::{change, convene, show_edit, show_new};
pub use deeds::{add, cancel, close, correct, publish, reschedule};
pub use list::{export, list, own};
pub use show::{minutes, show};

fn parse(text: &str) -> Result<MeetingId, Stop> {
    text.parse().map_err(|_| Stop::Missing)
}

/// The meeting `id`, once `deed` on it is permitted.
async fn find(desk: &Desk, deed: Deed, id: MeetingId) -> Result<meeting::Model, Stop> {
    let row = store::meeting(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(deed, &row.branch.0)?;
    Ok(row)
}

/// On to the meeting's page with words, or the page again with what is amiss.
async fn answer(
    desk: &Desk,
    id: MeetingId,
    outcome: Result<(), Stop>,
    form: Form,
    words: &str,
) -> Result<Response, Stop> {
    match outcome {
        Ok(()) => Ok(done(&urls::of_meeting(urls::MEETING, id), words)),
        Err(Stop::Refused(problems)) => refused(&show::meeting_page(desk, id, Problems(problems), form).await?),
        Err(stop) => Err(stop),
    }
}
