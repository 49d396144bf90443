//! Finding people by part of their name, for search.

use domain::place::PlaceCode;
use platform::{db::within, error::Stop};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::{
    MemberFilter, members,
    store::{membership, person, post},
};

/// At most `most` members at or under `place` whose name holds `words`.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_members(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    words: &str,
    most: u64,
) -> Result<Vec<(membership::Model, person::Model)>, Stop> {
    let filter = MemberFilter { name: words.to_owned(), ..MemberFilter::default() };
    Ok(members(db, place, &filter, 0, most).await?.0)
}

/// At most `most` posts that are held at or under `place` by somebody whose name holds `words`, whether they are in a roll
/// or not.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_committee(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    words: &str,
    most: u64,
) -> Result<Vec<(post::Model, person::Model)>, Stop> {
    let found = post::Entity::find()
        .find_also_related(person::Entity)
        .filter(within(post::Column::Branch, place))
        .filter(post::Column::Until.is_null())
        .filter(person::Column::Name.contains(words.replace(['%', '_', '\\'], "")))
        .order_by_asc(post::Column::Branch)
        .order_by_asc(post::Column::Id)
        .limit(most)
        .all(db)
        .await?;
    Ok(found.into_iter().filter_map(|(post, person)| person.map(|person| (post, person))).collect())
}
