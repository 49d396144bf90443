//! From routes to a running server: the layers every request passes, health, and an orderly end.

use std::{future::Future, net::SocketAddr, time::Duration};

use anyhow::Context as _;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
    routing::get,
};
use tokio::net::TcpListener;
use tower_http::{catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer, timeout::TimeoutLayer};
use tracing::Instrument as _;

use crate::{
    assets,
    db::{counted, statements_so_far},
    error::{Apology, Stop, incident_number},
    floor::Floor,
    pages,
    remember::{Remembered, remember},
    validators::{answer_unchanged, tag_public},
    view::View,
};

/// Bytes of any request body: one file at its limit, and the form around it.
const BODY_LIMIT: usize = 24 * 1024 * 1024;
/// How many statements the answer took.
pub(crate) const STATEMENTS: HeaderName = HeaderName::from_static("x-statements");
/// How long a request may take before the person is told to try again.
const REQUEST_LIMIT: Duration = Duration::from_secs(60);

/// Nothing from elsewhere, nothing inline, nothing framed.
const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
                                       form-action 'self'; frame-ancestors 'none'";

/// Puts the common layers around `routes`, and adds health and assets. A page that is sent again passes the outermost
/// layers only.
pub fn layered(routes: Router<Floor>, floor: &Floor) -> Router {
    Router::new()
        .fallback_service(drawn(routes, floor))
        .layer(middleware::from_fn_with_state((floor.clone(), Remembered::default()), remember))
        .layer(middleware::from_fn(answer_unchanged))
}

/// Everything that a request passes which is not answered from what is remembered.
fn drawn(routes: Router<Floor>, floor: &Floor) -> Router {
    routes
        .route("/healthz", get(|| async { "ok" }))
        .route("/readyz", get(ready))
        .route("/assets/{file}", get(asset))
        .fallback(|| async { Stop::Missing })
        .method_not_allowed_fallback(|| async { Stop::Missing })
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(CsrfLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, REQUEST_LIMIT))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            Stop::fault("a handler panicked").into_response()
        }))
        .layer(middleware::from_fn(draw_apologies))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn_with_state(floor.clone(), headers))
        .layer(middleware::from_fn_with_state(floor.clone(), tag_public))
        .layer(middleware::from_fn(logged))
        .with_state(floor.clone())
}

/// Alive, and able to answer from its database.
async fn ready(State(floor): State<Floor>) -> Response {
    match floor.db.ping().await {
        Ok(()) => "ready".into_response(),
        Err(error) => {
            tracing::warn!(error = %error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "database away").into_response()
        }
    }
}

async fn asset(Path(file): Path<String>) -> Response {
    match assets::get(&file) {
        Some((bytes, media_type, etag)) => {
            // The name holds a hash of the content, so it may be kept for a year.
            let headers = [
                (header::CONTENT_TYPE, media_type),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
                (header::ETAG, etag),
            ];
            (headers, bytes).into_response()
        }
        None => Stop::Missing.into_response(),
    }
}

/// One line a request: what, how it ended, how long, and how many statements it took. Never a body, never a query.
async fn logged(request: Request, next: Next) -> Response {
    let id = incident_number();
    let span = tracing::info_span!("request", id, method = %request.method(), path = request.uri().path());
    counted(async move {
        let begun = tokio::time::Instant::now();
        let mut response = next.run(request).await;
        let (status, statements) = (response.status().as_u16(), statements_so_far());
        tracing::info!(status, statements, micros = begun.elapsed().as_micros() as u64, "answered");
        response.headers_mut().insert(STATEMENTS, HeaderValue::from(statements));
        response
    })
    .instrument(span)
    .await
}

async fn headers(State(floor): State<Floor>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    if floor.config.tls {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    // What one person saw must not be shown to the next from a cache.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Draws the page for a request that stopped. Done here and not where it stopped, because only here is it known who reads.
async fn draw_apologies(request: Request, next: Next) -> Response {
    let view = View::of_parts(request.headers(), request.uri());
    let mut response = next.run(request).await;
    if view.flash.is_some() && response.status() == StatusCode::OK {
        // It has been shown now.
        let gone = HeaderValue::from_static("flash=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
    let status = response.status();
    let apology = response.extensions().get::<Apology>().cloned().or_else(|| plain_apology(&response));
    match apology {
        Some(apology) => pages::apology(&view, status, &apology),
        None => response,
    }
}

/// Words for the answers that layers and extractors give by themselves, in English and without a page.
fn plain_apology(response: &Response) -> Option<Apology> {
    let status = response.status();
    let is_page = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.to_str().is_ok_and(|kind| !kind.starts_with("text/plain")));
    if is_page || !(status.is_client_error() || status.is_server_error()) {
        return None;
    }
    let (title, message) = match status {
        StatusCode::NOT_FOUND => ("没有找到", "您要看的内容不存在。请核对地址后再试。"),
        StatusCode::FORBIDDEN => {
            ("请求来自别的网站", "为了安全，本系统只接受从自己的页面提交的内容。请回到首页重新操作。")
        }
        StatusCode::PAYLOAD_TOO_LARGE => ("内容太大", "提交的内容超过了上限（单个文件 20 MB）。请压缩或拆分后再试。"),
        StatusCode::TOO_MANY_REQUESTS => ("操作太频繁", "短时间内的请求太多。请稍等一分钟再试。"),
        StatusCode::SERVICE_UNAVAILABLE => ("系统正忙", "这一步用时太长，没有完成。请稍后再试。"),
        _ if status.is_server_error() => ("系统出了差错", "本次操作没有保存，请稍后再试。"),
        _ => ("请求有误", "系统看不懂这个请求。请返回上一页重新操作。"),
    };
    Some(Apology { title, message: message.to_owned(), incident: None })
}

/// Serves until `stop` resolves, then lets the requests under way finish.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn serve(
    router: Router,
    listen: SocketAddr,
    ready: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()> + Send + 'static,
) -> anyhow::Result<()> {
    let listener = TcpListener::bind(listen).await.with_context(|| format!("无法监听 {listen}"))?;
    ready(listener.local_addr()?);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stop).await?;
    Ok(())
}
