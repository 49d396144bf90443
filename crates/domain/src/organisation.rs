//! Branches, their structure and their committees: the words of the ledger and the rules it must satisfy.
//!
//! Owns the vocabulary of places and people, completeness (R-ORG-06), terms (R-ORG-05), and what a branch is warned
//! about (R-ORG-04). Warnings never block.

use jiff::{ToSpan as _, civil::Date};

use crate::{clock::chinese_date, coded_enum};

coded_enum! {
    /// The kind of a branch (党支部类型).
    pub enum BranchKind {
        /// With formal membership of its own (正式党支部).
        Formal = "formal" => "正式",
        /// Without formal membership (功能型党支部).
        Functional = "functional" => "功能型",
        /// Over several compounds (联合党支部).
        Joint = "joint" => "联合",
    }
}

coded_enum! {
    /// How the owners of a compound are organised (业主委员会).
    pub enum OwnersCommittee {
        /// An owners' committee is elected (业主委员会).
        Established = "established" => "已成立",
        /// There is none.
        Missing = "missing" => "未成立",
        /// An interim property committee stands in (物业管理委员会).
        Interim = "interim" => "物业管理委员会",
    }
}

coded_enum! {
    /// Gender (性别).
    pub enum Gender {
        /// Male.
        Male = "male" => "男",
        /// Female.
        Female = "female" => "女",
    }
}

coded_enum! {
    /// A post in a branch committee (党内职务), in the order of a list of officers.
    pub enum PartyPost {
        /// 党支部书记.
        Secretary = "secretary" => "书记",
        /// 副书记.
        DeputySecretary = "deputy_secretary" => "副书记",
        /// 组织委员.
        Organisation = "organisation" => "组织委员",
        /// 宣传委员.
        Publicity = "publicity" => "宣传委员",
        /// 纪检委员.
        Discipline = "discipline" => "纪检委员",
        /// 生活委员.
        Welfare = "welfare" => "生活委员",
        /// 青年委员.
        Youth = "youth" => "青年委员",
        /// 统战委员.
        UnitedFront = "united_front" => "统战委员",
        /// A committee member without a field of work (支部委员).
        Member = "member" => "委员",
        /// 兼职委员, cross-appointed.
        Adjunct = "adjunct" => "兼职委员",
    }
}

coded_enum! {
    /// Whether a member works for a unit, which decides the kind of reward (身份).
    pub enum Service {
        /// 在职党员.
        InService = "in_service" => "在职",
        /// 非在职党员.
        NonService = "non_service" => "非在职",
    }
}

coded_enum! {
    /// Full or probationary (党员类型); only full members vote.
    pub enum MemberKind {
        /// 正式党员.
        Full = "full" => "正式党员",
        /// 预备党员.
        Probationary = "probationary" => "预备党员",
    }
}

coded_enum! {
    /// Where a member's formal membership lies (组织关系).
    pub enum Affiliation {
        /// In this branch.
        Here = "here" => "本支部",
        /// In the branch of the work unit; the member has reported to this one (双报到).
        Unit = "unit" => "单位支部",
        /// Elsewhere: 流动党员.
        Mobile = "mobile" => "外地（流动党员）",
    }
}

/// Years of a compound branch's term, unless the county has set another (R-ORG-05).
pub const USUAL_TERM_YEARS: i16 = 3;

/// The last day of a term that began on `since` (R-ORG-05).
#[must_use]
pub fn term_ends_on(since: Date, years: i16) -> Date {
    // Only dates at the edge of the calendar cannot be moved, and a term there never ends.
    since.checked_add(years.years()).and_then(|next| next.checked_sub(1.day())).unwrap_or(Date::MAX)
}

/// How far “支部—楼栋长—党员中心户” is built up in a branch (R-ORG-06).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Structure {
    /// Buildings.
    pub buildings: u32,
    /// Of these, with a building steward (楼栋长).
    pub with_steward: u32,
    /// Of these, with a Party hub household (党员中心户).
    pub with_hub_household: u32,
    /// Of these, with both.
    pub complete: u32,
}

impl Structure {
    /// Counts buildings, each given as whether it has a steward and whether it has a hub household.
    #[must_use]
    pub fn of(buildings: impl IntoIterator<Item = (bool, bool)>) -> Self {
        buildings.into_iter().fold(Self::default(), |sum, (has_steward, has_hub_household)| Self {
            buildings: sum.buildings + 1,
            with_steward: sum.with_steward + u32::from(has_steward),
            with_hub_household: sum.with_hub_household + u32::from(has_hub_household),
            complete: sum.complete + u32::from(has_steward && has_hub_household),
        })
    }

    /// Whole per cent of the buildings that have both, rounded down so that 100 means complete; 0 without buildings.
    #[must_use]
    pub const fn percent(&self) -> u32 {
        if self.buildings == 0 { 0 } else { (self.complete as u64 * 100 / self.buildings as u64) as u32 }
    }

    /// Whether every building has both, and there is one (R-ORG-06).
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.buildings > 0 && self.complete == self.buildings
    }
}

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
    fn a_structure_is_complete_when_every_building_has_both() {
        assert_eq!(Structure::of([]).percent(), 0);
        assert!(!Structure::of([]).is_complete());
        let one_missing = Structure::of([(true, true), (true, false), (false, true)]);
        assert_eq!(one_missing, Structure { buildings: 3, with_steward: 2, with_hub_household: 2, complete: 1 });
        assert_eq!(one_missing.percent(), 33);
        assert!(Structure::of([(true, true), (true, true)]).is_complete());
    }

    #[test]
    fn a_term_ends_the_day_before_its_anniversary() {
        assert_eq!(term_ends_on(date(2021, 1, 5), 3), date(2024, 1, 4));
        assert_eq!(term_ends_on(date(2020, 2, 29), 3), date(2023, 2, 27));
        assert_eq!(term_ends_on(Date::MAX, 3), Date::MAX);
    }

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
