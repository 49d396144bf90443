//! From a template to an answer.

use askama::Template;
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse as _, Redirect, Response},
};

use office::{
    letter::{Letter, write_letter},
    sheet::{SheetTable, write_workbook},
};

use crate::{
    error::{Apology, Stop},
    shell::PortalShell,
    throttle::TooOften,
    validators::PUBLIC,
    view::{FLASH_COOKIE, View},
};

/// Renders a page.
///
/// # Errors
/// A fault when the template fails.
pub fn page(template: &impl Template) -> Result<Response, Stop> {
    Ok(Html(template.render()?).into_response())
}

/// Says of an answer that it is drawn for one who asks, and not sent again to another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DrawnForOne;

/// Renders a page whose form bears a key of its own.
///
/// # Errors
/// A fault when the template fails.
pub fn page_for_one(template: &impl Template) -> Result<Response, Stop> {
    let mut response = page(template)?;
    response.extensions_mut().insert(DrawnForOne);
    Ok(response)
}

/// Marks an answer as one that everybody may be sent; see [`crate::validators`].
#[must_use]
pub fn public(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(PUBLIC));
    response
}

/// Renders a page whose form was refused: the same page with the words beside the fields, status 422.
///
/// # Errors
/// A fault when the template fails.
pub fn refused(template: &impl Template) -> Result<Response, Stop> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(template.render()?)).into_response())
}

/// Renders a page whose form came too often from one address: the same page, status 429, and when to try again.
///
/// # Errors
/// A fault when the template fails.
pub fn too_often(template: &impl Template, wait: TooOften) -> Result<Response, Stop> {
    let retry_after = [(header::RETRY_AFTER, wait.seconds.to_string())];
    Ok((StatusCode::TOO_MANY_REQUESTS, retry_after, Html(template.render()?)).into_response())
}

/// Sends the person on after a deed, with a sentence for the next page (303, so that reloading does not do it twice).
#[must_use]
pub fn done(to: &str, words: &str) -> Response {
    let encoded: String = form_urlencoded::byte_serialize(words.as_bytes()).collect();
    let cookie = format!("{FLASH_COOKIE}={encoded}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax");
    let mut response = Redirect::to(to).into_response();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// A file to be saved, never shown inline as a page.
#[must_use]
pub fn download(name: &str, media_type: &str, bytes: Vec<u8>) -> Response {
    let encoded: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    // Form encoding writes a blank as '+', which in a file name must be %20.
    let disposition = format!("attachment; filename*=UTF-8''{}", encoded.replace('+', "%20"));
    let mut response = ([(header::CONTENT_TYPE, media_type.to_owned())], bytes).into_response();
    if let Ok(disposition) = HeaderValue::from_str(&disposition) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// Media type of an Excel workbook.
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Media type of a Word document.
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// Tables as an Excel workbook to be saved as `name`.xlsx.
///
/// # Errors
/// A fault when the workbook cannot be written.
pub fn workbook(name: &str, tables: &[SheetTable]) -> Result<Response, Stop> {
    let bytes = write_workbook(tables).map_err(|error| Stop::Fault(error.into()))?;
    Ok(download(&format!("{name}.xlsx"), XLSX, bytes))
}

/// A letter as a Word document to be saved as `name`.docx.
///
/// # Errors
/// A fault when the document cannot be written.
pub fn letter(name: &str, letter: &Letter) -> Result<Response, Stop> {
    let bytes = write_letter(letter).map_err(|error| Stop::Fault(error.into()))?;
    Ok(download(&format!("{name}.docx"), DOCX, bytes))
}

#[derive(Template)]
#[template(path = "apology.html")]
struct ApologyPage<'a> {
    shell: PortalShell,
    title: &'static str,
    message: &'a str,
    incident: Option<&'a str>,
    has_session: bool,
}

/// What a visitor is told who finds nothing.
const NOT_FOUND: &str = "您要看的内容不存在，或者已经撤下。请核对地址，或从首页重新进入；要登录才能看的，请先登录。";

/// When programs may ask again after the service was unavailable.
const RETRY_AFTER_SECONDS: &str = "30";

/// The page for a request that stopped; plain words when even the page fails.
pub(crate) fn apology(view: &View, status: StatusCode, apology: &Apology) -> Response {
    let Apology { title, message, incident } = apology;
    // A resident has no office to change to.
    let message = if status == StatusCode::NOT_FOUND && !view.has_session { NOT_FOUND } else { message };
    let has_session = view.has_session;
    let shell = PortalShell::new(view, *title, Vec::new(), None);
    let drawn = ApologyPage { shell, title, message, incident: incident.as_deref(), has_session }.render();
    let page = drawn.map_or_else(|_| message.to_owned().into_response(), |page| Html(page).into_response());
    if status == StatusCode::SERVICE_UNAVAILABLE {
        return (status, [(header::RETRY_AFTER, RETRY_AFTER_SECONDS)], page).into_response();
    }
    (status, page).into_response()
}

/// Under which address the visitor reached us (`https://host`); a proxy in front passes the host on.
#[must_use]
pub fn origin(headers: &HeaderMap) -> String {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let host = text("host").unwrap_or("localhost");
    let is_local = host.starts_with("127.0.0.1") || host.starts_with("localhost");
    let scheme = text("x-forwarded-proto").unwrap_or(if is_local { "http" } else { "https" });
    format!("{scheme}://{host}")
}
