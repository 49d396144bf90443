//! After a silence of the system: every notice that could not be read is made longer, without anybody asking (R-NOT-06).

use domain::ids::NoticeId;
use platform::{
    act::Op,
    db::column::Int,
    error::Stop,
    heartbeat::{SILENCE, Silence},
    jobs::JobKind,
};

use super::{
    actions::{Outage, extend_notice},
    store,
};

/// Kinds of job of the module.
pub const JOBS: &[JobKind] =
    &[JobKind { name: SILENCE, every_minutes: None, run: |op, input| Box::pin(make_up(op, input)) }];

/// What the public reads as the cause.
const REASON: &str = "系统中断服务，无法查看公示";

async fn make_up(op: Op, input: String) -> Result<(), Stop> {
    let silence = Silence::read(&input)?;
    for id in cut_by(&op, silence).await? {
        let outage = Outage { from: silence.from, until: silence.until, reason: REASON.to_owned() };
        match extend_notice(&op, id, outage).await {
            Ok(()) => {}
            // Counted before, by an officer or by a run of this job that did not come to its end; or confirmed already.
            Err(Stop::Refused(problems)) => tracing::info!(notice = %id, ?problems, "not made longer"),
            Err(stop) => return Err(stop),
        }
    }
    Ok(())
}

async fn cut_by(op: &Op, silence: Silence) -> Result<Vec<NoticeId>, Stop> {
    let running = store::current_until(op.reader(), silence.from.date()).await?;
    let is_cut = |notice: &&store::notice::Model| {
        let published_at = notice.published_at.map(|Int(at)| at);
        notice.period().zip(published_at).is_some_and(|(period, at)| period.is_cut_by(at, silence.from, silence.until))
    };
    Ok(running.iter().filter(is_cut).map(|notice| notice.id.0).collect())
}
