//! The second factor (动态口令): a time-based code from an app on the phone.

use domain::{permission::Deed, refusal::Refusal};
use platform::{
    act::{Op, Subject},
    clock::Clock,
    error::{OrRefuse as _, Stop},
};
use totp_rs::{Builder, Secret, Totp};

use crate::identity::store::{self, account};

/// Why the second factor was not switched on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("动态口令不对，请确认手机时间准确，并填写应用上当前的 6 位数字")]
pub struct WrongCode;

impl Refusal for WrongCode {
    fn field(&self) -> &'static str {
        "code"
    }
}

/// A fresh secret and the address an authenticator app reads it from. Nothing is kept until it is confirmed.
///
/// # Errors
/// [`Stop::SignedOut`] when nobody is signed in.
pub fn new_second_factor(op: &Op) -> Result<(String, String), Stop> {
    let officer = op.actor.officer()?;
    let secret = Secret::generate().to_base32();
    let address = totp(&secret, &officer.name)?.to_url().map_err(|error| Stop::fault(error.to_string()))?;
    Ok((secret, address))
}

/// Switches the second factor on, once the person has shown that the app knows the secret.
///
/// # Errors
/// [`WrongCode`] in words.
pub async fn confirm_second_factor(op: &Op, secret: &str, code: &str) -> Result<(), Stop> {
    let officer = op.actor.officer()?;
    let step = totp(secret, &officer.name).ok().and_then(|totp| totp.check(code, seconds()));
    let Some(step) = step.and_then(|step| i64::try_from(step).ok()) else {
        return Err(WrongCode).or_refuse();
    };
    let sealed = op.floor.keys.seal(secret)?;
    keep(op, Some((sealed, step))).await
}

/// Switches the second factor off.
///
/// # Errors
/// [`Stop::SignedOut`] when nobody is signed in.
pub async fn drop_second_factor(op: &Op) -> Result<(), Stop> {
    keep(op, None).await
}

/// Keeps the sealed secret, with the half minute of the code that is used up by confirming it; or nothing any more.
async fn keep(op: &Op, confirmed: Option<(String, i64)>) -> Result<(), Stop> {
    let officer = op.actor.officer()?;
    op.permit(Deed::SetSecondFactor, &officer.office.place)?;
    let mut act = op.act().await?;
    let mut account = store::account(act.db(), officer.account).await?.ok_or(Stop::Missing)?;
    let is_on = confirmed.is_some();
    let (sealed, step) = confirmed.unzip();
    account.totp_sealed = sealed;
    account.totp_step = step.unwrap_or(0);
    store::save_account(act.db(), account).await?;
    let subject = Subject::new("account", officer.account, &officer.office.place);
    act.record(Deed::SetSecondFactor, &subject, serde_json::json!({ "is_on": is_on })).await?;
    act.commit().await
}

/// What a code typed at the door is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CodeCheck {
    /// The account has no second factor.
    NotNeeded,
    /// Right, and of this half minute.
    Step(i64),
    /// Wrong, missing, or used before.
    Wrong,
}

/// Checks `code` for an account now. A code is good once, so the half minute it belongs to must be a later one than the last.
pub(super) fn check_code(op: &Op, account: &account::Model, code: &str) -> Result<CodeCheck, Stop> {
    let Some(sealed) = &account.totp_sealed else {
        return Ok(CodeCheck::NotNeeded);
    };
    let secret = op.floor.keys.open(sealed)?;
    let step = totp(&secret, &account.login)?.check(code, seconds()).and_then(|step| i64::try_from(step).ok());
    Ok(step.filter(|step| *step > account.totp_step).map_or(CodeCheck::Wrong, CodeCheck::Step))
}

/// The phone's time is that of the world, whatever date a demo shows.
fn seconds() -> u64 {
    u64::try_from(Clock::system().now().as_micros() / 1_000_000).unwrap_or(0)
}

fn totp(secret: &str, name: &str) -> Result<Totp, Stop> {
    let secret =
        Secret::try_from_base32(secret).map_err(|_| Stop::refused_at("code", "密钥不完整，请重新开始设置。"))?;
    let label: String = name.chars().filter(|c| *c != ':').collect();
    let totp = Builder::new().with_secret(secret).with_account_name(label).with_issuer(Some("红旗")).build();
    totp.map_err(|error| Stop::fault(error.to_string()))
}
