//! The yearly selection from its parameters to the street's recommendation (R-SEL-01…10).
//!
//! Owns the tables of parameters, seasons, applications, submissions, opinions, assessments, recommendations and
//! attachments. Promises that parameters in use are never changed, that every opinion binds to the version it looked at
//! and is signed with the office, and that no stage is skipped. Leaves panel, decision, notice and money to the modules
//! below, which move applications through [`application`] and [`save_application`].

mod actions;
pub mod content;
mod dues;
mod evidence;
mod facts;
mod http;
mod jobs;
mod letters;
mod queries;
mod schema;
mod sheets;
mod store;
mod summary;
mod timeline;
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
pub use evidence::{Evidence, evidence};
pub use facts::facts;
pub use http::{
    no_season::no_season,
    season::{funnel, funnel_chart},
};
pub use jobs::JOBS;
pub use queries::{
    InSeason, SiteVisit, current_season, in_season, latest_submission, parameters_of, place_name, place_names,
    season_with_parameters, seats, site_visit, window, window_at,
};
pub use sheets::phases as phases_sheet;
pub use store::{
    application::{
        application, applications_at, applications_by_id, applications_of_branches, applications_under,
        row::Model as Application, save as save_application, save_rank, stages, submission::Model as Submission,
        submissions_by_id, submissions_of,
    },
    attachment::{attachments_at, attachments_of, row::Model as Attachment},
    follow_move,
    opinion::{opinions_at, opinions_of, row::Model as Opinion},
    season::{
        is_in_snapshot, latest_parameters, newest_seasons, parameters::Model as ParametersVersion, parameters_by_id,
        parameters_of as parameter_versions, row::Model as Season, season, seasons_of, street::Model as SeasonStreet,
        streets_of,
    },
    street::{recommendation::Model as Recommendation, recommendations_of},
};
pub use timeline::{Phase, deadline_hint, due_of, phases, phases_at};
pub use todos::todos;

/// Entries of the menu.
pub const MENU: &[MenuEntry] = &[
    MenuEntry { group: "评选", label: "评选安排", href: urls::SEASONS, deed: Deed::ViewSeason },
    MenuEntry { group: "评选", label: "申报列表", href: urls::APPLICATIONS, deed: Deed::ViewApplication },
    MenuEntry { group: "评选", label: "推荐排名", href: urls::RANKING, deed: Deed::RecommendApplications },
];

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let (see_season, see) = (Access::For(Deed::ViewSeason), Access::For(Deed::ViewApplication));
    let (draft, edit) = (Access::For(Deed::DraftApplication), Access::For(Deed::EditParameters));
    let recommend = Access::For(Deed::RecommendApplications);
    vec![
        Route::get(urls::SEASONS, see_season, http::season::list),
        Route::get(urls::SEASONS_EXPORT, see_season, http::season::export_list),
        Route::get("/seasons/{season}", see_season, http::season::show),
        Route::get("/seasons/{season}/quotas.xlsx", see_season, http::season::export),
        Route::get("/seasons/{season}/summary", see, summary::show),
        Route::get("/seasons/{season}/summary.xlsx", see, summary::export),
        Route::get("/parameters/{year}", edit, http::parameters::show),
        Route::post("/parameters/{year}", edit, http::parameters::save),
        Route::get("/parameter-versions/{parameters}", see_season, http::parameters_version::show),
        Route::post("/parameter-versions/{parameters}/open", Access::For(Deed::OpenSeason), http::season::open),
        Route::get(urls::APPLICATIONS, see, http::list::list),
        Route::get(urls::APPLICATIONS_EXPORT, see, http::list::export),
        Route::post(urls::START, draft, http::list::start),
        Route::get("/applications/{application}", see, http::application::show),
        Route::get("/applications/{application}/form.docx", see, letters::form),
        Route::get("/applications/{application}/edit", draft, http::draft::edit),
        Route::post("/applications/{application}/draft", draft, http::draft::save),
        Route::post("/applications/{application}/submit", Access::For(Deed::SubmitApplication), http::draft::submit),
        Route::post(
            "/applications/{application}/withdraw",
            Access::For(Deed::WithdrawApplication),
            http::draft::withdraw,
        ),
        Route::post("/applications/{application}/resume", draft, http::draft::resume),
        Route::post("/applications/{application}/files", Access::For(Deed::AttachFile), http::files::attach),
        Route::get("/attachments/{attachment}", see, http::files::serve),
        Route::post("/attachments/{attachment}/detach", Access::For(Deed::DetachFile), http::files::detach),
        Route::post("/applications/{application}/check", Access::For(Deed::CheckApplication), http::level::check),
        Route::get(
            "/applications/{application}/assess",
            Access::For(Deed::AssessApplication),
            http::level::show_assess,
        ),
        Route::post("/applications/{application}/assess", Access::For(Deed::AssessApplication), http::level::assess),
        Route::post("/applications/{application}/relation", Access::For(Deed::DeclareRelation), http::level::relation),
        Route::post("/applications/{application}/screen", Access::For(Deed::ScreenApplication), http::level::screen),
        Route::get(urls::RANKING, recommend, http::ranking::own),
        Route::get("/ranking/{season}/{street}", recommend, http::ranking::show),
        Route::post("/ranking/{season}/{street}", recommend, http::ranking::submit),
        Route::get("/ranking/{season}/{street}/candidates.xlsx", recommend, http::ranking::export),
    ]
}

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![Box::new(schema::M0010Selection), Box::new(schema::M0015Attached), Box::new(schema::M0040DraftVersions)]
}
