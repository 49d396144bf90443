//! Where an application stands, in the words of the office and of the public.

use crate::coded_enum;

coded_enum! {
    /// The stage of an application (`domain.md` §5.1).
    pub enum Stage {
        /// Being written, or returned to the branch.
        Draft = "draft" => "草稿",
        /// Lies with the community.
        Submitted = "submitted" => "已提交，待社区把关",
        /// Lies with the street.
        CommunityPassed = "community_passed" => "社区通过，待街道审核",
        /// Assessed on site and screened by the street.
        Screened = "screened" => "初选通过，待推荐上报",
        /// Recommended; lies with the panel.
        Recommended = "recommended" => "已推荐，待评选组审查",
        /// Not recommended by the street.
        NotRecommended = "not_recommended" => "街道未推荐",
        /// The panel's preliminary opinion is in favour.
        PanelPassed = "panel_passed" => "初步意见通过，待审定",
        /// The panel's preliminary opinion is against.
        PanelRejected = "panel_rejected" => "评选组未通过",
        /// Decided by the standing committee.
        Decided = "decided" => "已审定，待公示",
        /// Not approved by the standing committee.
        NotApproved = "not_approved" => "常委会未通过",
        /// In a public notice.
        Noticed = "noticed" => "公示中",
        /// Confirmed after the notice.
        Confirmed = "confirmed" => "已认定",
        /// Named in the commendation circular.
        Awarded = "awarded" => "已通报表彰",
        /// An objection was upheld; the place stays empty (R-SEL-16).
        Disqualified = "disqualified" => "取消评选资格",
        /// Taken back after the award (R-SEL-19).
        Revoked = "revoked" => "已撤销",
        /// Withdrawn by the branch.
        Withdrawn = "withdrawn" => "已撤回",
    }
}

coded_enum! {
    /// At which desk a thing lies.
    pub enum Desk {
        /// 小区党支部.
        Branch = "branch" => "小区党支部",
        /// 社区党总支.
        Community = "community" => "社区党总支",
        /// 街道党工委.
        Street = "street" => "街道党工委",
        /// 评选组.
        Panel = "panel" => "评选组",
        /// 县委常委会.
        StandingCommittee = "standing_committee" => "县委常委会",
        /// 县委组织部.
        OrgDept = "org_dept" => "县委组织部",
        /// Nobody: it has ended.
        Nobody = "nobody" => "已办结",
    }
}

impl Stage {
    /// Whose turn it is.
    #[must_use]
    pub const fn desk(self) -> Desk {
        match self {
            Self::Draft => Desk::Branch,
            Self::Submitted => Desk::Community,
            Self::CommunityPassed | Self::Screened => Desk::Street,
            Self::Recommended => Desk::Panel,
            Self::PanelPassed => Desk::StandingCommittee,
            Self::Decided | Self::Noticed | Self::Confirmed => Desk::OrgDept,
            Self::NotRecommended
            | Self::PanelRejected
            | Self::NotApproved
            | Self::Awarded
            | Self::Disqualified
            | Self::Revoked
            | Self::Withdrawn => Desk::Nobody,
        }
    }

    /// How many of the seven steps lie behind it, for the funnel and the row of steps; those that ended early count what
    /// they had passed.
    #[must_use]
    pub const fn steps_done(self) -> u8 {
        match self {
            Self::Draft | Self::Withdrawn => 0,
            Self::Submitted => 1,
            Self::CommunityPassed | Self::Screened | Self::NotRecommended => 2,
            Self::Recommended | Self::PanelRejected => 3,
            Self::PanelPassed | Self::NotApproved => 4,
            Self::Decided => 5,
            Self::Noticed | Self::Disqualified => 6,
            Self::Confirmed | Self::Awarded | Self::Revoked => 7,
        }
    }

    /// Whether it counts as an award: what results pages and the directory show.
    #[must_use]
    pub const fn is_award(self) -> bool {
        matches!(self, Self::Confirmed | Self::Awarded)
    }

    /// Whether it has ended without an award.
    #[must_use]
    pub const fn has_failed(self) -> bool {
        matches!(
            self,
            Self::NotRecommended
                | Self::PanelRejected
                | Self::NotApproved
                | Self::Disqualified
                | Self::Revoked
                | Self::Withdrawn
        )
    }
}
