//! The command line. Its commands and options are stable.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;
use platform::{clock::Clock, config::Config, db::migrate::migrate, floor::Floor};

use crate::{admin, audit, ledger, run};

/// 红旗：党建引领“红色物业”“红旗小区”工作系统
#[derive(Debug, Parser)]
#[command(name = "hongqi", version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 演示：建好示范数据并启动；再次启动直接打开原有数据
    Demo(Demo),
    /// 启动服务
    Serve,
    /// 升级数据库结构
    Migrate,
    /// 导入小区党组织台账；有错误时不写入任何内容
    ImportLedger(ledger::ImportLedger),
    /// 新建系统管理员；密码从标准输入读取
    CreateAdmin(admin::CreateAdmin),
    /// 核对操作记录
    #[command(subcommand)]
    Audit(Audit),
}

#[derive(Debug, Args)]
pub struct Demo {
    /// 数据文件夹
    #[arg(long, default_value = "hongqi-data")]
    pub data: PathBuf,
    /// 监听地址
    #[arg(long, default_value = "127.0.0.1:8080", value_parser = address)]
    pub listen: SocketAddr,
    /// 演示日期，如 2022-12-20
    #[arg(long, value_parser = day)]
    pub today: Option<Date>,
}

#[derive(Debug, Subcommand)]
enum Audit {
    /// 逐条核对操作记录的校验链
    Verify,
}

impl Cli {
    /// Does what was asked.
    pub async fn run(self) -> anyhow::Result<ExitCode> {
        let config = Config::load()?;
        run::start_logging(&config);
        match self.command {
            Command::Demo(demo) => run::demo(config, demo).await?,
            Command::Serve => run::serve(open(config).await?).await?,
            Command::Migrate => {
                open(config).await?;
                say("数据库结构已是最新。");
            }
            // Nothing is made for a file that is not there.
            Command::ImportLedger(wanted) if !wanted.is_there() => return Ok(wanted.refuse_missing()),
            Command::ImportLedger(wanted) => return ledger::import_ledger(&open(config).await?, &wanted).await,
            Command::CreateAdmin(wanted) => admin::create_admin(&open(config).await?, wanted).await?,
            Command::Audit(Audit::Verify) => return audit::verify(&open(config).await?).await,
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn address(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse().map_err(|_| "应为“地址:端口”，如 127.0.0.1:8080")
}

fn day(text: &str) -> Result<Date, &'static str> {
    text.parse().map_err(|_| "应为“年-月-日”，且是日历上有的一天，如 2022-12-20")
}

/// Opens the floor with an up-to-date schema.
async fn open(config: Config) -> anyhow::Result<Floor> {
    let floor = Floor::open(config, Clock::system()).await?;
    migrate::<app::modules::Schema>(&floor.db).await?;
    Ok(floor)
}

/// Says something to the one at the terminal.
#[expect(clippy::print_stdout, reason = "this is what a command line answers with")]
pub fn say(words: &str) {
    println!("{words}");
}

/// Says what went wrong to the one at the terminal.
#[expect(clippy::print_stderr, reason = "this is what a command line answers with")]
pub fn say_error(words: &str) {
    eprintln!("{words}");
}
