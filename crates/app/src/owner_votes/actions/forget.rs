//! What the system forgets by itself: the telephones of owners whose vote has long been over (R-PRI-02).

use domain::{ids::PollId, permission::Deed};
use platform::{act::Op, error::Stop};

use super::{loaded, record};
use crate::owner_votes::store::{
    poll::{self, row},
    register,
};

/// Forgets the telephones of a register, a year after the last day of voting. Names and areas stay: they are what was counted.
///
/// # Errors
/// A refusal when it is not over for so long.
pub async fn forget_owner_phones(op: &Op, id: PollId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::ForgetOwnerPhones).await?;
    if !row.poll().has_no_use_for_phones(act.now()) {
        return Err(Stop::refused("这次表决截止还不满一年。"));
    }
    register::forget_phones(act.db(), id).await?;
    poll::save(act.db(), row::Model { preview_sealed: None, ..row.clone() }).await?;
    record(&mut act, Deed::ForgetOwnerPhones, &row).await?;
    act.commit().await
}
