//! What members take on and what they report: posts and teams, wishes of residents, and the yearly reports (双服务、双报告).
//!
//! Owns the tables `service_posts`, `post_claims`, `wishes`, `duty_reports` and `report_versions`. Promises that a post's places
//! are given once and end with the registration, that nobody confirms their own wish, that who asked is sealed and each look at
//! it recorded, and that a report sent is kept as it was sent. Hours are the
//! activities'; points are proposed to the branch and never given here.

mod http;
mod letters;
mod posts;
mod reports;
mod schema;
mod sheets;
mod store;
mod todos;
pub mod urls;
mod versions;
mod wishes;

use domain::permission::Deed;
use platform::{
    db::migrate::Migrations,
    route::{Access, Route},
};

use crate::{desk::MenuEntry, units};

pub use http::reports::read as read_report;
pub use letters::words as figures_words;
pub use posts::{
    ClaimedPost, NewPost, claim_post, claims_of_member, confirm_kept, edit_post, leave_post, open_posts, release,
    set_up_post,
};
pub use reports::{NewReport, figures_of_member, give_feedback, give_report_back, report_of_member, write_report};
pub use store::{
    claim::Model as PostClaim, post::Model as ServicePost, report::Model as DutyReport, wish::Model as MicroWish,
};
pub use store::{place_of_claim, place_of_post, place_of_wish, reports_of_member, wishes_of_member};
pub use todos::todos;
pub use versions::versions_of;
pub use wishes::{
    NewWish, claim_wish, confirm_wish, confirm_wish_by_code, finish_wish, fulfilled_wishes, give_wish_back,
    publish_wish, wish_by_code, wishes_of, withdraw_wish,
};

/// Entries of the menu.
pub const MENU: &[MenuEntry] = &[
    MenuEntry { group: "党员", label: "岗位和服务队", href: urls::POSTS, deed: Deed::EditPosts },
    MenuEntry { group: "党员", label: "微心愿", href: urls::WISHES, deed: Deed::EditWishes },
    MenuEntry { group: "党员", label: "双报告", href: urls::REPORTS, deed: Deed::ConfirmRegistration },
];

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    // Members do theirs on their own pages; what stands here is the branch's and the community's.
    let (posts, wishes) = (Access::For(Deed::EditPosts), Access::For(Deed::EditWishes));
    let (reports, feedback) = (Access::For(Deed::ConfirmRegistration), Access::For(Deed::GiveFeedback));
    let unit = Access::For(Deed::ViewUnit);
    vec![
        Route::get(urls::POSTS, posts, http::posts::own),
        Route::get(urls::POSTS_OF, posts, http::posts::show),
        Route::get(urls::POSTS_EXPORT, posts, http::posts::export),
        Route::post(urls::NEW_POST, posts, http::posts::set_up),
        Route::post(urls::POST, posts, http::posts::edit),
        Route::post(urls::CLAIM_POST, posts, http::posts::take_on),
        Route::post(urls::LEAVE_POST, posts, http::posts::leave),
        Route::post(urls::KEPT_POST, posts, http::posts::kept),
        Route::get(urls::WISHES, wishes, http::wishes::own),
        Route::get(urls::WISHES_OF, wishes, http::wishes::show),
        Route::get(urls::WISHES_EXPORT, wishes, http::wishes::export),
        Route::post(urls::NEW_WISH, wishes, http::wishes::publish),
        Route::post(urls::CLAIM_WISH, wishes, http::wishes::claim),
        Route::post(urls::GIVE_BACK_WISH, wishes, http::wishes::give_back),
        Route::post(urls::FINISH_WISH, wishes, http::wishes::finish),
        Route::post(urls::CONFIRM_WISH, wishes, http::wishes::confirm),
        Route::post(urls::UNDO_WISH, wishes, http::wishes::undo),
        Route::post(urls::ASKER, Access::For(Deed::RevealAsker), http::wishes::asker),
        Route::post(urls::WITHDRAW_WISH, wishes, http::wishes::withdraw),
        Route::get(urls::WISH_QUERY, Access::Public, http::wishes::ask),
        Route::post(urls::WISH_QUERY, Access::Public, http::wishes::answer_query),
        Route::post(urls::WISH_CONFIRM_BY_CODE, Access::Public, http::wishes::confirm_by_code),
        Route::post(urls::WISH_UNDONE_BY_CODE, Access::Public, http::wishes::undo_by_code),
        Route::get(urls::REPORTS, reports, http::reports::own),
        Route::get(urls::REPORTS_OF, reports, http::reports::list),
        Route::get(urls::REPORTS_EXPORT, reports, http::reports::export),
        Route::get(urls::REPORT, reports, http::reports::show),
        Route::post(urls::REPORT, reports, http::reports::write),
        Route::get(urls::REPORT_LETTER, reports, http::reports::letter_of),
        Route::post(urls::REPORT_BACK, reports, http::reports::give_back),
        Route::get(urls::FEEDBACK, feedback, http::feedback::feedback),
        Route::post(urls::FEEDBACK, feedback, http::feedback::write_feedback),
        Route::get(urls::FEEDBACK_LETTER, feedback, http::feedback::feedback_letter),
        Route::post(urls::FEEDBACK_CORRECT, feedback, http::feedback::correct),
        Route::get(units::urls::REPORTS, unit, http::received::show),
        Route::get(urls::RECEIVED_REPORT, unit, http::received::report_letter),
        Route::get(urls::RECEIVED_FEEDBACK, unit, http::received::feedback_letter),
    ]
}

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![Box::new(schema::M0036Service), Box::new(schema::M0055ReportVersions)]
}
