//! Requests of officers around polls.

mod calls;
mod code;
mod form;
mod list;
mod owner;
mod owners;
mod register;
mod show;
mod steps;

use std::str::FromStr;

use domain::permission::Deed;
use platform::{
    error::{Problem, Stop},
    route::{Access, Route},
};

use super::urls;

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let (see, prepare) = (Access::For(Deed::ViewPoll), Access::For(Deed::PreparePoll));
    let (owners, call) = (Access::For(Deed::ViewPollOwners), Access::For(Deed::CallBackOwners));
    let check = Access::For(Deed::CheckPoll);
    vec![
        Route::get(urls::POLLS, see, list::list),
        Route::get(urls::SHEET, see, list::sheet),
        Route::get(urls::NEW, prepare, form::show_new),
        Route::post(urls::NEW, prepare, form::prepare),
        Route::get(urls::POLL, see, show::show),
        Route::get(urls::EDIT, prepare, form::show_edit),
        Route::post(urls::EDIT, prepare, form::edit),
        Route::post(urls::REPEAT, prepare, steps::repeat),
        Route::post(urls::FREEZE, prepare, steps::freeze),
        Route::post(urls::RETURN, check, steps::give_back),
        Route::post(urls::ANNOUNCE, check, steps::announce),
        Route::post(urls::CANCEL, Access::For(Deed::CancelPoll), steps::cancel),
        Route::post(urls::TALLY, Access::For(Deed::TallyPoll), steps::tally),
        Route::post(urls::PUBLISH, Access::For(Deed::PublishPoll), steps::publish),
        Route::post(urls::FILE, Access::For(Deed::FilePoll), steps::file),
        Route::get(urls::NOTICE, see, show::notice),
        Route::get(urls::RESULT, see, show::result),
        Route::get(urls::REGISTER, owners, register::show),
        Route::get(urls::REGISTER_SHEET, owners, register::sheet),
        Route::get(urls::TEMPLATE, prepare, register::template),
        Route::post(urls::ADD_UNIT, prepare, register::add),
        Route::post(urls::DROP_UNIT, prepare, register::drop_it),
        Route::post(urls::IMPORT, prepare, register::preview),
        Route::post(urls::CONFIRM, prepare, register::confirm),
        Route::get(urls::OWNERS, owners, owners::list),
        Route::get(urls::OWNERS_SHEET, owners, owners::sheet),
        Route::get(urls::OWNER, owners, owner::show),
        Route::post(urls::BALLOT, Access::For(Deed::RecordBallot), owner::record),
        Route::post(urls::REVEAL, Access::For(Deed::RevealOwner), owner::reveal),
        Route::post(urls::CODE, Access::For(Deed::IssueBallotCode), code::issue),
        Route::post(urls::SALE, Access::For(Deed::NoteSale), owner::sale),
        Route::post(urls::WITHDRAW, Access::For(Deed::WithdrawBallot), owner::withdraw),
        Route::post(urls::STRIKE, Access::For(Deed::StrikeBallot), owner::strike),
        Route::get(urls::SCAN, owners, owner::scan),
        Route::get(urls::CALLS, owners, calls::list),
        Route::get(urls::CALLS_SHEET, owners, calls::sheet),
        Route::post(urls::DRAW, call, calls::draw),
        Route::post(urls::CALL, call, calls::call),
    ]
}

fn parse<T: FromStr>(text: &str) -> Result<T, Stop> {
    text.parse().map_err(|_| Stop::Missing)
}

/// The rules speak of a reason; each form of a page has its own field for it.
fn at<T>(field: &str, ended: Result<T, Stop>) -> Result<T, Stop> {
    let moved = |problem: Problem| match problem.field.as_str() {
        "reason" => Problem { field: field.to_owned(), ..problem },
        _ => problem,
    };
    match ended {
        Err(Stop::Refused(problems)) => Err(Stop::Refused(problems.into_iter().map(moved).collect())),
        ended => ended,
    }
}
