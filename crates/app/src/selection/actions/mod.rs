//! The deeds of the selection, from the season to the street's recommendation.

mod apply;
mod attach;
mod community;
mod miss;
mod opinion;
mod recommend;
mod season;
mod street;

pub use apply::{Draft, resume_application, save_draft, start_application, submit_application, withdraw_application};
pub use attach::{attach_file, detach_file};
pub use community::{CommunityCheck, check_application};
pub use miss::{behind, close_recommendations, unsubmitted};
pub use opinion::{NewOpinion, add_opinion, hand_of};
pub use recommend::{NewList, Ranked, known, must_not_stand_back_from_any, not_listed, recommend_applications};
pub use season::{open_season, save_parameters};
pub use street::{
    Assessment, assess_application, declare_relation, decline_application, return_from_street, screen_application,
};
