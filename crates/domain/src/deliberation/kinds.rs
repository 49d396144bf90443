//! The vocabularies of a deliberation.

use crate::coded_enum;

coded_enum! {
    /// What a matter is about (议题类别, R-DEL-01).
    pub enum DeliberationTopic {
        /// 改造.
        Renovation = "renovation" => "小区改造",
        /// 物业.
        Property = "property" => "物业管理",
        /// 基础设施.
        Facilities = "facilities" => "基础设施建设",
        /// 维修资金.
        Fund = "fund" => "维修资金使用",
        /// 停车.
        Parking = "parking" => "停车和通行",
        /// 环境.
        Environment = "environment" => "环境和绿化",
        /// 其他.
        Other = "other" => "其他公共事务",
    }
}

coded_enum! {
    /// Who raised a matter (提出方).
    pub enum DeliberationOrigin {
        /// 支部.
        Branch = "branch" => "小区党支部提出",
        /// 业委会.
        Committee = "committee" => "业主委员会提出",
        /// 物业.
        Property = "property" => "物业服务企业提出",
        /// 居民.
        Residents = "residents" => "居民提出",
        /// 诉求.
        Voice = "voice" => "居民诉求转来",
    }
}

coded_enum! {
    /// How a resident's view came (意见来源).
    pub enum ViewChannel {
        /// 网上.
        Web = "web" => "网上填写",
        /// 上门.
        Visit = "visit" => "上门听取",
        /// 窗口.
        Window = "window" => "到支部当面说",
        /// 业主群.
        Group = "group" => "业主群里说",
    }
}

coded_enum! {
    /// Who sits in a session (R-DEL-02).
    pub enum Party {
        /// 支部, which chairs.
        Branch = "branch" => "小区党支部",
        /// 业委会.
        Committee = "committee" => "业主委员会",
        /// 物业.
        Property = "property" => "物业服务企业",
        /// 居民代表.
        Residents = "residents" => "居民代表",
    }
}

coded_enum! {
    /// What a party says in a session (R-DEL-03).
    pub enum Stance {
        /// 赞成.
        For = "for" => "赞成",
        /// 有条件赞成.
        Conditional = "conditional" => "有条件赞成",
        /// 反对.
        Against = "against" => "反对",
        /// 未到会; the words say why, such as that there is no owners' committee.
        Absent = "absent" => "未到会",
    }
}

coded_enum! {
    /// A step of a thread, one line of its history each (议事过程).
    pub enum DeliberationStep {
        /// 提出.
        Raised = "raised" => "提出议题",
        /// 受理.
        TakenUp = "taken_up" => "受理，征集意见",
        /// 不予受理.
        Declined = "declined" => "不予受理",
        /// 支部意见.
        Opined = "opined" => "形成支部意见",
        /// 公示.
        Announced = "announced" => "公示议题",
        /// 改期.
        Postponed = "postponed" => "议事改期",
        /// 议事.
        Agreed = "agreed" => "议事，达成一致",
        /// 议事未成.
        NotAgreed = "not_agreed" => "议事，未达成一致",
        /// 签名的记录.
        SignedMinutes = "signed_minutes" => "上传签名的议事记录",
        /// 关联表决.
        PollLinked = "poll_linked" => "关联业主表决",
        /// 表决通过.
        Voted = "voted" => "业主表决通过",
        /// 公布.
        Published = "published" => "公布决定",
        /// 进展.
        Progressed = "progressed" => "登记进展",
        /// 验收.
        Accepted = "accepted" => "验收",
        /// 代录评价.
        Rated = "rated" => "登记居民评价",
        /// 办结.
        Closed = "closed" => "办结",
        /// 退回上一步.
        SteppedBack = "stepped_back" => "退回上一步",
        /// 终止.
        Ended = "ended" => "终止",
        /// 社区退回.
        Returned = "returned" => "社区退回",
    }
}
