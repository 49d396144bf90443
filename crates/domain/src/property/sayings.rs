//! What residents say of the company (居民评价), counted as every survey is (R-SAT-02).

use serde::{Deserialize, Serialize};

use crate::{coded_enum, survey::LEAST_SHOWN};

/// Answers under which there is no index (R-SAT-04).
pub const LEAST_VALID: u32 = 30;
coded_enum! {
    /// What a resident says (R-SAT-02).
    pub enum Saying {
        /// 很满意.
        VeryGood = "very_good" => "很满意",
        /// 满意.
        Good = "good" => "满意",
        /// 基本满意.
        Fair = "fair" => "基本满意",
        /// 不太满意.
        Poor = "poor" => "不太满意",
        /// 不满意.
        Bad = "bad" => "不满意",
    }
}

impl Saying {
    /// Its points: 100, 80, 60, 30, 0 (R-SAT-02).
    const fn points(self) -> u64 {
        match self {
            Self::VeryGood => 100,
            Self::Good => 80,
            Self::Fair => 60,
            Self::Poor => 30,
            Self::Bad => 0,
        }
    }
}

/// How many said what, in the order of [`Saying::ALL`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sayings([u32; 5]);

impl Sayings {
    /// One more.
    #[must_use]
    pub fn and(mut self, said: Saying) -> Self {
        for (count, saying) in self.0.iter_mut().zip(Saying::ALL) {
            if *saying == said {
                *count = count.saturating_add(1);
            }
        }
        self
    }

    fn each(self) -> impl Iterator<Item = (Saying, u32)> {
        Saying::ALL.iter().copied().zip(self.0)
    }

    /// All of them.
    #[must_use]
    pub fn total(self) -> u32 {
        self.0.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }

    /// The index: the mean of the points in hundredths, half up; `None` with fewer than [`LEAST_VALID`] (R-SAT-02, R-SAT-04).
    #[must_use]
    pub fn index(self) -> Option<i64> {
        let total = u64::from(self.total());
        if self.total() < LEAST_VALID {
            return None;
        }
        let sum: u64 = self.each().map(|(saying, count)| saying.points() * u64::from(count)).sum();
        i64::try_from((sum * 200 + total) / (total * 2)).ok()
    }

    /// The index in words.
    #[must_use]
    pub fn index_words(self) -> Option<String> {
        self.index().map(|index| format!("满意度指数 {}.{:02}", index / 100, index % 100))
    }

    /// In words, with what the index is counted from.
    #[must_use]
    pub fn words(self) -> String {
        let total = self.total();
        if total < LEAST_SHOWN {
            return format!("收到 {total} 份，满 {LEAST_SHOWN} 份以后公布结果");
        }
        let fell: Vec<String> = self.each().map(|(saying, count)| format!("{} {count}", saying.label())).collect();
        let index = self.index_words().unwrap_or_else(|| format!("不足 {LEAST_VALID} 份，不计满意度指数"));
        format!("收到 {total} 份：{}；{index}", fell.join("，"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(times: [u32; 5]) -> Sayings {
        let all = Saying::ALL.iter().zip(times).flat_map(|(saying, times)| (0..times).map(|_| *saying));
        all.fold(Sayings::default(), Sayings::and)
    }

    #[test]
    fn the_index_is_the_mean_of_the_points() {
        for (times, expected) in [
            ([30, 0, 0, 0, 0], Some(10_000)),
            ([0, 0, 0, 0, 30], Some(0)),
            // 10×100 + 10×80 + 5×60 + 3×30 + 2×0 = 2190, by 30 = 73.
            ([10, 10, 5, 3, 2], Some(7_300)),
            // 2×100 + 29×80 = 2520, by 31 = 81.2903….
            ([2, 29, 0, 0, 0], Some(8_129)),
            ([29, 0, 0, 0, 0], None),
        ] {
            assert_eq!(said(times).index(), expected, "{times:?}");
        }
    }

    #[test]
    fn few_answers_do_not_tell_who_said_what() {
        assert_eq!(said([3, 0, 0, 0, 1]).words(), "收到 4 份，满 5 份以后公布结果");
        let some = said([2, 1, 1, 0, 1]).words();
        assert_eq!(some, "收到 5 份：很满意 2，满意 1，基本满意 1，不太满意 0，不满意 1；不足 30 份，不计满意度指数");
        assert!(said([10, 10, 5, 3, 2]).words().ends_with("满意度指数 73.00"));
    }
}
