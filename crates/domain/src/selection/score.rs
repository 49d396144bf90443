//! Scores: of the branch for itself, and of the assessors on site. Hundredths of a point, exact.

use std::collections::BTreeMap;

use crate::{clock::Instant, refusal::Refusal};

use super::parameters::{Parameters, Part};

/// Points by item code, in hundredths.
pub type Scores = BTreeMap<String, i64>;

/// Why scores are not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScoreRefusal {
    /// An item has no score.
    #[error("“{0}”还没有打分")]
    Missing(String),
    /// Below zero, or above what the item gives.
    #[error("“{code}”的得分应在 0 到 {} 分之间", points(*most))]
    OutOfRange {
        /// The item.
        code: String,
        /// Most points, in hundredths.
        most: i64,
    },
    /// The sheet has no such item.
    #[error("评分表里没有“{0}”这一项")]
    Unknown(String),
}

impl Refusal for ScoreRefusal {
    fn field(&self) -> &'static str {
        "scores"
    }
}

impl ScoreRefusal {
    /// The item it is about.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Missing(code) | Self::Unknown(code) | Self::OutOfRange { code, .. } => code,
        }
    }
}

/// Everything that is wrong with `scores` by the season's sheet.
#[must_use]
pub fn problems(parameters: &Parameters, scores: &Scores) -> Vec<ScoreRefusal> {
    let known = parameters.items.iter().filter_map(|item| match scores.get(&item.code) {
        None => Some(ScoreRefusal::Missing(item.code.clone())),
        Some(score) if !(0..=item.most).contains(score) => {
            Some(ScoreRefusal::OutOfRange { code: item.code.clone(), most: item.most })
        }
        Some(_) => None,
    });
    let unknown = scores.keys().filter(|code| parameters.item(code).is_none());
    known.chain(unknown.map(|code| ScoreRefusal::Unknown(code.clone()))).collect()
}

/// The total, in hundredths.
#[must_use]
pub fn total(scores: &Scores) -> i64 {
    scores.values().fold(0, |sum, score| sum.saturating_add(*score))
}

/// The total of one part, in hundredths.
#[must_use]
pub fn part_total(parameters: &Parameters, scores: &Scores, part: Part) -> i64 {
    let items = parameters.items.iter().filter(|item| item.part == part);
    items.fold(0, |sum: i64, item| sum.saturating_add(scores.get(&item.code).copied().unwrap_or(0)))
}

/// `87.5` for 8,750 hundredths: no more decimals than needed.
#[must_use]
pub fn points(hundredths: i64) -> String {
    let (sign, value) = if hundredths < 0 { ("-", hundredths.unsigned_abs()) } else { ("", hundredths.unsigned_abs()) };
    match (value / 100, value % 100) {
        (whole, 0) => format!("{sign}{whole}"),
        (whole, part) if part % 10 == 0 => format!("{sign}{whole}.{}", part / 10),
        (whole, part) => format!("{sign}{whole}.{part:02}"),
    }
}

/// What several assessors found together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Average by item, rounded half up, to be shown.
    pub items: Scores,
    /// Sum by item over all assessors: exact, so that what is made of several items is rounded once.
    pub sums: Scores,
    /// Average total, rounded half up once.
    pub average: i64,
    /// Highest minus lowest total.
    pub spread: i64,
    /// Whether the spread reaches the season's line, so that the street should talk it over.
    pub is_divergent: bool,
    /// How many assessors.
    pub assessors: u32,
}

/// Sums up the assessments of one application; `None` when there is none.
#[must_use]
pub fn summarise(parameters: &Parameters, sheets: &[Scores]) -> Option<Summary> {
    let totals: Vec<i64> = sheets.iter().map(total).collect();
    let (lowest, highest) = (totals.iter().min()?, totals.iter().max()?);
    let spread = highest.saturating_sub(*lowest);
    let sum_of = |code: &String| {
        let scores = sheets.iter().map(|scores| scores.get(code).copied().unwrap_or(0));
        scores.fold(0, i64::saturating_add)
    };
    let sums: Scores = parameters.items.iter().map(|item| (item.code.clone(), sum_of(&item.code))).collect();
    Some(Summary {
        items: sums.iter().map(|(code, sum)| (code.clone(), average(*sum, sheets.len()))).collect(),
        sums,
        average: average(totals.iter().copied().fold(0, i64::saturating_add), totals.len()),
        spread,
        is_divergent: sheets.len() > 1 && spread >= parameters.divergence,
        assessors: u32::try_from(sheets.len()).unwrap_or(u32::MAX),
    })
}

