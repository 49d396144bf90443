//! One resolution with the numbers behind it.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{clock::chinese_date, ids::ResolutionId, meeting::VoteResult, permission::Deed};
use platform::{error::Stop, pages::page, shell::Shell};

use super::store::{self, row::Model};
use crate::{desk::Desk, places};

#[derive(Template)]
#[template(path = "resolutions/show.html")]
struct ResolutionPage {
    shell: Shell,
    branch: String,
    row: Model,
}

impl ResolutionPage {
    fn tone(&self) -> &'static str {
        if self.row.result.0 == VoteResult::Passed { "good" } else { "warn" }
    }

    fn decided_on(&self) -> String {
        chinese_date(self.row.decided_on.0)
    }
}

/// The page.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: ResolutionId = id.parse().map_err(|_| Stop::Missing)?;
    let row = store::resolution(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(Deed::ViewMeeting, &row.branch.0)?;
    let branch = places::place(desk.op.reader(), &row.branch.0).await?.map(|place| place.name).unwrap_or_default();
    page(&ResolutionPage { shell: desk.shell(row.title.clone()).await?, branch, row })
}
