//! Requests of officers around voices.

mod deeds;
mod enter;
mod list;
mod photos;
mod poster;
mod show;

use domain::{ids::VoiceId, permission::Deed};
use platform::{
    error::Stop,
    route::{Access, Route},
};

use super::{calls, picture, recurring, terms, urls};

pub(super) use deeds::{answered, permitted};
pub use photos::public as public_photo;

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let (see, enter) = (Access::For(Deed::ViewVoice), Access::For(Deed::EnterVoice));
    let (park, handle) = (Access::For(Deed::ParkVoice), Access::For(Deed::HandleIssue));
    vec![
        Route::get(urls::VOICES, see, list::list),
        Route::get(urls::SHEET, see, list::sheet),
        Route::get(urls::RATES, see, picture::http::show),
        Route::get(urls::RATES_SHEET, see, picture::http::sheet),
        Route::get(urls::TERMS, see, terms::http::show),
        Route::post(urls::TERMS, Access::For(Deed::SetVoiceTerms), terms::http::set),
        Route::get(urls::ENTER, enter, enter::show),
        Route::post(urls::ENTER, enter, enter::enter),
        Route::get(urls::POSTER, enter, poster::poster),
        Route::get(urls::VOICE, see, show::show),
        Route::post(urls::ACKNOWLEDGE, Access::For(Deed::AcknowledgeVoice), deeds::acknowledge),
        Route::post(urls::DECLINE, Access::For(Deed::DeclineVoice), deeds::decline),
        Route::post(urls::ASSIGN, Access::For(Deed::AssignVoice), deeds::assign),
        Route::post(urls::ACCEPT, Access::For(Deed::AcceptVoice), deeds::accept),
        Route::post(urls::MERGE, Access::For(Deed::MergeVoice), deeds::merge),
        Route::post(urls::PART, Access::For(Deed::MergeVoice), deeds::part),
        Route::post(urls::SPLIT, Access::For(Deed::SplitVoice), deeds::split),
        Route::post(urls::RETURN, Access::For(Deed::ReturnVoice), deeds::give_back),
        Route::post(urls::ASK, Access::For(Deed::AskVoicer), deeds::ask),
        Route::post(urls::NOTE, Access::For(Deed::NoteVoice), deeds::note),
        Route::post(urls::REPLY, Access::For(Deed::ReplyVoice), deeds::reply),
        Route::post(urls::EXTEND, Access::For(Deed::ExtendVoice), deeds::extend),
        Route::post(urls::PARK, park, deeds::park),
        Route::post(urls::RESUME, park, deeds::resume),
        Route::post(urls::FINISH, Access::For(Deed::FinishVoice), deeds::finish),
        Route::post(urls::CALL_BACK, Access::For(Deed::CallBackVoice), deeds::call_back),
        Route::post(urls::CALL, Access::For(Deed::CallOthers), calls::http::call),
        Route::post(urls::ANSWER_CALL, Access::For(Deed::CallOthers), calls::http::answer),
        Route::post(urls::WITHDRAW_CALL, Access::For(Deed::CallOthers), calls::http::withdraw),
        Route::get(urls::CALL_SLIP, see, calls::http::slip),
        Route::get(urls::ISSUES, see, recurring::http::list),
        Route::get(urls::ISSUES_SHEET, see, recurring::http::sheet),
        Route::get(urls::ISSUE, see, recurring::http::show),
        Route::post(urls::OWN_ISSUE, handle, recurring::http::own),
        Route::post(urls::SETTLE_ISSUE, handle, recurring::http::settle),
        Route::get(urls::PHOTO, see, photos::inside),
        Route::post(urls::PUBLISH_PHOTO, Access::For(Deed::PublishPhoto), photos::publish),
        Route::post(urls::VOICER, Access::For(Deed::RevealVoicer), show::voicer),
    ]
}

fn voice_id(text: &str) -> Result<VoiceId, Stop> {
    text.parse().map_err(|_| Stop::Missing)
}
