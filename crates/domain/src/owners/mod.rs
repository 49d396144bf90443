//! What owners decide together (业主共同决定, Civil Code art. 278).
//!
//! Owns the nine matters, and when a vote by persons and by area has come about and passed. Promises exact integers: “三分之二以上”
//! and “四分之三以上” include the fraction itself, “过半数” does not (art. 1259). Never lets the opinion of a branch or of a
//! deliberation stand for the owners' vote (R-DEL-02).

mod matter;
mod vote;

pub use matter::{Majority, Matter};
pub use vote::{Impossible, OwnerVote, Side, VoteOutcome, decide};
