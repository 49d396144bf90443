//! The demo county: a finished season, one under way, and a year in the life of its branches, played through the same deeds that people call.
//!
//! Owns no table. Promises to insert nothing by hand: every account, office, application and payment comes about by the
//! action a user would call, at the time it would have been called. Exists in demo mode only; outside it none of its
//! addresses answers.

mod clock;
mod officers;
mod open;
mod play;

use bytes::Bytes;
use domain::{clock::Instant, permission::OfficeKind, place::PlaceCode};
use jiff::civil::{Date, date};
use platform::{
    act::Op,
    actor::Actor,
    error::Stop,
    floor::Floor,
    route::{Access, Route},
    settings,
    shell::LINKS,
};

use crate::{identity, places};

pub use officers::{PASSWORD, Roll};
pub use open::open;

/// The setting that says the county is being made: deeds are kept one by one, and the making may be interrupted.
const MAKING: &str = "demo_making";
/// The setting that says the county has been made.
const MADE: &str = "demo_made";

/// The day on which a visitor first comes in.
pub const FIRST_DAY: Date = date(2022, 12, 20);

/// Routes of the module; they answer in demo mode only.
pub fn routes() -> Vec<Route> {
    vec![Route::post(LINKS.demo_date, Access::Public, clock::move_date)]
}

/// The county's own workbooks.
#[derive(Debug, Clone)]
pub struct Papers {
    /// 小区党组织台账.
    pub ledger: Bytes,
    /// 单位党支部积分.
    pub unit_scores: Bytes,
}

/// Whether the county was made at an earlier start.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_made(floor: &Floor) -> Result<bool, Stop> {
    Ok(settings::get(floor.db.reader(), MADE).await?.is_some())
}

/// Makes the county at the first start; at the next ones only sets the clock. Answers whether it was made now.
///
/// # Errors
/// When a deed of the play is refused, which is a fault of ours; a refusal of a date before the one it was left at.
pub async fn prepare(floor: &Floor, papers: Papers, today: Option<Date>) -> Result<bool, Stop> {
    let is_made = is_made(floor).await?;
    if !is_made {
        let begins = Op::at(floor, Actor::System, officers::installed());
        clock::keep(&begins, MAKING, "1").await?;
        let mut roll = officers::install(floor, papers.ledger).await?;
        let until = Instant::at(today.unwrap_or(FIRST_DAY).at(9, 0, 0, 0));
        play::play(floor, &roll, 2021, until).await?;
        play::live(floor, &roll, 2022, until).await?;
        play::decide(floor, &roll, 2022, until).await?;
        play::deliberate(floor, &roll, 2022, until).await?;
        play::supervise(floor, &roll, 2022, until).await?;
        play::open_doors(floor, &mut roll, 2022, papers.unit_scores, until).await?;
        play::play(floor, &roll, 2022, until).await?;
    }
    clock::start(floor, if is_made { today } else { Some(today.unwrap_or(FIRST_DAY)) }).await?;
    if !is_made {
        clock::keep(&Op::new(floor, Actor::System), MADE, "1").await?;
    }
    Ok(!is_made)
}

/// The accounts in words for the terminal: one of each kind, all with the one password.
///
/// # Errors
/// When the database cannot be read.
pub async fn accounts(floor: &Floor) -> Result<String, Stop> {
    let op = Op::new(floor, Actor::System);
    let county = county()?;
    let (holdings, total) = identity::holdings(&op, &county, "", 0, 1_000).await?;
    let mut lines = vec![format!("演示账号（共 {total} 个，密码均为 {PASSWORD}；登录页也可以一键进入）：")];
    for kind in OfficeKind::ALL {
        if let Some(holding) = holdings.iter().find(|holding| holding.kind == *kind) {
            lines.push(format!("  {:<12} {}", holding.login, holding.title));
        }
    }
    Ok(lines.join("\n"))
}

fn county() -> Result<PlaceCode, Stop> {
    places::COUNTY.parse().map_err(|_| Stop::fault("the demo's county has no code"))
}
