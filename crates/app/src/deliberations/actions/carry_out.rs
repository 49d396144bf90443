//! Publishing a decision, carrying it out, and what the community sends back.

use bytes::Bytes;
use domain::{
    clock::chinese_date,
    deliberation::{Deliberation, DeliberationStep, DeliberationTopic},
    ids::{DeliberationId, MilestoneId},
    money::Fen,
    permission::Deed,
};
use jiff::civil::Date;
use platform::{
    act::{Act, Op},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use super::{
    photos::keep_photos,
    rate::with_ratings,
    step::{keep, loaded, record, take},
};
use crate::{
    deliberations::{
        store::{
            parts::{self, milestone},
            photo,
            thread::row,
        },
        urls,
    },
    messages,
};

/// Publishes what was decided, and where the account of the money can be read; neither is changed afterwards.
///
/// # Errors
/// `DeliberationRefusal` in words; for the maintenance fund nobody may be left without its account (R-OWN-07).
pub async fn publish_decision(op: &Op, id: DeliberationId, decision: &str, accounts: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::PublishDecision).await?;
    let after = row.thread().publish(act.now()).or_refuse()?;
    if accounts.is_empty() && row.topic.0 == DeliberationTopic::Fund {
        return Err(Stop::refused_at("accounts", "使用维修资金的，请写明账目在哪里查。"));
    }
    let row = row::Model { decision: decision.to_owned(), accounts: accounts.to_owned(), ..row };
    keep(&mut act, Deed::PublishDecision, row, &after, (DeliberationStep::Published, String::new())).await?;
    act.commit().await
}

/// How the carrying out went on a day.
#[derive(Debug, Clone)]
pub struct NewMilestone {
    /// The day.
    pub on: Date,
    /// What was done; everybody reads it.
    pub words: String,
    /// What was spent, as others told.
    pub amount: Option<Fen>,
    /// Photos, drawn anew; everybody sees them.
    pub photos: Vec<Bytes>,
}

/// Keeps how the carrying out goes. What is sent twice is kept once.
///
/// # Errors
/// `DeliberationRefusal` in words.
pub async fn record_progress(op: &Op, id: DeliberationId, new: NewMilestone) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::CarryOutDecision).await?;
    let after = row.thread().progress(new.on, act.now()).or_refuse()?;
    let same = |known: &milestone::Model| {
        known.reached_on.0 == new.on && known.words == new.words && known.amount.map(|amount| amount.0) == new.amount
    };
    if let Some(known) = parts::milestones_of(act.db(), id).await?.iter().find(|known| same(known)) {
        return add_photos(act, row, known.id.0, new.photos).await;
    }
    let photos = match new.photos.len() {
        0 => String::new(),
        count => format!("（附照片 {count} 张）"),
    };
    let words = format!("{}：{}{photos}", chinese_date(new.on), new.words);
    let milestone_id: MilestoneId = act.new_id();
    let milestone = milestone::Model {
        id: Text(milestone_id),
        deliberation_id: Text(id),
        reached_on: Text(new.on),
        words: new.words,
        amount: new.amount.map(Int),
        signed: act.signature(),
    };
    parts::insert_milestone(act.db(), milestone).await?;
    keep_photos(&act, id, milestone_id, new.photos).await?;
    keep(&mut act, Deed::CarryOutDecision, row, &after, (DeliberationStep::Progressed, words)).await?;
    act.commit().await
}

/// A milestone that is sent again brings the photos that were forgotten, and else nothing.
async fn add_photos(mut act: Act<'_>, row: row::Model, milestone: MilestoneId, photos: Vec<Bytes>) -> Result<(), Stop> {
    let known = photo::of_thread(act.db(), row.id.0).await?;
    if photos.is_empty() || known.iter().any(|photo| photo.milestone_id.0 == milestone) {
        return Ok(());
    }
    keep_photos(&act, row.id.0, milestone, photos).await?;
    record(&mut act, Deed::CarryOutDecision, &row).await?;
    act.commit().await
}

/// Who found good what was done.
#[derive(Debug, Clone)]
pub struct Acceptance {
    /// The day.
    pub on: Date,
    /// Who.
    pub by: String,
    /// In words.
    pub words: String,
    /// Until when residents rate it.
    pub rates_until: Date,
}

/// Keeps who found good what was done, and when; residents rate it from now on.
///
/// # Errors
/// `DeliberationRefusal` in words.
pub async fn accept_work(op: &Op, id: DeliberationId, told: Acceptance) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::CarryOutDecision).await?;
    let after = row.thread().accept(told.on, told.rates_until, act.now()).or_refuse()?;
    let said = format!("{}，{}：{}", chinese_date(told.on), told.by, told.words);
    let row = row::Model { accepted_by: told.by, accepted_on: Some(Text(told.on)), ..row };
    keep(&mut act, Deed::CarryOutDecision, row, &after, (DeliberationStep::Accepted, said)).await?;
    act.commit().await
}

/// Closes a matter.
///
/// # Errors
/// `DeliberationRefusal` in words.
pub async fn close_deliberation(op: &Op, id: DeliberationId, words: &str) -> Result<(), Stop> {
    let said = (DeliberationStep::Closed, words.to_owned());
    take(op, id, Deed::CarryOutDecision, said, Deliberation::close).await
}

/// The community sends back what was closed too early, and the branch is told.
///
/// # Errors
/// `DeliberationRefusal` in words.
pub async fn return_deliberation(op: &Op, id: DeliberationId, reason: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::ReturnDeliberation).await?;
    let after = row.thread().give_back(act.now()).or_refuse()?;
    let (branch, words) = (row.place.0.clone(), format!("社区退回了已办结的议题{}，请看退回原因", row.called()));
    let said = (DeliberationStep::Returned, with_ratings(act.db(), &row, reason).await?);
    keep(&mut act, Deed::ReturnDeliberation, row, &after, said).await?;
    messages::tell_branch(&act, &branch, &words, &urls::thread(id)).await?;
    act.commit().await
}
