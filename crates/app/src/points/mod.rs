//! The dual points of a year (双积分): catalogues, entries, appeals, what units score, and the year that closes.
//!
//! Owns the tables `points_catalogues`, `points_entries`, `points_appeals`, `unit_scores`, `points_years` and
//! `points_settlements`. Promises that an entry is written once and set right only by another, that nobody approves what they
//! proposed or gain by, that a settled year changes only by a recorded correction, and that persons are never put in an order
//! (R-PTS-10). Never knows how a deed was done: others propose what they have confirmed.

mod actions;
mod answers;
mod free;
mod http;
mod import;
mod kept;
mod letters;
mod queries;
mod schema;
mod settle;
mod sheets;
mod store;
mod todos;
pub mod urls;

use domain::permission::Deed;
use platform::{
    db::migrate::Migrations,
    route::{Access, Route},
};

use crate::desk::MenuEntry;

pub use actions::{
    Adoption, Followed, JOBS, NewAppeal, NewCorrection, NewEntry, NewUnitScore, Proposal, Source, adopt_catalogue,
    appeal_points, approve_correction, approve_entries, check_catalogue, close_points_year, correct_points_year,
    decide_appeal, draft_catalogue, enter_unit_scores, give_back_catalogue, import_unit_scores, order_settlement,
    propose_by_hand, propose_for, reject_correction, reject_entries, report_points_year, reverse_entry, save_catalogue,
    submit_catalogue, take_back_for,
};
pub use answers::{catalogues_by, proposed_words};
pub use kept::{all_lines_of_member, settled_years_of_member, unit_scores_of_person};
pub use queries::{
    Catalogues, MemberLine, MemberYear, appeals_against, approved_deeds, catalogue, entry_place, has_catalogue_on,
    lines_of_member, members_in_year, open_to_appeal, own_lines, own_year, state_of, waiting_entries,
};
pub use store::appeal::{appeals_of_member, row::Model as PointsAppeal};
pub use todos::{dues, todos};

/// Entries of the menu.
pub const MENU: &[MenuEntry] = &[
    MenuEntry { group: "积分", label: "党员积分", href: urls::POINTS, deed: Deed::ViewPointsSummary },
    MenuEntry { group: "积分", label: "单位积分", href: urls::UNIT_SCORES, deed: Deed::EnterUnitScores },
    MenuEntry { group: "积分", label: "年度结算", href: urls::YEARS, deed: Deed::ClosePointsYear },
];

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let (by_name, summary) = (Access::For(Deed::ViewPoints), Access::For(Deed::ViewPointsSummary));
    let (propose, decide) = (Access::For(Deed::ProposePoints), Access::For(Deed::ApprovePoints));
    let (catalogue, draft) = (Access::For(Deed::ViewCatalogue), Access::For(Deed::DraftCatalogue));
    let check = Access::For(Deed::CheckCatalogue);
    let (scores, close) = (Access::For(Deed::EnterUnitScores), Access::For(Deed::ClosePointsYear));
    vec![
        Route::get(urls::POINTS, summary, http::own),
        Route::get(urls::PLACE, summary, http::place),
        Route::get(urls::PLACE_EXPORT, summary, http::export),
        Route::get(urls::PLACE_LETTER, by_name, http::branch::report),
        Route::post(urls::APPROVE, decide, http::branch::approve),
        Route::post(urls::REJECT, decide, http::branch::reject),
        Route::get(urls::PROPOSE, propose, http::propose::show),
        Route::post(urls::PROPOSE, propose, http::propose::submit),
        Route::get(urls::MEMBER, by_name, http::member::show),
        Route::post(urls::CORRECT, Access::For(Deed::CorrectPointsYear), http::member::correct),
        Route::get(urls::CORRECTION, Access::For(Deed::DecideCorrection), http::correction::show),
        Route::post(urls::APPROVE_CORRECTION, Access::For(Deed::DecideCorrection), http::correction::approve),
        Route::post(urls::REJECT_CORRECTION, Access::For(Deed::DecideCorrection), http::correction::reject),
        Route::post(urls::REVERSE, propose, http::member::reverse),
        Route::post(urls::APPEAL_ENTRY, by_name, http::member::appeal),
        Route::get(urls::APPEAL, Access::For(Deed::ViewAppeal), http::appeal::show),
        Route::post(urls::APPEAL, Access::For(Deed::DecideAppeal), http::appeal::decide),
        Route::get(urls::CATALOGUES, catalogue, http::catalogue::list),
        Route::post(urls::CATALOGUES, draft, http::catalogue::draft),
        Route::get(urls::CATALOGUE, catalogue, http::catalogue::show),
        Route::post(urls::CATALOGUE, draft, http::catalogue::save),
        Route::post(urls::SUBMIT, draft, http::catalogue::submit),
        Route::post(urls::CHECK, check, http::catalogue::check),
        Route::post(urls::GIVE_BACK, check, http::catalogue::give_back),
        Route::post(urls::ADOPT, Access::For(Deed::AdoptCatalogue), http::catalogue::adopt),
        Route::get(urls::UNIT_SCORES, scores, http::unit_scores::own),
        Route::get(urls::UNIT_SCORES_OF, scores, http::unit_scores::show),
        Route::post(urls::UNIT_SCORES_OF, scores, http::unit_scores::enter),
        Route::get(urls::UNIT_SCORES_TABLE, scores, http::unit_scores::table),
        Route::post(urls::UNIT_SCORES_IMPORT, scores, http::unit_scores::preview),
        Route::post(urls::UNIT_SCORES_CONFIRM, scores, http::unit_scores::confirm),
        Route::get(urls::UNIT_REPORT_TABLE, scores, http::unit_report::table),
        Route::get(urls::UNIT_REPORT_LETTER, scores, http::unit_report::letter),
        Route::get(urls::YEARS, close, http::year::newest),
        Route::get(urls::YEAR, close, http::year::show),
        Route::post(urls::CLOSE, close, http::year::close),
        Route::post(urls::SETTLE, close, http::year::settle),
        Route::post(urls::REPORT, close, http::year::report),
        Route::get(urls::ARCHIVE, close, http::year::archive),
    ]
}

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![
        Box::new(schema::M0023Points),
        Box::new(schema::M0045FinePoints),
        Box::new(schema::M0046CappedItems),
        Box::new(schema::M0081PointsCorrections),
    ]
}
