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
use crate::people::{self, Membership};

/// How far ahead members look.
const COMING_DAYS: i64 = 60;

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

/// The meetings that a member is called to from now on, the earliest first: those that were announced, called off since or not.
/// Those of the committee are for who sits in it. Topics are told by [`store::topics_of`].
///
/// # Errors
/// When the database cannot be read.
pub async fn upcoming_for(
    db: &impl ConnectionTrait,
    member: &Membership,
    now: Instant,
) -> Result<Vec<meeting::Model>, Stop> {
    let branch = &member.branch.0;
    let mut rows = store::meetings_under(db, branch, now, now.plus_days(COMING_DAYS)).await?;
    rows.retain(|row| row.branch.0 == *branch && row.published_at.is_some() && row.state.0 != MeetingState::Closed);
    if rows.iter().any(|row| row.kind.0 == MeetingKind::Committee) {
        let committee = people::committee_of(db, branch).await?;
        let is_in = committee.iter().any(|(_, person)| person.id == member.person_id);
        rows.retain(|row| is_in || row.kind.0 != MeetingKind::Committee);
    }
    rows.reverse();
    Ok(rows)
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
