//! The binary that is deployed, in a process of its own.

use std::{
    fs,
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::Context as _;

use crate::load::{Connection, get, get_plain};

/// The binary that `make bench` has built.
pub fn binary() -> PathBuf {
    PathBuf::from("target/dist/hongqi")
}

/// A running product; ended when it is dropped.
pub struct Product {
    child: Child,
    pub address: SocketAddr,
    /// From the start of the process to its first answer.
    pub first_answer: Duration,
}

impl Drop for Product {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Product {
    /// Starts the demo in `folder`; made there at the first start, on a day when a notice is running.
    pub async fn start(folder: &Path) -> anyhow::Result<Self> {
        Self::start_on(folder, "").await
    }

    /// Starts the demo over the database `url`, by default that of `folder`.
    pub async fn start_on(folder: &Path, url: &str) -> anyhow::Result<Self> {
        let free = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let begun = Instant::now();
        let child = Command::new(binary())
            .args(["demo", "--today", "2023-01-16", "--listen", &free.to_string(), "--data"])
            .arg(folder)
            .env("HONGQI_BEHIND_PROXY", "true")
            .env("HONGQI_DATABASE_URL", url)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("target/dist/hongqi is missing: run `make bench`")?;
        let mut product = Self { child, address: free, first_answer: Duration::ZERO };
        loop {
            if let Ok(mut connection) = Connection::open(free).await
                && connection.send(&get("/readyz", "")).await.is_ok_and(|answer| answer.status == 200)
            {
                product.first_answer = begun.elapsed();
                return Ok(product);
            }
            anyhow::ensure!(begun.elapsed() < Duration::from_secs(600), "the product did not start");
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }

    /// Resident memory in MB (VmRSS).
    pub fn memory(&self) -> anyhow::Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        let kilobytes: f64 = line.trim().trim_end_matches(" kB").trim().parse()?;
        Ok(kilobytes / 1024.0)
    }

    /// One page, for a visitor or with cookies.
    pub async fn page(&self, path: &str, cookies: &str) -> anyhow::Result<String> {
        let answer = Connection::open(self.address).await?.send(&get_plain(path, cookies)).await?;
        anyhow::ensure!(answer.status == 200, "{path}: {}", answer.status);
        Ok(answer.text())
    }
}
