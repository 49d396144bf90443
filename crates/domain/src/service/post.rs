//! Posts and service teams, which members take on (认领岗位、党员服务队).

use jiff::{ToSpan as _, civil::Date};

use crate::{coded_enum, refusal::Refusal};

/// After how long a post that was kept counts (P05: 认领岗位 kept a half-year).
pub const HALF_YEAR_MONTHS: i32 = 6;

coded_enum! {
    /// What members take on.
    pub enum PostKind {
        /// 岗位.
        Post = "post" => "岗位",
        /// 党员服务队.
        Team = "team" => "党员服务队",
    }
}

coded_enum! {
    /// Whether it can be taken on.
    pub enum PostState {
        /// 可认领.
        Open = "open" => "可认领",
        /// 已停止.
        Closed = "closed" => "已停止",
    }
}

coded_enum! {
    /// How a member stands to a post.
    pub enum ClaimState {
        /// 在岗.
        Active = "active" => "在岗",
        /// 已卸任.
        Left = "left" => "已卸任",
    }
}

/// Why a step is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PostRefusal {
    /// Not to be taken on any more.
    #[error("这个岗位已停止认领，请选择别的岗位")]
    Closed,
    /// No place left.
    #[error("这个岗位的名额已满，请选择别的岗位")]
    Full,
    /// Taken on before.
    #[error("已经认领过这个岗位，不用再认领")]
    Twice,
    /// Not taken on.
    #[error("没有在岗记录，请刷新页面")]
    NotActive,
    /// Not half a year yet.
    #[error("在岗还不满半年，{0}以后才能登记履职")]
    TooEarly(DateWords),
    /// Fewer places than are taken.
    #[error("名额不能少于已经在岗的人数")]
    TooFew,
}

/// A date as refusals write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateWords(pub Date);

impl std::fmt::Display for DateWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&crate::clock::chinese_date(self.0))
    }
}

impl Refusal for PostRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::TooFew => "places",
            Self::Closed | Self::Full | Self::Twice => "member",
            Self::NotActive | Self::TooEarly(_) => "",
        }
    }
}

/// A post as the rules know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Post {
    /// Whether it can be taken on.
    pub state: PostState,
    /// How many may hold it; `None` for as many as like.
    pub places: Option<u32>,
}

impl Post {
    /// Somebody takes it on beside `active` others.
    ///
    /// # Errors
    /// When it is closed, or there is no place left.
    pub fn claim(self, active: u32) -> Result<ClaimState, PostRefusal> {
        match (self.state, self.places) {
            (PostState::Closed, _) => Err(PostRefusal::Closed),
            (PostState::Open, Some(places)) if active >= places => Err(PostRefusal::Full),
            (PostState::Open, _) => Ok(ClaimState::Active),
        }
    }
}

/// Whether another half-year was kept on `today` by who took a post on `claimed_on` and had `halves` counted before. Answers
/// the last day of that half-year.
///
/// # Errors
/// When the half-year is not over.
pub fn check_kept(claimed_on: Date, halves: i32, today: Date) -> Result<Date, PostRefusal> {
    let months = HALF_YEAR_MONTHS.saturating_mul(halves.saturating_add(1));
    let due = claimed_on.checked_add(months.months()).unwrap_or(Date::MAX);
    if today < due { Err(PostRefusal::TooEarly(DateWords(due))) } else { Ok(due) }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn places_run_out() {
        let post = Post { state: PostState::Open, places: Some(2) };
        assert_eq!((post.claim(1), post.claim(2)), (Ok(ClaimState::Active), Err(PostRefusal::Full)));
        assert_eq!(Post { places: None, ..post }.claim(99), Ok(ClaimState::Active));
        assert_eq!(Post { state: PostState::Closed, ..post }.claim(0), Err(PostRefusal::Closed));
    }

    #[test]
    fn a_post_counts_for_each_half_year() {
        let claimed = date(2022, 1, 31);
        assert_eq!(check_kept(claimed, 0, date(2022, 7, 31)), Ok(date(2022, 7, 31)));
        assert_eq!(check_kept(claimed, 0, date(2022, 7, 30)), Err(PostRefusal::TooEarly(DateWords(date(2022, 7, 31)))));
        assert_eq!(check_kept(claimed, 1, date(2023, 1, 31)), Ok(date(2023, 1, 31)));
        assert!(check_kept(claimed, 1, date(2022, 12, 31)).is_err() && check_kept(claimed, -1, claimed).is_ok());
    }
}
