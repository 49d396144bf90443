//! Meetings of a branch: who votes, when a vote is valid, what it decides, and how often they are due (R-MTG-01…07).

mod convening;
mod election;
mod gathering;
mod refusal;
mod vote;

pub use convening::{Keeping, Matter, Meeting, MeetingKind, MeetingState, Presence, Standing};
pub use election::{Elected, ElectionBallot, ElectionResult, elect, nominees_for};
pub use gathering::Gathering;
pub use refusal::MeetingRefusal;
pub use vote::{Ballot, VoteKind, VoteResult, vote};
