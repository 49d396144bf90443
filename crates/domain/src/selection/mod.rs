//! The yearly selection of red-flag compounds (红旗小区评选): its parameters, quotas, scores, steps, notice and money.

pub mod application;
pub mod document_number;
pub mod evidence;
pub mod funds;
pub mod notice;
pub mod objection;
pub mod parameters;
pub mod programme;
pub mod query_code;
pub mod quota;
pub mod review;
pub mod score;
