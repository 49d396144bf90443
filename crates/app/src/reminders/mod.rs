//! Reminders of the season's deadlines, of voices, disputes, polls and sessions (到期提醒): every hour the modules are asked what is due.
//!
//! Owns no table: who was told is kept with the messages. Promises each reminder once, whatever restarts in between and
//! however many instances run. Never changes anything but messages.

use platform::{act::Op, error::Stop, jobs::JobKind};

use crate::{
    calendar, deliberations, disputes, messages, notices, owner_votes, places, points, review, selection, voices,
};

/// Kinds of job of the module.
pub const JOBS: &[JobKind] =
    &[JobKind { name: "remind_offices", every_minutes: Some(60), run: |op, _| Box::pin(remind_offices(op)) }];

async fn remind_offices(op: Op) -> Result<(), Stop> {
    let db = op.reader();
    let calendar = calendar::load(db).await?;
    for season in selection::newest_seasons(db).await? {
        let parameters = selection::parameters_of(db, &season).await?;
        let county = &season.county.0;
        let mut dues = selection::dues(db, &season, &parameters, &calendar).await?;
        dues.extend(review::dues(db, &season, &parameters).await?);
        dues.extend(notices::dues(db, county).await?);
        dues.extend(points::dues(db, county, op.now().date()).await?);
        let told = messages::remind(&op, county, &dues, &calendar).await?;
        tracing::debug!(%county, told, "reminded");
    }
    // Residents speak in every county, whether it has a season or not.
    for county in places::counties(db).await? {
        let county = &county.code.0;
        let mut dues = voices::dues(&op, county).await?;
        dues.extend(disputes::dues(&op, county).await?);
        dues.extend(owner_votes::dues(&op, county).await?);
        dues.extend(deliberations::dues(&op, county).await?);
        let told = messages::remind(&op, county, &dues, &calendar).await?;
        tracing::debug!(%county, told, "reminded of voices, disputes and polls");
    }
    Ok(())
}
