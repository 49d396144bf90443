//! The heartbeat: a moment written every few minutes, so that after a silence everyone knows how long it was.
//!
//! Owns the setting `heartbeat`. Several instances over one database beat into the same setting: as long as one of them
//! lives there is no silence. Promises that a silence is passed on with the beat that found it, in one transaction, as a
//! job of kind [`SILENCE`]; what a silence means is up to the module that takes that job.

use domain::clock::Instant;
use sea_orm::{ConnectionTrait, DbErr};
use serde::{Deserialize, Serialize};

use crate::{
    act::Op,
    error::Stop,
    jobs::{self, JobKind},
    settings,
};

/// The setting that keeps the last beat, in microseconds.
const LAST: &str = "heartbeat";

/// Minutes between two beats.
const EVERY_MINUTES: i64 = 5;

/// A pause longer than this is passed on as a silence; a restart or a slow disk is none.
const SILENT_MINUTES: i64 = 60;

/// The kind of job that is ordered after a silence; its input is a [`Silence`].
pub const SILENCE: &str = "make_up_for_silence";

/// A time in which no instance was alive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// The last beat before.
    pub from: Instant,
    /// The first beat after.
    pub until: Instant,
}

impl Silence {
    /// Reads the input of a job of kind [`SILENCE`].
    ///
    /// # Errors
    /// When it is something else.
    pub fn read(input: &str) -> Result<Self, Stop> {
        serde_json::from_str(input).map_err(|error| Stop::Fault(error.into()))
    }
}

/// The beat itself.
pub const JOB: JobKind = JobKind {
    name: "heartbeat",
    every_minutes: Some(EVERY_MINUTES),
    run: |op, _| Box::pin(async move { beat(&op).await }),
};

async fn beat(op: &Op) -> Result<(), Stop> {
    let transaction = op.floor.db.begin().await?;
    let last = settings::get(&transaction, LAST).await?.and_then(|last| last.parse().ok()).map(Instant::from_micros);
    if let Some(from) = last.filter(|last| op.now() > last.plus_minutes(SILENT_MINUTES)) {
        let silence = Silence { from, until: op.now() };
        tracing::warn!(%from, until = %op.now(), "nobody was alive");
        let input = serde_json::to_string(&silence).map_err(anyhow::Error::from)?;
        jobs::order(&transaction, SILENCE, &input, op.now()).await?;
    }
    begin_anew(&transaction, op.now()).await?;
    transaction.commit().await?;
    Ok(())
}

/// Counts from `at` on: after a beat, and when the date of a demo is moved, which is no silence.
///
/// # Errors
/// When the database cannot be written.
pub async fn begin_anew(db: &impl ConnectionTrait, at: Instant) -> Result<(), DbErr> {
    settings::set(db, LAST, &at.as_micros().to_string()).await
}
