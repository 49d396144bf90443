//! The one binary. Wiring only: it reads the command line, opens the floor, and hands over to the modules.

mod admin;
mod audit;
mod cli;
mod ledger;
mod run;

use std::process::ExitCode;

use clap::Parser as _;

/// Statements run on threads of their own, so most memory is freed on another thread than it was taken on, which the
/// system's allocator is slow at (`docs/decisions/`).
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match cli::Cli::parse().run().await {
        Ok(code) => code,
        Err(error) => {
            cli::say_error(&format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}
