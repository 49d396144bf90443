//! A voice about several things: pieces of it go to other desks, and it is done when all of them are (分开办理).

use domain::{
    clock::Instant,
    ids::VoiceId,
    permission::Deed,
    selection::query_code::QueryCode,
    voice::{Desk, MOST_PIECES, Voice, VoiceStep, VoiceTopic},
};
use platform::{
    act::{Act, Op},
    db::column::Text,
    error::{OrRefuse as _, Stop},
};

use super::step::{keep, loaded, own_desk, record, tell, write};
use crate::{
    calendar,
    voices::{
        store::{
            piece,
            voice::{self, row},
        },
        terms::terms_at,
    },
};

/// A piece as the desk tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPiece {
    /// What it is about.
    pub topic: VoiceTopic,
    /// What is to be done, in the desk's own words.
    pub words: String,
    /// Who does it.
    pub desk: Desk,
}

/// Splits pieces off a voice at the own desk. Who spoke, and what they said, stays with the whole.
///
/// # Errors
/// [`domain::voice::VoiceRefusal`] in words; refusals without a piece, and for more than [`MOST_PIECES`] of one voice.
pub async fn split_voice(op: &Op, id: VoiceId, pieces: Vec<NewPiece>) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let whole = loaded(&act, id, Deed::SplitVoice).await?;
    if pieces.is_empty() {
        return Err(Stop::refused_at("piece.0.words", "请至少写明一部分要办什么。"));
    }
    if piece::of_voice(act.db(), id).await?.len() + pieces.len() > MOST_PIECES {
        return Err(Stop::refused_at("piece.0.words", format!("一件诉求最多分成 {MOST_PIECES} 部分。")));
    }
    // As long as the whole has.
    let terms = terms_at(act.db(), &whole.place.0, whole.received_at.0).await?;
    let (own, calendar) = (own_desk(&act), calendar::load(act.db()).await?);
    let mut said = Vec::with_capacity(pieces.len());
    for (index, new) in pieces.into_iter().enumerate() {
        said.push((VoiceStep::Split, format!("{}（{}办理）：{}", new.topic.label(), new.desk.label(), new.words)));
        let at = whole.voice().must_be_at(own);
        let piece = at.and_then(|whole| whole.split_off(act.new_id(), new.desk, act.now())).or_refuse();
        let piece = piece.map_err(|stop| stop.moved("desk", &format!("piece.{index}.desk")))?;
        let due = piece.due(&terms, &calendar).ok().flatten();
        begin(&mut act, &whole, (&piece, due), new).await?;
    }
    // Saved by its version, so that of two who split it, or finish it, at once only one does.
    keep(&mut act, Deed::SplitVoice, whole, said, |voice, _| Ok(voice)).await?;
    act.commit().await
}

/// Keeps a piece, and tells its desk.
async fn begin(
    act: &mut Act<'_>,
    whole: &row::Model,
    (piece, due): (&Voice, Option<Instant>),
    new: NewPiece,
) -> Result<(), Stop> {
    let nobodys = QueryCode::from_random(act.random());
    let row = row::Model {
        id: Text(piece.id),
        topic: Text(new.topic),
        text: new.words,
        voicer_name_sealed: None,
        voicer_phone_sealed: None,
        // The code is given to nobody: the resident follows the whole.
        code_index: act.floor().keys.index(nobodys.letters()),
        entered_by: act.office_id().map(Text),
        first_desk: Text(piece.first_desk),
        issue_id: None,
        merged_into: None,
        split_from: Some(whole.id),
        version: 0,
        ..whole.clone()
    };
    voice::insert(act.db(), row.moved(piece, due)).await?;
    write(act, piece.id, vec![(VoiceStep::Split, format!("由{}从一件诉求里分出", piece.first_desk.label()))]).await?;
    if piece.desk != piece.first_desk {
        let words = format!("有一件“{}”诉求分出一部分请本级办理，请及时签收", new.topic.label());
        tell(act, piece, piece.desk, &words).await?;
    }
    record(act, Deed::SplitVoice, piece).await
}

/// A voice is told to be done, or to be the same as another, once its pieces are done.
pub(super) async fn must_be_whole(act: &Act<'_>, id: VoiceId) -> Result<(), Stop> {
    Voice::must_be_whole(piece::open_of(act.db(), id).await?).or_refuse()
}

/// Notes at the whole that a piece is done, and how, and tells its desk.
pub(super) async fn piece_done(act: &Act<'_>, whole: VoiceId, topic: VoiceTopic, proof: &str) -> Result<(), Stop> {
    let whole = voice::voice(act.db(), whole).await?.ok_or(Stop::Missing)?.voice();
    write(act, whole.id, vec![(VoiceStep::PieceDone, format!("{}：{}", topic.label(), proof.trim()))]).await?;
    if own_desk(act) == Some(whole.desk) {
        return Ok(());
    }
    let words = format!("分办的“{}”部分已办结，请查看；全部办结后请办结原诉求", topic.label());
    tell(act, &whole, whole.desk, &words).await
}
