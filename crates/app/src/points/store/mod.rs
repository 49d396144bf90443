//! The tables of the points. Nobody else touches them.

pub mod appeal;
pub mod catalogue;
pub mod correction;
pub mod entry;
pub mod settlement;
pub mod unit_score;
pub mod year;
