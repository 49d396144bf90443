//! What pages and other modules read about places.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use domain::{
    ids::BuildingId,
    organisation::{BranchKind, OwnersCommittee},
    place::{Level, PlaceCode},
};
use platform::{
    db::{column::Text, within},
    error::Stop,
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, SelectTwo,
};

use super::{
    common_name,
    store::{branch, building, compound, place},
};

/// A branch with its place in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BranchOfTree {
    /// Its place, which has its name.
    pub place: place::Model,
    /// Its particulars.
    pub branch: branch::Model,
}

/// The place `code`.
///
/// # Errors
/// When the database cannot be read.
pub async fn place(db: &impl ConnectionTrait, code: &PlaceCode) -> Result<Option<place::Model>, Stop> {
    Ok(place::Entity::find_by_id(Text(code.clone())).one(db).await?)
}

/// The counties of this installation, by code.
///
/// # Errors
/// When the database cannot be read.
pub async fn counties(db: &impl ConnectionTrait) -> Result<Vec<place::Model>, Stop> {
    let counties = place::Entity::find().filter(place::Column::Level.eq(Level::County.code()));
    Ok(counties.order_by_asc(place::Column::Code).all(db).await?)
}

/// The names of `codes` as people say them, by code.
///
/// # Errors
/// When the database cannot be read.
pub async fn names(db: &impl ConnectionTrait, codes: BTreeSet<PlaceCode>) -> Result<BTreeMap<String, String>, Stop> {
    let found = place::Entity::find().filter(place::Column::Code.is_in(codes.into_iter().map(Text)));
    let named = |place: place::Model| (place.code.0.to_string(), common_name(&place.name));
    Ok(found.all(db).await?.into_iter().map(named).collect())
}

/// `code` itself and the places it lies in, from the county down.
///
/// # Errors
/// When the database cannot be read.
pub async fn ancestors(db: &impl ConnectionTrait, code: &PlaceCode) -> Result<Vec<place::Model>, Stop> {
    let line = Level::ALL.iter().filter_map(|level| code.at(*level)).map(Text);
    let places = place::Entity::find().filter(place::Column::Code.is_in(line));
    Ok(places.order_by_asc(place::Column::Code).all(db).await?)
}

/// Every place of the four levels at or under `code`, by code, which is the order of the tree.
///
/// # Errors
/// When the database cannot be read.
pub async fn places_under(db: &impl ConnectionTrait, code: &PlaceCode) -> Result<Vec<place::Model>, Stop> {
    let places = place::Entity::find()
        .filter(within(place::Column::Code, code))
        .filter(place::Column::Level.is_not_in([Level::Unit.code(), Level::UnitBranch.code()]));
    Ok(places.order_by_asc(place::Column::Code).all(db).await?)
}

/// Every work unit at or under `code`, each before its branches, by code.
///
/// # Errors
/// When the database cannot be read.
pub async fn units_under(db: &impl ConnectionTrait, code: &PlaceCode) -> Result<Vec<place::Model>, Stop> {
    let units = place::Entity::find()
        .filter(within(place::Column::Code, code))
        .filter(place::Column::Level.is_in([Level::Unit.code(), Level::UnitBranch.code()]));
    Ok(units.order_by_asc(place::Column::Code).all(db).await?)
}

/// The streets and communities under `code`, by code.
///
/// # Errors
/// When the database cannot be read.
pub async fn divisions_under(db: &impl ConnectionTrait, code: &PlaceCode) -> Result<Vec<place::Model>, Stop> {
    let divisions = place::Entity::find()
        .filter(within(place::Column::Code, code))
        .filter(place::Column::Level.is_in([Level::Street.code(), Level::Community.code()]));
    Ok(divisions.order_by_asc(place::Column::Code).all(db).await?)
}

/// The branch at `code`.
///
/// # Errors
/// When the database cannot be read.
pub async fn branch(db: &impl ConnectionTrait, code: &PlaceCode) -> Result<Option<BranchOfTree>, Stop> {
    let found = branch::Entity::find_by_id(Text(code.clone())).find_also_related(place::Entity).one(db).await?;
    Ok(found.and_then(joined))
}

/// Every branch at or under `code`, by code.
///
/// # Errors
/// When the database cannot be read.
pub async fn branches_under(db: &impl ConnectionTrait, code: &PlaceCode) -> Result<Vec<BranchOfTree>, Stop> {
    let found = branch::Entity::find()
        .find_also_related(place::Entity)
        .filter(within(branch::Column::Place, code))
        .order_by_asc(branch::Column::Place)
        .all(db)
        .await?;
    Ok(found.into_iter().filter_map(joined).collect())
}

/// Which branches are asked for; what is empty is not asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BranchFilter {
    /// Part of the branch's name, of a compound's, or of its brand.
    pub words: String,
    /// 党支部类型.
    pub kind: Option<BranchKind>,
    /// 业主委员会.
    pub owners_committee: Option<OwnersCommittee>,
    /// Only branches that are not dissolved.
    pub is_active: bool,
    /// Only these, when there is a list.
    pub among: Option<Vec<PlaceCode>>,
}

