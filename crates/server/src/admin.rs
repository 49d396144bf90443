//! `hongqi create-admin`: the first account of an installation.

use std::io::{self, BufRead as _};

use app::identity::{self, NewAccount, NewOffice};
use clap::Args;
use domain::{permission::OfficeKind, place::PlaceCode};
use jiff::ToSpan as _;
use platform::{act::Op, actor::Actor, floor::Floor};

use crate::cli::say;

/// How long the first administrator's office lasts.
const TERM_YEARS: i64 = 5;

#[derive(Debug, Args)]
pub struct CreateAdmin {
    /// 登录名
    #[arg(long, default_value = "admin")]
    login: String,
    /// 姓名
    #[arg(long, default_value = "系统管理员")]
    name: String,
    /// 县的区划代码
    #[arg(long, default_value = app::places::COUNTY)]
    county: PlaceCode,
}

/// Opens the account and gives it the office, through the same deeds that an administrator would use later.
pub async fn create_admin(floor: &Floor, wanted: CreateAdmin) -> anyhow::Result<()> {
    say("请输入密码（至少 8 个字符，同时包含字母和数字），按回车结束：");
    let mut password = String::new();
    io::stdin().lock().read_line(&mut password)?;
    let op = Op::new(floor, Actor::System);
    let account = NewAccount {
        login: wanted.login.clone(),
        name: wanted.name,
        phone: String::new(),
        password: password.trim_end_matches(['\r', '\n']).to_owned(),
        is_lasting: true,
    };
    let account = identity::create_account(&op, &wanted.county, account).await.map_err(words)?;
    let today = op.now().date();
    let office = NewOffice {
        account,
        kind: OfficeKind::Administrator,
        organ: "系统管理".to_owned(),
        title: "系统管理员".to_owned(),
        place: wanted.county,
        starts_on: today,
        ends_on: today.checked_add(TERM_YEARS.years())?,
    };
    identity::grant_office(&op, office).await.map_err(words)?;
    say(&format!("系统管理员 {} 已建好。", wanted.login));
    Ok(())
}

/// What stopped a deed, in words for the terminal.
pub fn words(stop: platform::error::Stop) -> anyhow::Error {
    match stop {
        platform::error::Stop::Refused(problems) => {
            let words: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
            anyhow::anyhow!("{}", words.join("；"))
        }
        platform::error::Stop::Fault(error) => error,
        other => anyhow::anyhow!("没有办成：{other:?}"),
    }
}
