//! Closing a meeting: who came, how was voted, what was resolved, and the points for coming — in one deed.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    ids::{CandidateId, MeetingId, ResolutionId, TopicId},
    meeting::{Ballot, Matter, MeetingKind, MeetingRefusal, MeetingState, Presence, VoteKind, VoteResult, vote},
    points::ItemCode,
};
use platform::{
    act::{Act, Op},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use super::{
    actions::{keep, permitted},
    election,
    roll::{Attendee, Line, roll},
    store::{self, attendance, candidate, meeting, other, topic},
};
use crate::{
    points::{self, Proposal, Source},
    resolutions::{self, Resolution},
};

/// How a topic was voted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Votes {
    /// 赞成.
    pub yes: u32,
    /// 反对.
    pub no: u32,
    /// 弃权.
    pub abstained: u32,
}

/// The outcome of a meeting, as it is written down.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Who came, was excused or stayed away; who is not named stayed away.
    pub attendance: BTreeMap<Attendee, Presence>,
    /// How was voted, by topic.
    pub votes: BTreeMap<TopicId, Votes>,
    /// 得票 of each candidate of the elections that were held.
    pub elections: BTreeMap<CandidateId, u32>,
    /// Topics that were not voted on.
    pub unvoted: BTreeSet<TopicId>,
    /// Who of those present consents to fewer seats instead of a further election, by topic.
    pub consents: BTreeMap<TopicId, u32>,
    /// 会议小结.
    pub summary: String,
}

/// Closes a meeting, or enters one that was held on paper and never announced here. Answers how many points entries were
/// proposed for coming.
///
/// # Errors
/// Refusals when it has not begun, when votes cannot be or are not told, or when something was voted on that was not announced
/// (R-MTG-07).
pub async fn close_meeting(op: &Op, id: MeetingId, outcome: Outcome) -> Result<usize, Stop> {
    let mut act = op.act().await?;
    let row = permitted(&act, id).await?;
    let moved = match row.state.0 {
        MeetingState::Planned => row.rule().enter_later(act.now()).or_refuse()?,
        _ => row.rule().close(act.now()).or_refuse()?,
    };
    let lines = roll(act.db(), &row).await?;
    if outcome.attendance.keys().any(|named| !lines.iter().any(|line| line.attendee() == *named)) {
        return Err(Stop::Missing);
    }
    let candidates = store::candidates_of(act.db(), id).await?;
    for topic in store::topics_of(act.db(), id).await? {
        let own: Vec<candidate::Model> = candidates.iter().filter(|it| it.topic_id == topic.id).cloned().collect();
        let is_elected = own.iter().any(|candidate| outcome.elections.contains_key(&candidate.id.0));
        let is_told = is_elected || outcome.votes.contains_key(&topic.id.0);
        if is_told && outcome.unvoted.contains(&topic.id.0) {
            let at = format!("votes.{}", topic.id.0);
            return Err(MeetingRefusal::BothTold(topic.title)).or_refuse_at(&at);
        }
        if is_elected {
            election::hold(&act, &row, topic, own, &lines, &outcome).await?;
        } else if let Some(votes) = outcome.votes.get(&topic.id.0).filter(|_| own.is_empty()) {
            resolve(&act, &row, topic, *votes, &lines, &outcome.attendance).await?;
        } else if must_be_votable(&row, &topic).is_ok() && !outcome.unvoted.contains(&topic.id.0) {
            let at = format!("votes.{}", topic.id.0);
            return Err(MeetingRefusal::NotTold(topic.title)).or_refuse_at(&at);
        }
    }
    note_presence(&act, id, &lines, &outcome.attendance).await?;
    let proposed = propose(&mut act, &row, &lines, &outcome.attendance).await?;
    let row = meeting::Model {
        state: Text(moved.state),
        closed_at: Some(Int(act.now())),
        closed_by: act.signature(),
        summary: outcome.summary,
        ..row
    };
    keep(&mut act, row).await?;
    act.commit().await?;
    Ok(proposed)
}

/// Writes down for everybody in the roll whether they came, so that it stays as it was on the day.
async fn note_presence(
    act: &Act<'_>,
    id: MeetingId,
    lines: &[Line],
    noted: &BTreeMap<Attendee, Presence>,
) -> Result<(), Stop> {
    let (mut members, mut others) = (Vec::new(), Vec::new());
    for line in lines {
        let presence = Text(noted.get(&line.attendee()).copied().unwrap_or(Presence::Absent));
        match line.attendee() {
            Attendee::Member(member) => {
                members.push(attendance::Model { meeting_id: Text(id), membership_id: Text(member), presence });
            }
            Attendee::Person(person) => {
                others.push(other::Model { meeting_id: Text(id), person_id: Text(person), presence });
            }
        }
    }
    store::insert_attendance(act.db(), members, others).await
}

