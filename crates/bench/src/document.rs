//! `docs/benchmarks.md`: three parts, each written anew by its own run and left alone by the others.

use std::{fmt::Write as _, fs};

use crate::{measure::Line, say};

const FILE: &str = "docs/benchmarks.md";
const VOICES: &str = "## Voices";
const PROVINCE: &str = "## The province year";

/// Writes what was measured of one county.
pub fn write(lines: &[Line]) -> anyhow::Result<()> {
    replace("# Benchmarks", &county(lines)?)
}

/// Writes what was measured of voices on both databases.
pub fn write_voices(lines: &[Line]) -> anyhow::Result<()> {
    replace(VOICES, &voices(lines)?)
}

/// Writes what was measured of the province.
pub fn write_province(lines: &[Line]) -> anyhow::Result<()> {
    replace(PROVINCE, &province(lines)?)
}

/// Puts `text` where the part under `heading` stands, or behind the others.
fn replace(heading: &str, text: &str) -> anyhow::Result<()> {
    say(text);
    let whole = fs::read_to_string(FILE)?;
    let from = whole.find(heading).unwrap_or(whole.len());
    let (before, part) = whole.split_at(from);
    let after = part.get(1..).and_then(|part| part.find("\n## ")).and_then(|at| part.get(at + 2..)).unwrap_or_default();
    let parts = [before.trim_end(), text.trim_end(), after.trim_end()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Ok(fs::write(FILE, parts.join("\n\n") + "\n")?)
}

fn county(lines: &[Line]) -> anyhow::Result<String> {
    let mut text = String::from(
        "# Benchmarks\n\nWritten by `make bench` (and the last parts by `make bench-voices` and `make bench-province`): one run, one machine, the load on the same machine \
         in another process; the middle of three rounds counts. Pages are asked for as browsers do, with `Accept-Encoding: gzip`.\n\
         The database is SQLite with WAL and synchronous=FULL.\n\n",
    );
    table(&mut text, lines)?;
    text.push_str(
        "\nA page that was drawn since the last change is sent again as it is (`platform/remember.rs`), on an embedded \
         database only; the line “drawn anew” shows what a page costs with its session and its queries.\n\n\
         What holds the figures below their aims: sqlx runs every statement of SQLite on the connection's own thread, and \
         the two changes of thread cost more here than the statement; an objection is nine statements in one transaction \
         (the notice, the objection, the message, the record and its head), a bare commit is one. Where a commit takes \
         milliseconds, as on ordinary disks, the ratio is higher. A page that is sent again still passes the sockets, the \
         log and the copy of its headers, which hello-world has not.\n\n\
         A settlement does more than the aggregation it is compared with: it runs community by community in deeds of their own with a record each, \
         and writes for every member a lasting row with all the figures behind the result.\n",
    );
    Ok(text)
}

fn voices(lines: &[Line]) -> anyhow::Result<String> {
    let mut text = format!(
        "{VOICES}\n\nWritten by `make bench-voices`: SQLite with WAL and synchronous=FULL, PostgreSQL with its ordinary settings; the load and \
         the bare commits come from another process on the same machine; the middle of three rounds counts. A bare commit writes a row each for \
         the voice, its history, the message and the record, in one round trip: by one writer on SQLite, by 64 on PostgreSQL. Voices of the list \
         are made by `scripts/many_voices.sql`, one in a hundred of them open; pages are drawn anew each time.\n\n"
    );
    table(&mut text, lines)?;
    Ok(text)
}

fn province(lines: &[Line]) -> anyhow::Result<String> {
    let mut text = format!(
        "{PROVINCE}\n\nWritten by `make bench-province`: rows made by `scripts/province.sql` in PostgreSQL with its ordinary settings, but fsync off on \
         both sides of the comparison; 129 counties settled one after the other by the product's own jobs; one round.\n\n"
    );
    table(&mut text, lines)?;
    Ok(text)
}

fn table(text: &mut String, lines: &[Line]) -> anyhow::Result<()> {
    writeln!(text, "Machine: {}.\n", machine()?)?;
    writeln!(text, "| what | measured | reached | aim |\n|---|---|---|---|")?;
    for Line { what, measured, reached, aim } in lines {
        writeln!(text, "| {what} | {measured} | {reached} | {aim} |")?;
    }
    Ok(())
}

fn machine() -> anyhow::Result<String> {
    let cpu = fs::read_to_string("/proc/cpuinfo")?;
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    let cores = cpu.lines().filter(|line| line.starts_with("processor")).count();
    let memory = fs::read_to_string("/proc/meminfo")?;
    let memory = memory.lines().next().and_then(|line| line.split_whitespace().nth(1)).unwrap_or("0").to_owned();
    let gigabytes = memory.parse::<u64>().unwrap_or(0) / 1024 / 1024;
    Ok(format!("{cores} cores, {}, {gigabytes} GB memory", model.trim_start_matches([' ', '\t', ':']).trim_end()))
}
