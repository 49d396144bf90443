//! Taking in what residents have to say: over the net, or by an officer for somebody who came, called or wrote.

use bytes::Bytes;
use domain::{
    clock::Instant,
    ids::{CompoundId, VoiceId},
    permission::Deed,
    place::PlaceCode,
    selection::query_code::QueryCode,
    voice::{Arrival, Voice, VoiceChannel, VoiceKind, VoiceStep, VoiceTopic},
};
use platform::{
    act::{Act, Op},
    db::column::{Int, Text},
    error::Stop,
};

use super::merge::join;
use super::photos::{keep_photos, with_photos};
use super::step::{own_desk, record, tell, write};
use crate::{
    calendar, places,
    voices::{
        store::voice::{self, row},
        terms::terms_at,
        texts,
    },
};

/// What somebody has to say.
#[derive(Clone)]
pub struct NewVoice {
    /// The branch whose compound it is about.
    pub branch: PlaceCode,
    /// Which compound, where it is known.
    pub compound: Option<CompoundId>,
    /// Where in it.
    pub spot: String,
    /// What somebody wants.
    pub kind: VoiceKind,
    /// What it is about.
    pub topic: VoiceTopic,
    /// What is said.
    pub text: String,
    /// Who says it; may be empty.
    pub name: String,
    /// Where to call them; may be empty.
    pub phone: String,
    /// The voice that is the same, where somebody says so.
    pub same: Option<VoiceId>,
    /// Photos, drawn anew.
    pub photos: Vec<Bytes>,
    /// The key of the form it came with, so that a form sent twice is one voice; may be empty.
    pub once: String,
}

impl NewVoice {
    /// Everything that makes it this voice, for telling one that is sent again.
    fn whole(&self) -> serde_json::Value {
        let photos: Vec<usize> = self.photos.iter().map(Bytes::len).collect();
        let about = (&self.branch, &self.compound, &self.spot, self.kind, self.topic, &self.same);
        serde_json::json!([self.once, about, self.text, self.name, self.phone, photos])
    }
}

/// What the resident takes home. The code is shown once and kept nowhere.
#[derive(Debug, Clone)]
pub struct Receipt {
    /// The voice.
    pub id: VoiceId,
    /// With this code the resident follows it.
    pub code: QueryCode,
    /// When it was taken in.
    pub received_at: Instant,
    /// Where it lies: a report lies above the branch.
    pub place: PlaceCode,
}

/// Takes in a voice over the net. Whoever happens to be signed in, it is filed as by anyone: the record must not tell who
/// spoke.
///
/// # Errors
/// [`Stop::Missing`] when there is no such branch, or it is dissolved; refusals for a compound of another branch, and where what
/// is said to be the same is over by now.
pub async fn file_voice(op: &Op, new: NewVoice) -> Result<Receipt, Stop> {
    let visitor = op.as_visitor();
    take_in_once(&visitor, Deed::FileVoice, &new, VoiceChannel::Web).await
}

/// Enters a voice for somebody, at the officer's own desk.
///
/// # Errors
/// As [`file_voice`], and as the permission table says.
pub async fn enter_voice(op: &Op, new: NewVoice, channel: VoiceChannel) -> Result<Receipt, Stop> {
    take_in_once(op, Deed::EnterVoice, &new, channel).await
}

/// A form that is sent twice, at once or one after the other, is one voice with one receipt.
async fn take_in_once(op: &Op, deed: Deed, new: &NewVoice, channel: VoiceChannel) -> Result<Receipt, Stop> {
    match take_in(op, deed, new, channel).await {
        // The other one was quicker, and is found now.
        Err(Stop::Conflict) if !new.once.is_empty() => take_in(op, deed, new, channel).await,
        ended => ended,
    }
}

/// The code of a voice: of a form that is sent again the same, of any other a new one.
fn code_of(act: &Act<'_>, new: &NewVoice) -> QueryCode {
    if new.once.is_empty() {
        return QueryCode::from_random(act.random());
    }
    QueryCode::from_random(act.floor().keys.bytes_of(&format!("voice code:{}", new.whole())))
}

