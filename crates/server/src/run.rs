//! Starting, serving, and ending in order.

use std::{
    fs::{self, File},
    net::TcpListener,
};

use anyhow::Context as _;
use app::demo::Papers;
use platform::{config::Config, floor::Floor, jobs, serve as server};
use tokio::{signal, sync::watch};
use tracing_subscriber::{EnvFilter, layer::SubscriberExt as _, util::SubscriberInitExt as _};

use crate::{
    admin::words,
    cli::{Demo, say},
};

/// Structured logs to standard error: lines for people, or JSON (`HONGQI_LOG_JSON`).
pub fn start_logging(config: &Config) {
    let filter =
        EnvFilter::try_from_env("HONGQI_LOG").unwrap_or_else(|_| EnvFilter::new("info,sea_orm_migration=warn"));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let registry = tracing_subscriber::registry().with(filter);
    // A second start within one process keeps the first logger; nothing is lost by that.
    let _ = if config.log_json {
        registry.with(lines.json()).try_init()
    } else {
        registry.with(lines.compact()).try_init()
    };
}

/// Serves until the process is told to end; requests and jobs under way are finished first.
pub async fn serve(floor: Floor) -> anyhow::Result<()> {
    let (stopping, stop) = watch::channel(false);
    let runner = tokio::spawn(jobs::run(floor.clone(), app::modules::jobs(), stop));
    let listen = floor.config.listen;
    let ready = |address| say(&format!("红旗已启动：http://{address}"));
    server::serve(app::router(&floor), listen, ready, told_to_end()).await?;
    stopping.send_replace(true);
    runner.await?;
    floor.db.close().await?;
    Ok(())
}

async fn told_to_end() {
    let interrupt = async { drop(signal::ctrl_c().await) };
    #[cfg(unix)]
    let terminate = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut terminate) => drop(terminate.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}

/// The workbook of the demo county.
const LEDGER: &[u8] = include_bytes!("../../../data/小区党组织台账.xlsx");
/// What the demo county's work units score their members.
const UNIT_SCORES: &[u8] = include_bytes!("../../../data/单位党支部积分.xlsx");

/// Holds the folder for as long as the county is found or made.
fn alone(config: &Config) -> anyhow::Result<File> {
    let folder = &config.data_dir;
    fs::create_dir_all(folder).with_context(|| format!("无法建立数据文件夹 {}", folder.display()))?;
    let file = File::create(folder.join("demo.lock")).context("无法建立演示的锁文件")?;
    file.try_lock()
        .map_err(|_| anyhow::anyhow!("另一个演示正在这个文件夹里建数据，请等它建好，或者用 --data 另指一个文件夹。"))?;
    Ok(file)
}

/// The demo county: made at the first start, found at the next.
pub async fn demo(config: Config, demo: Demo) -> anyhow::Result<()> {
    let config = Config { data_dir: demo.data, listen: demo.listen, ..config };
    // Who waits two minutes for the county should not learn only then that nobody can reach it.
    drop(TcpListener::bind(config.listen).with_context(|| format!("无法监听 {}", config.listen))?);
    // One at a time: a second start must not take for interrupted what another one is making.
    let alone = alone(&config)?;
    let floor = app::demo::open(config).await.map_err(words)?;
    if !app::demo::is_made(&floor).await.map_err(words)? {
        say("第一次启动：正在建示范数据，大约要两分钟，请稍候……");
    }
    let papers = Papers { ledger: LEDGER.into(), unit_scores: UNIT_SCORES.into() };
    let is_new = app::demo::prepare(&floor, papers, demo.today).await.map_err(words)?;
    if is_new {
        say("示范数据已建好：2021 年评选已完成，2022 年评选进行中。");
    }
    drop(alone);
    say(&app::demo::accounts(&floor).await.map_err(words)?);
    serve(floor).await
}
