//! The county's review: the panel's answers, the veto check, the preliminary opinion, the consultation, the decision.
//!
//! Owns the tables `panel_replies`, `veto_findings`, `consultations`, `decisions` and `substitutions`. Promises that no application passes
//! the county without every panel unit's answer, a complete veto check and closed consultations (R-SEL-11 to R-SEL-15).
//! Never touches a notice or an award.

mod actions;
mod consultations;
mod decision;
mod dues;
mod letters;
mod panel;
mod preliminary;
mod queries;
mod schema;
mod season;
mod store;
mod substitution;
mod todos;
pub mod urls;

use domain::permission::Deed;
use platform::{
    db::migrate::Migrations,
    route::{Access, Route},
};

use crate::desk::MenuEntry;

pub use actions::*;
pub use dues::dues;
pub use queries::*;
pub use season::{Entry, own_county, season_of};
pub use store::{
    consultation::Model as Consultation, decision::Model as Decision, panel_reply::Model as PanelReply,
    veto_finding::Model as VetoFinding,
};
pub use todos::todos;

/// Entries of the menu.
pub const MENU: &[MenuEntry] = &[
    MenuEntry { group: "评选", label: "评选组意见", href: urls::PANEL, deed: Deed::ReplyAsPanelUnit },
    MenuEntry { group: "评选", label: "初步意见", href: urls::PRELIMINARY, deed: Deed::GivePreliminaryOpinion },
    MenuEntry { group: "评选", label: "征求意见", href: urls::CONSULTATIONS, deed: Deed::RecordConsultation },
    MenuEntry { group: "评选", label: "常委会审定", href: urls::DECISION, deed: Deed::DecideSelection },
];

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let panel = Access::For(Deed::ReplyAsPanelUnit);
    let opinion = Access::For(Deed::GivePreliminaryOpinion);
    let record = Access::For(Deed::RecordConsultation);
    let decide = Access::For(Deed::DecideSelection);
    let (prepared, see) = (Access::For(Deed::ViewDecision), Access::For(Deed::ViewApplication));
    let recommend = Access::For(Deed::RecommendApplications);
    vec![
        Route::get(urls::PANEL, panel, panel::latest),
        Route::get(urls::SEASON_PANEL, panel, panel::show),
        Route::post(urls::SEASON_PANEL, panel, panel::reply),
        Route::get(urls::PANEL_SHEET, see, panel::sheet),
        Route::get(urls::PRELIMINARY, opinion, preliminary::latest),
        Route::get(urls::SEASON_PRELIMINARY, opinion, preliminary::list),
        Route::get(urls::APPLICATION, opinion, preliminary::show),
        Route::post(urls::VETO, Access::For(Deed::CheckVeto), preliminary::veto),
        Route::post(urls::OPINION, opinion, preliminary::opinion),
        Route::get(urls::CONSULTATIONS, record, consultations::latest),
        Route::get(urls::SEASON_CONSULTATIONS, record, consultations::show),
        Route::post(urls::SEASON_CONSULTATIONS, Access::For(Deed::SendConsultation), consultations::send),
        Route::get(urls::CONSULTATIONS_SHEET, record, consultations::sheet),
        Route::post(urls::CONSULTATION, record, consultations::record),
        Route::get(urls::SUBSTITUTION, recommend, substitution::show),
        Route::post(urls::SUBSTITUTION, recommend, substitution::submit),
        Route::get(urls::DECISION, prepared, decision::latest),
        Route::get(urls::SEASON_DECISION, prepared, decision::show),
        Route::post(urls::SEASON_DECISION, decide, decision::decide),
        Route::get(urls::DECISION_SHEET, prepared, decision::sheet),
        Route::get(urls::AGENDA, prepared, decision::agenda),
    ]
}

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![Box::new(schema::M0011Review), Box::new(schema::M0013Substitutions)]
}
