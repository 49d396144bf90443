//! Ballots: entered, taken back, struck out; units that were sold; and whose they are.

use domain::{
    ids::{BallotId, PollId, PollOwnerId, PollUnitId},
    owners::{BallotChannel, BallotRefusal, BallotState, Choice, Nature, NewBallot, Voter, receive, strike, withdraw},
    permission::Deed,
};
use jiff::civil::Date;
use platform::{
    act::{Act, Op},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
    files,
    forms::UploadedFile,
    keys::Keys,
};

use sea_orm::ConnectionTrait;

use super::{loaded, record_of_ballot, record_of_owner};
use crate::owner_votes::{
    sealed::open_phone,
    store::{
        ballot, code,
        poll::{self, natural, row},
        register::{self, owner},
    },
};

pub(super) async fn owner_of(db: &impl ConnectionTrait, poll: PollId, id: PollOwnerId) -> Result<owner::Model, Stop> {
    register::owner(db, id).await?.filter(|owner| owner.poll_id.0 == poll).ok_or(Stop::Missing)
}

/// What a kept ballot says.
pub(crate) fn choice_of(keys: &Keys, ballot: &ballot::row::Model) -> Result<Choice, Stop> {
    keys.open(&ballot.choice_sealed)?.parse().map_err(|_| Stop::fault("a stored ballot says none of the choices"))
}

/// The owner as the rules know one.
pub(super) async fn voter(db: &impl ConnectionTrait, keys: &Keys, owner: &owner::Model) -> Result<Voter, Stop> {
    let standing = match owner.ballot_id {
        Some(id) => Some(choice_of(keys, &ballot::ballot(db, id.0).await?.ok_or(Stop::Missing)?)?),
        None => None,
    };
    Ok(Voter {
        kind: owner.kind.0,
        names: keys.open(&owner.names_sealed)?,
        area: natural(owner.area),
        is_sold: owner.is_sold,
        standing,
    })
}

/// Enters an owner's ballot. The owner's row is saved by the version that was read, so that of two officers at once one is
/// told.
///
/// # Errors
/// [`BallotRefusal`] in words; [`Stop::Conflict`] when somebody entered one meanwhile.
pub async fn record_ballot(
    op: &Op,
    id: PollId,
    owner: PollOwnerId,
    new: NewBallot,
    scan: Option<UploadedFile>,
) -> Result<BallotState, Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::RecordBallot).await?;
    if new.channel == BallotChannel::Online {
        return Err(Stop::refused_at("channel", "网上投票由业主本人凭投票码办理，不能代为登记。"));
    }
    let owner = owner_of(act.db(), id, owner).await?;
    let came = Came { scan, once_index: None };
    let (ballot_id, state) = keep_ballot(&act, &row, owner, new, came).await?;
    record_of_ballot(&mut act, Deed::RecordBallot, &row, ballot_id, state).await?;
    act.commit().await?;
    Ok(state)
}

/// What came along with a ballot.
pub(super) struct Came {
    /// The paper.
    pub scan: Option<UploadedFile>,
    /// The keyed hash of the form, over the net.
    pub once_index: Option<String>,
}

/// Keeps a ballot in an open deed, as the rules have it.
pub(super) async fn keep_ballot(
    act: &Act<'_>,
    row: &row::Model,
    owner: owner::Model,
    new: NewBallot,
    came: Came,
) -> Result<(BallotId, BallotState), Stop> {
    let known = voter(act.db(), &act.floor().keys, &owner).await?;
    let state = receive(&row.poll(), &known, &new, act.now()).or_refuse()?;
    let blob = match came.scan {
        Some(_) if row.nature.0 == Nature::Secret => {
            let words = "本次表决不公开，不上传选票，请由召集人封存纸质选票。";
            return Err(Stop::refused_at("file", words));
        }
        Some(file) => Some((files::store(act.floor(), act.db(), act.now(), "file", file.bytes).await?, file.name)),
        None => None,
    };
    let (blob_hash, file_name) = blob.map_or((None, String::new()), |(blob, name)| (Some(blob.hash), name));
    let ballot_id: BallotId = act.new_id();
    let kept = ballot::row::Model {
        id: Text(ballot_id),
        poll_id: row.id,
        owner_id: owner.id,
        choice_sealed: act.floor().keys.seal(new.choice.code())?,
        channel: Text(new.channel),
        cast_on: Text(new.cast_on),
        collector: new.collector,
        witness: new.witness,
        recorded_at: Int(act.now()),
        signed: act.signature(),
        state: Text(state),
        reason: String::new(),
        blob_hash,
        file_name,
        once_index: came.once_index,
        version: 0,
    };
    ballot::insert(act.db(), kept).await?;
    if state == BallotState::Valid {
        register::save_owner(act.db(), owner::Model { ballot_id: Some(Text(ballot_id)), ..owner }).await?;
    }
    Ok((ballot_id, state))
}

