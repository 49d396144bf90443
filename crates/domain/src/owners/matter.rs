//! The nine matters that owners decide together.

use crate::coded_enum;

coded_enum! {
    /// How many must be for it.
    pub enum Majority {
        /// 过半数: more than half of those who took part.
        Ordinary = "ordinary" => "双过半",
        /// 四分之三以上: at least three quarters of those who took part.
        Special = "special" => "双四分之三以上",
    }
}

coded_enum! {
    /// A matter of art. 278, in its order (R-OWN-01).
    pub enum Matter {
        /// (1)
        AssemblyRules = "assembly_rules" => "制定和修改业主大会议事规则",
        /// (2)
        Covenant = "covenant" => "制定和修改管理规约",
        /// (3)
        Committee = "committee" => "选举业主委员会或者更换业主委员会成员",
        /// (4)
        PropertyCompany = "property_company" => "选聘和解聘物业服务企业或者其他管理人",
        /// (5)
        FundUse = "fund_use" => "使用建筑物及其附属设施的维修资金",
        /// (6)
        FundRaising = "fund_raising" => "筹集建筑物及其附属设施的维修资金",
        /// (7)
        Rebuilding = "rebuilding" => "改建、重建建筑物及其附属设施",
        /// (8)
        CommonParts = "common_parts" => "改变共有部分的用途或者利用共有部分从事经营活动",
        /// (9)
        Other = "other" => "有关共有和共同管理权利的其他重大事项",
    }
}

impl Matter {
    /// Matters (6) to (8) need three quarters, the others more than half (R-OWN-01).
    #[must_use]
    pub const fn majority(self) -> Majority {
        match self {
            Self::FundRaising | Self::Rebuilding | Self::CommonParts => Majority::Special,
            Self::AssemblyRules
            | Self::Covenant
            | Self::Committee
            | Self::PropertyCompany
            | Self::FundUse
            | Self::Other => Majority::Ordinary,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_of_the_nine_need_three_quarters() {
        let special: Vec<usize> = (1..)
            .zip(Matter::ALL)
            .filter(|(_, matter)| matter.majority() == Majority::Special)
            .map(|(number, _)| number)
            .collect();
        assert_eq!((Matter::ALL.len(), special), (9, vec![6, 7, 8]));
    }
}
