//! Standing back, and handing a file one level up.

use domain::{
    dispute::{DisputeRefusal, DisputeStep, UpwardCause},
    ids::DisputeId,
    permission::Deed,
};
use platform::{
    act::Op,
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use super::step::{keep, loaded, own_desk, record, tell, write};
use crate::disputes::{
    sealed::seal,
    store::parts::{self, recusal},
};

/// Declares a relation to a party (回避): whoever did neither mediates nor reads the file any more. What the relation is
/// stays sealed; the history says only that they stand back.
///
/// # Errors
/// `DisputeRefusal` in words.
pub async fn stand_back_from_dispute(op: &Op, id: DisputeId, relation: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let loaded = loaded(&act, id, Deed::StandBackFromDispute).await?;
    if loaded.standing.barred == Some(DisputeRefusal::StandsBack) {
        return Err(DisputeRefusal::StandsBack).or_refuse();
    }
    let row = recusal::Model {
        dispute_id: Text(id),
        account_id: Text(act.officer()?.account),
        signed: act.signature(),
        relation_sealed: seal(&act.floor().keys, &relation)?,
        declared_at: Int(act.now()),
    };
    parts::insert_recusal(act.db(), row).await?;
    write(&act, id, loaded.row.desk.0, (DisputeStep::StoodBack, String::new())).await?;
    record(&mut act, Deed::StandBackFromDispute, &loaded.row.dispute()).await?;
    act.commit().await
}

/// Hands a file one level up. Whoever stands back may do that: often nobody else is there.
///
/// # Errors
/// `DisputeRefusal` in words.
pub async fn hand_up_dispute(op: &Op, id: DisputeId, cause: UpwardCause, reason: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let loaded = loaded(&act, id, Deed::HandUpDispute).await?;
    let file = loaded.row.dispute().must_be_at(own_desk(&act)).or_refuse()?;
    let after = file.hand_up(cause, act.now()).or_refuse()?;
    let called = loaded.row.called();
    let words = format!("{}：{}", cause.label(), reason.trim());
    keep(&mut act, Deed::HandUpDispute, loaded.row, &after, (DisputeStep::HandedUp, words)).await?;
    tell(&act, &after, &format!("有一份调解卷{called}移交到本级，请在 3 个工作日内受理或答复")).await?;
    act.commit().await
}
