//! Voices on both databases: how many are taken in and kept, against bare commits of the same rows; and what a list of 50 costs
//! among ten thousand and among a million.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use anyhow::Context as _;
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbBackend, Statement};

use crate::{
    load::{get_plain, post, rate},
    measure::{CLIENTS, Line, ROUND, ROUNDS, middle, sign_in_as},
    product::Product,
    progress,
};

/// Residents who speak at once.
const RESIDENTS: usize = 64;
/// Voices in the smaller and in the larger database.
const FEW: u64 = 10_000;
const MANY: u64 = 1_000_000;
/// The rows of one voice, for the bare commits.
const TABLES: &str =
    "CREATE TABLE bare_voices (id TEXT PRIMARY KEY, place TEXT, state TEXT, words TEXT, received_at BIGINT);
CREATE TABLE bare_entries (id TEXT PRIMARY KEY, voice_id TEXT, words TEXT);
CREATE TABLE bare_messages (id TEXT PRIMARY KEY, words TEXT);
CREATE TABLE bare_events (id TEXT PRIMARY KEY, body TEXT, hash TEXT)";
/// Voices by running number; the database fills in the columns that a benchmark does not look at.
const ROWS: &str = include_str!("../../../scripts/many_voices.sql");

/// One of the two databases, and what it is called in the table.
struct Engine {
    name: &'static str,
    url: String,
    /// Connections that commit at once; an embedded database has one writer.
    writers: usize,
}

/// Measures both databases.
pub async fn all() -> anyhow::Result<Vec<Line>> {
    let server = std::env::var("HONGQI_TEST_POSTGRES").context("run `make bench-voices`, which starts PostgreSQL")?;
    let maker = connect(&format!("{server}/postgres"), 1).await?;
    maker.execute_unprepared("CREATE DATABASE voices").await?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("hongqi.db");
    let engines = [
        Engine { name: "SQLite", url: format!("sqlite:{}?mode=rwc", file.display()), writers: 1 },
        Engine { name: "PostgreSQL", url: format!("{server}/voices"), writers: RESIDENTS },
    ];
    let mut lines = Vec::new();
    for engine in &engines {
        let start = || Product::start_on(folder.path(), &engine.url);
        drop(start().await?);
        let db = connect(&engine.url, engine.writers).await?;
        lines.push(submissions(engine, &start().await?, &db).await?);
        told(&lines);
        fill(&db, 0, FEW).await?;
        let mut few = lists(&start().await?, true).await?;
        let (what, rate) = few.pop().context("a search")?;
        lines.push(Line {
            what,
            measured: format!("{}: {rate:.0}/s among ten thousand", engine.name),
            reached: format!("{:.1} ms each on two cores", 2_000.0 / rate),
            aim: "",
        });
        told(&lines);
        fill(&db, FEW, MANY).await?;
        let many = lists(&start().await?, false).await?;
        for ((what, few), (_, many)) in few.into_iter().zip(many) {
            lines.push(Line {
                what,
                measured: format!("{}: {few:.0}/s among ten thousand, {many:.0}/s among a million", engine.name),
                reached: format!("{:.2} × the cost", few / many),
                aim: "",
            });
            told(&lines);
        }
        db.close().await?;
    }
    Ok(lines)
}

/// Says what was measured last; minutes pass before the next.
fn told(lines: &[Line]) {
    if let Some(Line { what, measured, reached, .. }) = lines.last() {
        progress(&format!("{what}: {measured}, {reached}"));
    }
}

async fn connect(url: &str, connections: usize) -> anyhow::Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(u32::try_from(connections)?).sqlx_logging(false);
    Ok(Database::connect(options).await?)
}