impl Summary {
    /// Average of one part, in hundredths, rounded half up once; the rounded items need not add up to it.
    #[must_use]
    pub fn part_average(&self, parameters: &Parameters, part: Part) -> i64 {
        average(part_total(parameters, &self.sums, part), usize::try_from(self.assessors).unwrap_or(usize::MAX))
    }
}

/// `sum / count`, rounded half up; scores are never negative.
fn average(sum: i64, count: usize) -> i64 {
    let (sum, count) = (i128::from(sum), i128::try_from(count).unwrap_or(i128::MAX).max(1));
    let rounded = (2 * sum + count).div_euclid(2 * count);
    i64::try_from(rounded).unwrap_or(i64::MAX)
}

/// What decides between equal scores: C, then B, then A, then the earlier submission (`domain.md` §6).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RankKey(std::cmp::Reverse<(i64, i64, i64, i64)>, Instant);

impl RankKey {
    /// The key of an application with these averages; smaller keys rank higher.
    #[must_use]
    pub fn new(parameters: &Parameters, summary: &Summary, submitted_at: Instant) -> Self {
        let part = |part| summary.part_average(parameters, part);
        let (a, b, c) = (part(Part::Organisation), part(Part::Mechanism), part(Part::Results));
        Self(std::cmp::Reverse((summary.average, c, b, a)), submitted_at)
    }
}

#[cfg(test)]
mod tests {
    use super::super::programme::programme;
    use super::*;

    fn full() -> Scores {
        programme(2022).items.into_iter().map(|item| (item.code, item.most)).collect()
    }

    #[test]
    fn every_item_is_scored_within_its_points() {
        let parameters = programme(2022);
        assert_eq!(problems(&parameters, &full()), []);
        let mut scores = full();
        scores.insert("A1".into(), 801);
        scores.remove("B2");
        scores.insert("Z9".into(), 1);
        let codes: Vec<_> = problems(&parameters, &scores).iter().map(|refusal| refusal.code().to_owned()).collect();
        assert_eq!(codes, ["A1", "B2", "Z9"]);
    }

    #[test]
    fn averages_round_half_up_once() {
        let parameters = programme(2022);
        let mut other = full();
        other.insert("A1".into(), 799);
        let summary = summarise(&parameters, &[full(), other]).expect("two sheets");
        assert_eq!((summary.average, summary.spread, summary.is_divergent), (10_000, 1, false));
        let mut low = full();
        low.insert("C1".into(), 0);
        let summary = summarise(&parameters, &[full(), low]).expect("two sheets");
        assert_eq!((summary.average, summary.spread, summary.is_divergent), (9_500, 1_000, true));
        assert_eq!(summarise(&parameters, &[]), None);
    }

    #[test]
    fn equal_scores_are_decided_by_results_first() {
        let parameters = programme(2022);
        let sheet = |code: &str| {
            let mut scores = full();
            scores.insert(code.into(), 0);
            summarise(&parameters, &[scores]).expect("one sheet")
        };
        let early = Instant::from_micros(0);
        // A6 and C4 both give 4 points: the one that keeps its C points ranks higher.
        let (keeps_results, loses_results) = (sheet("A6"), sheet("C4"));
        assert_eq!(keeps_results.average, loses_results.average);
        let key = |summary| RankKey::new(&parameters, summary, early);
        assert!(key(&keeps_results) < key(&loses_results));
        assert!(key(&keeps_results) < RankKey::new(&parameters, &keeps_results, early.plus_days(1)));
    }

    #[test]
    fn parts_are_rounded_once_and_not_item_by_item() {
        let parameters = programme(2022);
        // Three assessors who agree but for single hundredths, so that both applications have the same total.
        let sheets = |extra: &[(&str, i64)]| {
            let mut first: Scores = full().into_iter().map(|(code, most)| (code, most - 100)).collect();
            let others = first.clone();
            for (code, hundredths) in extra {
                *first.get_mut(*code).expect("an item") += hundredths;
            }
            summarise(&parameters, &[first, others.clone(), others]).expect("three sheets")
        };
        let spread_out = sheets(&[("C1", 1), ("C2", 1), ("C3", 1), ("C4", 1), ("C5", 1)]);
        let in_one_item = sheets(&[("C1", 3), ("A1", 2)]);
        assert_eq!(spread_out.average, in_one_item.average);
        // 5/3 of a hundredth more in part C goes before 3/3, although each item alone rounds to nothing.
        let key = |summary| RankKey::new(&parameters, summary, Instant::from_micros(0));
        assert!(key(&spread_out) < key(&in_one_item));
    }

    #[test]
    fn points_are_told_without_needless_decimals() {
        assert_eq!([points(8_750), points(900), points(5), points(0)], ["87.5", "9", "0.05", "0"]);
    }
}
