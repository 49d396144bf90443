//! What waits on the desks, and what they are reminded of.

use domain::{
    clock::Instant,
    permission::{Deed, OfficeKind},
    place::PlaceCode,
    voice::{Desk, IssueState, VoiceState},
};
use platform::{act::Op, error::Stop};

use super::{calls, queries, recurring, store::voice, urls};
use crate::{
    desk::{Todo, Todos},
    messages::Due,
};

/// To-dos and reminders of one office at most.
const MOST: u64 = 200;
/// Working days before the last day on which the desk is reminded.
const AHEAD: u16 = 1;
/// Days looked ahead for deadlines; long holidays lie in between.
const LOOKED_AHEAD: i64 = 14;

/// What waits on the office in use.
pub fn todos(op: &Op) -> Todos<'_> {
    Box::pin(async move {
        let place = &op.actor.officer()?.office.place;
        let Some(desk) = Desk::at(place.level()).filter(|_| op.can(Deed::AcceptVoice, place)) else {
            return Ok(Vec::new());
        };
        let rows = voice::waiting_at(op.reader(), place, desk, MOST).await?;
        let todo = |line: queries::VoiceLine| Todo {
            title: format!("{}“{}”诉求", deed(line.row.state.0), line.row.topic.0.label()),
            place: line.place,
            due: line.row.due_at.map(|due| due.0),
            href: urls::voice(line.row.id.0),
        };
        let mut todos: Vec<Todo> = queries::lines(op.reader(), rows).await?.into_iter().map(todo).collect();
        let calls = calls::store::waiting_at(op.reader(), place, desk, MOST).await?;
        let names = queries::Desks::over(op.reader(), calls.iter().map(|(_, voice)| &voice.place.0)).await?;
        todos.extend(calls.into_iter().map(|(call, voice)| Todo {
            title: format!("登记{}对“{}”诉求的回应", call.called, voice.topic.0.label()),
            place: names.of(&voice.place.0),
            due: call.due_at.map(|due| due.0),
            href: urls::voice(voice.id.0),
        }));
        if desk == Desk::Branch {
            let issues = recurring::store::issues(op.reader(), place, IssueState::Open, MOST).await?;
            todos.extend(issues.into_iter().filter(|issue| issue.owner.is_empty()).map(|issue| Todo {
                title: format!("确定共性问题“{}”的负责人", issue.topic.0.label()),
                place: String::new(),
                due: None,
                href: urls::issue(issue.id.0),
            }));
        }
        Ok(todos)
    })
}

/// What is to be done in a state.
const fn deed(state: VoiceState) -> &'static str {
    match state {
        VoiceState::New => "受理",
        VoiceState::Acknowledged | VoiceState::Returned => "安排办理",
        VoiceState::Assigned => "签收",
        VoiceState::Reopened => "签收要求重办的",
        VoiceState::Escalated => "签收逾期上报的",
        VoiceState::Parked => "复查挂账的",
        VoiceState::Done | VoiceState::CalledBack => "回访",
        VoiceState::InProgress | VoiceState::Merged | VoiceState::Closed | VoiceState::OutOfScope => "办理",
    }
}

/// What the desks of a county are reminded of: voices near their deadline, and those past it at the county, above which
/// there is nobody. Deadlines by the hour are told when the voice comes, and go up by themselves.
///
/// # Errors
/// When the database cannot be read.
pub async fn dues(op: &Op, county: &PlaceCode) -> Result<Vec<Due>, Stop> {
    let until = op.now().plus_days(LOOKED_AHEAD);
    let rows = voice::due_until(op.reader(), county, until, MOST).await?;
    let mut dues = Vec::new();
    for row in rows {
        let (Some(due), desk) = (row.due_at.map(|due| due.0), row.desk.0) else { continue };
        let Some(place) = row.place.0.at(desk.level()).filter(|_| due == Instant::start_of(due.date())) else {
            continue;
        };
        for kind in offices(desk) {
            dues.push(Due {
                of: format!("voice {} {}", row.id.0, row.state.0),
                kind: *kind,
                place: place.clone(),
                until: due,
                ahead: AHEAD,
                words: format!("有一件“{}”诉求待{}", row.topic.0.label(), deed(row.state.0)),
                late: "请尽快办理",
                link: urls::voice(row.id.0),
            });
        }
    }
    Ok(dues)
}

/// The offices at a desk.
const fn offices(desk: Desk) -> &'static [OfficeKind] {
    match desk {
        Desk::Branch => &[OfficeKind::BranchSecretary, OfficeKind::BranchCommittee],
        Desk::Community => &[OfficeKind::CommunityOfficer],
        Desk::Street => &[OfficeKind::StreetOfficer],
        Desk::County => &[OfficeKind::CountyOrgDept, OfficeKind::HousingBureau],
    }
}
