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
const MOST: u64 = 100;
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
    for row in store::due(op.reader(), op.now(), MOST).await? {
        let taken = match take(op, row).await {
            // Another instance was quicker.
            Err(Stop::Conflict) => continue,
            taken => taken?,
        };
        let Some(taken) = taken else { continue };
        if sender.send(&taken.number, &taken.words).await.is_ok() {
            settle(op, taken.id).await?;
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
    let taken = taken.filter(|_| row.tries < TEXT_TRIES).map(|(number, words)| Taken { id: row.id.0, number, words });
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
    let row = store::text(act.db(), id).await?.ok_or(Stop::Missing)?;
    let voice = voice::voice(act.db(), row.voice_id.0).await?.ok_or(Stop::Missing)?;
    let sent = row::Model { next_at: None, words_sealed: None, sent_at: Some(Int(act.now())), ..row };
    store::save(act.db(), sent).await?;
    record(&mut act, &voice, serde_json::json!({ "sent": true })).await?;
    act.commit().await
}

async fn record(act: &mut Act<'_>, voice: &voice::row::Model, body: serde_json::Value) -> Result<(), Stop> {
    act.record(Deed::TextVoicer, &Subject::new("voice", voice.id.0, &voice.place.0), body).await
}
