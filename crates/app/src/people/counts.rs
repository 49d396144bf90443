//! How many members branches have, and how well their rolls are kept.

use std::collections::BTreeMap;

use domain::{
    members::MemberState,
    organisation::{Affiliation, MemberKind, Service},
    place::PlaceCode,
};
use jiff::civil::Date;
use platform::{
    db::{column::Text, within},
    error::Stop,
};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _, Select,
};

use super::store::membership;

/// How many members a branch has, by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MemberCounts {
    /// 组织关系在本支部的正式党员.
    pub full: u32,
    /// 组织关系在本支部的预备党员.
    pub probationary: u32,
    /// 在职报到党员.
    pub reported: u32,
    /// 流动党员.
    pub mobile: u32,
    /// 在职, whatever the affiliation.
    pub in_service: u32,
    /// Everybody in the roll.
    pub all: u32,
}

impl MemberCounts {
    fn add(&mut self, kind: MemberKind, affiliation: Affiliation, service: Service, count: u32) {
        match (affiliation, kind) {
            (Affiliation::Here, MemberKind::Full) => self.full += count,
            (Affiliation::Here, MemberKind::Probationary) => self.probationary += count,
            (Affiliation::Unit, _) => self.reported += count,
            (Affiliation::Mobile, _) => self.mobile += count,
        }
        if service == Service::InService {
            self.in_service += count;
        }
        self.all += count;
    }
}

/// The counts of every branch at or under `code` that has members, in one statement.
///
/// # Errors
/// When the database cannot be read.
pub async fn member_counts_under(
    db: &impl ConnectionTrait,
    code: &PlaceCode,
) -> Result<BTreeMap<PlaceCode, MemberCounts>, Stop> {
    let within = Condition::all().add(within(membership::Column::Branch, code));
    member_counts(db, within).await
}

/// The counts of those of these branches that have members, in one statement.
///
/// # Errors
/// When the database cannot be read.
pub async fn member_counts_of(
    db: &impl ConnectionTrait,
    branches: &[PlaceCode],
) -> Result<BTreeMap<PlaceCode, MemberCounts>, Stop> {
    let these = membership::Column::Branch.is_in(branches.iter().cloned().map(Text));
    member_counts(db, Condition::all().add(these)).await
}

async fn member_counts(db: &impl ConnectionTrait, which: Condition) -> Result<BTreeMap<PlaceCode, MemberCounts>, Stop> {
    type Group = (Text<PlaceCode>, Text<MemberKind>, Text<Affiliation>, Text<Service>, i64);
    let columns = [
        membership::Column::Branch,
        membership::Column::Kind,
        membership::Column::Affiliation,
        membership::Column::Service,
    ];
    let mut find = membership::Entity::find().select_only();
    for column in columns {
        find = find.column(column).group_by(column);
    }
    let groups: Vec<Group> = find
        .column_as(membership::Column::Id.count(), "members")
        .filter(which)
        .filter(membership::Column::State.eq(Text(MemberState::Confirmed)))
        .into_tuple()
        .all(db)
        .await?;
    let mut counts: BTreeMap<PlaceCode, MemberCounts> = BTreeMap::new();
    for (branch, kind, affiliation, service, count) in groups {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        counts.entry(branch.0).or_default().add(kind.0, affiliation.0, service.0, count);
    }
    Ok(counts)
}

/// Lines in a state, counted by branch.
fn in_state(code: &PlaceCode, state: MemberState) -> Select<membership::Entity> {
    membership::Entity::find()
        .select_only()
        .column(membership::Column::Branch)
        .column_as(membership::Column::Id.count(), "members")
        .filter(within(membership::Column::Branch, code))
        .filter(membership::Column::State.eq(Text(state)))
        .group_by(membership::Column::Branch)
}

/// How many confirmed members each branch at or under `code` has, how many of them somebody looked at on or after `since`, and who
/// waits to be confirmed (党员底数清).
///
/// # Errors
/// When the database cannot be read.
pub async fn verified_counts_under(
    db: &impl ConnectionTrait,
    code: &PlaceCode,
    since: Date,
) -> Result<BTreeMap<PlaceCode, VerifiedCount>, Stop> {
    let confirmed = in_state(code, MemberState::Confirmed);
    type Latest = (Text<PlaceCode>, i64, Option<Text<Date>>);
    let known = confirmed.clone().column_as(membership::Column::VerifiedOn.max(), "latest");
    let known: Vec<Latest> = known.into_tuple().all(db).await?;
    let fresh = confirmed.filter(membership::Column::VerifiedOn.gte(Text(since)));
    let verified: Vec<(Text<PlaceCode>, i64)> = fresh.into_tuple().all(db).await?;
    let waiting: Vec<(Text<PlaceCode>, i64)> = in_state(code, MemberState::Reported).into_tuple().all(db).await?;
    let mut counts: BTreeMap<PlaceCode, VerifiedCount> = BTreeMap::new();
    let number = |count: i64| usize::try_from(count).unwrap_or(0);
    for (branch, count, latest) in known {
        let of = counts.entry(branch.0).or_default();
        (of.known, of.latest) = (number(count), latest.map(|date| date.0));
    }
    for (branch, count) in verified {
        counts.entry(branch.0).or_default().verified = number(count);
    }
    for (branch, count) in waiting {
        counts.entry(branch.0).or_default().waiting = number(count);
    }
    Ok(counts)
}

/// How many members are known, and how many of them were looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct VerifiedCount {
    /// 在册.
    pub known: usize,
    /// 已核对.
    pub verified: usize,
    /// 待确认报到, who are not known yet.
    pub waiting: usize,
    /// When somebody last looked at any of them.
    pub latest: Option<Date>,
}
