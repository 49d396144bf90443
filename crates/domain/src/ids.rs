//! Identifiers, one type for each kind of thing, so that two of them cannot be swapped.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What every identifier can do. Values are made by the write door (UUID version 7), never here.
pub trait Id: From<Uuid> + fmt::Display + FromStr<Err = BadId> + Copy + Eq + 'static {}

/// A text that is no identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("编号格式不对")]
pub struct BadId;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The bytes behind the identifier.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl From<Uuid> for $name {
            fn from(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                Uuid::try_parse(text).map(Self).map_err(|_| BadId)
            }
        }

        impl Id for $name {}
    )*};
}

ids! {
    /// One person's way to sign in (账号).
    AccountId
    /// One office held by an account at a place for a term (身份).
    OfficeId
    /// A person known to the system, with or without an account (人员).
    PersonId
    /// A residential compound (小区).
    CompoundId
    /// A building of a compound (楼栋).
    BuildingId
    /// A post in a branch committee held by a person (支部班子任职).
    CommitteePostId
    /// A person's membership in a branch, formal or reported (党员名册一行).
    MembershipId
    /// An uploaded file as seen by the thing it is attached to (附件).
    AttachmentId
    /// A previewed import of a workbook (导入批次).
    ImportId
    /// A year's selection (评选).
    SeasonId
    /// A version of a season's parameters (评选参数版本).
    ParametersId
    /// A branch's application in a season (申报).
    ApplicationId
    /// One submitted version of an application (申报版本).
    SubmissionId
    /// An opinion of one level on one submission (意见).
    OpinionId
    /// One assessor's site assessment (实地评估).
    AssessmentId
    /// A street's ranked recommendation (推荐上报).
    RecommendationId
    /// One panel unit's reply on an application (评选组成员单位意见).
    PanelReplyId
    /// An upheld or cleared veto item (一票否决情形).
    VetoFindingId
    /// One consulted person or department (征求意见).
    ConsultationId
    /// The standing committee's decision (审定).
    DecisionId
    /// A public notice (公示).
    NoticeId
    /// An objection or report during a notice (异议).
    ObjectionId
    /// A commendation circular (通报表扬).
    CircularId
    /// Money promised to a branch (补助资金).
    CommitmentId
    /// A work unit's report to a community (单位报到).
    UnitRegistrationId
    /// Two lines of the roll that may be one person (疑似重复).
    DuplicateId
    /// A member's wish that something in the own record be corrected (更正申请).
    CorrectionId
    /// A link or code by which a member signs in once (登录链接).
    SignInLinkId
    /// A post that members may claim (岗位).
    ServicePostId
    /// A member's claim of a post (岗位认领).
    PostClaimId
    /// A member service team (党员服务队).
    ServiceTeamId
    /// A micro wish (微心愿).
    WishId
    /// A yearly report on service, or feedback to a unit (双报告).
    DutyReportId
    /// An earlier time of a member in a roll (以前的报到).
    StayId
    /// A report as it was sent (报送的版本).
    ReportVersionId
    /// An activity (活动).
    ActivityId
    /// Somebody's sign-up for an activity (报名).
    SignUpId
    /// Hours of service by one member (服务记录).
    ServiceRecordId
    /// A meeting of a branch (支部会议).
    MeetingId
    /// A topic of a meeting (议题).
    TopicId
    /// A candidate of an election (候选人).
    CandidateId
    /// What a meeting resolved (决议).
    ResolutionId
    /// A version of a points catalogue (积分明细).
    CatalogueId
    /// A points entry (计分).
    PointsEntryId
    /// What is set right in a settled year (年度积分更正).
    PointsCorrectionId
    /// An appeal against a points entry (积分申诉).
    AppealId
    /// What a work unit scores a member in a year (单位积分).
    UnitScoreId
    /// A member's settled year (年度积分).
    SettlementId
    /// What a resident has to say (诉求).
    VoiceId
    /// A step of a voice, or something said about it (办理记录).
    VoiceEntryId
    /// What came again and again (共性问题).
    VoiceIssueId
    /// Somebody called in for a voice (协办).
    VoiceCallId
    /// A version of how long voices may take.
    VoiceTermsId
    /// A short message to who spoke (短信).
    VoiceTextId
    /// A photo of a voice (诉求照片).
    VoicePhotoId
    /// A poll of owners (业主共同决定表决).
    PollId
    /// An owner in a poll's register (表决名册业主).
    PollOwnerId
    /// A unit in a poll's register (表决名册房屋).
    PollUnitId
    /// A ballot (选票).
    BallotId
    /// An owner to be called back (回访).
    PollCallId
    /// A mediation file (调解卷).
    DisputeId
    /// A party of a dispute (当事人).
    PartyId
    /// A session of mediation (调解会).
    MediationSessionId
    /// Something that was agreed on (履行事项).
    AgreementItemId
    /// A step of a mediation file (调解记录).
    DisputeEntryId
    /// A matter that a compound deliberates on (议题).
    DeliberationId
    /// A resident's view on it (居民意见).
    DeliberationViewId
    /// What a resident says of what was done (居民评价).
    DeliberationRatingId
    /// A property service contract (物业服务合同).
    PropertyContractId
    /// A check of a duty of it (履约检查).
    PropertyCheckId
    /// The appraisal of a property company (物业服务考评).
    PropertyAppraisalId
    /// What a resident says of a property company.
    PropertySayingId
    /// A session of the parties (议事会).
    DeliberationSessionId
    /// How the carrying out of a decision went on a day (实施进展).
    MilestoneId
    /// A photo of it (进展照片).
    MilestonePhotoId
    /// A step of a thread (议事过程).
    DeliberationEntryId
    /// A message to an office (消息).
    MessageId
    /// A background job (任务).
    JobId
    /// One entry of the audit record (操作记录).
    EventId
}
