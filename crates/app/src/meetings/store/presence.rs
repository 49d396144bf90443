//! Who came to meetings.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    clock::Instant,
    ids::{MeetingId, MembershipId, PersonId},
    meeting::Presence,
    place::PlaceCode,
};
use platform::{
    act::one_row,
    db::{
        column::{Int, Text},
        insert_all, within,
    },
    error::Stop,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, JoinType, QueryFilter as _, QueryOrder as _, QuerySelect as _,
    RelationTrait as _, sea_query::Expr,
};

use super::{attendance, meeting, other};
use crate::meetings::roll::Attendee;

/// Who came to a meeting.
pub async fn attendance_of(db: &impl ConnectionTrait, id: MeetingId) -> Result<Vec<attendance::Model>, Stop> {
    let found = attendance::Entity::find().filter(attendance::Column::MeetingId.eq(Text(id)));
    Ok(found.order_by_asc(attendance::Column::MembershipId).all(db).await?)
}

/// Who came of those without a line in the roll.
pub async fn others_of(db: &impl ConnectionTrait, id: MeetingId) -> Result<Vec<other::Model>, Stop> {
    let found = other::Entity::find().filter(other::Column::MeetingId.eq(Text(id)));
    Ok(found.order_by_asc(other::Column::PersonId).all(db).await?)
}

/// The meetings that a member's presence is noted for.
pub async fn attended(db: &impl ConnectionTrait, membership: MembershipId) -> Result<Vec<attendance::Model>, Stop> {
    let found = attendance::Entity::find().filter(attendance::Column::MembershipId.eq(Text(membership)));
    Ok(found.order_by_asc(attendance::Column::MeetingId).all(db).await?)
}

/// How many meetings at or under `place` within `[from, until)` each member came to.
pub async fn attended_counts(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    from: Instant,
    until: Instant,
) -> Result<BTreeMap<MembershipId, u32>, Stop> {
    let counts: Vec<(Text<MembershipId>, i64)> = attendance::Entity::find()
        .select_only()
        .column(attendance::Column::MembershipId)
        .column_as(attendance::Column::MeetingId.count(), "meetings")
        .join(JoinType::InnerJoin, attendance::Relation::Meeting.def())
        .filter(within(meeting::Column::Branch, place))
        .filter(meeting::Column::StartsAt.gte(Int(from)))
        .filter(meeting::Column::StartsAt.lt(Int(until)))
        .filter(attendance::Column::Presence.eq(Text(Presence::Present)))
        .group_by(attendance::Column::MembershipId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(counts.into_iter().map(|(member, count)| (member.0, u32::try_from(count).unwrap_or(u32::MAX))).collect())
}

/// How many meetings at or under `place` within `[from, until)` somebody came to.
pub async fn peopled(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    from: Instant,
    until: Instant,
) -> Result<usize, Stop> {
    let held: Vec<Text<MeetingId>> = attendance::Entity::find()
        .select_only()
        .column(attendance::Column::MeetingId)
        .distinct()
        .join(JoinType::InnerJoin, attendance::Relation::Meeting.def())
        .filter(within(meeting::Column::Branch, place))
        .filter(meeting::Column::StartsAt.gte(Int(from)))
        .filter(meeting::Column::StartsAt.lt(Int(until)))
        .filter(attendance::Column::Presence.eq(Text(Presence::Present)))
        .into_tuple()
        .all(db)
        .await?;
    // Committees of people from outside the roll meet as well.
    let others: Vec<Text<MeetingId>> = other::Entity::find()
        .select_only()
        .column(other::Column::MeetingId)
        .distinct()
        .join(JoinType::InnerJoin, other::Relation::Meeting.def())
        .filter(within(meeting::Column::Branch, place))
        .filter(meeting::Column::StartsAt.gte(Int(from)))
        .filter(meeting::Column::StartsAt.lt(Int(until)))
        .filter(other::Column::Presence.eq(Text(Presence::Present)))
        .into_tuple()
        .all(db)
        .await?;
    Ok(held.into_iter().chain(others).collect::<BTreeSet<_>>().len())
}

/// Keeps who came.
pub async fn insert_attendance(
    db: &impl ConnectionTrait,
    rows: Vec<attendance::Model>,
    others: Vec<other::Model>,
) -> Result<(), Stop> {
    insert_all(db, rows).await?;
    Ok(insert_all(db, others).await?)
}

/// Keeps that somebody came, or did not, after all.
pub async fn save_presence(
    db: &impl ConnectionTrait,
    id: MeetingId,
    attendee: Attendee,
    presence: Presence,
) -> Result<(), Stop> {
    let saved = match attendee {
        Attendee::Member(member) => {
            attendance::Entity::update_many()
                .col_expr(attendance::Column::Presence, Expr::value(Text(presence)))
                .filter(attendance::Column::MeetingId.eq(Text(id)))
                .filter(attendance::Column::MembershipId.eq(Text(member)))
                .exec(db)
                .await?
        }
        Attendee::Person(person) => {
            other::Entity::update_many()
                .col_expr(other::Column::Presence, Expr::value(Text(presence)))
                .filter(other::Column::MeetingId.eq(Text(id)))
                .filter(other::Column::PersonId.eq(Text(person)))
                .exec(db)
                .await?
        }
    };
    one_row(saved.rows_affected)
}

/// Every meeting that a committee member's presence is noted for who was in no roll there, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn presences_of_person(
    db: &impl ConnectionTrait,
    person: PersonId,
) -> Result<Vec<(meeting::Model, Presence)>, Stop> {
    let noted = other::Entity::find().filter(other::Column::PersonId.eq(Text(person))).all(db).await?;
    let mut presences = Vec::with_capacity(noted.len());
    for row in noted {
        presences.extend(meeting(db, row.meeting_id.0).await?.map(|meeting| (meeting, row.presence.0)));
    }
    presences.sort_by_key(|(meeting, _)| std::cmp::Reverse(meeting.starts_at));
    Ok(presences)
}

/// Every meeting that a member's presence is noted for, the newest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn presences_of(
    db: &impl ConnectionTrait,
    membership: MembershipId,
) -> Result<Vec<(meeting::Model, Presence)>, Stop> {
    let found = attendance::Entity::find()
        .find_also_related(meeting::Entity)
        .filter(attendance::Column::MembershipId.eq(Text(membership)))
        .order_by_desc(meeting::Column::StartsAt)
        .order_by_desc(meeting::Column::Id)
        .all(db)
        .await?;
    Ok(found.into_iter().filter_map(|(noted, meeting)| meeting.map(|meeting| (meeting, noted.presence.0))).collect())
}
