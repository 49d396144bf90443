//! What others may ask of identity.

use std::collections::BTreeMap;

use domain::ids::{AccountId, OfficeId};
use platform::{act::Op, error::Stop};
use sea_orm::ConnectionTrait;

use super::store;

/// `title name` of the holders of the offices `ids`, by identifier.
///
/// # Errors
/// When the database cannot be read.
pub async fn holders(db: &impl ConnectionTrait, ids: Vec<OfficeId>) -> Result<BTreeMap<String, String>, Stop> {
    let offices = store::offices_by_id(db, ids).await?;
    Ok(offices
        .into_iter()
        .map(|(office, account)| (office.id.0.to_string(), format!("{} {}", office.title, account.name)))
        .collect())
}

/// The account that signs in as `login`.
///
/// # Errors
/// When the database cannot be read.
pub async fn account_by_login(op: &Op, login: &str) -> Result<Option<AccountId>, Stop> {
    Ok(store::account_by_name(op.reader(), login, "").await?.map(|account| account.id.0))
}
