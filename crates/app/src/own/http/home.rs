//! The member's home: check-in, posts, hours and points at a glance.

use askama::Template;
use axum::response::Response;
use domain::{
    activity::{ActivityState, TakingPart},
    clock::chinese_date,
    permission::Deed,
    points::Points,
    service::ClaimState,
};
use platform::{error::Stop, shell::Shell};

use super::{
    meetings::{OwnMeeting, called_to},
    shown,
};
use crate::{
    activities::{self, Activity, Participant},
    desk::{Desk, Todo},
    own::queries::own_line,
    people::Membership,
    places, points, service,
};

/// An activity that the member signed up for.
struct OwnActivity {
    when: String,
    title: String,
    state: String,
    tone: &'static str,
    href: String,
}

/// How the member stands to it: also that a place became free, or that it was called off.
fn own_activity((row, part): (Activity, Participant)) -> OwnActivity {
    let (state, tone) = match (row.state.0, part.state.0) {
        (ActivityState::Cancelled, _) => (format!("已取消：{}", row.reason), "bad"),
        (_, TakingPart::Signed) if part.promoted_at.is_some() => ("已报名（候补转正）".to_owned(), "good"),
        (_, TakingPart::Waiting) => (TakingPart::Waiting.label().to_owned(), "warn"),
        (_, state) => (state.label().to_owned(), "good"),
    };
    let href = activities::urls::of_activity(activities::urls::ACTIVITY, row.id.0);
    OwnActivity { when: activities::when(&row), title: row.title, state, tone, href }
}

#[derive(Template)]
#[template(path = "own/home.html")]
struct HomePage {
    shell: Shell,
    name: String,
    branch: String,
    unit: String,
    line: Membership,
    year: i16,
    held: String,
    hours: String,
    activities: u32,
    result: String,
    coming: Vec<(String, String, String)>,
    /// Meetings of the branch that were announced.
    meetings: Vec<OwnMeeting>,
    /// The own ones: when, what, how it stands, and where it is read.
    own: Vec<OwnActivity>,
    todos: Vec<Todo>,
}

impl HomePage {
    fn registered(&self) -> String {
        self.line.registered_on.map_or_else(|| "没有登记".to_owned(), |date| chinese_date(date.0))
    }

    fn or_none<'a>(&self, text: &'a str) -> &'a str {
        if text.is_empty() { "没有" } else { text }
    }
}

/// The page.
pub async fn show(desk: Desk) -> Result<Response, Stop> {
    shown(&desk, home_page(&desk).await).await
}

async fn home_page(desk: &Desk) -> Result<HomePage, Stop> {
    let own = &desk.officer.office.place;
    desk.op.permit(Deed::ViewOwnRecord, own)?;
    let (line, person) = own_line(desk).await?;
    let (db, branch, id) = (desk.op.reader(), &line.branch.0, line.id.0);
    let (now, year) = (desk.op.now(), desk.op.now().date().year());
    let mut codes = vec![branch.clone()];
    codes.extend(line.unit.as_ref().map(|unit| unit.0.clone()));
    let names = places::names(db, codes.iter().cloned().collect()).await?;
    let name = |at: usize| codes.get(at).and_then(|code| names.get(code.as_str())).cloned().unwrap_or_default();
    let served = activities::served_in_year(db, branch, year).await?.remove(&id).unwrap_or_default();
    let mine = points::members_in_year(db, branch, year.into()).await?;
    let mine = mine.into_iter().find(|it| it.membership.id.0 == id);
    let held = service::claims_of_member(db, id).await?.into_iter();
    let held: Vec<String> =
        held.filter(|(claim, _)| claim.state.0 == ClaimState::Active).map(|(_, post)| post.title).collect();
    let own_ones = activities::signed_up_by(db, id, now).await?;
    let is_ones = |row: &Activity| own_ones.iter().any(|(own, _)| own.id == row.id);
    let mut coming = activities::coming(db, branch, now).await?;
    coming.retain(|row| !is_ones(row));
    let todos = desk.todos().await?;
    Ok(HomePage {
        shell: desk.shell("我的报到").await?,
        branch: name(0),
        unit: name(1),
        held: held.join("、"),
        hours: Points(served.hours).short(),
        activities: served.activities + served.records,
        result: mine.map_or_else(|| "—".to_owned(), |it| it.compound().to_string()),
        meetings: called_to(desk, &line).await?,
        own: own_ones.into_iter().map(own_activity).collect(),
        coming: coming
            .into_iter()
            .map(|row| {
                (activities::when(&row), row.title, activities::urls::of_activity(activities::urls::ACTIVITY, row.id.0))
            })
            .collect(),
        name: person.name,
        year,
        line,
        todos,
    })
}
