//! Where work units are.

use domain::{ids::UnitRegistrationId, place::PlaceCode};

/// The units of one's county, or on to one's own.
pub const UNITS: &str = "/units";
/// The units as an Excel table.
pub const EXPORT: &str = "/units.xlsx";
/// One unit with its branches, its members and where it reported.
pub const UNIT: &str = "/units/{unit}";
/// Another branch of it.
pub const ADD_BRANCH: &str = "/units/{unit}/branches";
/// Its members as an Excel table.
pub const MEMBERS: &str = "/units/{unit}/members.xlsx";
/// The yearly reports that reached it: its members', and the communities' feedback; `service` answers.
pub const REPORTS: &str = "/units/{unit}/reports/{year}";
/// Reporting to a community.
pub const REGISTER: &str = "/units/{unit}/register";
/// Units that reported to one's community.
pub const REPORTED: &str = "/unit-registrations";
/// They as an Excel table.
pub const REPORTED_EXPORT: &str = "/unit-registrations.xlsx";
/// One of them, with its history.
pub const REGISTRATION: &str = "/unit-registrations/{unit_registration}";
/// Confirming it.
pub const CONFIRM: &str = "/unit-registrations/{unit_registration}/confirm";
/// Ending it.
pub const END: &str = "/unit-registrations/{unit_registration}/end";

/// The page or deed at `path` of a unit.
#[must_use]
pub fn of_unit(path: &str, unit: &PlaceCode) -> String {
    path.replace("{unit}", unit.as_str())
}

/// The page at `path` of a unit in a year.
#[must_use]
pub fn of_reports(path: &str, unit: &PlaceCode, year: i16) -> String {
    of_unit(path, unit).replace("{year}", &year.to_string())
}

/// The deed at `path` on a report.
#[must_use]
pub fn of_registration(path: &str, id: UnitRegistrationId) -> String {
    path.replace("{unit_registration}", &id.to_string())
}
