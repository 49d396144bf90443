//! Majorities in exact integers. “以上” includes the number itself, “超过半数” does not.

use crate::coded_enum;

coded_enum! {
    /// What is voted on.
    pub enum VoteKind {
        /// 一般决议 (R-MTG-03).
        Resolution = "resolution" => "决议",
        /// 选举 (R-MTG-05).
        Election = "election" => "选举",
    }
}

coded_enum! {
    /// What a vote decided.
    pub enum VoteResult {
        /// 通过.
        Passed = "passed" => "通过",
        /// 未通过.
        Failed = "failed" => "未通过",
        /// 到会人数不足, or numbers that cannot be.
        Invalid = "invalid" => "无效",
    }
}

/// The numbers of one vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ballot {
    /// 应到会有表决权的党员.
    pub eligible: u32,
    /// Of these, present.
    pub present: u32,
    /// 赞成票.
    pub yes: u32,
}

/// Decides a vote: a resolution is valid when at least half of those entitled are present, an election when four fifths
/// are; either passes with more than half of those entitled, not of those present (R-MTG-03, R-MTG-05).
#[must_use]
pub const fn vote(kind: VoteKind, ballot: Ballot) -> VoteResult {
    // 64 bits hold five times any count.
    let (eligible, present, yes) = (ballot.eligible as u64, ballot.present as u64, ballot.yes as u64);
    let is_possible = eligible > 0 && present <= eligible && yes <= present;
    let is_valid = match kind {
        VoteKind::Resolution => 2 * present >= eligible,
        VoteKind::Election => 5 * present >= 4 * eligible,
    };
    match (is_possible && is_valid, 2 * yes > eligible) {
        (false, _) => VoteResult::Invalid,
        (true, true) => VoteResult::Passed,
        (true, false) => VoteResult::Failed,
    }
}
