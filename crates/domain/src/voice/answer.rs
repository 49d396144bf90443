//! What the resident says when it is done (回访), and the three rates that follow from it.

use std::fmt;

use crate::coded_enum;

coded_enum! {
    /// Whether it is solved, in the resident's eyes (R-VOI-06).
    pub enum Solved {
        /// 已解决.
        Yes = "yes" => "已解决",
        /// 部分解决.
        Partly = "partly" => "部分解决",
        /// 未解决.
        No = "no" => "未解决",
    }
}

coded_enum! {
    /// How content the resident is (R-VOI-06).
    pub enum Satisfaction {
        /// 满意.
        Good = "good" => "满意",
        /// 基本满意.
        Fair = "fair" => "基本满意",
        /// 不满意.
        Bad = "bad" => "不满意",
    }
}

/// The resident's answer (R-VOI-06).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Whether it is solved.
    pub solved: Solved,
    /// How content they are.
    pub satisfaction: Satisfaction,
}

impl Answer {
    /// Whether nothing more is wanted.
    #[must_use]
    pub fn is_settled(self) -> bool {
        self.solved == Solved::Yes && self.satisfaction != Satisfaction::Bad
    }
}

/// A part of a whole, exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rate {
    /// The part.
    pub part: u64,
    /// The whole.
    pub whole: u64,
}

impl Rate {
    /// In hundredths of a percent, halves rounded up; `None` of nothing.
    #[must_use]
    pub const fn basis_points(self) -> Option<u64> {
        if self.whole == 0 {
            return None;
        }
        Some((self.part.saturating_mul(20_000).saturating_add(self.whole)) / self.whole.saturating_mul(2))
    }

    /// What it is counted from: `（2/3）`, or nothing of nothing.
    #[must_use]
    pub fn counts(self) -> String {
        if self.whole == 0 { String::new() } else { format!("（{}/{}）", self.part, self.whole) }
    }
}

/// `66.67%`, or `—` of nothing.
impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.basis_points() {
            Some(points) => write!(f, "{}.{:02}%", points / 100, points % 100),
            None => f.write_str("—"),
        }
    }
}

/// What the three rates are counted from. Voices that belong elsewhere are in none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Acknowledged, or due to be.
    pub accepted: u64,
    /// Of those, acknowledged in time.
    pub prompt: u64,
    /// Residents who answered.
    pub answered: u64,
    /// Of those, solved.
    pub solved: u64,
    /// Of those, 满意 or 基本满意.
    pub satisfied: u64,
}

// R-VOI-07
impl Tally {
    /// What `count` voices add that were acknowledged and answered alike.
    #[must_use]
    pub fn of(is_prompt: Option<bool>, answer: Option<Answer>, count: u64) -> Self {
        let counted = |is_meant: bool| if is_meant { count } else { 0 };
        Self {
            accepted: counted(is_prompt.is_some()),
            prompt: counted(is_prompt == Some(true)),
            answered: counted(answer.is_some()),
            solved: counted(answer.is_some_and(|answer| answer.solved == Solved::Yes)),
            satisfied: counted(answer.is_some_and(|answer| answer.satisfaction != Satisfaction::Bad)),
        }
    }

    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            accepted: self.accepted + other.accepted,
            prompt: self.prompt + other.prompt,
            answered: self.answered + other.answered,
            solved: self.solved + other.solved,
            satisfied: self.satisfied + other.satisfied,
        }
    }

    /// 响应率: acknowledged in time ÷ accepted.
    #[must_use]
    pub const fn response(self) -> Rate {
        Rate { part: self.prompt, whole: self.accepted }
    }

    /// 解决率: solved ÷ answered.
    #[must_use]
    pub const fn resolution(self) -> Rate {
        Rate { part: self.solved, whole: self.answered }
    }

    /// 满意率: 满意 and 基本满意 ÷ answered.
    #[must_use]
    pub const fn satisfaction(self) -> Rate {
        Rate { part: self.satisfied, whole: self.answered }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_exact_and_rounded_half_up() {
        let shown = |part, whole| Rate { part, whole }.to_string();
        assert_eq!(shown(2, 3), "66.67%");
        assert_eq!(shown(1, 3), "33.33%");
        assert_eq!(shown(1, 8), "12.50%");
        assert_eq!(shown(1, 20_000), "0.01%");
        assert_eq!(shown(1, 20_001), "0.00%");
        assert_eq!(shown(7, 7), "100.00%");
        assert_eq!(shown(0, 0), "—");
    }

    #[test]
    fn each_rate_has_its_own_whole() {
        let tally = Tally { accepted: 10, prompt: 9, answered: 4, solved: 3, satisfied: 2 };
        assert_eq!(tally.response(), Rate { part: 9, whole: 10 });
        assert_eq!(tally.resolution(), Rate { part: 3, whole: 4 });
        assert_eq!(tally.satisfaction(), Rate { part: 2, whole: 4 });
    }

    #[test]
    fn what_is_not_due_and_what_is_not_answered_is_in_no_whole() {
        let answer = |solved, satisfaction| Some(Answer { solved, satisfaction });
        let counted = Tally::of(None, None, 5)
            .and(Tally::of(Some(false), answer(Solved::No, Satisfaction::Bad), 1))
            .and(Tally::of(Some(true), answer(Solved::Partly, Satisfaction::Fair), 2))
            .and(Tally::of(Some(true), answer(Solved::Yes, Satisfaction::Good), 3));
        assert_eq!(counted, Tally { accepted: 6, prompt: 5, answered: 6, solved: 3, satisfied: 5 });
    }

    #[test]
    fn only_solved_and_content_is_settled() {
        let settled = |solved, satisfaction| Answer { solved, satisfaction }.is_settled();
        assert!(settled(Solved::Yes, Satisfaction::Good) && settled(Solved::Yes, Satisfaction::Fair));
        assert!(!settled(Solved::Yes, Satisfaction::Bad));
        assert!(!settled(Solved::Partly, Satisfaction::Good) && !settled(Solved::No, Satisfaction::Fair));
    }
}
