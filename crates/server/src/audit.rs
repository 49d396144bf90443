//! `hongqi audit verify`.

use std::process::ExitCode;

use platform::{audit, floor::Floor};

use crate::cli::say;

/// Walks every chain and says what it found; exit code 1 when any is broken.
pub async fn verify(floor: &Floor) -> anyhow::Result<ExitCode> {
    let found = audit::verify(floor.db.reader()).await.map_err(|stop| anyhow::anyhow!("无法读取操作记录：{stop:?}"))?;
    if found.whole.is_empty() && found.broken.is_empty() {
        say("还没有操作记录。");
    }
    for (chain, events) in &found.whole {
        say(&format!("{chain}：完整，共 {events} 条"));
    }
    for (chain, broken) in &found.broken {
        say(&format!("{chain}：已被改动。{broken}"));
    }
    Ok(if found.broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
