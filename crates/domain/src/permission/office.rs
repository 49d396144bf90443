//! The kinds of office of the programme.

use crate::{coded_enum, place::Level};

coded_enum! {
    /// The kind of an office (身份). A person may hold several and acts under one.
    pub enum OfficeKind {
        /// 县委组织部 officer: runs the season.
        CountyOrgDept = "county_org_dept" => "县委组织部",
        /// 县委组织部 leader: approves money and parameters.
        CountyLeader = "county_leader" => "县委组织部部领导",
        /// 县住房和城乡建设局: co-lead.
        HousingBureau = "housing_bureau" => "县住房和城乡建设局",
        /// 县委常委会: records the final decision.
        StandingCommittee = "standing_committee" => "县委常委会",
        /// 评选组 member unit.
        PanelUnit = "panel_unit" => "评选组成员单位",
        /// Verifies objections; the only one who learns who reported.
        Verifier = "verifier" => "异议核查员",
        /// 财务: records payments.
        FinanceOfficer = "finance_officer" => "财务人员",
        /// Reads the audit record and nothing else of substance.
        Auditor = "auditor" => "安全审计员",
        /// Accounts, offices and the calendar; no business deeds.
        Administrator = "administrator" => "系统管理员",
        /// 街道党工委.
        StreetOfficer = "street_officer" => "街道党工委",
        /// 社区党总支.
        CommunityOfficer = "community_officer" => "社区党总支",
        /// 党支部书记.
        BranchSecretary = "branch_secretary" => "小区党支部书记",
        /// 支部委员.
        BranchCommittee = "branch_committee" => "小区党支部委员",
        /// 单位党组织联络员: keeps a work unit's members and their scores.
        UnitContact = "unit_contact" => "单位党组织联络员",
        /// 党员, at the branch of whose roll they are: sees and does what is their own.
        Member = "member" => "小区党员",
    }
}

impl OfficeKind {
    /// The level of the place that an office of this kind answers for.
    #[must_use]
    pub const fn level(self) -> Level {
        match self {
            Self::CountyOrgDept
            | Self::CountyLeader
            | Self::HousingBureau
            | Self::StandingCommittee
            | Self::PanelUnit
            | Self::Verifier
            | Self::FinanceOfficer
            | Self::Auditor
            | Self::Administrator => Level::County,
            Self::StreetOfficer => Level::Street,
            Self::CommunityOfficer => Level::Community,
            Self::BranchSecretary | Self::BranchCommittee | Self::Member => Level::Branch,
            Self::UnitContact => Level::Unit,
        }
    }

    /// Whether one person may hold both: who looks after the system does not audit it.
    #[must_use]
    pub const fn goes_with(self, other: Self) -> bool {
        !matches!((self, other), (Self::Auditor, Self::Administrator) | (Self::Administrator, Self::Auditor))
    }
}
