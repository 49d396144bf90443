//! Where the workbench's own pages are.

use platform::shell::LINKS;

/// What waits on the office in use.
pub const DESK: &str = LINKS.home;
/// The messages of the office in use.
pub const MESSAGES: &str = LINKS.messages;
/// Marking them as seen.
pub const SEEN: &str = "/messages/seen";
/// The season at a glance.
pub const DASHBOARD: &str = "/dashboard";
/// The same as Excel tables.
pub const DASHBOARD_EXPORT: &str = "/dashboard.xlsx";
/// Search.
pub const SEARCH: &str = LINKS.search;
