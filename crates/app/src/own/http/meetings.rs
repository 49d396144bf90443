//! The meetings of the own branch, as its members are told of them: when, where and what about, and who came.

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::chinese_date,
    ids::MeetingId,
    meeting::{MeetingState, Presence},
    permission::Deed,
};
use platform::{
    error::Stop,
    shell::{Crumb, Shell},
};

use super::{parse, permit, shown};
use crate::{
    desk::Desk,
    meetings::{self, Meeting, Topic},
    own::{queries::own_line, urls},
    people::Membership,
};

/// A meeting that the member is called to.
pub(super) struct OwnMeeting {
    pub when: String,
    pub title: String,
    pub topics: String,
    pub is_called_off: bool,
    pub href: String,
}

/// The announced meetings that are still ahead, the earliest first.
pub(super) async fn called_to(desk: &Desk, line: &Membership) -> Result<Vec<OwnMeeting>, Stop> {
    let mut own = Vec::new();
    for row in meetings::upcoming_for(desk.op.reader(), line, desk.op.now()).await? {
        let topics = meetings::topics_of(desk.op.reader(), row.id.0).await?;
        let topics: Vec<String> = topics.into_iter().map(|topic| topic.title).collect();
        own.push(OwnMeeting {
            when: row.starts_at.0.to_string(),
            topics: topics.join("、"),
            is_called_off: row.state.0 == MeetingState::Cancelled,
            href: urls::meeting(row.id.0),
            title: row.title,
        });
    }
    Ok(own)
}

#[derive(Template)]
#[template(path = "own/meetings.html")]
struct MeetingsPage {
    shell: Shell,
    meetings: Vec<OwnMeeting>,
    held: Vec<(Meeting, Presence)>,
}

impl MeetingsPage {
    fn on(&self, row: &Meeting) -> String {
        chinese_date(row.starts_at.0.date())
    }

    fn tone(&self, presence: &Presence) -> &'static str {
        if *presence == Presence::Present { "good" } else { "calm" }
    }
}

/// The meetings that the member is called to, and how they came to those that were held.
pub async fn list(desk: Desk) -> Result<Response, Stop> {
    shown(&desk, meetings_page(&desk).await).await
}

async fn meetings_page(desk: &Desk) -> Result<MeetingsPage, Stop> {
    desk.op.permit(Deed::ViewOwnRecord, &desk.officer.office.place)?;
    let (line, _) = own_line(desk).await?;
    Ok(MeetingsPage {
        shell: desk.shell("我的会议").await?,
        meetings: called_to(desk, &line).await?,
        held: meetings::presences_of(desk.op.reader(), line.id.0).await?,
    })
}

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
        self.row.starts_at.0.to_string()
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
        crumbs: vec![Crumb { label: "我的会议".to_owned(), href: urls::MEETINGS.to_owned() }],
        row,
        topics,
    })
}
