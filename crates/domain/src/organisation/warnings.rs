//! What a branch is warned about (R-ORG-04, R-ORG-05). Nothing here blocks anything.

use jiff::civil::Date;

use super::BranchKind;
use crate::clock::chinese_date;

/// What the rules ask about a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BranchFacts {
    /// Its kind.
    pub kind: BranchKind,
    /// Members whose formal membership lies here.
    pub members: u32,
    /// Of these, full members.
    pub full_members: u32,
    /// Compounds it covers.
    pub compounds: u32,
    /// Persons in the committee, the secretary included; adjunct members are not counted.
    pub committee: u32,
    /// Of these, secretaries.
    pub secretaries: u32,
    /// The last day of the term that ends first; `None` when no date is known.
    pub term_ends_on: Option<Date>,
    /// Buildings that the branch's own line in the ledger tells.
    pub told_buildings: u32,
    /// Buildings that are entered one by one.
    pub entered_buildings: u32,
}

/// Something about a branch that does not agree with the rules. It is shown and blocks nothing (R-ORG-04).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BranchWarning {
    /// A formal branch has at least 3 full members.
    #[error("正式党员只有 {0} 名，正式党支部应不少于 3 名。请核对党员名册，或按程序调整支部设置。")]
    TooFewFullMembers(u32),
    /// A joint branch covers usually at most 5 units.
    #[error("联合党支部覆盖 {0} 个小区，一般不超过 5 个。请研究是否分设支部。")]
    TooManyCompounds(u32),
    /// A branch has usually at most 50 members.
    #[error("组织关系在本支部的党员有 {0} 名，一般不超过 50 名。请研究是否分设支部。")]
    TooManyMembers(u32),
    /// From 7 full members on there is a committee of 3 to 5.
    #[error(
        "正式党员有 {full_members} 名，应当设立 3 至 5 人的支部委员会，现在班子只有 {committee} 人。请及时补选并更新班子。"
    )]
    NoCommittee {
        /// Full members.
        full_members: u32,
        /// Persons in the committee.
        committee: u32,
    },
    /// A committee has at most 7 members.
    #[error("支部委员会有 {0} 人，最多不超过 7 人。请核对班子名单。")]
    CommitteeTooLarge(u32),
    /// Below 7 full members there are a secretary and at most one deputy.
    #[error(
        "正式党员不足 7 名（现有 {full_members} 名），一般只设书记 1 名，必要时设副书记 1 名，现在班子有 {committee} 人。请核对。"
    )]
    CommitteeNotNeeded {
        /// Full members.
        full_members: u32,
        /// Persons in the committee.
        committee: u32,
    },
    /// There is one secretary.
    #[error("没有登记党支部书记。请尽快选配并更新班子。")]
    NoSecretary,
    /// There is one secretary.
    #[error("登记了 {0} 名党支部书记，应为 1 名。请核对班子名单。")]
    SeveralSecretaries(u32),
    /// The term has ended and no new one is entered (R-ORG-05).
    #[error("班子任期已于{}届满，请按期换届；经批准延期的，请更新任职时间。", chinese_date(*.0))]
    TermEnded(Date),
    /// The branch's own line and the list of buildings disagree.
    #[error("支部登记的楼栋数是 {told} 栋，楼栋表里有 {entered} 栋。请核对楼栋表。")]
    BuildingsDisagree {
        /// What the branch's line tells.
        told: u32,
        /// What is entered.
        entered: u32,
    },
}

/// Fewest full members of a formal branch.
const FEWEST_FULL_MEMBERS: u32 = 3;
/// Most units that a joint branch usually covers.
const USUAL_MOST_COMPOUNDS: u32 = 5;
/// Most members that a branch usually has.
const USUAL_MOST_MEMBERS: u32 = 50;
/// Full members from which a committee is elected.
const FULL_MEMBERS_FOR_COMMITTEE: u32 = 7;
/// Fewest members of a committee.
const SMALLEST_COMMITTEE: u32 = 3;
/// Most members of a committee.
const LARGEST_COMMITTEE: u32 = 7;
/// A secretary and a deputy.
const WITHOUT_COMMITTEE: u32 = 2;

