//! From the session cookie to the operation: who is signed in, under which office, with which others to switch to.

use axum::{
    extract::{Request, State},
    http::Uri,
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::ids::{AccountId, OfficeId};
use platform::{
    act::Op,
    actor::{Actor, Office, Officer},
    error::Stop,
    floor::Floor,
};
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

use super::{
    store::{self, account, office},
    urls,
};

/// The one key of our sessions.
const KEY: &str = "signed_in";

/// What a session remembers.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct SignedIn {
    account: AccountId,
    office: OfficeId,
    epoch: i32,
}

/// The offices in term of the one who is signed in, for the switch in the header.
#[derive(Debug, Clone, Default)]
pub struct Hats(pub Vec<Office>);

/// Begins a session, under a new identifier so that one planted before is worth nothing.
pub(super) async fn begin(session: &Session, account: &account::Model, office: OfficeId) -> Result<(), Stop> {
    session.cycle_id().await.map_err(anyhow::Error::from)?;
    let signed_in = SignedIn { account: account.id.0, office, epoch: account.epoch };
    session.insert(KEY, signed_in).await.map_err(|error| Stop::Fault(error.into()))
}

/// Begins a session for who came in by a one-time code or link.
pub async fn begin_for(op: &Op, session: &Session, account: AccountId, office: OfficeId) -> Result<(), Stop> {
    let account = store::account(op.reader(), account).await?.filter(|account| !account.is_closed);
    begin(session, &account.ok_or(Stop::Missing)?, office).await
}

/// Goes on in the same session under another office or epoch.
pub(super) async fn go_on(session: &Session, office: OfficeId, epoch: Option<i32>) -> Result<(), Stop> {
    let signed_in = read(session).await?.ok_or(Stop::SignedOut)?;
    let signed_in = SignedIn { office, epoch: epoch.unwrap_or(signed_in.epoch), ..signed_in };
    session.insert(KEY, signed_in).await.map_err(|error| Stop::Fault(error.into()))
}

/// Ends the session.
pub(super) async fn end(session: &Session) -> Result<(), Stop> {
    session.flush().await.map_err(|error| Stop::Fault(error.into()))
}

async fn read(session: &Session) -> Result<Option<SignedIn>, Stop> {
    use tower_sessions::{session::Error, session_store};
    match session.get(KEY).await {
        Ok(signed_in) => Ok(signed_in),
        // What an older version wrote is as good as no session; a database that is away is not.
        Err(Error::SerdeJson(_) | Error::Store(session_store::Error::Decode(_))) => Ok(None),
        Err(error) => Err(Stop::Away(sea_orm::DbErr::Custom(error.to_string()))),
    }
}

/// The layer that prepares [`Op`] and [`Hats`] for every request.
pub async fn prepare(State(floor): State<Floor>, session: Session, mut request: Request, next: Next) -> Response {
    if needs_nobody(request.uri()) {
        return next.run(request).await;
    }
    let known = match recognise(&floor, &session).await {
        Ok(known) => known,
        Err(stop) => return stop.into_response(),
    };
    let (actor, hats) = match known {
        Some((account, ..)) if account.is_first_password && !urls::is_open_to_first_password(request.uri().path()) => {
            return Redirect::to(urls::PASSWORD).into_response();
        }
        Some((account, office, hats)) => {
            (Actor::Officer(Officer { account: account.id.0, name: account.name, office }), hats)
        }
        None => (Actor::Visitor, Hats::default()),
    };
    request.extensions_mut().insert(Op::new(&floor, actor));
    request.extensions_mut().insert(hats);
    next.run(request).await
}

fn needs_nobody(uri: &Uri) -> bool {
    uri.path().starts_with("/assets/") || matches!(uri.path(), "/healthz" | "/readyz")
}

async fn recognise(floor: &Floor, session: &Session) -> Result<Option<(account::Model, Office, Hats)>, Stop> {
    let Some(signed_in) = read(session).await? else {
        return Ok(None);
    };
    let db = floor.db.reader();
    let account = store::account(db, signed_in.account).await?;
    let Some(account) = account.filter(|account| !account.is_closed && account.epoch == signed_in.epoch) else {
        return Ok(None);
    };
    let today = floor.clock.now().date();
    let offices = store::offices_of(db, account.id.0).await?;
    let in_term: Vec<Office> =
        offices.iter().filter(|office| office.is_in_term(today)).map(office::Model::to_office).collect();
    // An office whose term has ended stops working at once; the next one takes over.
    let current = in_term.iter().find(|office| office.id == signed_in.office).or(in_term.first()).cloned();
    Ok(current.map(|office| (account, office, Hats(in_term))))
}
