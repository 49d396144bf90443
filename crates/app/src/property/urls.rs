//! Where the supervision of property companies is; what residents see is the portal's.

use domain::place::PlaceCode;

/// On to the page of one's own place.
pub const OWN: &str = "/property-service";
/// A branch's company, or those of the branches below.
pub const PLACE: &str = "/property-service/places/{place}";
/// Those of the branches below as an Excel table.
pub const SHEET: &str = "/property-service/places/{place}/companies.xlsx";
/// Keeping a contract with its duties.
pub const CONTRACT: &str = "/property-service/places/{place}/contract";
/// Keeping what a check of a duty found.
pub const CHECKS: &str = "/property-service/places/{place}/checks";
/// Opening the appraisal of a year.
pub const APPRAISALS: &str = "/property-service/places/{place}/appraisals";
/// Keeping what the branch or the owners' committee finds.
pub const FINDING: &str = "/property-service/{year}/places/{place}/finding";
/// Entering what a resident says.
pub const SAYING: &str = "/property-service/{year}/places/{place}/saying";
/// Publishing the appraisal.
pub const PUBLISH: &str = "/property-service/{year}/places/{place}/publish";

/// A branch's company for everybody, with the form to say what one thinks; the portal answers.
pub const PUBLIC: &str = "/property-hall/{branch}";

/// The page or deed at `path` of a place.
#[must_use]
pub fn of_place(path: &str, place: &PlaceCode) -> String {
    path.replace("{place}", place.as_str())
}

/// The deed at `path` on the appraisal of a year.
#[must_use]
pub fn of_year(path: &str, place: &PlaceCode, year: i32) -> String {
    of_place(path, place).replace("{year}", &year.to_string())
}

/// [`PUBLIC`].
#[must_use]
pub fn public(branch: &PlaceCode) -> String {
    PUBLIC.replace("{branch}", branch.as_str())
}
