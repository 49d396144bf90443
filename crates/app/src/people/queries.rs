//! What pages and other modules read about people.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ids::{AccountId, MembershipId, PersonId},
    members::MemberState,
    organisation::{Affiliation, MemberKind, PartyGroup, Service},
    place::PlaceCode,
};
use platform::{
    db::{
        column::{Int, Text},
        within,
    },
    error::Stop,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, SelectTwo,
};

use super::{
    by_sound,
    store::{membership, person},
};

/// How many values one condition lists; both databases limit the number in a statement.
const CHUNK: usize = 500;

/// Every person whose home is at or under `code`, by identifier.
///
/// # Errors
/// When the database cannot be read.
pub async fn persons_under(db: &impl ConnectionTrait, code: &PlaceCode) -> Result<Vec<person::Model>, Stop> {
    let found = person::Entity::find().filter(within(person::Column::Home, code));
    Ok(found.order_by_asc(person::Column::Id).all(db).await?)
}

/// The membership `id` with its person.
///
/// # Errors
/// When the database cannot be read.
pub async fn membership(
    db: &impl ConnectionTrait,
    id: MembershipId,
) -> Result<Option<(membership::Model, person::Model)>, Stop> {
    let found = membership::Entity::find_by_id(Text(id)).find_also_related(person::Entity).one(db).await?;
    Ok(found.and_then(|(membership, person)| person.map(|person| (membership, person))))
}

/// The person meant by a name and perhaps a telephone number: who has both, or the only one of that name in the branch's roll
/// when no number was told.
pub(super) async fn known_person(
    db: &impl ConnectionTrait,
    branch: &PlaceCode,
    name: &str,
    phone_index: Option<&str>,
) -> Result<Option<person::Model>, Stop> {
    if let Some(index) = phone_index {
        let found = person::Entity::find()
            .filter(person::Column::PhoneIndex.eq(index))
            .filter(person::Column::Name.eq(name))
            .order_by_asc(person::Column::Id);
        return Ok(found.one(db).await?);
    }
    let found = membership::Entity::find()
        .find_also_related(person::Entity)
        .filter(membership::Column::Branch.eq(Text(branch.clone())))
        .filter(person::Column::Name.eq(name))
        .filter(membership::Column::EndedOn.is_null())
        .order_by_asc(membership::Column::Id)
        .all(db)
        .await?;
    let mut persons = found.into_iter().filter_map(|(_, person)| person);
    Ok(persons.next().filter(|_| persons.next().is_none()))
}

/// Which members are asked for; what is empty is not asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemberFilter {
    /// Part of the name.
    pub name: String,
    /// 党员类型.
    pub kind: Option<MemberKind>,
    /// 组织关系.
    pub affiliation: Option<Affiliation>,
    /// 身份.
    pub service: Option<Service>,
    /// 报到状态.
    pub state: Option<MemberState>,
    /// In this group, or in none.
    pub group: Option<Option<PartyGroup>>,
}

impl MemberFilter {
    fn select(&self, place: &PlaceCode) -> SelectTwo<membership::Entity, person::Entity> {
        let mut select = membership::Entity::find()
            .find_also_related(person::Entity)
            .filter(within(membership::Column::Branch, place))
            .filter(membership::Column::EndedOn.is_null());
        let name = self.name.replace(['%', '_', '\\'], "");
        if !name.is_empty() {
            select = select.filter(person::Column::Name.contains(name));
        }
        if let Some(kind) = self.kind {
            select = select.filter(membership::Column::Kind.eq(kind.code()));
        }
        if let Some(affiliation) = self.affiliation {
            select = select.filter(membership::Column::Affiliation.eq(affiliation.code()));
        }
        if let Some(service) = self.service {
            select = select.filter(membership::Column::Service.eq(service.code()));
        }
        if let Some(state) = self.state {
            select = select.filter(membership::Column::State.eq(state.code()));
        }
        match self.group {
            Some(Some(group)) => select = select.filter(membership::Column::PartyGroup.eq(Int(group))),
            Some(None) => select = select.filter(membership::Column::PartyGroup.is_null()),
            None => {}
        }
        select
    }
}

/// A page of the members at or under `place`, by branch and in the order they were entered, with their number in all.
///
/// # Errors
/// When the database cannot be read.
pub async fn members(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    filter: &MemberFilter,
    offset: u64,
    most: u64,
) -> Result<(Vec<(membership::Model, person::Model)>, u64), Stop> {
    let select = filter.select(place);
    let total = select.clone().count(db).await?;
    let found = select
        .order_by_asc(membership::Column::Branch)
        .order_by_asc(membership::Column::Id)
        .offset(offset)
        .limit(most)
        .all(db)
        .await?;
    let members = found.into_iter().filter_map(|(membership, person)| person.map(|person| (membership, person)));
    Ok((members.collect(), total))
}

