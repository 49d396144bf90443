//! What waits on the desks, and what they are reminded of. Nothing of what a file holds is said there.

use domain::{
    clock::Instant,
    permission::{Deed, OfficeKind},
    place::PlaceCode,
    voice::Desk,
};
use platform::{act::Op, error::Stop};

use super::{queries, store::dispute, urls};
use crate::{
    desk::{Todo, Todos},
    messages::Due,
};

/// To-dos and reminders of one office at most.
const MOST: u64 = 200;
/// Working days before the last day on which the desk is reminded.
const AHEAD: u16 = 2;
/// Days looked ahead for deadlines; long holidays lie in between.
const LOOKED_AHEAD: i64 = 14;

/// What waits on the office in use.
pub fn todos(op: &Op) -> Todos<'_> {
    Box::pin(async move {
        let place = &op.actor.officer()?.office.place;
        let Some(desk) = Desk::at(place.level()).filter(|_| op.can(Deed::AcceptDispute, place)) else {
            return Ok(Vec::new());
        };
        let rows = dispute::waiting_at(op.reader(), place, desk, MOST).await?;
        let todo = |line: queries::DisputeLine| Todo {
            title: format!("{}：调解卷{}", line.row.state.0.next(), line.row.called()),
            place: line.place,
            due: line.row.due_at.map(|due| due.0),
            href: urls::dispute(line.row.id.0),
        };
        Ok(queries::lines(op, rows).await?.into_iter().map(todo).collect())
    })
}

/// What the desks of a county are reminded of: files near their day.
///
/// # Errors
/// When the database cannot be read.
pub async fn dues(op: &Op, county: &PlaceCode) -> Result<Vec<Due>, Stop> {
    let until: Instant = op.now().plus_days(LOOKED_AHEAD);
    let mut dues = Vec::new();
    for row in dispute::due_until(op.reader(), county, until, MOST).await? {
        let (Some(due), desk) = (row.due_at.map(|due| due.0), row.desk.0) else { continue };
        let Some(place) = row.place.0.at(desk.level()) else { continue };
        for kind in offices(desk) {
            dues.push(Due {
                of: format!("dispute {} {} {}", row.id.0, row.state.0, due.as_micros()),
                kind: *kind,
                place: place.clone(),
                until: due,
                ahead: AHEAD,
                words: format!("调解卷{}待{}", row.called(), row.state.0.next()),
                late: "请尽快办理",
                link: urls::dispute(row.id.0),
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
        Desk::Street | Desk::County => &[OfficeKind::StreetOfficer],
    }
}
