//! Forms with files.

use axum::extract::{FromRequest as _, Multipart, Request};
use bytes::Bytes;

use super::{Form, clean};
use crate::error::Stop;

/// Bytes of one uploaded file (20 MB, by the programme's needs).
pub const FILE_LIMIT: usize = 20 * 1024 * 1024;
/// How many fields and files one form may hold.
const PARTS_LIMIT: usize = 300;

/// A file as it was sent; nothing about it is trusted.
#[derive(Debug, Clone)]
pub struct UploadedFile {
    /// The form field.
    pub field: String,
    /// The name the sender gave, without folders.
    pub name: String,
    /// Its bytes.
    pub bytes: Bytes,
}

pub(super) async fn read_multipart<S: Send + Sync>(request: Request, state: &S) -> Result<Form, Stop> {
    let broken = || Stop::refused("上传的内容没有完整送达，请检查网络后重新提交。");
    let mut parts = Multipart::from_request(request, state).await.map_err(|_| broken())?;
    let mut form = Form::default();
    while let Some(mut part) = parts.next_field().await.map_err(|_| broken())? {
        if form.fields.len() + form.files.len() >= PARTS_LIMIT {
            return Err(Stop::refused("一次提交的内容太多，请分几次提交。"));
        }
        let field = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(base_name);
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(|_| broken())? {
            if bytes.len() + chunk.len() > FILE_LIMIT {
                return Err(Stop::refused_at(field, "文件超过 20 MB，请压缩或拆分后再上传。"));
            }
            bytes.extend_from_slice(&chunk);
        }
        match file_name {
            // Browsers send an empty file for a field that was left alone.
            Some(name) if name.is_empty() && bytes.is_empty() => {}
            Some(name) => form.files.push(UploadedFile { field, name, bytes: bytes.into() }),
            None => form.fields.push((field, clean(&String::from_utf8_lossy(&bytes)))),
        }
    }
    Ok(form)
}

fn base_name(name: &str) -> String {
    let name = clean(name);
    let base = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    base.chars().take(120).collect()
}
