//! What every deed on a file has in common: loading it, asking who may mediate, taking a rule's step, keeping it with its
//! line of history.

use domain::{
    clock::Instant,
    dispute::{Dispute, DisputeRefusal, DisputeStep},
    ids::DisputeId,
    permission::{Deed, OfficeKind},
    place::PlaceCode,
    voice::Desk,
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use crate::{
    calendar,
    disputes::{
        queries::Standing,
        sealed::{self, Party},
        store::{
            dispute::{self, row},
            parts::{self, entry},
        },
        urls,
    },
    messages,
};

/// A line of the history.
pub(super) type Said = (DisputeStep, String);

/// A file, and what whoever acts may do with it.
pub(super) struct Loaded {
    pub row: row::Model,
    pub parties: Vec<Party>,
    pub standing: Standing,
}

impl Loaded {
    /// Whoever acts reads the file: their desk mediates it, or is its community, and nothing stands between.
    pub fn must_read(&self) -> Result<(), Stop> {
        if let Some(barred) = self.standing.barred.clone() {
            return Err(barred).or_refuse();
        }
        if self.standing.can_read { Ok(()) } else { Err(DisputeRefusal::OtherDesk(self.row.desk.0)).or_refuse() }
    }
}

/// The desk of the acting office.
pub(super) fn own_desk(act: &Act<'_>) -> Option<Desk> {
    act.office().and_then(|office| Desk::at(office.place.level()))
}

/// The file `id`, if the table allows the deed there.
pub(super) async fn loaded(act: &Act<'_>, id: DisputeId, deed: Deed) -> Result<Loaded, Stop> {
    let row = dispute::dispute(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(deed, &row.place.0)?;
    let officer = act.officer()?;
    let recusals = parts::recusals_of(act.db(), vec![id]).await?;
    let stands_back = recusals.iter().any(|it| it.account_id.0 == officer.account);
    let parties: Vec<Party> = sealed::open(&act.floor().keys, &row.parties_sealed)?;
    let standing = Standing::of(officer, &row, &parties, stands_back);
    Ok(Loaded { row, parties, standing })
}

/// The file `id` before somebody who may mediate it: it lies at their desk, and they are no party and do not stand back.
pub(super) async fn mediated(act: &Act<'_>, id: DisputeId, deed: Deed) -> Result<Loaded, Stop> {
    let loaded = loaded(act, id, deed).await?;
    loaded.row.dispute().must_be_at(own_desk(act)).or_refuse()?;
    match loaded.standing.barred.clone() {
        Some(barred) => Err(barred).or_refuse(),
        None => Ok(loaded),
    }
}

/// A mediator's step that needs no more than a rule and a line of history.
pub(super) async fn take(
    op: &Op,
    id: DisputeId,
    deed: Deed,
    said: Said,
    rule: impl FnOnce(Dispute, Instant) -> Result<Dispute, DisputeRefusal>,
) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let loaded = mediated(&act, id, deed).await?;
    let after = rule(loaded.row.dispute(), act.now()).or_refuse()?;
    keep(&mut act, deed, loaded.row, &after, said).await?;
    act.commit().await
}

/// Keeps where a file stands now, its line of history, and the record.
pub(super) async fn keep(
    act: &mut Act<'_>,
    deed: Deed,
    row: row::Model,
    after: &Dispute,
    said: Said,
) -> Result<(), Stop> {
    let due = due(act, after).await?;
    write(act, row.id.0, row.desk.0, said).await?;
    dispute::save(act.db(), row.moved(after, due)).await?;
    record(act, deed, after).await
}

/// Until when what waits is due. A year without its table has no deadlines yet; the work goes on (R-CAL-01).
pub(super) async fn due(act: &Act<'_>, file: &Dispute) -> Result<Option<Instant>, Stop> {
    let calendar = calendar::load(act.db()).await?;
    Ok(file.due(&calendar).ok().flatten())
}

/// Writes a line of the history, signed by whoever acts.
pub(super) async fn write(act: &Act<'_>, id: DisputeId, desk: Desk, (step, words): Said) -> Result<(), Stop> {
    let words = words.trim();
    let sealed = if words.is_empty() { None } else { Some(sealed::seal(&act.floor().keys, &words)?) };
    let line = entry::Model {
        id: Text(act.new_id()),
        dispute_id: Text(id),
        at: Int(act.now()),
        step: Text(step),
        desk: Text(desk),
        signed: act.signature(),
        words_sealed: sealed,
    };
    parts::insert_entry(act.db(), line).await
}

/// Neither who the parties are, nor what it is about, nor what anybody said belongs into the record.
pub(super) async fn record(act: &mut Act<'_>, deed: Deed, file: &Dispute) -> Result<(), Stop> {
    let body = serde_json::json!({ "state": file.state, "desk": file.desk });
    act.record(deed, &Subject::new("dispute", file.id, &file.place), body).await
}

/// Tells the offices at the desk of a file.
pub(super) async fn tell(act: &Act<'_>, file: &Dispute, words: &str) -> Result<(), Stop> {
    let link = urls::dispute(file.id);
    let place: PlaceCode = file.place.at(file.desk.level()).ok_or(Stop::Missing)?;
    match file.desk {
        Desk::Branch => messages::tell_branch(act, &place, words, &link).await,
        Desk::Community => messages::tell(act, OfficeKind::CommunityOfficer, &place, words, &link).await,
        Desk::Street | Desk::County => messages::tell(act, OfficeKind::StreetOfficer, &place, words, &link).await,
    }
}
