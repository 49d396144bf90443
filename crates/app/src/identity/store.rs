//! The tables of accounts and offices. Nobody else touches them.

use domain::{
    clock::Instant,
    ids::{AccountId, OfficeId},
    permission::OfficeKind,
    place::PlaceCode,
};
use jiff::civil::Date;
use platform::{
    actor::Office,
    db::{
        column::{Int, Text},
        follow_place, holds, within,
    },
    error::Stop,
};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait as _, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter, QueryOrder, QuerySelect, QueryTrait as _, sea_query::Expr,
};

/// Accounts.
pub mod account {
    use super::{AccountId, Instant, Int, PlaceCode, Text};
    use sea_orm::entity::prelude::*;

    /// One person's way to sign in (账号).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "accounts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<AccountId>,
        pub login: String,
        pub name: String,
        pub phone_sealed: Option<String>,
        pub phone_index: Option<String>,
        pub password_hash: String,
        pub is_first_password: bool,
        pub totp_sealed: Option<String>,
        /// The half minute of the last code used, so that no code is good twice.
        pub totp_step: i64,
        /// Wrong passwords in a row.
        pub failures: i32,
        pub locked_until: Option<Int<Instant>>,
        /// Sessions of an earlier epoch have ended: this is how one signs out everywhere.
        pub epoch: i32,
        pub is_closed: bool,
        /// Where it was opened; unknown for the oldest.
        pub home: Option<Text<PlaceCode>>,
        pub version: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Offices.
pub mod office {
    use super::{AccountId, Date, Instant, Int, OfficeId, OfficeKind, PlaceCode, Text};
    use sea_orm::entity::prelude::*;

    /// One office held for a term (身份).
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "offices")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Text<OfficeId>,
        pub account_id: Text<AccountId>,
        pub kind: Text<OfficeKind>,
        pub organ: String,
        pub title: String,
        pub place: Text<PlaceCode>,
        pub starts_on: Text<Date>,
        /// Last day of the term.
        pub ends_on: Text<Date>,
        pub ended_at: Option<Int<Instant>>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        /// Its holder.
        #[sea_orm(belongs_to = "super::account::Entity", from = "Column::AccountId", to = "super::account::Column::Id")]
        Account,
    }

    impl Related<super::account::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Account.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}

    impl Model {
        /// Whether the term covers `today` and was not ended early.
        #[must_use]
        pub fn is_in_term(&self, today: Date) -> bool {
            self.ended_at.is_none() && self.starts_on.0 <= today && today <= self.ends_on.0
        }

        /// The office as it is acted under.
        #[must_use]
        pub fn to_office(&self) -> super::Office {
            super::Office {
                id: self.id.0,
                kind: self.kind.0,
                organ: self.organ.clone(),
                place: self.place.0.clone(),
                title: self.title.clone(),
            }
        }
    }
}

