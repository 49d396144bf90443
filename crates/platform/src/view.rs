//! What a page needs to know about the one who reads it, apart from who they are.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header::COOKIE, request::Parts},
};

use crate::{act::Op, error::Stop, sessions::SESSION_COOKIE, shell::ElderMode};

/// Name of the cookie that remembers 长辈版.
pub const ELDER_COOKIE: &str = "elder";

/// Name of the cookie that carries a sentence from a deed to the page after it.
pub const FLASH_COOKIE: &str = "flash";

/// How and where a page is read.
#[derive(Debug, Clone)]
pub struct View {
    /// 长辈版.
    pub elder: ElderMode,
    /// Path and query of the page.
    pub here: String,
    /// What the deed before this page had to say; shown once.
    pub flash: Option<String>,
    /// Whether the browser names a session: an officer or a member, signed in now or until lately. Visitors have none.
    pub has_session: bool,
}

impl View {
    fn of(headers: &HeaderMap, here: &str) -> Self {
        let elder = match cookie(headers, ELDER_COOKIE) {
            Some("1") => ElderMode::On,
            Some("2") => ElderMode::ExtraLarge,
            _ => ElderMode::Off,
        };
        let flash = cookie(headers, FLASH_COOKIE).map(|value| form_urlencoded::parse(value.as_bytes()));
        let flash = flash.and_then(|mut pairs| pairs.next()).map(|(words, _)| words.into_owned());
        Self { elder, here: here.to_owned(), flash, has_session: cookie(headers, SESSION_COOKIE).is_some() }
    }

    /// From the request's cookies and address.
    #[must_use]
    pub fn of_parts(headers: &HeaderMap, uri: &axum::http::Uri) -> Self {
        Self::of(headers, uri.path_and_query().map_or("/", |path| path.as_str()))
    }
}

/// The value of a cookie of ours.
#[must_use]
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    cookies
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(found, value)| (found == name).then_some(value))
}

impl<S: Sync> FromRequestParts<S> for View {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of_parts(&parts.headers, &parts.uri))
    }
}

/// The operation that the sign-in layer prepared for this request.
impl<S: Sync> FromRequestParts<S> for Op {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Stop> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Stop::fault("a route stands outside the sign-in layer"))
    }
}