/// What a branch is warned about on `today` (R-ORG-04, R-ORG-05). A functional branch has no formal members of its own, so
/// that the numbers of members do not bind it.
#[must_use]
pub fn branch_warnings(facts: &BranchFacts, today: Date) -> Vec<BranchWarning> {
    let mut warnings = Vec::new();
    let BranchFacts { kind, members, full_members, compounds, committee, .. } = *facts;
    if kind == BranchKind::Formal && full_members < FEWEST_FULL_MEMBERS {
        warnings.push(BranchWarning::TooFewFullMembers(full_members));
    }
    if kind == BranchKind::Joint && compounds > USUAL_MOST_COMPOUNDS {
        warnings.push(BranchWarning::TooManyCompounds(compounds));
    }
    if members > USUAL_MOST_MEMBERS {
        warnings.push(BranchWarning::TooManyMembers(members));
    }
    if committee > LARGEST_COMMITTEE {
        warnings.push(BranchWarning::CommitteeTooLarge(committee));
    } else if kind != BranchKind::Functional {
        if full_members >= FULL_MEMBERS_FOR_COMMITTEE && committee < SMALLEST_COMMITTEE {
            warnings.push(BranchWarning::NoCommittee { full_members, committee });
        }
        if full_members < FULL_MEMBERS_FOR_COMMITTEE && committee > WITHOUT_COMMITTEE {
            warnings.push(BranchWarning::CommitteeNotNeeded { full_members, committee });
        }
    }
    match facts.secretaries {
        0 => warnings.push(BranchWarning::NoSecretary),
        1 => {}
        several => warnings.push(BranchWarning::SeveralSecretaries(several)),
    }
    if let Some(last_day) = facts.term_ends_on.filter(|last_day| *last_day < today) {
        warnings.push(BranchWarning::TermEnded(last_day));
    }
    if facts.told_buildings != facts.entered_buildings {
        let (told, entered) = (facts.told_buildings, facts.entered_buildings);
        warnings.push(BranchWarning::BuildingsDisagree { told, entered });
    }
    warnings
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const SOUND: BranchFacts = BranchFacts {
        kind: BranchKind::Formal,
        members: 9,
        full_members: 8,
        compounds: 1,
        committee: 3,
        secretaries: 1,
        term_ends_on: None,
        told_buildings: 5,
        entered_buildings: 5,
    };

    #[test]
    fn branches_are_warned_by_the_rules() {
        let today = date(2022, 12, 20);
        let cases: [(BranchFacts, &[BranchWarning]); 11] = [
            (SOUND, &[]),
            (BranchFacts { full_members: 2, committee: 1, ..SOUND }, &[BranchWarning::TooFewFullMembers(2)]),
            (BranchFacts { kind: BranchKind::Joint, full_members: 2, committee: 1, ..SOUND }, &[]),
            (BranchFacts { kind: BranchKind::Joint, compounds: 6, ..SOUND }, &[BranchWarning::TooManyCompounds(6)]),
            (BranchFacts { members: 51, full_members: 51, ..SOUND }, &[BranchWarning::TooManyMembers(51)]),
            (
                BranchFacts { full_members: 7, committee: 2, ..SOUND },
                &[BranchWarning::NoCommittee { full_members: 7, committee: 2 }],
            ),
            (
                BranchFacts { full_members: 6, committee: 3, ..SOUND },
                &[BranchWarning::CommitteeNotNeeded { full_members: 6, committee: 3 }],
            ),
            (
                BranchFacts { kind: BranchKind::Functional, full_members: 0, committee: 8, ..SOUND },
                &[BranchWarning::CommitteeTooLarge(8)],
            ),
            (BranchFacts { secretaries: 0, ..SOUND }, &[BranchWarning::NoSecretary]),
            (
                BranchFacts { term_ends_on: Some(date(2022, 12, 19)), ..SOUND },
                &[BranchWarning::TermEnded(date(2022, 12, 19))],
            ),
            (
                BranchFacts { entered_buildings: 4, term_ends_on: Some(today), ..SOUND },
                &[BranchWarning::BuildingsDisagree { told: 5, entered: 4 }],
            ),
        ];
        for (facts, expected) in cases {
            assert_eq!(branch_warnings(&facts, today), expected, "{facts:?}");
        }
    }
}
