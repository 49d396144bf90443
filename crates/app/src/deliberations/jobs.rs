//! Every hour: who gave views on matters that have long been over is forgotten.

use domain::deliberation::KEPT_DAYS;
use platform::{act::Op, error::Stop, jobs::JobKind};

use super::{actions::forget_view_givers, store::thread};

/// Kinds of job of the module.
pub const JOBS: &[JobKind] =
    &[JobKind { name: "forget_view_givers", every_minutes: Some(60), run: |op, _| Box::pin(forget(op)) }];

/// Matters that a run takes; the next takes the rest.
const MOST: u64 = 200;

/// Each matter is a deed of its own, so that a run that was broken off is simply gone on with.
async fn forget(op: Op) -> Result<(), Stop> {
    for id in thread::to_forget(op.reader(), op.now().plus_days(-KEPT_DAYS), MOST).await? {
        match forget_view_givers(&op, id).await {
            // The community sent it back just now.
            Err(Stop::Refused(_) | Stop::Conflict) => {}
            ended => ended?,
        }
    }
    Ok(())
}
