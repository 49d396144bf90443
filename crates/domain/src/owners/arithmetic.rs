//! The count printed, so that anybody can follow it (R-OWN-02, R-OWN-03).

use super::{Impossible, Majority, OwnerVote, VoteOutcome, decide};
use crate::money::Fen;

/// Hundredths of a square metre as people write them: `1,234.50`.
#[must_use]
pub fn area_words(hundredths: u64) -> String {
    Fen(i64::try_from(hundredths).unwrap_or(i64::MAX)).to_string()
}

/// One line of the count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reckoning {
    /// What is asked.
    pub asked: &'static str,
    /// The numbers.
    pub numbers: String,
    /// Whether it is so.
    pub holds: bool,
}

/// The count, line by line, and what it comes to. Whether enough took part comes first; who was for it is counted all the
/// same, so that everybody sees how far it was.
///
/// # Errors
/// [`Impossible`] when the numbers contradict each other.
pub fn reckon(majority: Majority, vote: OwnerVote) -> Result<(Vec<Reckoning>, VoteOutcome), Impossible> {
    let outcome = decide(majority, vote)?;
    let OwnerVote { total, part, yes } = vote;
    let line = |asked, (times, own): (u64, u64), sign: &str, (of, other): (u64, u64), unit: &str, holds| {
        let words = |number: u64| if unit == "人" { number.to_string() } else { area_words(number) };
        let shown = |times: u64, number: u64| match times {
            1 => words(number),
            _ => format!("{times} × {} = {}", words(number), words(times.saturating_mul(number))),
        };
        let (left, right) = (shown(times, own), shown(of, other));
        let is_so = if holds { "成立" } else { "不成立" };
        Reckoning { asked, numbers: format!("{left} {sign} {right}（{unit}）{is_so}"), holds }
    };
    let reaches = |times: u64, own: u64, of: u64, other: u64| {
        u128::from(times) * u128::from(own) >= u128::from(of) * u128::from(other)
    };
    let quorum = |own, other| reaches(3, own, 2, other);
    let mut lines = vec![
        line(
            "参与表决的专有部分面积达到三分之二以上",
            (3, part.area),
            "≥",
            (2, total.area),
            "平方米",
            quorum(part.area, total.area),
        ),
        line(
            "参与表决的人数达到三分之二以上",
            (3, part.persons),
            "≥",
            (2, total.persons),
            "人",
            quorum(part.persons, total.persons),
        ),
    ];
    match majority {
        Majority::Ordinary => {
            let half = |own: u64, other: u64| u128::from(own) * 2 > u128::from(other);
            let asked = ["同意的面积过参与表决面积的半数", "同意的人数过参与表决人数的半数"];
            let (area, persons) = (half(yes.area, part.area), half(yes.persons, part.persons));
            lines.push(line(asked[0], (2, yes.area), "＞", (1, part.area), "平方米", area));
            lines.push(line(asked[1], (2, yes.persons), "＞", (1, part.persons), "人", persons));
        }
        Majority::Special => {
            let most = |own, other| reaches(4, own, 3, other);
            let asked = ["同意的面积达到参与表决面积的四分之三以上", "同意的人数达到参与表决人数的四分之三以上"];
            let (area, persons) = (most(yes.area, part.area), most(yes.persons, part.persons));
            lines.push(line(asked[0], (4, yes.area), "≥", (3, part.area), "平方米", area));
            lines.push(line(asked[1], (4, yes.persons), "≥", (3, part.persons), "人", persons));
        }
    }
    Ok((lines, outcome))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::owners::Side;

    #[test]
    fn the_lines_say_what_the_rule_decides() {
        let side = |area, persons| Side { area, persons };
        for (majority, part, yes, outcome, holds, numbers) in [
            (
                Majority::Ordinary,
                side(670_000, 67),
                side(340_000, 34),
                VoteOutcome::Passed,
                [true; 4],
                "2 × 3,400.00 = 6,800.00 ＞ 6,700.00（平方米）成立",
            ),
            (
                Majority::Special,
                side(670_000, 67),
                side(500_000, 50),
                VoteOutcome::Failed,
                [true, true, false, false],
                "4 × 5,000.00 = 20,000.00 ≥ 3 × 6,700.00 = 20,100.00（平方米）不成立",
            ),
            (
                Majority::Special,
                side(670_000, 66),
                side(670_000, 66),
                VoteOutcome::NoQuorum,
                [true, false, true, true],
                "4 × 6,700.00 = 26,800.00 ≥ 3 × 6,700.00 = 20,100.00（平方米）成立",
            ),
        ] {
            let vote = OwnerVote { total: side(1_000_000, 100), part, yes };
            let (lines, told) = reckon(majority, vote).expect("possible");
            assert_eq!(told, outcome);
            assert_eq!(lines.iter().map(|line| line.holds).collect::<Vec<_>>(), holds);
            assert_eq!(lines[2].numbers, numbers);
            let is_passed = lines.iter().all(|line| line.holds);
            assert_eq!(is_passed, outcome == VoteOutcome::Passed, "the lines and the rule agree");
        }
    }
}
