//! Requests around the meetings.

use std::collections::BTreeMap;

use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    clock::Instant,
    ids::{MeetingId, TopicId},
    meeting::{Matter, MeetingKind, MeetingState, Presence},
    permission::Deed,
    place::{Level, PlaceCode},
};
use jiff::civil::{Date, Time};
use platform::{
    error::Stop,
    forms::{Form, Query, QueryForm, Reading},
    pages::{done, letter, page, refused},
    shell::{Chip, Crumb, Problems, Step, StepState},
};

use super::{
    actions::{NewMeeting, NewTopic, add_to_minutes, cancel_meeting, convene_meeting, publish_meeting},
    close::{Outcome, Votes, close_meeting},
    letters,
    pages::{ListPage, MeetingPage, NewPage, OverviewPage, OverviewRow, TOPICS},
    queries::{keeping, meetings_in_year},
    roll::{self, Attendee},
    store::{self, meeting},
    urls,
};
use crate::{audit_log, desk::Desk, places, points, resolutions};

fn parse(text: &str) -> Result<MeetingId, Stop> {
    text.parse().map_err(|_| Stop::Missing)
}

/// On to the meetings of one's own place.
pub async fn own(desk: Desk) -> Result<Response, Stop> {
    let place = &desk.officer.office.place;
    desk.op.permit(Deed::ViewMeeting, place)?;
    Ok(Redirect::to(&urls::of_place(urls::PLACE, place)).into_response())
}

/// A branch's meetings of a year, or how the branches of a place keep theirs.
pub async fn list(desk: Desk, Path(place): Path<String>, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let place: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    desk.op.permit(Deed::ViewMeeting, &place)?;
    let (db, today) = (desk.op.reader(), desk.op.now().date());
    let here = places::place(db, &place).await?.ok_or(Stop::Missing)?;
    let year = query.value("year").parse().ok().filter(|year| (2000..=today.year()).contains(year));
    let year: i16 = year.unwrap_or(today.year());
    let rows = meetings_in_year(db, &place, year).await?;
    let address = urls::of_place(urls::PLACE, &place);
    let chip = |chosen: i16| Chip {
        label: format!("{chosen}年"),
        href: Query::at(address.as_str()).with("year", &chosen.to_string()).address(),
        is_on: chosen == year,
    };
    let years: Vec<Chip> = (0..3).map(|back| chip(today.year() - back)).collect();
    if place.level() == Level::Branch {
        let late = keeping(&rows, [place.clone()], today).into_values().flat_map(|it| it.late).collect();
        return page(&ListPage {
            shell: desk.shell(format!("{}的会议", here.name)).await?,
            late: if year == today.year() { late } else { Vec::new() },
            can_edit: desk.op.can(Deed::EditMeeting, &place),
            name: here.name,
            place,
            years,
            rows,
        });
    }
    let branches = places::branches_under(db, &place).await?;
    let active: Vec<_> = branches.into_iter().map(|branch| branch.place).filter(|place| place.is_active).collect();
    let kept = keeping(&rows, active.iter().map(|place| place.code.0.clone()), today);
    let row = |branch: places::Place| {
        let kept = kept.get(&branch.code.0).cloned().unwrap_or_default();
        let late: Vec<&str> = kept.late.iter().map(|kind| kind.label()).collect();
        OverviewRow {
            href: urls::of_place(urls::PLACE, &branch.code.0),
            name: branch.name,
            held: MeetingKind::ALL.iter().map(|kind| kept.held.get(kind).copied().unwrap_or(0)).collect(),
            late: if year == today.year() { late.join("、") } else { String::new() },
        }
    };
    let shell = desk.shell(format!("{}的支部会议", here.name)).await?;
    page(&OverviewPage { shell, name: here.name, years, rows: active.into_iter().map(row).collect() })
}

/// The form of a new meeting.
pub async fn show_new(desk: Desk, Path(place): Path<String>) -> Result<Response, Stop> {
    page(&new_page(&desk, &place, Problems::default(), Form::default()).await?)
}

async fn new_page(desk: &Desk, place: &str, problems: Problems, typed: Form) -> Result<NewPage, Stop> {
    let place: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    desk.op.permit(Deed::EditMeeting, &place)?;
    let here = places::branch(desk.op.reader(), &place).await?.ok_or(Stop::Missing)?;
    Ok(NewPage {
        shell: desk.shell("召集会议").await?,
        problems,
        crumbs: vec![Crumb {
            label: format!("{}的会议", here.place.name), href: urls::of_place(urls::PLACE, &place)
        }],
        action: urls::of_place(urls::NEW, &place),
        typed,
    })
}

