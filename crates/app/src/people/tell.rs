//! Telling members something, each alone.

use std::collections::BTreeMap;

use domain::{ids::AccountId, place::PlaceCode};
use platform::{act::Act, db::column::Text, error::Stop};

use super::store::{membership::Model as Membership, person::Model as Person};
use crate::messages;

/// Tells these members something, each alone where they have that line; who has no account is told by nobody.
///
/// # Errors
/// When the database fails.
pub async fn tell<'a>(
    act: &Act<'_>,
    lines: impl IntoIterator<Item = &'a (Membership, Person)>,
    words: &str,
    link: &str,
) -> Result<(), Stop> {
    let mut told: BTreeMap<&PlaceCode, Vec<AccountId>> = BTreeMap::new();
    for (line, person) in lines {
        if let Some(Text(account)) = person.account_id {
            told.entry(&line.branch.0).or_default().push(account);
        }
    }
    for (branch, accounts) in told {
        messages::tell_members(act, accounts.into_iter(), branch, words, link).await?;
    }
    Ok(())
}
