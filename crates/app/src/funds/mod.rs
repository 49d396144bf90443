//! The money (资金): what each winner is promised, who prepared, approved and paid it, and whether it arrived.
//!
//! Owns the tables `commitments` and `budget_plans`. Promises that three persons hold the money between them (R-FUND-03), that the promises
//! never exceed the budget line (R-FUND-02), and that nothing is paid to an award that was lost. Pays nothing itself.

mod actions;
mod commitment;
mod http;
mod pages;
mod plan;
mod queries;
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

use crate::desk::MenuEntry;

pub use actions::{
    NewCommitment, Payment, Receipt, approve_commitments, cancel_commitment, confirm_receipt, prepare_commitments,
    record_payments, record_recovery, return_payment, start_recovery,
};
pub use plan::{Plan, plan_budget};
pub use queries::{FundsOfSeason, funds_of_season};
pub use todos::todos;

/// Entries of the menu.
pub const MENU: &[MenuEntry] =
    &[MenuEntry { group: "资金", label: "补助资金", href: urls::FUNDS, deed: Deed::ViewFunds }];

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let see = Access::For(Deed::ViewFunds);
    let take_back = Access::For(Deed::CancelCommitment);
    vec![
        Route::get(urls::FUNDS, see, http::newest),
        Route::get(urls::SEASON, see, http::show),
        Route::post(urls::PLAN, Access::For(Deed::PlanBudget), http::plan),
        Route::post(urls::PREPARE, Access::For(Deed::PrepareCommitment), http::prepare),
        Route::post(urls::APPROVE, Access::For(Deed::ApproveCommitment), http::approve),
        Route::post(urls::PAY, Access::For(Deed::RecordPayment), http::pay),
        Route::get(urls::PAYMENTS, see, http::payments),
        Route::get(urls::COMMITMENT, see, commitment::show),
        Route::post(urls::RECEIPT, Access::For(Deed::ConfirmReceipt), commitment::receipt),
        Route::post(urls::REFUSE, Access::For(Deed::ApproveCommitment), commitment::refuse),
        Route::post(urls::RETURN, take_back, commitment::give_back),
        Route::post(urls::CANCEL, take_back, commitment::cancel),
        Route::post(urls::RECOVER, take_back, commitment::recover),
        Route::post(urls::RECOVERED, take_back, commitment::recovered),
    ]
}

/// Migrations of the module.
pub fn migrations() -> Migrations {
    vec![Box::new(schema::M0013Funds)]
}