/// Counts one vote, and keeps what it resolved.
async fn resolve(
    act: &Act<'_>,
    row: &meeting::Model,
    topic: topic::Model,
    votes: Votes,
    lines: &[Line],
    attendance: &BTreeMap<Attendee, Presence>,
) -> Result<(), Stop> {
    let (meeting_kind, matter) = (row.kind.0, topic.matter.0);
    let at = format!("votes.{}", topic.id.0);
    let kind = must_be_votable(row, &topic).or_refuse_at(&at)?;
    let ballot = ballot(meeting_kind, matter, votes.yes, lines, attendance);
    let all = votes.yes.saturating_add(votes.no).saturating_add(votes.abstained);
    if all > ballot.present {
        return Err(MeetingRefusal::TooManyVotes { topic: topic.title, votes: all, present: ballot.present })
            .or_refuse_at(&at);
    }
    let resolved = Resolved { text: topic.text.clone(), kind, ballot, result: vote(kind, ballot) };
    let id = keep_resolution(act, row, &topic, resolved).await?;
    let voted = topic::Model {
        yes: Some(count(votes.yes)),
        no: Some(count(votes.no)),
        abstained: Some(count(votes.abstained)),
        resolution_id: Some(Text(id)),
        ..topic
    };
    store::save_topic(act.db(), voted).await
}

/// A topic is voted on when it was announced (R-MTG-07) and is this meeting's to decide (R-MTG-02).
pub(super) fn must_be_votable(row: &meeting::Model, topic: &topic::Model) -> Result<VoteKind, MeetingRefusal> {
    let (kind, matter) = (row.kind.0, topic.matter.0);
    let Some(vote) = matter.vote().filter(|_| row.published_at.is_some()) else {
        return Err(MeetingRefusal::Unannounced(topic.title.clone()));
    };
    if kind.decides(matter) {
        Ok(vote)
    } else {
        Err(MeetingRefusal::NotHere { topic: topic.title.clone(), matter, kind })
    }
}

/// What a vote came to.
pub(super) struct Resolved {
    /// What was resolved, in words.
    pub text: String,
    /// How was voted.
    pub kind: VoteKind,
    /// The numbers.
    pub ballot: Ballot,
    /// The result.
    pub result: VoteResult,
}

/// Writes a resolution down.
pub(super) async fn keep_resolution(
    act: &Act<'_>,
    row: &meeting::Model,
    topic: &topic::Model,
    resolved: Resolved,
) -> Result<ResolutionId, Stop> {
    let id: ResolutionId = act.new_id();
    let resolution = Resolution {
        id: Text(id),
        branch: row.branch.clone(),
        meeting_id: row.id,
        title: topic.title.clone(),
        text: resolved.text,
        kind: Text(resolved.kind),
        matter: Some(topic.matter),
        meeting_kind: Some(row.kind),
        eligible: count(resolved.ballot.eligible),
        present: count(resolved.ballot.present),
        yes: count(resolved.ballot.yes),
        result: Text(resolved.result),
        decided_on: Text(row.starts_at.0.date()),
    };
    resolutions::keep_resolution(act, resolution).await?;
    Ok(id)
}

/// A number as it is kept.
pub(super) fn count(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// Who is entitled and who of them came (R-MTG-02, R-MTG-04, R-MTG-06).
pub(super) fn ballot(
    kind: MeetingKind,
    matter: Matter,
    yes: u32,
    lines: &[Line],
    attendance: &BTreeMap<Attendee, Presence>,
) -> Ballot {
    let counts = |line: &&Line| line.standing().votes_in(kind, matter);
    let came = |line: &&Line| attendance.get(&line.attendee()) == Some(&Presence::Present);
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Ballot {
        eligible: number(lines.iter().filter(counts).count()),
        present: number(lines.iter().filter(counts).filter(came).count()),
        yes,
    }
}

/// Coming to a general meeting or a theme day gives points (P02).
pub(super) async fn propose(
    act: &mut Act<'_>,
    row: &meeting::Model,
    lines: &[Line],
    attendance: &BTreeMap<Attendee, Presence>,
) -> Result<usize, Stop> {
    if !matches!(row.kind.0, MeetingKind::General | MeetingKind::ThemeDay) {
        return Ok(0);
    }
    let came = |line: &&Line| attendance.get(&line.attendee()) == Some(&Presence::Present);
    let proposal = |line: &Line| {
        Some(Proposal {
            membership: line.member.as_ref()?.id.0,
            item: ItemCode::standard("P02"),
            quantity: 100,
            occurred_on: row.starts_at.0.date(),
            note: row.title.clone(),
        })
    };
    let source = Source { kind: "meeting", id: row.id.0.to_string() };
    let proposals = lines.iter().filter(came).filter_map(proposal).collect();
    points::propose_for(act, &row.branch.0, source, proposals).await
}
