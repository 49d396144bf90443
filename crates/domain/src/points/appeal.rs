//! The appeal against an entry (申诉), from filing to decision (R-PTS-09).

use jiff::civil::Date;

use crate::{calendar::Calendar, coded_enum, ids::AccountId, place::Level, refusal::Refusal};

use super::{Category, Decider, Entry, EntryState, ItemCode, Points};

/// Working days within which a member may appeal, and within which the community decides (R-PTS-09).
pub const APPEAL_DAYS: u16 = 10;

/// The last day on which an entry may be appealed against of which the member was told on `told_on`. Where the calendar of the year
/// is missing, nobody is cut off.
#[must_use]
pub fn appeal_until(told_on: Date, calendar: &Calendar) -> Date {
    calendar.add_working_days(told_on, APPEAL_DAYS).unwrap_or(Date::MAX)
}

coded_enum! {
    /// Where an appeal stands.
    pub enum AppealState {
        /// 待处理.
        Filed = "filed" => "待社区处理",
        /// 维持.
        Upheld = "upheld" => "维持原计分",
        /// 调整.
        Adjusted = "adjusted" => "已调整",
    }
}

/// Why an appeal is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppealRefusal {
    /// Too late.
    #[error("申诉期已于{}结束，不能再申诉", crate::clock::chinese_date(*.0))]
    TooLate(Date),
    /// Only what is in effect is appealed against.
    #[error("只有已计分的记录才能申诉")]
    NotInEffect,
    /// One appeal for one entry.
    #[error("这笔计分已经申诉过，请等待或查看处理结果")]
    Twice,
    /// Nothing said.
    #[error("请写明申诉的理由")]
    NoReason,
    /// Decided before.
    #[error("这件申诉已经处理过，请刷新页面")]
    Decided,
    /// Nobody decides on their own appeal.
    #[error("不能处理本人的申诉，请由社区另一名同志、街道党工委或县委组织部处理")]
    OwnBenefit,
    /// No review of one's own deed (R-PTS-09).
    #[error("审核过这笔计分的同志不能处理它的申诉，请由社区另一名同志、街道党工委或县委组织部处理")]
    OwnDeed,
    /// A bonus below nothing, or a deduction that gives or takes more than it did.
    #[error("{}", wrong_size(*.0))]
    WrongSize(Points),
    /// As it was.
    #[error("调整后和原来的计分一样；不用调整的，请选维持原计分")]
    Unchanged,
    /// More than the rule gives in a year.
    #[error("这一项全年最多 {} 分，调整后的分值不能超过它", .0.short())]
    AboveCap(Points),
    /// Who is nearer decides as long as somebody there can.
    #[error("{at}还有同志可以处理这件申诉，由{at}处理", at = .0.label())]
    ForNearer(Level),
    /// No answer.
    #[error("请写明处理意见，申诉人会看到")]
    NoAnswer,
}

impl Refusal for AppealRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::NoReason => "text",
            Self::NoAnswer => "answer",
            Self::WrongSize(_) | Self::AboveCap(_) | Self::Unchanged => "points",
            _ => "",
        }
    }
}

/// A bonus is at least nothing; a deduction takes no more than `least`, which is negative.
fn wrong_size(least: Points) -> String {
    if least == Points::ZERO {
        "加分项调整后不能小于 0".to_owned()
    } else {
        format!("扣分项调整后应在 {} 到 0 分之间，例如 -1", least.short())
    }
}

/// What the community decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppealOutcome {
    /// The entry stands.
    Upheld,
    /// The entry is reversed, and this much is given instead; zero for nothing.
    Adjusted(Points),
}

/// An appeal as the rules know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appeal {
    /// Where it stands.
    pub state: AppealState,
    /// Who approved the entry.
    pub approver: Option<AccountId>,
    /// Who proposed the entry.
    pub proposer: Option<AccountId>,
}

impl Appeal {
    /// Against an entry in effect, within the days allowed (R-PTS-09).
    ///
    /// # Errors
    /// When the entry is not in effect, the days are over, or nothing is said.
    pub fn file(entry: Entry, text: &str, today: Date, last_day: Date) -> Result<AppealState, AppealRefusal> {
        if entry.state != EntryState::Approved || entry.is_reversed {
            return Err(AppealRefusal::NotInEffect);
        }
        if today > last_day {
            return Err(AppealRefusal::TooLate(last_day));
        }
        if text.trim().is_empty() {
            return Err(AppealRefusal::NoReason);
        }
        Ok(AppealState::Filed)
    }

