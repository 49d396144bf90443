//! Why a step is refused, in words.

use crate::{
    clock::{Instant, chinese_date},
    refusal::Refusal,
};

use super::{ActingLevel, Stage};

/// Why a step of an application was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StepRefusal {
    /// It does not stand where this step begins.
    #[error("这份申报现在的状态是“{}”，不能办理这一步，请刷新页面查看最新情况", .0.label())]
    WrongStage(Stage),
    /// The branch has submitted another version since.
    #[error("支部已经提交了新的版本，您看到的不是最新内容，请刷新后再办理")]
    OtherVersion,
    /// R-SEL-05.
    #[error("您已在“{}”环节办理过这份申报，同一人不能办理两级的事项，请由其他同志办理", .0.label())]
    SamePerson(ActingLevel),
    /// The window is not open yet.
    #[error("还没有到申报时间，{}起可以提交", chinese_date(.0.date()))]
    TooEarly(Instant),
    /// R-SEL-09: the last day is told, which ends at 24:00.
    #[error("已超过截止时间（{} 24:00），不能再办理；如有疑问，请与县委组织部联系", chinese_date(.0.plus_micros(-1).date()))]
    TooLate(Instant),
    /// R-SEL-12: past its day, the panel's opinion needs to say why.
    #[error("初步意见应在{} 24:00 前提出，现已逾期；请写明逾期原因，再提出意见", chinese_date(.0.plus_micros(-1).date()))]
    LateWithoutReason(Instant),
    /// R-SEL-10: the street's list is reported once, all together.
    #[error("街道已于{}上报推荐名单，本年度的申报不再办理；如有疑问，请与街道党工委联系", chinese_date(.0.date()))]
    Reported(Instant),
    /// Returned or refused without a reason.
    #[error("请写明理由，让对方知道为什么、要改什么")]
    NoReason,
    /// Community: the checklist is not complete.
    #[error("材料核查还有未打勾的项目；材料不齐请退回支部补充，齐全后再通过")]
    MaterialsMissing,
    /// R-SEL-08: no site assessment, or too few assessors.
    #[error("实地评估至少要有 {need} 人完成，现在完成 {have} 人")]
    TooFewAssessors {
        /// Finished assessments.
        have: u32,
        /// Needed.
        need: u32,
    },
    /// R-SEL-08: more than the quota.
    #[error("本街道推荐名额为 {quota} 个，排名第 {rank} 已超出名额，请减少推荐数量或调整排名后再提交")]
    OverQuota {
        /// Rank asked for.
        rank: u32,
        /// The street's seats.
        quota: u32,
    },
    /// R-SEL-16: the season leaves vacancies empty.
    #[error("本次评选不递补，评选组未通过的名额保持空缺")]
    NoSubstitution,
    /// R-SEL-16: vacancies stay empty from the decision on.
    #[error("县委常委会已经审定，空缺的名额不再递补")]
    SubstitutionAfterDecision,
    /// R-SEL-16: nobody was rejected, or all have been replaced.
    #[error("本街道没有空出的名额，评选组有未通过的申报时才能递补")]
    NoFreedPlace,
    /// R-SEL-16: another one comes first.
    #[error("递补应按街道排名依次进行，请先办理排名在前的申报")]
    NotNextInRank,
    /// R-SEL-15.
    #[error("一票否决情形 {0} 已查实，不能通过，请选择不通过并写明理由")]
    Veto(String),
    /// R-SEL-14.
    #[error("全县名额为 {seats} 个，审定通过的数量不能超过名额，请核对会议决定后再登记")]
    OverSeats {
        /// The county's seats.
        seats: u32,
    },
    /// R-SEL-13: opinions are still out.
    #[error("征求意见还没有结束：{0}，请登记回复，或到期后登记“未回复”")]
    ConsultationOpen(String),
    /// R-SEL-17.
    #[error("公示要到{} 24:00 结束，期满后才能认定", chinese_date(.0.plus_micros(-1).date()))]
    NoticeRunning(Instant),
    /// R-SEL-17.
    #[error("还有 {0} 件异议没有办结，办结后才能认定")]
    ObjectionOpen(u32),
}

impl Refusal for StepRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::NoReason => "reason",
            Self::LateWithoutReason(_) => "late_reason",
            Self::MaterialsMissing => "materials",
            Self::OverQuota { .. } => "rank",
            _ => "",
        }
    }
}
