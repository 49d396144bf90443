//! Where identity's pages are.

use domain::ids::AccountId;

/// Sign-in page.
pub const SIGN_IN: &str = "/sign-in";
/// Signing out.
pub const SIGN_OUT: &str = "/sign-out";
/// Signing out of every session.
pub const SIGN_OUT_EVERYWHERE: &str = "/sign-out-everywhere";
/// One's own account.
pub const ACCOUNT: &str = "/account";
/// Changing one's password.
pub const PASSWORD: &str = "/account/password";
/// The second factor.
pub const SECOND_FACTOR: &str = "/account/second-factor";
/// Switching the second factor off.
pub const DROP_SECOND_FACTOR: &str = "/account/second-factor/drop";
/// Switching the office in use.
pub const SWITCH_OFFICE: &str = "/switch-office";
/// Switching 长辈版.
pub const ELDER: &str = "/elder";
/// Accounts and offices, for the administrator.
pub const ACCOUNTS: &str = "/accounts";
/// One click into an office, in demo mode only.
pub const DEMO_SIGN_IN: &str = "/demo/sign-in";

/// One account, for the administrator.
#[must_use]
pub fn account(id: AccountId) -> String {
    format!("{ACCOUNTS}/{id}")
}

/// What a person who must first change the password may reach.
pub(super) fn is_open_to_first_password(path: &str) -> bool {
    matches!(path, PASSWORD | SIGN_OUT | ELDER) || path.starts_with("/assets/")
}
