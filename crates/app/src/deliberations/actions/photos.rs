//! Photos of how a decision is carried out: kept with a milestone, shown to residents at once, and taken back.

use bytes::Bytes;
use domain::{
    ids::{DeliberationId, MilestoneId, MilestonePhotoId},
    permission::Deed,
};
use platform::{
    act::{Act, Op},
    db::column::Text,
    error::Stop,
    files,
};

use serde_json::json;

use super::step::{loaded, record_with};
use crate::deliberations::store::photo::{self, row};

/// Photos that may come with one milestone.
pub const PHOTOS: usize = 6;

/// Keeps photos in an open deed.
pub(super) async fn keep_photos(
    act: &Act<'_>,
    thread: DeliberationId,
    milestone: MilestoneId,
    photos: Vec<Bytes>,
) -> Result<(), Stop> {
    let mut rows = Vec::with_capacity(photos.len());
    for bytes in photos {
        let blob = files::store(act.floor(), act.db(), act.now(), "photos", bytes).await?;
        rows.push(row::Model {
            id: Text(act.new_id()),
            deliberation_id: Text(thread),
            milestone_id: Text(milestone),
            blob_hash: blob.hash,
            is_public: true,
            version: 0,
        });
    }
    photo::insert(act.db(), rows).await
}

/// Shows a photo to residents again, or takes it back; answers with its thread.
///
/// # Errors
/// [`Stop::Missing`] when there is no such photo.
pub async fn show_milestone_photo(op: &Op, id: MilestonePhotoId, is_public: bool) -> Result<DeliberationId, Stop> {
    let mut act = op.act().await?;
    let photo = photo::photo(act.db(), id).await?.ok_or(Stop::Missing)?;
    let thread = loaded(&act, photo.deliberation_id.0, Deed::CarryOutDecision).await?;
    photo::save(act.db(), row::Model { is_public, ..photo }).await?;
    record_with(&mut act, Deed::CarryOutDecision, &thread, json!({ "photo": id, "is_public": is_public })).await?;
    act.commit().await?;
    Ok(thread.id.0)
}
