//! Keeping the photos of a voice, and showing them to the neighbours.

use bytes::Bytes;
use domain::{
    ids::{VoiceId, VoicePhotoId},
    permission::Deed,
    voice::{Desk, VoiceKind, VoiceRefusal},
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
    files,
};
use serde_json::json;

use super::step::{loaded, own_desk};
use crate::voices::{
    read::PHOTOS,
    store::photo::{self, row},
};

/// Photos of one side, the resident or the officers, in all.
const MOST: usize = 2 * PHOTOS;

/// Keeps photos that came with a deed on a voice.
///
/// # Errors
/// A refusal at `photos` when there are too many in all.
pub(super) async fn keep_photos(
    act: &Act<'_>,
    voice: VoiceId,
    desk: Option<Desk>,
    photos: &[Bytes],
) -> Result<(), Stop> {
    if photos.is_empty() {
        return Ok(());
    }
    let known = photo::of_voice(act.db(), voice).await?;
    let held = known.iter().filter(|row| row.desk.is_some() == desk.is_some()).count();
    if held + photos.len() > MOST {
        let words = format!("这件诉求已有 {held} 张照片，一共最多 {MOST} 张，请减少后再提交。");
        return Err(Stop::refused_at("photos", words));
    }
    let mut rows = Vec::with_capacity(photos.len());
    for bytes in photos {
        let id: VoicePhotoId = act.new_id();
        let owner = ("photos", &*id.to_string());
        let blob = files::store_apart(act.floor(), act.db(), act.now(), owner, bytes.clone()).await?;
        rows.push(row::Model {
            id: Text(id),
            voice_id: Text(voice),
            blob_hash: blob.hash,
            desk: desk.map(Text),
            sent_at: Int(act.now()),
            is_public: false,
            version: 0,
        });
    }
    photo::insert(act.db(), rows).await
}

/// What was said, with how many photos came along.
pub(super) fn with_photos(words: &str, photos: &[Bytes]) -> String {
    match photos.len() {
        0 => words.to_owned(),
        count if words.trim().is_empty() => format!("附照片 {count} 张"),
        count => format!("{}（附照片 {count} 张）", words.trim()),
    }
}

/// Shows a photo to the neighbours, or takes it back; answers with its voice. What belongs to a report is shown to nobody.
///
/// # Errors
/// Refusals for a report, and at another desk than the one that has the voice or received it first; [`Stop::Missing`] when there
/// is no such photo.
pub async fn publish_photo(op: &Op, id: VoicePhotoId, is_public: bool) -> Result<VoiceId, Stop> {
    let mut act = op.act().await?;
    let photo = photo::photo(act.db(), id).await?.ok_or(Stop::Missing)?;
    let row = loaded(&act, photo.voice_id.0, Deed::PublishPhoto).await?;
    let own = own_desk(&act);
    if own != Some(row.desk.0) && own != Some(row.first_desk.0) {
        return Err(VoiceRefusal::OtherDesk(row.desk.0)).or_refuse();
    }
    if is_public && row.kind.0 == VoiceKind::Report {
        return Err(Stop::refused("举报的照片不公开。"));
    }
    photo::save(act.db(), row::Model { is_public, ..photo }).await?;
    let body = json!({ "photo": id, "is_public": is_public });
    act.record(Deed::PublishPhoto, &Subject::new("voice", row.id.0, &row.place.0), body).await?;
    act.commit().await?;
    Ok(row.id.0)
}
