//! Opening a file.

use domain::{
    dispute::{Dispute, DisputeKind, DisputeOrigin, DisputeStep, Opening},
    ids::{DisputeId, VoiceId},
    permission::Deed,
    place::{Level, PlaceCode},
};
use platform::{
    act::{Act, Op},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use super::step::{due, own_desk, record, write};
use crate::{
    disputes::{
        sealed::{Party, seal},
        store::dispute::{self, row},
    },
    places, voices,
};

/// A dispute as it comes to the desk.
#[derive(Clone)]
pub struct NewDispute {
    /// The branch or the community where it is.
    pub place: PlaceCode,
    /// What it is about.
    pub kind: DisputeKind,
    /// How it came; from a voice, whatever this says, where there is one.
    pub origin: DisputeOrigin,
    /// The voice it is taken up from.
    pub voice: Option<VoiceId>,
    /// Whether the parties want it kept from everybody but who mediates.
    pub is_confidential: bool,
    /// The parties.
    pub parties: Vec<Party>,
    /// What it is about, in words.
    pub matter: String,
}

/// Opens a file at the office's own desk. Where it is taken up from a voice, the voice's history says so.
///
/// # Errors
/// [`Stop::Missing`] when there is no such place, or it is dissolved; a refusal with fewer than two parties.
pub async fn open_dispute(op: &Op, new: NewDispute) -> Result<DisputeId, Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::OpenDispute, &new.place)?;
    let place = places::place(act.db(), &new.place).await?.filter(|place| place.is_active).ok_or(Stop::Missing)?;
    if !matches!(new.place.level(), Level::Branch | Level::Community) {
        return Err(Stop::refused_at("place", "请选择发生在哪个小区党支部或社区。"));
    }
    let file = Dispute::open(Opening {
        id: act.new_id(),
        place: place.code.0,
        desk: own_desk(&act).ok_or(Stop::Forbidden)?,
        parties: new.parties.len(),
        at: act.now(),
    })
    .or_refuse()?;
    let row = kept(&act, &file, &new).await?;
    if let Some(voice) = new.voice {
        let words = format!("已立为调解卷{}", row.called());
        let spoken_at = voices::note_taken_up(&mut act, voice, &words).await?;
        if !spoken_at.is_within(&file.place) && !file.place.is_within(&spoken_at) {
            return Err(Stop::refused_at("place", "这件诉求不是所选地方的，请选择诉求所在的小区党支部或社区。"));
        }
    }
    let origin = row.origin.0.label().to_owned();
    dispute::insert(act.db(), row).await?;
    write(&act, file.id, file.desk, (DisputeStep::Opened, origin)).await?;
    record(&mut act, Deed::OpenDispute, &file).await?;
    act.commit().await?;
    Ok(file.id)
}

async fn kept(act: &Act<'_>, file: &Dispute, new: &NewDispute) -> Result<row::Model, Stop> {
    let keys = &act.floor().keys;
    let year = i32::from(act.now().date().year());
    let origin = if new.voice.is_some() { DisputeOrigin::Voice } else { new.origin };
    let row = row::Model {
        id: Text(file.id),
        place: Text(file.place.clone()),
        year,
        number: dispute::next_number(act.db(), &file.place, year).await?,
        kind: Text(new.kind),
        origin: Text(origin),
        voice_id: new.voice.map(Text),
        is_confidential: new.is_confidential,
        parties_sealed: seal(keys, &new.parties)?,
        matter_sealed: seal(keys, &new.matter)?,
        opened_at: Int(act.now()),
        state: Text(file.state),
        state_since: Int(file.state_since),
        desk: Text(file.desk),
        sessions: 0,
        accepted_at: None,
        ended_at: None,
        agreed_on: None,
        agreement_form: None,
        agreement_sealed: None,
        upward: 0,
        perform_by: None,
        due_at: None,
        version: 0,
    };
    Ok(row.moved(file, due(act, file).await?))
}
