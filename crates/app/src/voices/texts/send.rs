//! Sending what waits. A text is taken before it goes out and settled after, each in a deed of its own, so that nobody holds the
//! database while a provider thinks, and a run that dies is gone on with.

use domain::{
    ids::VoiceTextId,
    permission::Deed,
    voice::{TEXT_TRIES, is_text_hour, mobile},
};
use platform::{
    act::{Act, Op, Subject},
    db::column::Int,
    error::Stop,
    sender::Sender,
};

use super::store::{self, row};
use crate::voices::store::voice;

/// Texts that a run takes; the next takes the rest.
const MOST: u64 = 20;
/// Failures in a row after which a run ends.
const PATIENCE: u32 = 3;
/// Days after which nobody is told any more: by then something else is so.
const STALE_DAYS: i64 = 2;
/// Minutes until one is tried again.
const AGAIN_MINUTES: i64 = 15;

/// What is to go out, and to whom.
struct Taken {
    id: VoiceTextId,
    number: String,
    words: String,
}

/// Sends the texts that wait, by day.
///
/// # Errors
/// When the database cannot be reached; what a provider refuses is tried again later.
pub async fn send_texts(op: &Op) -> Result<(), Stop> {
    let sender = Sender::of(&op.floor);
    if sender == Sender::Nowhere || !is_text_hour(op.now()) {
        return Ok(());
    }
    let mut failures = 0;
    for row in store::due(op.reader(), op.now(), MOST).await? {
        let taken = match take(op, row).await {
            // Another instance was quicker.
            Err(Stop::Conflict) => continue,
            taken => taken?,
        };
        let Some(taken) = taken else { continue };
        if sender.send(&taken.number, &taken.words).await.is_ok() {
            failures = 0;
            settle(op, taken.id).await?;
        } else {
            failures += 1;
        }
        // The others wait for the next run: a provider that is away holds nobody up.
        if failures == PATIENCE {
            break;
        }
    }
    Ok(())
}

/// Notes a try, before it is made. Who is forgotten meanwhile is told nothing any more.
async fn take(op: &Op, row: row::Model) -> Result<Option<Taken>, Stop> {
    let mut act = op.act().await?;
    let keys = act.floor().keys.clone();
    let voice = voice::voice(act.db(), row.voice_id.0).await?.ok_or(Stop::Missing)?;
    let number = voice.voicer_phone_sealed.as_ref().map(|sealed| keys.open(sealed)).transpose()?;
    let words = row.words_sealed.as_ref().map(|sealed| keys.open(sealed)).transpose()?;
    let taken = number.and_then(|typed| mobile(&typed)).zip(words);
    let is_fresh = op.now() < row.made_at.0.plus_days(STALE_DAYS);
    let taken = taken.filter(|_| is_fresh && row.tries < TEXT_TRIES).map(|(number, words)| Taken {
        id: row.id.0,
        number,
        words,
    });
    let row = match taken {
        Some(_) => row::Model { tries: row.tries + 1, next_at: Some(Int(op.now().plus_minutes(AGAIN_MINUTES))), ..row },
        None => row::Model { next_at: None, words_sealed: None, ..row },
    };
    let tries = row.tries;
    store::save(act.db(), row).await?;
    record(&mut act, &voice, serde_json::json!({ "tries": tries })).await?;
    act.commit().await?;
    Ok(taken)
}

/// Notes that it went out.
async fn settle(op: &Op, id: VoiceTextId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    // Who was forgotten meanwhile has no texts any more.
    let Some(row) = store::text(act.db(), id).await? else { return Ok(()) };
    let voice = voice::voice(act.db(), row.voice_id.0).await?.ok_or(Stop::Missing)?;
    let sent = row::Model { next_at: None, words_sealed: None, sent_at: Some(Int(act.now())), ..row };
    store::save(act.db(), sent).await?;
    record(&mut act, &voice, serde_json::json!({ "sent": 1 })).await?;
    act.commit().await
}

async fn record(act: &mut Act<'_>, voice: &voice::row::Model, body: serde_json::Value) -> Result<(), Stop> {
    act.record(Deed::TextVoicer, &Subject::new("voice", voice.id.0, &voice.place.0), body).await
}
