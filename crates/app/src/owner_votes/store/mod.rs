//! The tables of polls, their registers, ballots and calls. Nobody else touches them.

pub mod ballot;
pub mod call;
pub mod code;
pub mod poll;
pub mod register;
