//! Tables of the module and their statements.

pub mod parts;
pub mod photo;
pub mod thread;
