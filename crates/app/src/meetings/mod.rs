//! Meetings of a branch (三会一课): convened, announced, held, and what they resolved.
//!
//! Owns the tables `meetings`, `meeting_topics`, `meeting_candidates`, `meeting_attendance` and `meeting_others`. Promises that nothing is voted on that was not
//! announced before (R-MTG-07), that majorities are counted over those entitled (R-MTG-03…06), and that a closed meeting is
//! only ever added to. Never blocks a branch that is late; it warns.

mod actions;
mod close;
mod correct;
mod election;
mod http;
mod letters;
mod pages;
mod queries;
mod reschedule;
mod resolution;
mod roll;
mod schema;
mod sheets;
mod store;
mod todos;
pub mod urls;

use domain::permission::Deed;
use platform::{
    db::migrate::Migrations,
    route::{Access, Route},
};

use crate::{desk::MenuEntry, resolutions};

pub use actions::{
    NewElection, NewMeeting, NewTopic, add_to_minutes, cancel_meeting, change_meeting, convene_meeting, publish_meeting,
};
pub use close::{Outcome, Votes, close_meeting};
pub use correct::{PresenceCorrection, correct_presence};
pub use queries::{
    attended_by_member, attended_in_year, meetings_between, meetings_in_year, peopled_in_year, told_to, upcoming_for,
};
pub use reschedule::reschedule_meeting;
pub use roll::Attendee;
pub use store::{
    candidate::Model as Candidate, candidates_of, meeting::Model as Meeting, place_of_meeting, presences_of,
    presences_of_person, topic::Model as Topic, topics_of,
};
pub use todos::todos;

/// Entries of the menu.
pub const MENU: &[MenuEntry] =
    &[MenuEntry { group: "组织生活", label: "支部会议", href: urls::MEETINGS, deed: Deed::ViewMeeting }];

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let (see, edit) = (Access::For(Deed::ViewMeeting), Access::For(Deed::EditMeeting));
    vec![
        Route::get(urls::MEETINGS, see, http::own),
        Route::get(urls::PLACE, see, http::list),
        Route::get(urls::EXPORT, see, http::export),
        Route::get(urls::NEW, edit, http::show_new),
        Route::post(urls::NEW, edit, http::convene),
        Route::get(urls::MEETING, see, http::show),
        Route::get(urls::EDIT, edit, http::show_edit),
        Route::post(urls::EDIT, edit, http::change),
        Route::post(urls::PUBLISH, edit, http::publish),
        Route::post(urls::RESCHEDULE, edit, http::reschedule),
        Route::post(urls::CANCEL, edit, http::cancel),
        Route::post(urls::CLOSE, edit, http::close),
        Route::post(urls::ADD, edit, http::add),
        Route::post(urls::CORRECT, edit, http::correct),
        Route::get(urls::MINUTES, see, http::minutes),
        Route::get(resolutions::urls::RESOLUTION, see, resolution::show),
    ]
}

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![
        Box::new(schema::M0021Meetings),
        Box::new(schema::M0051MeetingOthers),
        Box::new(schema::M0054Elections),
        Box::new(schema::M0076GroupMeetings),
    ]
}
