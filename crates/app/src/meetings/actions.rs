//! The deeds before a meeting, and what is added to its minutes later.

use std::collections::BTreeSet;

use domain::{
    clock::{Instant, chinese_date},
    ids::{MeetingId, TopicId},
    meeting::{Gathering, Matter, MeetingKind, MeetingRefusal, MeetingState},
    organisation::PartyGroup,
    permission::{Deed, OfficeKind},
    place::PlaceCode,
};
use platform::{
    act::{Act, Op, Subject},
    db::column::{Int, Text},
    error::{OrRefuse as _, Problem, Stop},
};

use super::{
    roll,
    store::{self, Agenda, candidate, meeting, topic},
    urls,
};
use crate::{messages, people, places};

/// A topic as a form tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTopic {
    /// 议题.
    pub title: String,
    /// What is proposed.
    pub text: String,
    /// What it is about.
    pub matter: Matter,
    /// Who is to be elected, when it is an election.
    pub election: Option<NewElection>,
}

/// An election as a form tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewElection {
    /// 应选名额.
    pub seats: u32,
    /// 候选人, in whatever order.
    pub candidates: Vec<String>,
}

/// A meeting as a form tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMeeting {
    /// The kind.
    pub kind: MeetingKind,
    /// Which group of the branch meets, when it is a group's.
    pub group: Option<PartyGroup>,
    /// 会议名称.
    pub title: String,
    /// When it begins.
    pub starts_at: Instant,
    /// Where.
    pub venue: String,
    /// What about.
    pub topics: Vec<NewTopic>,
}

/// Plans a meeting.
///
/// # Errors
/// Refusals without a topic, for matters that another meeting decides, and for elections without candidates enough.
pub async fn convene_meeting(op: &Op, branch: &PlaceCode, new: NewMeeting) -> Result<MeetingId, Stop> {
    let mut act = op.act().await?;
    places::branch(act.db(), branch).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::EditMeeting, branch)?;
    let gathering = gathering_of(&act, branch, &new).await?;
    let id: MeetingId = act.new_id();
    let agenda = agenda_of(&act, id, new.kind, new.topics)?;
    let row = meeting::Model {
        id: Text(id),
        branch: Text(branch.clone()),
        kind: Text(gathering.kind),
        party_group: gathering.group.map(Int),
        title: new.title,
        starts_at: Int(new.starts_at),
        venue: new.venue,
        state: Text(MeetingState::Planned),
        published_at: None,
        closed_at: None,
        closed_by: String::new(),
        summary: String::new(),
        addenda: String::new(),
        reason: String::new(),
        version: 0,
    };
    record(&mut act, &row).await?;
    store::insert(act.db(), row, agenda).await?;
    act.commit().await?;
    Ok(id)
}

/// Changes what is planned, while nobody was told of it.
///
/// # Errors
/// Refusals as for convening, and once it is announced; [`Stop::Conflict`] when somebody else changed it meanwhile.
pub async fn change_meeting(op: &Op, id: MeetingId, version: i32, new: NewMeeting) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let old = permitted(&act, id).await?;
    old.rule().must_be_planned().or_refuse()?;
    let gathering = gathering_of(&act, &old.branch.0, &new).await?;
    let agenda = agenda_of(&act, id, new.kind, new.topics)?;
    let row = meeting::Model {
        kind: Text(gathering.kind),
        party_group: gathering.group.map(Int),
        title: new.title,
        starts_at: Int(new.starts_at),
        venue: new.venue,
        version,
        ..old
    };
    // First the version, so that of two who change it at once only one gives it an agenda.
    keep(&mut act, row).await?;
    store::replace_agenda(act.db(), id, agenda).await?;
    act.commit().await
}

/// Who meets, once it is said of a group's meeting which group's.
async fn gathering_of(act: &Act<'_>, branch: &PlaceCode, new: &NewMeeting) -> Result<Gathering, Stop> {
    let groups = people::groups_of(act.db(), branch).await?;
    Gathering::of(new.kind, new.group, &groups).or_refuse()
}

/// The agenda as it is kept, once it may be one of this kind of meeting.
fn agenda_of(act: &Act<'_>, id: MeetingId, kind: MeetingKind, topics: Vec<NewTopic>) -> Result<Agenda, Stop> {
    if topics.is_empty() {
        return Err(MeetingRefusal::NoTopic).or_refuse();
    }
    must_be_for(kind, &topics)?;
    let mut agenda = Agenda::default();
    for (position, told) in (0..).zip(topics) {
        let topic_id: TopicId = act.new_id();
        let seats = told.election.as_ref().and_then(|election| i32::try_from(election.seats).ok());
        for (number, name) in (0..).zip(told.election.map(|election| in_order(election.candidates)).unwrap_or_default())
        {
            agenda.candidates.push(candidate::Model {
                id: Text(act.new_id()),
                meeting_id: Text(id),
                topic_id: Text(topic_id),
                position: number,
                name,
                votes: None,
                is_elected: false,
                is_tied: false,
            });
        }
        agenda.topics.push(topic::Model {
            id: Text(topic_id),
            meeting_id: Text(id),
            position,
            title: told.title,
            text: told.text,
            matter: Text(told.matter),
            yes: None,
            no: None,
            abstained: None,
            resolution_id: None,
            seats,
            outcome: None,
        });
    }
    Ok(agenda)
}

/// The names in the order of the ballot: by strokes (R-MTG-05).
fn in_order(mut names: Vec<String>) -> Vec<String> {
    names.sort_by_cached_key(|name| (people::by_strokes(name), name.clone()));
    names
}

