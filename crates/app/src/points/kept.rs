//! What is kept of one member, of all years, for the member's own data (R-PRI-05).

use domain::{
    ids::{MembershipId, PersonId},
    place::PlaceCode,
};
use platform::error::Stop;
use sea_orm::ConnectionTrait;

use super::{
    queries::{Catalogues, MemberLine},
    store::{entry, settlement, unit_score},
};

/// A member's entries of all years, the newest first, each with the rule that held on its day.
///
/// # Errors
/// When the database cannot be read.
pub async fn all_lines_of_member(
    db: &impl ConnectionTrait,
    branch: &PlaceCode,
    membership: MembershipId,
) -> Result<Vec<MemberLine>, Stop> {
    let rows = entry::entries_of_member(db, membership, None).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let catalogues = Catalogues::of_branch(db, branch).await?;
    Ok(rows.into_iter().rev().map(|row| MemberLine::of(row, &catalogues)).collect())
}

/// A member's settled years with every correction, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn settled_years_of_member(
    db: &impl ConnectionTrait,
    membership: MembershipId,
) -> Result<Vec<settlement::row::Model>, Stop> {
    settlement::all_of_member(db, membership).await
}

/// What units scored a person, of all years, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn unit_scores_of_person(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> Result<Vec<unit_score::row::Model>, Stop> {
    unit_score::all_of_person(db, person).await
}
