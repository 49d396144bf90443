//! Messages inside the app: told to an office when a thing it is part of moves.
//!
//! Owns the tables `messages`, `message_marks` and `reminders`. A message is addressed to a kind of office at a place, so that it
//! reaches whoever holds the office when it is read. Promises to be written in the deed's own transaction. Never holds
//! personal data: it names places and things.

mod remind;
mod schema;
mod store;

use domain::{
    ids::MessageId,
    permission::{Deed, OfficeKind},
    place::PlaceCode,
};
use platform::{
    act::{Act, Op, Subject},
    db::{
        column::{Int, Text},
        migrate::Migrations,
    },
    error::Stop,
};

pub use remind::{Due, remind};
pub use store::{follow_move, message::Model as Message};

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![Box::new(schema::M0003Messages), Box::new(schema::M0014Reminders)]
}

/// Tells the offices of `kind` at `place` something, with a page to look at.
pub async fn tell(act: &Act<'_>, kind: OfficeKind, place: &PlaceCode, words: &str, link: &str) -> Result<(), Stop> {
    let id: MessageId = act.new_id();
    let message = Message {
        id: Text(id),
        kind: Text(kind),
        place: Text(place.clone()),
        words: words.to_owned(),
        link: link.to_owned(),
        told_at: Int(act.now()),
    };
    store::insert(act.db(), message).await
}

/// How many messages the office in use has not seen.
pub async fn unread(op: &Op) -> Result<u64, Stop> {
    store::unread(op.reader(), &op.actor.officer()?.office).await
}

/// The latest `most` messages to the office in use, newest first.
pub async fn latest(op: &Op, most: u64) -> Result<Vec<Message>, Stop> {
    store::latest(op.reader(), &op.actor.officer()?.office, most).await
}

/// Marks every message up to `seen` as seen by the office in use.
pub async fn mark_seen(op: &Op, seen: MessageId) -> Result<(), Stop> {
    let officer = op.actor.officer()?;
    op.permit(Deed::UseDesk, &officer.office.place)?;
    let mut act = op.act().await?;
    store::mark_seen(act.db(), officer.office.id, seen).await?;
    let subject = Subject::new("office", officer.office.id, &officer.office.place);
    act.record(Deed::UseDesk, &subject, serde_json::json!({ "seen_until": seen })).await?;
    act.commit().await
}
