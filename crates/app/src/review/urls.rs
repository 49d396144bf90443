//! Where the pages of the county's review are.

use domain::{
    ids::{ApplicationId, ConsultationId, SeasonId},
    place::PlaceCode,
};

/// The panel unit's page of the latest season.
pub const PANEL: &str = "/review/panel";
/// The preliminary opinions of the latest season.
pub const PRELIMINARY: &str = "/review/preliminary";
/// The consultations of the latest season.
pub const CONSULTATIONS: &str = "/review/consultations";
/// The standing committee's page of the latest season.
pub const DECISION: &str = "/review/decision";

/// A panel unit's answers in a season.
pub const SEASON_PANEL: &str = "/review/panel/{season}";
/// The panel's answers as an Excel table.
pub const PANEL_SHEET: &str = "/review/panel/{season}/panel.xlsx";
/// The applications that wait for the panel's preliminary opinion.
pub const SEASON_PRELIMINARY: &str = "/review/preliminary/{season}";
/// One application before the panel.
pub const APPLICATION: &str = "/review/preliminary/applications/{application}";
/// Its veto check.
pub const VETO: &str = "/review/preliminary/applications/{application}/veto";
/// Its preliminary opinion.
pub const OPINION: &str = "/review/preliminary/applications/{application}/opinion";
/// The consultations of a season.
pub const SEASON_CONSULTATIONS: &str = "/review/consultations/{season}";
/// The consultations as an Excel table.
pub const CONSULTATIONS_SHEET: &str = "/review/consultations/{season}/consultations.xlsx";
/// Keeping how a consultation ended.
pub const CONSULTATION: &str = "/review/consultations/replies/{consultation}";
/// A street's substitution for those that the panel rejected.
pub const SUBSTITUTION: &str = "/review/substitution/{season}/{street}";
/// The standing committee's decision of a season.
pub const SEASON_DECISION: &str = "/review/decision/{season}";
/// The list before the committee as an Excel table.
pub const DECISION_SHEET: &str = "/review/decision/{season}/decision.xlsx";
/// The agenda sheet as a Word document.
pub const AGENDA: &str = "/review/decision/{season}/agenda.docx";

fn of_season(path: &str, season: SeasonId) -> String {
    path.replace("{season}", &season.to_string())
}

/// [`SEASON_PANEL`].
pub fn panel(season: SeasonId) -> String {
    of_season(SEASON_PANEL, season)
}

/// [`PANEL_SHEET`].
pub fn panel_sheet(season: SeasonId) -> String {
    of_season(PANEL_SHEET, season)
}

/// [`SEASON_PRELIMINARY`].
pub fn preliminary(season: SeasonId) -> String {
    of_season(SEASON_PRELIMINARY, season)
}

/// [`APPLICATION`].
pub fn application(application: ApplicationId) -> String {
    APPLICATION.replace("{application}", &application.to_string())
}

/// [`VETO`].
pub fn veto(application: ApplicationId) -> String {
    VETO.replace("{application}", &application.to_string())
}

/// [`OPINION`].
pub fn opinion(application: ApplicationId) -> String {
    OPINION.replace("{application}", &application.to_string())
}

/// [`SEASON_CONSULTATIONS`].
pub fn consultations(season: SeasonId) -> String {
    of_season(SEASON_CONSULTATIONS, season)
}

/// [`CONSULTATIONS_SHEET`].
pub fn consultations_sheet(season: SeasonId) -> String {
    of_season(CONSULTATIONS_SHEET, season)
}

/// [`CONSULTATION`].
pub fn consultation(consultation: ConsultationId) -> String {
    CONSULTATION.replace("{consultation}", &consultation.to_string())
}

/// [`SUBSTITUTION`].
pub fn substitution(season: SeasonId, street: &PlaceCode) -> String {
    of_season(SUBSTITUTION, season).replace("{street}", street.as_str())
}

/// [`SEASON_DECISION`].
pub fn decision(season: SeasonId) -> String {
    of_season(SEASON_DECISION, season)
}

/// [`DECISION_SHEET`].
pub fn decision_sheet(season: SeasonId) -> String {
    of_season(DECISION_SHEET, season)
}

/// [`AGENDA`].
pub fn agenda(season: SeasonId) -> String {
    of_season(AGENDA, season)
}
