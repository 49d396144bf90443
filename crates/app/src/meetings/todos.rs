//! Meetings that a branch is late with, and those whose outcome is not written down.

use domain::{clock::Instant, meeting::MeetingState, permission::OfficeKind};
use platform::{act::Op, error::Stop};

use super::{
    queries::{keeping, meetings_between},
    urls,
};
use crate::desk::{Todo, Todos};

/// How many days back a meeting is looked for whose outcome is not written down.
const BACK_DAYS: i64 = 400;

/// What waits on the office in use.
pub fn todos(op: &Op) -> Todos<'_> {
    Box::pin(async move {
        match op.actor.officer()?.office.kind {
            OfficeKind::BranchSecretary | OfficeKind::BranchCommittee => branch(op).await,
            OfficeKind::CommunityOfficer => community(op).await,
            _ => Ok(Vec::new()),
        }
    })
}

async fn branch(op: &Op) -> Result<Vec<Todo>, Stop> {
    let place = &op.actor.officer()?.office.place;
    let (now, today) = (op.now(), op.now().date());
    // Last year's are not forgotten on New Year's Day.
    let meetings = meetings_between(op.reader(), place, now.plus_days(-BACK_DAYS), now).await?;
    let is_open = |state: MeetingState| matches!(state, MeetingState::Planned | MeetingState::Published);
    let mut todos: Vec<Todo> = meetings
        .iter()
        .filter(|meeting| is_open(meeting.state.0))
        .map(|meeting| Todo {
            title: format!("登记“{}”的到会和表决情况", meeting.title),
            place: String::new(),
            due: Some(Instant::end_of(meeting.starts_at.0.plus_days(3).date())),
            href: urls::of_meeting(urls::MEETING, meeting.id.0),
        })
        .collect();
    for missed in keeping(op.reader(), place, today).await?.into_values() {
        let mut ask = |title: String, due: Option<Instant>| {
            todos.push(Todo { title, place: String::new(), due, href: urls::of_place(urls::NEW, place) });
        };
        for late in missed.late {
            ask(format!("{}已超过规定间隔（{}没有召开），请安排召开", late.label(), late.turn_before()), None);
        }
        for (soon, until) in missed.asked {
            ask(format!("{}{}还没有召开，请安排", soon.turn(), soon.label()), Some(Instant::end_of(until)));
        }
    }
    Ok(todos)
}

/// The community reminds its branches; it cannot meet for them.
async fn community(op: &Op) -> Result<Vec<Todo>, Stop> {
    let place = &op.actor.officer()?.office.place;
    let kept = keeping(op.reader(), place, op.now().date()).await?;
    let late = kept.into_values().filter(|missed| !missed.late.is_empty()).count();
    if late == 0 {
        return Ok(Vec::new());
    }
    let title = format!("有 {late} 个小区党支部的会议超过规定间隔，请提醒召开");
    Ok(vec![Todo { title, place: String::new(), due: None, href: urls::of_place(urls::PLACE, place) }])
}