/// A matter that only the general meeting decides is for its agenda (R-MTG-02), and an election has its candidates (R-MTG-05);
/// what is amiss is told all at once.
fn must_be_for(kind: MeetingKind, topics: &[NewTopic]) -> Result<(), Stop> {
    let mut problems = Vec::new();
    for (index, topic) in topics.iter().enumerate() {
        let (title, matter) = (topic.title.clone(), topic.matter);
        if matter.vote().is_some() && !kind.decides(matter) {
            let refusal = MeetingRefusal::NotHere { topic: title, matter, kind };
            problems.push(Problem::at(format!("topic.{index}.matter"), format!("{refusal}。")));
        } else if let Err(refusal) = must_have_candidates(topic) {
            problems.push(Problem::at(format!("topic.{index}.candidates"), format!("{refusal}。")));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Stop::Refused(problems)) }
}

fn must_have_candidates(topic: &NewTopic) -> Result<(), MeetingRefusal> {
    if topic.matter != Matter::Election {
        return Ok(());
    }
    let name = topic.title.clone();
    let Some(election) = topic.election.as_ref().filter(|election| !election.candidates.is_empty()) else {
        return Err(MeetingRefusal::NoCandidates(name));
    };
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    if let Some(twice) = election.candidates.iter().find(|candidate| !seen.insert(candidate.as_str())) {
        return Err(MeetingRefusal::CandidateTwice { topic: name, name: twice.clone() });
    }
    let candidates = u32::try_from(election.candidates.len()).unwrap_or(u32::MAX);
    if candidates < election.seats {
        return Err(MeetingRefusal::TooFewCandidates { topic: name, seats: election.seats, candidates });
    }
    Ok(())
}

/// The meeting `id`, once editing it is permitted.
pub(super) async fn permitted(act: &Act<'_>, id: MeetingId) -> Result<meeting::Model, Stop> {
    let row = store::meeting(act.db(), id).await?.ok_or(Stop::Missing)?;
    act.permit(Deed::EditMeeting, &row.branch.0)?;
    Ok(row)
}

/// Tells the members of it, topics and all.
///
/// # Errors
/// Refusals when it has begun, or they know already.
pub async fn publish_meeting(op: &Op, id: MeetingId) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = permitted(&act, id).await?;
    let topics = store::topics_of(act.db(), id).await?;
    let moved = row.rule().publish(topics.len(), act.now()).or_refuse()?;
    let row = meeting::Model { state: Text(moved.state), published_at: Some(Int(act.now())), ..row };
    let words = format!("请参加{}：{}，{}。", row.title, row.starts_at.0, row.venue);
    tell_called(&act, &row, &words).await?;
    keep(&mut act, row).await?;
    act.commit().await
}

/// Calls it off.
///
/// # Errors
/// Refusals when it took place, or without a reason.
pub async fn cancel_meeting(op: &Op, id: MeetingId, reason: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = permitted(&act, id).await?;
    let moved = row.rule().cancel(reason).or_refuse()?;
    if row.published_at.is_some() {
        let words = format!("{}（{}）已取消：{}。", row.title, row.starts_at.0, reason.trim());
        tell_called(&act, &row, &words).await?;
    }
    let row = meeting::Model { state: Text(moved.state), reason: reason.trim().to_owned(), ..row };
    keep(&mut act, row).await?;
    act.commit().await
}

/// Tells who is called: the committee and a group of their own meetings, every member of the others.
pub(super) async fn tell_called(act: &Act<'_>, row: &meeting::Model, words: &str) -> Result<(), Stop> {
    if row.party_group.is_some() {
        let called = roll::roll(act.db(), row).await?.into_iter();
        let accounts = called.filter_map(|line| line.person.account_id.map(|Text(account)| account));
        return messages::tell_members(act, accounts, &row.branch.0, words, urls::OWN).await;
    }
    let (kind, link) = match row.kind.0 {
        MeetingKind::Committee => (OfficeKind::BranchCommittee, urls::of_meeting(urls::MEETING, row.id.0)),
        _ => (OfficeKind::Member, urls::OWN.to_owned()),
    };
    messages::tell(act, kind, &row.branch.0, words, &link).await
}

/// Adds to the minutes of a closed meeting; what was decided does not change.
///
/// # Errors
/// Refusals before it is closed, or without a text.
pub async fn add_to_minutes(op: &Op, id: MeetingId, text: &str) -> Result<(), Stop> {
    let mut act = op.act().await?;
    let row = permitted(&act, id).await?;
    if row.state.0 != MeetingState::Closed {
        return Err(MeetingRefusal::WrongState(row.state.0)).or_refuse();
    }
    if text.trim().is_empty() {
        return Err(Stop::refused_at("text", "请写明补记的内容。"));
    }
    let line = format!("{}（{}补记）：{}\n", chinese_date(act.now().date()), act.signature(), text.trim());
    let row = meeting::Model { addenda: row.addenda.clone() + &line, ..row };
    keep(&mut act, row).await?;
    act.commit().await
}

/// Saves a step and records it.
pub(super) async fn keep(act: &mut Act<'_>, row: meeting::Model) -> Result<(), Stop> {
    record(act, &row).await?;
    store::save(act.db(), row).await
}

async fn record(act: &mut Act<'_>, row: &meeting::Model) -> Result<(), Stop> {
    let body = serde_json::json!({ "kind": row.kind.0, "state": row.state.0 });
    act.record(Deed::EditMeeting, &Subject::new("meeting", row.id.0, &row.branch.0), body).await
}
