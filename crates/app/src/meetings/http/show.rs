//! One meeting, and its minutes.

use axum::{extract::Path, response::Response};
use domain::{ids::MeetingId, meeting::MeetingState, permission::Deed};
use jiff::civil::Date;
use platform::{
    error::Stop,
    forms::Form,
    pages::{letter, page},
    shell::{Crumb, Problems, Step, StepState},
};

use super::{convene::when_and_where_of, find, parse};
use crate::{
    audit_log,
    desk::Desk,
    meetings::{
        letters,
        pages::{MeetingPage, TopicLine},
        roll,
        store::{self, meeting},
        urls,
    },
    places, resolutions,
};

/// One meeting.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    page(&meeting_page(&desk, parse(&id)?, Problems::default(), Form::default()).await?)
}

pub(super) async fn meeting_page(
    desk: &Desk,
    id: MeetingId,
    problems: Problems,
    typed: Form,
) -> Result<MeetingPage, Stop> {
    let db = desk.op.reader();
    let row = find(desk, Deed::ViewMeeting, id).await?;
    let here = places::place(db, &row.branch.0).await?.ok_or(Stop::Missing)?;
    let mut topics = Vec::new();
    let candidates = store::candidates_of(db, id).await?;
    let resolved = resolutions::resolutions_of(db, id).await?;
    for topic in store::topics_of(db, id).await? {
        let resolution = resolved.iter().find(|it| Some(it.id) == topic.resolution_id).cloned();
        let candidates = candidates.iter().filter(|it| it.topic_id == topic.id).cloned().collect();
        topics.push(TopicLine { topic, resolution, candidates });
    }
    Ok(MeetingPage {
        shell: desk.shell(row.title.clone()).await?,
        problems,
        crumbs: vec![Crumb {
            label: format!("{}的会议", here.name), href: urls::of_place(urls::PLACE, &row.branch.0)
        }],
        steps: steps(&row),
        topics,
        roll: roll::roll(db, &row).await?,
        presence: roll::presence_of(db, id).await?,
        history: audit_log::history(db, &id.to_string()).await?,
        can_edit: desk.op.can(Deed::EditMeeting, &row.branch.0),
        has_begun: row.starts_at.0 <= desk.op.now(),
        moving: if typed.has("date") { typed.clone() } else { Form::of(when_and_where_of(&row)) },
        row,
        typed,
    })
}

fn steps(row: &meeting::Model) -> Vec<Step> {
    let reached = match row.state.0 {
        MeetingState::Planned => 0,
        MeetingState::Published => 1,
        MeetingState::Closed => 3,
        MeetingState::Cancelled => 9,
    };
    let step = |(index, label): (usize, &str)| Step {
        label: label.to_owned(),
        state: match index {
            _ if reached == 9 => StepState::Ended,
            _ if index < reached => StepState::Done,
            _ if index == reached => StepState::Now,
            _ => StepState::Ahead,
        },
        note: String::new(),
    };
    ["拟定议题", "通知党员、召开", "登记到会和表决"].into_iter().enumerate().map(step).collect()
}

/// The minutes.
pub async fn minutes(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let row = find(&desk, Deed::ViewMeeting, parse(&id)?).await?;
    let db = desk.op.reader();
    let here = places::place(db, &row.branch.0).await?.ok_or(Stop::Missing)?;
    let topics = store::topics_of(db, row.id.0).await?;
    let candidates = store::candidates_of(db, row.id.0).await?;
    let resolved = resolutions::resolutions_of(db, row.id.0).await?;
    let roll = roll::roll(db, &row).await?;
    let presence = roll::presence_of(db, row.id.0).await?;
    let day: Date = row.starts_at.0.date();
    letter(
        &format!("{day} {}记录", row.title),
        &letters::minutes(&here.name, &row, &topics, &resolved, &candidates, &roll, &presence),
    )
}
