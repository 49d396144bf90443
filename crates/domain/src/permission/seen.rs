//! Which deed shows what another one is done to, and which of them anyone may do.

use super::Deed;

impl Deed {
    /// The deed of looking at the same thing: whoever may look is told 403, everyone else 404.
    #[must_use]
    pub const fn seen_by(self) -> Self {
        match self {
            Self::SignIn
            | Self::SignOut
            | Self::UseDesk
            | Self::ChangePassword
            | Self::SetSecondFactor
            | Self::RemindOffices => Self::UseDesk,
            Self::ViewAccounts | Self::CreateAccount | Self::ResetPassword | Self::GrantOffice | Self::EndOffice => {
                Self::ViewAccounts
            }
            Self::ViewPlace
            | Self::ViewMembers
            | Self::EditBranch
            | Self::EditBuildings
            | Self::EditCommittee
            | Self::MoveBranch
            | Self::DissolveBranch
            | Self::RestoreBranch
            | Self::ImportLedger
            | Self::ExportLedger
            | Self::RevealPhone
            | Self::EditMembers
            | Self::ImportMembers
            | Self::SettleDuplicate
            | Self::ConfirmRegistration
            | Self::HandOutLink
            | Self::RegisterMember
            | Self::EditPosts
            | Self::EditWishes
            | Self::RevealAsker => Self::ViewPlace,
            Self::ViewUnit | Self::EditUnit | Self::RegisterUnit | Self::EnterUnitScores => Self::ViewUnit,
            Self::ConfirmUnit | Self::GiveFeedback => Self::ViewPlace,
            Self::ViewOwnRecord
            | Self::CorrectOwnRecord
            | Self::ClaimPost
            | Self::ClaimWish
            | Self::WriteDutyReport
            | Self::RecordService => Self::ViewOwnRecord,
            Self::ViewActivity | Self::EditActivity | Self::SignUpForActivity | Self::ConfirmService => {
                Self::ViewActivity
            }
            Self::ViewMeeting | Self::EditMeeting => Self::ViewMeeting,
            Self::ViewPoints
            | Self::ProposePoints
            | Self::ApprovePoints
            | Self::AppealPoints
            | Self::CorrectPointsYear => Self::ViewPoints,
            Self::ViewAppeal | Self::DecideAppeal => Self::ViewAppeal,
            Self::DecideCorrection => Self::DecideCorrection,
            Self::ViewPropertyService | Self::SupervisePropertyService => Self::ViewPropertyService,
            Self::ViewPointsSummary | Self::ClosePointsYear => Self::ViewPointsSummary,
            Self::ViewCatalogue
            | Self::EditPointsTemplate
            | Self::DraftCatalogue
            | Self::CheckCatalogue
            | Self::AdoptCatalogue => Self::ViewCatalogue,
            Self::ViewAudit => Self::ViewAudit,
            Self::ViewSeason
            | Self::EditParameters
            | Self::OpenSeason
            | Self::ImportCalendar
            | Self::SendConsultation
            | Self::RecordConsultation
            | Self::ViewDecision
            | Self::DecideSelection
            | Self::DraftNotice
            | Self::PublishNotice
            | Self::CorrectNotice
            | Self::ExtendNotice
            | Self::EnterObjection
            | Self::IssueCircular
            | Self::MoveDemoDate => Self::ViewSeason,
            Self::ViewApplication
            | Self::DraftApplication
            | Self::AttachFile
            | Self::DetachFile
            | Self::SubmitApplication
            | Self::WithdrawApplication
            | Self::CheckApplication
            | Self::AssessApplication
            | Self::DeclareRelation
            | Self::ScreenApplication
            | Self::RecommendApplications
            | Self::ReplyAsPanelUnit
            | Self::CheckVeto
            | Self::GivePreliminaryOpinion
            | Self::ConfirmAward
            | Self::RevokeAward => Self::ViewApplication,
            Self::ViewNotice
            | Self::FileObjection
            | Self::FileVoice
            | Self::GiveView
            | Self::AddToVoice
            | Self::RateVoice
            | Self::ReopenVoice
            | Self::PartVoice
            | Self::CastBallot => Self::ViewNotice,
            Self::ViewVoice
            | Self::EnterVoice
            | Self::AcknowledgeVoice
            | Self::DeclineVoice
            | Self::AssignVoice
            | Self::AcceptVoice
            | Self::MergeVoice
            | Self::SplitVoice
            | Self::ReturnVoice
            | Self::AskVoicer
            | Self::NoteVoice
            | Self::ReplyVoice
            | Self::ExtendVoice
            | Self::ParkVoice
            | Self::FinishVoice
            | Self::CallOthers
            | Self::CallBackVoice
            | Self::RevealVoicer
            | Self::PublishPhoto
            | Self::HandleIssue
            | Self::SetVoiceTerms
            | Self::GatherVoices
            | Self::EscalateVoice
            | Self::CloseVoice
            | Self::TextVoicer
            | Self::ForgetVoicer => Self::ViewVoice,
            Self::ViewDispute
            | Self::OpenDispute
            | Self::CorrectDispute
            | Self::AcceptDispute
            | Self::DeclineDispute
            | Self::StandBackFromDispute
            | Self::RecordMediation
            | Self::RecordAgreement
            | Self::EndMediation
            | Self::HandUpDispute
            | Self::CheckPerformance
            | Self::VisitParties
            | Self::RevealParties => Self::ViewDispute,
            Self::ViewDeliberation
            | Self::RaiseDeliberation
            | Self::ScreenDeliberation
            | Self::EnterView
            | Self::RevealViewGivers
            | Self::ForgetViewGivers
            | Self::KeepBranchOpinion
            | Self::AnnounceSession
            | Self::RecordSession
            | Self::ReadMinutes
            | Self::LinkPoll
            | Self::PublishDecision
            | Self::CarryOutDecision
            | Self::StepBackDeliberation
            | Self::EndDeliberation
            | Self::ReturnDeliberation => Self::ViewDeliberation,
            Self::ViewObjection
            | Self::AcknowledgeObjection
            | Self::VerifyObjection
            | Self::DecideObjection
            | Self::AnswerObjection
            | Self::RevealReporter => Self::ViewObjection,
            Self::ViewPoll
            | Self::ViewPollOwners
            | Self::PreparePoll
            | Self::CheckPoll
            | Self::CancelPoll
            | Self::NoteSale
            | Self::RecordBallot
            | Self::ForgetOwnerPhones
            | Self::IssueBallotCode
            | Self::WithdrawBallot
            | Self::StrikeBallot
            | Self::CallBackOwners
            | Self::RevealOwner
            | Self::TallyPoll
            | Self::PublishPoll
            | Self::FilePoll => Self::ViewPoll,
            Self::ViewFunds
            | Self::PlanBudget
            | Self::PrepareCommitment
            | Self::ApproveCommitment
            | Self::RecordPayment
            | Self::ConfirmReceipt
            | Self::CancelCommitment => Self::ViewFunds,
        }
    }

    /// Whether anyone may do it without an account.
    #[must_use]
    pub const fn is_public(self) -> bool {
        matches!(
            self,
            Self::ViewNotice
                | Self::FileObjection
                | Self::SignIn
                | Self::RegisterMember
                | Self::FileVoice
                | Self::GiveView
                | Self::AddToVoice
                | Self::RateVoice
                | Self::ReopenVoice
                | Self::PartVoice
                | Self::CastBallot
        )
    }
}
