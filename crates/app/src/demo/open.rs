//! Opening the demo's database: its own, whole or not yet made, and nobody else's.

use std::{fs, io, path::Path};

use platform::{clock::Clock, config::Config, db::migrate::migrate, error::Stop, floor::Floor, settings};

use super::{MADE, MAKING};
use crate::{identity, modules::Schema};

/// What a start of the demo finds.
enum Found {
    /// Nothing yet, or a whole county.
    Ready,
    /// A county whose making was interrupted.
    Halfway,
    /// Accounts that no demo has opened.
    Foreign,
}

/// Opens the floor of the demo. A county whose making was interrupted cannot be gone on with: in the demo's own folder it is
/// thrown away, so that it is made anew.
///
/// # Errors
/// A refusal where accounts exist that are no demo's, which must never get company with a password that everybody knows; and
/// where half a county lies in a database that is not ours to throw away.
pub async fn open(config: Config) -> Result<Floor, Stop> {
    let floor = open_floor(config.clone()).await?;
    match found(&floor).await? {
        Found::Ready => return Ok(floor),
        Found::Foreign => {
            return Err(Stop::refused(
                "这个数据库里已经有账号，不是演示数据，没有做任何改动。演示请用 --data 另指一个空文件夹，正式使用请运行 hongqi serve。",
            ));
        }
        Found::Halfway => {}
    }
    let own = floor.db.sqlite_file().filter(|_| config.database_url.is_empty());
    let Some(file) = own else {
        return Err(Stop::refused(
            "上一次建示范数据时中断了，数据不完整。请清空这个数据库，或者换一个空的数据库，再重新启动。",
        ));
    };
    tracing::warn!(file = %file.display(), "the demo was interrupted while it was made, and begins again");
    floor.db.close().await?;
    throw_away(&file).map_err(|error| Stop::Fault(error.into()))?;
    open_floor(config).await
}

async fn open_floor(config: Config) -> Result<Floor, Stop> {
    let floor = Floor::open(config, Clock::demo(0)).await.map_err(Stop::Fault)?;
    migrate::<Schema>(&floor.db).await.map_err(Stop::Fault)?;
    Ok(floor)
}

async fn found(floor: &Floor) -> Result<Found, Stop> {
    let db = floor.db.reader();
    if settings::get(db, MADE).await?.is_some() {
        return Ok(Found::Ready);
    }
    if settings::get(db, MAKING).await?.is_some() {
        return Ok(Found::Halfway);
    }
    Ok(if identity::has_accounts(db).await? { Found::Foreign } else { Found::Ready })
}

/// Removes the database file and what SQLite keeps beside it.
fn throw_away(file: &Path) -> io::Result<()> {
    for ending in ["", "-wal", "-shm"] {
        let mut name = file.as_os_str().to_owned();
        name.push(ending);
        match fs::remove_file(&name) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
