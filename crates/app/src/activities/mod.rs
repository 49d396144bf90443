//! Activities: planned, published, signed up for, held, summed up with hours and points.
//!
//! Owns the tables `activities`, `activity_people`, `service_records` and `calendar_feeds`. Promises that places are never given twice, that nobody's hours pass a
//! day's measure or overlap (R-DUTY-02), and that hours and points come about in the one deed that sums an activity up. Never
//! asks for a photo, a position or a check-in.

mod actions;
mod correct;
mod feed;
mod hours;
mod http;
mod letters;
mod month;
mod pages;
mod queries;
mod records;
mod reschedule;
mod schema;
mod sheets;
mod store;
mod sum_up;
mod telling;
mod todos;
pub mod urls;

use domain::permission::Deed;
use platform::{
    db::migrate::Migrations,
    route::{Access, Route},
};

use crate::desk::MenuEntry;

pub use actions::{
    NewActivity, WhenAndWhere, cancel_activity, change_activity, note_attendee, plan_activity, publish_activity,
    release, sign_off, sign_up,
};
pub use correct::{Correction, correct_attendance};
pub use feed::{of_page as feed_address, open_feed, shut_feed};
pub use hours::{Served, served_in_year};
pub use queries::{
    activities_in_year, coming, joint_in_year, peopled_in_year, signed_up_by, taken_part, trainings_attended,
    trainings_in_year, when,
};
pub use records::{
    NewRecord, ServiceRecord, all_records_of_member, confirm_service, read_record, record_service, records_of_member,
    reject_service,
};
pub use reschedule::reschedule_activity;
pub use store::{activity::Model as Activity, person::Model as Participant};
pub use sum_up::{Came, Summary, SummedUp, sum_up_activity};
pub use todos::todos;

/// Entries of the menu.
pub const MENU: &[MenuEntry] = &[
    MenuEntry { group: "组织生活", label: "活动", href: urls::ACTIVITIES, deed: Deed::ViewActivity },
    MenuEntry { group: "组织生活", label: "服务时长", href: urls::HOURS, deed: Deed::ConfirmService },
];

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let (see, edit, sign) =
        (Access::For(Deed::ViewActivity), Access::For(Deed::EditActivity), Access::For(Deed::SignUpForActivity));
    // Members enter their own service on their own pages.
    let confirm = Access::For(Deed::ConfirmService);
    vec![
        Route::get(urls::ACTIVITIES, see, http::own),
        Route::get(urls::PLACE, see, http::list),
        Route::get(urls::EXPORT, see, http::export),
        Route::get(urls::FEED, Access::Public, feed::show),
        Route::get(urls::NEW, edit, http::show_new),
        Route::post(urls::NEW, edit, http::plan),
        Route::get(urls::ACTIVITY, see, http::show),
        Route::post(urls::OPEN_FEED, edit, feed::open),
        Route::post(urls::SHUT_FEED, edit, feed::shut),
        Route::get(urls::EDIT, edit, http::show_edit),
        Route::post(urls::EDIT, edit, http::change),
        Route::post(urls::ATTEND, edit, http::attend),
        Route::post(urls::PUBLISH, edit, http::publish),
        Route::post(urls::RESCHEDULE, edit, http::reschedule),
        Route::post(urls::CANCEL, edit, http::cancel),
        Route::post(urls::SIGN_UP, sign, http::sign),
        Route::post(urls::SIGN_OFF, sign, http::sign_off),
        Route::post(urls::SUM_UP, edit, http::sum_up),
        Route::post(urls::CORRECT, edit, http::correct),
        Route::get(urls::SHEET, edit, http::sheet),
        Route::get(urls::HOURS, confirm, records::http::own),
        Route::get(urls::HOURS_OF, confirm, records::http::show),
        Route::get(urls::HOURS_EXPORT, confirm, records::http::export),
        Route::post(urls::RECORD, confirm, records::http::enter),
        Route::post(urls::CONFIRM_RECORDS, confirm, records::http::confirm),
        Route::post(urls::REJECT_RECORDS, confirm, records::http::reject),
        Route::post(urls::WITHDRAW_RECORD, confirm, records::http::withdraw),
    ]
}

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![
        Box::new(schema::M0033Activities),
        Box::new(schema::M0035ServiceRecords),
        Box::new(schema::M0052Audiences),
        Box::new(schema::M0053CalendarFeeds),
    ]
}
