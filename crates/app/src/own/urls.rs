//! Where a member's own pages are.

use domain::ids::{CorrectionId, MeetingId, PointsEntryId, PostClaimId, ServicePostId, WishId};

/// Asking for a one-time code.
pub const SIGN_IN: &str = crate::identity::urls::MEMBER_SIGN_IN;
/// Coming in with it.
pub const CODE: &str = "/member-sign-in/code";
/// Coming in with a link from the branch.
pub const LINK: &str = "/member-link/{token}";
/// Handing such a link out.
pub const HAND_OUT: &str = "/memberships/{membership}/link";
/// The member's home.
pub const HOME: &str = "/me";
/// The meetings that the member is called to, and how they came to those before.
pub const MEETINGS: &str = crate::meetings::urls::OWN;
/// A meeting of the own branch, to read.
pub const MEETING: &str = "/me/meetings/{meeting}";
/// The own points of a year, line by line.
pub const POINTS: &str = "/me/points";
/// Appealing against a line.
pub const APPEAL: &str = "/me/points/{entry}/appeal";
/// The own hours, posts and wishes.
pub const SERVICE: &str = "/me/service";
/// Entering own service.
pub const RECORD: &str = "/me/service/record";
/// Taking a post on.
pub const CLAIM_POST: &str = "/me/posts/{service_post}/claim";
/// Giving a post up.
pub const LEAVE_POST: &str = "/me/claims/{claim}/leave";
/// Taking a wish on.
pub const CLAIM_WISH: &str = "/me/wishes/{wish}/claim";
/// Giving it back.
pub const GIVE_BACK_WISH: &str = "/me/wishes/{wish}/give-back";
/// It is done.
pub const FINISH_WISH: &str = "/me/wishes/{wish}/finish";
/// The own yearly report.
pub const REPORT: &str = "/me/report";
/// The own data.
pub const DATA: &str = "/me/data";
/// The same as an Excel workbook.
pub const EXPORT: &str = "/me/data/data.xlsx";
/// Asking that something be corrected.
pub const CORRECT: &str = "/me/data/correct";
/// What members of one's branch asked to be corrected.
pub const CORRECTIONS: &str = "/corrections";
/// Answering it.
pub const ANSWER: &str = "/corrections/{correction}";

/// The own report of a year.
#[must_use]
pub fn report_of(year: i16) -> String {
    format!("{REPORT}?year={year}")
}

/// Coming in with `token`.
#[must_use]
pub fn link(token: &str) -> String {
    LINK.replace("{token}", token)
}

/// A meeting of the own branch.
#[must_use]
pub fn meeting(meeting: MeetingId) -> String {
    MEETING.replace("{meeting}", &meeting.to_string())
}

/// Appealing against an entry.
#[must_use]
pub fn appeal(entry: PointsEntryId) -> String {
    APPEAL.replace("{entry}", &entry.to_string())
}

/// Taking a post on.
#[must_use]
pub fn claim_post(post: ServicePostId) -> String {
    CLAIM_POST.replace("{service_post}", &post.to_string())
}

/// Giving a post up.
#[must_use]
pub fn leave_post(claim: PostClaimId) -> String {
    LEAVE_POST.replace("{claim}", &claim.to_string())
}

/// A deed at `path` on a wish.
#[must_use]
pub fn of_wish(path: &str, wish: WishId) -> String {
    path.replace("{wish}", &wish.to_string())
}

/// Answering a correction.
#[must_use]
pub fn answer(correction: CorrectionId) -> String {
    ANSWER.replace("{correction}", &correction.to_string())
}
