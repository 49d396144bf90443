//! Reads of the audit record.

use std::collections::BTreeSet;

use domain::{
    clock::Instant,
    ids::{AccountId, OfficeId},
    permission::Deed,
    place::PlaceCode,
};
use platform::{
    audit::event,
    db::{column::Int, within},
    error::Stop,
    shell::TimelineEntry,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait as _, QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::words;
use crate::{identity, places};

/// How many events a history shows.
const HISTORY: u64 = 200;

/// What the auditor asks for; everything left empty is not asked.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// At or under this place.
    pub place: Option<PlaceCode>,
    /// By this account.
    pub account: Option<AccountId>,
    /// To the thing with this identifier.
    pub subject: String,
    /// This deed.
    pub deed: Option<Deed>,
    /// From this moment.
    pub from: Option<Instant>,
    /// Before this moment.
    pub until: Option<Instant>,
}

impl Filter {
    fn select(&self, reach: &PlaceCode) -> Select<event::Entity> {
        let place = self.place.as_ref().filter(|place| place.is_within(reach)).unwrap_or(reach);
        let mut select = event::Entity::find().filter(within(event::Column::Place, place));
        if let Some(account) = self.account {
            select = select.filter(event::Column::Account.eq(account.to_string()));
        }
        if !self.subject.is_empty() {
            select = select.filter(event::Column::Subject.eq(self.subject.as_str()));
        }
        if let Some(deed) = self.deed {
            select = select.filter(event::Column::Action.eq(deed.code()));
        }
        if let Some(from) = self.from {
            select = select.filter(event::Column::At.gte(Int(from)));
        }
        if let Some(until) = self.until {
            select = select.filter(event::Column::At.lt(Int(until)));
        }
        select
    }
}

/// One event, ready to be read.
#[derive(Debug, Clone)]
pub struct Line {
    /// The event.
    pub event: event::Model,
    /// The deed in words.
    pub deed: &'static str,
    /// Office and person in words.
    pub who: String,
    /// The place by its name of today; its code when it has none.
    pub place: String,
}

impl Line {
    /// What kind of thing it was done to.
    pub fn kind(&self) -> &str {
        words::kind(&self.event.subject_kind)
    }

    /// What the record holds.
    pub fn body(&self) -> Vec<String> {
        words::body(&self.event.subject_kind, &self.event.body)
    }
}

/// Events of `filter` within `within`, newest first, with their number in all.
pub async fn events(
    db: &impl ConnectionTrait,
    within: &PlaceCode,
    filter: &Filter,
    offset: u64,
    most: u64,
) -> Result<(Vec<Line>, u64), Stop> {
    let select = filter.select(within);
    let total = select.clone().count(db).await?;
    let rows = select
        .order_by_desc(event::Column::At)
        .order_by_desc(event::Column::Id)
        .offset(offset)
        .limit(most)
        .all(db)
        .await?;
    Ok((lines(db, rows).await?, total))
}

/// What happened to the thing `subject`, newest first; of a long history, the newest part.
pub async fn history(db: &impl ConnectionTrait, subject: &str) -> Result<Vec<TimelineEntry>, Stop> {
    history_of_all(db, vec![subject.to_owned()]).await
}

/// The same of a thing that had other identifiers before, such as a branch that was moved; all in one county's record.
pub async fn history_of_all(db: &impl ConnectionTrait, subjects: Vec<String>) -> Result<Vec<TimelineEntry>, Stop> {
    let rows = event::Entity::find()
        .filter(event::Column::Subject.is_in(subjects))
        .order_by_desc(event::Column::Seq)
        .order_by_desc(event::Column::Id)
        .limit(HISTORY)
        .all(db)
        .await?;
    let entry = |line: Line| {
        let body = serde_json::from_str(&line.event.body).unwrap_or_default();
        TimelineEntry {
            at: line.event.at.0.to_string(),
            what: match words::outcome(&line.event.subject_kind, &body) {
                "" => line.deed.to_owned(),
                outcome => format!("{}：{outcome}", line.deed),
            },
            note: reason(&body),
            who: line.who,
        }
    };
    Ok(folded(lines(db, rows).await?.into_iter().map(entry).collect()))
}

/// The same done several times on end, such as a settlement community by community, is one line.
fn folded(entries: Vec<TimelineEntry>) -> Vec<TimelineEntry> {
    let mut folded: Vec<(TimelineEntry, usize)> = Vec::with_capacity(entries.len());
    for entry in entries {
        match folded.last_mut() {
            Some((last, times)) if (&last.what, &last.who, &last.note) == (&entry.what, &entry.who, &entry.note) => {
                *times += 1;
            }
            _ => folded.push((entry, 1)),
        }
    }
    let told = |(entry, times): (TimelineEntry, usize)| match times {
        1 => entry,
        _ => TimelineEntry { what: format!("{}（连续 {times} 次）", entry.what), ..entry },
    };
    folded.into_iter().map(told).collect()
}

/// Deeds that returned or refused something put their reason into the record.
fn reason(body: &serde_json::Value) -> String {
    let reason = body.get("reason").and_then(serde_json::Value::as_str).unwrap_or_default();
    if reason.is_empty() { String::new() } else { format!("理由：{reason}") }
}

async fn lines(db: &impl ConnectionTrait, rows: Vec<event::Model>) -> Result<Vec<Line>, Stop> {
    let offices: BTreeSet<OfficeId> = rows.iter().filter_map(|row| row.office.parse().ok()).collect();
    let holders = identity::holders(db, offices.into_iter().collect()).await?;
    let signed_in = rows.iter().filter(|row| row.action == Deed::SignIn.code());
    let names = identity::names(db, signed_in.filter_map(|row| row.subject.parse().ok()).collect()).await?;
    let codes = rows.iter().filter_map(|row| row.place.parse().ok()).collect();
    let places = places::names(db, codes).await?;
    let line = |event: event::Model| Line {
        deed: event.action.parse::<Deed>().map_or("其他", Deed::label),
        who: match (holders.get(&event.office), names.get(&event.subject)) {
            (Some(holder), _) => holder.clone(),
            // Nobody is signed in while they sign in.
            (None, Some(name)) if event.office.is_empty() => name.clone(),
            (None, _) if event.office.is_empty() => "系统或公众".to_owned(),
            (None, _) => "已注销的身份".to_owned(),
        },
        place: places.get(&event.place).cloned().unwrap_or_else(|| event.place.clone()),
        event,
    };
    Ok(rows.into_iter().map(line).collect())
}
