//! The count, its publication, and the file.

use std::collections::BTreeMap;

use domain::{
    ids::PollId,
    owners::{Choice, OwnerVote, Side, VoteOutcome, decide},
    permission::{Deed, OfficeKind},
    place::Level,
};
use jiff::civil::Date;
use platform::{
    act::{Op, Subject},
    db::column::Text,
    error::{OrRefuse as _, Stop},
};

use super::{ballots::choice_of, loaded, record, steps::tell_community};
use crate::{
    messages,
    owner_votes::{
        store::{
            ballot, call,
            poll::{self, natural, row, whole},
            register,
        },
        urls,
    },
};

/// Counts the ballots by persons and by area.
///
/// # Errors
/// A refusal before the end, and while owners are to be called back.
pub async fn tally_poll(op: &Op, id: PollId) -> Result<VoteOutcome, Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::TallyPoll).await?;
    let calls = call::of_poll(act.db(), id).await?;
    let uncalled = calls.iter().filter(|call| call.result.is_none()).count();
    let ballots: BTreeMap<_, _> =
        ballot::of_poll(act.db(), id).await?.into_iter().map(|ballot| (ballot.id.0.uuid(), ballot)).collect();
    let mut sides: BTreeMap<Choice, Side> = BTreeMap::new();
    let mut counted = 0;
    for owner in register::owners(act.db(), id).await? {
        let Some(standing) = owner.ballot_id else { continue };
        let ballot = ballots.get(&standing.0.uuid()).ok_or_else(|| Stop::fault("an owner's ballot is not kept"))?;
        let side = sides.entry(choice_of(&act.floor().keys, ballot)?).or_default();
        *side = side.and(Side { area: natural(owner.area), persons: 1 });
        counted += 1;
    }
    // Who was drawn may have denied it; the draw was made all the same.
    let drawn = calls.len() as u64;
    let tallied = row.poll().tally(counted, drawn, uncalled as u64, act.now()).or_refuse()?;
    let of = |choice: Choice| sides.get(&choice).copied().unwrap_or_default();
    let (yes, no) = (of(Choice::For), of(Choice::Against));
    let part = yes.and(no).and(of(Choice::Abstain));
    let vote = OwnerVote { total: row.total(), part, yes };
    let outcome = decide(row.matter.0.majority(), vote).map_err(|impossible| Stop::fault(impossible.to_string()))?;
    let row = row::Model {
        part_area: whole(part.area),
        part_persons: whole(part.persons),
        yes_area: whole(yes.area),
        yes_persons: whole(yes.persons),
        no_area: whole(no.area),
        no_persons: whole(no.persons),
        outcome: Some(Text(outcome)),
        ..row.moved(&tallied)
    };
    poll::save(act.db(), row.clone()).await?;
    let body = serde_json::json!({ "state": tallied.state, "outcome": outcome });
    act.record(Deed::TallyPoll, &Subject::new("owner_poll", id, &row.place.0), body).await?;
    act.commit().await?;
    Ok(outcome)
}

/// Publishes what it came to: everybody may read the numbers, and nobody who voted what.
///
/// # Errors
/// A refusal when it was not counted.
pub async fn publish_poll(op: &Op, id: PollId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::PublishPoll).await?;
    let published = row.poll().publish(act.now()).or_refuse()?;
    let row = row.moved(&published);
    poll::save(act.db(), row.clone()).await?;
    let outcome = row.outcome.map_or("", |outcome| outcome.0.label());
    let words = format!("业主表决“{}”的结果已公布：{outcome}", row.title);
    tell_community(&act, &row, &words).await?;
    let street = row.place.0.at(Level::Street).ok_or(Stop::Missing)?;
    messages::tell(&act, OfficeKind::StreetOfficer, &street, &words, &urls::of_poll(urls::POLL, id)).await?;
    record(&mut act, Deed::PublishPoll, &row).await?;
    act.commit().await
}

/// Notes that it was filed, on which day and with whom.
///
/// # Errors
/// A refusal when it was not published, or the day cannot be.
pub async fn file_poll(op: &Op, id: PollId, day: Date, with: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::FilePoll).await?;
    let filed = row.poll().file(day, act.now()).or_refuse()?;
    let row = row::Model { filed_on: Some(Text(day)), filed_with: with.trim().to_owned(), ..row.moved(&filed) };
    poll::save(act.db(), row.clone()).await?;
    record(&mut act, Deed::FilePoll, &row).await?;
    act.commit().await
}
