//! Photos: given to the offices that see the voice, shown to the neighbours or not.

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse as _, Response},
};
use domain::{ids::VoicePhotoId, permission::Deed};
use platform::{act::Op, error::Stop, files::fetch, forms::Form, pages::done};

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

async fn sent(op: &Op, photo: &photo::row::Model) -> Result<Response, Stop> {
    let (blob, bytes) = fetch(&op.floor, &photo.blob_hash).await?;
    Ok(([(header::CONTENT_TYPE, blob.kind.media_type())], bytes).into_response())
}

/// To whoever may see the voice.
pub async fn inside(op: Op, Path(id): Path<String>) -> Result<Response, Stop> {
    let photo = found(&op, &id).await?;
    let row = voice::voice(op.reader(), photo.voice_id.0).await?.ok_or(Stop::Missing)?;
    op.permit(Deed::ViewVoice, &row.place.0)?;
    sent(&op, &photo).await
}

/// To anyone, once an officer has shown it.
pub async fn public(op: Op, Path(id): Path<String>) -> Result<Response, Stop> {
    let photo = found(&op, &id).await?;
    if photo.is_public { sent(&op, &photo).await } else { Err(Stop::Missing) }
}

/// Shows it to the neighbours, or takes it back.
pub async fn publish(op: Op, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let is_public = form.value("public") == "yes";
    let voice = publish_photo(&op, parse(&id)?, is_public).await?;
    let words = if is_public { "照片已公开，小区居民可以看到。" } else { "照片已不再公开。" };
    Ok(done(&urls::voice(voice), words))
}