/// Plans a meeting.
pub async fn convene(desk: Desk, Path(place): Path<String>, form: Form) -> Result<Response, Stop> {
    let code: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    desk.op.permit(Deed::EditMeeting, &code)?;
    let outcome = match read(&form) {
        Ok(new) => convene_meeting(&desk.op, &code, new).await,
        Err(stop) => Err(stop),
    };
    match outcome {
        Ok(id) => Ok(done(&urls::of_meeting(urls::MEETING, id), "会议已拟定，核对后请发出通知。")),
        Err(Stop::Refused(problems)) => refused(&new_page(&desk, &place, Problems(problems), form).await?),
        Err(stop) => Err(stop),
    }
}

fn read(form: &Form) -> Result<NewMeeting, Stop> {
    let mut reading = form.read();
    let kind = reading.choice::<MeetingKind>("kind", "会议种类");
    let title = reading.required("title", "会议名称", 60);
    let day = reading.date("date", "会议日期");
    let time = read_time(&mut reading, form.value("time"));
    let venue = reading.required("venue", "会议地点", 60);
    let mut topics = Vec::new();
    for index in 0..TOPICS {
        let field = |name: &str| format!("topic.{index}.{name}");
        if form.value(&field("title")).trim().is_empty() {
            continue;
        }
        let title = reading.required(&field("title"), "议题", 80);
        let text = reading.text(&field("text"), "拟议内容", 1000);
        if let Some(matter) = reading.choice::<Matter>(&field("matter"), "议题类别") {
            topics.push(NewTopic { title, text, matter });
        }
    }
    reading.finish()?;
    match (kind, day, time) {
        (Some(kind), Some(day), Some(time)) => {
            Ok(NewMeeting { kind, title, starts_at: Instant::at(day.to_datetime(time)), venue, topics })
        }
        _ => Err(Stop::fault("a form without a problem is complete")),
    }
}

fn read_time(reading: &mut Reading<'_>, text: &str) -> Option<Time> {
    let time = Time::strptime("%H:%M", text.trim()).ok();
    if time.is_none() {
        reading.note("time", "请填写会议时间，例如 09:30。");
    }
    time
}

/// One meeting.
pub async fn show(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    page(&meeting_page(&desk, parse(&id)?, Problems::default(), Form::default()).await?)
}

async fn find(desk: &Desk, deed: Deed, id: MeetingId) -> Result<meeting::Model, Stop> {
    let row = store::meeting(desk.op.reader(), id).await?.ok_or(Stop::Missing)?;
    desk.op.permit(deed, &row.branch.0)?;
    Ok(row)
}

async fn meeting_page(desk: &Desk, id: MeetingId, problems: Problems, typed: Form) -> Result<MeetingPage, Stop> {
    let db = desk.op.reader();
    let row = find(desk, Deed::ViewMeeting, id).await?;
    let here = places::place(db, &row.branch.0).await?.ok_or(Stop::Missing)?;
    let mut topics = Vec::new();
    let resolved = resolutions::resolutions_of(db, id).await?;
    for topic in store::topics_of(db, id).await? {
        let resolution = resolved.iter().find(|it| Some(it.id) == topic.resolution_id).cloned();
        topics.push((topic, resolution));
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

/// Adds to the minutes.
pub async fn add(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, Deed::EditMeeting, parse(&id)?).await?;
    let text: String = form.value("text").chars().take(1000).collect();
    let outcome = add_to_minutes(&desk.op, row.id.0, &text).await;
    answer(&desk, row.id.0, outcome, form, "已补记，原记录不变。").await
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
    let summary = reading.required("summary", "会议小结", 2000);
    reading.finish()?;
    Ok(Outcome { attendance, votes, summary })
}

async fn answer(
    desk: &Desk,
    id: MeetingId,
    outcome: Result<(), Stop>,
    form: Form,
    words: &str,
) -> Result<Response, Stop> {
    match outcome {
        Ok(()) => Ok(done(&urls::of_meeting(urls::MEETING, id), words)),
        Err(Stop::Refused(problems)) => refused(&meeting_page(desk, id, Problems(problems), form).await?),
        Err(stop) => Err(stop),
    }
}

/// The minutes.
pub async fn minutes(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let row = find(&desk, Deed::ViewMeeting, parse(&id)?).await?;
    let db = desk.op.reader();
    let here = places::place(db, &row.branch.0).await?.ok_or(Stop::Missing)?;
    let topics = store::topics_of(db, row.id.0).await?;
    let resolved = resolutions::resolutions_of(db, row.id.0).await?;
    let roll = roll::roll(db, &row).await?;
    let presence = roll::presence_of(db, row.id.0).await?;
    let day: Date = row.starts_at.0.date();
    letter(
        &format!("{day} {}记录", row.title),
        &letters::minutes(&here.name, &row, &topics, &resolved, &roll, &presence),
    )
}
