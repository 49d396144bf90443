//! Writing a poll, before its register is frozen.

use domain::{
    ids::{CompoundId, PollId},
    owners::{Matter, Nature, Parking, Poll, PollState},
    permission::Deed,
    place::PlaceCode,
};
use jiff::civil::Date;
use platform::{
    act::{Act, Op},
    db::column::Text,
    error::{OrRefuse as _, Stop},
};

use super::{loaded, record};
use crate::{
    owner_votes::{
        sealed::opened,
        store::{
            poll::{self, row},
            register,
        },
    },
    places,
};

/// Days of voting that are proposed when a poll is repeated.
const PROPOSED_DAYS: i64 = 14;

/// A poll as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollDraft {
    /// The compound whose owners vote.
    pub compound: CompoundId,
    /// What people call it.
    pub title: String,
    /// Which matter of art. 278.
    pub matter: Matter,
    /// What exactly is voted on.
    pub text: String,
    /// Who calls the owners to vote.
    pub convener: String,
    /// Whether it is shown who voted what.
    pub nature: Nature,
    /// Whether parking spaces count.
    pub parking: Parking,
    /// All counted areas together, in hundredths of a square metre.
    pub declared_area: i64,
    /// The first day of voting.
    pub opens_on: Date,
    /// The last day of voting.
    pub closes_on: Date,
}

impl PollDraft {
    /// What is typed of a poll.
    #[must_use]
    pub fn of(row: &row::Model) -> Self {
        Self {
            compound: row.compound_id.0,
            title: row.title.clone(),
            matter: row.matter.0,
            text: row.text.clone(),
            convener: row.convener.clone(),
            nature: row.nature.0,
            parking: row.parking.0,
            declared_area: row.declared_area,
            opens_on: row.opens_on.0,
            closes_on: row.closes_on.0,
        }
    }

    fn over(self, row: row::Model) -> row::Model {
        row::Model {
            compound_id: Text(self.compound),
            title: self.title,
            matter: Text(self.matter),
            text: self.text,
            convener: self.convener,
            nature: Text(self.nature),
            parking: Text(self.parking),
            declared_area: self.declared_area,
            opens_on: Text(self.opens_on),
            closes_on: Text(self.closes_on),
            ..row
        }
    }
}

fn blank(id: PollId, place: &PlaceCode, draft: PollDraft) -> row::Model {
    row::Model {
        id: Text(id),
        place: Text(place.clone()),
        compound_id: Text(draft.compound),
        title: draft.title,
        matter: Text(draft.matter),
        text: draft.text,
        convener: draft.convener,
        nature: Text(draft.nature),
        parking: Text(draft.parking),
        declared_area: draft.declared_area,
        opens_on: Text(draft.opens_on),
        closes_on: Text(draft.closes_on),
        state: Text(PollState::Prepared),
        reason: String::new(),
        announced_at: None,
        total_area: 0,
        total_persons: 0,
        part_area: 0,
        part_persons: 0,
        yes_area: 0,
        yes_persons: 0,
        no_area: 0,
        no_persons: 0,
        outcome: None,
        published_on: None,
        filed_on: None,
        filed_with: String::new(),
        former_id: None,
        seed: None,
        preview_sealed: None,
        version: 0,
    }
}

async fn must_be_of(act: &Act<'_>, branch: &PlaceCode, compound: CompoundId) -> Result<(), Stop> {
    let known = places::compounds_of(act.db(), std::slice::from_ref(branch)).await?;
    if known.iter().any(|known| known.id.0 == compound) {
        Ok(())
    } else {
        Err(Stop::refused_at("compound", "这个小区不归本支部，请重新选择。"))
    }
}

/// Begins a poll of a branch's compound.
///
/// # Errors
/// Refusals at the fields; [`Stop::Missing`] when there is no such branch, or it is dissolved.
pub async fn prepare_poll(op: &Op, branch: &PlaceCode, draft: PollDraft) -> Result<PollId, Stop> {
    let mut act = op.act().await?;
    let found = places::branch(act.db(), branch).await?.filter(|branch| branch.place.is_active);
    let branch = found.ok_or(Stop::Missing)?.place.code.0;
    act.permit(Deed::PreparePoll, &branch)?;
    must_be_of(&act, &branch, draft.compound).await?;
    let row = blank(act.new_id(), &branch, draft);
    row.poll().must_have_dates().or_refuse()?;
    poll::insert(act.db(), row.clone()).await?;
    record(&mut act, Deed::PreparePoll, &row).await?;
    act.commit().await?;
    Ok(row.id.0)
}

/// Changes it; `version` is what was read.
///
/// # Errors
/// Refusals at the fields; [`Stop::Conflict`] when somebody changed it meanwhile.
pub async fn edit_poll(op: &Op, id: PollId, draft: PollDraft, version: i32) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = loaded(&act, id, Deed::PreparePoll).await?;
    row.poll().must_be_prepared().or_refuse()?;
    must_be_of(&act, &row.place.0, draft.compound).await?;
    let row = row::Model { version, ..draft.over(row) };
    row.poll().must_have_dates().or_refuse()?;
    poll::save(act.db(), row.clone()).await?;
    record(&mut act, Deed::PreparePoll, &row).await?;
    act.commit().await
}

/// Begins a poll on what did not pass in a former one, with its words and its register. Units that were sold since stay
/// behind, so that the areas do not add up until their new owners are typed in.
///
/// # Errors
/// A refusal when the former one passed or is under way.
pub async fn repeat_poll(op: &Op, former: PollId) -> Result<PollId, Stop> {
    let mut act = op.act().await?;
    let old = loaded(&act, former, Deed::PreparePoll).await?;
    old.poll().must_have_failed(old.outcome.map(|outcome| outcome.0)).or_refuse()?;
    let opens_on = Poll::earliest_opening(act.now().plus_days(3).date());
    let closes_on = domain::clock::Instant::start_of(opens_on).plus_days(PROPOSED_DAYS).date();
    let draft = PollDraft { opens_on, closes_on, ..PollDraft::of(&old) };
    let row = row::Model { former_id: Some(Text(former)), ..blank(act.new_id(), &old.place.0, draft) };
    poll::insert(act.db(), row.clone()).await?;
    let units = register::units(act.db(), former).await?;
    let keys = act.floor().keys.clone();
    let mut copies = Vec::new();
    for (position, unit) in units.iter().filter(|unit| unit.sold_on.is_none()).enumerate() {
        copies.push(opened(&keys, unit)?.row(&keys, act.new_id(), row.id.0, position)?);
    }
    register::insert_units(act.db(), copies).await?;
    record(&mut act, Deed::PreparePoll, &row).await?;
    act.commit().await?;
    Ok(row.id.0)
}
