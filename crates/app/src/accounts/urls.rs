//! Where accounts are looked after.

use domain::ids::{AccountId, OfficeId};
use platform::shell::LINKS;

/// One's own account.
pub const ACCOUNT: &str = LINKS.account;
/// Changing one's password.
pub const PASSWORD: &str = crate::identity::urls::PASSWORD;
/// Signing out of every session.
pub const SIGN_OUT_EVERYWHERE: &str = "/account/sign-out-everywhere";
/// The second factor.
pub const SECOND_FACTOR: &str = "/account/second-factor";
/// Switching the second factor off.
pub const DROP_SECOND_FACTOR: &str = "/account/second-factor/drop";
/// Accounts and offices, for the administrator.
pub const ACCOUNTS: &str = "/accounts";
/// The same as an Excel table.
pub const EXPORT: &str = "/accounts.xlsx";
/// Opening an account.
pub const NEW_ACCOUNT: &str = "/accounts/new";

/// One account.
#[must_use]
pub fn account(id: AccountId) -> String {
    format!("{ACCOUNTS}/{id}")
}

/// Giving an account a first password anew.
#[must_use]
pub fn reset_password(id: AccountId) -> String {
    format!("{ACCOUNTS}/{id}/password")
}

/// Giving an account an office.
#[must_use]
pub fn grant(id: AccountId) -> String {
    format!("{ACCOUNTS}/{id}/offices")
}

/// Ending an office.
#[must_use]
pub fn end(id: OfficeId) -> String {
    format!("/offices/{id}/end")
}
