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

/// Digits of a one-time code.
pub const CODE_DIGITS: usize = 6;
/// Minutes for which a one-time code is good.
pub const CODE_MINUTES: i64 = 5;
/// Seconds between two codes to one person.
pub const CODE_SECONDS: i64 = 60;
/// Codes to one person in a day.
pub const CODES_A_DAY: usize = 10;
/// Wrong guesses at one code.
pub const CODE_TRIES: i32 = 5;
/// Days for which a link that a branch hands out is good.
pub const LINK_DAYS: i64 = 7;

/// Why a one-time code or link is refused. Whether somebody is in a roll is never told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeRefusal {
    /// Too soon after the last one, or too many in a day.
    #[error("验证码要得太频繁了，请过一会儿再试；着急的可以向支部要一次性链接")]
    TooOften,
    /// Wrong, used, or too old.
    #[error("验证码不对或者已经过期，请核对，或重新获取")]
    WrongCode,
    /// A link that was used, or is too old.
    #[error("这个链接已经用过或者过期了，请向支部再要一个")]
    UsedLink,
}

impl Refusal for CodeRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::TooOften | Self::UsedLink => "",
            Self::WrongCode => "code",
        }
    }
}

/// Whether another code may be sent at `now` to who was sent one at each of `sent` today.
///
/// # Errors
/// [`CodeRefusal::TooOften`] within a minute of the last one, and after ten in a day.
pub fn check_code_request(sent: &[Instant], now: Instant) -> Result<(), CodeRefusal> {
    let is_soon = sent.iter().any(|at| at.plus_micros(CODE_SECONDS * 1_000_000) > now);
    if is_soon || sent.len() >= CODES_A_DAY { Err(CodeRefusal::TooOften) } else { Ok(()) }
}

/// Six digits from random bytes.
#[must_use]
pub fn one_time_code(random: [u8; 8]) -> String {
    format!("{:06}", u64::from_be_bytes(random) % 1_000_000)
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
    fn codes_are_not_sent_one_after_the_other() {
        let at = |seconds: i64| Instant::from_micros(seconds * 1_000_000);
        assert_eq!(check_code_request(&[], at(0)), Ok(()));
        assert_eq!(check_code_request(&[at(0)], at(59)), Err(CodeRefusal::TooOften));
        assert_eq!(check_code_request(&[at(0)], at(60)), Ok(()));
        let ten: Vec<Instant> = (0..10).map(|minute| at(minute * 60)).collect();
        assert_eq!(check_code_request(&ten, at(36_000)), Err(CodeRefusal::TooOften));
        assert_eq!(one_time_code([0, 0, 0, 0, 0, 0, 0, 7]), "000007");
    }

    #[test]
    fn waiting_doubles_up_to_an_hour() {
        let now = Instant::from_micros(0);
        let minutes = |failures| locked_until(failures, now).map(|until| until.as_micros() / 60_000_000);
        assert_eq!([minutes(4), minutes(5), minutes(6), minutes(8)], [None, Some(1), Some(2), Some(8)]);
        assert_eq!([minutes(11), minutes(500), minutes(i32::MAX)], [Some(60), Some(60), Some(60)]);
    }
}
