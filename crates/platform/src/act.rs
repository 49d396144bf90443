//! The write door: the only way to change what the modules own.
//!
//! A deed is one transaction with at least one record. [`Op::act`] opens it, [`Act::commit`] closes it and refuses when
//! nothing was recorded; an [`Act`] that is dropped leaves nothing behind.

use domain::{
    clock::Instant,
    ids::{AccountId, Id, JobId, OfficeId},
    permission::Deed,
    place::PlaceCode,
};
use sea_orm::{DatabaseConnection, DatabaseTransaction};
use serde::Serialize;
use uuid::Uuid;

use crate::{
    actor::{Actor, Office, Officer},
    audit,
    error::Stop,
    floor::Floor,
    jobs,
};

/// One operation: who acts, on what floor. Made for each request, job or command.
#[derive(Debug, Clone)]
pub struct Op {
    /// The floor everything stands on.
    pub floor: Floor,
    /// Who acts.
    pub actor: Actor,
    now: Instant,
}

impl Op {
    /// An operation by `actor` at the floor's present time.
    #[must_use]
    pub fn new(floor: &Floor, actor: Actor) -> Self {
        Self { floor: floor.clone(), actor, now: floor.clock.now() }
    }

    /// An operation at another time: how the demo plays a past year through the doors that everyone uses.
    #[must_use]
    pub fn at(floor: &Floor, actor: Actor, now: Instant) -> Self {
        Self { floor: floor.clone(), actor, now }
    }

    /// The same by nobody in particular: what is said over the net is taken as from anyone, whoever happens to be signed in, so that
    /// the record cannot tell who it was.
    #[must_use]
    pub fn as_visitor(&self) -> Self {
        Self { actor: Actor::Visitor, ..self.clone() }
    }

    /// When this operation happens. One operation has one time.
    #[must_use]
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// For queries.
    #[must_use]
    pub const fn reader(&self) -> &DatabaseConnection {
        self.floor.db.reader()
    }

    /// See [`Actor::permit`].
    ///
    /// # Errors
    /// As [`Actor::permit`].
    pub fn permit(&self, deed: Deed, place: &PlaceCode) -> Result<(), Stop> {
        self.actor.permit(deed, place)
    }

    /// See [`Actor::can`].
    #[must_use]
    pub fn can(&self, deed: Deed, place: &PlaceCode) -> bool {
        self.actor.can(deed, place)
    }

    /// Opens the write door.
    ///
    /// # Errors
    /// [`Stop::Away`] when the database cannot be reached.
    pub async fn act(&self) -> Result<Act<'_>, Stop> {
        let transaction = self.floor.db.begin().await?;
        Ok(Act { op: self, transaction, records: 0, has_ordered: false })
    }
}

/// What a deed was done to, for the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject<'a> {
    /// The kind of thing, in snake case: `application`, `season`, `notice` …
    pub kind: &'static str,
    /// Its identifier.
    pub id: String,
    /// Where it lies; `None` for what lies in no county, such as an account without an office.
    pub place: Option<&'a PlaceCode>,
}

impl<'a> Subject<'a> {
    /// The subject `kind` with `id` at `place`.
    pub fn new(kind: &'static str, id: impl ToString, place: impl Into<Option<&'a PlaceCode>>) -> Self {
        Self { kind, id: id.to_string(), place: place.into() }
    }
}

/// An open deed.
#[derive(Debug)]
pub struct Act<'op> {
    op: &'op Op,
    transaction: DatabaseTransaction,
    records: u32,
    has_ordered: bool,
}

impl Act<'_> {
    /// The transaction, for stores.
    #[must_use]
    pub const fn db(&self) -> &DatabaseTransaction {
        &self.transaction
    }

    /// When the deed happens.
    #[must_use]
    pub const fn now(&self) -> Instant {
        self.op.now
    }

    /// The floor, for its keys and calendar.
    #[must_use]
    pub const fn floor(&self) -> &Floor {
        &self.op.floor
    }

    /// Who acts.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.op.actor
    }

    /// The officer who acts.
    ///
    /// # Errors
    /// [`Stop::SignedOut`] when it is a visitor.
    pub const fn officer(&self) -> Result<&Officer, Stop> {
        self.op.actor.officer()
    }

    /// The acting account, if there is one.
    #[must_use]
    pub const fn account(&self) -> Option<AccountId> {
        match &self.op.actor {
            Actor::Officer(officer) => Some(officer.account),
            Actor::Visitor | Actor::System => None,
        }
    }

    /// The acting office, if there is one.
    #[must_use]
    pub const fn office(&self) -> Option<&Office> {
        match &self.op.actor {
            Actor::Officer(officer) => Some(&officer.office),
            Actor::Visitor | Actor::System => None,
        }
    }

    /// The acting office's identifier, if there is one.
    #[must_use]
    pub fn office_id(&self) -> Option<OfficeId> {
        self.office().map(|office| office.id)
    }

    /// Office and name of whoever acts, as they stand beside a step; the system signs as such.
    #[must_use]
    pub fn signature(&self) -> String {
        match &self.op.actor {
            Actor::Officer(officer) => format!("{} {}", officer.office.title, officer.name),
            Actor::Visitor => String::new(),
            Actor::System => "系统".to_owned(),
        }
    }

    /// Asks permission on the loaded object.
    ///
    /// # Errors
    /// As [`Actor::permit`].
    pub fn permit(&self, deed: Deed, place: &PlaceCode) -> Result<(), Stop> {
        self.op.actor.permit(deed, place)
    }

    /// A new identifier, ordered by time.
    #[must_use]
    pub fn new_id<I: Id>(&self) -> I {
        I::from(Uuid::now_v7())
    }

    /// Random bytes, for codes that nobody may guess.
    #[must_use]
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        rand::fill(&mut bytes[..]);
        bytes
    }

    /// Appends to the audit record, in this transaction. `body` holds identifiers and decisions, never personal data.
    ///
    /// # Errors
    /// When the record cannot be written; the deed must then stop.
    pub async fn record(&mut self, deed: Deed, subject: &Subject<'_>, body: impl Serialize) -> Result<(), Stop> {
        let body = serde_json::to_value(body).map_err(anyhow::Error::from)?;
        audit::append(&self.transaction, self.op, deed, subject, &body).await?;
        self.records += 1;
        Ok(())
    }

    /// Orders a job that runs as soon as the deed is lasting.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn order_job(&mut self, kind: &str, input: &str) -> Result<JobId, Stop> {
        self.has_ordered = true;
        Ok(jobs::order(&self.transaction, kind, input, self.op.now).await?)
    }

    /// Makes the deed lasting.
    ///
    /// # Errors
    /// A fault when nothing was recorded, or when the database refuses.
    pub async fn commit(self) -> Result<(), Stop> {
        if self.records == 0 {
            return Err(Stop::fault("a deed was to be committed without a record"));
        }
        self.transaction.commit().await?;
        self.op.floor.changed();
        if self.has_ordered {
            self.op.floor.ordered.notify_one();
        }
        Ok(())
    }
}

/// Turns the number of rows an update touched into its meaning: the version read was no longer the version stored.
///
/// # Errors
/// [`Stop::Conflict`] when no row was touched.
pub const fn one_row(rows: u64) -> Result<(), Stop> {
    if rows == 0 { Err(Stop::Conflict) } else { Ok(()) }
}
