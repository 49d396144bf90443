//! A province's year of points settled on PostgreSQL, against the same aggregation written by hand on the same database, and in
//! DuckDB on the same rows. The rows are made by `scripts/province.sql`; nothing of them is kept.

use std::{fs, os::unix::fs::PermissionsExt as _, time::Instant};

use anyhow::Context as _;
use app::points::{self, JOBS};
use domain::{clock, place::PlaceCode, points::county_template};
use jiff::civil::date;
use platform::{
    act::Op, actor::Actor, clock::Clock, config::Config, db::migrate::migrate, error::Stop, floor::Floor, jobs,
};
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DbBackend, Statement};

use crate::{
    measure::Line,
    progress,
    settle::{HAND, against, duckdb},
};

const ROWS: &str = include_str!("../../../scripts/province.sql");
/// Tables that grow large; they are filled before their indexes are built, as anybody would who loads as much.
const LARGE: [&str; 4] = ["persons", "memberships", "unit_scores", "points_entries"];

/// Makes a province of so many counties and measures it.
pub async fn year(counties: u32) -> anyhow::Result<Vec<Line>> {
    let server = std::env::var("HONGQI_TEST_POSTGRES").context("run `make bench-province`, which starts PostgreSQL")?;
    let maker = connect(&format!("{server}/postgres")).await?;
    maker.execute_unprepared("CREATE DATABASE province").await?;
    let url = format!("{server}/province");
    let folder = tempfile::tempdir()?;
    let config = Config { data_dir: folder.path().to_owned(), database_url: url.clone(), ..Config::default() };
    let floor = Floor::open(config, Clock::demo(0)).await?;
    migrate::<app::modules::Schema>(&floor.db).await?;
    let db = connect(&url).await?;
    let begun = Instant::now();
    fill(&db, counties).await?;
    progress(&format!("the province is filled in {:.0} s", begun.elapsed().as_secs_f64()));
    let (members, entries) = (
        number(&db, "SELECT COUNT(*) FROM memberships").await?,
        number(&db, "SELECT COUNT(*) FROM points_entries").await?,
    );
    let ours = settle(&floor, &db).await?;
    progress(&format!("settled in {ours:.1} s"));
    let hand = by_hand(&db).await?;
    progress(&format!("by hand in {hand:.1} s"));
    let total = number(&db, "SELECT CAST(SUM(result) AS BIGINT) FROM hand_settled").await?;
    let settled = number(&db, "SELECT CAST(SUM(result) AS BIGINT) FROM points_settlements WHERE is_current").await?;
    anyhow::ensure!(total == settled, "the settlement comes to {settled}, the statement by hand to {total}");
    let mut lines = vec![Line {
        what: "settle a province year on PostgreSQL, a job for each county, every member's working kept",
        measured: format!(
            "{members} members, {entries} entries: {ours:.1} s against {hand:.1} s by hand in SQL on the same database"
        ),
        reached: format!("{:.1} ×", ours / hand),
        aim: "",
    }];
    lines.push(against_duckdb(&db, ours, total).await?);
    Ok(lines)
}

async fn connect(url: &str) -> anyhow::Result<DatabaseConnection> {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Ok(Database::connect(options).await?)
}

async fn number(db: &DatabaseConnection, sql: &str) -> anyhow::Result<i64> {
    let row = db.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    Ok(row.context("no row")?.try_get_by_index::<Option<i64>>(0)?.unwrap_or(0))
}

async fn texts(db: &DatabaseConnection, sql: &str) -> anyhow::Result<Vec<String>> {
    let rows = db.query_all_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

async fn fill(db: &DatabaseConnection, counties: u32) -> anyhow::Result<()> {
    let tables = LARGE.map(|table| format!("'{table}'")).join(", ");
    let of = format!("FROM pg_indexes WHERE tablename IN ({tables}) AND indexname NOT LIKE '%_pkey'");
    let indexes = texts(db, &format!("SELECT indexdef {of}")).await?;
    for name in texts(db, &format!("SELECT indexname::TEXT {of}")).await? {
        db.execute_unprepared(&format!("DROP INDEX \"{name}\"")).await?;
    }
    let items = serde_json::to_string(&county_template())?.replace('\'', "''");
    for statement in ROWS.split(";\n").map(str::trim).filter(|statement| !statement.is_empty()) {
        db.execute_unprepared(&statement.replace("{items}", &items).replace("{counties}", &counties.to_string()))
            .await?;
    }
    for index in indexes {
        db.execute_unprepared(&index).await?;
    }
    for table in LARGE {
        db.execute_unprepared(&format!("VACUUM (ANALYZE) {table}")).await?;
    }
    Ok(())
}

/// Closes and orders every county's year, and measures the jobs until the last is done.
async fn settle(floor: &Floor, db: &DatabaseConnection) -> anyhow::Result<f64> {
    let january = clock::Instant::at(date(2023, 1, 16).at(9, 0, 0, 0));
    anyhow::ensure!(floor.clock.set(january).is_some(), "the clock of a benchmark can be set");
    let words = |stop: Stop| anyhow::anyhow!("{stop:?}");
    for code in texts(db, "SELECT code FROM places WHERE level = 'county' AND code LIKE '540%' ORDER BY code").await? {
        let (op, county): (Op, PlaceCode) = (Op::new(floor, Actor::System), code.parse()?);
        points::close_points_year(&op, &county, 2022).await.map_err(words)?;
        points::order_settlement(&op, &county, 2022).await.map_err(words)?;
    }
    let begun = Instant::now();
    jobs::run_due(floor, JOBS).await.map_err(words)?;
    let spent = begun.elapsed().as_secs_f64();
    let open = number(db, "SELECT COUNT(*) FROM points_years WHERE state <> 'settled'").await?;
    anyhow::ensure!(open == 0, "{open} counties are not settled");
    Ok(spent)
}

async fn by_hand(db: &DatabaseConnection) -> anyhow::Result<f64> {
    let begun = Instant::now();
    db.execute_unprepared(HAND).await?;
    Ok(begun.elapsed().as_secs_f64())
}

/// The same tables through files into DuckDB, since it cannot read PostgreSQL's own.
async fn against_duckdb(db: &DatabaseConnection, ours: f64, total: i64) -> anyhow::Result<Line> {
    let folder = tempfile::tempdir()?;
    // The server writes the files, under an account of its own.
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777))?;
    for (table, columns) in [
        ("points_entries", "membership_id, year, item, fine, state"),
        ("memberships", "id, person_id, affiliation, service, registered_on, state, verified_on, ended_on"),
        ("unit_scores", "person_id, year, score, max"),
    ] {
        let file = folder.path().join(format!("{table}.csv"));
        let sql = format!("COPY (SELECT {columns} FROM {table}) TO '{}' (FORMAT csv)", file.display());
        db.execute_unprepared(&sql).await?;
    }
    let spent = duckdb(folder.path(), total)?;
    Ok(against(ours, spent))
}
