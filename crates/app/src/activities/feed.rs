//! The calendar of a place for calendar programs (RFC 5545): what, when and where, and no names.
//!
//! A calendar program has no session, so that the address itself is the permission: it ends in a code that is derived from the key of
//! this installation, the place and a revision. A place opens its calendar, gives it another address, and shuts it again.

use std::fmt::Write as _;

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse as _, Response},
};
use domain::{
    activity::ActivityState,
    clock::Instant,
    meeting::MeetingState,
    permission::Deed,
    place::{Level, PlaceCode},
};
use platform::{
    act::{Op, Subject},
    db::{column::Text, insert_all},
    error::Stop,
    floor::Floor,
    forms::Form,
    pages::{done, public},
};
use sea_orm::{ActiveModelTrait as _, ConnectionTrait, EntityTrait as _, IntoActiveModel as _};

use super::{
    queries::{above, bounds},
    store,
    store::activity,
    urls,
};
use crate::{
    desk::Desk,
    meetings::{self, Meeting},
    places,
};

/// Octets of a line before it is folded (RFC 5545, 3.1).
const LINE: usize = 74;

/// Calendars that places have opened.
pub mod row {
    use super::{PlaceCode, Text};
    use sea_orm::entity::prelude::*;

    /// The calendar of a place, open or shut (日历订阅).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "calendar_feeds")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub place: Text<PlaceCode>,
        /// How often the address was changed.
        pub revision: i32,
        pub is_open: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

async fn feed(db: &impl ConnectionTrait, place: &PlaceCode) -> Result<Option<row::Model>, Stop> {
    Ok(row::Entity::find_by_id(Text(place.clone())).one(db).await?)
}

/// Whether a place has a calendar at all: a whole county and work units have none.
#[must_use]
pub fn may_be_fed(place: &PlaceCode) -> bool {
    place.level() != Level::County && !place.level().is_unit()
}

/// The last part of the address: the place and a code that nobody can guess.
fn code_of(floor: &Floor, row: &row::Model) -> String {
    let hash = floor.keys.index(&format!("calendar {} {}", row.place.0, row.revision));
    format!("{}-{}", row.place.0, hash.get(..40).unwrap_or(&hash))
}

/// The address of a place's calendar, when it is open.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_page(op: &Op, place: &PlaceCode) -> Result<Option<String>, Stop> {
    let row = feed(op.reader(), place).await?.filter(|row| row.is_open);
    Ok(row.map(|row| urls::FEED.replace("{feed}", &code_of(&op.floor, &row))))
}

/// Opens the calendar of a place, or gives it another address; the old one is dead from then on.
///
/// # Errors
/// [`Stop::Missing`] for places without a calendar.
pub async fn open_feed(op: &Op, place: &PlaceCode) -> Result<(), Stop> {
    set(op, place, true).await
}

/// Shuts the calendar of a place.
///
/// # Errors
/// [`Stop::Missing`] for places without a calendar.
pub async fn shut_feed(op: &Op, place: &PlaceCode) -> Result<(), Stop> {
    set(op, place, false).await
}

async fn set(op: &Op, place: &PlaceCode, is_open: bool) -> Result<(), Stop> {
    let mut act = op.act().await?;
    places::place(act.db(), place).await?.filter(|_| may_be_fed(place)).ok_or(Stop::Missing)?;
    act.permit(Deed::EditActivity, place)?;
    let revision = match feed(act.db(), place).await? {
        Some(old) => {
            let revision = old.revision.saturating_add(1);
            let row = row::Model { revision, is_open, ..old };
            row::Entity::update(row.into_active_model().reset_all()).exec(act.db()).await?;
            revision
        }
        None => {
            insert_all(act.db(), vec![row::Model { place: Text(place.clone()), revision: 1, is_open }]).await?;
            1
        }
    };
    let body = serde_json::json!({ "calendar": revision, "is_open": is_open });
    act.record(Deed::EditActivity, &Subject::new("calendar", place, place), body).await?;
    act.commit().await
}

/// Opens it or changes its address.
pub async fn open(desk: Desk, Path(place): Path<String>, _form: Form) -> Result<Response, Stop> {
    let place: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    open_feed(&desk.op, &place).await?;
    Ok(done(&urls::of_place(urls::PLACE, &place), "日历订阅地址已生成。请只发给本支部的同志；地址外泄时可以更换。"))
}

/// Shuts it.
pub async fn shut(desk: Desk, Path(place): Path<String>, _form: Form) -> Result<Response, Stop> {
    let place: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    shut_feed(&desk.op, &place).await?;
    Ok(done(&urls::of_place(urls::PLACE, &place), "日历订阅已停用，原来的地址不能再用。"))
}

