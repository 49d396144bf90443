//! What every deed on a thread has in common: loading it, taking a rule's step, keeping it with its line of history.

use domain::{
    clock::Instant,
    deliberation::{Deliberation, DeliberationRefusal, DeliberationStep},
    ids::DeliberationId,
    permission::Deed,
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use crate::deliberations::store::{
    parts::{self, entry},
    thread::{self, row},
};

/// A line of the history.
pub(super) type Said = (DeliberationStep, String);

/// The thread `id`, if the table allows the deed there.
pub(super) async fn loaded(act: &Act<'_>, id: DeliberationId, deed: Deed) -> Result<row::Model, Stop> {
    let row = thread::thread(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(deed, &row.place.0)?;
    Ok(row)
}

/// A step that needs no more than a rule and a line of history.
pub(super) async fn take(
    op: &Op,
    id: DeliberationId,
    deed: Deed,
    said: Said,
    rule: impl FnOnce(Deliberation, Instant) -> Result<Deliberation, DeliberationRefusal>,
) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, deed).await?;
    let after = rule(row.thread(), act.now()).or_refuse()?;
    keep(&mut act, deed, row, &after, said).await?;
    act.commit().await
}

/// Keeps where a thread stands now, its line of history, and the record.
pub(super) async fn keep(
    act: &mut Act<'_>,
    deed: Deed,
    row: row::Model,
    after: &Deliberation,
    said: Said,
) -> Result<(), Stop> {
    write(act, row.id.0, said).await?;
    let row = row.moved(after);
    record(act, deed, &row).await?;
    thread::save(act.db(), row).await
}

/// Writes a line of the history, signed by whoever acts.
pub(super) async fn write(act: &Act<'_>, id: DeliberationId, (step, words): Said) -> Result<(), Stop> {
    let line = entry::Model {
        id: Text(act.new_id()),
        deliberation_id: Text(id),
        at: Int(act.now()),
        step: Text(step),
        signed: act.signature(),
        words: words.trim().to_owned(),
    };
    parts::insert_entry(act.db(), line).await
}

/// Nothing that anybody said belongs into the record.
pub(super) async fn record(act: &mut Act<'_>, deed: Deed, row: &row::Model) -> Result<(), Stop> {
    record_with(act, deed, row, serde_json::json!({})).await
}

/// The same with which file or photo it was.
pub(super) async fn record_with(
    act: &mut Act<'_>,
    deed: Deed,
    row: &row::Model,
    mut body: serde_json::Value,
) -> Result<(), Stop> {
    body["state"] = serde_json::json!(row.state.0);
    act.record(deed, &Subject::new("deliberation", row.id.0, &row.place.0), body).await
}
