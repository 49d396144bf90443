//! Where posts, wishes and reports are.

use domain::{
    ids::{MembershipId, PostClaimId, ServicePostId, WishId},
    place::PlaceCode,
};

/// On to the posts of one's own place.
pub const POSTS: &str = "/posts";
/// The posts and teams of a branch, or of the branches under a place.
pub const POSTS_OF: &str = "/posts/places/{place}";
/// The same as an Excel table.
pub const POSTS_EXPORT: &str = "/posts/places/{place}/posts.xlsx";
/// Setting one up.
pub const NEW_POST: &str = "/posts/places/{place}/new";
/// Changing one.
pub const POST: &str = "/posts/{service_post}";
/// Taking one on.
pub const CLAIM_POST: &str = "/posts/{service_post}/claim";
/// Giving one up.
pub const LEAVE_POST: &str = "/posts/claims/{claim}/leave";
/// Half a year was kept.
pub const KEPT_POST: &str = "/posts/claims/{claim}/kept";
/// On to the wishes of one's own place.
pub const WISHES: &str = "/wishes";
/// The wishes of a branch, or of the branches under a place.
pub const WISHES_OF: &str = "/wishes/places/{place}";
/// The same as an Excel table, without who asked.
pub const WISHES_EXPORT: &str = "/wishes/places/{place}/wishes.xlsx";
/// Publishing one.
pub const NEW_WISH: &str = "/wishes/places/{place}/new";
/// Taking one on.
pub const CLAIM_WISH: &str = "/wishes/{wish}/claim";
/// Giving it back.
pub const GIVE_BACK_WISH: &str = "/wishes/{wish}/give-back";
/// It is done.
pub const FINISH_WISH: &str = "/wishes/{wish}/finish";
/// An officer confirms.
pub const CONFIRM_WISH: &str = "/wishes/{wish}/confirm";
/// It was not done after all.
pub const UNDO_WISH: &str = "/wishes/{wish}/undo";
/// Seeing who asked.
pub const ASKER: &str = "/wishes/{wish}/asker";
/// Taking one down.
pub const WITHDRAW_WISH: &str = "/wishes/{wish}/withdraw";
/// Who asked looks how it stands.
pub const WISH_QUERY: &str = "/wish";
/// Who asked confirms.
pub const WISH_CONFIRM_BY_CODE: &str = "/wish/confirm";
/// Who asked tells that it was not done.
pub const WISH_UNDONE_BY_CODE: &str = "/wish/undone";
/// On to the reports of one's own place.
pub const REPORTS: &str = "/duty-reports";
/// The reports of a year at a place.
pub const REPORTS_OF: &str = "/duty-reports/{year}/places/{place}";
/// The same as an Excel table.
pub const REPORTS_EXPORT: &str = "/duty-reports/{year}/places/{place}/reports.xlsx";
/// A member's report.
pub const REPORT: &str = "/duty-reports/{year}/members/{membership}";
/// The same as a Word document.
pub const REPORT_LETTER: &str = "/duty-reports/{year}/members/{membership}/report.docx";
/// Giving a sent report back.
pub const REPORT_BACK: &str = "/duty-reports/{year}/members/{membership}/return";
/// A community's feedback to a unit.
pub const FEEDBACK: &str = "/duty-reports/{year}/units/{unit}/communities/{community}";
/// The same as a Word document.
pub const FEEDBACK_LETTER: &str = "/duty-reports/{year}/units/{unit}/communities/{community}/feedback.docx";
/// Taking a sent feedback up again, to correct it.
pub const FEEDBACK_CORRECT: &str = "/duty-reports/{year}/units/{unit}/communities/{community}/correct";
/// A member's report as the unit received it.
pub const RECEIVED_REPORT: &str = "/units/{unit}/reports/{year}/members/{membership}/report.docx";
/// A community's feedback as the unit received it.
pub const RECEIVED_FEEDBACK: &str = "/units/{unit}/reports/{year}/communities/{community}/feedback.docx";

/// The page or deed at `path` of a place.
#[must_use]
pub fn of_place(path: &str, place: &PlaceCode) -> String {
    path.replace("{place}", place.as_str())
}

/// The page at `path` of a place in a year.
#[must_use]
pub fn of_year(path: &str, place: &PlaceCode, year: i16) -> String {
    of_place(path, place).replace("{year}", &year.to_string())
}

/// The deed at `path` on a post.
#[must_use]
pub fn of_post(path: &str, post: ServicePostId) -> String {
    path.replace("{service_post}", &post.to_string())
}

/// The deed at `path` on a claim.
#[must_use]
pub fn of_claim(path: &str, claim: PostClaimId) -> String {
    path.replace("{claim}", &claim.to_string())
}

/// The deed at `path` on a wish.
#[must_use]
pub fn of_wish(path: &str, wish: WishId) -> String {
    path.replace("{wish}", &wish.to_string())
}

/// The page or deed at `path` of a member's report.
#[must_use]
pub fn of_member(path: &str, member: MembershipId, year: i16) -> String {
    path.replace("{membership}", &member.to_string()).replace("{year}", &year.to_string())
}

/// The page or deed at `path` of a community's feedback to a unit.
#[must_use]
pub fn of_feedback(path: &str, community: &PlaceCode, unit: &PlaceCode, year: i16) -> String {
    let path = path.replace("{year}", &year.to_string()).replace("{unit}", unit.as_str());
    path.replace("{community}", community.as_str())
}
