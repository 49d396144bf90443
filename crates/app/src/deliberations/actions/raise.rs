//! Raising a matter, and taking it up or saying why not.

use domain::{
    clock::chinese_date,
    deliberation::{Deliberation, DeliberationOrigin, DeliberationStep, DeliberationTopic, Opening},
    ids::{CompoundId, DeliberationId, VoiceId},
    owners::Matter,
    permission::Deed,
    place::PlaceCode,
};
use jiff::civil::Date;
use platform::{
    act::{Act, Op},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use super::step::{record, take, write};
use crate::{
    deliberations::store::thread::{self, row},
    places, voices,
};

/// A matter as it is raised.
#[derive(Debug, Clone)]
pub struct NewMatter {
    /// Whose compound it concerns.
    pub compound: CompoundId,
    /// What it is about.
    pub topic: DeliberationTopic,
    /// Who raised it; a voice, whatever this says, where there is one.
    pub origin: DeliberationOrigin,
    /// Which matter of art. 278 it is, if any.
    pub vote: Option<Matter>,
    /// The voice it is taken up from.
    pub voice: Option<VoiceId>,
    /// In a few words; everybody reads it once it is taken up.
    pub title: String,
    /// What is to be decided, and why; as the title.
    pub text: String,
}

/// Raises a matter in a branch. Where it is taken up from a voice, the voice's history says so.
///
/// # Errors
/// [`Stop::Missing`] when there is no such branch, or it is dissolved; `DeliberationRefusal` in words; a refusal for a compound
/// or a voice of another branch.
pub async fn raise_deliberation(op: &Op, branch: &PlaceCode, new: NewMatter) -> Result<DeliberationId, Stop> {
    let mut act = op.act().await?;
    act.permit(Deed::RaiseDeliberation, branch)?;
    places::branch(act.db(), branch).await?.filter(|found| found.place.is_active).ok_or(Stop::Missing)?;
    let compounds = places::compounds_of(act.db(), std::slice::from_ref(branch)).await?;
    if !compounds.iter().any(|compound| compound.id.0 == new.compound) {
        return Err(Stop::refused_at("compound", "这个小区不归本支部，请刷新页面后重新选择。"));
    }
    let opening = Opening { topic: new.topic, vote: new.vote, at: act.now() };
    let raised = Deliberation::raise(opening).or_refuse()?;
    let row = kept(&act, branch, &raised, new).await?;
    if let Some(voice) = row.voice_id {
        let words = format!("已转为议事议题{}", row.called());
        let spoken_at = voices::note_taken_up(&mut act, voice.0, &words).await?;
        if !spoken_at.is_within(branch) {
            return Err(Stop::refused_at("title", "这件诉求不是本支部的，不能转为本支部的议题。"));
        }
    }
    let (id, origin) = (row.id.0, row.origin.0);
    thread::insert(act.db(), row.clone()).await?;
    write(&act, id, (DeliberationStep::Raised, origin.label().to_owned())).await?;
    record(&mut act, Deed::RaiseDeliberation, &row).await?;
    act.commit().await?;
    Ok(id)
}

async fn kept(act: &Act<'_>, branch: &PlaceCode, raised: &Deliberation, new: NewMatter) -> Result<row::Model, Stop> {
    let year = i32::from(act.now().date().year());
    let origin = if new.voice.is_some() { DeliberationOrigin::Voice } else { new.origin };
    Ok(row::Model {
        id: Text(act.new_id()),
        place: Text(branch.clone()),
        compound_id: Text(new.compound),
        year,
        number: thread::next_number(act.db(), branch, year).await?,
        topic: Text(new.topic),
        origin: Text(origin),
        vote: new.vote.map(Text),
        voice_id: new.voice.map(Text),
        title: new.title,
        text: new.text,
        raised_at: Int(act.now()),
        state: Text(raised.state),
        state_since: Int(raised.state_since),
        collects_from: None,
        collects_until: None,
        resolution_id: None,
        session_on: None,
        session_time: String::new(),
        venue: String::new(),
        sessions: 0,
        poll_id: None,
        decision: String::new(),
        published_on: None,
        accepted_by: String::new(),
        accepted_on: None,
        rates_from: None,
        rates_until: None,
        accounts: String::new(),
        version: 0,
    })
}

/// Takes a matter up, and asks residents what they think until a day.
///
/// # Errors
/// `DeliberationRefusal` in words.
pub async fn take_up_deliberation(op: &Op, id: DeliberationId, until: Date) -> Result<(), Stop> {
    let said = (DeliberationStep::TakenUp, format!("征集意见到 {}", chinese_date(until)));
    take(op, id, Deed::ScreenDeliberation, said, |thread, now| thread.take_up(until, now)).await
}

/// Does not take a matter up, and says why.
///
/// # Errors
/// `DeliberationRefusal` in words.
pub async fn decline_deliberation(op: &Op, id: DeliberationId, reason: &str) -> Result<(), Stop> {
    let said = (DeliberationStep::Declined, reason.to_owned());
    take(op, id, Deed::ScreenDeliberation, said, Deliberation::decline).await
}
