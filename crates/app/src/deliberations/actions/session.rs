//! Publishing a topic, and keeping the minutes of its session.

use domain::{
    clock::chinese_date,
    deliberation::{DeliberationState, DeliberationStep, Party, Seat, Session, Stance, names_in},
    ids::DeliberationId,
    permission::Deed,
};
use jiff::civil::Date;
use platform::{
    act::{Act, Op},
    db::column::Text,
    error::{OrRefuse as _, Stop},
    files,
    forms::UploadedFile,
    keys::Keys,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::step::{keep, loaded, record_with, write};
use crate::deliberations::store::{
    parts::{self, seat, session},
    thread::row,
};

/// A topic as it is published.
#[derive(Debug, Clone)]
pub struct Announcement {
    /// The day of the session.
    pub on: Date,
    /// The time of day in words, such as `下午3点`.
    pub time: String,
    /// Where.
    pub venue: String,
}

/// Publishes the topic with the day, the time and the place of its session, or puts the session off.
///
/// # Errors
/// `DeliberationRefusal` in words.
pub async fn announce_session(op: &Op, id: DeliberationId, new: Announcement) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::AnnounceSession).await?;
    let was_announced = row.state.0 == DeliberationState::Announced;
    let after = row.thread().announce(new.on, act.now()).or_refuse()?;
    let step = if was_announced { DeliberationStep::Postponed } else { DeliberationStep::Announced };
    let words = format!("{}{}在{}议事", chinese_date(new.on), new.time, new.venue);
    let row = row::Model { session_time: new.time, venue: new.venue, ..row };
    keep(&mut act, Deed::AnnounceSession, row, &after, (step, words)).await?;
    act.commit().await
}

/// A party as its seat is written down.
#[derive(Clone)]
pub struct NewSeat {
    /// Which.
    pub party: Party,
    /// Who came, as typed; empty where nobody did.
    pub names: String,
    /// What it says.
    pub stance: Stance,
    /// In words: what it thinks, on what conditions, or why nobody came.
    pub words: String,
}

/// A session as it is written down (R-DEL-03); day and place are those that were announced.
#[derive(Clone)]
pub struct NewSession {
    /// Who chaired it for the branch.
    pub chair: String,
    /// The four parties.
    pub seats: Vec<NewSeat>,
    /// Whether they came to one opinion.
    pub is_agreed: bool,
    /// What they agreed on, or where they differ.
    pub result: String,
    /// Other opinions, kept as they are.
    pub dissent: String,
    /// Who does the next step.
    pub next_owner: String,
}

/// Who sat in a session, as it is sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    /// Who chaired it.
    pub chair: String,
    /// The names of each party.
    pub names: Vec<(Party, Vec<String>)>,
}

impl People {
    /// The names of a party in a line; `无` where nobody came.
    #[must_use]
    pub fn of(&self, party: Party) -> String {
        let found = self.names.iter().find(|(of, _)| *of == party).map(|(_, names)| names.join("、"));
        found.filter(|names| !names.is_empty()).unwrap_or_else(|| "无".to_owned())
    }
}

/// Opens what is sealed of a session.
pub(in crate::deliberations) fn opened(keys: &Keys, sealed: &str) -> Result<People, Stop> {
    Ok(serde_json::from_str(&keys.open(sealed)?).map_err(anyhow::Error::from)?)
}

impl NewSession {
    fn session(&self) -> Session {
        let seat =
            |seat: &NewSeat| Seat { party: seat.party, present: names_in(&seat.names).len(), stance: seat.stance };
        Session { seats: self.seats.iter().map(seat).collect(), is_agreed: self.is_agreed }
    }

    fn people(&self) -> People {
        let names = |seat: &NewSeat| (seat.party, names_in(&seat.names).into_iter().map(str::to_owned).collect());
        People { chair: self.chair.clone(), names: self.seats.iter().map(names).collect() }
    }
}

/// Keeps the minutes of the session that was announced; nothing of them is changed afterwards.
///
/// # Errors
/// `DeliberationRefusal` in words.
pub async fn record_session(op: &Op, id: DeliberationId, new: NewSession) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::RecordSession).await?;
    let after = row.thread().hold(&new.session(), act.now()).or_refuse()?;
    let number = i32::try_from(after.sessions).unwrap_or(i32::MAX);
    let (session, seats) = kept(&act, &row, number, &new)?;
    let words = format!("第 {number} 次议事，{}。{}", chinese_date(session.held_on.0), new.result);
    parts::insert_session(act.db(), session, seats).await?;
    let step = if new.is_agreed { DeliberationStep::Agreed } else { DeliberationStep::NotAgreed };
    keep(&mut act, Deed::RecordSession, row, &after, (step, words)).await?;
    act.commit().await
}

/// Keeps the minutes of a session as the parties signed them; a better scan takes the place of an earlier one while the matter is
/// under way, and the record tells them apart.
///
/// # Errors
/// A refusal when the matter is over; at `scan` when it is none of the accepted kinds, or there was no such session.
pub async fn keep_signed_minutes(op: &Op, id: DeliberationId, number: i32, scan: UploadedFile) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::RecordSession).await?;
    if !row.state.0.is_open() {
        return Err(Stop::refused_at("scan", "议题已经结束，签名的议事记录不能再换。"));
    }
    let sessions = parts::sessions_of(act.db(), id).await?;
    let session = sessions.into_iter().find(|session| session.number == number);
    let session = session.ok_or_else(|| Stop::refused_at("scan", "没有找到这次议事，请刷新页面后再上传。"))?;
    let blob = files::store(act.floor(), act.db(), act.now(), "scan", scan.bytes).await?;
    let name = if scan.name.is_empty() { format!("议事记录{number}") } else { scan.name };
    parts::save_scan(act.db(), session.id.0, blob.hash.clone(), name).await?;
    write(&act, id, (DeliberationStep::SignedMinutes, format!("第 {number} 次议事"))).await?;
    record_with(&mut act, Deed::RecordSession, &row, json!({ "file": blob.hash })).await?;
    act.commit().await
}

fn kept(
    act: &Act<'_>,
    row: &row::Model,
    number: i32,
    new: &NewSession,
) -> Result<(session::Model, Vec<seat::Model>), Stop> {
    let people = serde_json::to_string(&new.people()).map_err(anyhow::Error::from)?;
    let session = session::Model {
        id: Text(act.new_id()),
        deliberation_id: row.id,
        number,
        held_on: row.session_on.unwrap_or_else(|| Text(act.now().date())),
        venue: row.venue.clone(),
        is_agreed: new.is_agreed,
        result: new.result.clone(),
        dissent: new.dissent.clone(),
        next_owner: new.next_owner.clone(),
        people_sealed: act.floor().keys.seal(&people)?,
        signed: act.signature(),
        scan_hash: None,
        scan_name: String::new(),
    };
    let seat = |seat: &NewSeat| seat::Model {
        session_id: session.id,
        party: Text(seat.party),
        present: i32::try_from(names_in(&seat.names).len()).unwrap_or(i32::MAX),
        stance: Text(seat.stance),
        words: seat.words.clone(),
    };
    let seats = new.seats.iter().map(seat).collect();
    Ok((session, seats))
}
