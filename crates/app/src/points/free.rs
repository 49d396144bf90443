//! Who is free to decide on an entry: nobody who had a hand in it or gains by it (R-PTS-06, R-PTS-09).

use domain::{
    ids::AccountId,
    permission::OfficeKind,
    place::{Level, PlaceCode},
};
use jiff::civil::Date;
use platform::{actor::Officer, error::Stop};
use sea_orm::ConnectionTrait;

use super::store::entry;
use crate::{
    identity::{self, Incumbent},
    people::Person,
};

/// An entry with whose it is.
pub struct Owned<'a> {
    pub entry: &'a entry::row::Model,
    pub person: Option<&'a Person>,
}

impl Owned<'_> {
    /// Whether the officer may decide on it.
    pub fn is_free(&self, officer: &Officer) -> bool {
        self.is_open_to(officer.account, &officer.name)
    }

    /// Whether some officer at a place may.
    pub fn is_anybody_free(&self, incumbents: &[Incumbent], place: &PlaceCode) -> bool {
        incumbents.iter().any(|it| it.place == *place && self.is_open_to(it.account, &it.name))
    }

    fn is_open_to(&self, account: AccountId, name: &str) -> bool {
        !self.entry.has_hand_of(account) && !self.person.is_some_and(|person| person.is_called(account, name))
    }
}

/// Who decides on appeals, the nearest first (R-PTS-09): who stands further off only where nobody nearer is free, so that none is
/// left without an answer.
pub const DECIDERS: [(Level, OfficeKind); 3] = [
    (Level::Community, OfficeKind::CommunityOfficer),
    (Level::Street, OfficeKind::StreetOfficer),
    (Level::County, OfficeKind::CountyOrgDept),
];

/// At which level an appeal against the entry is decided: the nearest where somebody is free, or the county.
///
/// # Errors
/// When the database cannot be read.
pub async fn decided_at(
    db: &impl ConnectionTrait,
    owned: &Owned<'_>,
    today: Date,
) -> Result<(Level, OfficeKind), Stop> {
    let [nearest @ .., last] = DECIDERS;
    for (level, kind) in nearest {
        if let Some(place) = owned.entry.branch.0.at(level) {
            let officers = identity::incumbents(db, &[kind], &place, today).await?;
            if owned.is_anybody_free(&officers, &place) {
                return Ok((level, kind));
            }
        }
    }
    Ok(last)
}
