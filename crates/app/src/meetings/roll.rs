//! Who is called to a meeting, and who came: members of the branch, and those of its committee who are in no roll here.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
};

use domain::{
    ids::{MeetingId, MembershipId, PersonId},
    meeting::{MeetingKind, MeetingState, Presence, Standing},
    organisation::{Affiliation, MemberKind},
};
use jiff::civil::Date;
use platform::{db::column::Text, error::Stop};
use sea_orm::ConnectionTrait;

use super::store::{self, meeting};
use crate::people::{self, CommitteePost, Membership, Person};

/// Who is meant in the attendance of a meeting: a line of the branch's roll, or a committee member whose membership lies
/// elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attendee {
    /// By the line of the roll.
    Member(MembershipId),
    /// By the person.
    Person(PersonId),
}

impl From<MembershipId> for Attendee {
    fn from(id: MembershipId) -> Self {
        Self::Member(id)
    }
}

impl fmt::Display for Attendee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Member(id) => write!(f, "{id}"),
            Self::Person(id) => write!(f, "person-{id}"),
        }
    }
}

impl FromStr for Attendee {
    type Err = Stop;

    fn from_str(text: &str) -> Result<Self, Stop> {
        match text.strip_prefix("person-") {
            Some(id) => id.parse().map(Self::Person).map_err(|_| Stop::Missing),
            None => text.parse().map(Self::Member).map_err(|_| Stop::Missing),
        }
    }
}

/// A line of a meeting's roll.
#[derive(Debug, Clone)]
pub struct Line {
    /// Who.
    pub person: Person,
    /// Their line in the branch's roll, if any.
    pub member: Option<Membership>,
    /// Their name, told apart from namesakes.
    pub called: String,
}

impl Line {
    fn of(person: Person, member: Option<Membership>) -> Self {
        Self { called: person.name.clone(), person, member }
    }

    /// How the attendance names them.
    #[must_use]
    pub fn attendee(&self) -> Attendee {
        self.member.as_ref().map_or(Attendee::Person(self.person.id.0), |member| Attendee::Member(member.id.0))
    }

    /// What decides whether they vote. Who is elected to the committee from outside the roll is a full member where the
    /// membership lies.
    #[must_use]
    pub fn standing(&self) -> Standing {
        match &self.member {
            Some(member) => Standing {
                kind: member.kind.0,
                affiliation: member.affiliation.0,
                is_without_vote: member.is_without_vote,
            },
            None => Standing { kind: MemberKind::Full, affiliation: Affiliation::Unit, is_without_vote: false },
        }
    }

    /// 党员类型.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.member.as_ref().map_or("班子成员", |member| member.kind.0.label())
    }

    /// 组织关系.
    #[must_use]
    pub fn affiliation(&self) -> &'static str {
        self.member.as_ref().map_or("不在本支部名册", |member| member.affiliation.0.label())
    }

    /// Whether they are 留党察看.
    #[must_use]
    pub fn is_without_vote(&self) -> bool {
        self.member.as_ref().is_some_and(|member| member.is_without_vote)
    }
}

/// The roll of a meeting, by name: once it is closed those whose presence was noted, whatever changed since; before that the
/// committee for its own meeting, the group for its own, and everybody in the branch otherwise.
///
/// # Errors
/// When the database cannot be read.
pub async fn roll(db: &impl ConnectionTrait, row: &meeting::Model) -> Result<Vec<Line>, Stop> {
    let mut lines = match (row.state.0, row.kind.0) {
        (MeetingState::Closed, _) => noted(db, row).await?,
        (_, MeetingKind::Committee) => committee(db, row).await?,
        _ => members(db, row).await?,
    };
    lines.sort_by_cached_key(|line| (people::by_sound(&line.person.name), line.attendee()));
    let members = lines.iter().filter_map(|line| Some((line.member.as_ref()?, line.person.name.as_str())));
    let mut called = people::names_apart(members);
    for line in &mut lines {
        if let Some(apart) = line.member.as_ref().and_then(|member| called.remove(&member.id.0)) {
            line.called = apart;
        }
    }
    Ok(lines)
}

async fn noted(db: &impl ConnectionTrait, row: &meeting::Model) -> Result<Vec<Line>, Stop> {
    let ids: Vec<MembershipId> =
        store::attendance_of(db, row.id.0).await?.into_iter().map(|noted| noted.membership_id.0).collect();
    let persons = people::persons_of(db, ids.iter().copied()).await?;
    let mut members: BTreeMap<MembershipId, Membership> =
        people::memberships_under(db, &row.branch.0).await?.into_iter().map(|member| (member.id.0, member)).collect();
    let mut lines = Vec::with_capacity(ids.len());
    for (id, person) in persons {
        let member = match members.remove(&id) {
            Some(member) => Some(member),
            // The line has gone to another branch since.
            None => people::membership(db, id).await?.map(|(member, _)| member),
        };
        lines.push(Line::of(person, member));
    }
    let others: Vec<PersonId> = store::others_of(db, row.id.0).await?.into_iter().map(|row| row.person_id.0).collect();
    lines.extend(people::persons(db, &others).await?.into_iter().map(|person| Line::of(person, None)));
    Ok(lines)
}

async fn members(db: &impl ConnectionTrait, row: &meeting::Model) -> Result<Vec<Line>, Stop> {
    let day = row.starts_at.0.date();
    let mut members = people::memberships_under(db, &row.branch.0).await?;
    let gathering = row.gathering();
    members.retain(|member| member.is_in_roll_on(day) && gathering.calls(member.group()));
    let persons = people::persons_of(db, members.iter().map(|member| member.id.0)).await?;
    let line = |member: Membership| persons.get(&member.id.0).cloned().map(|person| Line::of(person, Some(member)));
    Ok(members.into_iter().filter_map(line).collect())
}

/// Who held a post in the committee on the day of the meeting.
async fn committee(db: &impl ConnectionTrait, row: &meeting::Model) -> Result<Vec<Line>, Stop> {
    let (branch, day) = (&row.branch.0, row.starts_at.0.date());
    let mut posts = people::committee_of(db, branch).await?;
    posts.extend(people::past_committee_of(db, branch).await?);
    posts.retain(|(post, _)| is_held_on(post, day));
    let mut seen: BTreeSet<PersonId> = BTreeSet::new();
    posts.retain(|(_, person)| seen.insert(person.id.0));
    let members = members(db, row).await?;
    let own = |person: &Person| members.iter().find(|line| line.person.id == person.id).cloned();
    Ok(posts.into_iter().map(|(_, person)| own(&person).unwrap_or(Line::of(person, None))).collect())
}

fn is_held_on(post: &CommitteePost, day: Date) -> bool {
    post.since.is_none_or(|Text(since)| since <= day) && post.until.is_none_or(|Text(until)| until > day)
}

/// How presence was noted, by attendee.
///
/// # Errors
/// When the database cannot be read.
pub async fn presence_of(db: &impl ConnectionTrait, id: MeetingId) -> Result<BTreeMap<Attendee, Presence>, Stop> {
    let members = store::attendance_of(db, id).await?.into_iter();
    let others = store::others_of(db, id).await?.into_iter();
    let members = members.map(|row| (Attendee::Member(row.membership_id.0), row.presence.0));
    Ok(members.chain(others.map(|row| (Attendee::Person(row.person_id.0), row.presence.0))).collect())
}
