//! The table itself. Read a row as: this deed may be done by these offices, within this reach.

use super::{
    Deed, OfficeKind,
    Reach::{self, Everywhere, Line, Own, Under, UnderAndLine},
};
use OfficeKind::{
    Administrator, Auditor, BranchCommittee, BranchSecretary, CommunityOfficer, CountyLeader, CountyOrgDept,
    FinanceOfficer, HousingBureau, Member, PanelUnit, StandingCommittee, StreetOfficer, UnitContact, Verifier,
};

type Grants = &'static [(OfficeKind, Reach)];

/// Every office, for what belongs to one's own desk and for what is public.
const EVERY_OFFICE: Grants = &[
    (CountyOrgDept, Everywhere),
    (CountyLeader, Everywhere),
    (HousingBureau, Everywhere),
    (StandingCommittee, Everywhere),
    (PanelUnit, Everywhere),
    (Verifier, Everywhere),
    (FinanceOfficer, Everywhere),
    (Auditor, Everywhere),
    (Administrator, Everywhere),
    (StreetOfficer, Everywhere),
    (CommunityOfficer, Everywhere),
    (BranchSecretary, Everywhere),
    (BranchCommittee, Everywhere),
    (UnitContact, Everywhere),
    (Member, Everywhere),
];

const ADMINISTRATOR: Grants = &[(Administrator, Under)];
const ORG_DEPT: Grants = &[(CountyOrgDept, Under)];
const LEADER: Grants = &[(CountyLeader, Under)];
const VERIFIER: Grants = &[(Verifier, Under)];
const STREET: Grants = &[(StreetOfficer, Under)];
const COMMUNITY: Grants = &[(CommunityOfficer, Under)];
const BRANCH: Grants = &[(BranchSecretary, Own), (BranchCommittee, Own)];
const SECRETARY: Grants = &[(BranchSecretary, Own)];

/// Who keeps the ledger of places and people: each level for what lies under it.
const LEDGER_KEEPERS: Grants = &[
    (CountyOrgDept, Under),
    (HousingBureau, Under),
    (StreetOfficer, Under),
    (CommunityOfficer, Under),
    (BranchSecretary, Own),
    (BranchCommittee, Own),
];

const SEES_PLACES: Grants = &[
    (CountyOrgDept, Under),
    (CountyLeader, Under),
    (HousingBureau, Under),
    (StandingCommittee, Under),
    (PanelUnit, Under),
    (Verifier, Under),
    (FinanceOfficer, Under),
    (StreetOfficer, UnderAndLine),
    (CommunityOfficer, UnderAndLine),
    (BranchSecretary, Line),
    (BranchCommittee, Line),
];

const SEES_APPLICATIONS: Grants = &[
    (CountyOrgDept, Under),
    (CountyLeader, Under),
    (HousingBureau, Under),
    (StandingCommittee, Under),
    (PanelUnit, Under),
    (Verifier, Under),
    (StreetOfficer, Under),
    (CommunityOfficer, Under),
    (BranchSecretary, Own),
    (BranchCommittee, Own),
];

const SEES_FUNDS: Grants = &[
    (CountyOrgDept, Under),
    (CountyLeader, Under),
    (FinanceOfficer, Under),
    (StreetOfficer, Under),
    (CommunityOfficer, Under),
    (BranchSecretary, Own),
    (BranchCommittee, Own),
];

/// Who keeps the life of a branch: the branch itself, and its community for what comes on paper.
const BRANCH_AND_COMMUNITY: Grants = &[(CommunityOfficer, Under), (BranchSecretary, Own), (BranchCommittee, Own)];

/// A member for themselves, and the branch or the community for members without a telephone.
const MEMBER_OR_BRANCH: Grants =
    &[(Member, Own), (CommunityOfficer, Under), (BranchSecretary, Own), (BranchCommittee, Own)];

const SEES_UNITS: Grants = &[(CountyOrgDept, Under), (CountyLeader, Under), (UnitContact, Under)];

