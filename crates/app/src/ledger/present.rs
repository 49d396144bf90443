//! What the ledger holds at present, loaded once for planning.

use std::collections::{HashMap, HashSet};

use domain::{
    ids::PersonId,
    members::MemberState,
    place::{Level, PlaceCode},
};
use platform::error::Stop;
use sea_orm::ConnectionTrait;

use crate::{
    people::{self, CommitteePost, Membership, Person},
    places::{self, Branch, Building, Compound, Place},
};

/// A county's places and people.
#[derive(Debug, Clone)]
pub struct Present {
    /// The place that was loaded: the county, or a part of it for an export.
    pub county: PlaceCode,
    /// Every place in it and the places it lies in, by code.
    pub places: Vec<Place>,
    /// Every work unit of the county, each before its branches.
    pub units: Vec<Place>,
    /// Every branch, by code.
    pub branches: Vec<Branch>,
    /// Every compound, by branch and in the branch's own order.
    pub compounds: Vec<Compound>,
    /// Every building, by branch and compound.
    pub buildings: Vec<Building>,
    /// Every person.
    pub persons: HashMap<PersonId, Person>,
    /// Every post that is held, by branch.
    pub posts: Vec<CommitteePost>,
    /// Every membership, by branch.
    pub memberships: Vec<Membership>,
    /// Persons whom a branch outside the place has in its roll, whose number and birth are not the place's to hand out; none of a
    /// county's.
    pub elsewhere: HashSet<PersonId>,
}

impl Present {
    /// Loads what lies at or under `place`, in nine statements for a county however large it is.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn load(db: &impl ConnectionTrait, place: &PlaceCode) -> Result<Self, Stop> {
        let mut persons = people::persons_under(db, place).await?;
        let (posts, memberships) = (people::posts_under(db, place).await?, people::memberships_under(db, place).await?);
        // The way down to the place gives the names of its street and community.
        let mut all = places::ancestors(db, place).await?;
        all.pop_if(|last| last.code.0 == *place);
        all.extend(places::places_under(db, place).await?);
        let mut elsewhere = HashSet::new();
        if place.level() != Level::County {
            // Who was first met elsewhere, and is of the place now.
            let met: HashSet<PersonId> = persons.iter().map(|person| person.id.0).collect();
            let here = memberships.iter().map(|line| line.person_id.0).chain(posts.iter().map(|post| post.person_id.0));
            let others: HashSet<PersonId> = here.filter(|id| !met.contains(id)).collect();
            persons.extend(people::persons(db, &others.into_iter().collect::<Vec<_>>()).await?);
            let ids: Vec<PersonId> = persons.iter().map(|person| person.id.0).collect();
            let lines = people::memberships_of_persons(db, &ids).await?.into_iter();
            let others = lines.filter(|line| line.state.0 == MemberState::Confirmed && !line.branch.0.is_within(place));
            elsewhere.extend(others.map(|line| line.person_id.0));
        }
        Ok(Self {
            county: place.clone(),
            places: all,
            units: match place.at(Level::County) {
                Some(county) => places::units_under(db, &county).await?,
                None => Vec::new(),
            },
            branches: places::branches_under(db, place).await?.into_iter().map(|found| found.branch).collect(),
            compounds: places::compounds_under(db, place).await?,
            buildings: places::buildings_under(db, place).await?,
            persons: persons.into_iter().map(|person| (person.id.0, person)).collect(),
            posts,
            memberships,
            elsewhere,
        })
    }

    /// The name of a work unit's branch; empty when there is none.
    #[must_use]
    pub fn unit_name(&self, unit: Option<&PlaceCode>) -> &str {
        let found = unit.and_then(|unit| self.units.binary_search_by(|place| place.code.0.cmp(unit)).ok());
        found.and_then(|index| self.units.get(index)).map_or("", |place| place.name.as_str())
    }

    /// The name of a place of this county; its code when there is none.
    #[must_use]
    pub fn name_of(&self, code: &PlaceCode) -> String {
        let found = self.places.binary_search_by(|place| place.code.0.cmp(code)).ok();
        found.and_then(|index| self.places.get(index)).map_or_else(|| code.to_string(), |place| place.name.clone())
    }
}
