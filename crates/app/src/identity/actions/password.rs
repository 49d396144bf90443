//! One's own password and sessions.

use domain::{
    permission::Deed,
    sign_in::{WeakPassword, check_password},
};
use platform::{
    act::{Op, Subject},
    error::{OrRefuse as _, Stop},
};

use super::sign_in::{hash_password, is_password};
use crate::identity::store;

/// Changes one's own password; every other session of the account ends. Answers with the new epoch.
///
/// # Errors
/// A refusal at `old_password` or `new_password`.
pub async fn change_password(op: &Op, old: String, new: String) -> Result<i32, Stop> {
    let officer = op.actor.officer()?;
    op.permit(Deed::ChangePassword, &officer.office.place)?;
    let account = store::account(op.reader(), officer.account).await?.ok_or(Stop::Missing)?;
    check_password(&new, &account.login).or_refuse()?;
    if old == new {
        return Err(WeakPassword::Same).or_refuse();
    }
    if !is_password(old, Some(account.password_hash.clone())).await? {
        return Err(Stop::refused_at("old_password", "原密码不对，请重新填写。"));
    }
    let hash = hash_password(new).await?;
    let mut act = op.act().await?;
    let mut account = account;
    account.password_hash = hash;
    account.is_first_password = false;
    account.epoch += 1;
    let epoch = account.epoch;
    store::save_account(act.db(), account).await?;
    let subject = Subject::new("account", officer.account, &officer.office.place);
    act.record(Deed::ChangePassword, &subject, serde_json::json!({})).await?;
    act.commit().await?;
    Ok(epoch)
}

/// Ends every session of one's own account.
///
/// # Errors
/// [`Stop::SignedOut`] when nobody is signed in.
pub async fn sign_out_everywhere(op: &Op) -> Result<(), Stop> {
    let officer = op.actor.officer()?;
    op.permit(Deed::SignOut, &officer.office.place)?;
    let mut act = op.act().await?;
    let mut account = store::account(act.db(), officer.account).await?.ok_or(Stop::Missing)?;
    account.epoch += 1;
    store::save_account(act.db(), account).await?;
    let subject = Subject::new("account", officer.account, &officer.office.place);
    act.record(Deed::SignOut, &subject, serde_json::json!({ "everywhere": true })).await?;
    act.commit().await
}
