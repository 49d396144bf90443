//! Requests around mediation.

mod counts;
mod deeds;
mod list;
mod new;
mod show;

use domain::{ids::DisputeId, permission::Deed};
use platform::{
    error::Stop,
    route::{Access, Route},
};

use super::urls;

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let (see, open) = (Access::For(Deed::ViewDispute), Access::For(Deed::OpenDispute));
    let reveal = Access::For(Deed::RevealParties);
    vec![
        Route::get(urls::DISPUTES, see, list::list),
        Route::get(urls::SHEET, see, list::sheet),
        Route::get(urls::COUNTS, see, counts::show),
        Route::get(urls::COUNTS_SHEET, see, counts::sheet),
        Route::get(urls::NEW, open, new::show),
        Route::post(urls::NEW, open, new::open),
        Route::get(urls::DISPUTE, see, show::show),
        Route::post(urls::CORRECT, Access::For(Deed::CorrectDispute), deeds::correct),
        Route::post(urls::ACCEPT, Access::For(Deed::AcceptDispute), deeds::accept),
        Route::post(urls::DECLINE, Access::For(Deed::DeclineDispute), deeds::decline),
        Route::post(urls::STAND_BACK, Access::For(Deed::StandBackFromDispute), deeds::stand_back),
        Route::post(urls::SESSION, Access::For(Deed::RecordMediation), deeds::session),
        Route::post(urls::AGREEMENT, Access::For(Deed::RecordAgreement), deeds::agreement),
        Route::post(urls::END, Access::For(Deed::EndMediation), deeds::end),
        Route::post(urls::HAND_UP, Access::For(Deed::HandUpDispute), deeds::hand_up),
        Route::post(urls::CHECK, Access::For(Deed::CheckPerformance), deeds::check),
        Route::post(urls::VISIT, Access::For(Deed::VisitParties), deeds::visit),
        Route::post(urls::PARTIES, reveal, show::parties),
        Route::post(urls::LETTER, reveal, show::letter),
    ]
}

fn dispute_id(text: &str) -> Result<DisputeId, Stop> {
    text.parse().map_err(|_| Stop::Missing)
}
