//! Every ten minutes: what missed its street's list ends there.

use platform::{act::Op, error::Stop, jobs::JobKind};

use super::{actions::close_recommendations, store::season};

/// Kinds of job of the module.
pub const JOBS: &[JobKind] = &[JobKind {
    name: "close_recommendations",
    every_minutes: Some(10),
    run: |op, _| Box::pin(close_of_newest_seasons(op)),
}];

async fn close_of_newest_seasons(op: Op) -> Result<(), Stop> {
    for season in season::newest_seasons(op.reader()).await? {
        match close_recommendations(&op, season.id.0).await {
            // An officer, or another instance, was quicker; the next run takes what is left.
            Err(Stop::Conflict) => {}
            closed => tracing::debug!(county = %season.county.0, closed = closed?, "recommendations closed"),
        }
    }
    Ok(())
}
