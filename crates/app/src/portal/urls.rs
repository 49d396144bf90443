//! Where the public pages are.

use domain::{ids::NoticeId, place::PlaceCode};
use platform::shell::LINKS;

/// How the season stands, and how to object.
pub const HOME: &str = LINKS.portal;
/// Published notices.
pub const NOTICES: &str = "/notices";
/// One notice.
pub const NOTICE: &str = "/notices/{notice}";
/// Objecting against it.
pub const OBJECT: &str = "/notices/{notice}/object";
/// Asking with a query code how an objection stands.
pub const QUERY: &str = "/objections";
/// Results of the latest year.
pub const RESULTS: &str = "/results";
/// Results of a year.
pub const RESULTS_OF: &str = "/results/{year}";
/// The directory of branches and their compounds.
pub const DIRECTORY: &str = "/directory";
/// One branch.
pub const BRANCH: &str = "/directory/{branch}";
/// What open data there is.
pub const OPEN: &str = "/open";
/// Its description for programs (OpenAPI 3.1).
pub const OPENAPI: &str = "/open/openapi.json";
/// Branches as JSON.
pub const OPEN_BRANCHES: &str = "/open/branches.json";
/// Branches as a table.
pub const OPEN_BRANCHES_CSV: &str = "/open/branches.csv";
/// Results of all years as JSON.
pub const OPEN_RESULTS: &str = "/open/results.json";
/// Results of all years as a table.
pub const OPEN_RESULTS_CSV: &str = "/open/results.csv";
/// Published notices as JSON.
pub const OPEN_NOTICES: &str = "/open/notices.json";
/// Published notices as a table.
pub const OPEN_NOTICES_CSV: &str = "/open/notices.csv";
/// The season's progress as JSON.
pub const OPEN_PROGRESS: &str = "/open/progress.json";
/// The season's progress as a table.
pub const OPEN_PROGRESS_CSV: &str = "/open/progress.csv";

/// [`NOTICE`].
pub fn notice(notice: NoticeId) -> String {
    NOTICE.replace("{notice}", &notice.to_string())
}

/// [`OBJECT`].
pub fn object(notice: NoticeId) -> String {
    OBJECT.replace("{notice}", &notice.to_string())
}

/// [`RESULTS_OF`].
pub fn results_of(year: i32) -> String {
    RESULTS_OF.replace("{year}", &year.to_string())
}

/// [`BRANCH`].
pub fn branch(branch: &PlaceCode) -> String {
    BRANCH.replace("{branch}", branch.as_str())
}
