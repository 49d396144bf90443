//! Tables of the module and their statements.

pub mod dispute;
pub mod parts;
