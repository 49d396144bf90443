//! Where the officers' pages of notices, objections and awards are; what the public reads is the portal's.

use domain::ids::{ApplicationId, NoticeId, ObjectionId, SeasonId};

/// The notice of the latest season.
pub const NOTICES: &str = "/notice-desk";
/// The notice of a season: draft, period, corrections.
pub const SEASON_NOTICE: &str = "/notice-desk/{season}";
/// Writing its draft.
pub const DRAFT: &str = "/notice-desk/{season}/draft";
/// One version of a notice.
pub const NOTICE: &str = "/notice-desk/notices/{notice}";
/// Publishing it.
pub const PUBLISH: &str = "/notice-desk/notices/{notice}/publish";
/// Correcting it.
pub const CORRECT: &str = "/notice-desk/notices/{notice}/correct";
/// Making its period longer.
pub const EXTEND: &str = "/notice-desk/notices/{notice}/extend";
/// It as a Word document.
pub const NOTICE_LETTER: &str = "/notice-desk/notices/{notice}/notice.docx";

/// Objections under one's place.
pub const OBJECTIONS: &str = "/objection-desk";
/// They as an Excel table.
pub const OBJECTIONS_SHEET: &str = "/objection-desk/objections.xlsx";
/// Entering one for somebody.
pub const ENTER: &str = "/objection-desk/new";
/// One objection.
pub const OBJECTION: &str = "/objection-desk/objections/{objection}";
/// Acknowledging it.
pub const ACKNOWLEDGE: &str = "/objection-desk/objections/{objection}/acknowledge";
/// Beginning to verify it.
pub const VERIFY: &str = "/objection-desk/objections/{objection}/verify";
/// Saying what was found.
pub const DECIDE: &str = "/objection-desk/objections/{objection}/decide";
/// Answering it.
pub const ANSWER: &str = "/objection-desk/objections/{objection}/answer";
/// Learning who reported.
pub const REPORTER: &str = "/objection-desk/objections/{objection}/reporter";

/// Awards by year.
pub const AWARDS: &str = "/awards";
/// They as an Excel table.
pub const AWARDS_SHEET: &str = "/awards/awards.xlsx";
/// The awards of a season: confirming and the circular.
pub const SEASON_AWARDS: &str = "/awards/{season}";
/// Confirming.
pub const CONFIRM: &str = "/awards/{season}/confirm";
/// Registering the circular.
pub const CIRCULAR: &str = "/awards/{season}/circular";
/// The circular as a Word document.
pub const CIRCULAR_LETTER: &str = "/awards/{season}/circular.docx";
/// Taking an award back.
pub const REVOKE: &str = "/awards/applications/{application}/revoke";

fn of_season(path: &str, season: SeasonId) -> String {
    path.replace("{season}", &season.to_string())
}

fn of_notice(path: &str, notice: NoticeId) -> String {
    path.replace("{notice}", &notice.to_string())
}

/// [`SEASON_NOTICE`].
pub fn season_notice(season: SeasonId) -> String {
    of_season(SEASON_NOTICE, season)
}

/// [`DRAFT`].
pub fn draft(season: SeasonId) -> String {
    of_season(DRAFT, season)
}

/// [`NOTICE`].
pub fn notice(notice: NoticeId) -> String {
    of_notice(NOTICE, notice)
}

/// [`PUBLISH`].
pub fn publish(notice: NoticeId) -> String {
    of_notice(PUBLISH, notice)
}

/// [`CORRECT`].
pub fn correct(notice: NoticeId) -> String {
    of_notice(CORRECT, notice)
}

/// [`EXTEND`].
pub fn extend(notice: NoticeId) -> String {
    of_notice(EXTEND, notice)
}

/// [`NOTICE_LETTER`].
pub fn notice_letter(notice: NoticeId) -> String {
    of_notice(NOTICE_LETTER, notice)
}

/// [`OBJECTION`].
pub fn objection(objection: ObjectionId) -> String {
    OBJECTION.replace("{objection}", &objection.to_string())
}

/// The deed at `path` on an objection.
pub fn objection_deed(path: &str, objection: ObjectionId) -> String {
    path.replace("{objection}", &objection.to_string())
}

/// [`SEASON_AWARDS`].
pub fn awards(season: SeasonId) -> String {
    of_season(SEASON_AWARDS, season)
}

/// [`CONFIRM`].
pub fn confirm(season: SeasonId) -> String {
    of_season(CONFIRM, season)
}

/// [`CIRCULAR`].
pub fn circular(season: SeasonId) -> String {
    of_season(CIRCULAR, season)
}

/// [`CIRCULAR_LETTER`].
pub fn circular_letter(season: SeasonId) -> String {
    of_season(CIRCULAR_LETTER, season)
}

/// [`REVOKE`].
pub fn revoke(application: ApplicationId) -> String {
    REVOKE.replace("{application}", &application.to_string())
}
