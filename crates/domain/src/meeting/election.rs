//! Elections with more candidates than seats (差额选举): who is elected, and what must follow (R-MTG-05).

use crate::coded_enum;

coded_enum! {
    /// What a ballot of an election came to.
    pub enum ElectionResult {
        /// 当选: every seat is filled.
        Filled = "filled" => "选出全部名额",
        /// 票数相等: some of the last seats fall to candidates with equal votes, who are voted on again.
        Tie = "tie" => "得票相等，须再次投票",
        /// 名额未满: fewer have more than half than there are seats; a further election, or fewer seats by consent of more than half.
        Short = "short" => "名额未满，须另行选举或经同意减少名额",
        /// 减少名额: fewer have more than half, and more than half of those entitled consent to leave it at that.
        Reduced = "reduced" => "名额未满，经同意减少名额，不再选举",
        /// 到会人数不足, or numbers that cannot be.
        Invalid = "invalid" => "无效",
    }
}

/// The numbers of one ballot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ElectionBallot<'a> {
    /// 应到会有选举权的党员.
    pub eligible: u32,
    /// Of these, present.
    pub present: u32,
    /// 应选名额.
    pub seats: u32,
    /// 赞成票 of each candidate.
    pub votes: &'a [u32],
}

/// What a ballot decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elected {
    /// The candidates elected, by their place in the ballot, in its order.
    pub elected: Vec<usize>,
    /// The candidates with equal votes who are voted on again.
    pub tied: Vec<usize>,
    /// What it came to.
    pub result: ElectionResult,
}

impl Elected {
    /// What it comes to once so many of the `eligible` consent to fewer seats instead of a further election: it stays as it is
    /// unless some are elected, some seats are empty, and more than half of those entitled consent (R-MTG-05).
    #[must_use]
    pub fn with_consent(self, eligible: u32, consents: u32) -> Self {
        let is_enough = 2 * u64::from(consents) > u64::from(eligible);
        if self.result == ElectionResult::Short && !self.elected.is_empty() && is_enough {
            return Self { result: ElectionResult::Reduced, ..self };
        }
        self
    }
}

/// How many nominees there should be for these seats at least: a fifth more than seats, rounded up (R-MTG-05).
#[must_use]
pub const fn nominees_for(seats: u32) -> u32 {
    seats.saturating_add(seats.div_ceil(5))
}

/// Counts an election: valid when four fifths of those entitled are present; elected is who has more than half of those
/// entitled, by votes where there are more of them than seats; equal votes at the edge are voted on again (R-MTG-05).
#[must_use]
pub fn elect(ballot: ElectionBallot<'_>) -> Elected {
    let invalid = Elected { elected: Vec::new(), tied: Vec::new(), result: ElectionResult::Invalid };
    // 64 bits hold five times any count, and all votes together.
    let (eligible, present) = (u64::from(ballot.eligible), u64::from(ballot.present));
    let all: u64 = ballot.votes.iter().map(|votes| u64::from(*votes)).sum();
    // A ballot names at most as many as there are seats.
    let is_possible = eligible > 0
        && present <= eligible
        && ballot.seats > 0
        && !ballot.votes.is_empty()
        && ballot.votes.iter().all(|votes| u64::from(*votes) <= present)
        && all <= present * u64::from(ballot.seats);
    if !is_possible || 5 * present < 4 * eligible {
        return invalid;
    }
    let seats = usize::try_from(ballot.seats).unwrap_or(usize::MAX);
    let has_half = |votes: u32| 2 * u64::from(votes) > eligible;
    let mut ranked: Vec<(usize, u32)> =
        ballot.votes.iter().copied().enumerate().filter(|(_, votes)| has_half(*votes)).collect();
    ranked.sort_by_key(|(index, votes)| (std::cmp::Reverse(*votes), *index));
    let first_beyond = ranked.get(seats).map(|(_, votes)| *votes);
    let last_within = ranked.get(seats - 1).map(|(_, votes)| *votes);
    let edge = first_beyond.filter(|beyond| last_within == Some(*beyond));
    let places = |those: &mut dyn Iterator<Item = &(usize, u32)>| {
        let mut places: Vec<usize> = those.map(|(index, _)| *index).collect();
        places.sort_unstable();
        places
    };
    if let Some(edge) = edge {
        return Elected {
            elected: places(&mut ranked.iter().filter(|(_, votes)| *votes > edge)),
            tied: places(&mut ranked.iter().filter(|(_, votes)| *votes == edge)),
            result: ElectionResult::Tie,
        };
    }
    let result = if ranked.len() < seats { ElectionResult::Short } else { ElectionResult::Filled };
    Elected { elected: places(&mut ranked.iter().take(seats)), tied: Vec::new(), result }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    fn numbers(cell: &str) -> Vec<u32> {
        cell.split(';').filter(|it| !it.is_empty()).map(|it| it.trim().parse().expect("a number")).collect()
    }

    /// Every table whose name begins with `branch_election`: candidates are counted from 1.
    #[test]
    fn elections_are_decided_as_in_the_tables() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors");
        let mut rows = 0;
        for entry in fs::read_dir(folder).expect("the folder of vectors") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            if !name.starts_with("branch_election") {
                continue;
            }
            let mut table = csv::Reader::from_path(&path).expect("a table");
            assert_eq!(
                table.headers().expect("a header").iter().collect::<Vec<_>>(),
                ["eligible", "present", "seats", "votes", "elected", "tied", "result"],
                "{name}"
            );
            for (line, row) in (2..).zip(table.records()) {
                let row = row.expect("a row");
                let number = |at: usize| row[at].trim().parse::<u32>().expect("a number");
                let votes = numbers(&row[3]);
                let ballot =
                    ElectionBallot { eligible: number(0), present: number(1), seats: number(2), votes: &votes };
                let told = elect(ballot);
                let from_one = |places: &[usize]| -> Vec<u32> {
                    places.iter().map(|place| u32::try_from(place + 1).expect("small")).collect()
                };
                assert_eq!(from_one(&told.elected), numbers(&row[4]), "{name}:{line} elected");
                assert_eq!(from_one(&told.tied), numbers(&row[5]), "{name}:{line} tied");
                assert_eq!(told.result.code(), row[6].trim(), "{name}:{line}");
                rows += 1;
            }
        }
        assert!(rows >= 10, "{rows} rows of elections");
    }

    #[test]
    fn fewer_seats_will_do_with_the_consent_of_more_than_half() {
        let result = |votes: &[u32], consents| {
            elect(ElectionBallot { eligible: 20, present: 18, seats: 3, votes }).with_consent(20, consents).result
        };
        for (votes, consents, expected) in [
            (&[15, 14, 6, 5][..], 11, ElectionResult::Reduced),
            (&[15, 14, 6, 5], 10, ElectionResult::Short),
            (&[15, 14, 6, 5], 0, ElectionResult::Short),
            // Nobody is elected: there is nothing to leave it at.
            (&[9, 8, 7, 6], 18, ElectionResult::Short),
            (&[15, 14, 12, 5], 18, ElectionResult::Filled),
            (&[15, 13, 12, 12], 18, ElectionResult::Tie),
        ] {
            assert_eq!(result(votes, consents), expected, "{votes:?} {consents}");
        }
    }

    #[test]
    fn a_fifth_more_are_nominated_than_there_are_seats() {
        let needed: Vec<u32> = [1, 3, 5, 6, 7, 10].map(nominees_for).into();
        assert_eq!(needed, [2, 4, 6, 8, 9, 12]);
    }
}