impl BranchFilter {
    fn select(&self, code: &PlaceCode) -> SelectTwo<branch::Entity, place::Entity> {
        let mut select =
            branch::Entity::find().find_also_related(place::Entity).filter(within(branch::Column::Place, code));
        // The signs by which a pattern means anything are nothing that a name holds.
        let words = self.words.replace(['%', '_', '\\'], "");
        if !words.is_empty() {
            let of_compound = compound::Entity::find()
                .select_only()
                .column(compound::Column::Branch)
                .filter(compound::Column::Name.contains(&words))
                .into_query();
            let either = Condition::any()
                .add(place::Column::Name.contains(&words))
                .add(branch::Column::Brand.contains(&words))
                .add(branch::Column::Place.in_subquery(of_compound));
            select = select.filter(either);
        }
        if let Some(kind) = self.kind {
            select = select.filter(branch::Column::Kind.eq(kind.code()));
        }
        if let Some(owners_committee) = self.owners_committee {
            select = select.filter(branch::Column::OwnersCommittee.eq(owners_committee.code()));
        }
        if self.is_active {
            select = select.filter(place::Column::IsActive.eq(true));
        }
        if let Some(among) = &self.among {
            select = select.filter(branch::Column::Place.is_in(among.iter().cloned().map(Text)));
        }
        select
    }
}

/// A page of the branches at or under `code`, by code, with their number in all.
///
/// # Errors
/// When the database cannot be read.
pub async fn branches(
    db: &impl ConnectionTrait,
    code: &PlaceCode,
    filter: &BranchFilter,
    offset: u64,
    most: u64,
) -> Result<(Vec<BranchOfTree>, u64), Stop> {
    let select = filter.select(code);
    let total = select.clone().count(db).await?;
    let found = select.order_by_asc(branch::Column::Place).offset(offset).limit(most).all(db).await?;
    Ok((found.into_iter().filter_map(joined).collect(), total))
}

/// At most `most` branches at or under `code` whose name, or a compound's, holds `words`; for search.
///
/// # Errors
/// When the database cannot be read.
pub async fn find_branches(
    db: &impl ConnectionTrait,
    code: &PlaceCode,
    words: &str,
    most: u64,
) -> Result<Vec<BranchOfTree>, Stop> {
    let filter = BranchFilter { words: words.to_owned(), ..BranchFilter::default() };
    let found = filter.select(code).order_by_asc(branch::Column::Place).limit(most).all(db).await?;
    Ok(found.into_iter().filter_map(joined).collect())
}

/// The foreign key sees to it that no branch is without its place.
fn joined((branch, place): (branch::Model, Option<place::Model>)) -> Option<BranchOfTree> {
    place.map(|place| BranchOfTree { place, branch })
}

/// The compounds of every branch at or under `code`, by branch and in the branch's own order.
///
/// # Errors
/// When the database cannot be read.
pub async fn compounds_under(db: &impl ConnectionTrait, code: &PlaceCode) -> Result<Vec<compound::Model>, Stop> {
    let found = compound::Entity::find()
        .filter(within(compound::Column::Branch, code))
        .order_by_asc(compound::Column::Branch)
        .order_by_asc(compound::Column::Position)
        .order_by_asc(compound::Column::Id);
    Ok(found.all(db).await?)
}

/// The compounds of these branches, by branch and in the branch's own order.
///
/// # Errors
/// When the database cannot be read.
pub async fn compounds_of(db: &impl ConnectionTrait, branches: &[PlaceCode]) -> Result<Vec<compound::Model>, Stop> {
    let found = compound::Entity::find()
        .filter(compound::Column::Branch.is_in(branches.iter().cloned().map(Text)))
        .order_by_asc(compound::Column::Branch)
        .order_by_asc(compound::Column::Position)
        .order_by_asc(compound::Column::Id);
    Ok(found.all(db).await?)
}

/// The buildings of these branches, by branch and compound, then as people count them.
///
/// # Errors
/// When the database cannot be read.
pub async fn buildings_of(db: &impl ConnectionTrait, branches: &[PlaceCode]) -> Result<Vec<building::Model>, Stop> {
    let found = building::Entity::find()
        .filter(building::Column::Branch.is_in(branches.iter().cloned().map(Text)))
        .order_by_asc(building::Column::Id);
    Ok(as_people_count(found.all(db).await?))
}

/// The buildings of every branch at or under `code`, by branch and compound, then as people count them (2栋 before 10栋).
///
/// # Errors
/// When the database cannot be read.
pub async fn buildings_under(db: &impl ConnectionTrait, code: &PlaceCode) -> Result<Vec<building::Model>, Stop> {
    let found =
        building::Entity::find().filter(within(building::Column::Branch, code)).order_by_asc(building::Column::Id);
    Ok(as_people_count(found.all(db).await?))
}

fn as_people_count(mut buildings: Vec<building::Model>) -> Vec<building::Model> {
    buildings.sort_by(|one, two| {
        let by_compound = (&one.branch, one.compound_id).cmp(&(&two.branch, two.compound_id));
        by_compound.then_with(|| natural_order(&one.name, &two.name))
    });
    buildings
}

/// The building `id`.
///
/// # Errors
/// When the database cannot be read.
pub async fn building(db: &impl ConnectionTrait, id: BuildingId) -> Result<Option<building::Model>, Stop> {
    Ok(building::Entity::find_by_id(Text(id)).one(db).await?)
}

/// Compares names as people count: `2栋` comes before `10栋`.
#[must_use]
pub fn natural_order(one: &str, two: &str) -> Ordering {
    let number = |name: &str| {
        let digits: String =
            name.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        // A name without a number comes after those with one.
        digits.parse::<u64>().unwrap_or(u64::MAX)
    };
    number(one).cmp(&number(two)).then_with(|| one.cmp(two))
}

/// Holds a place until the transaction ends, so that two large changes to what lies under it wait for each other.
///
/// # Errors
/// [`Stop::Missing`] when there is no such place.
pub async fn lock(db: &impl ConnectionTrait, code: &PlaceCode) -> Result<(), Stop> {
    place::Entity::find_by_id(Text(code.clone())).lock_exclusive().one(db).await?.map(drop).ok_or(Stop::Missing)
}
