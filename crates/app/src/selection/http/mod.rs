//! Pages of the selection: parse the request, call one action or query, answer.

pub mod application;
pub mod draft;
pub mod files;
mod filter;
pub mod level;
pub mod list;
pub mod parameters;
pub mod ranking;
pub mod season;

use domain::{
    ids::{ApplicationId, Id},
    permission::Deed,
};
use platform::{act::Op, error::Stop};

use super::queries::{InSeason, in_season};

/// An identifier from an address; whatever is none leads nowhere.
fn parse<I: Id>(text: &str) -> Result<I, Stop> {
    text.parse().map_err(|_| Stop::Missing)
}

/// The application of an address, if this office may look at it.
async fn seen(op: &Op, id: &str) -> Result<InSeason, Stop> {
    let id: ApplicationId = parse(id)?;
    let found = in_season(op.reader(), id).await?;
    op.permit(Deed::ViewApplication, &found.row.branch.0)?;
    Ok(found)
}
