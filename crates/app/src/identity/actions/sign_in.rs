//! Signing in.

use ::office::table::parse_phone;
use domain::{clock::Instant, permission::Deed, refusal::Refusal, sign_in::locked_until};
use platform::{
    act::{Act, Op, Subject},
    error::{OrRefuse as _, Stop},
};

use super::second_factor::{CodeCheck, check_code};
use crate::identity::store::{self, account, office};

/// What a person types to sign in.
#[derive(Clone)]
pub struct Credentials {
    /// Sign-in name or telephone number.
    pub name: String,
    /// Password.
    pub password: String,
    /// The six digits of the second factor; empty when none is set up.
    pub code: String,
}

/// Why a person is not let in. Whether the name exists is never told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignInRefusal {
    /// Wrong name or password, or a closed account.
    #[error("登录名或密码不对，请核对后再试；忘记密码请联系系统管理员重置")]
    Wrong,
    /// Too many failures.
    #[error("密码错误次数过多，请在{0}之后再试")]
    Locked(Instant),
    /// The second factor is missing or wrong.
    #[error("请填写动态口令应用上当前的 6 位数字")]
    Code,
    /// No office is in its term.
    #[error("您的账号目前没有在任期内的身份，请联系系统管理员")]
    NoOffice,
}

impl Refusal for SignInRefusal {
    fn field(&self) -> &'static str {
        match self {
            Self::Code => "code",
            Self::Wrong | Self::Locked(_) | Self::NoOffice => "",
        }
    }
}

/// Checks the credentials and answers with the account and its offices in term. Failures are counted and recorded.
///
/// # Errors
/// [`SignInRefusal`] in words.
pub async fn sign_in(op: &Op, credentials: Credentials) -> Result<(account::Model, Vec<office::Model>), Stop> {
    let found = account_of(op, &credentials.name).await?;
    let known = found.filter(|account| !account.is_closed);
    if let Some(until) = known.as_ref().and_then(|account| account.locked_until).filter(|until| until.0 > op.now()) {
        return Err(SignInRefusal::Locked(until.0)).or_refuse();
    }
    let hash = known.as_ref().map(|account| account.password_hash.clone());
    let is_right = is_password(credentials.password, hash).await?;
    let Some(account) = known else {
        return Err(SignInRefusal::Wrong).or_refuse();
    };
    let offices = store::offices_of(op.reader(), account.id.0).await?;
    let verdict = if !is_right {
        Err(SignInRefusal::Wrong)
    } else {
        match check_code(op, &account, &credentials.code)? {
            CodeCheck::NotNeeded => Ok(None),
            CodeCheck::Step(step) => Ok(Some(step)),
            CodeCheck::Wrong => Err(SignInRefusal::Code),
        }
    };
    let in_term: Vec<_> = offices.iter().filter(|office| office.is_in_term(op.now().date())).cloned().collect();
    let place = in_term.first().or(offices.first()).map(|office| office.place.0.clone());
    let mut act = op.act().await?;
    // Read again inside the door: two wrong guesses at once must both count, and one code is good for one of two.
    let mut account = store::account(act.db(), account.id.0).await?.ok_or(Stop::Missing)?;
    let verdict = match verdict {
        Ok(Some(step)) if step <= account.totp_step => Err(SignInRefusal::Code),
        verdict => verdict,
    };
    count(&mut account, &act, verdict);
    store::save_account(act.db(), account.clone()).await?;
    let subject = Subject::new("account", account.id.0, place.as_ref());
    act.record(Deed::SignIn, &subject, serde_json::json!({ "succeeded": verdict.is_ok() })).await?;
    act.commit().await?;
    verdict.or_refuse()?;
    if in_term.is_empty() {
        return Err(SignInRefusal::NoOffice).or_refuse();
    }
    Ok((account, in_term))
}

/// The account of a sign-in name or a telephone number, however its digits are grouped.
async fn account_of(op: &Op, name: &str) -> Result<Option<account::Model>, Stop> {
    let phone = parse_phone("登录名", name).ok().flatten();
    let index = |phone: &str| op.floor.keys.index(phone);
    if let Some(found) = store::account_by_name(op.reader(), name, &index(phone.as_deref().unwrap_or(name))).await? {
        return Ok(Some(found));
    }
    // Numbers that were kept before they were put in one form are found as they were typed then.
    store::account_by_name(op.reader(), "", &index(name)).await
}

fn count(account: &mut account::Model, act: &Act<'_>, verdict: Result<Option<i64>, SignInRefusal>) {
    if let Ok(step) = verdict {
        account.failures = 0;
        account.locked_until = None;
        account.totp_step = step.unwrap_or(account.totp_step);
    } else {
        account.failures = account.failures.saturating_add(1);
        account.locked_until = locked_until(account.failures, act.now()).map(platform::db::column::Int);
    }
}

/// Compares in a thread of its own, because argon2id is slow on purpose. An unknown name takes as long as a known one.
pub(super) async fn is_password(password: String, hash: Option<String>) -> Result<bool, Stop> {
    let compared = tokio::task::spawn_blocking(move || match hash {
        Some(hash) => password_auth::verify_password(password, &hash).is_ok(),
        None => {
            drop(password_auth::generate_hash(password));
            false
        }
    });
    compared.await.map_err(|error| Stop::Fault(error.into()))
}

/// Hashes in a thread of its own.
pub(super) async fn hash_password(password: String) -> Result<String, Stop> {
    let hashed = tokio::task::spawn_blocking(move || password_auth::generate_hash(password));
    hashed.await.map_err(|error| Stop::Fault(error.into()))
}
