//! What a dispute is about, how it came, how it goes on and how it ends.

use crate::coded_enum;

coded_enum! {
    /// What a dispute is about (纠纷类别).
    pub enum DisputeKind {
        /// 邻里.
        Neighbours = "neighbours" => "邻里纠纷",
        /// 物业.
        Property = "property" => "物业服务纠纷",
        /// 噪音.
        Noise = "noise" => "噪音扰民",
        /// 停车.
        Parking = "parking" => "停车纠纷",
        /// 装修漏水.
        Works = "works" => "装修、漏水纠纷",
        /// 家庭.
        Family = "family" => "婚姻家庭纠纷",
        /// 其他.
        Other = "other" => "其他纠纷",
    }
}

coded_enum! {
    /// How a dispute came to the desk (来源).
    pub enum DisputeOrigin {
        /// 当事人申请.
        Application = "application" => "当事人到窗口申请",
        /// 诉求转来.
        Voice = "voice" => "居民诉求转来",
        /// 主动发现.
        Found = "found" => "走访排查发现",
    }
}

coded_enum! {
    /// Why a dispute is not mediated here (不予受理的原因).
    pub enum NotAccepted {
        /// A party does not want it (人民调解法 art. 17).
        NoConsent = "no_consent" => "有当事人不同意调解",
        /// 法院已经受理或者只能由法院处理.
        Litigation = "litigation" => "已经或应当由法院审理",
        /// 治安案件、涉嫌犯罪.
        Police = "police" => "打架伤人、涉嫌违法犯罪",
        /// 仲裁.
        Arbitration = "arbitration" => "劳动、合同等仲裁事项",
        /// 行政机关处理.
        Authority = "authority" => "应当由行政机关处理",
    }
}

coded_enum! {
    /// Why mediation ended without an agreement (终止原因, 人民调解法 art. 26).
    pub enum EndCause {
        /// 调解不成.
        NotReached = "not_reached" => "多次调解，意见不能一致",
        /// 当事人要求终止.
        PartyLeft = "party_left" => "有当事人要求终止调解",
    }
}

coded_enum! {
    /// Why a file goes one level up (移交原因).
    pub enum UpwardCause {
        /// 本级难以调解.
        Hard = "hard" => "本级难以调解",
        /// 本级人员需要回避.
        StandingBack = "standing_back" => "本级人员需要回避",
    }
}

coded_enum! {
    /// How the agreement is kept (协议形式, 人民调解法 art. 28).
    pub enum AgreementForm {
        /// 书面.
        Written = "written" => "书面协议（制作调解协议书）",
        /// 口头.
        Oral = "oral" => "口头协议（由调解员记录）",
    }
}

coded_enum! {
    /// Whether what was agreed was done (履行情况).
    pub enum ItemOutcome {
        /// 未核对.
        Open = "open" => "未核对",
        /// 已履行.
        Kept = "kept" => "已履行",
        /// 未履行.
        Broken = "broken" => "未履行",
    }
}

coded_enum! {
    /// What the visit afterwards found (回访结果).
    pub enum VisitResult {
        /// 已平息.
        Calm = "calm" => "矛盾已经平息",
        /// 另寻途径.
        Elsewhere = "elsewhere" => "已通过法院等其他途径处理",
        /// 还有矛盾.
        Uneasy = "uneasy" => "还有矛盾，需要再次回访",
    }
}

coded_enum! {
    /// A step of a file, one line of its history each (办理记录).
    pub enum DisputeStep {
        /// 登记.
        Opened = "opened" => "登记",
        /// 受理.
        Accepted = "accepted" => "受理",
        /// 不予受理.
        Declined = "declined" => "不予受理，告知去处",
        /// 回避.
        StoodBack = "stood_back" => "回避",
        /// 调解.
        Session = "session" => "调解",
        /// 达成协议.
        Agreed = "agreed" => "达成协议",
        /// 更正协议.
        Amended = "amended" => "更正协议",
        /// 更正登记.
        Corrected = "corrected" => "更正当事人和纠纷情况",
        /// 终止调解.
        Ended = "ended" => "调解未成，告知其他途径",
        /// 移交上级.
        HandedUp = "handed_up" => "移交上一级调解",
        /// 核对履行.
        Checked = "checked" => "核对履行",
        /// 回访.
        Visited = "visited" => "回访",
    }
}

impl NotAccepted {
    /// Where to go instead, in words for the parties.
    #[must_use]
    pub const fn way(self) -> &'static str {
        match self {
            Self::NoConsent => {
                "调解要各方自愿。可以依法向人民法院起诉，或者请有关部门处理；以后各方都愿意了，随时可以再来申请。"
            }
            Self::Litigation => "请向有管辖权的人民法院起诉，或者等候法院裁判；法律咨询可拨打 12348。",
            Self::Police => "请拨打 110 报警，由公安机关处理；有人受伤的先拨打 120。",
            Self::Arbitration => "请向劳动人事争议仲裁委员会或者约定的仲裁机构申请仲裁；咨询可拨打 12333。",
            Self::Authority => "请向有权处理的行政机关提出，不清楚是哪个部门的，可拨打 12345 询问。",
        }
    }
}

impl EndCause {
    // 人民调解法 art. 26
    /// What the parties are told when mediation ends without an agreement.
    #[must_use]
    pub const fn way(self) -> &'static str {
        "可以依法通过仲裁、行政、司法等途径维护自己的权利；法律咨询可拨打 12348。"
    }
}
