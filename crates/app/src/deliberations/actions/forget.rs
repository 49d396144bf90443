//! What the system forgets by itself: who gave the views on a matter that has long been over (R-PRI-02).

use domain::{ids::DeliberationId, permission::Deed};
use platform::{act::Op, error::Stop};

use super::step::{loaded, record};
use crate::deliberations::store::parts;

/// Forgets who gave the views, a year after the matter was over; what they said stays.
///
/// # Errors
/// A refusal when it is not over for so long.
pub async fn forget_view_givers(op: &Op, id: DeliberationId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::ForgetViewGivers).await?;
    if !row.thread().is_to_be_forgotten(act.now()) {
        return Err(Stop::refused("这件议题办结还不满一年。"));
    }
    parts::forget_givers(act.db(), id).await?;
    record(&mut act, Deed::ForgetViewGivers, &row).await?;
    act.commit().await
}