/// Activities are seen where they are held and below; members see those of their branch and of what lies above it.
const SEES_ACTIVITIES: Grants = &[
    (CountyOrgDept, Under),
    (CountyLeader, Under),
    (HousingBureau, Under),
    (StreetOfficer, UnderAndLine),
    (CommunityOfficer, UnderAndLine),
    (BranchSecretary, Line),
    (BranchCommittee, Line),
    (Member, Line),
];

/// Who reads what lies at or under the own place, from the branch up.
const FOUR_LEVELS: Grants = &[
    (CountyOrgDept, Under),
    (CountyLeader, Under),
    (HousingBureau, Under),
    (StreetOfficer, Under),
    (CommunityOfficer, Under),
    (BranchSecretary, Own),
    (BranchCommittee, Own),
];

/// The four levels, and nobody from outside: a property company has no office, and no work unit or member sees a voice.
const SEES_VOICES: Grants = FOUR_LEVELS;

const WORKS_ON_VOICES: Grants = &[
    (CountyOrgDept, Under),
    (HousingBureau, Under),
    (StreetOfficer, Under),
    (CommunityOfficer, Under),
    (BranchSecretary, Own),
    (BranchCommittee, Own),
];

/// Where disputes are mediated: branch, community and street. The county sees where they stand, no more.
const MEDIATES: Grants =
    &[(StreetOfficer, Under), (CommunityOfficer, Under), (BranchSecretary, Own), (BranchCommittee, Own)];

const SEES_MEETINGS: Grants = &[
    (CountyOrgDept, Under),
    (StreetOfficer, Under),
    (CommunityOfficer, Under),
    (BranchSecretary, Own),
    (BranchCommittee, Own),
];

/// Counts and distributions go upwards, names do not (R-PTS-10).
const SEES_POINTS_SUMMARY: Grants = FOUR_LEVELS;

/// A catalogue is a rule for those under it, so everybody on the line may read it.
const SEES_CATALOGUES: Grants = &[
    (CountyOrgDept, Under),
    (CountyLeader, Under),
    (StreetOfficer, UnderAndLine),
    (CommunityOfficer, UnderAndLine),
    (BranchSecretary, Line),
    (BranchCommittee, Line),
    (Member, Line),
];

