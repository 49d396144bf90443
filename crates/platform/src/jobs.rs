//! Background jobs in a small table of our own, written in the deed's own transaction.
//!
//! Promises that a job that was committed will run at least once, whatever restarts in between: a job is taken for a
//! while, and who dies while holding it loses it to the next. Jobs must therefore bear being run twice. A job that comes
//! again by itself has one row for each stretch of its interval, whose identifier follows from the stretch, so that
//! instances over one database order it once between them.

use std::{collections::BTreeSet, pin::Pin, time::Duration};

use domain::{clock::Instant, coded_enum, ids::JobId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, SqlErr, sea_query::Expr,
};
use sha2::{Digest as _, Sha256};
use tokio::{sync::watch, time::MissedTickBehavior};
use uuid::Uuid;

use crate::{
    act::Op,
    actor::Actor,
    db::column::{Int, Text},
    error::{Stop, incident_number},
    floor::Floor,
};

/// How long one taker may hold a job.
const HOLD_MINUTES: i64 = 10;
/// How often a job is tried before it is left as failed.
const ATTEMPTS: i32 = 5;
/// How often the table is asked: for what another instance ordered, and for what is to run later.
const TICK: Duration = Duration::from_secs(2);

coded_enum! {
    /// Where a job stands.
    pub enum JobState {
        /// Waits for its time.
        Queued = "queued" => "等待",
        /// Is being run.
        Taken = "taken" => "进行中",
        /// Has run.
        Done = "done" => "完成",
        /// Was given up.
        Failed = "failed" => "失败",
    }
}

mod job {
    use domain::{clock::Instant, ids::JobId};
    use sea_orm::entity::prelude::*;

    use super::{Int, JobState, Text};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "jobs")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<JobId>,
        pub kind: String,
        pub input: String,
        pub state: Text<JobState>,
        pub run_at: Int<Instant>,
        pub attempts: i32,
        pub progress: i32,
        pub taken_until: Option<Int<Instant>>,
        pub outcome: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// What running a job gives.
pub type Running = Pin<Box<dyn Future<Output = Result<(), Stop>> + Send>>;

/// A kind of job, as a module registers it.
#[derive(Debug, Clone, Copy)]
pub struct JobKind {
    /// Its name in the table.
    pub name: &'static str,
    /// Minutes between two runs of a job that comes again by itself; `None` for jobs that deeds order.
    pub every_minutes: Option<i64>,
    /// Runs it with the input it was ordered with.
    pub run: fn(Op, String) -> Running,
}

/// Orders a job in the deed's transaction.
///
/// # Errors
/// When the database refuses.
pub async fn order(db: &impl ConnectionTrait, kind: &str, input: &str, run_at: Instant) -> Result<JobId, DbErr> {
    let id = JobId::from(Uuid::now_v7());
    insert(db, id, kind, input, run_at).await?;
    Ok(id)
}

async fn insert(db: &impl ConnectionTrait, id: JobId, kind: &str, input: &str, run_at: Instant) -> Result<(), DbErr> {
    let row = job::ActiveModel {
        id: Set(Text(id)),
        kind: Set(kind.to_owned()),
        input: Set(input.to_owned()),
        state: Set(Text(JobState::Queued)),
        run_at: Set(Int(run_at)),
        attempts: Set(0),
        progress: Set(0),
        taken_until: Set(None),
        outcome: Set(String::new()),
    };
    job::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Whether a job waits or is being run; one that was given up or forgotten does not.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_under_way(db: &impl ConnectionTrait, id: JobId) -> Result<bool, DbErr> {
    let job = job::Entity::find_by_id(Text(id)).one(db).await?;
    Ok(job.is_some_and(|job| matches!(job.state.0, JobState::Queued | JobState::Taken)))
}

/// Runs jobs until `stop` says so.
pub async fn run(floor: Floor, kinds: Vec<JobKind>, mut stop: watch::Receiver<bool>) {
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while !*stop.borrow() {
        tokio::select! {
            _ = stop.changed() => break,
            _ = tick.tick() => {}
            () = floor.ordered.notified() => {}
        }
        // A database that is away is asked again at the next tick; the jobs are still in it.
        if let Err(error) = run_due(&floor, &kinds).await {
            tracing::warn!(error = ?error, "jobs wait");
        }
    }
}

/// Runs every job that is due now, and answers how many ran.
///
/// # Errors
/// When the table cannot be read or written; what a job itself answers is kept in its row.
pub async fn run_due(floor: &Floor, kinds: &[JobKind]) -> Result<usize, Stop> {
    order_recurring(floor, kinds).await?;
    let mut ran = 0;
    while let Some(job) = take(floor).await? {
        ran += 1;
        let op = Op::new(floor, Actor::System);
        let Some(kind) = kinds.iter().find(|kind| kind.name == job.kind) else {
            finish(floor, &job, JobState::Failed, "unknown kind").await?;
            continue;
        };
        // In a task of its own, so that a job that panics is tried again like any other and takes nobody with it.
        let outcome = tokio::spawn((kind.run)(op, job.input.clone())).await;
        match outcome.unwrap_or_else(|panicked| Err(Stop::Fault(panicked.into()))) {
            Ok(()) => finish(floor, &job, JobState::Done, "").await?,
            Err(why) => retry(floor, &job, &why).await?,
        }
    }
    Ok(ran)
}

/// Orders what comes again by itself, unless another instance has.
async fn order_recurring(floor: &Floor, kinds: &[JobKind]) -> Result<(), Stop> {
    let now = floor.clock.now();
    let recurring = kinds.iter().filter_map(|kind| Some((kind, stretch(kind.name, kind.every_minutes?, now))));
    let recurring: Vec<(&JobKind, (JobId, Instant))> = recurring.collect();
    let ids = recurring.iter().map(|(_, (id, _))| Text(*id));
    let known = job::Entity::find().filter(job::Column::Id.is_in(ids)).all(floor.db.reader()).await?;
    let known: BTreeSet<JobId> = known.into_iter().map(|job| job.id.0).collect();
    for (kind, (id, begins)) in recurring.into_iter().filter(|(_, (id, _))| !known.contains(id)) {
        match insert(floor.db.writer(), id, kind.name, "", begins).await {
            Err(error) if !matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
                return Err(error.into());
            }
            // Ordered now, or by another instance at the same moment.
            Ok(()) | Err(_) => {}
        }
    }
    Ok(())
}

