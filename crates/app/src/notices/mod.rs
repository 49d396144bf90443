//! Public notices, objections against them, and the awards that wait for both.
//!
//! Owns the tables `notices`, `notice_entries`, `objections`, `circulars` and `awards`. Promises that nothing is published
//! incomplete, that no award takes effect before its period is over and its objections are decided, and that who objected
//! is sealed and read by verifiers alone, on the record. Never shows a page to the public; the portal does.

mod actions;
mod awards;
mod draft;
mod dues;
mod enter;
mod letters;
mod list;
mod objections;
mod outage;
mod queries;
mod revoke;
mod schema;
mod show;
mod store;
mod todos;
pub mod urls;
mod wording;

use domain::permission::Deed;
use platform::{
    db::migrate::Migrations,
    route::{Access, Route},
};

use crate::desk::MenuEntry;

pub use actions::*;
pub use dues::dues;
pub use enter::read_objection;
pub use letters::{extension_words, opening, period_words};
pub use outage::JOBS;
pub use queries::*;
pub use store::{
    Extension, award::Model as Award, circular::Model as Circular, entries_of, entry::Model as NoticeEntry,
    follow_move, notice::Model as Notice, row::Model as Objection,
};
pub use todos::todos;
pub use wording::first_draft;

/// Entries of the menu.
pub const MENU: &[MenuEntry] = &[
    MenuEntry { group: "评选", label: "公示", href: urls::NOTICES, deed: Deed::DraftNotice },
    MenuEntry { group: "评选", label: "异议", href: urls::OBJECTIONS, deed: Deed::ViewObjection },
    MenuEntry { group: "评选", label: "红旗小区", href: urls::AWARDS, deed: Deed::ViewSeason },
];

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let (see, draft) = (Access::For(Deed::ViewSeason), Access::For(Deed::DraftNotice));
    let (objections, enter) = (Access::For(Deed::ViewObjection), Access::For(Deed::EnterObjection));
    let (confirm, revoke) = (Access::For(Deed::ConfirmAward), Access::For(Deed::RevokeAward));
    vec![
        Route::get(urls::NOTICES, draft, draft::latest),
        Route::get(urls::SEASON_NOTICE, draft, draft::show),
        Route::post(urls::DRAFT, draft, draft::save),
        Route::get(urls::NOTICE, see, show::show),
        Route::post(urls::PUBLISH, Access::For(Deed::PublishNotice), draft::publish),
        Route::post(urls::CORRECT, Access::For(Deed::CorrectNotice), show::correct),
        Route::post(urls::EXTEND, Access::For(Deed::ExtendNotice), show::extend),
        Route::get(urls::NOTICE_LETTER, see, show::word),
        Route::get(urls::OBJECTIONS, objections, objections::list),
        Route::get(urls::OBJECTIONS_SHEET, objections, objections::sheet),
        Route::get(urls::ENTER, enter, enter::show),
        Route::post(urls::ENTER, enter, enter::enter),
        Route::get(urls::OBJECTION, objections, objections::show),
        Route::post(urls::ACKNOWLEDGE, Access::For(Deed::AcknowledgeObjection), objections::acknowledge),
        Route::post(urls::VERIFY, Access::For(Deed::VerifyObjection), objections::verify),
        Route::post(urls::DECIDE, Access::For(Deed::DecideObjection), objections::decide),
        Route::post(urls::ANSWER, Access::For(Deed::AnswerObjection), objections::answer),
        Route::post(urls::REPORTER, Access::For(Deed::RevealReporter), objections::reporter),
        Route::get(urls::AWARDS, see, awards::list),
        Route::get(urls::AWARDS_SHEET, see, awards::sheet),
        Route::get(urls::SEASON_AWARDS, confirm, awards::show),
        Route::post(urls::CONFIRM, confirm, awards::confirm),
        Route::post(urls::CIRCULAR, Access::For(Deed::IssueCircular), awards::commend),
        Route::get(urls::CIRCULAR_LETTER, see, awards::word),
        Route::get(urls::REVOKE, revoke, revoke::show),
        Route::post(urls::REVOKE, revoke, revoke::revoke),
    ]
}

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![Box::new(schema::M0012Notices)]
}
