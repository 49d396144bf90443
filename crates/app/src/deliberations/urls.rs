//! Where the pages of deliberation are; what residents see is the portal's.

use domain::{
    ids::{DeliberationId, MilestonePhotoId},
    place::PlaceCode,
};

/// Matters under one's place.
pub const DELIBERATIONS: &str = "/deliberations";
/// They as an Excel table.
pub const SHEET: &str = "/deliberations/deliberations.xlsx";
/// Raising one. Pages of voices lead here with the voice.
pub const NEW: &str = crate::voices::urls::DELIBERATE;
/// One thread.
pub const THREAD: &str = "/deliberations/threads/{deliberation}";
/// Taking it up.
pub const TAKE_UP: &str = "/deliberations/threads/{deliberation}/take-up";
/// Saying why not.
pub const DECLINE: &str = "/deliberations/threads/{deliberation}/decline";
/// Entering a view for a resident.
pub const VIEW: &str = "/deliberations/threads/{deliberation}/view";
/// Learning who gave the views.
pub const VIEW_GIVERS: &str = "/deliberations/threads/{deliberation}/view-givers";
/// Taking over the branch's opinion.
pub const OPINION: &str = "/deliberations/threads/{deliberation}/opinion";
/// Publishing the topic.
pub const ANNOUNCE: &str = "/deliberations/threads/{deliberation}/announce";
/// Keeping the minutes of a session.
pub const SESSION: &str = "/deliberations/threads/{deliberation}/session";
/// Minutes as a Word document: those of the session `number`, or a sheet to be filled in for the next.
pub const MINUTES: &str = "/deliberations/threads/{deliberation}/minutes.docx";
/// The minutes as the parties signed them: those of the session `number`.
pub const SIGNED: &str = "/deliberations/threads/{deliberation}/signed-minutes";
/// Linking the owners' vote.
pub const POLL: &str = "/deliberations/threads/{deliberation}/poll";
/// Going on with what the owners decided.
pub const VOTE: &str = "/deliberations/threads/{deliberation}/vote";
/// Publishing the decision.
pub const PUBLISH: &str = "/deliberations/threads/{deliberation}/publish";
/// Keeping how it is carried out.
pub const PROGRESS: &str = "/deliberations/threads/{deliberation}/progress";
/// A photo of how it is carried out.
pub const PHOTO: &str = "/deliberations/photos/{milestone_photo}";
/// Showing it to residents, or taking it back.
pub const PUBLISH_PHOTO: &str = "/deliberations/photos/{milestone_photo}/publish";
/// Keeping that it was accepted.
pub const ACCEPT: &str = "/deliberations/threads/{deliberation}/accept";
/// Entering what a resident says of what was done.
pub const RATING: &str = "/deliberations/threads/{deliberation}/rating";
/// Closing it.
pub const CLOSE: &str = "/deliberations/threads/{deliberation}/close";
/// Going one step back.
pub const BACK: &str = "/deliberations/threads/{deliberation}/back";
/// Giving it up.
pub const END: &str = "/deliberations/threads/{deliberation}/end";
/// Sending back what was closed.
pub const RETURN: &str = "/deliberations/threads/{deliberation}/return";

/// The matters of a branch for everybody; the portal answers.
pub const PUBLIC_AT: &str = "/deliberation-hall/at/{branch}";
/// One of them, with the form to say what one thinks; the portal answers.
pub const PUBLIC: &str = "/deliberation-hall/{deliberation}";

/// Saying what one thinks of what was done; the portal answers.
pub const PUBLIC_RATING: &str = "/deliberation-hall/{deliberation}/rating";

/// A photo of how it is carried out, for everybody; the portal answers.
pub const PUBLIC_PHOTO: &str = "/deliberation-hall/photos/{shown_milestone_photo}";

/// [`PHOTO`] or [`PUBLISH_PHOTO`] of a photo.
#[must_use]
pub fn of_photo(path: &str, photo: MilestonePhotoId) -> String {
    path.replace("{milestone_photo}", &photo.to_string())
}

/// [`PUBLIC_PHOTO`].
#[must_use]
pub fn public_photo(photo: MilestonePhotoId) -> String {
    PUBLIC_PHOTO.replace("{shown_milestone_photo}", &photo.to_string())
}

/// [`THREAD`].
#[must_use]
pub fn thread(id: DeliberationId) -> String {
    of_thread(THREAD, id)
}

/// The deed at `path` on a thread, or its public page.
#[must_use]
pub fn of_thread(path: &str, id: DeliberationId) -> String {
    path.replace("{deliberation}", &id.to_string())
}

/// [`PUBLIC_AT`].
#[must_use]
pub fn public_at(branch: &PlaceCode) -> String {
    PUBLIC_AT.replace("{branch}", branch.as_str())
}
