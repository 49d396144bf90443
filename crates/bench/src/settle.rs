//! A county's year of points settled, against the same aggregation written by hand in SQL on the same database, and in DuckDB
//! on the same rows; and what pages cost in a database of one county and of 129.

use std::{
    fmt::Write as _,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement};

use crate::{
    hello::Hello,
    load::{Connection, get, post, rate},
    measure::{CLIENTS, Line, ROUND, ROUNDS, middle, sign_in_as},
    product::Product,
};

/// The year that is settled.
const YEAR: i32 = 2022;
/// Entries of the county's year.
const ENTRIES: i64 = 250_000;
/// Counties of a province (云南).
pub const COUNTIES: u32 = 129;
/// The aggregation as somebody would write it by hand.
pub const HAND: &str = include_str!("../../../scripts/hand_settle.sql");

async fn open(folder: &Path) -> anyhow::Result<DatabaseConnection> {
    let file = folder.join("hongqi.db");
    let mut options = ConnectOptions::new(format!("sqlite:{}", file.display()));
    options.max_connections(1).sqlx_logging(false);
    Ok(Database::connect(options).await?)
}

async fn number(db: &DatabaseConnection, sql: &str) -> anyhow::Result<i64> {
    let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await?;
    Ok(row.context("no row")?.try_get_by_index::<Option<i64>>(0)?.unwrap_or(0))
}

/// The columns of `table`, `id` replaced by another identifier for each `i`.
async fn columns(db: &DatabaseConnection, table: &str) -> anyhow::Result<Vec<String>> {
    let sql = format!("SELECT name FROM pragma_table_info('{table}')");
    let rows = db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await?;
    rows.iter().map(|row| Ok(row.try_get_by_index(0)?)).collect()
}

/// Another identifier than `column` for each `i`, still one of version 7.
fn renewed(column: &str) -> String {
    format!("CASE WHEN {column} IS NULL THEN NULL ELSE printf('%08x', i) || substr({column}, 9) END")
}

/// Measures the settlement. The product is not running meanwhile, except for the settlement itself.
pub async fn year(folder: &Path) -> anyhow::Result<Vec<Line>> {
    let db = open(folder).await?;
    more_entries(&db).await?;
    let members = number(&db, "SELECT COUNT(*) FROM memberships").await?;
    let product = Product::start(folder).await?;
    let ours = settle(&product, &db).await?;
    drop(product);
    let mut hand = Vec::new();
    for _ in 0..ROUNDS {
        db.execute_unprepared("DROP TABLE IF EXISTS hand_settled").await?;
        let begun = Instant::now();
        db.execute_unprepared(HAND).await?;
        hand.push(begun.elapsed().as_secs_f64());
    }
    let totals = "SELECT COALESCE(SUM(result), 0) FROM";
    let by_hand = number(&db, &format!("{totals} hand_settled")).await?;
    let settled = number(&db, &format!("{totals} points_settlements WHERE is_current AND year = {YEAR}")).await?;
    anyhow::ensure!(by_hand == settled, "the settlement comes to {settled}, the statement by hand to {by_hand}");
    let hand = middle(hand);
    db.execute_unprepared("DROP TABLE hand_settled").await?;
    db.close().await?;
    let measured = format!(
        "{members} members, {ENTRIES} entries: {ours:.3} s against {hand:.3} s by hand in SQL on the same database"
    );
    let what = "settle a county year, from the order to the last deed, every member's working kept";
    let mine = Line { what, measured, reached: format!("{:.1} ×", ours / hand), aim: "" };
    Ok(vec![mine, against(ours, duckdb(&folder.join("hongqi.db"), by_hand)?)])
}

/// Fills the year up, from the entries that were played.
async fn more_entries(db: &DatabaseConnection) -> anyhow::Result<()> {
    let present = number(db, &format!("SELECT COUNT(*) FROM points_entries WHERE year = {YEAR}")).await?;
    let names = columns(db, "points_entries").await?;
    let values: Vec<String> =
        names.iter().map(|name| if name == "id" { renewed("id") } else { name.clone() }).collect();
    let sql = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9) INSERT INTO points_entries ({}) \
         SELECT {} FROM n, points_entries WHERE year = {YEAR} LIMIT {}",
        names.join(", "),
        values.join(", "),
        ENTRIES - present
    );
    db.execute_unprepared(&sql).await?;
    db.execute_unprepared("ANALYZE").await?;
    Ok(())
}

