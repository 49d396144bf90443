//! Units between what people type and what is kept: names and telephones are opened for the rules, and sealed again.

use domain::{
    ids::{PollId, PollUnitId},
    owners::{OwnerKind, RegisterUnit, UnitUse},
};
use platform::{db::column::Text, error::Stop, keys::Keys};
use serde::{Deserialize, Serialize};

use super::store::{
    poll::{natural, whole},
    register::unit,
};

/// A unit as it is typed in or read from a table.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypedUnit {
    /// Such as `3栋`.
    pub building: String,
    /// Such as `502`.
    pub room: String,
    /// What it is.
    pub usage: UnitUse,
    /// In hundredths of a square metre.
    pub area: u64,
    /// Who owns it.
    pub kind: OwnerKind,
    /// The owner, or all co-owners.
    pub names: String,
    /// May be empty.
    pub phone: String,
    /// 业主编号; may be empty.
    pub key: String,
}

impl TypedUnit {
    /// The unit as the rules know it.
    #[must_use]
    pub fn unit(&self) -> RegisterUnit {
        RegisterUnit {
            address: format!("{} {}", self.building, self.room).trim().to_owned(),
            usage: self.usage,
            area: self.area,
            kind: self.kind,
            names: self.names.clone(),
            phone: self.phone.clone(),
            key: self.key.clone(),
        }
    }

    /// The row that keeps it.
    ///
    /// # Errors
    /// When it cannot be sealed.
    pub fn row(self, keys: &Keys, id: PollUnitId, poll: PollId, position: usize) -> Result<unit::Model, Stop> {
        Ok(unit::Model {
            id: Text(id),
            poll_id: Text(poll),
            owner_id: None,
            position: i32::try_from(position).unwrap_or(i32::MAX),
            building: self.building,
            room: self.room,
            usage: Text(self.usage),
            area: whole(self.area),
            kind: Text(self.kind),
            names_sealed: keys.seal(&self.names)?,
            phone_sealed: seal_phone(keys, &self.phone)?,
            key: self.key,
            sold_on: None,
        })
    }
}

/// A telephone number sealed; none where it is empty.
///
/// # Errors
/// When it cannot be sealed.
pub fn seal_phone(keys: &Keys, phone: &str) -> Result<Option<String>, Stop> {
    if phone.is_empty() { Ok(None) } else { Ok(Some(keys.seal(phone)?)) }
}

/// A telephone number opened; empty where there is none.
///
/// # Errors
/// When it was sealed with another key.
pub fn open_phone(keys: &Keys, sealed: Option<&String>) -> Result<String, Stop> {
    Ok(sealed.map(|sealed| keys.open(sealed)).transpose()?.unwrap_or_default())
}

/// The unit of a row as it was typed.
///
/// # Errors
/// When it was sealed with another key.
pub fn opened(keys: &Keys, row: &unit::Model) -> Result<TypedUnit, Stop> {
    Ok(TypedUnit {
        building: row.building.clone(),
        room: row.room.clone(),
        usage: row.usage.0,
        area: natural(row.area),
        kind: row.kind.0,
        names: keys.open(&row.names_sealed)?,
        phone: open_phone(keys, row.phone_sealed.as_ref())?,
        key: row.key.clone(),
    })
}
