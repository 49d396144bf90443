//! What pages and other modules read about meetings.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    clock::Instant,
    ids::{MeetingId, MembershipId},
    meeting::{MeetingKind, MeetingState, Presence, is_overdue},
    place::PlaceCode,
};
use jiff::civil::{Date, date};
use platform::error::Stop;
use sea_orm::ConnectionTrait;

use super::store::{self, meeting};
use crate::people::{self, Membership, Person};

/// The beginning of a year and of the next one.
pub(super) fn bounds(year: i16) -> (Instant, Instant) {
    (Instant::start_of(date(year, 1, 1)), Instant::start_of(date(year.saturating_add(1), 1, 1)))
}

/// The meetings at or under `place` of a year, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn meetings_in_year(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    year: i16,
) -> Result<Vec<meeting::Model>, Stop> {
    let (from, until) = bounds(year);
    store::meetings_under(db, place, from, until).await
}

/// The meetings of a year that a member came to.
///
/// # Errors
/// When the database cannot be read.
pub async fn attended_by_member(
    db: &impl ConnectionTrait,
    member: &Membership,
    year: i16,
) -> Result<Vec<meeting::Model>, Stop> {
    let came: BTreeSet<MeetingId> = store::attended(db, member.id.0)
        .await?
        .into_iter()
        .filter(|row| row.presence.0 == Presence::Present)
        .map(|row| row.meeting_id.0)
        .collect();
    let mut meetings = meetings_in_year(db, &member.branch.0, year).await?;
    meetings.retain(|meeting| came.contains(&meeting.id.0));
    Ok(meetings)
}

/// How many meetings of the branches at or under `place` each member came to in a year, in one statement.
///
/// # Errors
/// When the database cannot be read.
pub async fn attended_in_year(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    year: i16,
) -> Result<BTreeMap<MembershipId, u32>, Stop> {
    let (from, until) = bounds(year);
    store::attended_counts(db, place, from, until).await
}

/// Who is in the roll of a meeting, by name: the committee for its own meeting, everybody in the branch otherwise.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn entitled(
    db: &impl ConnectionTrait,
    row: &meeting::Model,
) -> Result<Vec<(Membership, Person)>, Stop> {
    let branch = &row.branch.0;
    let day = row.starts_at.0.date();
    let members = people::memberships_under(db, branch).await?;
    let persons = people::persons_of(db, members.iter().map(|member| member.id.0)).await?;
    let committee: Option<BTreeSet<_>> = match row.kind.0 {
        MeetingKind::Committee => {
            Some(people::committee_of(db, branch).await?.into_iter().map(|(_, person)| person.id).collect())
        }
        _ => None,
    };
    let mut entitled: Vec<(Membership, Person)> = members
        .into_iter()
        .filter(|member| member.is_in_roll_on(day))
        .filter(|member| committee.as_ref().is_none_or(|committee| committee.contains(&member.person_id)))
        .filter_map(|member| persons.get(&member.id.0).cloned().map(|person| (member, person)))
        .collect();
    entitled.sort_by(|one, two| (&one.1.name, one.0.id).cmp(&(&two.1.name, two.0.id)));
    Ok(entitled)
}

/// How a member's presence was noted, by member.
pub(super) async fn presence_of(
    db: &impl ConnectionTrait,
    id: MeetingId,
) -> Result<BTreeMap<MembershipId, Presence>, Stop> {
    let rows = store::attendance_of(db, id).await?;
    Ok(rows.into_iter().map(|row| (row.membership_id.0, row.presence.0)).collect())
}

/// How a branch keeps its meetings in a year.
#[derive(Debug, Clone, Default)]
pub(super) struct Keeping {
    /// How many were held, by kind.
    pub held: BTreeMap<MeetingKind, usize>,
    /// Kinds that are late (R-MTG-01).
    pub late: Vec<MeetingKind>,
}

/// How each of these branches keeps its meetings; a kind that a branch has no body for is not asked of it.
pub(super) fn keeping(
    meetings: &[meeting::Model],
    branches: impl IntoIterator<Item = PlaceCode>,
    today: Date,
) -> BTreeMap<PlaceCode, Keeping> {
    let mut all: BTreeMap<PlaceCode, Keeping> = branches.into_iter().map(|code| (code, Keeping::default())).collect();
    let mut last: BTreeMap<(PlaceCode, MeetingKind), Date> = BTreeMap::new();
    for meeting in meetings.iter().filter(|meeting| meeting.state.0 == MeetingState::Closed) {
        if let Some(keeping) = all.get_mut(&meeting.branch.0) {
            *keeping.held.entry(meeting.kind.0).or_default() += 1;
            let day = last.entry((meeting.branch.0.clone(), meeting.kind.0)).or_insert(Date::MIN);
            *day = (*day).max(meeting.starts_at.0.date());
        }
    }
    let since = date(today.year(), 1, 1);
    for (branch, keeping) in &mut all {
        // Groups meet only where there are any.
        for kind in [MeetingKind::General, MeetingKind::Committee] {
            if is_overdue(kind, last.get(&(branch.clone(), kind)).copied(), since, today) {
                keeping.late.push(kind);
            }
        }
    }
    all
}
