//! Where the selection's pages are.

use domain::{
    ids::{ApplicationId, AttachmentId, ParametersId, SeasonId},
    place::PlaceCode,
};

/// The seasons.
pub const SEASONS: &str = "/seasons";
/// They as an Excel table.
pub const SEASONS_EXPORT: &str = "/seasons.xlsx";
/// Writing parameters.
pub const PARAMETERS: &str = "/parameters";
/// The applications of the current season, within reach.
pub const APPLICATIONS: &str = "/applications";
/// The same as an Excel table.
pub const APPLICATIONS_EXPORT: &str = "/applications.xlsx";
/// Starting the branch's application.
pub const START: &str = "/applications/start";
/// The street's ranking.
pub const RANKING: &str = "/ranking";

/// One season.
#[must_use]
pub fn season(id: SeasonId) -> String {
    format!("{SEASONS}/{id}")
}

/// The seats of a season's streets as an Excel table.
#[must_use]
pub fn quotas_export(id: SeasonId) -> String {
    format!("{SEASONS}/{id}/quotas.xlsx")
}

/// The recommendation summary of a season.
#[must_use]
pub fn summary(id: SeasonId) -> String {
    format!("{SEASONS}/{id}/summary")
}

/// The same as an Excel table.
#[must_use]
pub fn summary_export(id: SeasonId) -> String {
    format!("{SEASONS}/{id}/summary.xlsx")
}

/// Editing the parameters of a year: a new version, or the first.
#[must_use]
pub fn edit_parameters(year: i32) -> String {
    format!("{PARAMETERS}/{year}")
}

/// One version of a year's parameters, to be read.
#[must_use]
pub fn parameters_version(id: ParametersId) -> String {
    format!("/parameter-versions/{id}")
}

/// Opening a season with a version of parameters.
#[must_use]
pub fn open(id: ParametersId) -> String {
    format!("/parameter-versions/{id}/open")
}

/// One application.
#[must_use]
pub fn application(id: ApplicationId) -> String {
    format!("{APPLICATIONS}/{id}")
}

/// An earlier version of an application.
#[must_use]
pub fn version(id: ApplicationId, number: i32) -> String {
    format!("{APPLICATIONS}/{id}?version={number}")
}

/// The form of an earlier version as a Word document.
#[must_use]
pub fn form_of(id: ApplicationId, number: i32) -> String {
    format!("{APPLICATIONS}/{id}/form.docx?version={number}")
}

/// A part of an application: `edit`, `draft`, `submit`, `withdraw`, `resume`, `files`, `check`, `assess`, `relation`,
/// `screen`, `return`, `decline`.
#[must_use]
pub fn part(id: ApplicationId, part: &str) -> String {
    format!("{APPLICATIONS}/{id}/{part}")
}

/// A file attached to an application.
#[must_use]
pub fn attachment(id: AttachmentId) -> String {
    format!("/attachments/{id}")
}

/// Taking a file off.
#[must_use]
pub fn detach(id: AttachmentId) -> String {
    format!("/attachments/{id}/detach")
}

/// The same with the suggested order filled in.
#[must_use]
pub fn suggested_ranking(season: SeasonId, street: &PlaceCode) -> String {
    format!("{}?suggested=on", ranking(season, street))
}

/// Those whom a street may rank, as an Excel table.
#[must_use]
pub fn ranking_export(season: SeasonId, street: &PlaceCode) -> String {
    format!("{}/candidates.xlsx", ranking(season, street))
}

/// The ranking of one street in a season.
#[must_use]
pub fn ranking(season: SeasonId, street: &PlaceCode) -> String {
    format!("{RANKING}/{season}/{street}")
}
