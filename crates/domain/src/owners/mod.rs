//! What owners decide together (业主共同决定, Civil Code art. 278).
//!
//! Owns the nine matters, the way of a poll, who its owners are, which ballots count, and when a vote by persons and by area
//! has come about and passed. Promises exact integers: “三分之二以上” and “四分之三以上” include the fraction itself, “过半数” does
//! not (art. 1259). Never lets the opinion of a branch or of a
//! deliberation stand for the owners' vote (R-DEL-02).

mod arithmetic;
mod ballot;
mod kinds;
mod matter;
mod online;
mod poll;
mod refusal;
mod register;
mod sample;
mod vote;

pub use arithmetic::{Reckoning, area_words, reckon};
use ballot::is_owner;
pub use ballot::{NewBallot, Voter, receive, strike, withdraw};
pub use kinds::{BallotChannel, BallotState, CallResult, Choice, Nature, OwnerKind, Parking, UnitUse};
pub use matter::{Majority, Matter};
pub use online::{IdentityProof, may_have_code, may_vote_online};
pub use poll::{FILE_DAYS, MOST_DAYS, NOTICE_DAYS, PHONE_DAYS, Poll, PollState};
pub use refusal::{BallotRefusal, PollRefusal};
pub use register::{Owner, RegisterProblem, RegisterUnit, mask_names, names_apart, owners_of, whole};
pub use sample::{draw, sample_size};
pub use vote::{Impossible, OwnerVote, Side, VoteOutcome, decide, missing};
