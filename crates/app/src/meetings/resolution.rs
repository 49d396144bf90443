//! One resolution with the numbers behind it, the meeting it comes from, and what stands on it.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{clock::chinese_date, ids::ResolutionId, meeting::VoteResult, permission::Deed};
use platform::{error::Stop, pages::page, shell::Shell};

use super::{
    store::{self, meeting},
    urls,
};
use crate::{
    desk::Desk,
    places, points,
    resolutions::{self, Resolution},
};

#[derive(Template)]
#[template(path = "meetings/resolution.html")]
struct ResolutionPage {
    shell: Shell,
    branch: String,
    row: Resolution,
    meeting: Option<meeting::Model>,
    /// What came into effect by it: words and address.
    standing: Vec<(String, String)>,
}

impl ResolutionPage {
    fn tone(&self) -> &'static str {
        if self.row.result.0 == VoteResult::Passed { "good" } else { "warn" }
    }

    fn meeting_href(&self) -> String {
        urls::of_meeting(urls::MEETING, self.row.meeting_id.0)
    }

    fn decided_on(&self) -> String {
        chinese_date(self.row.decided_on.0)
    }
}

/// The page.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: ResolutionId = id.parse().map_err(|_| Stop::Missing)?;
    let db = desk.op.reader();
    let row = resolutions::resolution(db, id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::ViewMeeting, &row.branch.0)?;
    let branch = places::place(db, &row.branch.0).await?.map(|place| place.name).unwrap_or_default();
    let standing = if desk.op.can(Deed::ViewCatalogue, &row.branch.0) {
        points::catalogues_by(db, &row.branch.0, id).await?
    } else {
        Vec::new()
    };
    let meeting = store::meeting(db, row.meeting_id.0).await?;
    page(&ResolutionPage { shell: desk.shell(row.title.clone()).await?, branch, row, meeting, standing })
}
