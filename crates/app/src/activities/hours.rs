//! Hours served, in activities and singly: what must not overlap, and what a year comes to.

use std::collections::BTreeMap;

use domain::{
    activity::{RecordState, Stretch, TakingPart},
    clock::Instant,
    ids::{MembershipId, PersonId},
    place::PlaceCode,
};
use jiff::{ToSpan as _, civil::Date};
use platform::{
    db::{
        column::{Int, Text},
        within,
    },
    error::Stop,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, JoinType, QueryFilter as _, QuerySelect as _,
    RelationTrait as _, sea_query::Expr,
};

use super::{
    queries::bounds,
    records::store::record,
    store::{activity, person},
};
use crate::people;

/// What these members did around `day`, by member: activities they came to, and records that are not rejected, in whatever
/// branch the person has a line.
pub(super) async fn stretches_of(
    db: &impl ConnectionTrait,
    members: &[MembershipId],
    day: Date,
) -> Result<BTreeMap<MembershipId, Vec<Stretch>>, Stop> {
    let persons = people::persons_of(db, members.iter().copied()).await?;
    let ids: Vec<PersonId> = persons.values().map(|person| person.id.0).collect();
    let mut lines: BTreeMap<PersonId, Vec<MembershipId>> = BTreeMap::new();
    for line in people::memberships_of_persons(db, &ids).await? {
        lines.entry(line.person_id.0).or_default().push(line.id.0);
    }
    let all: Vec<MembershipId> = lines.values().flatten().copied().collect();
    let by_line = stretches_of_lines(db, &all, day).await?;
    let of_person = |person: &PersonId| -> Vec<Stretch> {
        lines.get(person).into_iter().flatten().filter_map(|line| by_line.get(line)).flatten().cloned().collect()
    };
    Ok(persons.into_iter().map(|(member, person)| (member, of_person(&person.id.0))).collect())
}

async fn stretches_of_lines(
    db: &impl ConnectionTrait,
    members: &[MembershipId],
    day: Date,
) -> Result<BTreeMap<MembershipId, Vec<Stretch>>, Stop> {
    // Twelve hours reach into the next day at most.
    let from = Instant::start_of(day.checked_sub(1.days()).unwrap_or(day));
    let until = Instant::end_of(day.checked_add(1.days()).unwrap_or(day));
    let mut all: BTreeMap<MembershipId, Vec<Stretch>> = BTreeMap::new();
    for chunk in members.chunks(500) {
        let these = || chunk.iter().copied().map(Text);
        let came = person::Entity::find()
            .find_also_related(activity::Entity)
            .filter(person::Column::MembershipId.is_in(these()))
            .filter(person::Column::State.eq(Text(TakingPart::Came)))
            .filter(activity::Column::StartsAt.gte(Int(from)))
            .filter(activity::Column::StartsAt.lt(Int(until)))
            .all(db)
            .await?;
        for (person, activity) in came {
            let (Some(activity), Some(hours)) = (activity, person.hours) else { continue };
            let stretch = Stretch { from: activity.starts_at.0, hours, title: activity.title };
            all.entry(person.membership_id.0).or_default().push(stretch);
        }
        let singly = record::Entity::find()
            .filter(record::Column::MembershipId.is_in(these()))
            .filter(record::Column::StartsAt.gte(Int(from)))
            .filter(record::Column::StartsAt.lt(Int(until)))
            .all(db)
            .await?;
        for row in singly.into_iter().filter(|row| row.state.0.occupies()) {
            let stretch = Stretch { from: row.starts_at.0, hours: row.hours, title: row.title };
            all.entry(row.membership_id.0).or_default().push(stretch);
        }
    }
    Ok(all)
}

/// What a member's year of service comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Served {
    /// Activities the member came to, whatever their kind.
    pub activities: u32,
    /// Confirmed records of service done singly.
    pub records: u32,
    /// Hundredths of hours of service in both; what was no service counts none (R-DUTY-02).
    pub hours: i64,
}

/// What the members of the branches at or under `place` served in a year, by member, in two statements.
///
/// # Errors
/// When the database cannot be read.
pub async fn served_in_year(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    year: i16,
) -> Result<BTreeMap<MembershipId, Served>, Stop> {
    let (from, until) = bounds(year);
    let mut served: BTreeMap<MembershipId, Served> = BTreeMap::new();
    // PostgreSQL sums 64-bit integers as decimals.
    let hours = || {
        Expr::cust(
            "CAST(SUM(CASE WHEN activities.counts_hours THEN COALESCE(activity_people.hours, 0) ELSE 0 END) AS BIGINT)",
        )
    };
    // The record of who summed an activity up is of an activity that is counted already.
    let singly_done = || Expr::cust("CAST(SUM(CASE WHEN activity_id IS NULL THEN 1 ELSE 0 END) AS BIGINT)");
    // The activity may be the community's or the county's; the member is the branch's.
    let came: Vec<(Text<MembershipId>, i64, i64)> = person::Entity::find()
        .select_only()
        .column(person::Column::MembershipId)
        .column_as(person::Column::Id.count(), "activities")
        .column_as(hours(), "hours")
        .join(JoinType::InnerJoin, person::Relation::Activity.def())
        .filter(people::is_member_under(place, person::Column::MembershipId))
        .filter(activity::Column::StartsAt.gte(Int(from)))
        .filter(activity::Column::StartsAt.lt(Int(until)))
        .filter(person::Column::State.eq(Text(TakingPart::Came)))
        .group_by(person::Column::MembershipId)
        .into_tuple()
        .all(db)
        .await?;
    for (member, count, hours) in came {
        let one = served.entry(member.0).or_default();
        (one.activities, one.hours) = (u32::try_from(count).unwrap_or(u32::MAX), hours);
    }
    let singly: Vec<(Text<MembershipId>, i64, i64)> = record::Entity::find()
        .select_only()
        .column(record::Column::MembershipId)
        .column_as(singly_done(), "records")
        .column_as(Expr::cust("CAST(SUM(hours) AS BIGINT)"), "hours")
        .filter(within(record::Column::Branch, place))
        .filter(record::Column::StartsAt.gte(Int(from)))
        .filter(record::Column::StartsAt.lt(Int(until)))
        .filter(record::Column::State.eq(Text(RecordState::Confirmed)))
        .group_by(record::Column::MembershipId)
        .into_tuple()
        .all(db)
        .await?;
    for (member, count, hours) in singly {
        let one = served.entry(member.0).or_default();
        one.records = u32::try_from(count).unwrap_or(u32::MAX);
        one.hours += hours;
    }
    Ok(served)
}
