//! How far a register and the voting are.

use std::collections::BTreeMap;

use domain::{
    ids::PollOwnerId,
    owners::{BallotState, Side, missing, owners_of, whole},
};
use platform::{act::Op, error::Stop};
use sea_orm::ConnectionTrait;

use super::{
    sealed::opened,
    store::{
        ballot,
        poll::{natural, row},
        register::{self, owner},
    },
};
use crate::places;

/// How far the voting is in one building. An owner of units in two buildings stands in both.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BuildingLine {
    /// Its name.
    pub name: String,
    /// The owners with counted units there, and the areas of these.
    pub total: Side,
    /// Those of them who took part.
    pub part: Side,
}

impl BuildingLine {
    /// What is still missing.
    #[must_use]
    pub const fn missing(&self) -> Side {
        Side {
            area: self.total.area.saturating_sub(self.part.area),
            persons: self.total.persons.saturating_sub(self.part.persons),
        }
    }
}

/// How far the voting is.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    /// All.
    pub total: Side,
    /// Who took part.
    pub part: Side,
    /// What is missing until enough take part.
    pub missing: Side,
    /// By building.
    pub buildings: Vec<BuildingLine>,
    /// Ballots kept beside an earlier one, which count for nothing.
    pub second: usize,
}

impl Progress {
    /// Whether enough took part.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        self.missing == Side::default()
    }
}

pub(super) async fn progress(db: &impl ConnectionTrait, row: &row::Model) -> Result<Progress, Stop> {
    let owners = register::owners(db, row.id.0).await?;
    let units = register::units(db, row.id.0).await?;
    let ballots = ballot::of_poll(db, row.id.0).await?;
    let side = |owner: &owner::Model| Side { area: natural(owner.area), persons: u64::from(owner.area > 0) };
    let sum = |owners: &mut dyn Iterator<Item = &owner::Model>| owners.map(side).fold(Side::default(), Side::and);
    let (total, part) = (sum(&mut owners.iter()), sum(&mut owners.iter().filter(|owner| owner.ballot_id.is_some())));
    let has_voted: BTreeMap<_, bool> = owners.iter().map(|owner| (owner.id.0, owner.ballot_id.is_some())).collect();
    // Areas by building and owner, so that an owner is one person in each building.
    let mut areas: BTreeMap<(String, PollOwnerId), u64> = BTreeMap::new();
    for unit in units.iter().filter(|unit| unit.usage.0.counts(row.parking.0)) {
        let Some(owner) = unit.owner_id else { continue };
        *areas.entry((unit.building.clone(), owner.0)).or_default() += natural(unit.area);
    }
    let mut buildings: BTreeMap<String, BuildingLine> = BTreeMap::new();
    for ((name, owner), area) in areas {
        let line = buildings.entry(name.clone()).or_insert_with(|| BuildingLine { name, ..BuildingLine::default() });
        let one = Side { area, persons: 1 };
        line.total = line.total.and(one);
        if has_voted.get(&owner).copied().unwrap_or_default() {
            line.part = line.part.and(one);
        }
    }
    let mut buildings: Vec<BuildingLine> = buildings.into_values().collect();
    buildings.sort_by(|one, two| places::natural_order(&one.name, &two.name));
    let is_second = |state| matches!(state, BallotState::Conflicting | BallotState::Later);
    let second = ballots.iter().filter(|ballot| is_second(ballot.state.0)).count();
    Ok(Progress { total, part, missing: missing(total, part), buildings, second })
}

/// What the register adds up to before it is frozen.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// How many units.
    pub units: usize,
    /// What they come to, when it can be told whose each is.
    pub side: Option<Side>,
    /// What is to be settled, at most some of it.
    pub problems: Vec<String>,
}

/// Problems of a register that a page shows.
const TOLD: usize = 20;

pub(super) async fn typed(op: &Op, row: &row::Model) -> Result<Typed, Stop> {
    let units = register::units(op.reader(), row.id.0).await?;
    let known = units.iter().map(|unit| Ok(opened(&op.floor.keys, unit)?.unit())).collect::<Result<Vec<_>, Stop>>()?;
    Ok(match owners_of(&known, row.parking.0) {
        Ok(owners) => Typed { units: units.len(), side: Some(whole(&owners)), problems: Vec::new() },
        Err(problems) => {
            let told = problems.into_iter().take(TOLD).map(|problem| {
                let address = known.get(problem.unit).map(|unit| unit.address.clone()).unwrap_or_default();
                format!("{address}：{}", problem.words)
            });
            Typed { units: units.len(), side: None, problems: told.collect() }
        }
    })
}