/// The stretch of `every` minutes that `now` lies in: when it begins, and the identifier of the job that belongs to it.
fn stretch(kind: &str, every: i64, now: Instant) -> (JobId, Instant) {
    let length = every.max(1).saturating_mul(60_000_000);
    let begins = Instant::from_micros(now.as_micros().div_euclid(length).saturating_mul(length));
    let hash = Sha256::digest(format!("{kind} {every} {}", begins.as_micros()));
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(hash).for_each(|(byte, hashed)| *byte = hashed);
    (JobId::from(uuid::Builder::from_custom_bytes(bytes).into_uuid()), begins)
}

/// Forgets jobs that ended before `before`.
///
/// # Errors
/// When the database cannot be written.
pub async fn forget_ended(floor: &Floor, before: Instant) -> Result<u64, DbErr> {
    let ended = job::Entity::delete_many()
        .filter(job::Column::State.is_in([Text(JobState::Done), Text(JobState::Failed)]))
        .filter(job::Column::RunAt.lt(Int(before)));
    Ok(ended.exec(floor.db.writer()).await?.rows_affected)
}

async fn take(floor: &Floor) -> Result<Option<job::Model>, Stop> {
    let now = floor.clock.now();
    let due = Condition::any()
        .add(Condition::all().add(job::Column::State.eq(Text(JobState::Queued))).add(job::Column::RunAt.lte(Int(now))))
        .add(
            Condition::all()
                .add(job::Column::State.eq(Text(JobState::Taken)))
                .add(job::Column::TakenUntil.lt(Int(now))),
        );
    let candidates = job::Entity::find()
        .filter(due)
        .order_by_asc(job::Column::RunAt)
        .order_by_asc(job::Column::Id)
        .limit(8)
        .all(floor.db.reader())
        .await?;
    for job in candidates {
        // Whoever changes the row first has the job.
        let taken = job::Entity::update_many()
            .col_expr(job::Column::State, Expr::value(JobState::Taken.to_string()))
            .col_expr(job::Column::Attempts, Expr::value(job.attempts + 1))
            .col_expr(job::Column::TakenUntil, Expr::value(now.plus_minutes(HOLD_MINUTES).as_micros()))
            .filter(job::Column::Id.eq(job.id))
            .filter(job::Column::Attempts.eq(job.attempts))
            .exec(floor.db.writer())
            .await?;
        if taken.rows_affected == 1 {
            return Ok(Some(job));
        }
    }
    Ok(None)
}

/// Logs the failure once under an incident number, which stays in the row, and tries again later; after the last attempt
/// the job is left as failed.
async fn retry(floor: &Floor, job: &job::Model, why: &Stop) -> Result<(), Stop> {
    let incident = incident_number();
    let is_last = job.attempts + 1 >= ATTEMPTS;
    tracing::error!(incident, job = %job.id.0, kind = job.kind, attempt = job.attempts + 1, is_last, ?why, "job failed");
    let why = format!("{incident}: {why:?}");
    if is_last {
        return finish(floor, job, JobState::Failed, &why).await;
    }
    let later = floor.clock.now().plus_minutes(1 << job.attempts.clamp(0, 8));
    job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value(JobState::Queued.to_string()))
        .col_expr(job::Column::RunAt, Expr::value(later.as_micros()))
        .col_expr(job::Column::Outcome, Expr::value(why))
        .filter(job::Column::Id.eq(job.id))
        .exec(floor.db.writer())
        .await?;
    Ok(())
}

async fn finish(floor: &Floor, job: &job::Model, state: JobState, outcome: &str) -> Result<(), Stop> {
    job::Entity::update_many()
        .col_expr(job::Column::State, Expr::value(state.to_string()))
        .col_expr(job::Column::Outcome, Expr::value(outcome))
        .col_expr(job::Column::Progress, Expr::value(100))
        .filter(job::Column::Id.eq(job.id))
        .exec(floor.db.writer())
        .await?;
    Ok(())
}
