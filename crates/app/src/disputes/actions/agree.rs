//! What the parties agreed on, what was done of it, and the visit afterwards.

use std::collections::BTreeMap;

use domain::{
    clock::chinese_date,
    dispute::{AgreementForm, DisputeStep, ItemOutcome, VisitResult},
    ids::{AgreementItemId, DisputeId},
    permission::Deed,
};
use jiff::civil::Date;
use platform::{
    act::Op,
    db::column::Text,
    error::{OrRefuse as _, Stop},
};

use super::step::{keep, mediated, take};
use crate::disputes::{
    sealed::{Terms, seal},
    store::{
        dispute::row,
        parts::{self, item},
    },
};

/// What the parties agreed on.
#[derive(Clone)]
pub struct NewAgreement {
    /// On which day.
    pub agreed_on: Date,
    /// On paper or by word of mouth.
    pub form: AgreementForm,
    /// The facts and the terms.
    pub terms: Terms,
    /// What is to be done by which day.
    pub items: Vec<(String, Date)>,
    /// Whether all of it was done on the spot.
    pub was_done_at_once: bool,
}

/// Keeps what the parties agreed on, or puts right what was written down wrongly before anybody looked at what was done.
///
/// # Errors
/// `DisputeRefusal` in words.
pub async fn record_agreement(op: &Op, id: DisputeId, new: NewAgreement) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let loaded = mediated(&act, id, Deed::RecordAgreement).await?;
    let dues: Vec<Date> = new.items.iter().map(|(_, due)| *due).collect();
    let file = loaded.row.dispute();
    let (day, at_once, now) = (new.agreed_on, new.was_done_at_once, act.now());
    let (after, step) = if file.agreed_on.is_none() {
        (file.agree(day, &dues, at_once, now), DisputeStep::Agreed)
    } else {
        let before = parts::items_of(act.db(), id).await?;
        let was_checked = before.iter().any(|item| item.outcome.0 != ItemOutcome::Open);
        (file.amend(day, &dues, at_once, was_checked, now), DisputeStep::Amended)
    };
    let after = after.or_refuse()?;
    let keys = &act.floor().keys;
    let mut items = Vec::new();
    for (number, (text, due_on)) in (1..).zip(&new.items) {
        items.push(item::Model {
            id: Text(act.new_id()),
            dispute_id: Text(id),
            number,
            text_sealed: seal(keys, text)?,
            due_on: Text(*due_on),
            outcome: Text(ItemOutcome::Open),
            version: 0,
        });
    }
    let row = row::Model {
        agreement_form: Some(Text(new.form)),
        agreement_sealed: Some(seal(keys, &new.terms)?),
        ..loaded.row
    };
    parts::replace_items(act.db(), id, items).await?;
    let at_once = if new.was_done_at_once { "，当场履行完毕" } else { "" };
    let words = format!("{}，{}{at_once}", chinese_date(new.agreed_on), new.form.label());
    keep(&mut act, Deed::RecordAgreement, row, &after, (step, words)).await?;
    act.commit().await
}

/// Keeps what was done of what was agreed on; what is not named stays as it was.
///
/// # Errors
/// `DisputeRefusal` in words.
pub async fn check_performance(
    op: &Op,
    id: DisputeId,
    checked: &BTreeMap<AgreementItemId, ItemOutcome>,
    note: &str,
) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let loaded = mediated(&act, id, Deed::CheckPerformance).await?;
    let (mut standing, mut changed, mut words) = (Vec::new(), Vec::new(), Vec::new());
    for item in parts::items_of(act.db(), id).await? {
        // What was found once stays found.
        let is_open = item.outcome.0 == ItemOutcome::Open;
        let outcome = checked.get(&item.id.0).copied().filter(|_| is_open).unwrap_or(item.outcome.0);
        standing.push((item.due_on.0, outcome));
        if outcome != item.outcome.0 {
            words.push(format!("第 {} 项{}", item.number, outcome.label()));
            changed.push(item::Model { outcome: Text(outcome), ..item });
        }
    }
    let after = loaded.row.dispute();
    // Looking at nothing new is looking at nothing.
    let standing = if changed.is_empty() { Vec::new() } else { standing };
    let after = after.check(&standing, act.now()).or_refuse()?;
    for item in changed {
        parts::save_item(act.db(), item).await?;
    }
    let words = format!("{}。{}", words.join("，"), note.trim());
    keep(&mut act, Deed::CheckPerformance, loaded.row, &after, (DisputeStep::Checked, words)).await?;
    act.commit().await
}

/// Keeps what the visit to the parties found (回访).
///
/// # Errors
/// `DisputeRefusal` in words.
pub async fn visit_parties(op: &Op, id: DisputeId, result: VisitResult, note: &str) -> Result<(), Stop> {
    let words = format!("{}。{}", result.label(), note.trim());
    take(op, id, Deed::VisitParties, (DisputeStep::Visited, words), |file, now| file.visit(result, now)).await
}
