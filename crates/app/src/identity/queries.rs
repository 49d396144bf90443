//! What others may ask of identity.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    clock::chinese_date,
    ids::{AccountId, OfficeId},
    permission::OfficeKind,
    place::PlaceCode,
};
use jiff::civil::Date;
use platform::{act::Op, error::Stop};
use sea_orm::ConnectionTrait;

use super::{actions::home_of, store};

/// An office with its holder, for lists.
#[derive(Debug, Clone)]
pub struct Holding {
    /// The office.
    pub office: OfficeId,
    /// The holder's account.
    pub account: AccountId,
    /// The holder's name.
    pub name: String,
    /// The holder's sign-in name.
    pub login: String,
    /// Title of the office.
    pub title: String,
    /// Kind of office.
    pub kind: OfficeKind,
    /// Its place.
    pub place: PlaceCode,
    /// First day of the term.
    pub starts_on: Date,
    /// Last day of the term.
    pub ends_on: Date,
    has_ended: bool,
}

impl Holding {
    fn of(office: &store::office::Model, account: &store::account::Model) -> Self {
        Self {
            office: office.id.0,
            account: account.id.0,
            name: account.name.clone(),
            login: account.login.clone(),
            title: office.title.clone(),
            kind: office.kind.0,
            place: office.place.0.clone(),
            starts_on: office.starts_on.0,
            ends_on: office.ends_on.0,
            has_ended: office.ended_at.is_some(),
        }
    }

    /// The term in words.
    #[must_use]
    pub fn term(&self) -> String {
        format!("{}至{}", chinese_date(self.starts_on), chinese_date(self.ends_on))
    }

    /// Whether it may be acted under on `today`.
    #[must_use]
    pub fn is_in_term(&self, today: &Date) -> bool {
        !self.has_ended && self.starts_on <= *today && *today <= self.ends_on
    }
}

/// An account with its offices.
#[derive(Debug, Clone)]
pub struct Account {
    /// Identifier.
    pub id: AccountId,
    /// The person's name.
    pub name: String,
    /// Sign-in name.
    pub login: String,
    /// Where it is administered.
    pub home: PlaceCode,
    /// Its offices, oldest first.
    pub holdings: Vec<Holding>,
}

/// The account `id`; the caller asks permission at its `home`.
///
/// # Errors
/// [`Stop::Missing`] when there is none.
pub async fn account(op: &Op, id: AccountId) -> Result<Account, Stop> {
    let account = store::account(op.reader(), id).await?.ok_or(Stop::Missing)?;
    let home = home_of(op, id).await?;
    let offices = store::offices_of(op.reader(), id).await?;
    let holdings = offices.iter().map(|office| Holding::of(office, &account)).collect();
    Ok(Account { id, name: account.name, login: account.login, home, holdings })
}

/// Offices at or under `place` whose holder or title contains `asked`, with their number in all.
///
/// # Errors
/// When the database cannot be read.
pub async fn holdings(
    op: &Op,
    place: &PlaceCode,
    asked: &str,
    offset: u64,
    most: u64,
) -> Result<(Vec<Holding>, u64), Stop> {
    let (rows, total) = store::offices_under(op.reader(), place, asked, offset, most).await?;
    Ok((rows.iter().map(|(office, account)| Holding::of(office, account)).collect(), total))
}

/// Sign-in name and name of an account that has no office yet.
#[derive(Debug, Clone)]
pub struct Unseated {
    /// The account.
    pub id: AccountId,
    /// Sign-in name.
    pub login: String,
    /// The person's name.
    pub name: String,
}

/// Accounts opened at or under `place` that never had an office, as far as they are called `asked`; `most` of them.
///
/// # Errors
/// When the database cannot be read.
pub async fn unseated(op: &Op, place: &PlaceCode, asked: &str, most: u64) -> Result<Vec<Unseated>, Stop> {
    let found = store::accounts_without_office(op.reader(), place, asked, most).await?;
    let unseated = |it: store::account::Model| Unseated { id: it.id.0, login: it.login, name: it.name };
    Ok(found.into_iter().map(unseated).collect())
}

/// The account that somebody means by a sign-in name, or by a name that only one holder of an office at or under `within` has.
///
/// # Errors
/// A refusal at `account` when there is none, or there are several.
pub async fn account_meant(op: &Op, within: &PlaceCode, typed: &str) -> Result<AccountId, Stop> {
    if let Some(account) = account_by_login(op, typed).await? {
        return Ok(account);
    }
    let called = store::accounts_called(op.reader(), within, typed).await?;
    let named: BTreeMap<AccountId, &str> = called.iter().map(|it| (it.id.0, it.login.as_str())).collect();
    match named.len() {
        1 => named.into_keys().next().ok_or(Stop::Missing),
        0 => Err(Stop::refused_at("account", "没有这个姓名或登录名，请核对。")),
        _ => {
            let logins: Vec<&str> = named.into_values().collect();
            let words = format!("有几位同志叫“{typed}”，请填写登录名：{}。", logins.join("、"));
            Err(Stop::refused_at("account", words))
        }
    }
}

/// Whether the account in use has a second factor.
///
/// # Errors
/// [`Stop::SignedOut`] when nobody is signed in.
pub async fn has_second_factor(op: &Op) -> Result<bool, Stop> {
    let account = store::account(op.reader(), op.actor.officer()?.account).await?.ok_or(Stop::Missing)?;
    Ok(account.totp_sealed.is_some())
}

/// `title name` of the holders of the offices `ids`, by identifier.
///
/// # Errors
/// When the database cannot be read.
pub async fn holders(db: &impl ConnectionTrait, ids: Vec<OfficeId>) -> Result<BTreeMap<String, String>, Stop> {
    let offices = store::offices_by_id(db, ids).await?;
    Ok(offices
        .into_iter()
        .map(|(office, account)| (office.id.0.to_string(), format!("{} {}", office.title, account.name)))
        .collect())
}

/// The names of the holders of `accounts`, by identifier.
///
/// # Errors
/// When the database cannot be read.
pub async fn names(db: &impl ConnectionTrait, accounts: BTreeSet<AccountId>) -> Result<BTreeMap<String, String>, Stop> {
    if accounts.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found = store::accounts_by_id(db, accounts).await?;
    Ok(found.into_iter().map(|account| (account.id.0.to_string(), account.name)).collect())
}

/// Whether anybody could sign in at all.
///
/// # Errors
/// When the database cannot be read.
pub async fn has_accounts(db: &impl ConnectionTrait) -> Result<bool, Stop> {
    store::has_accounts(db).await
}

/// The account that signs in as `login`.
///
/// # Errors
/// When the database cannot be read.
async fn account_by_login(op: &Op, login: &str) -> Result<Option<AccountId>, Stop> {
    Ok(store::account_by_name(op.reader(), login, "").await?.map(|account| account.id.0))
}
