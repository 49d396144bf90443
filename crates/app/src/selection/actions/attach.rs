//! Files attached to a draft (附件).

use domain::{
    ids::{ApplicationId, AttachmentId},
    permission::Deed,
    selection::application::Stage,
};
use platform::{
    act::{Op, Subject},
    db::column::{Int, Text},
    error::Stop,
    files,
    forms::UploadedFile,
};

use crate::selection::{
    queries::{self, InSeason},
    store::attachment::{self, row},
};

/// How many files one application may hold.
const MOST_FILES: usize = 40;

/// Attaches a file to an item of a draft; `item` is empty for the whole application.
///
/// # Errors
/// A refusal at `file` when it is of no accepted kind, or there are too many; [`Stop::Conflict`] when it is no draft.
pub async fn attach_file(op: &Op, id: ApplicationId, item: &str, file: UploadedFile) -> Result<AttachmentId, Stop> {
    let mut act = op.act().await?;
    let InSeason { row: application, parameters, .. } = queries::in_season(act.db(), id).await?;
    act.permit(Deed::AttachFile, &application.branch.0)?;
    must_be_draft(application.stage.0)?;
    if !item.is_empty() && parameters.item(item).is_none() {
        return Err(Stop::refused_at("item", "评分表里没有这一项，请重新选择。"));
    }
    if attachment::attachments_of(act.db(), id).await?.len() >= MOST_FILES {
        return Err(Stop::refused_at("file", format!("每份申报最多上传 {MOST_FILES} 个附件，请先移除不需要的。")));
    }
    let blob = files::store(act.floor(), act.db(), act.now(), "file", file.bytes).await?;
    let new: AttachmentId = act.new_id();
    let row = row::Model {
        id: Text(new),
        application_id: Text(id),
        item: item.to_owned(),
        blob_hash: blob.hash.clone(),
        file_name: if file.name.is_empty() { blob.kind.label().to_owned() } else { file.name },
        kind: Text(blob.kind),
        size: blob.size,
        attached_at: Int(act.now()),
        signed: act.signature(),
        detached_at: None,
    };
    attachment::insert(act.db(), row).await?;
    let body = serde_json::json!({ "attachment": new, "item": item, "hash": blob.hash });
    act.record(Deed::AttachFile, &Subject::new("application", id, &application.branch.0), body).await?;
    act.commit().await?;
    Ok(new)
}

/// Takes a file off a draft; answers with the application.
///
/// # Errors
/// [`Stop::Missing`] when there is no such file; [`Stop::Conflict`] when the application is no draft.
pub async fn detach_file(op: &Op, id: AttachmentId) -> Result<ApplicationId, Stop> {
    let mut act = op.act().await?;
    let attachment = attachment::attachment(act.db(), id).await?.ok_or(Stop::Missing)?;
    let InSeason { row: application, .. } = queries::in_season(act.db(), attachment.application_id.0).await?;
    act.permit(Deed::DetachFile, &application.branch.0)?;
    must_be_draft(application.stage.0)?;
    attachment::detach(act.db(), id, act.now()).await?;
    let subject = Subject::new("application", application.id.0, &application.branch.0);
    act.record(Deed::DetachFile, &subject, serde_json::json!({ "attachment": id })).await?;
    act.commit().await?;
    Ok(application.id.0)
}

fn must_be_draft(stage: Stage) -> Result<(), Stop> {
    if stage == Stage::Draft {
        return Ok(());
    }
    Err(Stop::refused_at("file", "申报已经提交，附件不能再改动；需要改动请先由社区或街道退回。"))
}
