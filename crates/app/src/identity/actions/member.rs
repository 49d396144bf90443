//! The account and the office under which a member acts for themselves.

use domain::{
    ids::{AccountId, OfficeId},
    permission::{Deed, OfficeKind},
    place::PlaceCode,
};
use jiff::{ToSpan as _, civil::Date};
use platform::{
    act::{Act, Subject},
    db::column::Text,
    error::Stop,
};

use crate::identity::store::{self, account, office};

/// No password fits it: members sign in by a one-time code or link.
const NO_PASSWORD: &str = "!";
/// Years of the office; it ends when the registration does.
const YEARS: i16 = 5;

/// Seats a member: the account they had or a new one, with one office at `branch` and none elsewhere. An account of this kind
/// holds no other office, so that a code by telephone never opens an officer's desk.
///
/// # Errors
/// When the database fails.
pub async fn seat_member(
    act: &mut Act<'_>,
    known: Option<AccountId>,
    name: &str,
    branch: &PlaceCode,
    branch_name: &str,
) -> Result<(AccountId, OfficeId), Stop> {
    let today = act.now().date();
    let known = match known {
        Some(id) => store::account(act.db(), id).await?.filter(|account| account.password_hash == NO_PASSWORD),
        None => None,
    };
    let account = match known {
        Some(account) => account.id.0,
        None => open(act, name).await?,
    };
    let mut seat = None;
    for held in store::offices_of(act.db(), account).await?.into_iter().filter(|held| held.is_in_term(today)) {
        if held.kind.0 != OfficeKind::Member {
            continue;
        }
        if held.place.0 == *branch {
            seat = Some(held.id.0);
        } else {
            store::end_office(act.db(), held.id.0, act.now()).await?;
        }
    }
    let office = match seat {
        Some(office) => office,
        None => grant(act, account, branch, branch_name, today).await?,
    };
    let body = serde_json::json!({ "succeeded": true, "office": office });
    act.record(Deed::SignIn, &Subject::new("account", account, branch), body).await?;
    Ok((account, office))
}

/// The office of a member at `branch` ends with the registration there.
///
/// # Errors
/// When the database fails.
pub async fn unseat_member(act: &mut Act<'_>, account: AccountId, branch: &PlaceCode) -> Result<(), Stop> {
    let today = act.now().date();
    let held = store::offices_of(act.db(), account).await?;
    let is_ones = |held: &office::Model| held.kind.0 == OfficeKind::Member && held.place.0 == *branch;
    end_sessions(act, account).await?;
    for held in held.into_iter().filter(|held| held.is_in_term(today) && is_ones(held)) {
        store::end_office(act.db(), held.id.0, act.now()).await?;
        let subject = Subject::new("office", held.id.0, branch);
        act.record(Deed::EndOffice, &subject, serde_json::json!({})).await?;
    }
    Ok(())
}

/// Ends every session of an account: who signed in with it before signs in anew.
///
/// # Errors
/// When the database fails.
pub async fn end_sessions(act: &Act<'_>, account: AccountId) -> Result<(), Stop> {
    if let Some(mut account) = store::account(act.db(), account).await? {
        account.epoch += 1;
        store::save_account(act.db(), account).await?;
    }
    Ok(())
}

async fn open(act: &Act<'_>, name: &str) -> Result<AccountId, Stop> {
    let id: AccountId = act.new_id();
    let row = account::Model {
        id: Text(id),
        login: format!("member-{id}"),
        name: name.to_owned(),
        phone_sealed: None,
        phone_index: None,
        password_hash: NO_PASSWORD.to_owned(),
        is_first_password: false,
        totp_sealed: None,
        totp_step: 0,
        failures: 0,
        locked_until: None,
        epoch: 0,
        is_closed: false,
        home: None,
        version: 0,
    };
    store::insert_account(act.db(), row).await?;
    Ok(id)
}

async fn grant(
    act: &Act<'_>,
    account: AccountId,
    branch: &PlaceCode,
    branch_name: &str,
    today: Date,
) -> Result<OfficeId, Stop> {
    let id: OfficeId = act.new_id();
    let row = office::Model {
        id: Text(id),
        account_id: Text(account),
        kind: Text(OfficeKind::Member),
        organ: branch_name.to_owned(),
        title: format!("{branch_name} 党员"),
        place: Text(branch.clone()),
        starts_on: Text(today),
        ends_on: Text(today.checked_add(YEARS.years()).unwrap_or(Date::MAX)),
        ended_at: None,
    };
    store::insert_office(act.db(), row).await?;
    Ok(id)
}
