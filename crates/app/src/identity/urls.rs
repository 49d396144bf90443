//! Where identity's pages are.

use platform::shell::LINKS;

/// Sign-in page.
pub const SIGN_IN: &str = LINKS.sign_in;
/// Signing out.
pub const SIGN_OUT: &str = LINKS.sign_out;
/// Switching the office in use.
pub const SWITCH_OFFICE: &str = LINKS.switch_office;
/// Switching 长辈版.
pub const ELDER: &str = LINKS.elder;
/// One click into an office, in demo mode only.
pub const DEMO_SIGN_IN: &str = "/demo/sign-in";
/// Where members come in, by a code or a link; their own pages take it.
pub const MEMBER_SIGN_IN: &str = "/member-sign-in";
/// Changing one's password, which a first password must be at once.
pub const PASSWORD: &str = "/account/password";

/// What a person who must first change the password may reach.
pub(super) fn is_open_to_first_password(path: &str) -> bool {
    matches!(path, PASSWORD | SIGN_OUT | ELDER)
}
