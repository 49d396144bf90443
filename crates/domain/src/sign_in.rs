//! Rules of signing in: what a password must be, and how long a failed one makes wait.

use crate::{clock::Instant, refusal::Refusal};

/// Fewest characters of a password.
pub const SHORTEST: usize = 8;
/// Most characters of a password; more would only cost hashing time.
pub const LONGEST: usize = 128;
/// Failures that are forgiven before waiting begins.
const FORGIVEN: i32 = 4;
/// Longest wait, in minutes.
const LONGEST_WAIT: i64 = 60;

/// Why a new password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Too short or too long.
    #[error("密码应为 {SHORTEST} 到 {LONGEST} 个字符")]
    Length,
    /// Only letters, or only digits.
    #[error("密码应同时包含字母和数字")]
    OneClass,
    /// Holds the sign-in name.
    #[error("密码不能包含登录名")]
    HoldsName,
    /// The same as before.
    #[error("新密码不能与原密码相同")]
    Same,
}

impl Refusal for WeakPassword {
    fn field(&self) -> &'static str {
        "new_password"
    }
}

/// Checks a new password for the account `login` (等保 asks for complexity).
///
/// # Errors
/// The first thing that is wrong with it.
pub fn check_password(password: &str, login: &str) -> Result<(), WeakPassword> {
    let length = password.chars().count();
    if !(SHORTEST..=LONGEST).contains(&length) {
        return Err(WeakPassword::Length);
    }
    let has = |class: fn(char) -> bool| password.chars().any(class);
    if !has(char::is_alphabetic) || !has(|c| c.is_ascii_digit()) {
        return Err(WeakPassword::OneClass);
    }
    if !login.is_empty() && password.to_lowercase().contains(&login.to_lowercase()) {
        return Err(WeakPassword::HoldsName);
    }
    Ok(())
}

/// Until when an account is closed after its `failures`-th wrong password in a row: 1 minute, then 2, 4 … up to an hour.
#[must_use]
pub fn locked_until(failures: i32, now: Instant) -> Option<Instant> {
    let over = failures.saturating_sub(FORGIVEN);
    if over <= 0 {
        return None;
    }
    let minutes = 1_i64.checked_shl(u32::try_from(over - 1).unwrap_or(0).min(10)).unwrap_or(LONGEST_WAIT);
    Some(now.plus_minutes(minutes.min(LONGEST_WAIT)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_need_length_and_two_classes() {
        assert_eq!(check_password("abc1234", "li"), Err(WeakPassword::Length));
        assert_eq!(check_password("abcdefgh", "li"), Err(WeakPassword::OneClass));
        assert_eq!(check_password("Liming2022", "liming"), Err(WeakPassword::HoldsName));
        assert_eq!(check_password("hongqi2022", "liming"), Ok(()));
        assert_eq!(check_password("红旗小区2022年", "liming"), Ok(()));
    }

    #[test]
    fn waiting_doubles_up_to_an_hour() {
        let now = Instant::from_micros(0);
        let minutes = |failures| locked_until(failures, now).map(|until| until.as_micros() / 60_000_000);
        assert_eq!([minutes(4), minutes(5), minutes(6), minutes(8)], [None, Some(1), Some(2), Some(8)]);
        assert_eq!([minutes(11), minutes(500), minutes(i32::MAX)], [Some(60), Some(60), Some(60)]);
    }
}
