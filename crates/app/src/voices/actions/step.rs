//! What every deed on a voice has in common: loading it, taking a rule's step, keeping it with its line of history.

use domain::{
    clock::Instant,
    ids::VoiceId,
    permission::{Deed, OfficeKind},
    voice::{Desk, Terms, Voice, VoiceRefusal, VoiceStep},
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use crate::{
    calendar, messages,
    voices::{
        store::{
            entry,
            voice::{self, row},
        },
        terms::terms_at,
        texts, urls,
    },
};

/// What a rule is told besides the voice.
pub(super) struct Clock {
    /// The moment of the deed.
    pub now: Instant,
    /// Until when the step that waits is due.
    pub due: Option<Instant>,
    /// The lengths in force.
    pub terms: Terms,
}

/// A line of the history.
pub(in crate::voices) type Said = (VoiceStep, String);

/// The voice `id`, if it may be done to it.
pub(in crate::voices) async fn loaded(act: &Act<'_>, id: VoiceId, deed: Deed) -> Result<row::Model, Stop> {
    let row = voice::voice(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(deed, &row.place.0)?;
    Ok(row)
}

/// The desk of the acting office.
pub(in crate::voices) fn own_desk(act: &Act<'_>) -> Option<Desk> {
    act.office().and_then(|office| Desk::at(office.place.level()))
}

/// An officer's step on a voice that lies at their desk.
pub(super) async fn take(
    op: &Op,
    id: VoiceId,
    deed: Deed,
    said: Vec<Said>,
    rule: impl FnOnce(Voice, &Clock) -> Result<Voice, VoiceRefusal>,
) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, deed).await?;
    let own = own_desk(&act);
    keep(&mut act, deed, row, said, |voice, clock| voice.must_be_at(own).and_then(|voice| rule(voice, clock))).await?;
    act.commit().await
}

/// Takes a rule's step and keeps the voice, its history and the record; whoever has it before them now is told.
pub(super) async fn keep(
    act: &mut Act<'_>,
    deed: Deed,
    row: row::Model,
    said: Vec<Said>,
    rule: impl FnOnce(Voice, &Clock) -> Result<Voice, VoiceRefusal>,
) -> Result<Voice, Stop> {
    let terms = terms_at(act.db(), &row.place.0, row.received_at.0).await?;
    let calendar = calendar::load(act.db()).await?;
    // A year without its table has no deadlines yet; the work goes on (R-CAL-01).
    let due = |voice: &Voice| voice.due(&terms, &calendar).ok().flatten();
    let before = row.voice();
    let clock = Clock { now: act.now(), due: due(&before), terms };
    let desk = before.desk;
    let after = rule(before, &clock).or_refuse()?;
    let steps: Vec<VoiceStep> = said.iter().map(|(step, _)| *step).collect();
    write(act, row.id.0, said).await?;
    let topic = row.topic.0;
    let until = due(&after);
    texts::tell_voicers(act, &row, &after, &steps, until).await?;
    voice::save(act.db(), row.moved(&after, until)).await?;
    if after.desk != desk {
        let words = format!("有一件“{}”诉求（{}）到本级，请及时签收办理", topic.label(), after.state.label());
        tell(act, &after, after.desk, &words).await?;
    }
    record(act, deed, &after).await?;
    Ok(after)
}

/// Writes lines of the history, signed by whoever acts.
pub(in crate::voices) async fn write(act: &Act<'_>, voice: VoiceId, said: Vec<Said>) -> Result<(), Stop> {
    for (step, words) in said {
        let line = entry::row::Model {
            id: Text(act.new_id()),
            voice_id: Text(voice),
            at: Int(act.now()),
            step: Text(step),
            desk: own_desk(act).map(Text),
            signed: act.signature(),
            words: words.trim().to_owned(),
        };
        entry::insert(act.db(), line).await?;
    }
    Ok(())
}

/// Neither what was said nor by whom belongs into the record.
pub(super) async fn record(act: &mut Act<'_>, deed: Deed, voice: &Voice) -> Result<(), Stop> {
    let body = serde_json::json!({ "state": voice.state, "desk": voice.desk });
    act.record(deed, &Subject::new("voice", voice.id, &voice.place), body).await
}

/// Tells the offices at `desk` over the voice.
pub(super) async fn tell(act: &Act<'_>, voice: &Voice, desk: Desk, words: &str) -> Result<(), Stop> {
    let link = urls::voice(voice.id);
    let place = voice.place.at(desk.level()).ok_or(Stop::Missing)?;
    match desk {
        Desk::Branch => messages::tell_branch(act, &place, words, &link).await,
        Desk::Community => messages::tell(act, OfficeKind::CommunityOfficer, &place, words, &link).await,
        Desk::Street => messages::tell(act, OfficeKind::StreetOfficer, &place, words, &link).await,
        Desk::County => {
            messages::tell(act, OfficeKind::CountyOrgDept, &place, words, &link).await?;
            messages::tell(act, OfficeKind::HousingBureau, &place, words, &link).await
        }
    }
}
