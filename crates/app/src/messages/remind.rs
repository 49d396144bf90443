//! Reminders: an office is told of a deadline once before it and once after (提醒).

use std::collections::BTreeSet;

use domain::{
    calendar::Calendar,
    clock::{Instant, chinese_date},
    permission::{Deed, OfficeKind},
    place::PlaceCode,
    reminder::{Telling, telling},
};
use platform::{
    act::{Op, Subject},
    db::{
        column::{Int, Text},
        insert_all,
    },
    error::Stop,
};

use super::{
    store::{self, reminder},
    tell,
};

/// Something that an office is to settle before a moment (期限).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The thing, such as `application` or `objection`, and which; with the office and the moment it is told once.
    pub of: String,
    /// Which office.
    pub kind: OfficeKind,
    /// Where.
    pub place: PlaceCode,
    /// 24:00 of the last day.
    pub until: Instant,
    /// How many working days before the last day it is told ahead.
    pub ahead: u16,
    /// What waits, such as `有 3 份申报待社区把关`.
    pub words: String,
    /// What to do once it is late.
    pub late: &'static str,
    /// Where it is done.
    pub link: String,
}

impl Due {
    fn key(&self, telling: Telling) -> String {
        format!("{} {} {} {} {telling}", self.of, self.kind, self.place, self.until.as_micros())
    }

    fn message(&self, telling: Telling) -> String {
        let last = chinese_date(self.until.plus_micros(-1).date());
        match telling {
            Telling::Ahead => format!("{}，请在{last} 24:00 前办结。", self.words),
            Telling::Late => format!("{}，{last} 24:00 的期限已过，{}。", self.words, self.late),
        }
    }
}

/// Tells what of `dues` is near or late and was not told before; answers how many.
///
/// Two instances may come to this at once: whoever commits second meets the other's key, and finds everything told when
/// it looks again.
///
/// # Errors
/// [`Stop::Conflict`] when another instance was quicker.
pub async fn remind(op: &Op, county: &PlaceCode, dues: &[Due], calendar: &Calendar) -> Result<usize, Stop> {
    let now = op.now();
    // Where a year has no table, the days before cannot be counted; that it is late is told all the same.
    let at = |due: &Due| telling(now, due.until, due.ahead, calendar).ok().flatten();
    let told: Vec<(&Due, Telling)> = dues.iter().filter_map(|due| Some((due, at(due)?))).collect();
    if told.is_empty() {
        return Ok(0);
    }
    let mut act = op.act().await?;
    let keys: BTreeSet<String> = told.iter().map(|(due, telling)| due.key(*telling)).collect();
    let known = store::reminded(act.db(), keys.iter().cloned()).await?;
    let mut rows = Vec::new();
    for (due, telling) in told {
        let key = due.key(telling);
        if known.contains(&key) || rows.iter().any(|row: &reminder::Model| row.key == key) {
            continue;
        }
        tell(&act, due.kind, &due.place, &due.message(telling), &due.link).await?;
        rows.push(reminder::Model { key, place: Text(county.clone()), told_at: Int(now) });
    }
    let count = rows.len();
    if count == 0 {
        return Ok(0);
    }
    insert_all(act.db(), rows).await?;
    let body = serde_json::json!({ "told": count });
    act.record(Deed::RemindOffices, &Subject::new("reminders", county, county), body).await?;
    act.commit().await?;
    Ok(count)
}
