//! A meeting of the own branch, as its members are told of it: when, where and what about.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{ids::MeetingId, meeting::MeetingState};
use platform::{
    error::Stop,
    shell::{Crumb, Shell},
};

use super::{parse, permit, shown};
use crate::{
    activities,
    desk::Desk,
    meetings::{self, Meeting, Topic},
    own::{queries::own_line, urls},
};

#[derive(Template)]
#[template(path = "own/meeting.html")]
struct MeetingPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    row: Meeting,
    topics: Vec<Topic>,
}

impl MeetingPage {
    fn starts(&self) -> String {
        activities::at(self.row.starts_at.0)
    }

    fn is_called_off(&self) -> bool {
        self.row.state.0 == MeetingState::Cancelled
    }

    /// How a topic was voted on, once it was.
    fn votes(&self, topic: &Topic) -> Option<String> {
        let (yes, no, abstained) = (topic.yes?, topic.no.unwrap_or(0), topic.abstained.unwrap_or(0));
        Some(format!("赞成 {yes}，反对 {no}，弃权 {abstained}"))
    }
}

/// The page.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: MeetingId = parse(&id)?;
    permit(&desk, &meetings::place_of_meeting(desk.op.reader(), id).await?.ok_or(Stop::Missing)?)?;
    shown(&desk, meeting_page(&desk, id).await).await
}

async fn meeting_page(desk: &Desk, id: MeetingId) -> Result<MeetingPage, Stop> {
    let (line, _) = own_line(desk).await?;
    let (row, topics) = meetings::told_to(desk.op.reader(), &line, id).await?.ok_or(Stop::Missing)?;
    Ok(MeetingPage {
        shell: desk.shell(row.title.clone()).await?,
        crumbs: vec![Crumb { label: "我的报到".to_owned(), href: urls::HOME.to_owned() }],
        row,
        topics,
    })
}
