//! The yearly selection from its parameters to the street's recommendation (R-SEL-01…10).
//!
//! Owns the tables of parameters, seasons, applications, submissions, opinions, assessments, recommendations and
//! attachments. Promises that parameters in use are never changed, that every opinion binds to the version it looked at
//! and is signed with the office, and that no stage is skipped. Leaves panel, decision, notice and money to the modules
//! below, which move applications through [`application`] and [`save_application`].

mod actions;
pub mod content;
mod facts;
mod queries;
mod schema;
mod store;
pub mod urls;

use platform::{db::migrate::Migrations, route::Route};

pub use actions::*;
pub use facts::facts;
pub use queries::{
    InSeason, SiteVisit, current_season, in_season, latest_submission, parameters_of, place_name, place_names,
    season_with_parameters, seats, site_visit, stages, window,
};
pub use store::{
    application::{
        application, applications_under, row::Model as Application, save as save_application,
        submission::Model as Submission, submissions_by_id, submissions_of,
    },
    attachment::{attachments_of, row::Model as Attachment},
    opinion::{opinions_at, opinions_of, row::Model as Opinion},
    season::{
        is_in_snapshot, latest_parameters, parameters::Model as ParametersVersion, parameters_by_id,
        parameters_of as parameter_versions, row::Model as Season, season, seasons_of, street::Model as SeasonStreet,
        streets_of,
    },
    street::{recommendation::Model as Recommendation, recommendations_of},
};

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    Vec::new()
}

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![Box::new(schema::M0010Selection)]
}
