//! A county for a story: a fresh database, a clock to set, and officers sworn in through the same deeds as everywhere.

use std::sync::atomic::{AtomicU32, Ordering};

use app::identity::{NewAccount, NewOffice, create_account, grant_office};
use axum::Router;
use domain::{clock::Instant, ids::OfficeId, permission::OfficeKind, place::PlaceCode};
use jiff::civil::{Date, date};
use platform::{
    act::Op,
    actor::{Actor, Office, Officer},
    clock::Clock,
    config::Config,
    db::migrate::migrate,
    floor::Floor,
};
use sea_orm::{ConnectionTrait as _, Database};

use crate::client::Client;

/// The password of every account in the stories.
pub const PASSWORD: &str = "hongqi2022";
/// The workbook of the county.
pub const LEDGER: &[u8] = include_bytes!("../../../../data/小区党组织台账.xlsx");

/// Which database a story runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A county.
pub struct World {
    pub floor: Floor,
    pub router: Router,
    pub engine: Engine,
    accounts: AtomicU32,
    _folder: tempfile::TempDir,
}

pub fn code(text: &str) -> PlaceCode {
    text.parse().expect("a place code")
}

pub fn county() -> PlaceCode {
    code(app::places::COUNTY)
}

impl World {
    /// A county with its tree and nobody in it, on the morning of 2022-11-07.
    pub async fn open(engine: Engine) -> Self {
        let database_url = match engine {
            Engine::Sqlite => String::new(),
            Engine::Postgres => fresh_postgres().await,
        };
        Self::open_at(engine, database_url).await
    }

    /// The same over the database that `database_url` names; empty for a file in the world's own folder.
    pub async fn open_at(engine: Engine, database_url: String) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        // A story signs in dozens of officers from one address within a minute.
        let (data_dir, sign_ins_per_minute) = (folder.path().to_owned(), 0);
        let config = Config { data_dir, database_url, sign_ins_per_minute, ..Config::default() };
        let floor = Floor::open(config, Clock::demo(0)).await.expect("a floor");
        migrate::<app::modules::Schema>(&floor.db).await.expect("a schema");
        let world = Self { router: app::router(&floor), floor, engine, accounts: AtomicU32::new(0), _folder: folder };
        world.set_date(date(2022, 11, 7));
        world
    }

    /// The same county with the county's ledger imported.
    pub async fn import_ledger(&self) {
        let op = Op::new(&self.floor, Actor::System);
        let attempt = app::ledger::import_ledger_at_once(&op, &county(), "台账.xlsx", LEDGER.into()).await;
        assert!(matches!(attempt, Ok(app::ledger::Attempt::Done(_))), "the ledger is imported");
    }

    /// Nine in the morning of `day`.
    pub fn set_date(&self, day: Date) {
        let set = self.floor.clock.set(Instant::at(day.at(9, 0, 0, 0)));
        assert!(set.is_some(), "the clock of a story can be set");
        self.floor.changed();
    }

    /// Opens an account with one office, and answers with the officer.
    pub async fn swear_in(&self, kind: OfficeKind, place: &PlaceCode) -> (String, Officer) {
        self.swear_in_for(kind, place, date(2021, 1, 1), date(2026, 12, 31)).await
    }

    /// The same in a named body, such as a unit of the panel.
    pub async fn swear_in_for_organ(&self, kind: OfficeKind, place: &PlaceCode, organ: &str) -> (String, Officer) {
        self.swear_in_as(kind, place, organ, date(2021, 1, 1), date(2026, 12, 31)).await
    }

    /// The same for a term.
    pub async fn swear_in_for(
        &self,
        kind: OfficeKind,
        place: &PlaceCode,
        from: Date,
        until: Date,
    ) -> (String, Officer) {
        self.swear_in_as(kind, place, kind.label(), from, until).await
    }

    async fn swear_in_as(
        &self,
        kind: OfficeKind,
        place: &PlaceCode,
        organ: &str,
        from: Date,
        until: Date,
    ) -> (String, Officer) {
        let number = self.accounts.fetch_add(1, Ordering::Relaxed);
        let login = format!("user{number}");
        let op = Op::new(&self.floor, Actor::System);
        let account = NewAccount {
            login: login.clone(),
            name: format!("同志{number}"),
            phone: String::new(),
            password: PASSWORD.to_owned(),
            is_lasting: true,
        };
        let account = create_account(&op, place, account).await.expect("an account");
        let (organ, title) = (organ.to_owned(), format!("{} {number}", kind.label()));
        let office = NewOffice {
            account,
            kind,
            organ: organ.clone(),
            title: title.clone(),
            place: place.clone(),
            starts_on: from,
            ends_on: until,
        };
        let id: OfficeId = grant_office(&op, office).await.expect("an office");
        let office = Office { id, kind, organ, place: place.clone(), title };
        (login, Officer { account, name: format!("同志{number}"), office })
    }

    /// Gives a person one more office.
    pub async fn also(&self, person: &Officer, kind: OfficeKind, place: &PlaceCode) -> OfficeId {
        let office = NewOffice {
            account: person.account,
            kind,
            organ: kind.label().to_owned(),
            title: kind.label().to_owned(),
            place: place.clone(),
            starts_on: date(2021, 1, 1),
            ends_on: date(2026, 12, 31),
        };
        grant_office(&self.system(), office).await.expect("an office")
    }

    /// Opens another account of somebody's name.
    pub async fn also_called(&self, name: &str, kind: OfficeKind) {
        let (login, phone) = (format!("{}2", kind.code()), String::new());
        let password = PASSWORD.to_owned();
        let account = NewAccount { login, name: name.to_owned(), phone, password, is_lasting: true };
        let account = create_account(&self.system(), &county(), account).await.expect("an account");
        let officer = Officer {
            account,
            name: name.to_owned(),
            office: Office {
                id: uuid::Uuid::nil().into(),
                kind,
                organ: String::new(),
                place: county(),
                title: String::new(),
            },
        };
        self.also(&officer, kind, &county()).await;
    }

    /// A visitor's browser.
    pub fn visitor(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// The browser of a newly sworn-in officer, signed in.
    pub async fn officer(&self, kind: OfficeKind, place: &PlaceCode) -> Client {
        let (login, _) = self.swear_in(kind, place).await;
        let mut client = self.visitor();
        client.sign_in(&login, PASSWORD).await.expect(303);
        client
    }

    /// An operation by the system now.
    pub fn system(&self) -> Op {
        Op::new(&self.floor, Actor::System)
    }
}

/// A database of its own on the server that `make test` started.
pub async fn fresh_postgres() -> String {
    let server = std::env::var("HONGQI_TEST_POSTGRES").expect(
        "these stories need PostgreSQL: run `make test`, or `sh scripts/with-postgres.sh cargo test`, which start one",
    );
    let name = format!("it_{}", uuid::Uuid::now_v7().simple());
    let connection = Database::connect(format!("{server}/postgres")).await.expect("the server answers");
    connection.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("a database");
    connection.close().await.expect("closed");
    format!("{server}/{name}")
}