/// Takes a ballot back that its owner withdraws in writing.
///
/// # Errors
/// [`BallotRefusal`] in words.
pub async fn withdraw_ballot(op: &Op, id: PollId, ballot: BallotId, reason: &str) -> Result<PollOwnerId, Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::WithdrawBallot).await?;
    let now = act.now();
    let owner = lose(&act, &row, ballot, reason, |state| withdraw(&row.poll(), state, reason, now)).await?;
    record_of_ballot(&mut act, Deed::WithdrawBallot, &row, ballot, BallotState::Withdrawn).await?;
    act.commit().await?;
    Ok(owner)
}

/// Strikes out a ballot that its owner denies, or that was entered wrongly.
///
/// # Errors
/// [`BallotRefusal`] in words.
pub async fn strike_ballot(op: &Op, id: PollId, ballot: BallotId, reason: &str) -> Result<PollOwnerId, Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::StrikeBallot).await?;
    let owner = struck(&act, &row, ballot, reason).await?;
    // A count at the same moment reads another version and is told.
    poll::save(act.db(), row.clone()).await?;
    record_of_ballot(&mut act, Deed::StrikeBallot, &row, ballot, BallotState::Struck).await?;
    act.commit().await?;
    Ok(owner)
}

/// Strikes a ballot out in an open deed.
pub(super) async fn struck(
    act: &Act<'_>,
    row: &row::Model,
    ballot: BallotId,
    reason: &str,
) -> Result<PollOwnerId, Stop> {
    let (poll, now) = (row.poll(), act.now());
    lose(act, row, ballot, reason, |state| strike(&poll, state, reason, now)).await
}

async fn lose(
    act: &Act<'_>,
    row: &row::Model,
    id: BallotId,
    reason: &str,
    rule: impl FnOnce(BallotState) -> Result<BallotState, BallotRefusal>,
) -> Result<PollOwnerId, Stop> {
    let kept = ballot::ballot(act.db(), id).await?.filter(|kept| kept.poll_id == row.id).ok_or(Stop::Missing)?;
    let state = rule(kept.state.0).or_refuse()?;
    let owner = owner_of(act.db(), row.id.0, kept.owner_id.0).await?;
    // Who denies a ballot of the net did not have the code: it votes no more.
    if state == BallotState::Struck && kept.channel.0 == BallotChannel::Online {
        code::end_of(act.db(), owner.id.0, act.now()).await?;
    }
    let lost = ballot::row::Model { state: Text(state), reason: reason.trim().to_owned(), ..kept };
    ballot::save(act.db(), lost).await?;
    if owner.ballot_id == Some(Text(id)) {
        register::save_owner(act.db(), owner::Model { ballot_id: None, ..owner.clone() }).await?;
    }
    Ok(owner.id.0)
}

/// Notes that a unit was sold on a day after the register was frozen. The count stays as it is; an owner of whom nothing is
/// left votes no more.
///
/// # Errors
/// A refusal when the poll takes no such note; [`Stop::Missing`] when the unit is not the owner's.
pub async fn unit_sold(op: &Op, id: PollId, owner: PollOwnerId, unit: PollUnitId, day: Date) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::NoteSale).await?;
    row.poll().must_take_sales(act.now()).or_refuse()?;
    if day > act.now().date() {
        return Err(Stop::refused_at("sold_on", "“转让日期”不能晚于今天。"));
    }
    let owner = owner_of(act.db(), id, owner).await?;
    let units = register::units_of(act.db(), owner.id.0).await?;
    units.iter().find(|known| known.id.0 == unit).ok_or(Stop::Missing)?;
    register::note_sale(act.db(), unit, day).await?;
    let is_left = |known: &&register::unit::Model| {
        known.id.0 != unit && known.sold_on.is_none() && known.usage.0.counts(row.parking.0)
    };
    let is_sold = !units.iter().any(|known| is_left(&known));
    let owner_id = owner.id.0;
    register::save_owner(act.db(), owner::Model { is_sold, ..owner }).await?;
    record_of_owner(&mut act, Deed::NoteSale, &row, owner_id, None).await?;
    act.commit().await
}

/// Who an owner is, to be shown once.
#[derive(Clone)]
pub struct OwnerTold {
    /// All names.
    pub names: String,
    /// Empty when none is known.
    pub phone: String,
}

/// Shows who an owner is, and records that it was shown.
///
/// # Errors
/// [`Stop::Missing`] when there is no such owner.
pub async fn reveal_owner(op: &Op, id: PollId, owner: PollOwnerId) -> Result<OwnerTold, Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::RevealOwner).await?;
    let owner = owner_of(act.db(), id, owner).await?;
    let keys = act.floor().keys.clone();
    let told =
        OwnerTold { names: keys.open(&owner.names_sealed)?, phone: open_phone(&keys, owner.phone_sealed.as_ref())? };
    record_of_owner(&mut act, Deed::RevealOwner, &row, owner.id.0, None).await?;
    act.commit().await?;
    Ok(told)
}
