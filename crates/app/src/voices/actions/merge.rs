//! Voices about the same: the resident or the desk lets one follow another, and either may part them again.

use domain::{
    ids::VoiceId,
    permission::Deed,
    selection::query_code::QueryCode,
    voice::{Voice, VoiceStep},
};
use platform::{
    act::{Act, Op},
    db::column::Text,
    error::{OrRefuse as _, Stop},
};

use super::{
    resident::of_code,
    split::must_be_whole,
    step::{keep, loaded, own_desk, tell, write},
};
use crate::voices::store::{
    same,
    voice::{self, row},
};

/// A new voice that follows `other`, as its resident says.
pub(super) async fn join(act: &Act<'_>, voice: Voice, other: VoiceId) -> Result<Voice, Stop> {
    let row = other_of(act, other).await?;
    let joined = voice.follow(&row.voice(), act.now()).or_refuse()?;
    joined_by(act, row).await?;
    Ok(joined)
}

async fn other_of(act: &Act<'_>, other: VoiceId) -> Result<row::Model, Stop> {
    let words = "没有找到所选的诉求，请刷新页面重新选择。";
    voice::voice(act.db(), other).await?.ok_or_else(|| Stop::refused_at("same", words))
}

/// Notes at a voice that another one follows it, and tells its desk. Saved by its version: it may be ended meanwhile.
async fn joined_by(act: &Act<'_>, row: row::Model) -> Result<(), Stop> {
    let (id, topic, joined) = (row.id.0, row.topic.0, row.voice());
    voice::save(act.db(), row).await?;
    write(act, id, vec![(VoiceStep::Joined, String::new())]).await?;
    let words = format!("“{}”诉求又有同样的反映，已合并办理", topic.label());
    tell(act, &joined, joined.desk, &words).await
}

/// Lets a voice follow `other`, which the desk says is the same (并入). What followed it follows the other now.
///
/// # Errors
/// `VoiceRefusal` in words; [`Stop::Conflict`] when somebody else moved the other meanwhile.
pub async fn merge_voice(op: &Op, id: VoiceId, other: VoiceId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::MergeVoice).await?;
    must_be_whole(&act, id).await?;
    let (own, into) = (own_desk(&act), other_of(&act, other).await?);
    act.permit(Deed::MergeVoice, &into.place.0)?;
    for follower in same::followers(act.db(), std::iter::once(id)).await? {
        voice::save(act.db(), row::Model { merged_into: Some(Text(other)), ..follower }).await?;
    }
    let row = row::Model { merged_into: Some(Text(other)), ..row };
    let same = into.voice();
    keep(&mut act, Deed::MergeVoice, row, vec![(VoiceStep::Merged, String::new())], |voice, clock| {
        voice.must_be_at(own)?.merge(&same, clock.due, clock.now)
    })
    .await?;
    joined_by(&act, into).await?;
    act.commit().await
}

/// Has a voice worked on by itself again (恢复单独办理), with the reason.
///
/// # Errors
/// `VoiceRefusal` in words.
pub async fn part_voice(op: &Op, id: VoiceId, reason: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::MergeVoice).await?;
    let own = own_desk(&act);
    let row = row::Model { merged_into: None, ..row };
    keep(&mut act, Deed::MergeVoice, row, vec![(VoiceStep::Parted, reason.to_owned())], |voice, clock| {
        voice.must_be_at(own)?.part(reason, clock.now)
    })
    .await?;
    act.commit().await
}

/// The same, asked for by whoever has the code: it is another matter, or is not done.
///
/// # Errors
/// `VoiceRefusal` in words; [`Stop::Missing`] for a code of no voice.
pub async fn part_own_voice(op: &Op, code: &QueryCode, reason: &str) -> Result<(), Stop> {
    let visitor = op.as_visitor();
    let mut act = visitor.act().await?;
    let row = of_code(&act, Deed::PartVoice, code).await?;
    let topic = row.topic.0;
    let row = row::Model { merged_into: None, ..row };
    let said = vec![(VoiceStep::Parted, reason.to_owned())];
    let voice = keep(&mut act, Deed::PartVoice, row, said, |voice, clock| voice.part(reason, clock.now)).await?;
    let words = format!("反映人要求单独办理“{}”诉求，请安排", topic.label());
    tell(&act, &voice, voice.desk, &words).await?;
    act.commit().await
}
