//! Migrations run at start, one process at a time.

use std::fs::File;

use anyhow::Context as _;
use sea_orm::{ConnectionTrait, DbBackend, Statement, TransactionTrait};
use sea_orm_migration::{MigrationTrait, MigratorTrait};

use super::Db;

/// Any fixed number will do, as long as no other program takes the same lock in the same database.
const LOCK: i64 = 0x0048_6f6e_6771;

/// Brings the schema up to date. Safe when several instances start at once: the others wait.
///
/// # Errors
/// When the lock cannot be taken or a migration fails; nothing of a failed migration stays.
pub async fn migrate<M: MigratorTrait>(db: &Db) -> anyhow::Result<()> {
    match db.backend() {
        DbBackend::Postgres => {
            let lock = db.writer().begin().await?;
            let sql = format!("SELECT pg_advisory_xact_lock({LOCK})");
            lock.execute_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
            M::up(db.writer(), None).await.context("数据库升级失败")?;
            lock.commit().await?;
        }
        _ => {
            let _lock = match db.sqlite_file() {
                Some(path) => {
                    let file = File::create(path.with_extension("lock")).context("无法建立数据库锁文件")?;
                    Some(
                        tokio::task::spawn_blocking(move || file.lock().map(|()| file))
                            .await?
                            .context("无法锁定数据库")?,
                    )
                }
                None => None,
            };
            M::up(db.writer(), None).await.context("数据库升级失败")?;
        }
    }
    Ok(())
}

/// A module's migrations, in order.
pub type Migrations = Vec<Box<dyn MigrationTrait>>;
