//! The deeds of identity.

mod accounts;
mod member;
mod offices;
mod password;
mod second_factor;
mod sign_in;

pub use accounts::{NewAccount, create_account, reset_password};
pub use member::{end_sessions, seat_member, unseat_member};
pub(super) use offices::home_of;
pub use offices::{NewOffice, end_office, grant_office};
pub use password::{change_password, sign_out_everywhere};
pub use second_factor::{confirm_second_factor, drop_second_factor, new_second_factor};
pub use sign_in::{Credentials, sign_in};