/// Every membership at or under `code`, ended or not, by branch and in the order they were entered.
///
/// # Errors
/// When the database cannot be read.
pub async fn memberships_under(db: &impl ConnectionTrait, code: &PlaceCode) -> Result<Vec<membership::Model>, Stop> {
    let found = membership::Entity::find()
        .filter(within(membership::Column::Branch, code))
        .order_by_asc(membership::Column::Branch)
        .order_by_asc(membership::Column::Id);
    Ok(found.all(db).await?)
}

/// Those of the persons whom a branch other than `branch` has in its roll: that one alone says who they are.
///
/// # Errors
/// When the database cannot be read.
pub async fn those_of_another(
    db: &impl ConnectionTrait,
    persons: &[PersonId],
    branch: &PlaceCode,
) -> Result<BTreeSet<PersonId>, Stop> {
    let mut lines = memberships_of_persons(db, persons).await?;
    lines.retain(|line| line.branch.0 != *branch && line.state.0 == MemberState::Confirmed);
    Ok(lines.into_iter().map(|line| line.person_id.0).collect())
}

/// Whether a branch other than `branch` has the person in its roll.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_of_another(db: &impl ConnectionTrait, person: PersonId, branch: &PlaceCode) -> Result<bool, Stop> {
    Ok(!those_of_another(db, &[person], branch).await?.is_empty())
}

/// The groups that members of each branch at or under `place` meet in; a branch without groups is not named.
///
/// # Errors
/// When the database cannot be read.
pub async fn groups_under(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
) -> Result<BTreeMap<PlaceCode, BTreeSet<PartyGroup>>, Stop> {
    let found: Vec<(Text<PlaceCode>, Int<PartyGroup>)> = membership::Entity::find()
        .select_only()
        .columns([membership::Column::Branch, membership::Column::PartyGroup])
        .distinct()
        .filter(within(membership::Column::Branch, place))
        .filter(membership::Column::State.eq(Text(MemberState::Confirmed)))
        .filter(membership::Column::PartyGroup.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    let mut groups: BTreeMap<PlaceCode, BTreeSet<PartyGroup>> = BTreeMap::new();
    for (Text(branch), Int(group)) in found {
        groups.entry(branch).or_default().insert(group);
    }
    Ok(groups)
}

/// The groups that members of a branch meet in; empty where it has none.
///
/// # Errors
/// When the database cannot be read.
pub async fn groups_of(db: &impl ConnectionTrait, branch: &PlaceCode) -> Result<BTreeSet<PartyGroup>, Stop> {
    Ok(groups_under(db, branch).await?.remove(branch).unwrap_or_default())
}

/// The condition that `column` of `entity` names a line of a roll at or under `place`; for the statements of other modules.
#[must_use]
pub fn is_member_under<C: ColumnTrait>(place: &PlaceCode, column: C) -> Condition {
    let lines = sea_orm::sea_query::Query::select()
        .column(membership::Column::Id)
        .from(membership::Entity)
        .and_where(within(membership::Column::Branch, place))
        .take();
    Condition::all().add(column.in_subquery(lines))
}

/// Every living line at or under `code` with its person, by branch and in the order they were entered.
///
/// # Errors
/// When the database cannot be read.
pub async fn living_under(
    db: &impl ConnectionTrait,
    code: &PlaceCode,
) -> Result<Vec<(membership::Model, person::Model)>, Stop> {
    Ok(members(db, code, &MemberFilter::default(), 0, u64::from(u32::MAX)).await?.0)
}

/// The living lines at or under `code` whose name another one there has too, with their persons, in the order they were entered.
///
/// # Errors
/// When the database cannot be read.
pub async fn namesakes_under(
    db: &impl ConnectionTrait,
    code: &PlaceCode,
) -> Result<Vec<(membership::Model, person::Model)>, Stop> {
    let names: Vec<String> = membership::Entity::find()
        .select_only()
        .column(person::Column::Name)
        .inner_join(person::Entity)
        .filter(within(membership::Column::Branch, code))
        .filter(membership::Column::EndedOn.is_null())
        .group_by(person::Column::Name)
        .having(membership::Column::Id.count().gt(1))
        .into_tuple()
        .all(db)
        .await?;
    // Asked for by name, and not by a statement within this one: PostgreSQL counts the names again for every line until it
    // has gathered how large the tables are.
    let mut all = Vec::new();
    for chunk in names.chunks(CHUNK) {
        let lines =
            MemberFilter::default().select(code).filter(person::Column::Name.is_in(chunk.iter().map(String::as_str)));
        let found = lines.all(db).await?;
        all.extend(found.into_iter().filter_map(|(membership, person)| person.map(|person| (membership, person))));
    }
    all.sort_unstable_by_key(|(membership, _)| membership.id.0);
    Ok(all)
}

/// Every membership of these persons, ended or not, wherever it is.
///
/// # Errors
/// When the database cannot be read.
pub async fn memberships_of_persons(
    db: &impl ConnectionTrait,
    persons: &[PersonId],
) -> Result<Vec<membership::Model>, Stop> {
    let mut all = Vec::with_capacity(persons.len());
    for chunk in persons.chunks(CHUNK) {
        let found = membership::Entity::find()
            .filter(membership::Column::PersonId.is_in(chunk.iter().copied().map(Text)))
            .order_by_asc(membership::Column::Id);
        all.extend(found.all(db).await?);
    }
    Ok(all)
}

/// The living memberships of those whose work unit is at or under `unit`, by branch of the unit and name; for a county, of
/// everybody in service.
///
/// # Errors
/// When the database cannot be read.
pub async fn members_of_unit(
    db: &impl ConnectionTrait,
    unit: &PlaceCode,
) -> Result<Vec<(membership::Model, person::Model)>, Stop> {
    let found = membership::Entity::find()
        .find_also_related(person::Entity)
        .filter(within(membership::Column::Unit, unit))
        .filter(membership::Column::EndedOn.is_null())
        .all(db)
        .await?;
    let mut found: Vec<_> =
        found.into_iter().filter_map(|(membership, person)| person.map(|person| (membership, person))).collect();
    found.sort_by_cached_key(|(line, person)| {
        let unit = line.unit.as_ref().map(|unit| unit.0.clone());
        (unit, by_sound(&person.name), line.id.0)
    });
    Ok(found)
}

/// Every line, ended or not, of those whose work unit is at or under `unit`, in the order they were entered.
///
/// # Errors
/// When the database cannot be read.
pub async fn lines_of_unit(
    db: &impl ConnectionTrait,
    unit: &PlaceCode,
) -> Result<Vec<(membership::Model, person::Model)>, Stop> {
    let found = membership::Entity::find()
        .find_also_related(person::Entity)
        .filter(within(membership::Column::Unit, unit))
        .order_by_asc(membership::Column::Id)
        .all(db)
        .await?;
    Ok(found.into_iter().filter_map(|(membership, person)| person.map(|person| (membership, person))).collect())
}

/// The persons behind these memberships, by membership.
///
/// # Errors
/// When the database cannot be read.
pub async fn persons_of(
    db: &impl ConnectionTrait,
    memberships: impl IntoIterator<Item = MembershipId>,
) -> Result<BTreeMap<MembershipId, person::Model>, Stop> {
    let lines = lines_of(db, memberships).await?;
    Ok(lines.into_iter().map(|(membership, person)| (membership.id.0, person)).collect())
}

/// These memberships with their persons, each once.
///
/// # Errors
/// When the database cannot be read.
pub async fn lines_of(
    db: &impl ConnectionTrait,
    memberships: impl IntoIterator<Item = MembershipId>,
) -> Result<Vec<(membership::Model, person::Model)>, Stop> {
    let mut ids: Vec<MembershipId> = memberships.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    let mut lines = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let found = membership::Entity::find()
            .find_also_related(person::Entity)
            .filter(membership::Column::Id.is_in(chunk.iter().copied().map(Text)))
            .all(db)
            .await?;
        lines.extend(found.into_iter().filter_map(|(membership, person)| Some((membership, person?))));
    }
    Ok(lines)
}

