//! Convening a meeting, and changing what is planned.

use axum::{extract::Path, response::Response};
use domain::{
    meeting::{Matter, MeetingKind},
    organisation::PartyGroup,
    permission::Deed,
    place::PlaceCode,
};
use platform::{
    error::{OrRefuse as _, Stop},
    forms::{Form, Reading},
    pages::{done, page, refused},
    shell::{Crumb, Problems},
};

use super::{find, parse};
use crate::{
    desk::Desk,
    meetings::{
        actions::{NewElection, NewMeeting, NewTopic, change_meeting, convene_meeting},
        pages::{PlanPage, TOPICS},
        store::{self, candidate, meeting, topic},
        urls,
    },
    people, places,
};

/// The form of a new meeting.
pub async fn show_new(desk: Desk, Path(place): Path<String>) -> Result<Response, Stop> {
    page(&new_page(&desk, &place, Problems::default(), Form::default()).await?)
}

async fn new_page(desk: &Desk, place: &str, problems: Problems, typed: Form) -> Result<PlanPage, Stop> {
    let place: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    desk.op.permit(Deed::EditMeeting, &place)?;
    let here = places::branch(desk.op.reader(), &place).await?.ok_or(Stop::Missing)?;
    Ok(PlanPage {
        shell: desk.shell("召集会议").await?,
        problems,
        crumbs: vec![Crumb {
            label: format!("{}的会议", here.place.name), href: urls::of_place(urls::PLACE, &place)
        }],
        action: urls::of_place(urls::NEW, &place),
        title: "召集会议",
        groups: groups(desk, &place).await?,
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
    let words = "会议已拟定，核对后请发出通知；已经开过的，请补登。";
    match outcome {
        Ok(id) => Ok(done(&urls::of_meeting(urls::MEETING, id), words)),
        Err(Stop::Refused(problems)) => refused(&new_page(&desk, &place, Problems(problems), form).await?),
        Err(stop) => Err(stop),
    }
}

/// The form of a planned meeting.
pub async fn show_edit(desk: Desk, Path(id): Path<String>) -> Result<Response, Stop> {
    let row = find(&desk, Deed::EditMeeting, parse(&id)?).await?;
    row.rule().must_be_planned().or_refuse()?;
    let db = desk.op.reader();
    let (topics, candidates) = (store::topics_of(db, row.id.0).await?, store::candidates_of(db, row.id.0).await?);
    let typed = typed_of(&row, &topics, &candidates);
    page(&edit_page(&desk, &row, Problems::default(), typed).await?)
}

async fn edit_page(desk: &Desk, row: &meeting::Model, problems: Problems, typed: Form) -> Result<PlanPage, Stop> {
    Ok(PlanPage {
        shell: desk.shell("修改会议").await?,
        problems,
        crumbs: vec![Crumb { label: row.title.clone(), href: urls::of_meeting(urls::MEETING, row.id.0) }],
        action: urls::of_meeting(urls::EDIT, row.id.0),
        title: "修改会议",
        groups: groups(desk, &row.branch.0).await?,
        typed,
    })
}

/// The groups of the branch, to choose from.
async fn groups(desk: &Desk, branch: &PlaceCode) -> Result<Vec<(String, String)>, Stop> {
    let groups = people::groups_of(desk.op.reader(), branch).await?;
    Ok(groups.into_iter().map(|group| (group.number().to_string(), group.label())).collect())
}

/// What the form would hold for a planned meeting.
fn typed_of(row: &meeting::Model, topics: &[topic::Model], candidates: &[candidate::Model]) -> Form {
    let mut fields = vec![
        ("kind".to_owned(), row.kind.0.code().to_owned()),
        ("party_group".to_owned(), row.party_group.map(|group| group.0.number().to_string()).unwrap_or_default()),
        ("title".to_owned(), row.title.clone()),
    ];
    fields.extend(when_and_where_of(row).map(|(name, value)| (name.to_owned(), value)));
    for (index, topic) in topics.iter().enumerate() {
        let names: Vec<&str> =
            candidates.iter().filter(|it| it.topic_id == topic.id).map(|it| it.name.as_str()).collect();
        let mut add = |name: &str, value: String| fields.push((format!("topic.{index}.{name}"), value));
        add("title", topic.title.clone());
        add("matter", topic.matter.0.code().to_owned());
        add("text", topic.text.clone());
        add("seats", topic.seats.map(|seats| seats.to_string()).unwrap_or_default());
        add("candidates", names.join("、"));
    }
    Form::of(fields)
}

/// What the fields of time and place would hold, with the version that was read.
pub(super) fn when_and_where_of(row: &meeting::Model) -> [(&'static str, String); 4] {
    let starts_at = row.starts_at.0;
    [
        ("version", row.version.to_string()),
        ("date", starts_at.date().to_string()),
        ("time", starts_at.time_of_day()),
        ("venue", row.venue.clone()),
    ]
}

/// Changes what is planned.
pub async fn change(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let row = find(&desk, Deed::EditMeeting, parse(&id)?).await?;
    let id = row.id.0;
    let outcome = match read(&form) {
        Ok(new) => change_meeting(&desk.op, id, form.value("version").parse().unwrap_or(-1), new).await,
        Err(stop) => Err(stop),
    };
    match outcome {
        Ok(()) => Ok(done(&urls::of_meeting(urls::MEETING, id), "会议已修改，核对后请发出通知。")),
        Err(Stop::Refused(problems)) => refused(&edit_page(&desk, &row, Problems(problems), form).await?),
        Err(stop) => Err(stop),
    }
}

fn read(form: &Form) -> Result<NewMeeting, Stop> {
    let mut reading = form.read();
    let kind = reading.choice::<MeetingKind>("kind", "会议种类");
    let group = reading.count_if_any("party_group", "党小组", 1..=PartyGroup::MOST);
    let group = group.and_then(|number| PartyGroup::try_from(number).ok());
    let title = reading.required("title", "会议名称", 60);
    let starts_at = reading.moment(("date", "会议日期"), ("time", "会议时间"));
    let venue = reading.required("venue", "会议地点", 60);
    let mut topics = Vec::new();
    for index in 0..TOPICS {
        // What was written is not lost because its title is missing.
        let is_told = |name: &str| !form.value(&format!("topic.{index}.{name}")).trim().is_empty();
        if ["title", "text", "candidates"].into_iter().any(is_told) {
            topics.extend(read_topic(&mut reading, form, index));
        }
    }
    reading.finish()?;
    match (kind, starts_at) {
        (Some(kind), Some(starts_at)) => Ok(NewMeeting { kind, group, title, starts_at, venue, topics }),
        _ => Err(Stop::fault("a form without a problem is complete")),
    }
}

fn read_topic(reading: &mut Reading<'_>, form: &Form, index: usize) -> Option<NewTopic> {
    let field = |name: &str| format!("topic.{index}.{name}");
    let title = reading.required(&field("title"), "议题", 80);
    let text = reading.text(&field("text"), "拟议内容", 1000);
    let matter = reading.choice::<Matter>(&field("matter"), "议题类别")?;
    if matter != Matter::Election {
        return Some(NewTopic { title, text, matter, election: None });
    }
    let seats = reading.count(&field("seats"), "应选名额", 1..=50);
    let names: Vec<String> = form
        .value(&field("candidates"))
        .split(['、', '，', ',', '\n', '；', ';'])
        .map(|name| name.trim().chars().take(20).collect::<String>())
        .filter(|name| !name.is_empty())
        .collect();
    let seats = seats.and_then(|seats| u32::try_from(seats).ok())?;
    let election = Some(NewElection { seats, candidates: names });
    Some(NewTopic { title, text, matter, election })
}
