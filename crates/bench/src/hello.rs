//! The bare framework, in a process of its own like the product.

use std::{
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    process::{Child, Command, Stdio},
};

use anyhow::Context as _;
use axum::{Router, routing::get};
use tokio::net::TcpListener;

/// With this argument the benchmark is the bare server.
pub const ARGUMENT: &str = "hello";

/// Serves hello-world until it is killed, and says where.
pub async fn serve() -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    super::say(&listener.local_addr()?.to_string());
    let router = Router::new().route("/", get(|| async { "hello, world" }));
    Ok(axum::serve(listener, router).await?)
}

/// The running bare server; ended when it is dropped.
pub struct Hello {
    child: Child,
    pub address: SocketAddr,
}

impl Drop for Hello {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Hello {
    /// Starts it.
    pub fn start() -> anyhow::Result<Self> {
        let mut child = Command::new(std::env::current_exe()?).arg(ARGUMENT).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("no output")?).read_line(&mut line)?;
        Ok(Self { child, address: line.trim().parse()? })
    }
}