/// The offices that may do `deed`, and how far.
pub(super) const fn grants(deed: Deed) -> Grants {
    match deed {
        Deed::SignIn
        | Deed::SignOut
        | Deed::UseDesk
        | Deed::ChangePassword
        | Deed::SetSecondFactor
        | Deed::ViewSeason
        | Deed::ViewNotice
        | Deed::FileObjection
        | Deed::FileVoice
        | Deed::GiveView
        | Deed::AddToVoice
        | Deed::RateVoice
        | Deed::ReopenVoice
        | Deed::PartVoice
        | Deed::CastBallot
        | Deed::MoveDemoDate => EVERY_OFFICE,

        // No office: only the system's own clock does it.
        Deed::RemindOffices
        | Deed::GatherVoices
        | Deed::EscalateVoice
        | Deed::CloseVoice
        | Deed::TextVoicer
        | Deed::ForgetOwnerPhones
        | Deed::ForgetViewGivers
        | Deed::ForgetVoicer => &[],

        Deed::ViewAccounts => &[(Administrator, Under), (Auditor, Under)],
        Deed::CreateAccount | Deed::ResetPassword | Deed::GrantOffice | Deed::EndOffice | Deed::ImportCalendar => {
            ADMINISTRATOR
        }
        Deed::ViewAudit => &[(Auditor, Under)],

        Deed::ViewPlace => SEES_PLACES,
        Deed::ViewMembers | Deed::EditBranch | Deed::EditBuildings | Deed::ExportLedger | Deed::RevealPhone => {
            LEDGER_KEEPERS
        }
        Deed::EditCommittee => {
            &[(CountyOrgDept, Under), (StreetOfficer, Under), (CommunityOfficer, Under), (BranchSecretary, Own)]
        }
        Deed::ImportLedger | Deed::MoveBranch | Deed::DissolveBranch | Deed::RestoreBranch => ORG_DEPT,

        Deed::EditParameters
        | Deed::OpenSeason
        | Deed::CheckVeto
        | Deed::GivePreliminaryOpinion
        | Deed::SendConsultation
        | Deed::RecordConsultation
        | Deed::DraftNotice
        | Deed::PublishNotice
        | Deed::CorrectNotice
        | Deed::ExtendNotice
        | Deed::ConfirmAward
        | Deed::IssueCircular
        | Deed::RevokeAward
        | Deed::PlanBudget
        | Deed::PrepareCommitment
        | Deed::SetVoiceTerms => ORG_DEPT,
        Deed::CancelCommitment => &[(CountyOrgDept, Under)],
        Deed::ViewDecision => &[(CountyOrgDept, Under), (StandingCommittee, Under)],
        Deed::DecideSelection => &[(StandingCommittee, Under)],
        Deed::ReplyAsPanelUnit => &[(PanelUnit, Under)],

        Deed::ViewApplication => SEES_APPLICATIONS,
        Deed::DraftApplication
        | Deed::AttachFile
        | Deed::DetachFile
        | Deed::SubmitApplication
        | Deed::WithdrawApplication => BRANCH,
        Deed::CheckApplication => COMMUNITY,
        Deed::AssessApplication | Deed::DeclareRelation | Deed::ScreenApplication | Deed::RecommendApplications => {
            STREET
        }

        Deed::ViewObjection => &[(Verifier, Under), (CountyOrgDept, Under)],
        Deed::EnterObjection => &[(CountyOrgDept, Under), (Verifier, Under), (StreetOfficer, Line)],
        Deed::AcknowledgeObjection
        | Deed::VerifyObjection
        | Deed::DecideObjection
        | Deed::AnswerObjection
        | Deed::RevealReporter => VERIFIER,

        Deed::ViewUnit => SEES_UNITS,
        Deed::EditUnit => ORG_DEPT,
        Deed::RegisterUnit | Deed::EnterUnitScores => &[(CountyOrgDept, Under), (UnitContact, Under)],
        Deed::ConfirmUnit | Deed::GiveFeedback | Deed::CheckCatalogue | Deed::CorrectPointsYear => COMMUNITY,
        Deed::ViewOwnRecord | Deed::CorrectOwnRecord => &[(Member, Own)],
        Deed::ClaimPost | Deed::ClaimWish | Deed::WriteDutyReport | Deed::RecordService => MEMBER_OR_BRANCH,
        // Who reports themselves comes by the link or the poster, where nobody is told who is in a roll.
        Deed::RegisterMember
        | Deed::EditMembers
        | Deed::ImportMembers
        | Deed::ConfirmRegistration
        | Deed::HandOutLink
        | Deed::EditPosts
        | Deed::EditWishes
        | Deed::RevealAsker => BRANCH_AND_COMMUNITY,
        Deed::SettleDuplicate => &[(CountyOrgDept, Under), (StreetOfficer, Under), (CommunityOfficer, Under)],

        Deed::ViewActivity => SEES_ACTIVITIES,
        Deed::EditActivity => &[
            (CountyOrgDept, Under),
            (StreetOfficer, Under),
            (CommunityOfficer, Under),
            (BranchSecretary, Own),
            (BranchCommittee, Own),
        ],
        Deed::SignUpForActivity => &[
            (Member, Line),
            (StreetOfficer, UnderAndLine),
            (CommunityOfficer, UnderAndLine),
            (BranchSecretary, Line),
            (BranchCommittee, Line),
        ],
        Deed::ConfirmService => BRANCH_AND_COMMUNITY,
        Deed::ViewMeeting => SEES_MEETINGS,
        Deed::EditMeeting | Deed::DraftCatalogue | Deed::ProposePoints => BRANCH,
        // A branch of two has nobody left for what is its committee member's own.
        Deed::ApprovePoints => BRANCH_AND_COMMUNITY,

        Deed::ViewPoints => BRANCH_AND_COMMUNITY,
        Deed::ViewAppeal => &[
            (CountyOrgDept, Under),
            (StreetOfficer, Under),
            (CommunityOfficer, Under),
            (BranchSecretary, Own),
            (BranchCommittee, Own),
        ],
        // Where everybody of the community had a hand in the entry or gains by it, the street decides, and then the county (R-PTS-09).
        Deed::DecideAppeal => &[(CountyOrgDept, Under), (StreetOfficer, Under), (CommunityOfficer, Under)],
        // A community with one officer has nobody else to decide on what that officer told, nor has a street without one (R-PTS-06).
        Deed::DecideCorrection => &[(CountyOrgDept, Under), (StreetOfficer, Under), (CommunityOfficer, Under)],
        Deed::ViewPointsSummary => SEES_POINTS_SUMMARY,
        Deed::EditPointsTemplate | Deed::ClosePointsYear => ORG_DEPT,
        Deed::ViewCatalogue => SEES_CATALOGUES,
        Deed::AdoptCatalogue => SECRETARY,
        Deed::AppealPoints => MEMBER_OR_BRANCH,

        Deed::ViewVoice => SEES_VOICES,
        // At whose desk it lies is asked by the rules: who may see a voice may see who holds it.
        Deed::EnterVoice
        | Deed::AcknowledgeVoice
        | Deed::DeclineVoice
        | Deed::AssignVoice
        | Deed::AcceptVoice
        | Deed::MergeVoice
        | Deed::SplitVoice
        | Deed::ReturnVoice
        | Deed::AskVoicer
        | Deed::NoteVoice
        | Deed::ReplyVoice
        | Deed::ExtendVoice
        | Deed::ParkVoice
        | Deed::FinishVoice
        | Deed::CallOthers
        | Deed::CallBackVoice
        | Deed::RevealVoicer
        | Deed::PublishPhoto
        | Deed::HandleIssue => WORKS_ON_VOICES,

        // Street and county see numbers; who owns what stays with those who collect and check.
        Deed::ViewPoll => FOUR_LEVELS,
        Deed::ViewPollOwners
        | Deed::RecordBallot
        | Deed::IssueBallotCode
        | Deed::WithdrawBallot
        | Deed::NoteSale
        | Deed::CancelPoll
        | Deed::RevealOwner => BRANCH_AND_COMMUNITY,
        Deed::PreparePoll | Deed::TallyPoll | Deed::PublishPoll | Deed::FilePoll => BRANCH,
        // Who collects ballots does not also check them.
        Deed::CheckPoll | Deed::StrikeBallot | Deed::CallBackOwners => COMMUNITY,

        Deed::ViewDispute => FOUR_LEVELS,
        // Which desk mediates, and who may read, is asked by the rules, as with voices.
        Deed::OpenDispute
        | Deed::CorrectDispute
        | Deed::AcceptDispute
        | Deed::DeclineDispute
        | Deed::StandBackFromDispute
        | Deed::RecordMediation
        | Deed::RecordAgreement
        | Deed::EndMediation
        | Deed::HandUpDispute
        | Deed::CheckPerformance
        | Deed::VisitParties
        | Deed::RevealParties => MEDIATES,

        Deed::ViewPropertyService => FOUR_LEVELS,
        Deed::SupervisePropertyService => BRANCH,

        Deed::ViewDeliberation => FOUR_LEVELS,
        Deed::RaiseDeliberation
        | Deed::ScreenDeliberation
        | Deed::EnterView
        | Deed::RevealViewGivers
        | Deed::KeepBranchOpinion
        | Deed::AnnounceSession
        | Deed::RecordSession
        | Deed::LinkPoll
        | Deed::PublishDecision
        | Deed::CarryOutDecision
        | Deed::StepBackDeliberation
        | Deed::EndDeliberation => BRANCH,
        // The names of those who sat together stay with the branch and its community.
        Deed::ReadMinutes => BRANCH_AND_COMMUNITY,
        Deed::ReturnDeliberation => COMMUNITY,

        Deed::ViewFunds => SEES_FUNDS,
        Deed::ApproveCommitment => LEADER,
        Deed::RecordPayment => &[(FinanceOfficer, Under)],
        Deed::ConfirmReceipt => BRANCH,
    }
}
