//! Remembered pages: what was drawn is sent again as it is, until anything changes.
//!
//! Every change goes through the write door or the session store, and both tell the floor; so a page may be sent again
//! while the floor's count stands still. Deadlines and terms pass without a change, so nothing is remembered beyond its
//! minute. The whole cookie is part of the key: nobody is sent what was drawn for somebody else.
//!
//! Only for an embedded database, which this process alone writes to (a command on the machine is seen within a minute).
//! Several instances on PostgreSQL do not hear of each other's changes, so there nothing is remembered.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use bytes::Bytes;

use crate::{
    error::Stop,
    floor::{Floor, Standing},
    pages::DrawnForOne,
    serve::STATEMENTS,
};

/// Pages above this size are drawn anew each time.
const LONGEST: usize = 512 * 1024;
/// Bytes of all remembered pages; when they are more, all are forgotten.
const MOST: usize = 32 * 1024 * 1024;

/// The parts of a request that decide how its page looks.
type Key = (Uri, Option<HeaderValue>, Option<HeaderValue>, bool);

/// What was drawn since the last change.
#[derive(Debug, Clone, Default)]
pub struct Remembered(Arc<Mutex<Pages>>);

#[derive(Debug, Default)]
struct Pages {
    standing: Standing,
    size: usize,
    pages: HashMap<Key, (HeaderMap, Bytes)>,
}

impl Pages {
    /// Forgets everything that was drawn before the last change, or in another minute.
    fn at(&mut self, standing: Standing) -> &mut Self {
        if self.standing != standing || self.size > MOST {
            *self = Self { standing, ..Self::default() };
        }
        self
    }
}

fn key(request: &Request) -> Option<Key> {
    let headers = request.headers();
    let asks_for_a_part = headers.contains_key(header::RANGE);
    if request.method() != Method::GET || asks_for_a_part || request.uri().path().starts_with("/assets/") {
        return None;
    }
    let value = |name: HeaderName| headers.get(name).cloned();
    let is_fragment = headers.contains_key("hx-request");
    Some((request.uri().clone(), value(header::COOKIE), value(header::ACCEPT_ENCODING), is_fragment))
}

/// Sends a remembered page, or draws it and remembers it.
pub async fn remember(
    State((floor, remembered)): State<(Floor, Remembered)>,
    request: Request,
    next: Next,
) -> Response {
    // The standing is read before the page is drawn: a change in between makes the page old, not new.
    let (Some(key), Some(before)) = (key(&request), floor.standing()) else {
        return next.run(request).await;
    };
    let found = {
        let mut pages = remembered.0.lock().unwrap_or_else(PoisonError::into_inner);
        pages.at(before).pages.get(&key).cloned()
    };
    if let Some((headers, bytes)) = found {
        tracing::info!(path = key.0.path(), status = 200, statements = 0, "sent again");
        let mut response = Response::new(Body::from(bytes));
        *response.headers_mut() = headers;
        return response;
    }
    let response = next.run(request).await;
    if !may_be_sent_again(&response) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, usize::MAX).await else {
        return Stop::fault("a page broke off while it was drawn").into_response();
    };
    if bytes.len() <= LONGEST {
        let mut pages = remembered.0.lock().unwrap_or_else(PoisonError::into_inner);
        if floor.standing() == Some(before) && pages.at(before).standing == before {
            pages.size += bytes.len();
            let mut headers = parts.headers.clone();
            headers.insert(STATEMENTS, HeaderValue::from_static("0"));
            pages.pages.insert(key, (headers, bytes.clone()));
        }
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// A whole page that sets no cookie and was not drawn for one alone.
fn may_be_sent_again(response: &Response) -> bool {
    let headers = response.headers();
    let is_page = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let is_for_all = response.extensions().get::<DrawnForOne>().is_none();
    response.status() == StatusCode::OK && is_page && is_for_all && !headers.contains_key(header::SET_COOKIE)
}
