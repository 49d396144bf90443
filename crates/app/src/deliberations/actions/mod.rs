//! The deeds on threads.

mod carry_out;
mod decide;
mod forget;
mod photos;
mod raise;
mod rate;
mod session;
mod step;
mod views;

pub use carry_out::{
    Acceptance, NewMilestone, accept_work, close_deliberation, publish_decision, record_progress, return_deliberation,
};
pub use decide::{end_deliberation, keep_branch_opinion, link_poll, step_back_deliberation, take_vote};
pub use forget::forget_view_givers;
pub use photos::{PHOTOS, show_milestone_photo};
pub use raise::{NewMatter, decline_deliberation, raise_deliberation, take_up_deliberation};
pub use rate::{NewRating, enter_rating, give_rating};
pub use session::{Announcement, NewSeat, NewSession, People, announce_session, keep_signed_minutes, record_session};
pub use views::{NewView, enter_view, give_view, reveal_view_givers};

pub(super) use session::opened;
