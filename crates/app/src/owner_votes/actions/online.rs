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
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use sea_orm::ConnectionTrait;

use super::{
    ballots::{Came, keep_ballot, owner_of, voter},
    loaded, record_of_ballot, record_of_owner,
};
use crate::owner_votes::store::{
    ballot, code,
    poll::{self, row},
    register::owner,
};

/// Who took a ballot that nobody took.
const NOBODY: &str = "业主本人";

/// The form on which a code is asked for.
#[derive(Debug, Clone, Default)]
pub struct SlipForm {
    /// Its key: the same form sent again, as by loading its page anew, gives the same code.
    pub once: String,
    /// [`issued_mark`] of the code that its page knew of.
    pub seen: String,
}

/// What tells one code of an owner from the next; empty where none was given out.
#[must_use]
pub fn issued_mark(known: Option<&code::row::Model>) -> String {
    known.map(|known| known.issued_at.0.as_micros().to_string()).unwrap_or_default()
}

/// Gives an owner the code that votes for them; it is kept nowhere, and an earlier one votes no more.
///
/// # Errors
/// [`BallotRefusal`] in words; a refusal at `proof` when another code was given out since the page was drawn.
pub async fn issue_code(
    op: &Op,
    id: PollId,
    owner: PollOwnerId,
    proof: IdentityProof,
    form: &SlipForm,
) -> Result<QueryCode, Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::IssueBallotCode).await?;
    let owner = owner_of(act.db(), id, owner).await?;
    let keys = act.floor().keys.clone();
    let known = voter(act.db(), &keys, &owner).await?;
    may_have_code(&row.poll(), &known, proof, act.now()).or_refuse()?;
    let given = match form.once.as_str() {
        "" => QueryCode::from_random(act.random()),
        // With what the page knew of, so that a page drawn again after a refusal does not give an ended code once more.
        once => QueryCode::from_random(keys.bytes_of(&format!("ballot code:{}:{}:{once}", owner.id.0, form.seen))),
    };
    let code_index = keys.index(given.letters());
    let current = code::of_owner(act.db(), owner.id.0).await?;
    if current.as_ref().is_some_and(|current| current.code_index == code_index && current.ended_at.is_none()) {
        return Ok(given);
    }
    // A slip that is loaded anew after another was given out, or after its own was ended, brings nothing back to life.
    if issued_mark(current.as_ref()) != form.seen {
        return Err(Stop::refused_at("proof", "这户的投票码刚刚发放过或已经作废，请核对下面的发放记录后再办。"));
    }
    let kept = code::row::Model {
        owner_id: owner.id,
        poll_id: Text(id),
        code_index,
        proof: Text(proof),
        issued_at: Int(act.now()),
        signed: act.signature(),
        ended_at: None,
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
    /// The key of the form, so that one that is sent twice is one ballot.
    pub once: String,
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
    let Some(found) = found.filter(|found| found.ended_at.is_none()) else {
        return Err(BallotRefusal::NotTheCode).or_refuse();
    };
    let owner = owner_of(db, id, found.owner_id.0).await?;
    let known = voter(db, keys, &owner).await?;
    may_vote_online(&row.poll(), &known, &new.name, visitor.now()).or_refuse()?;
    Ok((row, owner))
}

/// Whether this code and this name may vote now; nothing is kept. The owner confirms after this.
///
/// # Errors
/// [`BallotRefusal`] in words; [`Stop::Missing`] where no such poll was announced.
pub async fn may_cast(op: &Op, id: PollId, new: &OnlineBallot) -> Result<(), Stop> {
    asked(op.reader(), &op.as_visitor(), id, new).await.map(drop)
}

/// Casts it. Whoever happens to be signed in, it is the owner's: the record tells of no one. A form that is sent twice, at once or
/// one after the other, is one ballot, and how that stands is told again.
///
/// # Errors
/// As [`may_cast`]; a refusal where the owner of a named poll has voted the same by another form.
pub async fn cast_ballot(op: &Op, id: PollId, new: &OnlineBallot) -> Result<BallotState, Stop> {
    match cast_once(op, id, new).await {
        // The other one was quicker, and is found now.
        Err(Stop::Conflict) if !new.once.is_empty() => cast_once(op, id, new).await,
        ended => ended,
    }
}

async fn cast_once(op: &Op, id: PollId, new: &OnlineBallot) -> Result<BallotState, Stop> {
    let visitor = op.as_visitor();
    let mut act = visitor.act().await?;
    let (row, owner) = asked(act.db(), &visitor, id, new).await?;
    let hashed = |once: &str| act.floor().keys.index(&format!("ballot:{}:{once}", owner.id.0));
    let once_index = Some(new.once.as_str()).filter(|once| !once.is_empty()).map(hashed);
    let sent = ballot::of_owner(act.db(), id, owner.id.0).await?;
    if let Some(sent) = sent.iter().find(|sent| once_index.is_some() && sent.once_index == once_index) {
        return Ok(sent.state.0);
    }
    let ballot = NewBallot {
        choice: new.choice,
        channel: BallotChannel::Online,
        cast_on: act.now().date(),
        signed_name: new.name.clone(),
        collector: NOBODY.to_owned(),
        witness: String::new(),
    };
    let came = Came { scan: None, once_index };
    let (kept, state): (BallotId, BallotState) = keep_ballot(&act, &row, owner, ballot, came).await?;
    record_of_ballot(&mut act, Deed::CastBallot, &row, kept, state).await?;
    act.commit().await?;
    Ok(state)
}
