//! Photos of how a decision is carried out: given to offices that see the thread, and to anyone while residents see it.

use axum::{extract::Path, response::Response};
use domain::{ids::MilestonePhotoId, permission::Deed};
use platform::{act::Op, error::Stop, forms::Form, pages::done, pictures::shown};

use crate::deliberations::{
    actions::show_milestone_photo,
    store::{
        photo,
        thread::{self, row},
    },
    urls,
};

fn parse(id: &str) -> Result<MilestonePhotoId, Stop> {
    id.parse().map_err(|_| Stop::Missing)
}

async fn found(op: &Op, id: &str) -> Result<(photo::row::Model, row::Model), Stop> {
    let photo = photo::photo(op.reader(), parse(id)?).await?.ok_or(Stop::Missing)?;
    let thread = thread::thread(op.reader(), photo.deliberation_id.0).await?.ok_or(Stop::Missing)?;
    Ok((photo, thread))
}

/// To whoever may see the thread.
pub async fn inside(op: Op, Path(id): Path<String>) -> Result<Response, Stop> {
    let (photo, thread) = found(&op, &id).await?;
    op.permit(Deed::ViewDeliberation, &thread.place.0)?;
    shown(&op.floor, &photo.blob_hash).await
}

/// To anyone, while residents see the milestone.
pub async fn public(op: Op, Path(id): Path<String>) -> Result<Response, Stop> {
    let (photo, thread) = found(&op, &id).await?;
    if photo.is_public && thread.state.0.is_published() {
        shown(&op.floor, &photo.blob_hash).await
    } else {
        Err(Stop::Missing)
    }
}

/// Shows it to residents again, or takes it back.
pub async fn publish(op: Op, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let is_public = form.value("public") == "yes";
    let thread = show_milestone_photo(&op, parse(&id)?, is_public).await?;
    let words = if is_public { "照片已公开，居民可以看到。" } else { "照片已不再公开。" };
    Ok(done(&urls::thread(thread), words))
}