    /// The community's decision.
    ///
    /// # Errors
    /// When it is decided, by the member or somebody who had a hand in the entry, or without an answer.
    pub fn decide(self, by: Decider, outcome: AppealOutcome, answer: &str) -> Result<AppealState, AppealRefusal> {
        if self.state != AppealState::Filed {
            return Err(AppealRefusal::Decided);
        }
        if by.is_beneficiary {
            return Err(AppealRefusal::OwnBenefit);
        }
        if [self.approver, self.proposer].contains(&Some(by.account)) {
            return Err(AppealRefusal::OwnDeed);
        }
        if answer.trim().is_empty() {
            return Err(AppealRefusal::NoAnswer);
        }
        Ok(match outcome {
            AppealOutcome::Upheld => AppealState::Upheld,
            AppealOutcome::Adjusted(_) => AppealState::Adjusted,
        })
    }
}

/// Whether an entry of `before` points may be adjusted to `after` on an appeal: it keeps its direction, a deduction takes no more
/// than it did, and a bonus gives no more than the rule does in a year (R-PTS-05, R-PTS-09).
///
/// # Errors
/// What is wrong with the points.
pub fn check_adjustment(
    item: &ItemCode,
    before: Points,
    after: Points,
    cap: Option<Points>,
) -> Result<(), AppealRefusal> {
    if after == before {
        return Err(AppealRefusal::Unchanged);
    }
    match item.category() {
        Category::Base | Category::Bonus if after < Points::ZERO => Err(AppealRefusal::WrongSize(Points::ZERO)),
        Category::Base | Category::Bonus => match cap.filter(|cap| after > *cap) {
            Some(cap) => Err(AppealRefusal::AboveCap(cap)),
            None => Ok(()),
        },
        Category::Deduction | Category::Sanction if after < before || after > Points::ZERO => {
            Err(AppealRefusal::WrongSize(before))
        }
        Category::Deduction | Category::Sanction => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::points::people::{account, by};

    #[test]
    fn an_adjustment_keeps_direction_and_size() {
        let check = |code: &str, before, after| {
            let item = code.parse().expect("a code");
            check_adjustment(&item, Points::whole(before), Points::whole(after), Some(Points::whole(8)))
        };
        assert_eq!((check("P02", 1, 0), check("P02", 1, 2)), (Ok(()), Ok(())));
        assert_eq!(
            (check("P02", 1, 1), check("D02", -2, -2)),
            (Err(AppealRefusal::Unchanged), Err(AppealRefusal::Unchanged))
        );
        assert_eq!(check("P02", 1, -1), Err(AppealRefusal::WrongSize(Points::ZERO)));
        assert_eq!(check("P02", 1, 9), Err(AppealRefusal::AboveCap(Points::whole(8))));
        assert_eq!((check("D02", -2, 0), check("D02", -2, -1)), (Ok(()), Ok(())));
        for after in [1, 5, -3] {
            assert_eq!(check("D02", -2, after), Err(AppealRefusal::WrongSize(Points::whole(-2))));
        }
    }

    #[test]
    fn an_appeal_is_decided_by_somebody_else() {
        let entry = Entry { state: EntryState::Approved, proposer: None, is_reversed: false };
        let (today, last) = (date(2022, 5, 10), date(2022, 5, 10));
        assert_eq!(Appeal::file(entry, "当天我在值班", today, last), Ok(AppealState::Filed));
        assert_eq!(Appeal::file(entry, "x", date(2022, 5, 11), last), Err(AppealRefusal::TooLate(last)));
        assert_eq!(Appeal::file(entry, "", today, last), Err(AppealRefusal::NoReason));
        let reversed = Entry { is_reversed: true, ..entry };
        assert_eq!(Appeal::file(reversed, "x", today, last), Err(AppealRefusal::NotInEffect));
        let appeal = Appeal { state: AppealState::Filed, approver: Some(account(2)), proposer: None };
        let decide = |by, answer| appeal.decide(by, AppealOutcome::Upheld, answer);
        assert_eq!(decide(by(account(2), false), "x"), Err(AppealRefusal::OwnDeed));
        assert_eq!(decide(by(account(3), true), "x"), Err(AppealRefusal::OwnBenefit));
        assert_eq!(decide(by(account(3), false), " "), Err(AppealRefusal::NoAnswer));
        let adjusted = AppealOutcome::Adjusted(Points::whole(1));
        assert_eq!(appeal.decide(by(account(3), false), adjusted, "属实"), Ok(AppealState::Adjusted));
    }
}
