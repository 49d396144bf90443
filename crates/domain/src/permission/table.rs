//! The table itself. Read a row as: this deed may be done by these offices, within this reach.

use super::{
    Deed, OfficeKind,
    Reach::{self, Everywhere, Line, Own, Under, UnderAndLine},
};
use OfficeKind::{
    Administrator, Auditor, BranchCommittee, BranchSecretary, CommunityOfficer, CountyLeader, CountyOrgDept,
    FinanceOfficer, HousingBureau, PanelUnit, StandingCommittee, StreetOfficer, Verifier,
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
        | Deed::MoveDemoDate => EVERY_OFFICE,

        // No office: only the system's own clock does it.
        Deed::RemindOffices => &[],

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
        | Deed::PrepareCommitment => ORG_DEPT,
        Deed::CancelCommitment => &[(CountyOrgDept, Under)],
        Deed::ViewDecision => &[(CountyOrgDept, Under), (StandingCommittee, Under)],
        Deed::DecideSelection => &[(StandingCommittee, Under)],
        Deed::ReplyAsPanelUnit => &[(PanelUnit, Under)],

        Deed::ViewApplication => SEES_APPLICATIONS,
        Deed::DraftApplication | Deed::AttachFile | Deed::DetachFile | Deed::SubmitApplication => BRANCH,
        Deed::WithdrawApplication => SECRETARY,
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

        Deed::ViewFunds => SEES_FUNDS,
        Deed::ApproveCommitment => LEADER,
        Deed::RecordPayment => &[(FinanceOfficer, Under)],
        Deed::ConfirmReceipt => BRANCH,
    }
}
