//! From the frozen register to the announcement, and calling a poll off.

use domain::{
    ids::{PollId, PollOwnerId, PollUnitId},
    owners::{Owner, owners_of, whole as sum},
    permission::{Deed, OfficeKind},
    place::Level,
};
use platform::{
    act::{Act, Op},
    db::column::{Int, Text},
    error::{OrRefuse as _, Problem, Stop},
};

use super::{loaded, record};
use crate::{
    messages,
    owner_votes::{
        sealed::{opened, seal_phone},
        store::{
            poll::{self, row, whole},
            register::{self, owner, unit},
        },
        urls,
    },
};

/// Problems of a register that are told at once.
const TOLD: usize = 20;

/// Freezes the register and sends the poll to the community: from here on nobody is added, and nobody is left out.
///
/// # Errors
/// A refusal when it cannot be told whose a unit is, when the areas do not add up, or when too few days are left.
pub async fn freeze_poll(op: &Op, id: PollId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::PreparePoll).await?;
    row.poll().must_be_prepared().or_refuse()?;
    let keys = act.floor().keys.clone();
    let units = register::units(act.db(), id).await?;
    let known = units.iter().map(|unit| Ok(opened(&keys, unit)?.unit())).collect::<Result<Vec<_>, Stop>>()?;
    let owners = owners_of(&known, row.parking.0).map_err(|problems| {
        let told = problems.into_iter().take(TOLD).map(|problem| {
            let address = known.get(problem.unit).map(|unit| unit.address.clone()).unwrap_or_default();
            Problem::whole(format!("{address}：{}", problem.words))
        });
        Stop::Refused(told.collect())
    })?;
    let total = sum(&owners);
    let frozen = row.poll().freeze(total, act.now()).or_refuse()?;
    keep_owners(&act, id, &units, owners).await?;
    let row = row::Model {
        total_area: whole(total.area),
        total_persons: whole(total.persons),
        preview_sealed: None,
        reason: String::new(),
        ..row.moved(&frozen)
    };
    poll::save(act.db(), row.clone()).await?;
    let words = format!("小区业主表决“{}”的名册已冻结，请核对后公告", row.title);
    tell_community(&act, &row, &words).await?;
    record(&mut act, Deed::PreparePoll, &row).await?;
    act.commit().await
}

async fn keep_owners(act: &Act<'_>, poll: PollId, units: &[unit::Model], owners: Vec<Owner>) -> Result<(), Stop> {
    let keys = &act.floor().keys;
    let mut rows = Vec::new();
    let mut given: Vec<(PollOwnerId, Vec<PollUnitId>)> = Vec::new();
    for (number, owner) in (1..).zip(owners) {
        let id: PollOwnerId = act.new_id();
        rows.push(owner::Model {
            id: Text(id),
            poll_id: Text(poll),
            number,
            kind: Text(owner.kind),
            names_sealed: keys.seal(&owner.names)?,
            phone_sealed: seal_phone(keys, &owner.phone)?,
            area: whole(owner.area),
            is_sold: false,
            ballot_id: None,
            version: 0,
        });
        given.push((id, owner.units.iter().filter_map(|place| units.get(*place)).map(|unit| unit.id.0).collect()));
    }
    register::insert_owners(act.db(), rows).await?;
    for (owner, units) in given {
        register::give_units(act.db(), owner, units).await?;
    }
    Ok(())
}

/// Tells the community over the poll.
pub(super) async fn tell_community(act: &Act<'_>, row: &row::Model, words: &str) -> Result<(), Stop> {
    let community = row.place.0.at(Level::Community).ok_or(Stop::Missing)?;
    messages::tell(act, OfficeKind::CommunityOfficer, &community, words, &urls::of_poll(urls::POLL, row.id.0)).await
}

async fn tell_branch(act: &Act<'_>, row: &row::Model, words: &str) -> Result<(), Stop> {
    messages::tell_branch(act, &row.place.0, words, &urls::of_poll(urls::POLL, row.id.0)).await
}

/// Sends it back to the branch, which may change the register again.
///
/// # Errors
/// A refusal when it does not wait for the community, or without a reason.
pub async fn return_poll(op: &Op, id: PollId, reason: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::CheckPoll).await?;
    let back = row.poll().give_back(reason, act.now()).or_refuse()?;
    register::clear_owners(act.db(), id).await?;
    let row = row::Model { reason: reason.trim().to_owned(), total_area: 0, total_persons: 0, ..row.moved(&back) };
    poll::save(act.db(), row.clone()).await?;
    tell_branch(&act, &row, &format!("业主表决“{}”被社区退回，请按退回原因修改", row.title)).await?;
    record(&mut act, Deed::CheckPoll, &row).await?;
    act.commit().await
}

/// Announces it: everybody may read it, and the days of notice run (R-OWN-05).
///
/// # Errors
/// A refusal when it does not wait for that, or fewer than fifteen days are left.
pub async fn announce_poll(op: &Op, id: PollId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::CheckPoll).await?;
    let announced = row.poll().announce(act.now()).or_refuse()?;
    let row = row::Model { announced_at: Some(Int(act.now())), ..row.moved(&announced) };
    poll::save(act.db(), row.clone()).await?;
    let words = format!("业主表决“{}”已公告，请在小区内张贴公告，到期开始收票", row.title);
    tell_branch(&act, &row, &words).await?;
    record(&mut act, Deed::CheckPoll, &row).await?;
    act.commit().await
}

/// Calls it off.
///
/// # Errors
/// A refusal when it was counted, or without a reason.
pub async fn cancel_poll(op: &Op, id: PollId, reason: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::CancelPoll).await?;
    let cancelled = row.poll().cancel(reason, act.now()).or_refuse()?;
    let row = row::Model { reason: reason.trim().to_owned(), preview_sealed: None, ..row.moved(&cancelled) };
    poll::save(act.db(), row.clone()).await?;
    let words = format!("业主表决“{}”已终止", row.title);
    tell_branch(&act, &row, &words).await?;
    tell_community(&act, &row, &words).await?;
    record(&mut act, Deed::CancelPoll, &row).await?;
    act.commit().await
}
