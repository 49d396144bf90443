//! Holding an election with candidates: the votes of each, who is elected, and what must follow (R-MTG-05).

use domain::meeting::{
    Ballot, Elected, ElectionBallot, ElectionResult, MeetingRefusal, VoteResult, elect, nominees_for,
};
use platform::{
    act::Act,
    db::column::Text,
    error::{OrRefuse as _, Stop},
};

use super::{
    close::{Outcome, Resolved, ballot, count, keep_resolution, must_be_votable},
    roll::Line,
    store::{self, candidate, meeting, topic},
};

/// Counts one election, and keeps what it came to as a resolution.
pub(super) async fn hold(
    act: &Act<'_>,
    row: &meeting::Model,
    topic: topic::Model,
    candidates: Vec<candidate::Model>,
    lines: &[Line],
    outcome: &Outcome,
) -> Result<(), Stop> {
    let at = format!("votes.{}", topic.id.0);
    let kind = must_be_votable(row, &topic).or_refuse_at(&at)?;
    let numbers = ballot(row.kind.0, topic.matter.0, 0, lines, &outcome.attendance);
    let seats = topic.seats.and_then(|seats| u32::try_from(seats).ok()).unwrap_or(1);
    let votes = votes_of(&topic, &candidates, outcome).or_refuse_at(&at)?;
    let all: u64 = votes.iter().map(|votes| u64::from(*votes)).sum();
    let is_too_many =
        votes.iter().any(|votes| *votes > numbers.present) || all > u64::from(numbers.present) * u64::from(seats);
    if is_too_many {
        let (topic, present) = (topic.title, numbers.present);
        return Err(MeetingRefusal::TooManyChosen { topic, present, seats }).or_refuse_at(&at);
    }
    let Ballot { eligible, present, .. } = numbers;
    let counted = elect(ElectionBallot { eligible, present, seats, votes: &votes });
    let consents = outcome.consents.get(&topic.id.0).copied();
    let may_be_reduced = counted.result == ElectionResult::Short && !counted.elected.is_empty();
    if consents.is_some_and(|consents| !may_be_reduced || consents > present) {
        return Err(MeetingRefusal::NoConsent { topic: topic.title, present }).or_refuse_at(&at);
    }
    let told = counted.with_consent(eligible, consents.unwrap_or(0));
    let result = match told.result {
        ElectionResult::Filled | ElectionResult::Reduced => VoteResult::Passed,
        ElectionResult::Tie | ElectionResult::Short => VoteResult::Failed,
        ElectionResult::Invalid => VoteResult::Invalid,
    };
    let text = words(seats, &candidates, &votes, &told) + &consent_words(&told, consents);
    // The votes of a resolution are those of who came in last of the elected, or first when nobody was.
    let of_elected = told.elected.iter().filter_map(|place| votes.get(*place)).min();
    let yes = of_elected.or(votes.iter().max()).copied().unwrap_or(0);
    let resolved = Resolved { text, kind, ballot: Ballot { yes, ..numbers }, result };
    let id = keep_resolution(act, row, &topic, resolved).await?;
    let counted = candidates.into_iter().enumerate().map(|(place, candidate)| candidate::Model {
        votes: votes.get(place).copied().map(count),
        is_elected: told.elected.contains(&place),
        is_tied: told.tied.contains(&place),
        ..candidate
    });
    store::save_candidates(act.db(), counted.collect()).await?;
    let voted = topic::Model { resolution_id: Some(Text(id)), outcome: Some(Text(told.result)), ..topic };
    store::save_topic(act.db(), voted).await
}

/// The votes of each candidate, in the order of the ballot.
fn votes_of(
    topic: &topic::Model,
    candidates: &[candidate::Model],
    outcome: &Outcome,
) -> Result<Vec<u32>, MeetingRefusal> {
    let votes: Option<Vec<u32>> =
        candidates.iter().map(|candidate| outcome.elections.get(&candidate.id.0).copied()).collect();
    votes.ok_or_else(|| MeetingRefusal::VotesMissing(topic.title.clone()))
}

/// `应选 3 名，候选人 4 名。得票：李明雨 16 票（当选）、……。选出全部名额。`
fn words(seats: u32, candidates: &[candidate::Model], votes: &[u32], told: &Elected) -> String {
    let one = |(place, candidate): (usize, &candidate::Model)| {
        let mark = match (told.elected.contains(&place), told.tied.contains(&place)) {
            (true, _) => "（当选）",
            (_, true) => "（得票相等）",
            _ => "",
        };
        format!("{} {} 票{mark}", candidate.name, votes.get(place).copied().unwrap_or(0))
    };
    let all: Vec<String> = candidates.iter().enumerate().map(one).collect();
    let result = told.result.label();
    format!(
        "应选 {seats} 名，候选人 {} 名，无记名投票。得票：{}。{result}。{}",
        candidates.len(),
        all.join("、"),
        few_nominees(seats, candidates.len()).map(|words| words + "。").unwrap_or_default()
    )
}

/// How fewer seats were agreed on, or were not.
fn consent_words(told: &Elected, consents: Option<u32>) -> String {
    let Some(consents) = consents else { return String::new() };
    if told.result == ElectionResult::Reduced {
        return format!(
            "同意减少名额 {consents} 票，超过应到会有选举权人数的一半，名额减为 {} 名。",
            told.elected.len()
        );
    }
    format!("同意减少名额 {consents} 票，没有超过应到会有选举权人数的一半，名额不减。")
}

/// What is amiss when fewer are nominated than a fifth more than there are seats; a warning, because some elections have as many
/// candidates as seats by rule.
pub(super) fn few_nominees(seats: u32, candidates: usize) -> Option<String> {
    let needed = nominees_for(seats);
    let is_few = u32::try_from(candidates).is_ok_and(|candidates| candidates < needed);
    is_few.then(|| {
        format!("候选人应比应选名额多 20% 以上，即不少于 {needed} 名，现有 {candidates} 名，请核对是否按规定等额选举")
    })
}
