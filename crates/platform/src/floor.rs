//! The floor: everything a module stands on, in one value that is cheap to clone.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use anyhow::Context as _;
use object_store::{ObjectStore, local::LocalFileSystem};
use tokio::sync::Notify;

use crate::{clock::Clock, config::Config, db::Db, keys::Keys, throttle::Throttles};

/// Microseconds of a minute.
const MINUTE: i64 = 60_000_000;
/// Microseconds for which a number in a frame may lag behind what other instances write.
const A_MOMENT: i64 = 10_000_000;

/// The count of changes and the minute or moment; see [`Floor::standing`].
pub type Standing = (u64, i64);

/// Database, clock, keys, storage and settings.
#[derive(Debug, Clone)]
pub struct Floor {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// Keys for personal data.
    pub keys: Keys,
    /// Where uploads are kept.
    pub storage: Arc<dyn ObjectStore>,
    /// The settings.
    pub config: Arc<Config>,
    /// How often one address may try.
    pub throttles: Arc<Throttles>,
    /// Told when a job is ordered, so that it need not wait for the next look at the table.
    pub(crate) ordered: Arc<Notify>,
    changes: Arc<AtomicU64>,
}

impl Floor {
    /// Opens everything that `config` names.
    ///
    /// # Errors
    /// When the data folder, the database, the key or the storage cannot be opened.
    pub async fn open(config: Config, clock: Clock) -> anyhow::Result<Self> {
        fs::create_dir_all(&config.data_dir)
            .with_context(|| format!("无法建立数据文件夹 {}", config.data_dir.display()))?;
        let db = Db::connect(&config.database()).await?;
        let keys = Keys::load(&config.secret_key, &config.data_dir)?;
        let storage = open_storage(&config)?;
        let throttles = Arc::new(Throttles::of(&config));
        let (ordered, changes) = (Arc::default(), Arc::default());
        Ok(Self { db, clock, keys, storage, config: Arc::new(config), throttles, ordered, changes })
    }

    /// Told after each change by this instance: a deed, a session, a moved clock.
    pub fn changed(&self) {
        self.changes.fetch_add(1, Ordering::Release);
    }

    /// How many changes this instance has made since it started.
    #[must_use]
    pub fn changes(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }

    /// How things stand: the count of changes, and the minute, because deadlines and terms pass without a change. What
    /// was read at one standing is still true at the same. `None` where other instances may write: they do not tell us.
    #[must_use]
    pub fn standing(&self) -> Option<Standing> {
        self.db.is_embedded().then(|| self.lately())
    }

    /// How things stood a moment ago: what this instance has changed is seen at once, what others wrote after ten seconds at
    /// most. For the numbers in a frame, never for what is decided on.
    #[must_use]
    pub fn lately(&self) -> Standing {
        let span = if self.db.is_embedded() { MINUTE } else { A_MOMENT };
        (self.changes(), self.clock.now().as_micros().div_euclid(span))
    }
}

fn open_storage(config: &Config) -> anyhow::Result<Arc<dyn ObjectStore>> {
    if config.storage_url.is_empty() {
        let folder = config.data_dir.join("files");
        fs::create_dir_all(&folder).with_context(|| format!("无法建立附件文件夹 {}", folder.display()))?;
        return Ok(Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_fsync(true)));
    }
    let url = config.storage_url.parse().context("HONGQI_STORAGE_URL 不是有效地址")?;
    let (storage, prefix) = object_store::parse_url_opts(&url, std::env::vars())?;
    Ok(Arc::new(object_store::prefix::PrefixStore::new(storage, prefix)))
}
