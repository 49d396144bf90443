//! Photos: given to the offices that see the voice, shown to the neighbours or not.

use axum::{extract::Path, response::Response};
use domain::{ids::VoicePhotoId, permission::Deed};
use platform::{act::Op, error::Stop, forms::Form, pages::done, pictures::shown};

use crate::voices::{
    actions::publish_photo,
    store::{photo, voice},
    urls,
};

fn parse(id: &str) -> Result<VoicePhotoId, Stop> {
    id.parse().map_err(|_| Stop::Missing)
}

async fn found(op: &Op, id: &str) -> Result<photo::row::Model, Stop> {
    photo::photo(op.reader(), parse(id)?).await?.ok_or(Stop::Missing)
}

/// To whoever may see the voice.
pub async fn inside(op: Op, Path(id): Path<String>) -> Result<Response, Stop> {
    let photo = found(&op, &id).await?;
    let row = voice::voice(op.reader(), photo.voice_id.0).await?.ok_or(Stop::Missing)?;
    op.permit(Deed::ViewVoice, &row.place.0)?;
    shown(&op.floor, &photo.blob_hash).await
}

/// To anyone, once an officer has shown it.
pub async fn public(op: Op, Path(id): Path<String>) -> Result<Response, Stop> {
    let photo = found(&op, &id).await?;
    if photo.is_public { shown(&op.floor, &photo.blob_hash).await } else { Err(Stop::Missing) }
}

/// Shows it to the neighbours, or takes it back.
pub async fn publish(op: Op, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let is_public = form.value("public") == "yes";
    let voice = publish_photo(&op, parse(&id)?, is_public).await?;
    let words = if is_public { "照片已公开，小区居民可以看到。" } else { "照片已不再公开。" };
    Ok(done(&urls::voice(voice), words))
}
