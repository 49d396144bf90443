//! Branches, their structure and their committees: the words of the ledger and the rules it must satisfy.
//!
//! Owns the vocabulary of places and people, completeness (R-ORG-06), terms (R-ORG-05), and what a branch is warned
//! about (R-ORG-04). Warnings never block.

mod party_group;
mod restructuring;
mod warnings;

use jiff::{ToSpan as _, civil::Date};

use crate::coded_enum;

pub use party_group::{NoPartyGroup, PartyGroup};
pub use restructuring::{BranchStanding, RestructuringRefusal, check_dissolution, check_move, check_restoration};
pub use warnings::{BranchFacts, BranchWarning, branch_warnings};

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

coded_enum! {
    /// How a secretary was graded in a year (述职评议考核等次).
    pub enum Grade {
        /// 优秀.
        Excellent = "excellent" => "优秀",
        /// 称职.
        Competent = "competent" => "称职",
        /// 基本称职.
        Basic = "basic" => "基本称职",
        /// 不称职.
        Incompetent = "incompetent" => "不称职",
        /// Too short in office to be graded.
        Ungraded = "ungraded" => "未参加考核",
    }
}

/// Whether a month, `1966-11`, begins after the month of `today`: nobody was born in it.
#[must_use]
pub fn is_month_to_come(month: &str, today: Date) -> bool {
    month > format!("{:04}-{:02}", today.year(), today.month()).as_str()
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

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
}
