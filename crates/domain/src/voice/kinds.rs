//! What a voice is, what it is about, how it came, and what belongs elsewhere.

use super::Term;
use crate::coded_enum;

coded_enum! {
    /// What somebody wants (诉求类型, R-VOI-02).
    pub enum VoiceKind {
        /// 咨询.
        Consult = "consult" => "咨询",
        /// 求助.
        Help = "help" => "求助",
        /// 投诉.
        Complaint = "complaint" => "投诉",
        /// 举报: goes to the community at once and is not seen by the branch.
        Report = "report" => "举报",
        /// 建议.
        Suggestion = "suggestion" => "建议",
    }
}

coded_enum! {
    /// What it is about (事项分类).
    pub enum VoiceTopic {
        /// 环境卫生.
        Cleanliness = "cleanliness" => "环境卫生",
        /// 停车.
        Parking = "parking" => "停车管理",
        /// 漏水维修.
        Repairs = "repairs" => "漏水维修",
        /// 水电气停供.
        Utilities = "utilities" => "停水停电停气",
        /// 噪音.
        Noise = "noise" => "噪音扰民",
        /// 公共设施.
        Facilities = "facilities" => "公共设施",
        /// 物业服务.
        Property = "property" => "物业服务",
        /// 邻里.
        Neighbours = "neighbours" => "邻里关系",
        /// 安全隐患.
        Safety = "safety" => "安全隐患",
        /// 其他.
        Other = "other" => "其他",
    }
}

coded_enum! {
    /// How a voice came (渠道, R-VOI-01).
    pub enum VoiceChannel {
        /// 网上.
        Web = "web" => "网上反映",
        /// 物业窗口.
        Window = "window" => "物业窗口",
        /// 红色议事厅.
        Hall = "hall" => "红色议事厅",
        /// 业主群转录.
        Group = "group" => "业主群",
        /// 网格员走访.
        Grid = "grid" => "网格员走访",
        /// 来电.
        Phone = "phone" => "电话",
        /// 12345 转办.
        Hotline = "hotline" => "12345 热线转办",
        /// 纸条, 意见箱.
        Paper = "paper" => "书面、意见箱",
    }
}

coded_enum! {
    /// What belongs elsewhere (不属受理范围, R-VOI-02).
    pub enum Elsewhere {
        /// 110, 119, 120.
        Emergency = "emergency" => "正在发生的危险、火情、急病",
        /// 诉讼.
        Litigation = "litigation" => "已经或应当由法院审理的事",
        /// 仲裁.
        Arbitration = "arbitration" => "劳动、合同等仲裁事项",
        /// 纪检.
        Discipline = "discipline" => "党员干部违纪违法",
        /// 行政复议.
        Reconsideration = "reconsideration" => "不服行政处罚等行政决定",
        /// 信访.
        Petition = "petition" => "应当走信访渠道的事",
    }
}

impl VoiceKind {
    // R-VOI-04
    /// The term that the kind asks for by itself; what is complex, or about utilities or danger, an officer tells.
    #[must_use]
    pub const fn term(self) -> Term {
        match self {
            Self::Consult => Term::Consult,
            Self::Help | Self::Complaint | Self::Report | Self::Suggestion => Term::Ordinary,
        }
    }
}

impl VoiceTopic {
    // R-VOI-04
    /// The term proposed to the officer who acknowledges.
    #[must_use]
    pub const fn proposed(self, kind: VoiceKind) -> Term {
        match self {
            Self::Utilities => Term::Utilities,
            _ => kind.term(),
        }
    }
}

impl Elsewhere {
    /// Where to go, in words for the resident.
    #[must_use]
    pub const fn way(self) -> &'static str {
        match self {
            Self::Emergency => "请马上拨打 110（报警）、119（火警）或 120（急救），不要在这里等候办理。",
            Self::Litigation => "请向有管辖权的人民法院起诉，或等候法院裁判；法律咨询可拨打 12348。",
            Self::Arbitration => "请向劳动人事争议仲裁委员会或约定的仲裁机构申请仲裁；咨询可拨打 12333。",
            Self::Discipline => "请向县纪委监委反映，举报电话 12388。",
            Self::Reconsideration => "请在收到决定后 60 日内向县人民政府申请行政复议。",
            Self::Petition => "请向县信访局提出，或通过国家信访局网上信访平台提出。",
        }
    }
}
