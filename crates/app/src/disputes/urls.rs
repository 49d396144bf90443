//! Where the pages of mediation are.

use domain::ids::DisputeId;

/// Files under one's place.
pub const DISPUTES: &str = "/disputes";
/// They as an Excel table.
pub const SHEET: &str = "/disputes/disputes.xlsx";
/// What a year came to.
pub const COUNTS: &str = "/disputes/counts";
/// That as an Excel table.
pub const COUNTS_SHEET: &str = "/disputes/counts.xlsx";
/// Opening a file. Pages of voices lead here with the voice.
pub const NEW: &str = crate::voices::urls::MEDIATE;
/// One file.
pub const DISPUTE: &str = "/disputes/files/{dispute}";
/// Putting right who the parties are or what it is about.
pub const CORRECT: &str = "/disputes/files/{dispute}/correct";
/// Taking it on.
pub const ACCEPT: &str = "/disputes/files/{dispute}/accept";
/// Telling where else to go.
pub const DECLINE: &str = "/disputes/files/{dispute}/decline";
/// Declaring a relation.
pub const STAND_BACK: &str = "/disputes/files/{dispute}/stand-back";
/// Keeping a session.
pub const SESSION: &str = "/disputes/files/{dispute}/session";
/// Keeping what was agreed on.
pub const AGREEMENT: &str = "/disputes/files/{dispute}/agreement";
/// The agreement as a Word document; asked for by a form, because each time is recorded.
pub const LETTER: &str = "/disputes/files/{dispute}/letter";
/// Ending without an agreement.
pub const END: &str = "/disputes/files/{dispute}/end";
/// Handing it up.
pub const HAND_UP: &str = "/disputes/files/{dispute}/hand-up";
/// Keeping what was performed.
pub const CHECK: &str = "/disputes/files/{dispute}/check";
/// Keeping what the visit found.
pub const VISIT: &str = "/disputes/files/{dispute}/visit";
/// Learning who the parties are.
pub const PARTIES: &str = "/disputes/files/{dispute}/parties";

/// [`DISPUTE`].
#[must_use]
pub fn dispute(id: DisputeId) -> String {
    of_dispute(DISPUTE, id)
}

/// The deed at `path` on a file.
#[must_use]
pub fn of_dispute(path: &str, id: DisputeId) -> String {
    path.replace("{dispute}", &id.to_string())
}
