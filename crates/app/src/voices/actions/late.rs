//! What the system does by itself: handing up what is late, closing what nobody answered, forgetting who spoke.

use domain::{ids::VoiceId, permission::Deed, voice::VoiceStep};
use platform::{act::Op, error::Stop, files};

use super::step::{keep, loaded, record, tell};
use crate::voices::{
    store::{
        photo,
        voice::{self, row},
    },
    texts,
};

/// Hands a late voice one level up (R-VOI-08). Doing it twice does it once: the desk above has its own time.
///
/// # Errors
/// A refusal when it is not late any more, or with the county already.
pub async fn escalate_voice(op: &Op, id: VoiceId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::EscalateVoice).await?;
    let (desk, topic) = (row.desk.0, row.topic.0);
    let words = format!("{}超过期限没有办理", desk.label());
    let said = vec![(VoiceStep::Escalated, words)];
    let voice =
        keep(&mut act, Deed::EscalateVoice, row, said, |voice, clock| voice.escalate(clock.due, clock.now)).await?;
    let told = format!("“{}”诉求超过期限，已交{}办理", topic.label(), voice.desk.label());
    tell(&act, &voice, desk, &told).await?;
    act.commit().await
}

/// Closes what was done and the resident did not answer in their time.
///
/// # Errors
/// A refusal when they still have time, or it was answered or reopened.
pub async fn close_voice(op: &Op, id: VoiceId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::CloseVoice).await?;
    let words = if row.solved.is_some() { "反映人没有要求重办" } else { "反映人没有评价" };
    let said = vec![(VoiceStep::Closed, words.to_owned())];
    keep(&mut act, Deed::CloseVoice, row, said, |voice, clock| voice.close(clock.now)).await?;
    act.commit().await
}

/// Forgets who spoke and what only officers were shown, a year after it was over (R-PRI-02).
///
/// # Errors
/// A refusal when it is not over for so long.
pub async fn forget_voicer(op: &Op, id: VoiceId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::ForgetVoicer).await?;
    let voice = row.voice();
    if !voice.is_to_be_forgotten(act.now()) {
        return Err(Stop::refused("这件诉求结案还不满一年。"));
    }
    let forgotten = row::Model { voicer_name_sealed: None, voicer_phone_sealed: None, ..row };
    voice::save(act.db(), forgotten).await?;
    for file in photo::forget(act.db(), id).await? {
        act.order_job(files::FORGET.name, &file).await?;
    }
    texts::store::forget(act.db(), id).await?;
    record(&mut act, Deed::ForgetVoicer, &voice).await?;
    act.commit().await
}
