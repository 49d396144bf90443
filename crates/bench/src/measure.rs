//! What is measured of one county.

use std::{
    fs,
    net::SocketAddr,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use sea_orm::{ConnectOptions, ConnectionTrait as _, Database};

use crate::{
    hello::Hello,
    load::{Connection, get, post, rate},
    product::{Product, binary},
    settle,
};

pub const CLIENTS: usize = 32;
pub const ROUND: Duration = Duration::from_secs(3);
pub const ROUNDS: usize = 3;

/// One line of the table.
pub struct Line {
    pub what: &'static str,
    pub measured: String,
    pub reached: String,
    pub aim: &'static str,
}

/// Measures everything but the province.
pub async fn all() -> anyhow::Result<Vec<Line>> {
    let folder = tempfile::tempdir()?;
    // The first start makes the county; the second is the one that counts.
    drop(Product::start(folder.path()).await?);
    let product = Product::start(folder.path()).await?;
    let idle = product.memory()?;
    let mut lines = vec![
        size()?,
        Line {
            what: "idle memory (VmRSS)", measured: String::new(), reached: format!("{idle:.1} MB"), aim: "≤ 40 MB"
        },
        Line {
            what: "start to first answer of /readyz, data present",
            measured: String::new(),
            reached: format!("{} ms", product.first_answer.as_millis()),
            aim: "≤ 100 ms",
        },
    ];
    let hello = Hello::start()?;
    lines.extend(pages(&product, hello.address).await?);
    drop(hello);
    lines.push(objections(&product, folder.path()).await?);
    lines.extend(ledger()?);
    lines.push(Line {
        what: "memory after the load",
        measured: String::new(),
        reached: format!("{:.1} MB", product.memory()?),
        aim: "",
    });
    drop(product);
    lines.extend(settle::pages(folder.path()).await?);
    let folder = tempfile::tempdir()?;
    drop(Product::start(folder.path()).await?);
    lines.extend(settle::year(folder.path()).await?);
    Ok(lines)
}

fn size() -> anyhow::Result<Line> {
    let bytes = fs::metadata(binary())?.len();
    let reached = format!("{:.1} MB", bytes_to_mb(bytes));
    Ok(Line { what: "binary size (as deployed: `make release`)", measured: String::new(), reached, aim: "≤ 30 MB" })
}

#[expect(clippy::cast_precision_loss, reason = "a size in MB needs no 53 bits")]
fn bytes_to_mb(bytes: u64) -> f64 {
    bytes as f64 / 1024.0 / 1024.0
}

pub fn middle(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or_default()
}

async fn pages(product: &Product, hello: SocketAddr) -> anyhow::Result<Vec<Line>> {
    let cookies = sign_in_as(product, "guanli").await?;
    let notices = product.page("/notices", "").await?;
    let notice = notices.split("href=\"/notices/").nth(1).and_then(|rest| rest.split('"').next());
    let notice = format!("/notices/{}", notice.context("the portal shows no notice")?);
    let kinds: [(&'static str, String, String, bool, &'static str); 3] = [
        (
            "signed-in list of 50 rows, sent again until anything changes",
            "/accounts".into(),
            cookies.clone(),
            false,
            "≥ 50 %",
        ),
        ("signed-in list of 50 rows, drawn anew each time", "/accounts".into(), cookies, true, ""),
        ("portal notice page", notice, String::new(), false, "≥ 80 %"),
    ];
    let mut lines = Vec::new();
    for (what, path, cookies, is_anew, aim) in kinds {
        let (mut bare, mut page) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            bare.push(rate(hello, CLIENTS, ROUND, 200, |_| get("/", "")).await?);
            let (path, cookies) = (path.clone(), cookies.clone());
            let request = move |number: u64| {
                if is_anew { get(&format!("{path}?n={number}"), &cookies) } else { get(&path, &cookies) }
            };
            page.push(rate(product.address, CLIENTS, ROUND, 200, request).await?);
        }
        let (bare, page) = (middle(bare), middle(page));
        let measured = format!("{page:.0}/s against {bare:.0}/s of hello-world");
        lines.push(Line { what, measured, reached: format!("{:.0} %", 100.0 * page / bare), aim });
    }
    Ok(lines)
}

