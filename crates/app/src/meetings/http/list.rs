//! The meetings of a branch, and how the branches of a place keep theirs.

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
    forms::{Query, QueryForm},
    pages::page,
    shell::Chip,
};

use crate::{
    desk::Desk,
    meetings::{
        pages::{ListPage, OverviewPage, OverviewRow},
        queries::{held_by_kind, keeping, meetings_in_year},
        urls,
    },
    places,
};

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
    let kept = keeping(db, &place, today).await?;
    let address = urls::of_place(urls::PLACE, &place);
    let chip = |chosen: i16| Chip {
        label: format!("{chosen}年"),
        href: Query::at(address.as_str()).with("year", &chosen.to_string()).address(),
        is_on: chosen == year,
    };
    let years: Vec<Chip> = (0..3).map(|back| chip(today.year() - back)).collect();
    if place.level() == Level::Branch {
        let late = kept.into_values().flatten().collect();
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
    let held = held_by_kind(&rows);
    let row = |branch: places::Place| {
        let late: Vec<&str> = kept.get(&branch.code.0).into_iter().flatten().map(|kind| kind.label()).collect();
        let held = |kind: &MeetingKind| held.get(&(branch.code.0.clone(), *kind)).copied().unwrap_or(0);
        OverviewRow {
            href: urls::of_place(urls::PLACE, &branch.code.0),
            held: MeetingKind::ALL.iter().map(held).collect(),
            name: branch.name.clone(),
            late: if year == today.year() { late.join("、") } else { String::new() },
        }
    };
    let shell = desk.shell(format!("{}的支部会议", here.name)).await?;
    page(&OverviewPage { shell, name: here.name, years, rows: active.into_iter().map(row).collect() })
}