/// The account `id`.
pub async fn account(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<account::Model>, Stop> {
    Ok(account::Entity::find_by_id(Text(id)).one(db).await?)
}

/// The account `id`, which nobody else changes or gives an office meanwhile; an embedded database has one writer anyway.
pub async fn lock_account(db: &impl ConnectionTrait, id: AccountId) -> Result<Option<account::Model>, Stop> {
    Ok(account::Entity::find_by_id(Text(id)).lock_exclusive().one(db).await?)
}

/// The accounts of people called `name` who hold or held an office at or under `place`.
pub async fn accounts_called(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    name: &str,
) -> Result<Vec<account::Model>, Stop> {
    let found = office::Entity::find()
        .find_also_related(account::Entity)
        .filter(within(office::Column::Place, place))
        .filter(account::Column::Name.eq(name));
    Ok(found.all(db).await?.into_iter().filter_map(|(_, account)| account).collect())
}

/// The accounts `ids`.
pub async fn accounts_by_id(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = AccountId>,
) -> Result<Vec<account::Model>, Stop> {
    let found = account::Entity::find().filter(account::Column::Id.is_in(ids.into_iter().map(Text)));
    Ok(found.all(db).await?)
}

/// The account that signs in as `login`, or whose telephone number has `phone_index`.
pub async fn account_by_name(
    db: &impl ConnectionTrait,
    login: &str,
    phone_index: &str,
) -> Result<Option<account::Model>, Stop> {
    let either = account::Column::Login.eq(login).or(account::Column::PhoneIndex.eq(phone_index));
    Ok(account::Entity::find().filter(either).order_by_asc(account::Column::Id).one(db).await?)
}

/// Keeps a new account.
pub async fn insert_account(db: &impl ConnectionTrait, account: account::Model) -> Result<(), Stop> {
    account::Entity::insert(account.into_active_model().reset_all()).exec_without_returning(db).await?;
    Ok(())
}

/// Saves a changed account by the version that was read.
pub async fn save_account(db: &impl ConnectionTrait, mut account: account::Model) -> Result<(), Stop> {
    let (id, read) = (account.id, account.version);
    account.version += 1;
    let saved = account::Entity::update_many()
        .set(account.into_active_model().reset_all())
        .filter(account::Column::Id.eq(id))
        .filter(account::Column::Version.eq(read))
        .exec(db)
        .await?;
    platform::act::one_row(saved.rows_affected)
}

/// Every office an account ever held, oldest first.
pub async fn offices_of(db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<office::Model>, Stop> {
    let offices = office::Entity::find().filter(office::Column::AccountId.eq(Text(account)));
    Ok(offices.order_by_asc(office::Column::Id).all(db).await?)
}

/// Somebody in an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Incumbent {
    pub place: PlaceCode,
    pub account: AccountId,
    pub name: String,
}

/// Who holds offices of these kinds at or under a place today.
pub async fn incumbents(
    db: &impl ConnectionTrait,
    kinds: &[OfficeKind],
    place: &PlaceCode,
    today: Date,
) -> Result<Vec<Incumbent>, Stop> {
    let offices = office::Entity::find()
        .find_also_related(account::Entity)
        .filter(office::Column::Kind.is_in(kinds.iter().copied().map(Text)))
        .filter(within(office::Column::Place, place))
        .all(db)
        .await?;
    let held = offices.into_iter().filter(|(office, _)| office.is_in_term(today));
    let incumbent = |(office, account): (office::Model, Option<account::Model>)| {
        Some(Incumbent { place: office.place.0, account: office.account_id.0, name: account?.name })
    };
    Ok(held.filter_map(incumbent).collect())
}

/// Lets the offices at a place follow it to its new code.
pub async fn follow_move(db: &impl ConnectionTrait, from: &PlaceCode, to: &PlaceCode) -> Result<(), Stop> {
    Ok(follow_place::<office::Entity>(db, office::Column::Place, from, to).await?)
}

/// The office `id`.
pub async fn office(db: &impl ConnectionTrait, id: OfficeId) -> Result<Option<office::Model>, Stop> {
    Ok(office::Entity::find_by_id(Text(id)).one(db).await?)
}

/// Keeps a new office.
pub async fn insert_office(db: &impl ConnectionTrait, office: office::Model) -> Result<(), Stop> {
    office::Entity::insert(office.into_active_model().reset_all()).exec_without_returning(db).await?;
    Ok(())
}

/// Ends an office now, unless it has been ended before.
pub async fn end_office(db: &impl ConnectionTrait, id: OfficeId, now: Instant) -> Result<(), Stop> {
    let ended = office::Entity::update_many()
        .col_expr(office::Column::EndedAt, Expr::value(now.as_micros()))
        .filter(office::Column::Id.eq(Text(id)))
        .filter(office::Column::EndedAt.is_null())
        .exec(db)
        .await?;
    platform::act::one_row(ended.rows_affected)
}

/// Offices at or under `place` with their accounts, by place and identifier; only those whose holder or title contains
/// `asked`. Answers with their number in all.
pub async fn offices_under(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    asked: &str,
    offset: u64,
    most: u64,
) -> Result<(Vec<(office::Model, account::Model)>, u64), Stop> {
    let mut select =
        office::Entity::find().find_also_related(account::Entity).filter(within(office::Column::Place, place));
    if !asked.is_empty() {
        let named = holds(account::Column::Name, asked).or(holds(account::Column::Login, asked));
        select = select.filter(named.or(holds(office::Column::Title, asked)));
    }
    let total = select.clone().count(db).await?;
    let rows = select
        .order_by_asc(office::Column::Place)
        .order_by_asc(office::Column::Id)
        .offset(offset)
        .limit(most)
        .all(db)
        .await?;
    Ok((rows.into_iter().filter_map(|(office, account)| Some((office, account?))).collect(), total))
}

/// Accounts opened at or under `place` that never had an office, by name; only those whose name or sign-in name contains `asked`.
pub async fn accounts_without_office(
    db: &impl ConnectionTrait,
    place: &PlaceCode,
    asked: &str,
    most: u64,
) -> Result<Vec<account::Model>, Stop> {
    let office = office::Entity::find().select_only().column(office::Column::AccountId).into_query();
    let here = within(account::Column::Home, place).or(account::Column::Home.is_null());
    let mut select = account::Entity::find().filter(here).filter(account::Column::Id.not_in_subquery(office));
    if !asked.is_empty() {
        select = select.filter(holds(account::Column::Name, asked).or(holds(account::Column::Login, asked)));
    }
    Ok(select.order_by_asc(account::Column::Name).order_by_asc(account::Column::Id).limit(most).all(db).await?)
}

/// Offices in term on `today`, by place and identifier; for the demo's sign-in page.
pub async fn offices_in_term(db: &impl ConnectionTrait, today: Date) -> Result<Vec<office::Model>, Stop> {
    let in_term = office::Entity::find()
        .filter(office::Column::EndedAt.is_null())
        .filter(office::Column::StartsOn.lte(Text(today)))
        .filter(office::Column::EndsOn.gte(Text(today)))
        .order_by_asc(office::Column::Place)
        .order_by_asc(office::Column::Id);
    Ok(in_term.all(db).await?)
}

/// The offices `ids` with their accounts, in term or not.
pub async fn offices_by_id(
    db: &impl ConnectionTrait,
    ids: Vec<OfficeId>,
) -> Result<Vec<(office::Model, account::Model)>, Stop> {
    let ids: Vec<Text<OfficeId>> = ids.into_iter().map(Text).collect();
    let offices = office::Entity::find().filter(office::Column::Id.is_in(ids)).all(db).await?;
    let ids: Vec<Text<AccountId>> = offices.iter().map(|office| office.account_id).collect();
    let accounts = account::Entity::find().filter(account::Column::Id.is_in(ids)).all(db).await?;
    let holder = |office: office::Model| {
        let account = accounts.iter().find(|account| account.id == office.account_id)?.clone();
        Some((office, account))
    };
    Ok(offices.into_iter().filter_map(holder).collect())
}

/// Whether there is any account.
pub async fn has_accounts(db: &impl ConnectionTrait) -> Result<bool, Stop> {
    Ok(account::Entity::find().limit(1).one(db).await?.is_some())
}
