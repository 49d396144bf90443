//! Others called in for a voice (转请协办、吹哨, R-VOI-08): who, for what, until when, and what came of it. The desk writes what it
//! asks in words of its own; who spoke, and what they said, does not leave the desk.

mod actions;
pub mod http;
mod letters;
pub mod store;

pub use actions::must_not_wait;
