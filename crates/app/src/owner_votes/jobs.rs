//! Every hour: the telephones of owners whose vote has long been over are forgotten.

use domain::owners::PHONE_DAYS;
use platform::{act::Op, error::Stop, jobs::JobKind};

use super::{actions::forget_owner_phones, store::poll};

/// Kinds of job of the module.
pub const JOBS: &[JobKind] =
    &[JobKind { name: "forget_owner_phones", every_minutes: Some(60), run: |op, _| Box::pin(forget(op)) }];

/// Polls that a run takes; the next takes the rest.
const MOST: u64 = 200;

/// Each poll is a deed of its own, so that a run that was broken off is simply gone on with.
async fn forget(op: Op) -> Result<(), Stop> {
    let before = op.now().plus_days(-PHONE_DAYS).date();
    for id in poll::to_forget(op.reader(), before, MOST).await? {
        match forget_owner_phones(&op, id).await {
            Err(Stop::Refused(_) | Stop::Conflict) => {}
            ended => ended?,
        }
    }
    Ok(())
}
