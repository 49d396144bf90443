//! Supervision of the property company (物业服务监督): the duties of its contract, whether they are kept, and the yearly appraisal by
//! the branch, the owners' committee and residents.
//!
//! Owns what a contract must tell, how residents' answers are counted (R-SAT-02, R-SAT-04, R-SAT-07), and the steps of an
//! appraisal. Never turns the three voices into one figure: they stand side by side.

mod appraisal;
mod contract;
mod refusal;
mod sayings;

pub use appraisal::{Appraisal, AppraisalState, Grade, MOST_RATE_DAYS, RATE_DAYS};
pub use contract::{DutyResult, MOST_DUTIES, check_contract, in_force};
pub use refusal::PropertyRefusal;
pub use sayings::{LEAST_VALID, Saying, Sayings};
