//! The names of a county's places, for lists that hold codes.

use std::collections::BTreeMap;

use domain::place::{Level, PlaceCode};
use platform::error::Stop;
use sea_orm::ConnectionTrait;

use super::queries::{compounds_under, places_under};

/// The names of places and compounds under one place, as they are today.
#[derive(Debug, Clone, Default)]
pub struct Names {
    places: BTreeMap<PlaceCode, String>,
    compounds: BTreeMap<PlaceCode, Vec<String>>,
}

impl Names {
    /// Reads them in two statements.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn under(db: &impl ConnectionTrait, place: &PlaceCode) -> Result<Self, Stop> {
        let places = places_under(db, place).await?;
        let places = places.into_iter().map(|place| (place.code.0, place.name)).collect();
        let mut compounds: BTreeMap<PlaceCode, Vec<String>> = BTreeMap::new();
        for compound in compounds_under(db, place).await? {
            compounds.entry(compound.branch.0).or_default().push(compound.name);
        }
        Ok(Self { places, compounds })
    }

    /// The name of the place that `code` lies in at `level`; empty when it is not among them.
    #[must_use]
    pub fn at(&self, code: &PlaceCode, level: Level) -> &str {
        code.at(level).and_then(|code| self.places.get(&code)).map_or("", String::as_str)
    }

    /// The names of the compounds of `branch`, `、` between them.
    #[must_use]
    pub fn compounds(&self, branch: &PlaceCode) -> String {
        self.compounds.get(branch).map(|names| names.join("、")).unwrap_or_default()
    }
}

/// The work unit behind the name of its branch: `新平供电局党支部` belongs to `新平供电局`.
#[must_use]
pub fn unit_of_branch_name(branch: &str) -> String {
    let endings = ["机关党支部", "党支部", "党总支", "机关党委", "党委"];
    let bare = endings.iter().find_map(|ending| branch.strip_suffix(ending)).unwrap_or(branch);
    if bare.is_empty() { branch.to_owned() } else { bare.to_owned() }
}
