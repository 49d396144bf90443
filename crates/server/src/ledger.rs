//! `hongqi import-ledger`.

use std::{
    fs::File,
    io::{self, Read as _},
    path::{Path, PathBuf},
    process::ExitCode,
};

use app::{
    ledger::{self, Attempt, Preview},
    places,
};
use bytes::Bytes;
use clap::Args;
use domain::place::PlaceCode;
use office::{
    table::CellProblem,
    workbook::{Limits, WorkbookRefusal},
};
use platform::{act::Op, actor::Actor, error::Stop, floor::Floor};
use serde_json::json;

use crate::cli::{say, say_error};

/// What to import, and how to answer.
#[derive(Debug, Args)]
pub struct ImportLedger {
    /// 小区党组织台账（.xlsx）
    file: PathBuf,
    /// 只检查，不导入
    #[arg(long)]
    check: bool,
    /// 用 JSON 输出错误：[{sheet, cell, message}]
    #[arg(long)]
    json: bool,
}

impl ImportLedger {
    /// Whether there is something to read.
    pub fn is_there(&self) -> bool {
        self.file.exists()
    }

    /// Tells that the file is missing, as any other error.
    pub fn refuse_missing(&self) -> ExitCode {
        let missing = io::Error::from(io::ErrorKind::NotFound);
        self.refuse(&[of_file(unreadable(&self.file, &missing))])
    }

    fn refuse(&self, errors: &[CellProblem]) -> ExitCode {
        if self.json {
            say(&as_json(errors));
        } else {
            say(&as_table(errors));
            say_error(&format!("共 {} 处错误，没有导入任何内容。请改好后重试。", errors.len()));
        }
        ExitCode::FAILURE
    }
}

/// What is wrong with the file as a whole.
const fn of_file(message: String) -> CellProblem {
    CellProblem { sheet: String::new(), cell: String::new(), message }
}

/// Checks the workbook, and imports it unless only a check was asked for. Exit code 1, with nothing written, when there are errors.
pub async fn import_ledger(floor: &Floor, wanted: &ImportLedger) -> anyhow::Result<ExitCode> {
    let op = Op::new(floor, Actor::System);
    let attempt = match read_file(&wanted.file) {
        Ok(Ok(bytes)) => attempt(&op, wanted, bytes).await,
        Ok(Err(refusal)) => Err(Stop::refused_at("file", refusal.to_string())),
        Err(error) => Err(Stop::refused_at("file", unreadable(&wanted.file, &error))),
    };
    let errors: Vec<CellProblem> = match attempt {
        Ok(Attempt::Wrong(errors)) => errors,
        Ok(Attempt::Done(preview)) => return Ok(tell_success(wanted, &preview, "已导入")),
        Ok(Attempt::NothingNew(preview)) => return Ok(tell_success(wanted, &preview, "没有需要更新的内容")),
        Err(Stop::Refused(problems)) => problems.into_iter().map(|problem| of_file(problem.message)).collect(),
        Err(stop) => anyhow::bail!("没有导入：{stop:?}"),
    };
    Ok(wanted.refuse(&errors))
}

async fn attempt(op: &Op, wanted: &ImportLedger, bytes: Bytes) -> Result<Attempt, Stop> {
    let counties = places::counties(op.reader()).await?;
    let county: PlaceCode =
        counties.first().map(|county| county.code.0.clone()).ok_or_else(|| Stop::fault("no county is installed"))?;
    if !wanted.check {
        let name = wanted.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        return ledger::import_ledger_at_once(op, &county, &name, bytes).await;
    }
    let preview = ledger::preview_ledger(op, &county, bytes).await?;
    Ok(match preview.errors.is_empty() {
        true if preview.changes_nothing() => Attempt::NothingNew(preview),
        true => Attempt::Done(preview),
        false => Attempt::Wrong(preview.errors),
    })
}

/// Reads the file, unless it is larger than any workbook that is taken.
fn read_file(path: &Path) -> io::Result<Result<Bytes, WorkbookRefusal>> {
    const MEGABYTE: u64 = 1024 * 1024;
    let limit = Limits::OFFICE.file_bytes;
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    if size > limit {
        return Ok(Err(WorkbookRefusal::TooLarge { megabytes: size.div_ceil(MEGABYTE), limit: limit / MEGABYTE }));
    }
    let mut bytes = Vec::new();
    file.take(limit).read_to_end(&mut bytes)?;
    Ok(Ok(bytes.into()))
}

/// Why a file cannot be read, and what to do.
fn unreadable(path: &Path, error: &io::Error) -> String {
    let file = path.display();
    match error.kind() {
        io::ErrorKind::NotFound => format!("没有找到文件 {file}，请核对文件名和所在的文件夹。"),
        io::ErrorKind::PermissionDenied => format!("没有权限读取文件 {file}，请检查文件的权限。"),
        io::ErrorKind::IsADirectory => format!("{file} 是文件夹，请写出其中的工作簿文件。"),
        _ => format!("无法读取文件 {file}（{error}），请检查后重试。"),
    }
}

fn tell_success(wanted: &ImportLedger, preview: &Preview, done: &str) -> ExitCode {
    if wanted.json {
        say("[]");
        return ExitCode::SUCCESS;
    }
    for warning in &preview.warnings {
        say_error(&format!("提醒  {warning}"));
    }
    for sheet in &preview.sheets {
        let absent = sheet.absent.len();
        let left = if absent == 0 { String::new() } else { format!("，台账未列 {absent}（保持不变）") };
        let (name, added, changed, unchanged) = (sheet.sheet.name(), sheet.added, sheet.changed, sheet.unchanged);
        say(&format!("{name}：新增 {added}，更新 {changed}，无变化 {unchanged}{left}"));
    }
    say(if wanted.check { "检查通过，没有错误；这次只检查，没有导入。" } else { done });
    ExitCode::SUCCESS
}

fn as_json(errors: &[CellProblem]) -> String {
    let of_error = |error: &CellProblem| json!({ "sheet": error.sheet, "cell": error.cell, "message": error.message });
    serde_json::Value::Array(errors.iter().map(of_error).collect()).to_string()
}

/// `工作表  单元格  问题`, in columns as a terminal shows them, where a Chinese character is two places wide.
fn as_table(errors: &[CellProblem]) -> String {
    let width = |text: &str| text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let rows = || {
        let header = ("工作表", "单元格", "问题");
        let of_error = |error: &'_ CellProblem| (error.sheet.clone(), error.cell.clone(), error.message.clone());
        std::iter::once((header.0.to_owned(), header.1.to_owned(), header.2.to_owned()))
            .chain(errors.iter().map(of_error))
    };
    let widest = rows().fold((0, 0), |(sheet, cell), row| (width(&row.0).max(sheet), width(&row.1).max(cell)));
    let padded = |text: &str, to: usize| format!("{text}{}", " ".repeat(to.saturating_sub(width(text)) + 2));
    let lines = rows()
        .map(|(sheet, cell, message)| format!("{}{}{message}", padded(&sheet, widest.0), padded(&cell, widest.1)));
    lines.collect::<Vec<_>>().join("\n")
}
