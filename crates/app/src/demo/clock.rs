//! The demo date: kept as an offset to the machine's clock, and moved forward by whoever looks.

use axum::{extract::State, response::Response};
use domain::{
    clock::{Instant, chinese_date},
    permission::Deed,
};
use jiff::civil::Date;
use platform::{
    act::{Op, Subject},
    actor::Actor,
    clock::Clock,
    error::Stop,
    floor::Floor,
    forms::Form,
    heartbeat,
    pages::done,
    settings,
};

use crate::identity::inside;

/// The setting that keeps the offset, in microseconds.
const OFFSET: &str = "demo_clock_offset";

/// What time it is when a day of the demo begins: morning, at the office.
const MORNING: i8 = 9;

/// The last day one can move to: later years have no table of holidays.
const LAST: Date = jiff::civil::date(2026, 12, 31);

/// Sets the clock at the start: to `today` when it was given, else to where it was left.
///
/// # Errors
/// A refusal of a day before the one it was left at.
pub(super) async fn start(floor: &Floor, today: Option<Date>) -> Result<(), Stop> {
    let offset = settings::get(floor.db.reader(), OFFSET).await?.and_then(|offset| offset.parse().ok());
    let left = offset.map(|offset: i64| Clock::system().now().plus_micros(offset));
    match (today, left) {
        (Some(today), Some(left)) if today < left.date() => Err(Stop::refused(format!(
            "演示日期已经到{}，不能往回调到{}。要从头演示，请用 --data 另指一个空文件夹。",
            chinese_date(left.date()),
            chinese_date(today)
        ))),
        (Some(today), left) if left.is_none_or(|left| left.date() != today) => {
            set(floor, Instant::at(today.at(MORNING, 0, 0, 0))).await
        }
        (_, left) => set(floor, left.unwrap_or_else(|| Clock::system().now())).await,
    }
}

async fn set(floor: &Floor, at: Instant) -> Result<(), Stop> {
    let offset = floor.clock.set(at).ok_or(Stop::Missing)?;
    keep(&Op::at(floor, Actor::System, at), OFFSET, &offset.to_string()).await
}

/// Keeps a setting of the demo, through the door like everything else.
pub(super) async fn keep(op: &Op, name: &str, value: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    settings::set(act.db(), name, value).await?;
    // A date that was moved, and a demo that was put aside over night, are no outage (R-NOT-06).
    heartbeat::begin_anew(act.db(), op.now()).await?;
    act.record(Deed::MoveDemoDate, &Subject::new("setting", name, None), serde_json::json!({ "value": value })).await?;
    act.commit().await
}

/// Moves the demo date forward, by days or to a date; never back, because what happened has happened.
pub async fn move_date(State(floor): State<Floor>, form: Form) -> Result<Response, Stop> {
    if !floor.clock.is_demo() {
        return Err(Stop::Missing);
    }
    let today = floor.clock.now().date();
    let back = inside(form.value("back"));
    let wanted = wanted(today, &form)?;
    if wanted < today {
        return Ok(done(back, "演示日期只能往后调。"));
    }
    if wanted > LAST {
        return Ok(done(back, &format!("演示日期最远到{}。", chinese_date(LAST))));
    }
    if wanted > today {
        set(&floor, Instant::at(wanted.at(MORNING, 0, 0, 0))).await?;
    }
    Ok(done(back, &format!("演示日期已调到{}。", chinese_date(wanted))))
}

fn wanted(today: Date, form: &Form) -> Result<Date, Stop> {
    let mut reading = form.read();
    if let Some(days) = reading.count_if_any("days", "天数", 1..=366) {
        let span = jiff::Span::new().try_days(days).map_err(anyhow::Error::from)?;
        return today.checked_add(span).map_err(|_| Stop::refused_at("days", "日期太远了。"));
    }
    let to = reading.date("to", "日期");
    reading.finish_with(to)
}
