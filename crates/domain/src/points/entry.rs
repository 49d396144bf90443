//! One entry (计分) from proposal to effect, and the appeal against it (R-PTS-06, R-PTS-09).

use jiff::civil::Date;

use crate::{coded_enum, ids::AccountId, refusal::Refusal};

use super::{Category, ItemCode, Points};

/// Working days within which a member may appeal, and within which the community decides (R-PTS-09).
pub const APPEAL_DAYS: u16 = 10;

coded_enum! {
    /// Where an entry stands. Its content never changes; a mistake is set right by a reversing entry.
    pub enum EntryState {
        /// 待审核.
        Proposed = "proposed" => "待审核",
        /// 已生效.
        Approved = "approved" => "已计分",
        /// 未通过.
        Rejected = "rejected" => "未通过",
    }
}

/// Why a step is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EntryRefusal {
    /// Decided before.
    #[error("这笔计分已经是“{}”，请刷新页面", .0.label())]
    Decided(EntryState),
    /// Who proposed it may not approve it.
    #[error("提出计分的同志不能审核同一笔计分，请由支部另一名同志审核")]
    OwnProposal,
    /// Nobody approves what they gain by.
    #[error("不能审核本人的计分，请由支部另一名同志审核")]
    OwnBenefit,
    /// A rejection without a reason.
    #[error("请写明不通过的原因")]
    NoReason,
    /// A deduction without its document.
    #[error("扣分要有查实的文书，请填写文书名称和编号")]
    NoDocument,
    /// A deduction without prior notice, or notice after it.
    #[error("扣分前要告知本人，请填写告知日期（不晚于今天）")]
    NoNotice,
    /// Only an entry in effect is reversed.
    #[error("只有已计分的记录才能冲正")]
    NotInEffect,
    /// Reversed before.
    #[error("这笔计分已经冲正过，不能再次冲正")]
    Reversed,
    /// A reversal of it waits.
    #[error("这笔计分已有一笔冲正等待审核，请先审核那一笔")]
    ReversalWaits,
    /// More would be taken back than there is.
    #[error("更正以后，这一项全年合计的方向不对：加分项不能小于 0，扣分项不能大于 0，请核对分值")]
    WrongSign,
    /// More at once than the rule gives, or takes, in a year.
    #[error("这一项全年最多 {} 分，一次更正不能超过它", .0.short())]
    AboveCap(Points),
    /// The base is given by the registration itself.
    #[error("基础分由报到情况自动计算，不用单独计分")]
    Base,
}

impl Refusal for EntryRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::NoReason => "reason",
            Self::NoDocument => "document",
            Self::NoNotice => "notified_on",
            Self::Base => "item",
            Self::WrongSign | Self::AboveCap(_) => "points",
            _ => "",
        }
    }
}

/// Who decides, and whether they gain by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decider {
    /// The account that decides.
    pub account: AccountId,
    /// Whether the points would be their own.
    pub is_beneficiary: bool,
}

/// An entry as the rules know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Where it stands.
    pub state: EntryState,
    /// Who proposed it; `None` when the system did from a confirmed record.
    pub proposer: Option<AccountId>,
    /// Whether another entry reverses it.
    pub is_reversed: bool,
}

impl Entry {
    /// Into effect: proposer ≠ approver ≠ beneficiary (R-PTS-06).
    ///
    /// # Errors
    /// When it is decided, or by the wrong person.
    pub fn approve(self, decider: Decider) -> Result<Self, EntryRefusal> {
        self.decide(decider)?;
        Ok(Self { state: EntryState::Approved, ..self })
    }

    /// Not taken.
    ///
    /// # Errors
    /// When it is decided, by the wrong person, or without a reason.
    pub fn reject(self, decider: Decider, reason: &str) -> Result<Self, EntryRefusal> {
        self.decide(decider)?;
        if reason.trim().is_empty() {
            return Err(EntryRefusal::NoReason);
        }
        Ok(Self { state: EntryState::Rejected, ..self })
    }