/// Voices through HTTP against bare commits of as many rows, on the same database with the same settings.
async fn submissions(engine: &Engine, product: &Product, db: &DatabaseConnection) -> anyhow::Result<Line> {
    db.execute_unprepared(TABLES).await?;
    if db.get_database_backend() == DbBackend::Sqlite {
        db.execute_unprepared("PRAGMA synchronous=FULL").await?;
    }
    let sql = "SELECT code FROM places WHERE level = 'branch' AND is_active ORDER BY code LIMIT 50";
    let rows = db.query_all_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let branches: Arc<[String]> = rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect::<anyhow::Result<_>>()?;
    let (mut bare, mut kept) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        bare.push(commits(db, engine.writers, round).await?);
        let branches = Arc::clone(&branches);
        let request = move |number: u64| {
            let branch =
                usize::try_from(number).ok().and_then(|at| branches.get(at % branches.len())).map_or("", |it| it);
            let client = format!("10.{}.{}.{}", round + 1, number / 250 % 250, number % 250);
            let words = "kind=help&topic=repairs&spot=3%E6%A0%8B&text=%E6%A5%BC%E9%A1%B6%E6%BC%8F%E6%B0%B4";
            post(&format!("/voices/at/{branch}"), &client, words)
        };
        kept.push(rate(product.address, RESIDENTS, ROUND, 200, request).await?);
    }
    let (bare, kept) = (middle(bare), middle(kept));
    Ok(Line {
        what: "durable voice through HTTP, 64 residents at once",
        measured: format!("{}: {kept:.0}/s against {bare:.0}/s of bare commits of the same rows", engine.name),
        reached: format!("{:.0} %", 100.0 * kept / bare),
        aim: "",
    })
}

/// Commits a second of the rows of one voice each, by as many at once as the database takes.
async fn commits(db: &DatabaseConnection, writers: usize, round: usize) -> anyhow::Result<f64> {
    let (begun, number) = (Instant::now(), Arc::new(AtomicU64::new(0)));
    let writer = || {
        let (db, number) = (db.clone(), Arc::clone(&number));
        tokio::spawn(async move {
            while begun.elapsed() < ROUND {
                let id = format!("{round}-{}", number.fetch_add(1, Ordering::Relaxed));
                let sql = format!(
                    "BEGIN; INSERT INTO bare_voices VALUES ('{id}', '5304270010010001', 'new', '楼顶漏水', 1667957400000000);
                     INSERT INTO bare_entries VALUES ('{id}', '{id}', '网上反映');
                     INSERT INTO bare_messages VALUES ('{id}', '收到一件新诉求：漏水维修（求助），请及时受理');
                     INSERT INTO bare_events VALUES ('{id}', '{{}}', '{id}'); COMMIT"
                );
                db.execute_unprepared(&sql).await?;
            }
            anyhow::Ok(())
        })
    };
    let writers: Vec<_> = (0..writers).map(|_| writer()).collect();
    for writer in writers {
        writer.await??;
    }
    #[expect(clippy::cast_precision_loss, reason = "a rate needs no 53 bits")]
    Ok(number.load(Ordering::Relaxed) as f64 / begun.elapsed().as_secs_f64())
}

/// Adds voices by running number, from the first and before the last.
async fn fill(db: &DatabaseConnection, from: u64, until: u64) -> anyhow::Result<()> {
    for statement in ROWS.split(";\n").map(str::trim).filter(|statement| !statement.is_empty()) {
        let sql = statement.replace("{from}", &from.to_string()).replace("{until}", &until.to_string());
        db.execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// Pages a second of lists, and of a search where `is_searched`, drawn anew each time.
async fn lists(product: &Product, is_searched: bool) -> anyhow::Result<Vec<(&'static str, f64)>> {
    let cookies = sign_in_as(product, "zuzhibu").await?;
    let mut found = Vec::new();
    for (what, path) in [
        ("list of 50 voices of a county, the newest of all", "/voice-desk?show=all"),
        ("list of 50 voices of a county, the newest of the open", "/voice-desk?show=open"),
        ("search for a word in the voices of a county", "/voice-desk?words=%E7%94%B5%E6%A2%AF"),
    ]
    .into_iter()
    .take(if is_searched { 3 } else { 2 })
    {
        let mut rates = Vec::new();
        for round in 0..ROUNDS {
            let (path, cookies) = (path.to_owned(), cookies.clone());
            let request = move |number: u64| get_plain(&format!("{path}&n={round}-{number}"), &cookies);
            rates.push(rate(product.address, CLIENTS, ROUND, 200, request).await?);
        }
        found.push((what, middle(rates)));
    }
    Ok(found)
}