/// Seconds from ordering the settlement to its end, and the state is read from the database.
async fn settle(product: &Product, db: &DatabaseConnection) -> anyhow::Result<f64> {
    let cookies = sign_in_as(product, "zuzhibu").await?;
    let mut connection = Connection::open(product.address).await?;
    let order = |deed: &str| {
        let request = post(&format!("/points-years/{YEAR}/{deed}"), "10.0.0.1", "");
        let text = String::from_utf8_lossy(&request).replacen("\r\n", &format!("\r\nCookie: {cookies}\r\n"), 1);
        text.into_bytes()
    };
    let answer = connection.send(&order("close")).await?;
    anyhow::ensure!(answer.status == 303, "closing the year: {}", answer.status);
    let begun = Instant::now();
    let answer = connection.send(&order("settle")).await?;
    anyhow::ensure!(answer.status == 303, "settling the year: {}", answer.status);
    let is_settled = format!("SELECT COUNT(*) FROM points_years WHERE state = 'settled' AND year = {YEAR}");
    while number(db, &is_settled).await? == 0 {
        anyhow::ensure!(begun.elapsed() < Duration::from_secs(120), "the year is not settled");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Ok(begun.elapsed().as_secs_f64())
}

/// Seconds that DuckDB takes for the statement by hand over the tables in `source`, a county's file or a folder of CSV files;
/// `None` where it is not installed.
pub fn duckdb(source: &Path, total: i64) -> anyhow::Result<Option<f64>> {
    let run = Command::new("target/bench-venv/bin/python").arg("scripts/duckdb_settle.py").arg(source).output();
    let said = run.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let told: Vec<&str> = said.split_whitespace().collect();
    let [milliseconds, _, sum] = told.as_slice() else { return Ok(None) };
    anyhow::ensure!(*sum == total.to_string(), "DuckDB comes to {sum}, the statement by hand to {total}");
    Ok(Some(milliseconds.parse::<f64>()? / 1000.0))
}

/// The line of a settlement that took `ours` seconds beside DuckDB's.
pub fn against(ours: f64, duckdb: Option<f64>) -> Line {
    let what = "the same against DuckDB on the same rows in memory";
    let Some(duckdb) = duckdb else {
        let measured = "not measured: DuckDB could not be installed".to_owned();
        return Line { what, measured, reached: String::new(), aim: "≤ 2 ×" };
    };
    let measured = format!("{ours:.3} s against {duckdb:.3} s");
    Line { what, measured, reached: format!("{:.1} ×", ours / duckdb.max(0.001)), aim: "≤ 2 ×" }
}

/// A member's page and a branch's roll against hello-world, in a database of one county and of 129.
pub async fn pages(folder: &Path) -> anyhow::Result<Vec<Line>> {
    let one = drawn(folder).await?;
    let db = open(folder).await?;
    more_counties(&db).await?;
    db.close().await?;
    let many = drawn(folder).await?;
    let whats = ["member's page of points, drawn anew each time", "roll of a branch, drawn anew each time"];
    let mut lines = Vec::new();
    for (what, ((page, bare), (wide, wide_bare))) in whats.into_iter().zip(one.into_iter().zip(many)) {
        lines.push(Line {
            what,
            measured: format!("{page:.0}/s against {bare:.0}/s of hello-world"),
            reached: format!("{:.1} %", 100.0 * page / bare),
            aim: "",
        });
        lines.push(Line {
            what: "the same with 129 counties in the database",
            measured: format!("{wide:.0}/s against {wide_bare:.0}/s of hello-world"),
            reached: format!("{:.2} × the cost", (page / bare) / (wide / wide_bare)),
            aim: "≤ 1.2 ×",
        });
    }
    Ok(lines)
}

/// The rates of both pages, each with that of hello-world beside it.
async fn drawn(folder: &Path) -> anyhow::Result<Vec<(f64, f64)>> {
    let db = open(folder).await?;
    let sql = "SELECT membership_id FROM points_entries WHERE branch = '5304270010010001' LIMIT 1";
    let row = db.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await?;
    let member: String = row.context("no entry")?.try_get_by_index(0)?;
    db.close().await?;
    let (product, hello) = (Product::start(folder).await?, Hello::start()?);
    let cookies = sign_in_as(&product, "zb0010010001-1").await?;
    let mut rates = Vec::new();
    for path in [format!("/points/2022/members/{member}"), "/places/5304270010010001/members".to_owned()] {
        let (mut bare, mut page) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            bare.push(rate(hello.address, CLIENTS, ROUND, 200, |_| get("/", "")).await?);
            let (path, cookies) = (path.clone(), cookies.clone());
            let request = move |number: u64| get(&format!("{path}?n={number}"), &cookies);
            page.push(rate(product.address, CLIENTS, ROUND, 200, request).await?);
        }
        rates.push((middle(page), middle(bare)));
    }
    Ok(rates)
}

/// The county once more under other codes, 128 times: places, people and a twentieth of the entries.
async fn more_counties(db: &DatabaseConnection) -> anyhow::Result<()> {
    let counties =
        format!("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {})", COUNTIES - 1);
    let codes = ["code", "place", "home", "branch", "unit"];
    let ids = ["id", "person_id", "membership_id"];
    for (table, some) in [
        ("places", ""),
        ("branches", ""),
        ("persons", ""),
        ("memberships", ""),
        ("points_entries", " AND points_entries.rowid % 20 = 0"),
    ] {
        let names = columns(db, table).await?;
        let mut values = String::new();
        for name in &names {
            let separator = if values.is_empty() { "" } else { ", " };
            let value = match name.as_str() {
                code if codes.contains(&code) => format!("replace({code}, '530427', printf('54%04d', i))"),
                id if ids.contains(&id) => renewed(id),
                other => other.to_owned(),
            };
            write!(values, "{separator}{value}")?;
        }
        let first = names.iter().find(|name| codes.contains(&name.as_str())).context("a table without a place")?;
        let sql = format!(
            "{counties} INSERT INTO {table} ({}) SELECT {values} FROM n, {table} WHERE {first} LIKE '530427%'{some}",
            names.join(", ")
        );
        db.execute_unprepared(&sql).await.with_context(|| format!("more rows of {table}"))?;
    }
    db.execute_unprepared("ANALYZE").await?;
    Ok(())
}
