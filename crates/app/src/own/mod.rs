//! A member's own pages on the telephone: check-in, posts, hours, points with the rule behind each, appeal, and the own data; and
//! how members come in, by a one-time code or a link from their branch.
//!
//! Owns the tables `sign_in_links` and `corrections`. Promises that a code or link is good once, that nobody learns from the door
//! who is in a roll, and that a member sees and acts for themselves only. Never asks for a password.

mod corrections;
mod http;
mod kept;
mod queries;
mod schema;
mod sign_in;
mod store;
mod todos;
pub mod urls;

use domain::permission::Deed;
use platform::{
    db::migrate::Migrations,
    route::{Access, Route},
};

use crate::desk::MenuEntry;

pub use corrections::{answer_correction, ask_correction};
pub use queries::own_line;
pub use sign_in::{Entrance, enter_with_code, enter_with_link, hand_out_link, request_code};
pub use todos::todos;

/// Entries of the menu.
pub const MENU: &[MenuEntry] = &[
    MenuEntry { group: "我的党员身份", label: "我的报到", href: urls::HOME, deed: Deed::ViewOwnRecord },
    MenuEntry { group: "我的党员身份", label: "我的会议", href: urls::MEETINGS, deed: Deed::ViewOwnRecord },
    MenuEntry { group: "我的党员身份", label: "我的积分", href: urls::POINTS, deed: Deed::ViewOwnRecord },
    MenuEntry { group: "我的党员身份", label: "我的服务", href: urls::SERVICE, deed: Deed::ViewOwnRecord },
    MenuEntry { group: "我的党员身份", label: "我的双报告", href: urls::REPORT, deed: Deed::ViewOwnRecord },
    MenuEntry { group: "我的党员身份", label: "我的资料", href: urls::DATA, deed: Deed::ViewOwnRecord },
    MenuEntry { group: "党员", label: "更正申请", href: urls::CORRECTIONS, deed: Deed::EditMembers },
];

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let (public, own) = (Access::Public, Access::For(Deed::ViewOwnRecord));
    let (link, correct) = (Access::For(Deed::HandOutLink), Access::For(Deed::EditMembers));
    vec![
        Route::get(urls::SIGN_IN, public, http::sign_in::show),
        Route::post(urls::SIGN_IN, public, http::sign_in::request),
        Route::post(urls::CODE, public, http::sign_in::enter),
        Route::get(urls::LINK, public, http::sign_in::show_link),
        Route::post(urls::LINK, public, http::sign_in::follow_link),
        Route::post(urls::HAND_OUT, link, http::sign_in::hand_out),
        Route::get(urls::HOME, own, http::home::show),
        Route::get(urls::MEETINGS, own, http::meetings::list),
        Route::get(urls::MEETING, own, http::meetings::show),
        Route::get(urls::POINTS, own, http::points::show),
        Route::post(urls::APPEAL, own, http::points::appeal),
        Route::get(urls::SERVICE, own, http::service::show),
        Route::post(urls::RECORD, own, http::service::record),
        Route::post(urls::CLAIM_POST, own, http::service::claim_post),
        Route::post(urls::LEAVE_POST, own, http::service::leave_post),
        Route::post(urls::CLAIM_WISH, own, http::service::claim_wish),
        Route::post(urls::GIVE_BACK_WISH, own, http::service::give_back_wish),
        Route::post(urls::FINISH_WISH, own, http::service::finish_wish),
        Route::get(urls::REPORT, own, http::report::show),
        Route::post(urls::REPORT, own, http::report::write),
        Route::get(urls::DATA, own, http::data::show),
        Route::get(urls::EXPORT, own, http::export::export),
        Route::post(urls::CORRECT, own, http::data::correct),
        Route::get(urls::CORRECTIONS, correct, http::data::list),
        Route::post(urls::ANSWER, correct, http::data::answer),
    ]
}

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![Box::new(schema::M0037Own), Box::new(schema::M0080LinksOfLines)]
}
