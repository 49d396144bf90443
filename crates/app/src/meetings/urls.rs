//! Where the meetings are.

use domain::{ids::MeetingId, place::PlaceCode};

/// The meetings of one's own place.
pub const MEETINGS: &str = "/meetings";
/// The meetings of a place: a branch's own, or how its branches keep theirs.
pub const PLACE: &str = "/meetings/places/{place}";
/// The same as an Excel table.
pub const EXPORT: &str = "/meetings/places/{place}/meetings.xlsx";
/// Convening one.
pub const NEW: &str = "/meetings/places/{place}/new";
/// One meeting.
pub const MEETING: &str = "/meetings/{meeting}";
/// Changing what is planned.
pub const EDIT: &str = "/meetings/{meeting}/edit";
/// Telling the members.
pub const PUBLISH: &str = "/meetings/{meeting}/publish";
/// Another time or place, once members know of it.
pub const RESCHEDULE: &str = "/meetings/{meeting}/reschedule";
/// Calling it off.
pub const CANCEL: &str = "/meetings/{meeting}/cancel";
/// Attendance, votes and summary.
pub const CLOSE: &str = "/meetings/{meeting}/close";
/// Something to be added to the minutes later.
pub const ADD: &str = "/meetings/{meeting}/addenda";
/// Setting right who came.
pub const CORRECT: &str = "/meetings/{meeting}/correct";
/// Where members see what they are called to: their own page, which is another module's.
pub const OWN: &str = "/me/meetings";
/// The minutes as a Word document.
pub const MINUTES: &str = "/meetings/{meeting}/minutes.docx";

/// The page or deed at `path` of a place.
#[must_use]
pub fn of_place(path: &str, place: &PlaceCode) -> String {
    path.replace("{place}", place.as_str())
}

/// The page or deed at `path` of a meeting.
#[must_use]
pub fn of_meeting(path: &str, meeting: MeetingId) -> String {
    path.replace("{meeting}", &meeting.to_string())
}
