//! Where the calendar is.

/// The tables of all years, and the form that imports another.
pub const CALENDAR: &str = "/calendar";
/// An empty table to be filled in.
pub const TEMPLATE: &str = "/calendar/template.xlsx";
