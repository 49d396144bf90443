//! The tables of the selection. Nobody else touches them.

pub mod application;
pub mod attachment;
pub mod listed;
pub mod opinion;
pub mod season;
pub mod street;
