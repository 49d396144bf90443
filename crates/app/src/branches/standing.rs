//! How branches stand: completeness, warnings, members, committee.

use std::collections::BTreeMap;

use domain::{
    organisation::{BranchFacts, BranchWarning, PartyPost, Structure, USUAL_TERM_YEARS, branch_warnings, term_ends_on},
    place::PlaceCode,
};
use jiff::civil::Date;
use platform::error::Stop;
use sea_orm::ConnectionTrait;

use crate::{
    people::{self, CommitteePost, MemberCounts, Person},
    places::{self, Branch, BranchOfTree, Building, Compound},
};

/// How a branch stands on a day.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// “支部—楼栋长—党员中心户” (R-ORG-06).
    pub structure: Structure,
    /// What does not agree with the rules (R-ORG-04, R-ORG-05).
    pub warnings: Vec<BranchWarning>,
    /// Members by kind.
    pub counts: MemberCounts,
    /// The committee with its persons, the secretary first.
    pub committee: Vec<(CommitteePost, Person)>,
    /// The compounds, in the branch's own order.
    pub compounds: Vec<Compound>,
    /// The buildings, by compound.
    pub buildings: Vec<Building>,
}

impl Standing {
    /// The secretary's name; empty when there is none.
    #[must_use]
    pub fn secretary(&self) -> &str {
        let secretary = self.committee.iter().find(|(post, _)| post.post.0 == PartyPost::Secretary);
        secretary.map_or("", |(_, person)| &person.name)
    }

    /// The names of the compounds, as officials list them.
    #[must_use]
    pub fn compound_names(&self) -> String {
        self.compounds.iter().map(|compound| compound.name.as_str()).collect::<Vec<_>>().join("、")
    }
}

/// The last day of a post's term (R-ORG-05).
#[must_use]
pub fn post_ends_on(post: &CommitteePost) -> Option<Date> {
    let years = i16::try_from(post.term_years).unwrap_or(USUAL_TERM_YEARS);
    post.since.map(|since| term_ends_on(since.0, years))
}

/// How these branches stand on `today`, in four statements however many they are.
///
/// # Errors
/// When the database cannot be read.
pub async fn standings(
    db: &impl ConnectionTrait,
    branches: &[BranchOfTree],
    today: Date,
) -> Result<BTreeMap<PlaceCode, Standing>, Stop> {
    let codes: Vec<PlaceCode> = branches.iter().map(|found| found.branch.place.0.clone()).collect();
    let mut standings: BTreeMap<PlaceCode, Standing> =
        codes.iter().map(|code| (code.clone(), Standing::default())).collect();
    for compound in places::compounds_of(db, &codes).await? {
        if let Some(standing) = standings.get_mut(&compound.branch.0) {
            standing.compounds.push(compound);
        }
    }
    for building in places::buildings_of(db, &codes).await? {
        if let Some(standing) = standings.get_mut(&building.branch.0) {
            standing.buildings.push(building);
        }
    }
    for (post, person) in people::committees_of(db, &codes).await? {
        if let Some(standing) = standings.get_mut(&post.branch.0) {
            standing.committee.push((post, person));
        }
    }
    for (code, counts) in people::member_counts_of(db, &codes).await? {
        if let Some(standing) = standings.get_mut(&code) {
            standing.counts = counts;
        }
    }
    for found in branches {
        if let Some(standing) = standings.get_mut(&found.branch.place.0) {
            let has = |building: &Building| (!building.steward.is_empty(), !building.hub_household.is_empty());
            standing.structure = Structure::of(standing.buildings.iter().map(has));
            standing.warnings = branch_warnings(&facts(&found.branch, standing), today);
        }
    }
    Ok(standings)
}

fn facts(branch: &Branch, standing: &Standing) -> BranchFacts {
    let counted = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let held = |post: PartyPost| counted(standing.committee.iter().filter(|(row, _)| row.post.0 == post).count());
    BranchFacts {
        kind: branch.kind.0,
        members: standing.counts.full + standing.counts.probationary,
        full_members: standing.counts.full,
        compounds: counted(standing.compounds.len()),
        committee: counted(standing.committee.len()) - held(PartyPost::Adjunct),
        secretaries: held(PartyPost::Secretary),
        term_ends_on: standing.committee.iter().filter_map(|(post, _)| post_ends_on(post)).min(),
        told_buildings: u32::try_from(branch.buildings).unwrap_or_default(),
        entered_buildings: standing.structure.buildings,
    }
}
