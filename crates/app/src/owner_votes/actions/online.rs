//! Voting over the net: the code that an owner gets once somebody has seen who it is, and the ballot cast with it.

use domain::{
    ids::{BallotId, PollId, PollOwnerId},
    owners::{
        BallotChannel, BallotRefusal, BallotState, Choice, IdentityProof, NewBallot, may_have_code, may_vote_online,
    },
    permission::Deed,
    selection::query_code::QueryCode,
};
use platform::{
    act::Op,
    actor::Actor,
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use sea_orm::ConnectionTrait;

use super::{
    ballots::{keep_ballot, owner_of, voter},
    loaded, record_of_ballot, record_of_owner,
};
use crate::owner_votes::store::{
    code,
    poll::{self, row},
    register::owner,
};

/// Who took a ballot that nobody took.
const NOBODY: &str = "业主本人";

/// Gives an owner the code that votes for them; it is shown once and kept nowhere, and an earlier one votes no more.
///
/// # Errors
/// [`BallotRefusal`] in words.
pub async fn issue_code(op: &Op, id: PollId, owner: PollOwnerId, proof: IdentityProof) -> Result<QueryCode, Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::IssueBallotCode).await?;
    let owner = owner_of(act.db(), id, owner).await?;
    let known = voter(act.db(), &act.floor().keys, &owner).await?;
    may_have_code(&row.poll(), &known, proof, act.now()).or_refuse()?;
    let given = QueryCode::from_random(act.random());
    let kept = code::row::Model {
        owner_id: owner.id,
        poll_id: Text(id),
        code_index: act.floor().keys.index(given.letters()),
        proof: Text(proof),
        issued_at: Int(act.now()),
        signed: act.signature(),
    };
    code::replace(act.db(), kept).await?;
    record_of_owner(&mut act, Deed::IssueBallotCode, &row, owner.id.0, None).await?;
    act.commit().await?;
    Ok(given)
}

/// What an owner says over the net. An unreadable code is like an unknown one.
#[derive(Clone)]
pub struct OnlineBallot {
    /// The code from the slip.
    pub code: Option<QueryCode>,
    /// The name of the owner, compared and not kept.
    pub name: String,
    /// What it says.
    pub choice: Choice,
}

/// The poll, and the owner whose code and name these are.
async fn asked(
    db: &impl ConnectionTrait,
    visitor: &Op,
    id: PollId,
    new: &OnlineBallot,
) -> Result<(row::Model, owner::Model), Stop> {
    let row = poll::poll(db, id).await?.filter(|row| row.announced_at.is_some()).ok_or(Stop::Missing)?;
    visitor.permit(Deed::CastBallot, &row.place.0)?;
    row.poll().must_be_open(visitor.now()).or_refuse()?;
    let keys = &visitor.floor.keys;
    let found = match &new.code {
        Some(typed) => code::by_index(db, id, &keys.index(typed.letters())).await?,
        None => None,
    };
    let Some(found) = found else { return Err(BallotRefusal::NotTheCode).or_refuse() };
    let owner = owner_of(db, id, found.owner_id.0).await?;
    let known = voter(db, keys, &owner).await?;
    may_vote_online(&row.poll(), &known, &new.name, visitor.now()).or_refuse()?;
    Ok((row, owner))
}

fn anyone(op: &Op) -> Op {
    Op::at(&op.floor, Actor::Visitor, op.now())
}

/// Whether this code and this name may vote now; nothing is kept. The owner confirms after this.
///
/// # Errors
/// [`BallotRefusal`] in words; [`Stop::Missing`] where no such poll was announced.
pub async fn may_cast(op: &Op, id: PollId, new: &OnlineBallot) -> Result<(), Stop> {
    asked(op.reader(), &anyone(op), id, new).await.map(drop)
}

/// Casts it. Whoever happens to be signed in, it is the owner's: the record tells of no one.
///
/// # Errors
/// As [`may_cast`]; a refusal where the owner has voted the same.
pub async fn cast_ballot(op: &Op, id: PollId, new: OnlineBallot) -> Result<BallotState, Stop> {
    let visitor = anyone(op);
    let mut act = visitor.act().await?;
    let (row, owner) = asked(act.db(), &visitor, id, &new).await?;
    let ballot = NewBallot {
        choice: new.choice,
        channel: BallotChannel::Online,
        cast_on: act.now().date(),
        signed_name: new.name,
        collector: NOBODY.to_owned(),
        witness: String::new(),
    };
    let (kept, state): (BallotId, BallotState) = keep_ballot(&act, &row, owner, ballot, None).await?;
    record_of_ballot(&mut act, Deed::CastBallot, &row, kept, state).await?;
    act.commit().await?;
    Ok(state)
}
