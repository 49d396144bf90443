//! Pages of the selection: parse the request, call one action or query, answer.

pub mod application;
pub mod draft;
pub mod files;
mod filter;
pub mod level;
pub mod list;
pub mod no_season;
pub mod parameters;
pub mod parameters_version;
pub mod ranking;
mod ranking_confirm;
mod score_sheet;
pub mod season;

use domain::{
    ids::{ApplicationId, Id, SubmissionId},
    permission::Deed,
};
use platform::{act::Op, error::Stop, forms::Form};

use super::queries::{InSeason, in_season};

/// An identifier from an address; whatever is none leads nowhere.
fn parse<I: Id>(text: &str) -> Result<I, Stop> {
    text.parse().map_err(|_| Stop::Missing)
}

/// The version that a form was drawn from. A form that names none is as good as one drawn from an old version.
fn version_seen(form: &Form) -> Result<SubmissionId, Stop> {
    form.value("seen").parse().map_err(|_| Stop::Conflict)
}

/// The application of an address, if this office may look at it.
async fn seen(op: &Op, id: &str) -> Result<InSeason, Stop> {
    let id: ApplicationId = parse(id)?;
    let found = in_season(op.reader(), id).await?;
    op.permit(Deed::ViewApplication, &found.row.branch.0)?;
    Ok(found)
}
