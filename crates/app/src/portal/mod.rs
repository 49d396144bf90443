//! The portal: what anyone may read and do without signing in.
//!
//! Owns no table. Promises to show what R-NOT-08 and R-PRI allow and nothing more: compounds and branches, and of persons
//! the name and post of a branch's committee; of a season that is not decided, only numbers. Never asks who reads.

mod deliberations;
mod directory;
mod frame;
mod home;
mod notices;
mod objection;
mod open;
mod owner_votes;
mod property;
mod results;
pub mod urls;
mod voices;

use platform::route::{Access, Route};

use crate::{
    deliberations::{public_photo as milestone_photo, urls as hall},
    owner_votes::urls as polls,
    property::urls as company,
    voices::{public_photo, urls as said},
};

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let public = Access::Public;
    vec![
        Route::get(urls::HOME, public, home::home),
        Route::get(urls::NOTICES, public, notices::list),
        Route::get(urls::NOTICE, public, notices::show),
        Route::get(urls::OBJECT, public, objection::show),
        Route::post(urls::OBJECT, public, objection::submit),
        Route::get(urls::QUERY, public, objection::show_query),
        Route::post(urls::QUERY, public, objection::query),
        Route::get(urls::RESULTS, public, results::latest),
        Route::get(urls::RESULTS_OF, public, results::show),
        Route::get(urls::DIRECTORY, public, directory::list),
        Route::get(urls::BRANCH, public, directory::show),
        Route::get(said::SPEAK, public, voices::choose::choose),
        Route::get(said::SPEAK_AT, public, voices::speak::show),
        Route::post(said::SPEAK_AT, public, voices::speak::submit),
        Route::get(said::NEIGHBOURS, public, voices::neighbours::list),
        Route::get(said::PUBLIC_PHOTO, public, public_photo),
        Route::get(said::FOLLOW, public, voices::follow::show),
        Route::post(said::FOLLOW, public, voices::follow::follow),
        Route::post(said::ADD, public, voices::follow::add),
        Route::post(said::RATE, public, voices::follow::rate),
        Route::post(said::REOPEN, public, voices::follow::reopen),
        Route::post(said::PART_OWN, public, voices::follow::part),
        Route::get(polls::PUBLIC_AT, public, owner_votes::list),
        Route::get(polls::PUBLIC, public, owner_votes::show),
        Route::get(polls::CAST, public, owner_votes::cast::show),
        Route::post(polls::CAST, public, owner_votes::cast::cast),
        Route::get(hall::PUBLIC_AT, public, deliberations::list),
        Route::get(hall::PUBLIC, public, deliberations::show),
        Route::post(hall::PUBLIC, public, deliberations::give),
        Route::get(hall::PUBLIC_PHOTO, public, milestone_photo),
        Route::post(hall::PUBLIC_RATING, public, deliberations::rate),
        Route::get(company::PUBLIC, public, property::show),
        Route::post(company::PUBLIC, public, property::say),
        Route::get(urls::OPEN, public, open::show),
        Route::get(urls::OPENAPI, public, open::openapi),
        Route::get(urls::OPEN_BRANCHES, public, open::branches),
        Route::get(urls::OPEN_BRANCHES_CSV, public, open::branches_csv),
        Route::get(urls::OPEN_RESULTS, public, open::results),
        Route::get(urls::OPEN_RESULTS_CSV, public, open::results_csv),
        Route::get(urls::OPEN_NOTICES, public, open::notices),
        Route::get(urls::OPEN_NOTICES_CSV, public, open::notices_csv),
        Route::get(urls::OPEN_PROGRESS, public, open::progress),
        Route::get(urls::OPEN_PROGRESS_CSV, public, open::progress_csv),
    ]
}
