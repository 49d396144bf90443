//! Validators of public pages: a reader who has the page already is told so (304) instead of being sent it again.
//!
//! Two layers. [`tag_public`] stands inside the remembered pages and outside compression, so that the tag is taken once
//! and over the very bytes that are sent, which is what a strong tag promises. [`answer_unchanged`] stands outside
//! everything that costs, and compares.

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use sha2::{Digest as _, Sha256};

use crate::{error::Stop, floor::Floor};

/// What a page says that everybody may be sent. Whoever holds a copy may show it for a minute.
pub const PUBLIC: &str = "public, max-age=60";
/// The same in demo mode, where a moved date must be seen at once.
const PUBLIC_IN_DEMO: &str = "public, no-cache";

/// Tags pages that are marked [`PUBLIC`]. One that sets a cookie is for its reader alone and loses the mark: it shows
/// the sentence of a deed, or renews a session.
pub async fn tag_public(State(floor): State<Floor>, request: Request, next: Next) -> Response {
    let is_whole = request.method() == Method::GET;
    let mut response = next.run(request).await;
    if response.headers().get(header::CACHE_CONTROL).is_none_or(|value| value != PUBLIC) {
        return response;
    }
    let headers = response.headers_mut();
    if headers.contains_key(header::SET_COOKIE) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        return response;
    }
    if floor.clock.is_demo() {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(PUBLIC_IN_DEMO));
    }
    // The cookie decides between 长辈版 and the normal size.
    headers.append(header::VARY, HeaderValue::from_static("cookie"));
    // Without its body, a page has no tag to be taken.
    if !is_whole || response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, usize::MAX).await else {
        return Stop::fault("a public page broke off while it was drawn").into_response();
    };
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", hex::encode(Sha256::digest(&bytes)))) {
        parts.headers.insert(header::ETAG, tag);
    }
    Response::from_parts(parts, Body::from(bytes))
}

/// Answers 304 when the reader's copy has the tag of what would be sent.
pub async fn answer_unchanged(mut request: Request, next: Next) -> Response {
    let asked = request.headers_mut().remove(header::IF_NONE_MATCH);
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let mut response = next.run(request).await;
    let Some(asked) = asked.filter(|_| is_read && response.status() == StatusCode::OK) else {
        return response;
    };
    if !names(&asked, response.headers()) {
        return response;
    }
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    *response.body_mut() = Body::empty();
    for about_the_body in [header::CONTENT_LENGTH, header::CONTENT_TYPE, header::CONTENT_ENCODING] {
        response.headers_mut().remove(about_the_body);
    }
    response
}

/// Whether `asked` names the tag in `headers`. Proxies that compress mark a tag as weak; the page is the same page.
fn names(asked: &HeaderValue, headers: &HeaderMap) -> bool {
    let Some(tag) = headers.get(header::ETAG).and_then(|tag| tag.to_str().ok()) else {
        return false;
    };
    let asked = asked.to_str().unwrap_or_default();
    asked.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_in_lists() {
        let headers: HeaderMap = [(header::ETAG, HeaderValue::from_static("\"ab\""))].into_iter().collect();
        for (asked, is_named) in
            [("\"ab\"", true), ("W/\"ab\"", true), ("\"x\", \"ab\"", true), ("*", true), ("\"x\"", false), ("", false)]
        {
            assert_eq!(names(&HeaderValue::from_static(asked), &headers), is_named, "{asked}");
        }
        assert!(!names(&HeaderValue::from_static("*"), &HeaderMap::new()));
    }
}
