//! What residents say of what was done: over the net without an account, or entered for somebody by the branch.

use domain::{
    deliberation::{DeliberationStep, ViewChannel},
    ids::DeliberationId,
    permission::Deed,
    voice::Satisfaction,
};
use platform::{
    act::Op,
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};
use sea_orm::ConnectionTrait;

use super::step::{loaded, record, write};
use crate::deliberations::{
    queries,
    store::{
        parts::{self, rating},
        thread,
    },
};

/// What somebody says of it.
#[derive(Debug, Clone)]
pub struct NewRating {
    /// How content they are.
    pub said: Satisfaction,
    /// In words; may be empty.
    pub words: String,
}

/// Takes in a rating over the net. Whoever happens to be signed in, it is taken as from anyone: the record must not tell who
/// spoke.
///
/// # Errors
/// [`Stop::Missing`] when there is no such matter, or it was not taken up; `DeliberationRefusal` in words.
pub async fn give_rating(op: &Op, id: DeliberationId, new: NewRating) -> Result<(), Stop> {
    let visitor = op.as_visitor();
    let found = thread::thread(op.reader(), id).await?;
    found.filter(|row| row.state.0.is_public()).ok_or(Stop::Missing)?;
    take_in(&visitor, id, Deed::GiveView, new, ViewChannel::Web).await
}

/// Enters a rating for a resident who told it; that the branch did stands in the history.
///
/// # Errors
/// As [`give_rating`], and as the permission table says.
pub async fn enter_rating(op: &Op, id: DeliberationId, new: NewRating, channel: ViewChannel) -> Result<(), Stop> {
    take_in(op, id, Deed::EnterView, new, channel).await
}

/// A reason to go back, with what residents said of what is carried out once more: it stays to be read.
pub(super) async fn with_ratings(
    db: &impl ConnectionTrait,
    row: &thread::row::Model,
    reason: &str,
) -> Result<String, Stop> {
    let ratings = queries::ratings(db, row).await?;
    if ratings.is_empty() {
        return Ok(reason.to_owned());
    }
    Ok(format!("{reason}（此前居民评价{}）", queries::counted(&ratings).words()))
}

async fn take_in(op: &Op, id: DeliberationId, deed: Deed, new: NewRating, channel: ViewChannel) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, deed).await?;
    row.thread().must_be_rated(act.now()).or_refuse()?;
    let kept = rating::Model {
        id: Text(act.new_id()),
        deliberation_id: Text(id),
        at: Int(act.now()),
        channel: Text(channel),
        said: Text(new.said),
        words: new.words,
    };
    parts::insert_rating(act.db(), kept).await?;
    if channel != ViewChannel::Web {
        write(&act, id, (DeliberationStep::Rated, channel.label().to_owned())).await?;
    }
    record(&mut act, deed, &row).await?;
    act.commit().await
}
