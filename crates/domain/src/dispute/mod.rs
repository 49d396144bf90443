//! Mediation of disputes (矛盾纠纷调解), from the application to the visit afterwards (issue 4 §2; 人民调解法).
//!
//! Knows what kind of dispute it is and where its file stands, never who the parties are nor what was said: that is kept
//! elsewhere, sealed. The deadlines are those of `docs/decisions/2026-11-27-disputes.md`.

mod file;
mod kinds;
mod mediator;
mod refusal;
mod state;
mod tally;

pub use file::{
    ACCEPT_DAYS, CONFIRM_DAYS, Dispute, MEDIATE_DAYS, MOST_ITEMS, MOST_PARTIES, Opening, VISIT_DAYS, confirmable_until,
};
pub use kinds::{
    AgreementForm, DisputeKind, DisputeOrigin, DisputeStep, EndCause, ItemOutcome, NotAccepted, UpwardCause,
    VisitResult,
};
pub use mediator::must_be_free;
pub use refusal::DisputeRefusal;
pub use state::DisputeState;
pub use tally::DisputeTally;
