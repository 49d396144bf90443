//! Voices about the same at one place become one issue with its own owner (共性问题, R-VOI-12). The voices keep their own way: each
//! resident is answered.

mod actions;
pub mod http;
pub mod store;

pub use actions::gather_voices;
