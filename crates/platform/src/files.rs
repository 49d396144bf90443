//! Uploaded files: what they are is decided by their content, and they are stored under their hash.
//!
//! Owns the bytes and nothing else; who may see a file is decided by the thing it is attached to.

use bytes::Bytes;
use domain::clock::Instant;
use object_store::{ObjectStoreExt as _, PutPayload, path::Path};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};
use sha2::{Digest as _, Sha256};

use crate::{
    db::column::{Int, Text},
    error::Stop,
    floor::Floor,
    jobs::JobKind,
};

pub use kind::FileKind;

mod kind;

mod blob {
    use domain::clock::Instant;
    use sea_orm::entity::prelude::*;

    use super::{FileKind, Int, Text};

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "blobs")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub hash: String,
        pub kind: Text<FileKind>,
        pub size: i64,
        pub stored_at: Int<Instant>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// A stored file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    /// SHA-256 of its bytes, in hex; of its owner and its bytes where it is kept apart.
    pub hash: String,
    /// What it is.
    pub kind: FileKind,
    /// Bytes.
    pub size: i64,
}

/// Stores `bytes` and notes them in the deed's transaction. The same bytes are kept once.
///
/// # Errors
/// A refusal at `field` when the content is none of the accepted kinds; a fault when the storage fails.
pub async fn store(
    floor: &Floor,
    db: &impl ConnectionTrait,
    now: Instant,
    field: &str,
    bytes: Bytes,
) -> Result<Blob, Stop> {
    let kind = kind_of(&bytes, field)?;
    let hash = hex::encode(Sha256::digest(&bytes));
    keep(floor, db, now, Kept { hash, kind }, bytes).await
}

/// The same for a file that is to be forgotten one day: it is kept for `owner` alone, also where somebody else has the same.
///
/// # Errors
/// As [`store`].
pub async fn store_apart(
    floor: &Floor,
    db: &impl ConnectionTrait,
    now: Instant,
    (field, owner): (&str, &str),
    bytes: Bytes,
) -> Result<Blob, Stop> {
    let kind = kind_of(&bytes, field)?;
    let hash = hex::encode(Sha256::new().chain_update(owner).chain_update(&bytes).finalize());
    keep(floor, db, now, Kept { hash, kind }, bytes).await
}

/// The job that forgets a file that was kept apart, ordered by the deed that lets go of it. It bears being run twice.
pub const FORGET: JobKind = JobKind {
    name: "forget_file",
    every_minutes: None,
    run: |op, hash| Box::pin(async move { forget(&op.floor, &hash).await }),
};

/// Forgets a file, the row before the bytes; what something points to still stays.
async fn forget(floor: &Floor, hash: &str) -> Result<(), Stop> {
    match blob::Entity::delete_by_id(hash.to_owned()).exec(floor.db.writer()).await.map_err(Stop::from) {
        Ok(_) => {}
        Err(Stop::Conflict) => return Ok(()),
        Err(stop) => return Err(stop),
    }
    match floor.storage.delete(&path(hash)).await {
        Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(anyhow::Error::from(error).into()),
    }
}

fn kind_of(bytes: &Bytes, field: &str) -> Result<FileKind, Stop> {
    FileKind::of(bytes).ok_or_else(|| {
        Stop::refused_at(field, "只接受 jpg、png、pdf、docx、xlsx 文件，且内容要与类型相符；请另存为这些格式后再上传。")
    })
}

/// Under which name a file is kept, and what it is.
struct Kept {
    hash: String,
    kind: FileKind,
}

async fn keep(
    floor: &Floor,
    db: &impl ConnectionTrait,
    now: Instant,
    Kept { hash, kind }: Kept,
    bytes: Bytes,
) -> Result<Blob, Stop> {
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    if blob::Entity::find_by_id(hash.clone()).one(db).await?.is_none() {
        // The bytes are stored before the row is committed: a crash between leaves a file nobody points to, never a hole.
        floor.storage.put(&path(&hash), PutPayload::from_bytes(bytes)).await.map_err(anyhow::Error::from)?;
        let row = blob::ActiveModel {
            hash: Set(hash.clone()),
            kind: Set(Text(kind)),
            size: Set(size),
            stored_at: Set(Int(now)),
        };
        blob::Entity::insert(row).exec_without_returning(db).await?;
    }
    Ok(Blob { hash, kind, size })
}

/// The bytes of a stored file.
///
/// # Errors
/// [`Stop::Missing`] when there is no such file; a fault when the storage fails.
pub async fn fetch(floor: &Floor, hash: &str) -> Result<(Blob, Bytes), Stop> {
    let row = blob::Entity::find_by_id(hash.to_owned()).one(floor.db.reader()).await?.ok_or(Stop::Missing)?;
    let found = floor.storage.get(&path(hash)).await.map_err(anyhow::Error::from)?;
    let bytes = found.bytes().await.map_err(anyhow::Error::from)?;
    Ok((Blob { hash: row.hash, kind: row.kind.0, size: row.size }, bytes))
}

/// Two levels of folders, so that no folder grows too large.
fn path(hash: &str) -> Path {
    let (folder, name) = hash.split_at_checked(2).unwrap_or(("", hash));
    Path::from_iter([folder, name])
}
