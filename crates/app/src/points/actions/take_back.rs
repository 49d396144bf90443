//! What another module's record gave, taken back in that module's own deed when the record is corrected (R-PTS-06).

use domain::{ids::MembershipId, permission::Deed, place::PlaceCode, points::EntryState};
use jiff::civil::Date;
use platform::{
    act::{Act, Subject},
    db::column::{Int, Text},
    error::Stop,
};

use super::{propose::Source, reversal, year_of};
use crate::points::store::entry::{self, row};

/// What became of the points when something they stand on was set right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Followed {
    /// Taken back, or proposed as they should be; somebody else decides.
    Whole,
    /// The year takes no entries any more; its results are corrected by the community.
    Closed,
    /// What is right gives nothing: such a thing gives no points, or the branch's catalogue names it not, or so little of it.
    Nothing,
}

/// Takes back what `source` gave a member: what waits is rejected, what is in effect gets an entry against it, which waits for
/// somebody else's approval. A year that takes no entries any more keeps them; its results are corrected by the community. Answers
/// whether the year of `day`, on which it was done, still takes entries.
///
/// # Errors
/// When the database refuses.
pub async fn take_back_for(
    act: &mut Act<'_>,
    branch: &PlaceCode,
    source: &Source,
    (member, day): (MembershipId, Date),
    reason: &str,
) -> Result<bool, Stop> {
    let standing = year_of(act, branch, day.year().into()).await?;
    if standing.state.0.must_take_entries(day.year()).is_err() {
        return Ok(false);
    }
    let mut reversals = Vec::new();
    for old in entry::of_source(act.db(), source.kind, &source.id, member).await? {
        if old.state.0 == EntryState::Proposed {
            let rejected = row::Model {
                state: Text(EntryState::Rejected),
                decider: act.account().map(Text),
                decided_by: act.signature(),
                decided_at: Some(Int(act.now())),
                reason: reason.to_owned(),
                ..old
            };
            entry::save(act.db(), rejected).await?;
        } else if entry::reversals_that_wait(act.db(), old.id.0).await?.is_empty() {
            reversals.push(reversal(act, &old, "reversal", reason));
        }
    }
    if !reversals.is_empty() {
        let body = serde_json::json!({ "source": source.kind, "entries": reversals.len() });
        act.record(Deed::ProposePoints, &Subject::new("points_source", &source.id, branch), body).await?;
        entry::insert(act.db(), reversals).await?;
    }
    Ok(true)
}
