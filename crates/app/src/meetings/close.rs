//! Closing a meeting: who came, how was voted, what was resolved, and the points for coming — in one deed.

use std::collections::BTreeMap;

use domain::{
    ids::{MeetingId, MembershipId, ResolutionId, TopicId},
    meeting::{Ballot, Matter, MeetingKind, MeetingRefusal, Presence, Standing, vote},
    points::ItemCode,
};
use platform::{
    act::{Act, Op},
    db::column::{Int, Text},
    error::{OrRefuse as _, Stop},
};

use super::{
    actions::{keep, permitted},
    queries,
    store::{self, attendance, meeting, topic},
};
use crate::{
    people::Membership,
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
    pub attendance: BTreeMap<MembershipId, Presence>,
    /// How was voted, by topic; what is not named was not voted on.
    pub votes: BTreeMap<TopicId, Votes>,
    /// 会议小结.
    pub summary: String,
}

/// Closes a meeting. Answers how many points entries were proposed for coming.
///
/// # Errors
/// Refusals when it was not announced or has not begun, or when the votes cannot be.
pub async fn close_meeting(op: &Op, id: MeetingId, outcome: Outcome) -> Result<usize, Stop> {
    let mut act = op.act().await?;
    let row = permitted(&act, id).await?;
    let moved = row.rule().close(act.now()).or_refuse()?;
    let members = queries::entitled(act.db(), &row).await?;
    if outcome.attendance.keys().any(|id| !members.iter().any(|(member, _)| member.id.0 == *id)) {
        return Err(Stop::Missing);
    }
    let members: Vec<Membership> = members.into_iter().map(|(member, _)| member).collect();
    for topic in store::topics_of(act.db(), id).await? {
        if let Some(votes) = outcome.votes.get(&topic.id.0) {
            resolve(&act, &row, topic, *votes, &members, &outcome.attendance).await?;
        }
    }
    let presence = |member: &Membership| outcome.attendance.get(&member.id.0).copied().unwrap_or(Presence::Absent);
    let came = members.iter().map(|member| attendance::Model {
        meeting_id: row.id,
        membership_id: member.id,
        presence: Text(presence(member)),
    });
    store::insert_attendance(act.db(), came.collect()).await?;
    let proposed = propose(&mut act, &row, members.iter().filter(|it| presence(it) == Presence::Present)).await?;
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

/// Counts one vote, and keeps what it resolved.
async fn resolve(
    act: &Act<'_>,
    row: &meeting::Model,
    topic: topic::Model,
    votes: Votes,
    members: &[Membership],
    attendance: &BTreeMap<MembershipId, Presence>,
) -> Result<(), Stop> {
    let Some(kind) = topic.matter.0.vote() else {
        return Err(MeetingRefusal::Unannounced(topic.title)).or_refuse();
    };
    let ballot = ballot(row.kind.0, topic.matter.0, votes.yes, members, attendance);
    let all = votes.yes.saturating_add(votes.no).saturating_add(votes.abstained);
    if all > ballot.present {
        return Err(MeetingRefusal::TooManyVotes { topic: topic.title, votes: all, present: ballot.present })
            .or_refuse_at(&format!("votes.{}", topic.id.0));
    }
    let id: ResolutionId = act.new_id();
    let count = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    let resolution = Resolution {
        id: Text(id),
        branch: row.branch.clone(),
        meeting_id: row.id,
        title: topic.title.clone(),
        text: topic.text.clone(),
        kind: Text(kind),
        eligible: count(ballot.eligible),
        present: count(ballot.present),
        yes: count(votes.yes),
        result: Text(vote(kind, ballot)),
        decided_on: Text(row.starts_at.0.date()),
    };
    resolutions::keep_resolution(act, resolution).await?;
    let voted = topic::Model {
        yes: Some(count(votes.yes)),
        no: Some(count(votes.no)),
        abstained: Some(count(votes.abstained)),
        resolution_id: Some(Text(id)),
        ..topic
    };
    store::save_topic(act.db(), voted).await
}

/// Who is entitled and who of them came: committee members in a committee meeting (R-MTG-04), voters on the matter elsewhere.
pub(super) fn ballot(
    kind: MeetingKind,
    matter: Matter,
    yes: u32,
    members: &[Membership],
    attendance: &BTreeMap<MembershipId, Presence>,
) -> Ballot {
    let counts = |member: &&Membership| kind == MeetingKind::Committee || standing(member).votes_on(matter);
    let came = |member: &&Membership| attendance.get(&member.id.0) == Some(&Presence::Present);
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Ballot {
        eligible: number(members.iter().filter(counts).count()),
        present: number(members.iter().filter(counts).filter(came).count()),
        yes,
    }
}

const fn standing(member: &Membership) -> Standing {
    Standing { kind: member.kind.0, affiliation: member.affiliation.0, is_without_vote: member.is_without_vote }
}

/// Coming to a general meeting or a theme day gives points (P02).
async fn propose<'m>(
    act: &mut Act<'_>,
    row: &meeting::Model,
    came: impl Iterator<Item = &'m Membership>,
) -> Result<usize, Stop> {
    if !matches!(row.kind.0, MeetingKind::General | MeetingKind::ThemeDay) {
        return Ok(0);
    }
    let proposal = |member: &Membership| Proposal {
        membership: member.id.0,
        item: ItemCode::standard("P02"),
        quantity: 100,
        occurred_on: row.starts_at.0.date(),
        note: row.title.clone(),
    };
    let source = Source { kind: "meeting", id: row.id.0.to_string() };
    points::propose_for(act, &row.branch.0, source, came.map(proposal).collect()).await
}
