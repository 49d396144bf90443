//! Meetings that a branch is late with, and those whose outcome is not written down.

use domain::{meeting::MeetingState, permission::OfficeKind};
use platform::{act::Op, error::Stop};

use super::{
    queries::{keeping, meetings_in_year},
    urls,
};
use crate::desk::{Todo, Todos};

/// What waits on the office in use.
pub fn todos(op: &Op) -> Todos<'_> {
    Box::pin(async move {
        match op.actor.officer()?.office.kind {
            OfficeKind::BranchSecretary | OfficeKind::BranchCommittee => branch(op).await,
            _ => Ok(Vec::new()),
        }
    })
}

async fn branch(op: &Op) -> Result<Vec<Todo>, Stop> {
    let place = &op.actor.officer()?.office.place;
    let today = op.now().date();
    let meetings = meetings_in_year(op.reader(), place, today.year()).await?;
    let held =
        |meeting: &&super::Meeting| meeting.state.0 == MeetingState::Published && meeting.starts_at.0 <= op.now();
    let mut todos: Vec<Todo> = meetings
        .iter()
        .filter(held)
        .map(|meeting| Todo {
            title: format!("登记“{}”的到会和表决情况", meeting.title),
            place: String::new(),
            due: Some(domain::clock::Instant::end_of(meeting.starts_at.0.plus_days(3).date())),
            href: urls::of_meeting(urls::MEETING, meeting.id.0),
        })
        .collect();
    // A branch that has begun to keep its meetings here is reminded of the next; one that has not is left in peace.
    if !meetings.is_empty() {
        for kind in keeping(&meetings, [place.clone()], today).into_values().flat_map(|keeping| keeping.late) {
            let title = format!("{}已超过规定间隔，请安排召开", kind.label());
            todos.push(Todo { title, place: String::new(), due: None, href: urls::of_place(urls::NEW, place) });
        }
    }
    Ok(todos)
}