/// The activities and meetings of last year, this year and the next at a place and above it. Without a session: calendar programs have none.
pub async fn show(op: Op, Path(code): Path<String>) -> Result<Response, Stop> {
    let (place, _) = code.split_once('-').ok_or(Stop::Missing)?;
    let place: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    let row = feed(op.reader(), &place).await?.filter(|row| row.is_open).ok_or(Stop::Missing)?;
    if code_of(&op.floor, &row) != code {
        return Err(Stop::Missing);
    }
    let here = places::place(op.reader(), &place).await?.ok_or(Stop::Missing)?;
    let year = op.now().date().year();
    let (from, until) = (bounds(year.saturating_sub(1)).0, bounds(year.saturating_add(1)).1);
    let mut rows = store::activities(op.reader(), &place, above(&place), from, until).await?;
    rows.retain(|row| row.state.0 != ActivityState::Planned);
    let mut meetings = meetings::meetings_between(op.reader(), &place, from, until).await?;
    // The meetings of a community's branches are each branch's own.
    meetings.retain(|row| row.branch.0 == place && row.published_at.is_some());
    let events: Vec<Event> =
        rows.iter().map(Event::of_activity).chain(meetings.iter().map(Event::of_meeting)).collect();
    let text = calendar(&here.name, &events);
    Ok(public(([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response()))
}

/// How long a meeting is put down for, in hundredths of an hour.
const MEETING: i64 = 150;

/// What a calendar program is told of one thing.
struct Event {
    id: String,
    starts_at: Instant,
    hours: i64,
    title: String,
    venue: String,
    is_off: bool,
    /// Rises with every change.
    version: i32,
}

impl Event {
    fn of_activity(row: &activity::Model) -> Self {
        Self {
            id: row.id.0.to_string(),
            starts_at: row.starts_at.0,
            hours: row.hours,
            title: row.title.clone(),
            venue: row.venue.clone(),
            is_off: row.state.0 == ActivityState::Cancelled,
            version: row.version,
        }
    }

    fn of_meeting(row: &Meeting) -> Self {
        Self {
            id: row.id.0.to_string(),
            starts_at: row.starts_at.0,
            hours: MEETING,
            title: row.title.clone(),
            venue: row.venue.clone(),
            is_off: row.state.0 == MeetingState::Cancelled,
            version: row.version,
        }
    }
}

/// The calendar's text.
fn calendar(name: &str, events: &[Event]) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: &str| fold(&mut text, &format!("{name}:{value}"));
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//Hongqi//Activities//ZH");
    line("X-WR-CALNAME", &escaped(name));
    for event in events {
        let ends = event.starts_at.plus_hundredths(event.hours);
        line("BEGIN", "VEVENT");
        line("UID", &event.id);
        line("DTSTAMP", &stamp(event.starts_at));
        line("DTSTART", &stamp(event.starts_at));
        line("DTEND", &stamp(ends));
        line("SUMMARY", &escaped(&event.title));
        line("LOCATION", &escaped(&event.venue));
        // A program that knows the event already takes the higher number for the newer state.
        line("SEQUENCE", &event.version.to_string());
        if event.is_off {
            line("STATUS", "CANCELLED");
        }
        line("END", "VEVENT");
    }
    line("END", "VCALENDAR");
    text
}

/// A moment in UTC, which every calendar program understands without a table of zones. China has kept eight hours since 1991.
fn stamp(at: Instant) -> String {
    let utc = at.plus_minutes(-8 * 60).civil();
    utc.strftime("%Y%m%dT%H%M%SZ").to_string()
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// Appends a line, folded between characters.
fn fold(text: &mut String, line: &str) {
    let mut width = 0;
    for character in line.chars() {
        if width + character.len_utf8() > LINE {
            text.push_str("\r\n ");
            width = 1;
        }
        let _ = write!(text, "{character}");
        width += character.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn lines_are_escaped_and_folded_between_characters() {
        let mut text = String::new();
        fold(&mut text, &format!("SUMMARY:{}", escaped(&"清扫楼道，护绿；a,b;c\\d\n".repeat(4))));
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        let unfolded = text.replace("\r\n ", "");
        assert!(unfolded.contains("a\\,b\\;c\\\\d\\n"), "{unfolded}");
        assert_eq!(stamp(Instant::at(date(2022, 5, 1).at(7, 30, 0, 0))), "20220430T233000Z");
    }
}