/// These persons, by identifier.
///
/// # Errors
/// When the database cannot be read.
pub async fn persons(db: &impl ConnectionTrait, ids: &[PersonId]) -> Result<Vec<person::Model>, Stop> {
    let mut persons = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let found = person::Entity::find().filter(person::Column::Id.is_in(chunk.iter().copied().map(Text)));
        persons.extend(found.order_by_asc(person::Column::Id).all(db).await?);
    }
    Ok(persons)
}

/// Every line of the persons for whom `which` holds, ended or not, the newest first.
async fn lines_where(
    db: &impl ConnectionTrait,
    which: Condition,
) -> Result<Vec<(membership::Model, person::Model)>, Stop> {
    let found = membership::Entity::find()
        .find_also_related(person::Entity)
        .filter(which)
        .order_by_desc(membership::Column::Id)
        .all(db)
        .await?;
    Ok(found.into_iter().filter_map(|(line, person)| person.map(|person| (line, person))).collect())
}

/// The lines of who signs in with `account`.
///
/// # Errors
/// When the database cannot be read.
pub async fn lines_of_account(
    db: &impl ConnectionTrait,
    account: AccountId,
) -> Result<Vec<(membership::Model, person::Model)>, Stop> {
    lines_where(db, Condition::all().add(person::Column::AccountId.eq(Text(account)))).await
}

/// The lines of a person.
///
/// # Errors
/// When the database cannot be read.
pub async fn lines_of_person(
    db: &impl ConnectionTrait,
    id: PersonId,
) -> Result<Vec<(membership::Model, person::Model)>, Stop> {
    lines_where(db, Condition::all().add(membership::Column::PersonId.eq(Text(id)))).await
}

/// The lines of who is called `name` and has the number with this index.
///
/// # Errors
/// When the database cannot be read.
pub async fn lines_of_phone(
    db: &impl ConnectionTrait,
    name: &str,
    phone_index: &str,
) -> Result<Vec<(membership::Model, person::Model)>, Stop> {
    let same = Condition::all().add(person::Column::PhoneIndex.eq(phone_index)).add(person::Column::Name.eq(name));
    lines_where(db, same).await
}
