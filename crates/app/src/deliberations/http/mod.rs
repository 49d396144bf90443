//! Requests of officers around deliberation.

mod deeds;
mod list;
mod new;
mod photos;
mod show;

pub use photos::public as public_photo;

use domain::{ids::DeliberationId, permission::Deed};
use platform::{
    error::Stop,
    route::{Access, Route},
};

use super::urls;

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let (see, raise) = (Access::For(Deed::ViewDeliberation), Access::For(Deed::RaiseDeliberation));
    let (screen, vote) = (Access::For(Deed::ScreenDeliberation), Access::For(Deed::LinkPoll));
    let carry_out = Access::For(Deed::CarryOutDecision);
    vec![
        Route::get(urls::DELIBERATIONS, see, list::list),
        Route::get(urls::SHEET, see, list::sheet),
        Route::get(urls::NEW, raise, new::show),
        Route::post(urls::NEW, raise, new::raise),
        Route::get(urls::THREAD, see, show::show),
        Route::post(urls::TAKE_UP, screen, deeds::take_up),
        Route::post(urls::DECLINE, screen, deeds::decline),
        Route::post(urls::VIEW, Access::For(Deed::EnterView), deeds::view),
        Route::post(urls::VIEW_GIVERS, Access::For(Deed::RevealViewGivers), show::view_givers),
        Route::post(urls::OPINION, Access::For(Deed::KeepBranchOpinion), deeds::opinion),
        Route::post(urls::ANNOUNCE, Access::For(Deed::AnnounceSession), deeds::announce),
        Route::post(urls::SESSION, Access::For(Deed::RecordSession), deeds::session),
        Route::get(urls::MINUTES, Access::For(Deed::ReadMinutes), show::minutes),
        Route::get(urls::SIGNED, Access::For(Deed::ReadMinutes), show::signed),
        Route::post(urls::SIGNED, Access::For(Deed::RecordSession), deeds::signed),
        Route::post(urls::POLL, vote, deeds::poll),
        Route::post(urls::VOTE, vote, deeds::vote),
        Route::post(urls::PUBLISH, Access::For(Deed::PublishDecision), deeds::publish),
        Route::post(urls::PROGRESS, carry_out, deeds::progress),
        Route::get(urls::PHOTO, see, photos::inside),
        Route::post(urls::PUBLISH_PHOTO, carry_out, photos::publish),
        Route::post(urls::ACCEPT, carry_out, deeds::accept),
        Route::post(urls::RATING, Access::For(Deed::EnterView), deeds::rating),
        Route::post(urls::CLOSE, carry_out, deeds::close),
        Route::post(urls::BACK, Access::For(Deed::StepBackDeliberation), deeds::back),
        Route::post(urls::END, Access::For(Deed::EndDeliberation), deeds::end),
        Route::post(urls::RETURN, Access::For(Deed::ReturnDeliberation), deeds::give_back),
    ]
}

fn thread_id(text: &str) -> Result<DeliberationId, Stop> {
    text.parse().map_err(|_| Stop::Missing)
}
