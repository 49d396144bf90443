//! What pages and other modules read about meetings.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    clock::Instant,
    ids::{MeetingId, MembershipId, PersonId},
    meeting::{Gathering, Keeping, MeetingKind, MeetingState, Presence},
    place::PlaceCode,
};
use jiff::civil::{Date, date};
use platform::{db::column::Text, error::Stop};
use sea_orm::ConnectionTrait;

use super::store::{self, meeting};
use crate::{
    people::{self, Membership},
    places,
};

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

/// The meetings at or under `place` that begin within `[from, until)`, the latest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn meetings_between(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    from: Instant,
    until: Instant,
) -> Result<Vec<meeting::Model>, Stop> {
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

/// How many meetings a branch held in a year to which anybody came.
///
/// # Errors
/// When the database cannot be read.
pub async fn peopled_in_year(db: &impl ConnectionTrait, branch: &PlaceCode, year: i16) -> Result<usize, Stop> {
    let (from, until) = bounds(year);
    store::peopled(db, branch, from, until).await
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
/// Those of the committee are for who sits in it, those of a group for its members. Topics are told by [`store::topics_of`].
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
    rows.retain(|row| row.gathering().calls(member.group()));
    if rows.iter().any(|row| row.kind.0 == MeetingKind::Committee) {
        let committee = people::committee_of(db, branch).await?;
        let is_in = committee.iter().any(|(_, person)| person.id == member.person_id);
        rows.retain(|row| is_in || row.kind.0 != MeetingKind::Committee);
    }
    rows.reverse();
    Ok(rows)
}

/// A meeting of the member's branch that they are told of, with its topics: not before it is announced, and the committee's own
/// or a group's only when they are of it.
///
/// # Errors
/// When the database cannot be read.
pub async fn told_to(
    db: &impl ConnectionTrait,
    member: &Membership,
    id: MeetingId,
) -> Result<Option<(meeting::Model, Vec<store::topic::Model>)>, Stop> {
    let found = store::meeting(db, id).await?;
    let is_told = |row: &meeting::Model| {
        let own = member.group();
        row.branch == member.branch && row.published_at.is_some() && row.gathering().calls(own)
    };
    let Some(row) = found.filter(is_told) else { return Ok(None) };
    if row.kind.0 == MeetingKind::Committee {
        let committee = people::committee_of(db, &row.branch.0).await?;
        if committee.iter().all(|(_, person)| person.id != member.person_id) {
            return Ok(None);
        }
    }
    let topics = store::topics_of(db, id).await?;
    Ok(Some((row, topics)))
}

/// How many meetings of each kind each branch held, among `meetings`.
pub(super) fn held_by_kind(meetings: &[meeting::Model]) -> BTreeMap<(PlaceCode, MeetingKind), usize> {
    let mut held = BTreeMap::new();
    for meeting in meetings.iter().filter(|meeting| meeting.state.0 == MeetingState::Closed) {
        *held.entry((meeting.branch.0.clone(), meeting.kind.0)).or_default() += 1;
    }
    held
}

/// A branch has a committee when at least as many sit in it; fewer are a secretary and a deputy.
const COMMITTEE: usize = 3;
/// Days around today in which a meeting that was called is the one asked for.
const ASKED_DAYS: i64 = 11;
/// How far back a meeting can lie and still matter for the next.
const BACK_DAYS: i64 = 400;

/// What a branch has not held.
#[derive(Debug, Clone, Default)]
pub(super) struct Missed {
    /// What the last quarter or month passed without.
    pub late: Vec<Gathering>,
    /// What this one soon ends without, and when.
    pub asked: Vec<(Gathering, Date)>,
}

/// What each working branch at or under `place` has not held (R-MTG-01); one that misses nothing is named as well. A kind that
/// a branch has no body for is not asked of it: each group for itself, and committees only where three sit in one.
///
/// # Errors
/// When the database cannot be read.
pub(super) async fn keeping(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    today: Date,
) -> Result<BTreeMap<PlaceCode, Missed>, Stop> {
    let now = Instant::end_of(today);
    let mut last: BTreeMap<(PlaceCode, Gathering), Date> = BTreeMap::new();
    let mut arranged: BTreeSet<(PlaceCode, Gathering)> = BTreeSet::new();
    for meeting in store::meetings_under(db, place, now.plus_days(-BACK_DAYS), now.plus_days(ASKED_DAYS)).await? {
        if meeting.state.0 == MeetingState::Published && meeting.starts_at.0 > now.plus_days(-ASKED_DAYS) {
            arranged.insert((meeting.branch.0.clone(), meeting.gathering()));
        }
        if meeting.state.0 == MeetingState::Closed {
            let day = last.entry((meeting.branch.0.clone(), meeting.gathering())).or_insert(Date::MIN);
            *day = (*day).max(meeting.starts_at.0.date());
        }
    }
    let mut sitting: BTreeMap<PlaceCode, BTreeSet<PersonId>> = BTreeMap::new();
    for post in people::posts_under(db, place).await? {
        sitting.entry(post.branch.0).or_default().insert(post.person_id.0);
    }
    let mut groups = people::groups_under(db, place).await?;
    let mut all = BTreeMap::new();
    for found in places::branches_under(db, place).await?.into_iter().filter(|found| found.place.is_active) {
        let code = found.place.code.0;
        // A branch that never met here is asked from its beginning on, or from the last year.
        let since = found.branch.founded_on.map_or(date(today.year() - 1, 1, 1), |Text(day)| day);
        let has_committee = sitting.get(&code).is_some_and(|posts| posts.len() >= COMMITTEE);
        let mut asked = vec![Gathering::whole(MeetingKind::General)];
        asked.extend(has_committee.then_some(Gathering::whole(MeetingKind::Committee)));
        let groups = groups.remove(&code).unwrap_or_default().into_iter();
        asked.extend(groups.map(|group| Gathering { kind: MeetingKind::Group, group: Some(group) }));
        // A group is asked from the branch's last common meeting of groups on.
        let last_of =
            |it: Gathering| last.get(&(code.clone(), it)).or(last.get(&(code.clone(), Gathering::whole(it.kind))));
        let mut missed = Missed::default();
        for it in asked {
            match Keeping::of(it.kind, last_of(it).copied(), since, today) {
                Keeping::Kept => {}
                // Who has called it already, or has only to write it down, is not asked to arrange it.
                Keeping::Asked(_) if arranged.contains(&(code.clone(), it)) => {}
                Keeping::Asked(until) => missed.asked.push((it, until)),
                Keeping::Late => missed.late.push(it),
            }
        }
        all.insert(code, missed);
    }
    Ok(all)
}
