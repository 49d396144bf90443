//! Messages inside the app: told to an office when a thing it is part of moves.
//!
//! Owns the tables `messages`, `message_marks` and `reminders`. A message is addressed to a kind of office at a place, so that it
//! reaches whoever holds the office when it is read, or to one member of a branch alone. Promises to be written in the deed's own transaction. Never holds
//! personal data: it names places and things.

mod remind;
mod schema;
mod store;

use domain::{
    ids::{AccountId, MessageId},
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
    vec![Box::new(schema::M0003Messages), Box::new(schema::M0014Reminders), Box::new(schema::M0079OwnMessages)]
}

/// Tells the offices of `kind` at `place` something, with a page to look at.
pub async fn tell(act: &Act<'_>, kind: OfficeKind, place: &PlaceCode, words: &str, link: &str) -> Result<(), Stop> {
    store::insert(act.db(), vec![message(act, kind, place, words, link)]).await
}

/// Tells the secretaries of these branches something.
pub async fn tell_secretaries(
    act: &Act<'_>,
    branches: impl Iterator<Item = PlaceCode>,
    words: &str,
    link: &str,
) -> Result<(), Stop> {
    let one = |branch| message(act, OfficeKind::BranchSecretary, &branch, words, link);
    store::insert(act.db(), branches.map(one).collect()).await
}

/// Tells these members of the branch at `branch` something, each alone.
pub async fn tell_members(
    act: &Act<'_>,
    accounts: impl Iterator<Item = AccountId>,
    branch: &PlaceCode,
    words: &str,
    link: &str,
) -> Result<(), Stop> {
    let one =
        |account| Message { account_id: Some(Text(account)), ..message(act, OfficeKind::Member, branch, words, link) };
    store::insert(act.db(), accounts.map(one).collect()).await
}

fn message(act: &Act<'_>, kind: OfficeKind, place: &PlaceCode, words: &str, link: &str) -> Message {
    Message {
        id: Text(act.new_id::<MessageId>()),
        kind: Text(kind),
        place: Text(place.clone()),
        words: words.to_owned(),
        link: link.to_owned(),
        told_at: Int(act.now()),
        account_id: None,
    }
}

/// Tells the branch at `branch`: its secretary, and its committee members, who may act for it in the selection as well.
pub async fn tell_branch(act: &Act<'_>, branch: &PlaceCode, words: &str, link: &str) -> Result<(), Stop> {
    tell(act, OfficeKind::BranchSecretary, branch, words, link).await?;
    tell(act, OfficeKind::BranchCommittee, branch, words, link).await
}

/// How many messages the office in use has not seen.
pub async fn unread(op: &Op) -> Result<u64, Stop> {
    store::unread(op.reader(), op.actor.officer()?).await
}

/// A page of the messages to an office.
#[derive(Debug, Clone)]
pub struct Messages {
    /// The newest first.
    pub rows: Vec<Message>,
    /// How many there are in all.
    pub total: u64,
    /// The newest that the office has marked as seen.
    pub seen_until: Option<MessageId>,
}

/// At most `most` messages to the office in use, newest first, after the `offset` newest.
pub async fn page_of(op: &Op, offset: u64, most: u64) -> Result<Messages, Stop> {
    let officer = op.actor.officer()?;
    let (rows, total) = store::page_of(op.reader(), officer, offset, most).await?;
    let seen_until = store::mark_of(op.reader(), officer.office.id).await?;
    Ok(Messages { rows, total, seen_until })
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
