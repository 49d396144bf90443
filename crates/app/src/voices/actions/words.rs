//! What is said about a voice without moving it: a question, an answer, a note.

use domain::{
    ids::VoiceId,
    permission::Deed,
    place::PlaceCode,
    voice::{VoiceRefusal, VoiceStep},
};
use platform::{
    act::{Act, Op},
    error::{OrRefuse as _, Stop},
};

use crate::voices::texts;

use super::step::{loaded, own_desk, record, write};

/// Asks the resident something, who reads it with the code.
///
/// # Errors
/// A refusal when the voice lies at another desk.
pub async fn ask_voicer(op: &Op, id: VoiceId, words: &str) -> Result<(), Stop> {
    say(op, id, Deed::AskVoicer, VoiceStep::Asked, words).await
}

/// Tells the resident how it goes.
///
/// # Errors
/// A refusal when the voice lies at another desk.
pub async fn reply_voice(op: &Op, id: VoiceId, words: &str) -> Result<(), Stop> {
    say(op, id, Deed::ReplyVoice, VoiceStep::Replied, words).await
}

/// Writes a note that only officers read; everybody who works under the four levels may.
///
/// # Errors
/// As the permission table says.
pub async fn note_voice(op: &Op, id: VoiceId, words: &str) -> Result<(), Stop> {
    say(op, id, Deed::NoteVoice, VoiceStep::Noted, words).await
}

/// Notes that a voice was taken up elsewhere in the same deed, such as a mediation file; answers with where it lies.
///
/// # Errors
/// As the permission table says.
pub async fn note_taken_up(act: &mut Act<'_>, id: VoiceId, words: &str) -> Result<PlaceCode, Stop> {
    let row = loaded(act, id, Deed::NoteVoice).await?;
    write(act, id, vec![(VoiceStep::Noted, words.to_owned())]).await?;
    record(act, Deed::NoteVoice, &row.voice()).await?;
    Ok(row.place.0)
}

async fn say(op: &Op, id: VoiceId, deed: Deed, step: VoiceStep, words: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, deed).await?;
    // The first receiver stays on the case (R-VOI-03) and may speak to the resident as well.
    let own = own_desk(&act);
    if !step.is_inside() && own != Some(row.desk.0) && own != Some(row.first_desk.0) {
        return Err(VoiceRefusal::OtherDesk(row.desk.0)).or_refuse();
    }
    if !step.is_inside() && row.split_from.is_some() {
        return Err(VoiceRefusal::OfThePiece).or_refuse();
    }
    write(&act, id, vec![(step, words.to_owned())]).await?;
    texts::tell_voicers(&act, &row, &row.voice(), &[step], None).await?;
    record(&mut act, deed, &row.voice()).await?;
    act.commit().await
}
