//! Many rows at once, for the import of the ledger; always within the deed of the one who asks.

use platform::{act::Act, db::insert_all, error::Stop};

use super::{
    stays::Stay,
    store::{self, membership, person, post},
};

/// Rows to be written together. Changed rows are saved by the version that was read.
#[derive(Debug, Clone, Default)]
pub struct PeopleChanges {
    /// New persons.
    pub added_persons: Vec<person::Model>,
    /// Changed persons.
    pub changed_persons: Vec<person::Model>,
    /// New posts in committees.
    pub added_posts: Vec<post::Model>,
    /// Changed posts in committees.
    pub changed_posts: Vec<post::Model>,
    /// New memberships.
    pub added_memberships: Vec<membership::Model>,
    /// Changed memberships.
    pub changed_memberships: Vec<membership::Model>,
    /// What is kept of lines that begin anew.
    pub added_stays: Vec<Stay>,
}

/// Writes the changes, persons first.
///
/// # Errors
/// [`Stop::Conflict`] when one of the rows was changed since it was read.
pub async fn write_changes(act: &Act<'_>, changes: PeopleChanges) -> Result<(), Stop> {
    let db = act.db();
    insert_all(db, changes.added_persons).await?;
    for row in changes.changed_persons {
        store::save_person(db, row).await?;
    }
    insert_all(db, changes.added_posts).await?;
    for row in changes.changed_posts {
        store::save_post(db, row).await?;
    }
    insert_all(db, changes.added_memberships).await?;
    insert_all(db, changes.added_stays).await?;
    for row in changes.changed_memberships {
        store::save_membership(db, row).await?;
    }
    Ok(())
}