async fn take_in(op: &Op, deed: Deed, new: &NewVoice, channel: VoiceChannel) -> Result<Receipt, Stop> {
    let mut act = op.act().await?;
    let branch = places::branch(act.db(), &new.branch).await?.filter(|branch| branch.place.is_active);
    let branch = branch.ok_or(Stop::Missing)?.place.code.0;
    act.permit(deed, &branch)?;
    must_be_of(&act, &branch, new.compound).await?;
    let code = code_of(&act, new);
    if let Some(sent) = voice::by_index(act.db(), &act.floor().keys.index(code.letters())).await? {
        return Ok(Receipt { id: sent.id.0, code, received_at: sent.received_at.0, place: sent.place.0 });
    }
    let voice = Voice::receive(Arrival {
        id: act.new_id(),
        branch,
        kind: new.kind,
        channel,
        taken_in_at: own_desk(&act),
        received_at: act.now(),
    });
    let voice = match new.same {
        Some(other) => join(&act, voice, other).await?,
        None => voice,
    };
    let row = kept(&act, &voice, new, &code).await?;
    voice::insert(act.db(), row.clone()).await?;
    keep_photos(&act, voice.id, None, &new.photos).await?;
    let mut said = vec![(VoiceStep::Received, with_photos(channel.label(), &new.photos))];
    if new.same.is_some() {
        said.push((VoiceStep::Merged, String::new()));
    } else if deed == Deed::FileVoice {
        let words = format!("收到一件新诉求：{}（{}），请及时受理", new.topic.label(), new.kind.label());
        tell(&act, &voice, voice.desk, &words).await?;
    }
    write(&act, voice.id, said).await?;
    texts::send_receipt(&act, &row, &code).await?;
    record(&mut act, deed, &voice).await?;
    act.commit().await?;
    Ok(Receipt { id: voice.id, code, received_at: voice.received_at, place: voice.place })
}

async fn must_be_of(act: &Act<'_>, branch: &PlaceCode, compound: Option<CompoundId>) -> Result<(), Stop> {
    let Some(compound) = compound else { return Ok(()) };
    let known = places::compounds_of(act.db(), std::slice::from_ref(branch)).await?;
    if known.iter().any(|known| known.id.0 == compound) {
        Ok(())
    } else {
        Err(Stop::refused_at("compound", "这个小区不归所选的党支部，请刷新页面后重新选择。"))
    }
}

async fn kept(act: &Act<'_>, voice: &Voice, new: &NewVoice, code: &QueryCode) -> Result<row::Model, Stop> {
    let keys = &act.floor().keys;
    let sealed = |text: &str| if text.is_empty() { Ok(None) } else { keys.seal(text).map(Some) };
    let calendar = calendar::load(act.db()).await?;
    let terms = terms_at(act.db(), &voice.place, voice.received_at).await?;
    Ok(row::Model {
        id: Text(voice.id),
        place: Text(voice.place.clone()),
        compound_id: new.compound.map(Text),
        spot: new.spot.clone(),
        kind: Text(voice.kind),
        topic: Text(new.topic),
        channel: Text(voice.channel),
        text: new.text.clone(),
        voicer_name_sealed: sealed(&new.name)?,
        voicer_phone_sealed: sealed(&new.phone)?,
        code_index: keys.index(code.letters()),
        entered_by: act.office_id().map(Text),
        received_at: Int(voice.received_at),
        term: Text(voice.term),
        state: Text(voice.state),
        state_since: Int(voice.state_since),
        desk: Text(voice.desk),
        first_desk: Text(voice.first_desk),
        dispatcher: None,
        counted_from: Int(voice.counted_from),
        extra: 0,
        is_extended: false,
        hands: 0,
        reopenings: 0,
        is_prompt: None,
        was_late: false,
        review_on: None,
        solved: None,
        satisfaction: None,
        due_at: voice.due(&terms, &calendar).ok().flatten().map(Int),
        issue_id: None,
        merged_into: new.same.map(Text),
        split_from: None,
        version: 0,
    })
}
