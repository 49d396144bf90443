//! The pages of accounts: one's own, and those an administrator looks after.
//!
//! Owns no table; accounts and offices are identity's. Promises that a password typed here is shown nowhere again.

mod admin;
mod own;
pub mod urls;

use domain::permission::Deed;
use platform::route::{Access, Route};

use crate::desk::MenuEntry;

/// Entries of the menu.
pub const MENU: &[MenuEntry] =
    &[MenuEntry { group: "管理", label: "账号与身份", href: urls::ACCOUNTS, deed: Deed::ViewAccounts }];

/// Routes of the module.
pub fn routes() -> Vec<Route> {
    let own = Access::For(Deed::UseDesk);
    let (see, open) = (Access::For(Deed::ViewAccounts), Access::For(Deed::CreateAccount));
    vec![
        Route::get(urls::ACCOUNT, own, own::show),
        Route::get(urls::PASSWORD, own, own::show_password),
        Route::post(urls::PASSWORD, own, own::change_password),
        Route::post(urls::SIGN_OUT_EVERYWHERE, own, own::sign_out_everywhere),
        Route::get(urls::SECOND_FACTOR, own, own::show_second_factor),
        Route::post(urls::SECOND_FACTOR, own, own::confirm_second_factor),
        Route::post(urls::DROP_SECOND_FACTOR, own, own::drop_second_factor),
        Route::get(urls::ACCOUNTS, see, admin::list),
        Route::get(urls::EXPORT, see, admin::export),
        Route::get(urls::NEW_ACCOUNT, open, admin::show_new),
        Route::post(urls::NEW_ACCOUNT, open, admin::create),
        Route::get("/accounts/{account}", see, admin::show),
        Route::post("/accounts/{account}/password", Access::For(Deed::ResetPassword), admin::reset_password),
        Route::post("/accounts/{account}/offices", Access::For(Deed::GrantOffice), admin::grant),
        Route::post("/offices/{office}/end", Access::For(Deed::EndOffice), admin::end),
    ]
}