    fn decide(self, decider: Decider) -> Result<(), EntryRefusal> {
        if self.state != EntryState::Proposed {
            return Err(EntryRefusal::Decided(self.state));
        }
        if self.proposer == Some(decider.account) {
            return Err(EntryRefusal::OwnProposal);
        }
        if decider.is_beneficiary {
            return Err(EntryRefusal::OwnBenefit);
        }
        Ok(())
    }

    /// Whether a reversal may be proposed, while `waiting` others wait for their decision. One that was rejected leaves the
    /// way open for another.
    ///
    /// # Errors
    /// When it is not in effect, is reversed already, or a reversal waits.
    pub fn must_take_a_reversal(self, waiting: usize) -> Result<(), EntryRefusal> {
        self.must_be_reversible()?;
        if waiting > 0 { Err(EntryRefusal::ReversalWaits) } else { Ok(()) }
    }

    /// Whether it may be reversed.
    ///
    /// # Errors
    /// When it is not in effect or reversed already.
    pub fn must_be_reversible(self) -> Result<(), EntryRefusal> {
        match self {
            Self { is_reversed: true, .. } => Err(EntryRefusal::Reversed),
            Self { state: EntryState::Approved, .. } => Ok(()),
            _ => Err(EntryRefusal::NotInEffect),
        }
    }
}

/// What a proposed entry stands on.
#[derive(Debug, Clone, Copy)]
pub struct Grounds<'a> {
    /// The item.
    pub item: &'a ItemCode,
    /// Name and number of the document, for deductions.
    pub document: &'a str,
    /// When the member was told beforehand, for deductions.
    pub notified_on: Option<Date>,
}

/// Deductions only with an upheld document and prior notice (R-PTS-06); the base by nobody.
///
/// # Errors
/// What is missing.
pub fn check_grounds(grounds: Grounds<'_>, today: Date) -> Result<(), EntryRefusal> {
    match grounds.item.category() {
        Category::Base => Err(EntryRefusal::Base),
        Category::Bonus => Ok(()),
        Category::Deduction | Category::Sanction if grounds.document.trim().is_empty() => Err(EntryRefusal::NoDocument),
        Category::Deduction | Category::Sanction => {
            if grounds.notified_on.is_some_and(|day| day <= today) {
                Ok(())
            } else {
                Err(EntryRefusal::NoNotice)
            }
        }
    }
}

/// Whether a settled year may be corrected by `points` on an item of which the member has `sum`: what takes away needs notice
/// as every deduction does, the base is nobody's, and an item keeps its direction, so that no more is taken back than there is.
///
/// # Errors
/// What is wrong or missing.
pub fn check_correction(
    grounds: Grounds<'_>,
    points: Points,
    sum: Points,
    cap: Option<Points>,
    today: Date,
) -> Result<(), EntryRefusal> {
    let category = grounds.item.category();
    if category == Category::Base {
        return Err(EntryRefusal::Base);
    }
    if grounds.document.trim().is_empty() {
        return Err(EntryRefusal::NoDocument);
    }
    if points < Points::ZERO && grounds.notified_on.is_none_or(|day| day > today) {
        return Err(EntryRefusal::NoNotice);
    }
    if let Some(cap) = cap.filter(|cap| points > *cap || points < -*cap) {
        return Err(EntryRefusal::AboveCap(cap));
    }
    let keeps = if category == Category::Bonus { sum + points >= Points::ZERO } else { sum + points <= Points::ZERO };
    if keeps { Ok(()) } else { Err(EntryRefusal::WrongSign) }
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
    #[error("不能处理本人的申诉，请由社区另一名同志或街道党工委处理")]
    OwnBenefit,
    /// No review of one's own deed (R-PTS-09).
    #[error("审核过这笔计分的同志不能处理它的申诉，请由社区另一名同志或街道党工委处理")]
    OwnDeed,
    /// A bonus below nothing, or a deduction that gives or takes more than it did.
    #[error("加分项调整后不能小于 0，扣分项调整后应在 {} 到 0 分之间，例如 -1", .0.short())]
    WrongSize(Points),
    /// More than the rule gives in a year.
    #[error("这一项全年最多 {} 分，调整后的分值不能超过它", .0.short())]
    AboveCap(Points),
    /// No answer.
    #[error("请写明处理意见，申诉人会看到")]
    NoAnswer,
}

