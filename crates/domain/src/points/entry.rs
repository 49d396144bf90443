//! One entry (计分) from proposal to effect, and its correction (R-PTS-06).

use jiff::civil::Date;

use crate::{activity::MOST_HOURS, coded_enum, ids::AccountId, refusal::Refusal};

use super::{Category, Item, ItemCode, Points};

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
    #[error("这一项全年最多 {} 分，一次不能超过它", .0.short())]
    AboveCap(Points),
    /// More hours than a day's service has (R-DUTY-02).
    #[error("一天的服务时长不超过 12 小时，请核对；不是一天做的，请按日期分开计分")]
    TooManyHours,
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
            Self::TooManyHours => "quantity",
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

/// Whether so much of an item may be entered for one day by hand: no more hours than a day's service has (R-DUTY-02). What a year
/// gives is capped when it is counted (R-PTS-07).
///
/// # Errors
/// When it is more.
pub fn check_quantity(item: &Item, quantity: i64) -> Result<(), EntryRefusal> {
    if item.unit == HOURS && quantity > MOST_HOURS { Err(EntryRefusal::TooManyHours) } else { Ok(()) }
}

/// The unit of items that count hours of service.
const HOURS: &str = "小时";

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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::points::people::{account, by};

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
    fn a_day_has_twelve_hours() {
        let item = |code: &str| {
            let template = crate::points::county_template();
            template.into_iter().find(|item| item.code.as_str() == code).expect("in the template")
        };
        let check = |code: &str, quantity: i64| check_quantity(&item(code), quantity);
        assert_eq!((check("P04", 1_200), check("P04", 1_201)), (Ok(()), Err(EntryRefusal::TooManyHours)));
        assert_eq!(check("P13", 1_300), Ok(()), "what is counted in pieces has no hours");
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
}
