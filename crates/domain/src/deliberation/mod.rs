//! Deliberation in a compound (红色议事厅): one thread for each matter, from being raised to being finished (R-DEL-01…03).
//!
//! Owns the steps of a thread, who must sit in a session, and what a step needs before it may be taken. Never lets a session's
//! opinion stand for the owners' vote where Civil Code art. 278 asks for one (R-DEL-02).

mod kinds;
mod rating;
mod refusal;
mod session;
mod state;
mod thread;

pub use kinds::{DeliberationOrigin, DeliberationStep, DeliberationTopic, Party, Stance, ViewChannel};
pub use rating::Ratings;
pub use refusal::DeliberationRefusal;
pub use session::{LEAST_RESIDENTS, Seat, Session, names_in};
pub use state::DeliberationState;
pub use thread::{
    BranchOpinion, COLLECT_DAYS, Deliberation, KEPT_DAYS, MOST_COLLECT_DAYS, NOTICE_DAYS, Opening, PollResult,
};
