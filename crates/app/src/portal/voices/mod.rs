//! Speaking without an account, following it with a code, and what neighbours may know (我要反映).

pub mod choose;
pub mod follow;
pub mod neighbours;
pub mod speak;
