//! What whoever has the code does: add, answer, rate, reopen. The record tells of no one.

use bytes::Bytes;
use domain::{
    permission::Deed,
    selection::query_code::QueryCode,
    voice::{Answer, VoiceStep},
};
use platform::{
    act::{Act, Op},
    error::Stop,
};

use super::{
    photos::{keep_photos, with_photos},
    step::{keep, record, tell, write},
    work::answer_words,
};
use crate::voices::store::{
    entry,
    voice::{self, row},
};

pub(super) async fn of_code(act: &Act<'_>, deed: Deed, code: &QueryCode) -> Result<row::Model, Stop> {
    let index = act.floor().keys.index(code.letters());
    let row = voice::by_index(act.db(), &index).await?.ok_or(Stop::Missing)?;
    act.permit(deed, &row.place.0)?;
    Ok(row)
}

/// Adds to what was said, or answers a question. The same words sent twice are kept once.
///
/// # Errors
/// [`Stop::Missing`] for a code of no voice; a refusal at `photos` when there are too many in all.
pub async fn add_to_voice(op: &Op, code: &QueryCode, words: &str, photos: &[Bytes]) -> Result<(), Stop> {
    let visitor = op.as_visitor();
    let mut act = visitor.act().await?;
    let row = of_code(&act, Deed::AddToVoice, code).await?;
    let said = entry::of_voice(act.db(), row.id.0).await?;
    let is_repeated = said.last().is_some_and(|last| last.step.0 == VoiceStep::Added && last.words == words.trim());
    if is_repeated && photos.is_empty() {
        return Ok(());
    }
    keep_photos(&act, row.id.0, None, photos).await?;
    write(&act, row.id.0, vec![(VoiceStep::Added, with_photos(words, photos))]).await?;
    let voice = row.voice();
    let told = format!("反映人对“{}”诉求作了补充，请查看", row.topic.0.label());
    tell(&act, &voice, voice.desk, &told).await?;
    record(&mut act, Deed::AddToVoice, &voice).await?;
    act.commit().await
}

/// Says how it went. Who is content closes it.
///
/// # Errors
/// `VoiceRefusal` in words; [`Stop::Missing`] for a code of no voice.
pub async fn rate_voice(op: &Op, code: &QueryCode, answer: Answer, note: &str) -> Result<(), Stop> {
    let visitor = op.as_visitor();
    let mut act = visitor.act().await?;
    let row = of_code(&act, Deed::RateVoice, code).await?;
    let topic = row.topic.0;
    let said = vec![(VoiceStep::CalledBack, answer_words(answer, note))];
    let voice = keep(&mut act, Deed::RateVoice, row, said, |voice, clock| voice.call_back(answer, clock.now)).await?;
    let told = format!("“{}”诉求的反映人作了评价：{}", topic.label(), answer_words(answer, ""));
    tell(&act, &voice, voice.desk, &told).await?;
    act.commit().await
}

/// Has it worked on again, one level up; twice at most.
///
/// # Errors
/// `VoiceRefusal` in words; [`Stop::Missing`] for a code of no voice.
pub async fn reopen_voice(op: &Op, code: &QueryCode, reason: &str) -> Result<(), Stop> {
    let visitor = op.as_visitor();
    let mut act = visitor.act().await?;
    let row = of_code(&act, Deed::ReopenVoice, code).await?;
    let (topic, desk) = (row.topic.0, row.desk.0);
    let said = vec![(VoiceStep::Reopened, reason.to_owned())];
    let voice = keep(&mut act, Deed::ReopenVoice, row, said, |voice, clock| voice.reopen(reason, clock.now)).await?;
    let told = format!("反映人要求重新办理“{}”诉求，现由{}办理", topic.label(), voice.desk.label());
    tell(&act, &voice, desk, &told).await?;
    act.commit().await
}
