//! Accounts, by the administrator.

use domain::{ids::AccountId, permission::Deed, place::PlaceCode, sign_in::check_password};
use office::table::parse_phone;
use platform::{
    act::{Op, Subject},
    db::column::Text,
    error::{OrRefuse as _, Stop},
};

use super::sign_in::hash_password;
use crate::identity::store::{self, account};

/// A new account, at the place whose administrator opens it.
#[derive(Clone)]
pub struct NewAccount {
    /// Sign-in name.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// Telephone number by which one may also sign in; may be empty.
    pub phone: String,
    /// First password; must be changed at the first sign-in unless `is_lasting`.
    pub password: String,
    /// Whether the first password may stay, which is so for `hongqi create-admin` and the demo.
    pub is_lasting: bool,
}

/// Opens an account.
///
/// # Errors
/// A refusal at `login`, `phone` or `new_password`.
pub async fn create_account(op: &Op, place: &PlaceCode, new: NewAccount) -> Result<AccountId, Stop> {
    op.permit(Deed::CreateAccount, place)?;
    check_password(&new.password, &new.login).or_refuse()?;
    let phone = parse_phone("手机号", &new.phone).map_err(|words| Stop::refused_at("phone", words))?;
    let hash = hash_password(new.password).await?;
    let keys = &op.floor.keys;
    let phone_index = phone.as_deref().map(|phone| keys.index(phone));
    let phone_sealed = phone.as_deref().map(|phone| keys.seal(phone)).transpose()?;
    let mut act = op.act().await?;
    if store::account_by_name(act.db(), &new.login, "").await?.is_some() {
        return Err(Stop::refused_at("login", "这个登录名已经有人使用，请换一个。"));
    }
    if let Some(index) = &phone_index
        && store::account_by_name(act.db(), "", index).await?.is_some()
    {
        return Err(Stop::refused_at("phone", "这个电话已经绑定了另一个账号，请核对。"));
    }
    let id: AccountId = act.new_id();
    let account = account::Model {
        id: Text(id),
        login: new.login,
        name: new.name,
        phone_sealed,
        phone_index,
        password_hash: hash,
        is_first_password: !new.is_lasting,
        totp_sealed: None,
        totp_step: 0,
        failures: 0,
        locked_until: None,
        epoch: 0,
        is_closed: false,
        home: Some(Text(place.clone())),
        version: 0,
    };
    store::insert_account(act.db(), account).await?;
    act.record(Deed::CreateAccount, &Subject::new("account", id, place), serde_json::json!({})).await?;
    act.commit().await?;
    Ok(id)
}

/// Gives an account a first password anew; its sessions end, its lock is lifted, and its second factor is switched off: who has
/// lost the telephone could never come in again, and sets up another one.
///
/// # Errors
/// A refusal at `new_password`; [`Stop::Missing`] when there is no such account in reach.
pub async fn reset_password(op: &Op, id: AccountId, password: String) -> Result<(), Stop> {
    let account = store::account(op.reader(), id).await?.ok_or(Stop::Missing)?;
    let place = super::offices::home_of(op, id).await?;
    op.permit(Deed::ResetPassword, &place)?;
    check_password(&password, &account.login).or_refuse()?;
    let hash = hash_password(password).await?;
    let mut act = op.act().await?;
    let mut account = account;
    account.password_hash = hash;
    account.is_first_password = true;
    account.failures = 0;
    account.locked_until = None;
    let had_second_factor = account.totp_sealed.take().is_some();
    account.totp_step = 0;
    account.epoch += 1;
    store::save_account(act.db(), account).await?;
    let body = if had_second_factor { serde_json::json!({ "second_factor": false }) } else { serde_json::json!({}) };
    act.record(Deed::ResetPassword, &Subject::new("account", id, &place), body).await?;
    act.commit().await
}
