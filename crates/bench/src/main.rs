//! `make bench`, `make bench-voices` and `make bench-province`: the ratios of `docs/benchmarks.md`, each part measured in one run on one machine.
//!
//! The product runs as the binary that is deployed, in a process of its own, and so does the bare server it is compared with; the
//! load runs here. Every pair is measured in turns, and the middle of the rounds counts, because these machines are noisy.

mod document;
mod hello;
mod load;
mod measure;
mod product;
mod province;
mod settle;
mod voices;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    match std::env::args().nth(1).as_deref() {
        Some(hello::ARGUMENT) => hello::serve().await,
        // The whole province; a smaller number only tries it out.
        Some("province") => match std::env::args().nth(2) {
            None => document::write_province(&province::year(settle::COUNTIES).await?),
            Some(counties) => {
                for line in province::year(counties.parse()?).await? {
                    say(&format!("{}: {}, {}", line.what, line.measured, line.reached));
                }
                Ok(())
            }
        },
        Some("voices") => document::write_voices(&voices::all().await?),
        _ => document::write(&measure::all().await?),
    }
}

#[expect(clippy::print_stdout, reason = "a benchmark answers on the terminal")]
fn say(words: &str) {
    println!("{words}");
}

#[expect(clippy::print_stderr, reason = "minutes pass between two lines")]
fn progress(words: &str) {
    eprintln!("{words}");
}
