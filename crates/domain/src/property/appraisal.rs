//! The yearly appraisal (年度考评): the branch and the owners' committee grade, residents say what they think, then it is published.

use jiff::civil::Date;

use super::PropertyRefusal;
use crate::{clock::Instant, coded_enum};

/// Days that residents have at least; ours.
pub const RATE_DAYS: i64 = 7;
/// Days at most; ours.
pub const MOST_RATE_DAYS: i64 = 60;

coded_enum! {
    /// Where an appraisal stands.
    pub enum AppraisalState {
        /// 评价中.
        Open = "open" => "考评中",
        /// 已公布.
        Published = "published" => "已公布",
    }
}

coded_enum! {
    /// What the branch or the owners' committee finds (考评等次).
    pub enum Grade {
        /// 优秀.
        Excellent = "excellent" => "优秀",
        /// 良好.
        Good = "good" => "良好",
        /// 合格.
        Fair = "fair" => "合格",
        /// 不合格.
        Bad = "bad" => "不合格",
    }
}

/// An appraisal as the rules know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appraisal {
    /// Where it stands.
    pub state: AppraisalState,
    /// The last day of residents' answers.
    pub rates_until: Date,
    /// Whether the branch has graded.
    pub is_graded_by_branch: bool,
    /// Whether the owners' committee has, or why it does not was told.
    pub is_heard_of_committee: bool,
}

impl Appraisal {
    /// Opens the appraisal of `year`: the one that runs, or the last.
    ///
    /// # Errors
    /// Another year; too short or too long a time for residents.
    pub fn open(year: i32, rates_until: Date, now: Instant) -> Result<Self, PropertyRefusal> {
        let this = i32::from(now.date().year());
        if year != this && year != this - 1 {
            return Err(PropertyRefusal::OtherYear(this));
        }
        let (first, last) = (now.plus_days(RATE_DAYS).date(), now.plus_days(MOST_RATE_DAYS).date());
        if !(first..=last).contains(&rates_until) {
            return Err(PropertyRefusal::BadRateEnd(first, last));
        }
        let state = AppraisalState::Open;
        Ok(Self { state, rates_until, is_graded_by_branch: false, is_heard_of_committee: false })
    }

    /// Whether residents may still say what they think.
    #[must_use]
    pub fn hears(self, now: Instant) -> bool {
        self.state == AppraisalState::Open && now.date() <= self.rates_until
    }

    /// The same, as a condition.
    ///
    /// # Errors
    /// When the time is over.
    pub fn must_hear(self, now: Instant) -> Result<(), PropertyRefusal> {
        if self.hears(now) { Ok(()) } else { Err(PropertyRefusal::NotRating) }
    }

    /// Whether grades may still be kept.
    ///
    /// # Errors
    /// When it is published.
    pub const fn must_be_open(self) -> Result<(), PropertyRefusal> {
        match self.state {
            AppraisalState::Open => Ok(()),
            AppraisalState::Published => Err(PropertyRefusal::Published),
        }
    }

    /// Publishes it; nothing of it changes afterwards.
    ///
    /// # Errors
    /// It is published; residents still answer; somebody has not graded.
    pub fn publish(self, now: Instant) -> Result<AppraisalState, PropertyRefusal> {
        self.must_be_open()?;
        if self.hears(now) {
            return Err(PropertyRefusal::StillRating(self.rates_until));
        }
        match self {
            Self { is_graded_by_branch: false, .. } => Err(PropertyRefusal::NoBranchGrade),
            Self { is_heard_of_committee: false, .. } => Err(PropertyRefusal::NoCommitteeGrade),
            _ => Ok(AppraisalState::Published),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn it_is_published_when_all_three_were_heard() {
        let now = |day| Instant::at(date(2022, 11, day).at(9, 0, 0, 0));
        let open = |year, until| Appraisal::open(year, until, now(1));
        assert_eq!(open(2020, date(2022, 11, 20)), Err(PropertyRefusal::OtherYear(2022)));
        let ends = PropertyRefusal::BadRateEnd(date(2022, 11, 8), date(2022, 12, 31));
        assert_eq!(open(2022, date(2022, 11, 7)), Err(ends));
        let appraisal = open(2021, date(2022, 11, 8)).expect("opened");
        assert_eq!(
            (appraisal.must_hear(now(8)), appraisal.must_hear(now(9))),
            (Ok(()), Err(PropertyRefusal::NotRating))
        );
        assert_eq!(appraisal.publish(now(8)), Err(PropertyRefusal::StillRating(date(2022, 11, 8))));
        assert_eq!(appraisal.publish(now(9)), Err(PropertyRefusal::NoBranchGrade));
        let graded = Appraisal { is_graded_by_branch: true, ..appraisal };
        assert_eq!(graded.publish(now(9)), Err(PropertyRefusal::NoCommitteeGrade));
        let whole = Appraisal { is_heard_of_committee: true, ..graded };
        assert_eq!(whole.publish(now(9)), Ok(AppraisalState::Published));
        let published = Appraisal { state: AppraisalState::Published, ..whole };
        assert_eq!(published.publish(now(9)), Err(PropertyRefusal::Published));
        assert!(!Appraisal { state: AppraisalState::Published, ..appraisal }.hears(now(2)));
    }
}
