//! The meetings of a branch, and how the branches of a place keep theirs.

use std::collections::BTreeMap;

use axum::{
    extract::Path,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    meeting::MeetingKind,
    permission::Deed,
    place::{Level, PlaceCode},
};
use platform::{
    error::Stop,
    forms::{Form, Query, QueryForm},
    pages::{page, workbook},
};

use crate::{
    desk::{Desk, years},
    meetings::{
        pages::{ListPage, OverviewPage, OverviewRow},
        queries::{Missed, held_by_kind, keeping, meetings_in_year},
        sheets,
        store::meeting,
        urls,
    },
    places::{self, Place},
};

/// On to the meetings of one's own place.
pub async fn own(desk: Desk) -> Result<Response, Stop> {
    let place = &desk.officer.office.place;
    desk.op.permit(Deed::ViewMeeting, place)?;
    Ok(Redirect::to(&urls::of_place(urls::PLACE, place)).into_response())
}

/// The meetings of a place in a year, as far as they are read.
struct Looked {
    here: Place,
    year: i16,
    rows: Vec<meeting::Model>,
    /// What was not held, by branch; only of the year that runs.
    missed: BTreeMap<PlaceCode, Missed>,
}

async fn look(desk: &Desk, place: &str, query: &Form) -> Result<Looked, Stop> {
    let place: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    desk.op.permit(Deed::ViewMeeting, &place)?;
    let (db, today) = (desk.op.reader(), desk.op.now().date());
    let here = places::place(db, &place).await?.ok_or(Stop::Missing)?;
    let year = query.value("year").parse().ok().filter(|year| (2000..=today.year()).contains(year));
    let year: i16 = year.unwrap_or(today.year());
    let rows = meetings_in_year(db, &place, year).await?;
    let missed = if year == today.year() { keeping(db, &place, today).await? } else { BTreeMap::new() };
    Ok(Looked { here, year, rows, missed })
}

impl Looked {
    /// The active branches under the place, with how each keeps its meetings.
    async fn by_branch(&self, desk: &Desk) -> Result<Vec<OverviewRow>, Stop> {
        let branches = places::branches_under(desk.op.reader(), &self.here.code.0).await?;
        let held = held_by_kind(&self.rows);
        let row = |branch: Place| {
            let late: Vec<String> =
                self.missed.get(&branch.code.0).iter().flat_map(|it| &it.late).map(|late| late.label()).collect();
            let held = |kind: &MeetingKind| held.get(&(branch.code.0.clone(), *kind)).copied().unwrap_or(0);
            OverviewRow {
                href: urls::of_place(urls::PLACE, &branch.code.0),
                held: MeetingKind::ALL.iter().map(held).collect(),
                name: branch.name.clone(),
                late: late.join("、"),
            }
        };
        Ok(branches.into_iter().map(|branch| branch.place).filter(|place| place.is_active).map(row).collect())
    }
}

/// A branch's meetings of a year, or how the branches of a place keep theirs.
pub async fn list(desk: Desk, Path(place): Path<String>, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let looked = look(&desk, &place, &query).await?;
    let (place, year) = (looked.here.code.0.clone(), looked.year);
    let at = |path: &str, year: i16| Query::at(urls::of_place(path, &place)).with("year", &year.to_string()).address();
    let years = years(desk.op.now(), year, |year| at(urls::PLACE, year));
    let sheet = at(urls::EXPORT, year);
    if place.level() == Level::Branch {
        return page(&ListPage {
            shell: desk.shell(format!("{}的会议", looked.here.name)).await?,
            missed: looked.missed.into_values().next().unwrap_or_default(),
            can_edit: desk.op.can(Deed::EditMeeting, &place),
            name: looked.here.name,
            place,
            years,
            rows: looked.rows,
            sheet,
        });
    }
    let rows = looked.by_branch(&desk).await?;
    let shell = desk.shell(format!("{}的支部会议", looked.here.name)).await?;
    page(&OverviewPage { shell, name: looked.here.name, years, rows, sheet })
}

/// The same as an Excel table.
pub async fn export(desk: Desk, Path(place): Path<String>, QueryForm(query): QueryForm) -> Result<Response, Stop> {
    let looked = look(&desk, &place, &query).await?;
    let title = format!("{}{}年支部会议", looked.here.name, looked.year);
    let table = if looked.here.level.0 == Level::Branch {
        sheets::meetings(&title, &looked.rows)
    } else {
        sheets::overview(&title, &looked.by_branch(&desk).await?)
    };
    workbook(&title, &[table])
}
