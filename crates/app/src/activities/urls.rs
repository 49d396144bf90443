//! Where the activities are.

use domain::{ids::ActivityId, place::PlaceCode};

/// The activities of one's own place.
pub const ACTIVITIES: &str = "/activities";
/// The activities at and above a place, and below it.
pub const PLACE: &str = "/activities/places/{place}";
/// Those of a year as an Excel table.
pub const EXPORT: &str = "/activities/places/{place}/activities.xlsx";
/// Planning one.
pub const NEW: &str = "/activities/places/{place}/new";
/// The calendar of a place, for calendar programs: an address that nobody can guess.
pub const FEED: &str = "/calendars/{feed}/calendar.ics";
/// Opening the calendar, or giving it another address.
pub const OPEN_FEED: &str = "/activities/places/{place}/calendar/open";
/// Shutting the calendar.
pub const SHUT_FEED: &str = "/activities/places/{place}/calendar/shut";
/// One activity.
pub const ACTIVITY: &str = "/activities/{activity}";
/// Changing what is planned.
pub const EDIT: &str = "/activities/{activity}/edit";
/// Noting somebody who came without having signed up.
pub const ATTEND: &str = "/activities/{activity}/attend";
/// Telling the members.
pub const PUBLISH: &str = "/activities/{activity}/publish";
/// Another time, place or number, once members know of it.
pub const RESCHEDULE: &str = "/activities/{activity}/reschedule";
/// Calling it off.
pub const CANCEL: &str = "/activities/{activity}/cancel";
/// Signing a member up.
pub const SIGN_UP: &str = "/activities/{activity}/sign-up";
/// Taking that back.
pub const SIGN_OFF: &str = "/activities/{activity}/sign-off";
/// Who came, for how long, and what was done.
pub const SUM_UP: &str = "/activities/{activity}/sum-up";
/// Setting right who came, once it is summed up.
pub const CORRECT: &str = "/activities/{activity}/correct";

/// The sheet to be signed by hand and typed in later, as a Word document.
pub const SHEET: &str = "/activities/{activity}/sign-in.docx";
/// On to the hours of one's own place.
pub const HOURS: &str = "/service-hours";
/// The hours served in a branch in a year, or in the branches under a place.
pub const HOURS_OF: &str = "/service-hours/{year}/places/{place}";
/// The same as an Excel table.
pub const HOURS_EXPORT: &str = "/service-hours/{year}/places/{place}/hours.xlsx";
/// Entering service that members did singly.
pub const RECORD: &str = "/service-hours/places/{place}/record";
/// Confirming it.
pub const CONFIRM_RECORDS: &str = "/service-hours/places/{place}/confirm";
/// Not confirming it.
pub const REJECT_RECORDS: &str = "/service-hours/places/{place}/reject";
/// Withdrawing one that was confirmed.
pub const WITHDRAW_RECORD: &str = "/service-hours/places/{place}/withdraw";

/// The page at `path` of a place in a year.
#[must_use]
pub fn of_year(path: &str, place: &PlaceCode, year: i16) -> String {
    of_place(path, place).replace("{year}", &year.to_string())
}

/// In the place of a month, for a list of the whole year.
pub const WHOLE_YEAR: &str = "all";

/// The page or deed at `path` of a place.
#[must_use]
pub fn of_place(path: &str, place: &PlaceCode) -> String {
    path.replace("{place}", place.as_str())
}

/// The page or deed at `path` of an activity.
#[must_use]
pub fn of_activity(path: &str, activity: ActivityId) -> String {
    path.replace("{activity}", &activity.to_string())
}
