//! The database: one connection to read, one door to write, the same on SQLite and PostgreSQL.
//!
//! Promises that reads cannot write: the reading pool is opened read-only, so that the database itself refuses.

pub mod column;
pub mod migrate;
mod place;
mod rows;
mod search;
mod statements;

use std::{path::PathBuf, sync::Arc, time::Duration};

use anyhow::Context as _;
use sea_orm::{
    ConnectOptions, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
    sqlx::{
        postgres::PgConnectOptions,
        sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
    },
};

pub use place::{within, within_by_others};
pub use rows::{follow_place, ids, insert_all, save_read};
pub use search::holds;
pub use statements::{counted, statements_so_far};

/// How many readers share the database. SQLite readers are cheap; PostgreSQL instances are many and share one server.
const READERS: u32 = 8;

/// How many writers: SQLite allows one at a time, and waiting in our queue is fairer than its busy loop.
const POSTGRES_WRITERS: u32 = 8;

/// Told at the start, before the cause.
const UNREACHABLE: &str = "无法打开数据库，请检查 HONGQI_DATABASE_URL，以及数据库是否已启动";

/// How long a request waits for a connection before the person is told that the database is away.
const PATIENCE: Duration = Duration::from_secs(5);

/// The two pools over one database.
#[derive(Debug, Clone)]
pub struct Db {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    url: Arc<str>,
}

impl Db {
    /// Opens the database that `url` names: `sqlite:PATH` or `postgres://…`. A missing SQLite file is created.
    ///
    /// # Errors
    /// When the URL names no known database or the database cannot be reached.
    pub async fn connect(url: &str) -> anyhow::Result<Self> {
        let is_sqlite = url.starts_with("sqlite:");
        anyhow::ensure!(
            is_sqlite || url.starts_with("postgres:") || url.starts_with("postgresql:"),
            "数据库地址应以 sqlite: 或 postgres: 开头"
        );
        let writers = if is_sqlite { 1 } else { POSTGRES_WRITERS };
        let mut writer = Database::connect(options(url, writers, false)).await.context(UNREACHABLE)?;
        let mut reader = Database::connect(options(url, READERS, true)).await.context(UNREACHABLE)?;
        for connection in [&mut writer, &mut reader] {
            connection.set_metric_callback(statements::count);
        }
        Ok(Self { reader, writer, url: url.into() })
    }

    /// For queries. The database refuses writes through it.
    #[must_use]
    pub const fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// For the floor's own small tables (sessions, jobs, migrations); deeds go through [`crate::act`].
    pub(crate) const fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Which engine it is.
    #[must_use]
    pub fn backend(&self) -> DbBackend {
        sea_orm::ConnectionTrait::get_database_backend(&self.reader)
    }

    /// Whether the database is a file that this process alone serves from.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        self.backend() == DbBackend::Sqlite
    }

    /// The SQLite file, when it is one.
    #[must_use]
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        let path = self.url.strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path);
        Some(PathBuf::from(path.split('?').next().unwrap_or(path)))
    }

    /// Begins a write. On SQLite the lock is taken at once, so that a read inside it cannot be overtaken.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.writer.begin_with_options(options).await
    }

    /// Asks the database whether it is there.
    ///
    /// # Errors
    /// When it is not.
    pub async fn ping(&self) -> Result<(), DbErr> {
        self.reader.ping().await
    }

    /// Closes both pools; waits for connections that are in use.
    ///
    /// # Errors
    /// When a connection cannot be closed.
    pub async fn close(self) -> Result<(), DbErr> {
        self.reader.close().await?;
        self.writer.close().await
    }
}

fn options(url: &str, connections: u32, is_read_only: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(url.to_owned());
    options.max_connections(connections).acquire_timeout(PATIENCE).connect_timeout(PATIENCE).sqlx_logging(false);
    // A server may have gone away since the last statement; a file has not, and asking costs as much as a statement.
    options.test_before_acquire(!url.starts_with("sqlite:"));
    options.map_sqlx_sqlite_opts(move |sqlite| for_sqlite(sqlite, is_read_only));
    options.map_sqlx_postgres_opts(move |postgres| for_postgres(postgres, is_read_only));
    options
}

fn for_sqlite(options: SqliteConnectOptions, is_read_only: bool) -> SqliteConnectOptions {
    let options = options
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .pragma("cache_size", "-16384")
        .pragma("temp_store", "memory");
    if is_read_only { options.pragma("query_only", "on") } else { options }
}

fn for_postgres(options: PgConnectOptions, is_read_only: bool) -> PgConnectOptions {
    if is_read_only { options.options([("default_transaction_read_only", "on")]) } else { options }
}