impl Refusal for AppealRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::NoReason => "text",
            Self::NoAnswer => "answer",
            Self::WrongSize(_) | Self::AboveCap(_) => "points",
            _ => "",
        }
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    fn account(number: u128) -> AccountId {
        AccountId::from(Uuid::from_u128(number))
    }

    const fn by(account: AccountId, is_beneficiary: bool) -> Decider {
        Decider { account, is_beneficiary }
    }

    #[test]
    fn proposer_approver_and_beneficiary_are_three() {
        let (one, two) = (account(1), account(2));
        let entry = Entry { state: EntryState::Proposed, proposer: Some(one), is_reversed: false };
        assert_eq!(entry.approve(by(one, false)), Err(EntryRefusal::OwnProposal));
        assert_eq!(entry.approve(by(two, true)), Err(EntryRefusal::OwnBenefit));
        let approved = entry.approve(by(two, false)).expect("approved");
        assert_eq!(approved.approve(by(two, false)), Err(EntryRefusal::Decided(EntryState::Approved)));
        assert_eq!(entry.reject(by(two, false), " "), Err(EntryRefusal::NoReason));
        assert_eq!(entry.must_be_reversible(), Err(EntryRefusal::NotInEffect));
        assert_eq!(approved.must_be_reversible(), Ok(()));
        assert_eq!(Entry { is_reversed: true, ..approved }.must_be_reversible(), Err(EntryRefusal::Reversed));
        assert_eq!(approved.must_take_a_reversal(0), Ok(()));
        assert_eq!(approved.must_take_a_reversal(1), Err(EntryRefusal::ReversalWaits));
    }

    #[test]
    fn deductions_need_a_document_and_prior_notice() {
        let today = date(2022, 5, 10);
        let check = |code: &str, document, notified_on| {
            let item = code.parse().expect("a code");
            check_grounds(Grounds { item: &item, document, notified_on }, today)
        };
        assert_eq!(check("P04", "", None), Ok(()));
        assert_eq!(check("P01", "", None), Err(EntryRefusal::Base));
        assert_eq!(check("D01", " ", Some(today)), Err(EntryRefusal::NoDocument));
        assert_eq!(check("D07", "处分决定〔2022〕1号", None), Err(EntryRefusal::NoNotice));
        assert_eq!(check("D01", "会议纪要第3号", Some(date(2022, 5, 11))), Err(EntryRefusal::NoNotice));
        assert_eq!(check("D01", "会议纪要第3号", Some(today)), Ok(()));
    }

    #[test]
    fn a_correction_needs_notice_and_keeps_the_items_direction() {
        let today = date(2023, 2, 10);
        let check = |code: &str, points, sum, notified_on| {
            let item = code.parse().expect("a code");
            let grounds = Grounds { item: &item, document: "新组查〔2023〕1号", notified_on };
            check_correction(grounds, Points::whole(points), Points::whole(sum), Some(Points::whole(15)), today)
        };
        assert_eq!(check("P04", 3, 0, None), Ok(()));
        assert_eq!(check("P04", -3, 5, None), Err(EntryRefusal::NoNotice));
        assert_eq!(check("P04", -3, 5, Some(today)), Ok(()));
        assert_eq!(check("P04", -6, 5, Some(today)), Err(EntryRefusal::WrongSign));
        assert_eq!(check("D06", 10, 0, None), Err(EntryRefusal::WrongSign));
        assert_eq!((check("D06", 10, -10, None), check("D06", -10, 0, Some(today))), (Ok(()), Ok(())));
        assert_eq!(check("P01", 5, 0, None), Err(EntryRefusal::Base));
        assert_eq!(check("P04", 500, 0, None), Err(EntryRefusal::AboveCap(Points::whole(15))));
    }

    #[test]
    fn an_adjustment_keeps_direction_and_size() {
        let check = |code: &str, before, after| {
            let item = code.parse().expect("a code");
            check_adjustment(&item, Points::whole(before), Points::whole(after), Some(Points::whole(8)))
        };
        assert_eq!((check("P02", 1, 0), check("P02", 1, 2)), (Ok(()), Ok(())));
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
