//! What residents say of what was done (居民评价), between its acceptance and its closing.

use crate::{survey::LEAST_SHOWN, voice::Satisfaction};

/// How many said what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ratings {
    /// 满意.
    pub good: u32,
    /// 基本满意.
    pub fair: u32,
    /// 不满意.
    pub bad: u32,
}

impl Ratings {
    /// One more.
    #[must_use]
    pub const fn and(self, said: Satisfaction) -> Self {
        match said {
            Satisfaction::Good => Self { good: self.good.saturating_add(1), ..self },
            Satisfaction::Fair => Self { fair: self.fair.saturating_add(1), ..self },
            Satisfaction::Bad => Self { bad: self.bad.saturating_add(1), ..self },
        }
    }

    /// All of them.
    #[must_use]
    pub const fn total(self) -> u32 {
        self.good.saturating_add(self.fair).saturating_add(self.bad)
    }

    /// How they fell, with what the share is counted from: those who are content or fairly so, of all. With fewer than
    /// [`LEAST_SHOWN`] only how many there are.
    #[must_use]
    pub fn words(self) -> String {
        let total = self.total();
        if total < LEAST_SHOWN {
            return format!("收到 {total} 份，满 {LEAST_SHOWN} 份以后公布结果");
        }
        let content = u64::from(self.good) + u64::from(self.fair);
        let share = (content * 1_000 + u64::from(total) / 2) / u64::from(total);
        format!(
            "收到 {total} 份：满意 {}，基本满意 {}，不满意 {}；满意率（满意和基本满意）{}.{}%",
            self.good,
            self.fair,
            self.bad,
            share / 10,
            share % 10
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_ratings_do_not_tell_who_said_what() {
        let said = |times: &[(Satisfaction, u32)]| {
            let all = times.iter().flat_map(|(said, times)| (0..*times).map(|_| *said));
            all.fold(Ratings::default(), Ratings::and)
        };
        let few = said(&[(Satisfaction::Good, 3), (Satisfaction::Bad, 1)]);
        assert_eq!(few.words(), "收到 4 份，满 5 份以后公布结果");
        let more = said(&[(Satisfaction::Good, 3), (Satisfaction::Fair, 1), (Satisfaction::Bad, 2)]);
        assert_eq!(more.words(), "收到 6 份：满意 3，基本满意 1，不满意 2；满意率（满意和基本满意）66.7%");
        assert_eq!(said(&[(Satisfaction::Good, 5)]).words().rsplit('）').next(), Some("100.0%"));
    }
}
