//! How well rolls are kept: how complete, how fresh, and how many wait (党员底数情况).

use domain::{
    clock::chinese_date,
    members::{MemberState, Told, fresh_since, is_fresh, percent},
    organisation::Service,
    place::{Level, PlaceCode},
};
use platform::error::Stop;

use crate::{
    desk::Desk,
    people::{self, Membership, Person, VerifiedCount},
    places::{self, Place},
};

/// How well a roll is kept.
pub struct Care {
    /// Everybody in the roll; who waits for it is not known yet.
    pub known: usize,
    /// Lines that lack nothing; counted for a branch only.
    pub complete: Option<usize>,
    /// Lines that somebody looked at within half a year.
    pub fresh: usize,
    /// Those who wait to be confirmed.
    pub waiting: usize,
    /// Above a branch, the branches one by one.
    pub branches: Vec<KeptBranch>,
}

/// How well a branch keeps its roll.
pub struct KeptBranch {
    pub name: String,
    pub href: String,
    pub count: VerifiedCount,
}

impl KeptBranch {
    pub fn share(&self) -> usize {
        percent(self.count.verified, self.count.known)
    }

    pub fn latest(&self) -> String {
        self.count.latest.map_or_else(|| "还没有核对过".to_owned(), chinese_date)
    }
}

impl Care {
    pub fn fresh_percent(&self) -> usize {
        percent(self.fresh, self.known)
    }

    pub fn complete_percent(&self) -> Option<usize> {
        self.complete.map(|complete| percent(complete, self.known))
    }
}

/// That of the roll of a branch, or of all branches under a place.
pub async fn care(desk: &Desk, here: &Place) -> Result<Care, Stop> {
    let (db, today, code) = (desk.op.reader(), desk.op.now().date(), &here.code.0);
    if here.level.0 != Level::Branch {
        let branches = kept_branches(desk, code).await?;
        let sum = |count: fn(&VerifiedCount) -> usize| branches.iter().map(|it| count(&it.count)).sum();
        let (known, fresh, waiting) = (sum(|it| it.known), sum(|it| it.verified), sum(|it| it.waiting));
        return Ok(Care { known, fresh, waiting, complete: None, branches });
    }
    // Who waits is not known yet, here and above.
    let (waiting, roll): (Vec<_>, Vec<_>) =
        people::living_under(db, code).await?.into_iter().partition(|(line, _)| line.state.0 == MemberState::Reported);
    let told = |(line, person): &&(Membership, Person)| Told {
        phone: person.phone_index.is_some(),
        building: !line.building.is_empty(),
        unit: line.unit.is_some(),
        is_in_service: line.service.0 == Service::InService,
    };
    let is_fresh = |line: &Membership| is_fresh(line.verified_on.map(|date| date.0), today);
    Ok(Care {
        known: roll.len(),
        complete: Some(roll.iter().filter(|it| told(it).is_complete()).count()),
        fresh: roll.iter().filter(|(line, _)| is_fresh(line)).count(),
        waiting: waiting.len(),
        branches: Vec::new(),
    })
}

/// How well each active branch under a place keeps its roll, by code.
async fn kept_branches(desk: &Desk, place: &PlaceCode) -> Result<Vec<KeptBranch>, Stop> {
    let (db, today) = (desk.op.reader(), desk.op.now().date());
    let mut counts = people::verified_counts_under(db, place, fresh_since(today)).await?;
    let branches = places::branches_under(db, place).await?.into_iter().filter(|found| found.place.is_active);
    let kept = |found: places::BranchOfTree| KeptBranch {
        href: people::urls::members(&found.place.code.0),
        count: counts.remove(&found.place.code.0).unwrap_or_default(),
        name: found.place.name,
    };
    Ok(branches.map(kept).collect())
}
