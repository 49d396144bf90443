//! What reached a work unit in a year: the reports of its members, and the feedback of the communities (双报告).

use std::collections::BTreeMap;

use askama::Template;
use axum::{extract::Path, response::Response};
use domain::{
    clock::chinese_date,
    ids::MembershipId,
    permission::Deed,
    place::{Level, PlaceCode},
    service::{ReportKind, ReportState},
};
use platform::{
    error::Stop,
    pages::{letter, page},
    shell::{Chip, Crumb, Shell},
};

use super::{find_place, reports::parse_year};
use crate::{
    desk::{Desk, years},
    people::{self, Person},
    places::{self, Place},
    service::{
        letters::{self, Content},
        urls,
        versions::{Received, received},
    },
    units,
};

/// One report as the page shows it.
struct Line {
    /// The member, or the community.
    name: String,
    /// The member's branch.
    place: String,
    received: Received,
    letter: String,
}

#[derive(Template)]
#[template(path = "service/received.html")]
struct ReceivedPage {
    shell: Shell,
    crumbs: Vec<Crumb>,
    name: String,
    year: i16,
    years: Vec<Chip>,
    members: Vec<Line>,
    communities: Vec<Line>,
}

impl ReceivedPage {
    fn sent(&self, line: &Line) -> String {
        let (report, version) = &line.received;
        let again =
            if report.state.0 == ReportState::Draft { "；正在更正，以下是原来报送的" } else { "" };
        format!("{}由{}报送{again}", chinese_date(version.sent_on.0), version.signed)
    }

    fn figures(&self, line: &Line) -> String {
        letters::words(&line.received.1.figures.0)
    }
}

/// The unit, once its page is permitted.
async fn find_unit(desk: &Desk, unit: &str) -> Result<Place, Stop> {
    let found = find_place(desk, Deed::ViewUnit, unit).await?;
    if found.level.0 == Level::Unit { Ok(found) } else { Err(Stop::Missing) }
}

/// What the members of the unit sent, whether they are still in a roll or not.
async fn of_members(desk: &Desk, unit: &PlaceCode, year: i16) -> Result<Vec<(Received, Person)>, Stop> {
    let (db, county) = (desk.op.reader(), unit.at(Level::County).ok_or(Stop::Missing)?);
    let lines = people::lines_of_unit(db, unit).await?;
    let mut persons: BTreeMap<String, Person> =
        lines.into_iter().map(|(line, person)| (line.id.0.to_string(), person)).collect();
    let subjects: Vec<String> = persons.keys().cloned().collect();
    let sent = received(db, ReportKind::Member, year, &county, &subjects).await?;
    let mut sent: Vec<_> = sent.into_iter().filter_map(|it| Some((persons.remove(&it.0.subject)?, it))).collect();
    sent.sort_by_cached_key(|(one, of)| (people::by_sound(&one.name), of.0.id.0));
    Ok(sent.into_iter().map(|(person, it)| (it, person)).collect())
}

async fn of_communities(desk: &Desk, unit: &PlaceCode, year: i16) -> Result<Vec<Received>, Stop> {
    let county = unit.at(Level::County).ok_or(Stop::Missing)?;
    received(desk.op.reader(), ReportKind::Feedback, year, &county, &[unit.to_string()]).await
}

/// The page.
pub async fn show(desk: Desk, Path((unit, year)): Path<(String, String)>) -> Result<Response, Stop> {
    let (unit, year) = (find_unit(&desk, &unit).await?, parse_year(&year)?);
    let code = unit.code.0.clone();
    let (members, communities) = (of_members(&desk, &code, year).await?, of_communities(&desk, &code, year).await?);
    let codes = members.iter().map(|(it, _)| &it.0).chain(communities.iter().map(|it| &it.0));
    let names = places::names(desk.op.reader(), codes.map(|row| row.place.0.clone()).collect()).await?;
    let name = |place: &PlaceCode| names.get(place.as_str()).cloned().unwrap_or_default();
    let address = |path: &str| units::urls::of_reports(path, &code, year);
    let member = |(received, person): (Received, Person)| Line {
        name: person.name,
        place: name(&received.0.place.0),
        letter: address(urls::RECEIVED_REPORT).replace("{membership}", &received.0.subject),
        received,
    };
    let community = |received: Received| Line {
        name: name(&received.0.place.0),
        place: String::new(),
        letter: address(urls::RECEIVED_FEEDBACK).replace("{community}", received.0.place.0.as_str()),
        received,
    };
    page(&ReceivedPage {
        shell: desk.shell(format!("{}收到的双报告", unit.name)).await?,
        crumbs: vec![Crumb { label: unit.name.clone(), href: units::urls::of_unit(units::urls::UNIT, &code) }],
        years: years(desk.op.now(), year, |year| units::urls::of_reports(units::urls::REPORTS, &code, year)),
        members: members.into_iter().map(member).collect(),
        communities: communities.into_iter().map(community).collect(),
        name: unit.name,
        year,
    })
}

fn content(year: i16, (_, version): &Received) -> Content<'_> {
    Content {
        year,
        figures: &version.figures.0,
        body: &version.body,
        plan: &version.plan,
        date: Some(version.sent_on.0),
    }
}

/// A member's report as a Word document.
pub async fn report_letter(
    desk: Desk,
    Path((unit, year, id)): Path<(String, String, String)>,
) -> Result<Response, Stop> {
    let (unit, year) = (find_unit(&desk, &unit).await?, parse_year(&year)?);
    let id: MembershipId = id.parse().map_err(|_| Stop::Missing)?;
    let sent = of_members(&desk, &unit.code.0, year).await?;
    let (sent, person) = sent.into_iter().find(|(it, _)| it.0.subject == id.to_string()).ok_or(Stop::Missing)?;
    let branch = places::place(desk.op.reader(), &sent.0.place.0).await?.ok_or(Stop::Missing)?;
    let drawn = letters::member_report(&person.name, &branch.name, &unit.name, &content(year, &sent));
    letter(&format!("{}{year}年度双报告", person.name), &drawn)
}

/// A community's feedback as a Word document.
pub async fn feedback_letter(
    desk: Desk,
    Path((unit, year, community)): Path<(String, String, String)>,
) -> Result<Response, Stop> {
    let (unit, year) = (find_unit(&desk, &unit).await?, parse_year(&year)?);
    let sent = of_communities(&desk, &unit.code.0, year).await?;
    let sent = sent.into_iter().find(|it| it.0.place.0.as_str() == community).ok_or(Stop::Missing)?;
    let community = places::place(desk.op.reader(), &sent.0.place.0).await?.ok_or(Stop::Missing)?;
    let drawn = letters::feedback(&community.name, &unit.name, &content(year, &sent));
    letter(&format!("{}{year}年度反馈", community.name), &drawn)
}
