//! Short messages to who left a mobile number (短信): written in the step's own deed, sent by a job, tried three times, and never at
//! night. The number stays with the voice, and is forgotten with it; a text names the matter and the step, and no more.

mod send;
pub mod store;

use domain::{
    clock::Instant,
    selection::query_code::QueryCode,
    voice::{Voice, VoiceStep, follower_text, mobile, receipt_text, step_text},
};
use platform::{
    act::{Act, Op},
    db::column::{Int, Text},
    error::Stop,
    sender::Sender,
};

use super::store::{same, voice::row};

pub use send::send_texts;

/// Whether texts are sent at all; pages promise nothing else.
#[must_use]
pub fn are_sent(op: &Op) -> bool {
    Sender::of(&op.floor) != Sender::Nowhere
}

/// Tells who spoke, and who follows with the same, what the steps mean for them.
pub(super) async fn tell_voicers(
    act: &Act<'_>,
    row: &row::Model,
    after: &Voice,
    steps: &[VoiceStep],
    due: Option<Instant>,
) -> Result<(), Stop> {
    if Sender::of(act.floor()) == Sender::Nowhere {
        return Ok(());
    }
    if let Some(words) = steps.iter().find_map(|step| step_text(*step, row.topic.0, after, due)) {
        write(act, row, &words, &words).await?;
    }
    for row in same::followers(act.db(), std::iter::once(row.id.0)).await? {
        if let Some(words) = steps.iter().find_map(|step| follower_text(*step, row.topic.0, after, due)) {
            write(act, &row, &words, &words).await?;
        }
    }
    Ok(())
}

/// Tells who spoke that it was taken in, with the code; a number is told so once a minute, so that nobody is troubled by another.
pub(super) async fn send_receipt(act: &Act<'_>, row: &row::Model, code: &QueryCode) -> Result<(), Stop> {
    let Some(number) = number_of(act, row)? else { return Ok(()) };
    let paced = act.floor().keys.index(&format!("receipt for:{number}"));
    if !act.floor().throttles.codes.take(paced, act.now()) {
        return Ok(());
    }
    write(act, row, "已收到，附查询码。", &receipt_text(row.kind.0, row.topic.0, code)).await
}

/// The mobile number of who spoke.
fn number_of(act: &Act<'_>, row: &row::Model) -> Result<Option<String>, Stop> {
    let Some(sealed) = row.voicer_phone_sealed.as_ref() else { return Ok(None) };
    if Sender::of(act.floor()) == Sender::Nowhere {
        return Ok(None);
    }
    Ok(mobile(&act.floor().keys.open(sealed)?))
}

async fn write(act: &Act<'_>, row: &row::Model, shown: &str, words: &str) -> Result<(), Stop> {
    if number_of(act, row)?.is_none() {
        return Ok(());
    }
    let text = store::row::Model {
        id: Text(act.new_id()),
        voice_id: row.id,
        shown: shown.to_owned(),
        words_sealed: Some(act.floor().keys.seal(words)?),
        made_at: Int(act.now()),
        next_at: Some(Int(act.now())),
        tries: 0,
        sent_at: None,
        version: 0,
    };
    store::insert(act.db(), text).await
}
