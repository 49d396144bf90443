//! The member's home: check-in, posts, hours and points at a glance.

use askama::Template;
use axum::response::Response;
use domain::{clock::chinese_date, permission::Deed, points::Points, service::ClaimState};
use platform::{error::Stop, shell::Shell};

use super::shown;
use crate::{
    activities,
    desk::{Desk, Todo},
    own::queries::own_line,
    people::Membership,
    places, points, service,
};

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
    let coming = activities::coming(db, branch, now).await?.into_iter();
    let todos = desk.todos().await?;
    Ok(HomePage {
        shell: desk.shell("我的报到").await?,
        branch: name(0),
        unit: name(1),
        held: held.join("、"),
        hours: Points(served.hours).short(),
        activities: served.activities + served.records,
        result: mine.map_or_else(|| "—".to_owned(), |it| it.compound().to_string()),
        coming: coming
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
