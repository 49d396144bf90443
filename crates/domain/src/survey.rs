//! What every asking of residents has in common (R-SAT).

/// Answers under which nothing is told of how they fell (R-SAT-07).
pub const LEAST_SHOWN: u32 = 5;
