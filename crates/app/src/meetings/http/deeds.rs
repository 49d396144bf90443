//! Deeds on one meeting.

use std::collections::{BTreeMap, BTreeSet};

use axum::{extract::Path, response::Response};
use domain::{
    ids::{CandidateId, TopicId},
    meeting::{MeetingKind, Presence},
    permission::Deed,
};
use platform::{error::Stop, forms::Form};

use super::{answer, find, parse};
use crate::{
    desk::Desk,
    meetings::{
        actions::{add_to_minutes, cancel_meeting, publish_meeting},
        close::{Outcome, Votes, close_meeting},
        correct::{PresenceCorrection, correct_presence},
        reschedule::reschedule_meeting,
        roll::Attendee,
    },
    points::{self, Followed},
};

/// Tells the members.
pub async fn publish(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, Deed::EditMeeting, parse(&id)?).await?;
    let outcome = publish_meeting(&desk.op, row.id.0).await;
    answer(&desk, row.id.0, outcome, form, "会议通知已发出，党员登录后在“我的”页面能看到时间、地点和议题。").await
}

/// Calls it off.
pub async fn cancel(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, Deed::EditMeeting, parse(&id)?).await?;
    let outcome = cancel_meeting(&desk.op, row.id.0, form.value("reason")).await;
    answer(&desk, row.id.0, outcome, form, "会议已取消。").await
}

/// Another time or place.
pub async fn reschedule(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, Deed::EditMeeting, parse(&id)?).await?;
    let mut reading = form.read();
    let starts_at = reading.moment(("date", "会议日期"), ("time", "会议时间"));
    let venue = reading.required("venue", "会议地点", 60);
    let version = form.value("version").parse().unwrap_or(-1);
    let outcome = match reading.finish_with(starts_at) {
        Ok(starts_at) => reschedule_meeting(&desk.op, row.id.0, version, starts_at, venue).await,
        Err(stop) => Err(stop),
    };
    answer(&desk, row.id.0, outcome, form, "时间地点已改，并已告诉参加会议的同志。").await
}

/// Adds to the minutes.
pub async fn add(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, Deed::EditMeeting, parse(&id)?).await?;
    let text: String = form.value("text").chars().take(1000).collect();
    let outcome = add_to_minutes(&desk.op, row.id.0, &text).await;
    answer(&desk, row.id.0, outcome, form, "已补记，原记录不变。").await
}

/// Sets right who came.
pub async fn correct(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, Deed::EditMeeting, parse(&id)?).await?;
    let mut reading = form.read();
    let presence = reading.choice::<Presence>("corrected", "更正为");
    let reason = reading.required("correction", "更正原因", 200);
    if form.value("attendee").is_empty() {
        reading.note("attendee", "请选择是谁。");
    }
    let outcome = match reading.finish_with(presence) {
        Ok(presence) => {
            let told = PresenceCorrection { attendee: form.value("attendee").parse()?, presence, reason };
            correct_presence(&desk.op, row.id.0, told).await
        }
        Err(stop) => Err(stop),
    };
    let words = match outcome {
        Ok(Followed::Closed) => "到会情况已更正，并附在会议记录后面。这一年度已截止计分或没有可计的分，积分没有变动。",
        Ok(Followed::Whole) => "到会情况已更正，并附在会议记录后面。相应的计分由支部另一名同志审核后生效。",
        Ok(Followed::Nothing) | Err(_) => "到会情况已更正，并附在会议记录后面。",
    };
    answer(&desk, row.id.0, outcome.map(drop), form, words).await
}

/// Attendance, votes and summary.
pub async fn close(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, Deed::EditMeeting, parse(&id)?).await?;
    let outcome = match read_outcome(&form) {
        Ok(outcome) => close_meeting(&desk.op, row.id.0, outcome).await,
        Err(stop) => Err(stop),
    };
    let words = match outcome {
        Ok(_) if !matches!(row.kind.0, MeetingKind::General | MeetingKind::ThemeDay) => {
            "到会和表决情况已登记。".to_owned()
        }
        Ok(count) => {
            let day = row.starts_at.0.date();
            let points = points::proposed_words(desk.op.reader(), &row.branch.0, day, count).await?;
            format!("到会和表决情况已登记。{points}")
        }
        Err(_) => String::new(),
    };
    answer(&desk, row.id.0, outcome.map(drop), form, &words).await
}

fn read_outcome(form: &Form) -> Result<Outcome, Stop> {
    let mut attendance = BTreeMap::new();
    for (id, presence) in form.with_prefix("presence.") {
        let id: Attendee = id.parse()?;
        attendance.insert(id, presence.parse::<Presence>().map_err(|_| Stop::refused("请为每名党员选择到会情况。"))?);
    }
    let mut reading = form.read();
    let mut votes = BTreeMap::new();
    for (id, _) in form.with_prefix("yes.") {
        let topic: TopicId = id.parse().map_err(|_| Stop::Missing)?;
        let mut count = |name: &str, label: &str| reading.count_if_any(&format!("{name}.{id}"), label, 0..=100_000);
        let (yes, no, abstained) = (count("yes", "赞成"), count("no", "反对"), count("abstained", "弃权"));
        let number = |votes: Option<i64>| votes.and_then(|votes| u32::try_from(votes).ok()).unwrap_or(0);
        // A topic whose votes are all left empty was not voted on.
        if let (Some(_), _, _) | (_, Some(_), _) | (_, _, Some(_)) = (yes, no, abstained) {
            votes.insert(topic, Votes { yes: number(yes), no: number(no), abstained: number(abstained) });
        }
    }
    let mut elections = BTreeMap::new();
    for (id, _) in form.with_prefix("elect.") {
        let candidate: CandidateId = id.parse().map_err(|_| Stop::Missing)?;
        if let Some(votes) = reading.count_if_any(&format!("elect.{id}"), "得票", 0..=100_000) {
            elections.insert(candidate, u32::try_from(votes).unwrap_or(u32::MAX));
        }
    }
    let mut unvoted = BTreeSet::new();
    for (id, _) in form.with_prefix("unvoted.") {
        unvoted.insert(id.parse::<TopicId>().map_err(|_| Stop::Missing)?);
    }
    let mut consents = BTreeMap::new();
    for (id, _) in form.with_prefix("consent.") {
        let topic: TopicId = id.parse().map_err(|_| Stop::Missing)?;
        if let Some(votes) = reading.count_if_any(&format!("consent.{id}"), "同意减少名额", 0..=100_000) {
            consents.insert(topic, u32::try_from(votes).unwrap_or(u32::MAX));
        }
    }
    let summary = reading.required("summary", "会议小结", 2000);
    reading.finish()?;
    Ok(Outcome { attendance, votes, elections, unvoted, consents, summary })
}
