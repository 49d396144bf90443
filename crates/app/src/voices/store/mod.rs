//! The tables of voices and of what happens to them. Nobody else touches them.

pub mod entry;
pub mod photo;
pub mod piece;
pub mod same;
pub mod voice;
