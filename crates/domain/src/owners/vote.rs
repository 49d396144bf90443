//! Counting a vote of owners by persons and by area.

use std::{error::Error, fmt};

use super::Majority;
use crate::coded_enum;

coded_enum! {
    /// What a vote of owners came to.
    pub enum VoteOutcome {
        /// 通过.
        Passed = "passed" => "通过",
        /// 未通过.
        Failed = "failed" => "未通过",
        /// 参与表决的专有部分面积或人数不足三分之二.
        NoQuorum = "no_quorum" => "参与表决不足三分之二，表决未成立",
    }
}

/// One side of a count: how many, and how much area is theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Side {
    /// 专有部分面积, in hundredths of a square metre.
    pub area: u64,
    /// 业主人数: co-owners are one, an owner of several units is one (R-OWN-08).
    pub persons: u64,
}

impl Side {
    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self { area: self.area.saturating_add(other.area), persons: self.persons.saturating_add(other.persons) }
    }

    /// Whether `times` of it reach `of` times the other, in area and in persons.
    fn reaches(self, times: u128, other: Self, of: u128) -> bool {
        let both = [(self.area, other.area), (self.persons, other.persons)];
        both.iter().all(|(own, other)| times * u128::from(*own) >= of * u128::from(*other))
    }

    /// Whether `times` of it are more than `of` times the other, in area and in persons.
    fn exceeds(self, times: u128, other: Self, of: u128) -> bool {
        let both = [(self.area, other.area), (self.persons, other.persons)];
        both.iter().all(|(own, other)| times * u128::from(*own) > of * u128::from(*other))
    }

    const fn is_within(self, other: Self) -> bool {
        self.area <= other.area && self.persons <= other.persons
    }
}

/// The numbers of one vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnerVote {
    /// The register, frozen at the announcement.
    pub total: Side,
    /// 参与表决: who gave a valid ballot, for, against or abstaining.
    pub part: Side,
    /// 同意.
    pub yes: Side,
}

/// Numbers that no vote can have: an empty register, more taking part than there are, or more for it than took part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Impossible;

impl fmt::Display for Impossible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("面积或人数对不上：同意的不能多于参与表决的，参与表决的不能多于全体业主")
    }
}

impl Error for Impossible {}

/// Decides a vote: it has come about when at least two thirds took part in area and in persons (R-OWN-02), and passes with
/// more than half of those who took part, or with at least three quarters, again in both (R-OWN-03).
///
/// # Errors
/// [`Impossible`] when the numbers contradict each other.
pub fn decide(majority: Majority, vote: OwnerVote) -> Result<VoteOutcome, Impossible> {
    let OwnerVote { total, part, yes } = vote;
    if total.area == 0 || total.persons == 0 || !part.is_within(total) || !yes.is_within(part) {
        return Err(Impossible);
    }
    if !part.reaches(3, total, 2) {
        return Ok(VoteOutcome::NoQuorum);
    }
    let has_passed = match majority {
        Majority::Ordinary => yes.exceeds(2, part, 1),
        Majority::Special => yes.reaches(4, part, 3),
    };
    Ok(if has_passed { VoteOutcome::Passed } else { VoteOutcome::Failed })
}

// R-OWN-02
/// How much is still missing until at least two thirds take part, in area and in persons.
#[must_use]
pub const fn missing(total: Side, part: Side) -> Side {
    const fn short(total: u64, part: u64) -> u64 {
        // Without overflow: two thirds, rounded up.
        let thirds = total / 3 * 2 + (total % 3 * 2).div_ceil(3);
        thirds.saturating_sub(part)
    }
    Side { area: short(total.area, part.area), persons: short(total.persons, part.persons) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_makes_the_quorum_and_one_less_does_not() {
        for total in [1, 2, 3, 98, 99, 100, 1_234_567] {
            let total = Side { area: total, persons: total };
            let Side { area, persons } = missing(total, Side::default());
            assert_eq!(area, persons);
            let part = |area| Side { area, persons: area };
            assert!(part(area).reaches(3, total, 2), "{total:?}");
            assert!(!part(area - 1).reaches(3, total, 2), "{total:?}");
            assert_eq!(missing(total, part(area)), Side::default());
        }
    }

    fn side(owners: u64) -> Side {
        Side { area: owners * 10_000, persons: owners }
    }

    #[test]
    fn numbers_that_contradict_each_other_are_no_vote() {
        let decided = |total, part, yes| decide(Majority::Ordinary, OwnerVote { total, part, yes });
        assert_eq!(decided(side(0), side(0), side(0)), Err(Impossible));
        assert_eq!(decided(side(100), side(101), side(60)), Err(Impossible));
        assert_eq!(decided(side(100), side(80), side(81)), Err(Impossible));
        let more_area = Side { area: 900_000, persons: 70 };
        assert_eq!(decided(side(100), side(80), more_area), Err(Impossible));
    }

    #[test]
    fn the_largest_numbers_do_not_overflow() {
        let all = Side { area: u64::MAX, persons: u64::MAX };
        let vote = OwnerVote { total: all, part: all, yes: all };
        assert_eq!(decide(Majority::Special, vote), Ok(VoteOutcome::Passed));
    }
}
