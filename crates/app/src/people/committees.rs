//! What pages and other modules read about the committees of branches.

use std::collections::BTreeMap;

use domain::{
    ids::{CommitteePostId, PersonId},
    organisation::PartyPost,
    place::PlaceCode,
};
use platform::{
    db::{column::Text, within},
    error::Stop,
};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::store::{person, post};

/// Every post at or under `code` that is still held, by branch and in the order they were entered.
///
/// # Errors
/// When the database cannot be read.
pub async fn posts_under(db: &impl ConnectionTrait, code: &PlaceCode) -> Result<Vec<post::Model>, Stop> {
    let found = post::Entity::find()
        .filter(within(post::Column::Branch, code))
        .filter(post::Column::Until.is_null())
        .order_by_asc(post::Column::Branch)
        .order_by_asc(post::Column::Id);
    Ok(found.all(db).await?)
}

/// The committee of the branch at `code` with its persons, the secretary first.
///
/// # Errors
/// When the database cannot be read.
pub async fn committee_of(
    db: &impl ConnectionTrait,
    code: &PlaceCode,
) -> Result<Vec<(post::Model, person::Model)>, Stop> {
    committees_of(db, std::slice::from_ref(code)).await
}

/// Posts of a branch that have ended, with their persons, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn past_committee_of(
    db: &impl ConnectionTrait,
    code: &PlaceCode,
) -> Result<Vec<(post::Model, person::Model)>, Stop> {
    let found = post::Entity::find()
        .find_also_related(person::Entity)
        .filter(post::Column::Branch.eq(Text(code.clone())))
        .filter(post::Column::Until.is_not_null())
        .order_by_desc(post::Column::Until)
        .order_by_desc(post::Column::Id)
        .all(db)
        .await?;
    Ok(found.into_iter().filter_map(|(post, person)| person.map(|person| (post, person))).collect())
}

/// The committees of these branches with their persons, by branch, the secretary first.
///
/// # Errors
/// When the database cannot be read.
pub async fn committees_of(
    db: &impl ConnectionTrait,
    branches: &[PlaceCode],
) -> Result<Vec<(post::Model, person::Model)>, Stop> {
    let found = post::Entity::find()
        .find_also_related(person::Entity)
        .filter(post::Column::Branch.is_in(branches.iter().cloned().map(Text)))
        .filter(post::Column::Until.is_null())
        .order_by_asc(post::Column::Id)
        .all(db)
        .await?;
    let mut committees: Vec<_> =
        found.into_iter().filter_map(|(post, person)| person.map(|person| (post, person))).collect();
    committees.sort_by(|(one, _), (two, _)| (&one.branch, one.post).cmp(&(&two.branch, two.post)));
    Ok(committees)
}

/// The post `id` with its person, unless it has ended.
///
/// # Errors
/// When the database cannot be read.
pub async fn post_in_office(
    db: &impl ConnectionTrait,
    id: CommitteePostId,
) -> Result<Option<(post::Model, person::Model)>, Stop> {
    let found = post::Entity::find_by_id(Text(id)).find_also_related(person::Entity).one(db).await?;
    Ok(found.filter(|(post, _)| post.until.is_none()).and_then(|(post, person)| person.map(|person| (post, person))))
}

/// The name of each branch's secretary at or under `code`, in one statement.
///
/// # Errors
/// When the database cannot be read.
pub async fn secretaries_under(
    db: &impl ConnectionTrait,
    code: &PlaceCode,
) -> Result<BTreeMap<PlaceCode, String>, Stop> {
    let found = post::Entity::find()
        .find_also_related(person::Entity)
        .filter(within(post::Column::Branch, code))
        .filter(post::Column::Post.eq(Text(PartyPost::Secretary)))
        .filter(post::Column::Until.is_null())
        .order_by_asc(post::Column::Id)
        .all(db)
        .await?;
    Ok(found.into_iter().filter_map(|(post, person)| Some((post.branch.0, person?.name))).collect())
}

/// Every post that a person holds or held, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn posts_of_person(db: &impl ConnectionTrait, person: PersonId) -> Result<Vec<post::Model>, Stop> {
    let found = post::Entity::find().filter(post::Column::PersonId.eq(Text(person)));
    Ok(found.order_by_desc(post::Column::Id).all(db).await?)
}
