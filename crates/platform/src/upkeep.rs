//! What the floor does for itself by the hour: it forgets sessions that ended and jobs long done.

use domain::clock::Instant;

use crate::{
    clock::Clock,
    error::Stop,
    files,
    floor::Floor,
    heartbeat,
    jobs::{self, JobKind},
    sessions::Sessions,
};

/// How long a job that has ended can still be looked at.
const JOB_DAYS: i64 = 30;

/// The floor's own kinds of job.
pub const JOBS: &[JobKind] = &[
    heartbeat::JOB,
    files::FORGET,
    JobKind {
        name: "upkeep",
        every_minutes: Some(60),
        run: |op, _| Box::pin(async move { forget(&op.floor, op.now().plus_days(-JOB_DAYS)).await }),
    },
];

async fn forget(floor: &Floor, before: Instant) -> Result<(), Stop> {
    let sessions = Sessions::forget_expired(floor, Clock::system().now()).await?;
    let jobs = jobs::forget_ended(floor, before).await?;
    tracing::debug!(sessions, jobs, "forgotten");
    Ok(())
}
