//! Files of an application: attached, taken off, and given to those who may see the application.

use axum::{
    extract::Path,
    http::header,
    response::{IntoResponse as _, Response},
};
use domain::{
    ids::{ApplicationId, AttachmentId},
    permission::Deed,
};
use platform::{
    act::Op,
    error::Stop,
    files::{FileKind, fetch},
    forms::Form,
    pages::{done, download},
    shell::AttachmentLink,
};

use super::parse;
use crate::{
    desk::Desk,
    selection::{
        Attachment,
        actions::{attach_file, detach_file},
        queries::in_season,
        store::{application::submissions_of, attachment::attachment},
        urls,
    },
};

/// How an attachment is listed.
pub fn link(attachment: &Attachment) -> AttachmentLink {
    let size = attachment.size.max(0);
    let size =
        if size < 1024 * 1024 { format!("{} KB", (size + 1023) / 1024) } else { format!("{} MB", size / 1024 / 1024) };
    let who = if attachment.signed.is_empty() { String::new() } else { format!("{} ", attachment.signed) };
    AttachmentLink {
        name: attachment.file_name.clone(),
        href: urls::attachment(attachment.id.0),
        note: format!("{}，{size}，{who}{}上传", attachment.kind.0.label(), attachment.attached_at.0),
    }
}

/// The same where files of all items stand together.
pub fn link_with_item(attachment: &Attachment) -> AttachmentLink {
    let link = link(attachment);
    match attachment.item.as_str() {
        "" => link,
        item => AttachmentLink { note: format!("佐证 {item}，{}", link.note), ..link },
    }
}

/// Attaches one file to a draft.
pub async fn attach(desk: Desk, Path(id): Path<String>, form: Form) -> Result<Response, Stop> {
    let id: ApplicationId = parse(&id)?;
    let in_season = in_season(desk.op.reader(), id).await?;
    desk.op.permit(Deed::AttachFile, &in_season.row.branch.0)?;
    let item = form.value("item").to_owned();
    let attached = match form.files.into_iter().find(|file| file.field == "file") {
        Some(file) => attach_file(&desk.op, id, &item, file).await,
        None => Err(Stop::refused_at("file", "还没有选择文件，请先选择要上传的文件。")),
    };
    match attached {
        Ok(_) => Ok(done(&urls::part(id, "edit"), "附件已上传。")),
        Err(Stop::Refused(problems)) => super::draft::refused_file(&desk, in_season, item, problems).await,
        Err(stop) => Err(stop),
    }
}

/// Takes one file off a draft.
pub async fn detach(op: Op, Path(id): Path<String>) -> Result<Response, Stop> {
    let id: AttachmentId = parse(&id)?;
    let application = detach_file(&op, id).await?;
    Ok(done(&urls::part(application, "edit"), "附件已移除。"))
}

/// Whether a submitted version of the application had the file.
async fn was_submitted(op: &Op, attachment: &Attachment) -> Result<bool, Stop> {
    let submissions = submissions_of(op.reader(), attachment.application_id.0).await?;
    Ok(submissions.iter().any(|submission| {
        let at = submission.submitted_at.0;
        attachment.attached_at.0 <= at && attachment.detached_at.is_none_or(|detached| detached.0 > at)
    }))
}

/// Gives the file to whoever may see its application; pictures may be shown, everything else is saved.
pub async fn serve(op: Op, Path(id): Path<String>) -> Result<Response, Stop> {
    let attachment = attachment(op.reader(), parse(&id)?).await?.ok_or(Stop::Missing)?;
    let in_season = in_season(op.reader(), attachment.application_id.0).await?;
    let branch = &in_season.row.branch.0;
    op.permit(Deed::ViewApplication, branch)?;
    // What a branch has not submitted is nobody else's yet.
    if !op.can(Deed::DraftApplication, branch) && !was_submitted(&op, &attachment).await? {
        return Err(Stop::Missing);
    }
    let (blob, bytes) = fetch(&op.floor, &attachment.blob_hash).await?;
    if matches!(blob.kind, FileKind::Jpg | FileKind::Png) {
        return Ok(([(header::CONTENT_TYPE, blob.kind.media_type())], bytes).into_response());
    }
    Ok(download(&attachment.file_name, blob.kind.media_type(), bytes.to_vec()))
}