/// The cookies of a session under the sign-in name `login`.
pub async fn sign_in_as(product: &Product, login: &str) -> anyhow::Result<String> {
    let form = format!("name={login}&password=hongqi2022");
    let answer = Connection::open(product.address).await?.send(&post("/sign-in", "10.0.0.1", &form)).await?;
    anyhow::ensure!(answer.status == 303, "signing in: {}", answer.status);
    Ok(answer.cookies())
}

/// Objections through HTTP against bare commits of one row with the same settings on the same disk.
async fn objections(product: &Product, folder: &Path) -> anyhow::Result<Line> {
    let notices = product.page("/notices", "").await?;
    let notice = notices.split("href=\"/notices/").nth(1).and_then(|rest| rest.split('"').next());
    let path = format!("/notices/{}/object", notice.context("the portal shows no notice")?);
    let (mut bare, mut filed) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        bare.push(commits(folder).await?);
        let path = path.clone();
        let request = move |number: u64| {
            let client = format!("10.{}.{}.{}", round + 1, number / 250 % 250, number % 250);
            post(
                &path,
                &client,
                "application=&is_named=no&text=%E5%8C%97%E9%97%A8%E5%9E%83%E5%9C%BE%E6%B8%85%E8%BF%90%E4%B8%8D%E5%8F%8A%E6%97%B6",
            )
        };
        filed.push(rate(product.address, CLIENTS, ROUND, 200, request).await?);
    }
    let (bare, filed) = (middle(bare), middle(filed));
    let measured = format!("{filed:.0}/s against {bare:.0}/s of bare commits");
    let what = "durable objection through HTTP";
    Ok(Line { what, measured, reached: format!("{:.0} %", 100.0 * filed / bare), aim: "≥ 70 %" })
}

/// Commits of one row a second, WAL and synchronous=FULL, one writer.
async fn commits(folder: &Path) -> anyhow::Result<f64> {
    let file = folder.join("bare.db");
    let mut options = ConnectOptions::new(format!("sqlite:{}?mode=rwc", file.display()));
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await?;
    db.execute_unprepared("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL").await?;
    db.execute_unprepared("CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, words TEXT)").await?;
    let (begun, mut rows) = (Instant::now(), 0_u32);
    while begun.elapsed() < ROUND {
        db.execute_unprepared("INSERT INTO rows (words) VALUES ('北门垃圾清运不及时')").await?;
        rows += 1;
    }
    let rate = f64::from(rows) / begun.elapsed().as_secs_f64();
    db.close().await?;
    Ok(rate)
}

/// The county's workbook on a fresh folder: checked, and imported; whole processes.
fn ledger() -> anyhow::Result<Vec<Line>> {
    let mut lines = Vec::new();
    for (what, check) in [("ledger check, whole process", true), ("ledger check and import, whole process", false)] {
        let folder = tempfile::tempdir()?;
        let mut migrate = Command::new(binary());
        anyhow::ensure!(migrate.arg("migrate").env("HONGQI_DATA_DIR", folder.path()).output()?.status.success());
        let mut command = Command::new(binary());
        command.args(["import-ledger", "data/小区党组织台账.xlsx"]).env("HONGQI_DATA_DIR", folder.path());
        if check {
            command.arg("--check");
        }
        let begun = Instant::now();
        anyhow::ensure!(command.output()?.status.success(), "{what} failed");
        let reached = format!("{} ms", begun.elapsed().as_millis());
        lines.push(Line { what, measured: "5,126 rows".to_owned(), reached, aim: "≤ 1 s" });
    }
    Ok(lines)
}
