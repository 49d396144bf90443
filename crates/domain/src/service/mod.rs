//! What members take on for their compound: posts and teams (认领岗位、党员服务队), wishes of residents (微心愿), and the yearly
//! reports between member, unit and community (双报告).
//!
//! Owns their states and who may take which step. Hours of service are the activities' ([`crate::activity`]).

mod post;
mod report;
mod wish;

pub use post::{ClaimState, HALF_YEAR_MONTHS, Post, PostKind, PostRefusal, PostState, check_kept};
pub use report::{Figures, ReportKind, ReportRefusal, ReportState};
pub use wish::{Wish, WishRefusal, WishState};
