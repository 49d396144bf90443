//! `make bench`: the ratios of `docs/benchmarks.md`, measured in one run on one machine.
//!
//! The product runs as the binary that is deployed, in a process of its own, and so does the bare server it is compared with; the
//! load runs here. Every pair is measured in turns, and the middle of the rounds counts, because these machines are noisy.

mod hello;
mod load;
mod measure;
mod product;
mod settle;

use std::fs;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    if std::env::args().nth(1).as_deref() == Some(hello::ARGUMENT) {
        return hello::serve().await;
    }
    let table = measure::all().await?;
    say(&table);
    fs::write("docs/benchmarks.md", table)?;
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a benchmark answers on the terminal")]
fn say(words: &str) {
    println!("{words}");
}
