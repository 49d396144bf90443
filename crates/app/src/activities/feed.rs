//! The calendar of a place for calendar programs (RFC 5545): what, when and where, and no names.

use std::fmt::Write as _;

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse as _, Response},
};
use domain::{
    activity::ActivityState,
    clock::Instant,
    place::{Level, PlaceCode},
};
use platform::{act::Op, error::Stop, pages::public};

use super::{
    queries::{above, bounds},
    store,
    store::activity,
};
use crate::places;

/// Octets of a line before it is folded (RFC 5545, 3.1).
const LINE: usize = 74;

/// The published activities of this year at a place and above it. Without a session: calendar programs have none.
pub async fn show(op: Op, Path(place): Path<String>) -> Result<Response, Stop> {
    let place: PlaceCode = place.parse().map_err(|_| Stop::Missing)?;
    let here = places::place(op.reader(), &place).await?.ok_or(Stop::Missing)?;
    if place.level() == Level::County || place.level().is_unit() {
        return Err(Stop::Missing);
    }
    let (from, until) = bounds(op.now().date().year());
    let mut rows = store::activities(op.reader(), &place, above(&place), from, until).await?;
    rows.retain(|row| matches!(row.state.0, ActivityState::Published | ActivityState::SummedUp));
    let text = calendar(&here.name, &rows);
    Ok(public(([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response()))
}

/// The calendar's text.
fn calendar(name: &str, rows: &[activity::Model]) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: &str| fold(&mut text, &format!("{name}:{value}"));
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//Hongqi//Activities//ZH");
    line("X-WR-CALNAME", &escaped(name));
    for row in rows {
        let ends = row.starts_at.0.plus_micros(row.hours.saturating_mul(36_000_000));
        line("BEGIN", "VEVENT");
        line("UID", &row.id.0.to_string());
        line("DTSTAMP", &stamp(row.starts_at.0));
        line("DTSTART", &stamp(row.starts_at.0));
        line("DTEND", &stamp(ends));
        line("SUMMARY", &escaped(&row.title));
        line("LOCATION", &escaped(&row.venue));
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
