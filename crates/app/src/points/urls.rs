//! Where the pages of the points are.

use domain::{
    ids::{AppealId, CatalogueId, MembershipId, PointsCorrectionId, PointsEntryId},
    place::PlaceCode,
};

/// Where members see their own points: their own page, which is another module's.
pub const OWN: &str = "/me/points";
/// On to the page of one's own place.
pub const POINTS: &str = "/points";
/// The points of a place in a year: a branch by name, what lies above by counts.
pub const PLACE: &str = "/points/{year}/places/{place}";
/// The same as an Excel table.
pub const PLACE_EXPORT: &str = "/points/{year}/places/{place}/points.xlsx";
/// A branch's points of a year, its arithmetic and its lines, as a Word document.
pub const PLACE_LETTER: &str = "/points/{year}/places/{place}/report.docx";
/// Approving entries of a branch.
pub const APPROVE: &str = "/points/places/{place}/approve";
/// Rejecting entries of a branch.
pub const REJECT: &str = "/points/places/{place}/reject";
/// Proposing entries by hand.
pub const PROPOSE: &str = "/points/places/{place}/propose";
/// The catalogue of a branch, or the county's template.
pub const CATALOGUES: &str = "/points/places/{place}/catalogue";
/// One member's year, line by line.
pub const MEMBER: &str = "/points/{year}/members/{membership}";
/// Correcting a settled year of a member.
pub const CORRECT: &str = "/points/{year}/members/{membership}/correct";
/// What is set right in a settled year.
pub const CORRECTION: &str = "/points/corrections/{points_correction}";
/// Putting it into effect.
pub const APPROVE_CORRECTION: &str = "/points/corrections/{points_correction}/approve";
/// Leaving the year as it is.
pub const REJECT_CORRECTION: &str = "/points/corrections/{points_correction}/reject";
/// Taking an entry back.
pub const REVERSE: &str = "/points/entries/{entry}/reverse";
/// Appealing against an entry.
pub const APPEAL_ENTRY: &str = "/points/entries/{entry}/appeal";
/// One appeal.
pub const APPEAL: &str = "/points/appeals/{appeal}";
/// One version of a catalogue.
pub const CATALOGUE: &str = "/points/catalogues/{catalogue}";
/// Handing a draft to the community.
pub const SUBMIT: &str = "/points/catalogues/{catalogue}/submit";
/// The community has nothing against it.
pub const CHECK: &str = "/points/catalogues/{catalogue}/check";
/// The community gives it back.
pub const GIVE_BACK: &str = "/points/catalogues/{catalogue}/return";
/// Bringing it into effect.
pub const ADOPT: &str = "/points/catalogues/{catalogue}/adopt";
/// On to the unit scores of one's own place.
pub const UNIT_SCORES: &str = "/unit-scores";
/// What a work unit, or all of a county, scores its members in a year.
pub const UNIT_SCORES_OF: &str = "/unit-scores/{year}/{unit}";
/// Importing them from the unit's own table: the preview.
pub const UNIT_SCORES_IMPORT: &str = "/unit-scores/{year}/{unit}/import";
/// Importing what was previewed.
pub const UNIT_SCORES_CONFIRM: &str = "/unit-scores/{year}/{unit}/import/confirm";
/// The table to be filled in, with the unit's members.
pub const UNIT_SCORES_TABLE: &str = "/unit-scores/{year}/{unit}/table.xlsx";
/// A unit's members with their settled year, as an Excel table.
pub const UNIT_REPORT_TABLE: &str = "/unit-scores/{year}/{unit}/report.xlsx";
/// The same as a Word document.
pub const UNIT_REPORT_LETTER: &str = "/unit-scores/{year}/{unit}/report.docx";
/// On to the county's newest year.
pub const YEARS: &str = "/points-years";
/// Closing a year.
pub const YEAR: &str = "/points-years/{year}";
/// No new entries.
pub const CLOSE: &str = "/points-years/{year}/close";
/// Ordering the settlement.
pub const SETTLE: &str = "/points-years/{year}/settle";
/// Telling units and branches.
pub const REPORT: &str = "/points-years/{year}/report";
/// All reports in one archive.
pub const ARCHIVE: &str = "/points-years/{year}/reports.zip";

/// The page or deed at `path` of a place in a year.
#[must_use]
pub fn of_place(path: &str, place: &PlaceCode, year: i32) -> String {
    path.replace("{place}", place.as_str()).replace("{year}", &year.to_string())
}

/// The points of a branch in a year.
#[must_use]
pub fn branch(place: &PlaceCode, year: i32) -> String {
    of_place(PLACE, place, year)
}

/// One member's page or deed.
#[must_use]
pub fn of_member(path: &str, membership: MembershipId, year: i32) -> String {
    path.replace("{membership}", &membership.to_string()).replace("{year}", &year.to_string())
}

/// The deed at `path` on an entry.
#[must_use]
pub fn of_entry(path: &str, entry: PointsEntryId) -> String {
    path.replace("{entry}", &entry.to_string())
}

/// One appeal.
#[must_use]
pub fn appeal(id: AppealId) -> String {
    APPEAL.replace("{appeal}", &id.to_string())
}

/// The page or deed at `path` of a correction.
#[must_use]
pub fn of_correction(path: &str, id: PointsCorrectionId) -> String {
    path.replace("{points_correction}", &id.to_string())
}

/// One correction.
#[must_use]
pub fn correction(id: PointsCorrectionId) -> String {
    of_correction(CORRECTION, id)
}

/// The page or deed at `path` of a version.
#[must_use]
pub fn of_catalogue(path: &str, id: CatalogueId) -> String {
    path.replace("{catalogue}", &id.to_string())
}

/// One version of a catalogue.
#[must_use]
pub fn catalogue(id: CatalogueId) -> String {
    of_catalogue(CATALOGUE, id)
}

/// The page or deed at `path` of a unit, or of a county, in a year.
#[must_use]
pub fn of_unit(path: &str, unit: &PlaceCode, year: i32) -> String {
    path.replace("{unit}", unit.as_str()).replace("{year}", &year.to_string())
}

/// What a unit scores its members in a year.
#[must_use]
pub fn unit_scores(unit: &PlaceCode, year: i32) -> String {
    of_unit(UNIT_SCORES_OF, unit, year)
}

/// The county's year, or a deed on it.
#[must_use]
pub fn of_year(path: &str, year: i32) -> String {
    path.replace("{year}", &year.to_string())
}

/// The county's year.
#[must_use]
pub fn year(year: i32) -> String {
    of_year(YEAR, year)
}
