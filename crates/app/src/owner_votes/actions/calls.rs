//! Calling back some of those who voted, drawn by a seed.

use domain::{
    ids::{PollCallId, PollId},
    owners::{BallotState, CallResult, PollRefusal, draw},
    permission::Deed,
};
use platform::{
    act::Op,
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use super::{ballots::struck, loaded, record, record_of_ballot, record_of_owner};
use crate::owner_votes::store::{
    ballot, call,
    poll::{self, row},
    register,
};

/// Draws the owners to be called back, once. Answers how many.
///
/// # Errors
/// A refusal before the end of voting, when they were drawn, or when nobody voted.
pub async fn draw_calls(op: &Op, id: PollId) -> Result<usize, Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::CallBackOwners).await?;
    row.poll().must_be_closed(act.now()).or_refuse()?;
    if row.seed.is_some() {
        return Err(PollRefusal::Drawn).or_refuse();
    }
    let owners = register::owners(act.db(), id).await?;
    let numbers: Vec<i32> = owners.iter().filter(|owner| owner.ballot_id.is_some()).map(|owner| owner.number).collect();
    let seed = hex_of(act.random::<8>());
    let drawn = draw(&seed, &numbers);
    if drawn.is_empty() {
        return Err(PollRefusal::NobodyToCall).or_refuse();
    }
    let those = owners.iter().filter(|owner| drawn.contains(&owner.number));
    let call = |owner: &register::owner::Model| {
        Some(call::row::Model {
            id: Text(act.new_id()),
            poll_id: Text(id),
            owner_id: owner.id,
            ballot_id: owner.ballot_id?,
            number: owner.number,
            result: None,
            note: String::new(),
            called_at: None,
            signed: String::new(),
            version: 0,
        })
    };
    let calls: Vec<_> = those.filter_map(call).collect();
    call::insert(act.db(), calls).await?;
    let row = row::Model { seed: Some(seed), ..row };
    poll::save(act.db(), row.clone()).await?;
    record(&mut act, Deed::CallBackOwners, &row).await?;
    act.commit().await?;
    Ok(drawn.len())
}

fn hex_of(bytes: [u8; 8]) -> String {
    format!("{:016x}", u64::from_be_bytes(bytes))
}

/// Keeps what an owner said; a ballot that is denied is struck out.
///
/// # Errors
/// A refusal when the poll was counted, or the owner has denied it before.
pub async fn record_call(op: &Op, id: PollId, call: PollCallId, result: CallResult, note: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::CallBackOwners).await?;
    row.poll().must_be_closed(act.now()).or_refuse()?;
    let kept = call::call(act.db(), call).await?.filter(|kept| kept.poll_id.0 == id).ok_or(Stop::Missing)?;
    if kept.result == Some(Text(CallResult::Denied)) {
        return Err(Stop::refused("这户业主已经否认投票，选票已剔除，不能再改。"));
    }
    let ballot = ballot::ballot(act.db(), kept.ballot_id.0).await?.ok_or(Stop::Missing)?;
    if result == CallResult::Denied && ballot.state.0 == BallotState::Valid {
        let note = note.trim();
        let reason = if note.is_empty() {
            "回访时业主否认投过这张票".to_owned()
        } else {
            format!("回访时业主否认：{note}")
        };
        struck(&act, &row, ballot.id.0, &reason).await?;
        record_of_ballot(&mut act, Deed::StrikeBallot, &row, ballot.id.0, BallotState::Struck).await?;
    }
    let owner = kept.owner_id.0;
    let told = call::row::Model {
        result: Some(Text(result)),
        note: note.trim().to_owned(),
        called_at: Some(Int(act.now())),
        signed: act.signature(),
        ..kept
    };
    call::save(act.db(), told).await?;
    // A count at the same moment reads another version and is told.
    poll::save(act.db(), row.clone()).await?;
    record_of_owner(&mut act, Deed::CallBackOwners, &row, owner, Some(result)).await?;
    act.commit().await
}
